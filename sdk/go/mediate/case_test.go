package mediate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

// look runs a function on a case, as a plugin sees it.
type look func(c mediate.Case) mediate.Plan

func (f look) Decide(c mediate.Case) mediate.Plan { return f(c) }

// newCase is a provider and a replica for each further result; a letter is a
// content.
func newCase(contents string, compared ...plugintest.Compared) plugintest.Case {
	c := plugintest.Case{Phase: plugintest.PhaseReview, Deadline: 100, MaxRuns: 3}
	for i := range contents {
		standing := plugintest.StandingReplica
		if i == 0 {
			standing = plugintest.StandingProvider
		}
		c.Events = append(c.Events, plugintest.Event{Party: &plugintest.Party{Who: uint32(i), Re: plugintest.None, Standing: standing}})
	}
	for i, letter := range contents {
		c.Events = append(c.Events, plugintest.Event{Result: &plugintest.Result{
			Who: uint32(i), Re: plugintest.None, Content: plugintest.Bytes32{byte(letter)}, Status: plugintest.RunStatusSucceeded,
		}})
	}
	for _, x := range compared { // of results by their number
		x.A, x.B = x.A+uint32(len(contents)), x.B+uint32(len(contents))
		c.Events = append(c.Events, plugintest.Event{Compared: &x})
	}
	return c
}

func TestCase_Votes(t *testing.T) {
	compared := func(a, b uint32, s plugintest.Sameness) plugintest.Compared {
		return plugintest.Compared{A: a, B: b, Sameness: s}
	}
	const equal, different, incomparable = plugintest.SamenessEqual, plugintest.SamenessDifferent, plugintest.SamenessIncomparable
	for name, tt := range map[string]struct {
		c    plugintest.Case
		want string // sizes of the groups, the top's share and outcome, the next to compare
	}{
		"none":              {newCase(""), "[] 0 refund -"},
		"one":               {newCase("a"), "[1] 1000000 upheld -"},
		"all equal":         {newCase("aaa"), "[3] 1000000 upheld -"},
		"two against one":   {newCase("abb"), "[1 2] 666666 fraud 3-4"},
		"a tie":             {newCase("ab"), "[1 1] 500000 upheld 2-3"},
		"joined":            {newCase("ab", compared(1, 0, equal)), "[2] 1000000 upheld -"},
		"joined in a chain": {newCase("abc", compared(2, 1, equal), compared(1, 0, equal)), "[3] 1000000 upheld -"},
		"told apart":        {newCase("ab", compared(0, 1, different)), "[1 1] 500000 upheld -"},
		"not comparable":    {newCase("ab", compared(0, 1, incomparable)), "[1 1] 500000 upheld -"},
		"apart by a member": {newCase("abab", compared(3, 2, different)), "[2 2] 500000 upheld -"},
		"one pair is left":  {newCase("abc", compared(0, 1, different), compared(0, 2, different)), "[1 1 1] 333333 upheld 4-5"},
	} {
		t.Run(name, func(t *testing.T) {
			var got string
			plugintest.Mediate(t, look(func(c mediate.Case) mediate.Plan {
				v := c.Votes()
				var sizes []int
				for _, g := range v.Groups() {
					sizes = append(sizes, g.N())
				}
				next := "-"
				if a, b, ok := v.Undecided(); ok {
					next = fmt.Sprintf("%d-%d", a.Position, b.Position)
				}
				got = fmt.Sprintln(sizes, v.Top().PPM(), c.OutcomeFor(v.Top()), next)
				return mediate.Draw()
			}), tt.c)
			if got = strings.TrimSpace(got); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// All pairs of groups that nobody was asked about are asked about at once.
func TestCase_CompareAll(t *testing.T) {
	asked := func(a, b uint32) plugintest.Event { // results by their positions
		return plugintest.Event{Ordered: &plugintest.Ordered{Re: plugintest.None, Key: 2<<24 | a<<12 | b, Kind: plugintest.ActionKindCompare}}
	}
	for name, tt := range map[string]struct {
		c    plugintest.Case
		want string
	}{
		"all equal":        {newCase("aaa"), "none"},
		"a pair":           {newCase("aba"), "[3-4]"},
		"three contents":   {newCase("abc"), "[3-4 3-5 4-5]"},
		"one is told":      {newCase("abc", plugintest.Compared{A: 0, B: 2, Sameness: plugintest.SamenessDifferent}), "[3-4 4-5]"},
		"one makes others": {newCase("abc", plugintest.Compared{A: 0, B: 2, Sameness: plugintest.SamenessEqual}), "[3-4]"},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 { // once more with what was asked
				got, any := "none", false
				actions := plugintest.Mediate(t, look(func(c mediate.Case) (p mediate.Plan) {
					if p, any = c.CompareAll(c.Votes()); !any {
						return mediate.Draw()
					}
					return p
				}), tt.c)
				var pairs []string
				for _, a := range actions {
					if a.Kind == plugintest.ActionKindCompare {
						pairs = append(pairs, fmt.Sprintf("%d-%d", a.A, a.B))
						tt.c.Events = append(tt.c.Events, asked(a.A, a.B))
					}
				}
				if any {
					got = fmt.Sprint(pairs)
				}
				if got != tt.want {
					t.Errorf("%s, want %s", got, tt.want)
				}
				if any {
					tt.want = "[]" // it waits
				}
			}
		})
	}
}

func TestCase_Execute(t *testing.T) {
	ordered := func(key uint32) plugintest.Event {
		return plugintest.Event{Ordered: &plugintest.Ordered{Re: plugintest.None, Key: 1<<24 | key, Kind: plugintest.ActionKindExecute}}
	}
	missing := func(key uint32) plugintest.Event {
		return plugintest.Event{Missing: &plugintest.Missing{Key: 1<<24 | key, Why: plugintest.AbsenceLate}}
	}
	for name, tt := range map[string]struct {
		events []plugintest.Event
		more   int
		want   []uint32 // keys; none: it waits
	}{
		"all new":                  {nil, 2, []uint32{0, 1}},
		"nothing wanted":           {nil, 0, nil},
		"never above max_runs":     {nil, 9, []uint32{0, 1, 2}},
		"one is on its way":        {[]plugintest.Event{ordered(0)}, 2, []uint32{1}},
		"all are on their way":     {[]plugintest.Event{ordered(0), ordered(1)}, 2, nil},
		"one is lost":              {[]plugintest.Event{ordered(0), missing(0)}, 1, []uint32{1}},
		"all that may be are lost": {[]plugintest.Event{ordered(0), ordered(1), ordered(2), missing(0), missing(1), missing(2)}, 1, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCase("a")
			c.Events = append(c.Events, tt.events...)
			got := plugintest.Mediate(t, look(func(c mediate.Case) mediate.Plan { return c.Execute(tt.more).SameClass() }), c)
			if len(tt.want) == 0 {
				if len(got) != 1 || got[0].Kind != plugintest.ActionKindWait || got[0].Until != c.Deadline {
					t.Errorf("%+v, want to wait", got)
				}
				return
			}
			for i, a := range got {
				if len(got) != len(tt.want) || a.Kind != plugintest.ActionKindExecute || a.Key != 1<<24|tt.want[i] || a.Place != plugintest.PlaceSameClass {
					t.Errorf("%+v, want keys %v", got, tt.want)
				}
			}
		})
	}
}
