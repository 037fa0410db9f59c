package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/compare"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestExact_Compare(t *testing.T) {
	h := plugintest.New(t, func(compare.Settings) (compare.Hook, error) { return exact{}, nil }, `{}`)
	different := func(ppm, files, of uint64) plugintest.Comparison {
		return plugintest.Comparison{Sameness: plugintest.SamenessDifferent, Distance: ppm, Reason: filesDiffer, Arg0: files, Arg1: of}
	}
	for name, tt := range map[string]struct {
		a, b plugintest.Tree
		want plugintest.Comparison
	}{
		"nothing":      {nil, nil, plugintest.Comparison{Sameness: plugintest.SamenessEqual}},
		"equal":        {plugintest.Tree{"a": "1"}, plugintest.Tree{"a": "1"}, plugintest.Comparison{Sameness: plugintest.SamenessEqual}},
		"other bytes":  {plugintest.Tree{"a": "1", "b": "2"}, plugintest.Tree{"a": "1", "b": "3"}, different(500000, 1, 2)},
		"one more":     {plugintest.Tree{"a": "1"}, plugintest.Tree{"a": "1", "b": ""}, different(500000, 1, 2)},
		"another name": {plugintest.Tree{"a": "1"}, plugintest.Tree{"b": "1"}, different(1000000, 2, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			if got := plugintest.Compare(t, h, tt.a, tt.b); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}
