package node_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// upheld is a transcript of optimistic, in which it believes the result.
func upheld(t testing.TB) (lilypad.PluginID, cases.Transcript) {
	t.Helper()
	b, err := plugins.Lookup(hostapi.HookMediate, "optimistic")
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := b.Wasm()
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(b.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	var said cases.Transcript
	host, err := pluginhost.New(pluginhost.Config{OnDecision: func(_ context.Context, d pluginhost.Decision) {
		said = cases.Transcript{Input: slices.Clone(d.Input), Output: slices.Clone(d.Output)}
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	p, err := host.Open(pluginhost.Source{Wasm: wasm, Manifest: manifest, Pin: b.ID()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Mediate(t.Context(), 100, []hostapi.Case{{
		Phase: hostapi.PhaseReview, Now: 100, Deadline: 1000, MaxRuns: 3,
		Events: []hostapi.Event{
			{Party: &hostapi.Party{Standing: hostapi.StandingProvider, Who: 0, Re: hostapi.None}},
			{Result: &hostapi.Result{Who: 0, Re: hostapi.None, Status: hostapi.RunStatusSucceeded, Content: hostapi.Bytes32{1}}},
		},
	}}); err != nil {
		t.Fatal(err)
	}
	return b.ID(), said
}

// A case file holds all that its replay takes, and whoever changes it is told.
func TestCaseFile(t *testing.T) {
	key, deal, domain := node.LocalKey("mediator-1"), lilypad.DealID{7}, lilypad.Domain{ChainID: 1, Contract: lilypad.Address{1}}
	scheme, said := upheld(t)
	sign := func(v lilypad.Verdict) lilypad.Signed[lilypad.Verdict] {
		s, err := wallet.Sign(t.Context(), key, domain, v)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	verdict := lilypad.Verdict{Deal: deal, Outcome: lilypad.OutcomeUpheld, Transcript: said.Hash()}
	file, err := json.Marshal(cases.File{Deal: deal, By: key.Address(), Scheme: scheme, Transcript: said})
	if err != nil {
		t.Fatal(err)
	}
	trees := memory.New()
	id, _, err := storage.PutFiles(t.Context(), trees, []storage.Entry{storage.Bytes(cases.FileName, file)})
	if err != nil {
		t.Fatal(err)
	}
	c, err := node.NewCaseFile(t.Context(), domain, api.Case{
		Deal: deal, Opinions: []api.Opinion{{Mediator: key.Address(), Verdict: sign(verdict), Transcript: id}},
	}, trees, nil)
	if err != nil {
		t.Fatal(err)
	}
	exported, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		change func(*node.CaseFile)
		want   lilypad.Code
	}{
		"unchanged":             {func(*node.CaseFile) {}, ""},
		"a byte of the facts":   {func(c *node.CaseFile) { c.Verdicts[0].Transcript.Transcript.Input[60]++ }, lilypad.Conflict},
		"a byte of the answer":  {func(c *node.CaseFile) { c.Verdicts[0].Transcript.Transcript.Output[25]++ }, lilypad.Conflict},
		"the verdict, unsigned": {func(c *node.CaseFile) { c.Verdicts[0].Verdict.Body.Outcome = lilypad.OutcomeFraud }, lilypad.Unauthorized},
		"the verdict, signed": {func(c *node.CaseFile) {
			v := verdict
			v.Outcome = lilypad.OutcomeFraud
			c.Verdicts[0].Verdict = sign(v)
		}, lilypad.Conflict},
		"who signed":         {func(c *node.CaseFile) { c.Verdicts[0].Mediator[0]++ }, lilypad.Unauthorized},
		"the contract":       {func(c *node.CaseFile) { c.Domain.Contract[0]++ }, lilypad.Unauthorized},
		"the deal":           {func(c *node.CaseFile) { c.Deal[0]++ }, lilypad.Conflict},
		"the scheme's name":  {func(c *node.CaseFile) { c.Verdicts[0].Transcript.Scheme[0]++ }, lilypad.NotFound},
		"the scheme's bytes": {func(c *node.CaseFile) { c.Schemes[0].Module[100]++ }, lilypad.NotFound},
		"no scheme":          {func(c *node.CaseFile) { c.Schemes = nil }, lilypad.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := node.ParseCaseFile(exported)
			if err != nil {
				t.Fatal(err)
			}
			tt.change(&c)
			err = c.Replay(t.Context(), "", slog.New(slog.DiscardHandler))
			if tt.want == "" && err != nil || tt.want != "" && lilypad.CodeOf(err) != tt.want {
				t.Errorf("%v, want the code %v", err, tt.want)
			}
		})
	}
}

func FuzzCaseFile(f *testing.F) {
	scheme, said := upheld(f)
	b, err := json.Marshal(node.CaseFile{Verdicts: []node.CaseVerdict{{Transcript: cases.File{Scheme: scheme, Transcript: said}}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := node.ParseCaseFile(b)
		if err != nil {
			return
		}
		for _, v := range c.Verdicts {
			if v.Check(c.Domain, c.Deal) == nil && v.Mediator.IsZero() {
				t.Error("signed by nobody")
			}
		}
	})
}

func TestParseCaseFile_refusesWhatIsNone(t *testing.T) {
	for _, text := range []string{"", "{}", "[]", `{"verdicts":[]}`, `{"verdicts":[{"mediator":"0x1"}]}`} {
		if _, err := node.ParseCaseFile([]byte(text)); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Error(cmp.Diff(lilypad.Invalid, lilypad.CodeOf(err)), text)
		}
	}
}
