package cases_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
)

func bisect(key, a, b uint32) hostapi.Action {
	return hostapi.Action{Kind: hostapi.ActionKindBisect, Key: key, A: a, B: b}
}

// disputed is claimed with a replica's result beside it, events 2 to 4.
func disputed(t *testing.T) *hostapi.Case {
	t.Helper()
	c := claimed()
	var o orders
	scheme := fakeScheme(func(hostapi.Case) []hostapi.Action { return []hostapi.Action{execute(1)} })
	if _, err := (cases.Runner{Scheme: scheme, Order: o.order}).Advance(t.Context(), 200, c); err != nil {
		t.Fatal(err)
	}
	cases.AddResult(c, 210, 1, 2, result(2))
	return c
}

// A dispute is ordered once, and open until somebody was shown wrong or it is
// said that nobody was.
func TestRunner_Advance_bisects(t *testing.T) {
	for name, end := range map[string]func(c *hostapi.Case){
		"segment": func(c *hostapi.Case) { cases.AddSegment(c, 230, 7, 2, hostapi.Segment{Step: 9}) },
		"missing": func(c *hostapi.Case) { cases.AddMissing(c, 230, 7, 2, hostapi.AbsenceFault) },
	} {
		t.Run(name, func(t *testing.T) {
			c := disputed(t)
			runner := cases.Runner{Scheme: fakeScheme(func(hostapi.Case) []hostapi.Action { return []hostapi.Action{bisect(7, 1, 4)} })}
			for range 3 {
				if d, err := runner.Advance(t.Context(), 220, c); d != nil || err != nil {
					t.Fatal(d, err)
				}
			}
			open := cases.Disputes(c)
			if len(open) != 1 || open[0].Key != 7 || open[0].Who != 2 || len(cases.Open(c)) != 0 || len(c.Events) != 6 {
				t.Fatalf("%+v, want one dispute with party 2", open)
			}
			for range 2 { // a role that resumes says it again
				for who := range uint32(2) {
					cases.AddCommit(c, 221, 7, 2*who, hostapi.Commit{Steps: 5})
					cases.AddOpen(c, 222, 7, 2*who, hostapi.Open{Level: 6})
					cases.AddOpen(c, 223, 7, 2*who, hostapi.Open{Level: 5})
				}
			}
			if len(c.Events) != 12 || c.Events[6].Commit.Re != 5 || c.Events[8].Open.Level != 5 || len(cases.Disputes(c)) != 1 {
				t.Fatalf("%d events, want two commits and four openings behind the six there were", len(c.Events))
			}
			end(c)
			cases.AddSegment(c, 240, 7, 0, hostapi.Segment{})
			cases.AddMissing(c, 240, 7, 2, hostapi.AbsenceLate)
			if last := c.Events[len(c.Events)-1]; len(c.Events) != 13 || last.Segment == nil == (name == "segment") || len(cases.Disputes(c)) != 0 {
				t.Errorf("%d events, the last %+v; want the first end alone", len(c.Events), last)
			}
			if s := c.Events[12].Segment; s != nil && (s.Who != 2 || s.Re != 5 || s.Key != 7 || s.Step != 9 || s.At != 230) {
				t.Errorf("segment %+v", s)
			}
			if _, err := (cases.Transcript{Input: encode(hostapi.MediateInput{Cases: []hostapi.Case{*c}})}).Case(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestRunner_Advance_refusesToBisect(t *testing.T) {
	for name, tt := range map[string]struct {
		phase   hostapi.Phase
		actions []hostapi.Action
		want    lilypad.Code // empty: it is ordered
	}{
		"no result":                {hostapi.PhaseReview, []hostapi.Action{bisect(7, 0, 4)}, lilypad.Invalid},
		"another's result":         {hostapi.PhaseReview, []hostapi.Action{bisect(7, 4, 1)}, lilypad.Invalid},
		"nothing at all":           {hostapi.PhaseReview, []hostapi.Action{bisect(7, 99, 4)}, lilypad.Invalid},
		"against itself":           {hostapi.PhaseReview, []hostapi.Action{bisect(7, 1, 1)}, lilypad.Invalid},
		"against a party":          {hostapi.PhaseReview, []hostapi.Action{bisect(7, 1, 2)}, lilypad.Invalid},
		"nobody shows a creator":   {hostapi.PhaseReview, []hostapi.Action{bisect(7, 1, hostapi.None)}, lilypad.Invalid},
		"a mediator plays no game": {hostapi.PhaseMediation, []hostapi.Action{bisect(7, 1, 4)}, lilypad.Invalid},
		"what a challenger shows":  {hostapi.PhaseMediation, []hostapi.Action{bisect(7, 1, hostapi.None)}, ""},
		"too many": {
			hostapi.PhaseReview,
			[]hostapi.Action{bisect(7, 1, 4), bisect(8, 1, 4), bisect(9, 1, 4), bisect(10, 1, 4)},
			lilypad.Exhausted,
		},
		"a key of a run": {hostapi.PhaseReview, []hostapi.Action{bisect(1, 1, 4)}, lilypad.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			c := disputed(t)
			c.Phase = tt.phase
			_, err := cases.Runner{Scheme: fakeScheme(func(hostapi.Case) []hostapi.Action { return tt.actions })}.Advance(t.Context(), 220, c)
			if tt.want == "" && err != nil || tt.want != "" && lilypad.CodeOf(err) != tt.want {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}
