package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/bisection"
)

func TestQuestion_Asked(t *testing.T) {
	for _, q := range []bisection.Question{
		{Kind: bisection.AskCommit},
		{Kind: bisection.AskOpen, Level: bisection.TraceDepth},
		{Kind: bisection.AskOpen, Level: 1, Index: bisection.MaxStep >> 4},
		{Kind: bisection.AskSegment, Index: bisection.MaxStep},
	} {
		got, err := api.NewQuestion(api.MaxQuestions, q).Asked()
		if diff := cmp.Diff(q, got); err != nil || diff != "" {
			t.Errorf("%v: %v\n%s", q, err, diff)
		}
	}
	for name, q := range map[string]api.Question{
		"nothing":           {Round: 1},
		"no round":          {Kind: "commit"},
		"a round too many":  {Round: api.MaxQuestions + 1, Kind: "commit"},
		"another kind":      {Round: 1, Kind: "memory"},
		"commit at a level": {Round: 1, Kind: "commit", Level: 1},
		"a leaf":            {Round: 1, Kind: "open"},
		"above the root":    {Round: 1, Kind: "open", Level: bisection.TraceDepth + 1},
		"beside the root":   {Round: 1, Kind: "open", Level: bisection.TraceDepth, Index: 1},
		"a step too many":   {Round: 1, Kind: "segment", Index: bisection.MaxStep + 1},
	} {
		if _, err := q.Asked(); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}
