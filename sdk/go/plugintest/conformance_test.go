package plugintest_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/admit"
	"github.com/lilypad-network/lilypad/sdk/go/allow"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
	"github.com/lilypad-network/lilypad/sdk/go/match"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// The vectors that every host and SDK shares.
const testdata = "../../../hostapi/conformance/testdata"

// checker is a hook of every kind: it holds what it is asked against the
// values of a vector, field by field, and answers what the vector answers.
type checker struct {
	t       *testing.T
	input   map[string]any
	output  []byte
	context string // names of the values
	items   string
	calls   int
}

func (c *checker) check(context, item any) {
	c.t.Helper()
	if context != nil {
		same(c.t, c.context, reflect.ValueOf(context), c.input[c.context])
	}
	list := c.input[c.items].([]any)
	same(c.t, fmt.Sprint(c.items, c.calls), reflect.ValueOf(item), list[c.calls])
	c.calls++
}

func answers[T any](c *checker) T {
	var list []T
	if err := json.Unmarshal(c.output, &list); err != nil {
		c.t.Fatal(err)
	}
	return list[c.calls-1]
}

func (c *checker) Score(j match.Job, o match.Offer) match.Score {
	c.check(j, o)
	return withEnums[match.Score](c)
}

func (c *checker) Admit(n admit.Node, r admit.Request) admit.Admission {
	c.check(n, r)
	return withEnums[admit.Admission](c)
}

func (c *checker) Rule(m allow.Module) allow.Ruling {
	c.check(nil, m)
	return withEnums[allow.Ruling](c)
}

func (c *checker) Compare(p compare.Pair) compare.Comparison {
	c.check(nil, p)
	return withEnums[compare.Comparison](c)
}

// withEnums is the vector's answer as the SDK's struct: fields by the same
// names, each enum at the number of its first name, which all vectors hold.
func withEnums[T any](c *checker) T {
	var out T
	v := reflect.ValueOf(&out).Elem()
	values := answers[map[string]json.RawMessage](c)
	for i := range v.NumField() {
		f := v.Field(i)
		raw := values[snake(v.Type().Field(i).Name)]
		if f.Kind() == reflect.Uint8 {
			f.SetUint(1)
		} else if err := json.Unmarshal(raw, f.Addr().Interface()); err != nil {
			c.t.Fatal(err)
		}
	}
	return out
}

// same holds every value of a vector against the accessor of its name.
func same(t *testing.T, where string, got reflect.Value, want any) {
	t.Helper()
	switch w := want.(type) {
	case map[string]any:
		for name, value := range w {
			same(t, where+"."+name, member(t, where, got, name), value)
		}
	case []any:
		if got.Len() != len(w) {
			t.Errorf("%s: %d elements, want %d", where, got.Len(), len(w))
			return
		}
		for i := range w {
			same(t, fmt.Sprintf("%s[%d]", where, i), got.Index(i), w[i])
		}
	default:
		text := fmt.Sprint(got.Interface())
		if got.Kind() == reflect.Array {
			b := make([]byte, got.Len())
			reflect.Copy(reflect.ValueOf(b), got)
			text = "0x" + hex.EncodeToString(b)
		}
		if text != fmt.Sprint(want) {
			t.Errorf("%s: %s, want %v", where, text, want)
		}
	}
}

// member is the field or the result of the accessor.
func member(t *testing.T, where string, v reflect.Value, name string) reflect.Value {
	t.Helper()
	for i := range v.NumMethod() {
		if snake(v.Type().Method(i).Name) == name {
			return v.Method(i).Call(nil)[0]
		}
	}
	if v.Kind() == reflect.Struct {
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && snake(f.Name) == name {
				return v.Field(i)
			}
		}
	}
	t.Fatalf("%s: nothing reads %s", where, name)
	return reflect.Value{}
}

