package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestAnyOf_Compare(t *testing.T) {
	h := plugintest.New(t, newAnyOf, `{}`)
	off := func(keys ...string) (list []plugintest.Param) {
		for _, key := range keys {
			list = append(list, plugintest.Param{Key: key})
		}
		return list
	}
	log := "the model has seen all of its rows for a while, and again in another order, and of those that were kept back it now tells nearly all apart: its loss is "
	for name, tt := range map[string]struct {
		a, b   string
		params []plugintest.Param
		want   plugintest.Sameness
	}{
		"a number, by numeric":   {log + "1.00001", log + "1.00002", nil, plugintest.SamenessEqual},
		"a comma, by text":       {log + "1.5", log + "1.5.", nil, plugintest.SamenessEqual},
		"without text":           {log + "1.5", log + "1.5.", off("text"), plugintest.SamenessDifferent},
		"without one that reads": {log + "1.00001", log + "1.00002", off("text", "numeric"), plugintest.SamenessDifferent},
		"no member's":            {"1 a", "2 b", nil, plugintest.SamenessDifferent},
		"bytes of no kind":       {"\x00", "\x01", nil, plugintest.SamenessDifferent},
	} {
		got := plugintest.Compare(t, h, plugintest.Tree{"stdout": tt.a}, plugintest.Tree{"stdout": tt.b}, tt.params...)
		if got.Sameness != tt.want {
			t.Errorf("%s: %+v, want %s", name, got, tt.want)
		}
	}
}
