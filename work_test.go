package lilypad_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/lilypad-network/lilypad"
)

// The contracts' test reads the same file.
func TestWork_hashesAsTheContractsDo(t *testing.T) {
	var v struct {
		Work struct {
			Module, Inputs, Needs, Scheme, Comparator, Parameters, ResultKey, Want lilypad.Hash
		}
		Outputs struct {
			Plain, Blob, HardwareClass, Want lilypad.Hash
			Size, Status                     uint
		}
	}
	text, err := os.ReadFile("contracts/testdata/work.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	w := lilypad.Work{
		Module: lilypad.ModuleID(v.Work.Module), Inputs: lilypad.ContentID(v.Work.Inputs),
		Needs:  lilypad.Needs{Engine: lilypad.EngineWasm, Timeout: 60},
		Scheme: lilypad.PluginID(v.Work.Scheme), Comparator: lilypad.PluginID(v.Work.Comparator),
		Parameters: []lilypad.Param{{Key: "b", Value: -1}, {Key: "a", Value: 2}},
		ResultKey:  v.Work.ResultKey,
	}
	o := lilypad.Outputs{
		Plain: lilypad.ContentID(v.Outputs.Plain), Blob: lilypad.ContentID(v.Outputs.Blob), Size: uint64(v.Outputs.Size),
		Status: lilypad.Status(v.Outputs.Status), HardwareClass: v.Outputs.HardwareClass,
	}
	for _, c := range []struct {
		name      string
		got, want lilypad.Hash
	}{
		{"needs", w.Needs.Hash(), v.Work.Needs},
		{"parameters", lilypad.ParamsHash(w.Parameters), v.Work.Parameters},
		{"work", w.Hash(), v.Work.Want},
		{"outputs", o.Hash(), v.Outputs.Want},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}