// snake is the schema's spelling of a Go name.
func snake(name string) string {
	name = strings.NewReplacer("GPUs", "Gpus", "GPU", "Gpu", "CPU", "Cpu", "VRAM", "Vram", "RAM", "Ram", "ID", "Id").Replace(name)
	var b strings.Builder
	for i, r := range name {
		if i > 0 && 'A' <= r && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

func (c *checker) run(hook string, in, out []byte) int32 {
	switch hook {
	case "match":
		c.context, c.items = "job", "offers"
		return match.Run(c, in, out)
	case "admit":
		c.context, c.items = "node", "requests"
		return admit.Run(c, in, out)
	case "allow":
		c.items = "modules"
		return allow.Run(c, in, out)
	case "compare":
		c.items = "pairs"
		return compare.Run(c, in, out)
	}
	c.items = "cases"
	return mediate.Run(cases{c}, in, out)
}

// cases reads every case; a plan cannot hold the extremes of a vector, so it
// answers with a plan of its own, which the caller reads back.
type cases struct{ *checker }

func (c cases) Decide(x mediate.Case) mediate.Plan {
	c.check(nil, x)
	return mediate.Verdict(mediate.Fraud).Confidence(7).Because(8).With(9, 10)
}

func TestGuest_Calls(t *testing.T) {
	paths, err := filepath.Glob(testdata + "/calls/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatal("no vectors", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var v struct {
				Hook      string         `json:"hook"`
				Input     map[string]any `json:"input"`
				Output    json.RawMessage
				InputHex  string `json:"input_hex"`
				OutputHex string `json:"output_hex"`
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			d := json.NewDecoder(bytes.NewReader(b))
			d.UseNumber()
			if err := d.Decode(&v); err != nil {
				t.Fatal(err)
			}
			in, err := hex.DecodeString(v.InputHex)
			if err != nil {
				t.Fatal(err)
			}
			out := make([]byte, 1<<16)
			c := &checker{t: t, input: v.Input, output: v.Output}
			n := c.run(v.Hook, in, out)
			if n < 0 {
				t.Fatalf("status %d: %q", n, out[4:100])
			}
			if v.Hook != "mediate" {
				if got := hex.EncodeToString(out[:n]); got != v.OutputHex {
					t.Errorf("output %s, want %s", got, v.OutputHex)
				}
			}
			if want := len(v.Input[c.items].([]any)); c.calls != want {
				t.Errorf("%d of %d items were asked about", c.calls, want)
			}
		})
	}
}

func TestGuest_Refusals(t *testing.T) {
	var list []struct{ Hook, Side, Rule, Hex string }
	b, err := os.ReadFile(testdata + "/refused.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Side != "input" {
			continue // outputs are the host's to refuse
		}
		t.Run(r.Hook+" "+r.Rule, func(t *testing.T) {
			in, err := hex.DecodeString(r.Hex)
			if err != nil {
				t.Fatal(err)
			}
			c := idle{}
			out := make([]byte, 1<<16)
			runs := map[string]func() int32{
				"match":   func() int32 { return match.Run(c, in, out) },
				"admit":   func() int32 { return admit.Run(c, in, out) },
				"allow":   func() int32 { return allow.Run(c, in, out) },
				"compare": func() int32 { return compare.Run(c, in, out) },
				"mediate": func() int32 { return mediate.Run(c, in, out) },
			}
			if n := runs[r.Hook](); n != -1 {
				t.Errorf("status %d, want -1", n)
			}
		})
	}
}

// idle answers everything with nothing.
type idle struct{}

func (idle) Score(match.Job, match.Offer) match.Score        { return match.Score{} }
func (idle) Admit(admit.Node, admit.Request) admit.Admission { return admit.Admission{} }
func (idle) Rule(allow.Module) allow.Ruling                  { return allow.Ruling{} }
func (idle) Compare(compare.Pair) compare.Comparison         { return compare.Comparison{} }
func (idle) Decide(mediate.Case) mediate.Plan                { return mediate.Plan{} }

func TestRun_outputFull(t *testing.T) {
	b, err := os.ReadFile(testdata + "/calls/match-full.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		InputHex string `json:"input_hex"`
	}
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	in, err := hex.DecodeString(v.InputHex)
	if err != nil {
		t.Fatal(err)
	}
	const whole = 16 + 2*32
	for room, want := range map[int]int32{0: -3, 15: -3, 16: -3, whole - 1: -3, whole: whole, whole + 1: whole} {
		if got := match.Run(idle{}, in, make([]byte, room)); got != want {
			t.Errorf("%d bytes of room: %d, want %d", room, got, want)
		}
	}
	in[6] = 9 // a minor version of later days
	if got := match.Run(idle{}, in, make([]byte, whole)); got != -2 {
		t.Errorf("later minor: %d, want -2", got)
	}
}
