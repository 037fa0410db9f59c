package pluginhost_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/hostapi/conformance"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// script is a hook that answers by these bytes.
func script(out []byte) []byte {
	body := []byte{}
	for at := 0; at < len(out); at += 4 {
		word := make([]byte, 4)
		copy(word, out[at:])
		body = slices.Concat(body, get(2), i32(int32(binary.LittleEndian.Uint32(word))), []byte{0x36, 2}, uleb(uint64(at)))
	}
	return append(body, i32(int32(len(out)))...)
}

// scripted is a plugin that answers every batch with items by these bytes.
func scripted(hook string, out []byte) pluginhost.Source {
	return sourceFor(hook, guest("lilypad_"+hook+"_1", 64, script(out)))
}

// ask sends the values of a vector through the hook's method.
func ask(ctx context.Context, p *pluginhost.Plugin, hook string, input []byte) (any, error) {
	switch hook {
	case "match":
		var in hostapi.MatchInput
		if err := json.Unmarshal(input, &in); err != nil {
			return nil, err
		}
		return p.Match(ctx, lilypad.Time(in.Now), in.Job, in.Offers)
	case "admit":
		var in hostapi.AdmitInput
		if err := json.Unmarshal(input, &in); err != nil {
			return nil, err
		}
		return p.Admit(ctx, lilypad.Time(in.Now), in.Node, in.Requests)
	case "allow":
		var in hostapi.AllowInput
		if err := json.Unmarshal(input, &in); err != nil {
			return nil, err
		}
		return p.Allow(ctx, lilypad.Time(in.Now), in.Modules)
	}
	var in hostapi.MediateInput
	if err := json.Unmarshal(input, &in); err != nil {
		return nil, err
	}
	return p.Mediate(ctx, lilypad.Time(in.Now), in.Cases)
}

// The host writes the bytes of the vectors, and reads the answers of the hooks
// that have no rules beyond the format. Pairs get their handles from the host,
// so the vectors of compare are not for it.
func TestPlugin_conformance(t *testing.T) {
	calls, err := conformance.Calls()
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, c := range calls {
		want, err := hex.DecodeString(c.InputHex)
		if err != nil {
			t.Fatal(err)
		}
		h, _, items, err := hostapi.SplitMessage(want)
		if err != nil {
			t.Fatal(err)
		}
		if c.Hook == "compare" || len(items) == 0 { // nothing is asked about nothing
			continue
		}
		tried++
		t.Run(c.Name, func(t *testing.T) {
			out, err := hex.DecodeString(c.OutputHex)
			if err != nil {
				t.Fatal(err)
			}
			always := slices.Concat(get(0), []byte{0x28, 2, 12, 0x45, 0x04, 0x40}, script(make([]byte, 16)), []byte{0x1a}, store(0, 16), store(8, 64), i32(16), []byte{0x0f, 0x0b}, script(out))
			src := sourceFor(c.Hook, bare("lilypad_"+c.Hook+"_1", always))
			src.Manifest = bytes.Replace(src.Manifest, []byte(`"api":"1.0"`), fmt.Appendf(nil, `"api":"1.%d"`, h.Minor), 1)
			p, kept := load(t, src)
			got, err := ask(context.Background(), p, c.Hook, c.Input)
			if len(*kept) != 1 {
				t.Fatalf("%d calls: %v", len(*kept), err)
			}
			if diff := cmp.Diff(want, (*kept)[0].Input); diff != "" {
				t.Errorf("the guest got other bytes: %s", diff)
			}
			if c.Hook == "mediate" || c.Hook == "admit" {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			values, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(plainJSON(t, c.Output), plainJSON(t, values)); diff != "" {
				t.Errorf("the caller got other values: %s", diff)
			}
		})
	}
	if tried < 8 {
		t.Errorf("only %d vectors were tried", tried)
	}
}

func plainJSON(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestPlugin_conformance_refusesOutputs(t *testing.T) {
	refusals, err := conformance.Refusals()
	if err != nil {
		t.Fatal(err)
	}
	inputs := map[string]any{
		"match":   hostapi.MatchInput{Now: 7, Job: hostapi.Job{Engine: hostapi.EngineWasm}, Offers: make([]hostapi.Offer, 2)},
		"admit":   hostapi.AdmitInput{Now: 7, Node: hostapi.Node{Weekday: hostapi.WeekdayMonday}, Requests: []hostapi.Request{{Engine: hostapi.EngineWasm}, {Engine: hostapi.EngineWasm}}},
		"allow":   hostapi.AllowInput{Now: 7, Modules: []hostapi.Module{module, module}},
		"mediate": hostapi.MediateInput{Now: 7, Cases: []hostapi.Case{{Phase: hostapi.PhaseReview}, {Phase: hostapi.PhaseReview}}},
	}
	tried := 0
	for _, r := range refusals {
		if r.Side != "output" || inputs[r.Hook] == nil {
			continue
		}
		tried++
		t.Run(r.Hook+" "+r.Rule, func(t *testing.T) {
			out, err := hex.DecodeString(r.Hex)
			if err != nil {
				t.Fatal(err)
			}
			input, err := json.Marshal(inputs[r.Hook])
			if err != nil {
				t.Fatal(err)
			}
			p, _ := load(t, scripted(r.Hook, out))
			_, err = ask(context.Background(), p, r.Hook, input)
			wantRefusal(t, err, pluginhost.RuleOutput, "")
		})
	}
	if tried == 0 {
		t.Error("no vector was tried")
	}
}
