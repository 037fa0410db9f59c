package decisions_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// asked is an entry of a scheme about one job's case, seconds after it began;
// claim is the content of its result.
func asked(t *testing.T, scheme byte, shadow bool, job, claim byte, seconds uint64, wants ...hostapi.Action) *decisions.Entry {
	t.Helper()
	c := hostapi.Case{
		ID: hostapi.Bytes32{job}, Opened: 100, Now: 100 + seconds, Deadline: 1000, MaxRuns: 3, Phase: hostapi.PhaseReview,
		Events: []hostapi.Event{
			{Party: &hostapi.Party{Standing: hostapi.StandingProvider, Re: hostapi.None}},
			{Result: &hostapi.Result{Re: hostapi.None, Content: hostapi.Bytes32{claim}, Status: hostapi.RunStatusSucceeded}},
		},
	}
	in := hostapi.MediateInput{Now: c.Now, Cases: []hostapi.Case{c}}
	input, err := in.Append(nil, hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	output, err := hostapi.AppendActions(nil, hostapi.Minor, wants)
	if err != nil {
		t.Fatal(err)
	}
	return &decisions.Entry{
		Record: pluginhost.Record{Hook: hostapi.HookMediate.String(), Module: lilypad.PluginID{scheme}}, Plugin: string('a'+rune(scheme)) + "@1.0.0",
		Role: "creator", At: time.Unix(int64(100+seconds), 0), Shadow: shadow, Input: input, Output: output,
	}
}

func verdict(o hostapi.Outcome) hostapi.Action {
	return hostapi.Action{Kind: hostapi.ActionKindVerdict, Outcome: o}
}

func TestCompareSchemes(t *testing.T) {
	const right, wrong = 1, 2
	draw, wait := hostapi.Action{Kind: hostapi.ActionKindDraw}, hostapi.Action{Kind: hostapi.ActionKindWait, Until: 1000}
	execute := func(key uint32) hostapi.Action { return hostapi.Action{Kind: hostapi.ActionKindExecute, Key: key} }
	refused := asked(t, 1, true, 3, wrong, 2, verdict(hostapi.OutcomeUpheld))
	refused.Error = "an answer that broke a rule"
	entries := []*decisions.Entry{
		refused,
		// The one in charge believes everything.
		asked(t, 0, false, 1, right, 1, verdict(hostapi.OutcomeUpheld)),
		asked(t, 0, false, 2, wrong, 1, verdict(hostapi.OutcomeUpheld)),
		asked(t, 0, false, 3, wrong, 1, verdict(hostapi.OutcomeLate)), // no canary
		// A shadow that doubts everything, after it wanted two runs.
		asked(t, 1, true, 1, right, 0, execute(1), execute(2)),
		asked(t, 1, true, 1, right, 3, execute(2), wait),
		asked(t, 1, true, 1, right, 5, draw),
		asked(t, 1, true, 1, right, 9, verdict(hostapi.OutcomeUpheld)), // after its decision
		asked(t, 1, true, 2, wrong, 7, verdict(hostapi.OutcomeFraud)),
		asked(t, 1, true, 3, wrong, 1, wait),
		// A comparator's answer says nothing of schemes.
		{Record: pluginhost.Record{Hook: hostapi.HookCompare.String()}, Output: []byte{1}},
	}
	known := map[lilypad.JobID]lilypad.ContentID{{1}: {right}, {2}: {right}}
	got, err := decisions.CompareSchemes(entries, known)
	if err != nil {
		t.Fatal(err)
	}
	want := []decisions.SchemeReport{
		{Scheme: "a@1.0.0", Cases: 3, Upheld: 3, Known: 2, FalseAccepts: 1, Seconds: 3, Shared: 3, Agreed: 3},
		{Scheme: "b@1.0.0", Digest: lilypad.PluginID{1}, Shadow: true, Cases: 3, Doubted: 2, Open: 1, Known: 2, FalseRejects: 1, Runs: 2, Seconds: 12, Shared: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
