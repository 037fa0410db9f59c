package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestAllOf_Compare(t *testing.T) {
	h := plugintest.New(t, newAllOf, `{}`)
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
		"by numeric and by text": {log + "1.00001", log + "1.00002", nil, plugintest.SamenessEqual},
		"not by numeric":         {log + "1.5", log + "2.5", nil, plugintest.SamenessDifferent},
		"not by text":            {"1.00001", "1.00002", nil, plugintest.SamenessDifferent},
		"without text":           {"1.00001", "1.00002", off("text"), plugintest.SamenessEqual},
		"without numeric":        {log + "1.5", log + "1.6", off("numeric"), plugintest.SamenessEqual},
		"without one that reads": {log + "1.00001", log + "1.00002", off("text", "numeric"), plugintest.SamenessDifferent},
		"bytes of no kind":       {"\x00", "\x01", nil, plugintest.SamenessDifferent},
	} {
		got := plugintest.Compare(t, h, plugintest.Tree{"stdout": tt.a}, plugintest.Tree{"stdout": tt.b}, tt.params...)
		if got.Sameness != tt.want {
			t.Errorf("%s: %+v, want %s", name, got, tt.want)
		}
	}
}
