package settlement_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

func standing(state lilypad.State, auditBPS uint16) settlement.Standing {
	o := round
	o.AuditBPS, o.Solver = auditBPS, lilypad.Address{1}
	return settlement.Standing{Offer: o, Price: 1000, Drawn: 3, Status: settlement.Status{State: state, Deadline: 500}}
}

func TestStanding_Ways(t *testing.T) {
	// Seeds of both tosses of a coin of one half.
	var yes, no lilypad.Hash
	for i := range 100 {
		if h := number(i); settlement.Audited(5000, h, lilypad.DealID{}) {
			yes = h
		} else {
			no = h
		}
	}
	cases := []string{"late", "refund", "fraud"}
	join := func(lists ...[]string) (out []string) {
		for _, l := range lists {
			out = append(out, l...)
		}
		return out
	}
	doubt, inAudit := []string{"upheld after a doubt"}, []string{"upheld after an audit"}
	open := []string{"receipt", "unjudged", "unserved", "no reveal"}
	for name, c := range map[string]struct {
		state lilypad.State
		audit uint16
		seed  lilypad.Hash
		want  []string
	}{
		"open":                        {lilypad.StateOpen, 0, lilypad.Hash{}, join(open, doubt, cases, []string{"no verdict after a doubt"})},
		"open, with audits":           {lilypad.StateOpen, 5000, lilypad.Hash{}, join(open, doubt, inAudit, cases, []string{"no verdict after a doubt", "no verdict after an audit"})},
		"open, always audited":        {lilypad.StateOpen, 10000, lilypad.Hash{}, join(open[1:], inAudit, cases, []string{"no verdict after an audit"})},
		"submitted":                   {lilypad.StateSubmitted, 0, lilypad.Hash{}, join([]string{"receipt", "unjudged", "no reveal"}, doubt, cases, []string{"no verdict after a doubt"})},
		"challenged":                  {lilypad.StateChallenged, 0, lilypad.Hash{}, join([]string{"receipt", "no reveal"}, doubt, cases, []string{"no verdict after a doubt"})},
		"challenged, coin says audit": {lilypad.StateChallenged, 5000, yes, join([]string{"no reveal"}, inAudit, cases, []string{"no verdict after an audit"})},
		"challenged, coin says no":    {lilypad.StateChallenged, 5000, no, join([]string{"receipt", "no reveal"}, doubt, cases, []string{"no verdict after a doubt"})},
		"drawn":                       {lilypad.StateDrawn, 0, lilypad.Hash{}, join(doubt, cases, []string{"no verdict after a doubt"})},
		"final":                       {lilypad.StateFinal, 0, lilypad.Hash{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := standing(c.state, c.audit)
			s.Facts.CreatorSeed = c.seed
			list, err := s.Ways()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range list {
				got = append(got, w.Name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Each way pays out exactly what is locked, and what Pay says.
func TestStanding_Ways_conserve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := standing(lilypad.State(rapid.IntRange(int(lilypad.StateOpen), int(lilypad.StateDrawn)).Draw(t, "state")), uint16(rapid.IntRange(0, 10000).Draw(t, "audit")))
		s.Facts.CreatorSeed = number(rapid.IntRange(0, 3).Draw(t, "seed"))
		list, err := s.Ways()
		if err != nil || len(list) == 0 {
			t.Fatalf("%d ways, %v", len(list), err)
		}
		for _, w := range list {
			if sum := w.Provider + w.Creator + w.Mediators + w.Sink; sum != s.Locked() {
				t.Errorf("%s pays %s of %s", w.Name, sum, s.Locked())
			}
		}
	})
}

func TestStanding_Moves(t *testing.T) {
	const receipt = "settle with a receipt that the judge signed: the full price"
	for name, c := range map[string]struct {
		s       settlement.Standing
		who     []string
		receipt bool
	}{
		"none":              {standing(lilypad.StateNone, 0), []string{"solver", "creator"}, false},
		"approved":          {standing(lilypad.StateApproved, 0), []string{"solver", "creator"}, false},
		"open":              {standing(lilypad.StateOpen, 0), []string{"anyone", "anyone", "anyone"}, true},
		"open, only audits": {standing(lilypad.StateOpen, 10000), []string{"anyone", "anyone"}, false},
		"submitted":         {standing(lilypad.StateSubmitted, 0), []string{"judge", "anyone", "anyone"}, true},
		"challenged":        {standing(lilypad.StateChallenged, 0), []string{"provider", "anyone", "anyone"}, true},
		"drawn":             {standing(lilypad.StateDrawn, 0), []string{"anyone", "anyone"}, false},
		"final":             {standing(lilypad.StateFinal, 0), nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			moves := c.s.Moves()
			var who []string
			for _, m := range moves {
				who = append(who, m.Who)
				if m.From != 0 && m.Until != 0 {
					t.Errorf("%q has two ends", m.What)
				}
			}
			if diff := cmp.Diff(c.who, who); diff != "" {
				t.Error(diff)
			}
			if got := slices.ContainsFunc(moves, func(m settlement.Move) bool { return m.What == receipt }); got != c.receipt {
				t.Errorf("receipt possible: %v, want %v", got, c.receipt)
			}
			// Of the race at a deadline one side is legal at any time.
			if s := c.s.Status.State; s >= lilypad.StateOpen && s < lilypad.StateFinal && (moves[0].Until != 500 || moves[1].From != 501) {
				t.Errorf("moves %+v", moves[:2])
			}
		})
	}
}
