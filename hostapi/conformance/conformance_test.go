package conformance_test

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/hostapi/conformance"
)

var update = flag.Bool("update", false, "rewrite the vectors")

// codec is one hook of the host, for any input and output.
type codec struct {
	input  func() any
	append func(in any, minor uint16) ([]byte, error)
	decode func(b []byte) (any, error)
	output func() any
	write  func(out any, minor uint16) ([]byte, error)
	read   func(b []byte) (any, error)
}

type input interface {
	Append(dst []byte, minor uint16) ([]byte, error)
}

func newCodec[I, O any](decode func([]byte) (I, error), write func([]byte, uint16, []O) ([]byte, error), read func([]byte) ([]O, error)) codec {
	return codec{
		input:  func() any { return new(I) },
		append: func(in any, minor uint16) ([]byte, error) { return in.(input).Append(nil, minor) },
		decode: func(b []byte) (any, error) { in, err := decode(b); return &in, err },
		output: func() any { return new([]O) },
		write:  func(out any, minor uint16) ([]byte, error) { return write(nil, minor, *out.(*[]O)) },
		read:   func(b []byte) (any, error) { out, err := read(b); return &out, err },
	}
}

var codecs = map[string]codec{
	"match":   newCodec(hostapi.DecodeMatchInput, hostapi.AppendScores, hostapi.DecodeScores),
	"admit":   newCodec(hostapi.DecodeAdmitInput, hostapi.AppendAdmissions, hostapi.DecodeAdmissions),
	"allow":   newCodec(hostapi.DecodeAllowInput, hostapi.AppendRulings, hostapi.DecodeRulings),
	"mediate": newCodec(hostapi.DecodeMediateInput, hostapi.AppendActions, hostapi.DecodeActions),
	"compare": newCodec(hostapi.DecodeCompareInput, hostapi.AppendComparisons, hostapi.DecodeComparisons),
}

func TestHost_Calls(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	calls, err := conformance.Calls()
	if err != nil {
		t.Fatal(err)
	}
	hooks := map[string]int{}
	for _, c := range calls {
		hooks[c.Hook]++
		t.Run(c.Name, func(t *testing.T) {
			k := codecs[c.Hook]
			check(t, c.Input, c.InputHex, 6, k.input(), k.append, k.decode)
			check(t, c.Output, c.OutputHex, 10, k.output(), k.write, k.read)
		})
	}
	for hook := range codecs {
		if hooks[hook] < 3 {
			t.Errorf("%s has %d vectors", hook, hooks[hook])
		}
	}
}

// check holds values and bytes against each other, both ways. The minor version
// that they are of is in the bytes.
func check(t *testing.T, text json.RawMessage, bytes string, minorAt int, value any, encode func(any, uint16) ([]byte, error), decode func([]byte) (any, error)) {
	t.Helper()
	if err := json.Unmarshal(text, value); err != nil {
		t.Fatal(err)
	}
	want, err := hex.DecodeString(bytes)
	if err != nil {
		t.Fatal(err)
	}
	b, err := encode(value, binary.LittleEndian.Uint16(want[minorAt:]))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(bytes, hex.EncodeToString(b)); diff != "" {
		t.Errorf("bytes (-want +got):\n%s", diff)
	}
	got, err := decode(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(asJSON(t, value), asJSON(t, got)); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func TestHost_Refusals(t *testing.T) {
	list, err := conformance.Refusals()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 20 {
		t.Errorf("only %d refusals", len(list))
	}
	for _, r := range list {
		t.Run(r.Hook+" "+r.Side+" "+r.Rule, func(t *testing.T) {
			b, err := hex.DecodeString(r.Hex)
			if err != nil {
				t.Fatal(err)
			}
			decode := codecs[r.Hook].decode
			if r.Side == "output" {
				decode = codecs[r.Hook].read
			}
			if v, err := decode(b); err == nil {
				t.Errorf("accepted as %s", asJSON(t, v))
			}
		})
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// FuzzDecode: whatever is read as an input is the same when written again and
// read again.
func FuzzDecode(f *testing.F) {
	calls, err := conformance.Calls()
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range calls {
		b, _ := hex.DecodeString(c.InputHex)
		f.Add(c.Hook, b)
	}
	f.Fuzz(func(t *testing.T, hook string, b []byte) {
		k, ok := codecs[hook]
		if !ok {
			return
		}
		_, _ = k.read(b)
		first, err := k.decode(b)
		if err != nil {
			return
		}
		again, err := k.append(first, hostapi.Minor)
		if err != nil {
			t.Fatalf("%s cannot be written: %v", asJSON(t, first), err)
		}
		second, err := k.decode(again)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(asJSON(t, first), asJSON(t, second)); diff != "" {
			t.Error(diff)
		}
	})
}

// fillers are the vectors' values: what each field holds.
var fillers = map[string]func(n *uint64, v reflect.Value){
	"empty": func(*uint64, reflect.Value) {},
	"full": func(n *uint64, v reflect.Value) {
		*n++
		switch v.Kind() {
		case reflect.String:
			v.SetString(strings.Repeat("aé€𐍈", int(*n%3)+1))
		case reflect.Int64:
			v.SetInt(-int64(*n))
		case reflect.Uint16, reflect.Uint32, reflect.Uint64:
			v.SetUint(*n)
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Array:
			for i := range v.Len() {
				v.Index(i).SetUint((*n + uint64(i)) % 256)
			}
		}
	},
	"extremes": func(n *uint64, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			v.SetString(strings.Repeat("\x00\U0010ffff", 300))
		case reflect.Int64:
			v.SetInt(-1 << 63)
		case reflect.Uint16, reflect.Uint32, reflect.Uint64:
			v.SetUint(1<<v.Type().Bits() - 1)
		case reflect.Array:
			for i := range v.Len() {
				v.Index(i).SetUint(255)
			}
		}
	},
}

// fill sets every field of v. Enums stay in range; lists and batches get two
// elements, unions one of each; empty has one item and no lists.
func fill(v reflect.Value, name string, n *uint64, depth int) {
	switch k := v.Kind(); {
	case k == reflect.Uint8:
		v.SetUint(1)
	case k == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name, n, depth)
	case k == reflect.Slice && v.Type().Elem() == reflect.TypeFor[hostapi.Event]():
		union := v.Type().Elem()
		if name == "empty" {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), union.NumField(), union.NumField()))
		for i := range union.NumField() {
			fill(v.Index(i).Field(i), name, n, depth+1)
		}
	case k == reflect.Slice:
		size := 2
		if name == "empty" {
			if size = 1; depth > 1 {
				return
			}
		}
		v.Set(reflect.MakeSlice(v.Type(), size, size))
		for i := range size {
			fill(v.Index(i), name, n, depth+1)
		}
	case k == reflect.Struct:
		if ok := v.FieldByName("OK"); ok.IsValid() {
			if ok.SetBool(name != "empty"); name == "empty" {
				return
			}
			fill(v.FieldByName("V"), name, n, depth+1)
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), name, n, depth+1)
		}
	default:
		fillers[name](n, v)
	}
}

// writeVectors writes those of this minor version; earlier ones stay.
func writeVectors(t *testing.T) {
	t.Helper()
	save := func(path string, v any) {
		if err := os.WriteFile(filepath.Join("testdata", path), []byte(asJSON(t, v)+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var refused []conformance.Refused
	for _, hook := range hostapi.Hooks {
		k := codecs[hook.String()]
		for name := range fillers {
			in, out, n := k.input(), k.output(), uint64(0)
			fill(reflect.ValueOf(in).Elem(), name, &n, 0)
			fill(reflect.ValueOf(out).Elem(), name, &n, 0)
			inBytes, err := k.append(in, hostapi.Minor)
			if err != nil {
				t.Fatal(err)
			}
			outBytes, err := k.write(out, hostapi.Minor)
			if err != nil {
				t.Fatal(err)
			}
			save(fmt.Sprintf("calls/%s-%s-%d.%d.json", hook, name, hostapi.Major, hostapi.Minor), conformance.Call{
				Hook: hook.String(), Input: json.RawMessage(asJSON(t, in)), Output: json.RawMessage(asJSON(t, out)),
				InputHex: hex.EncodeToString(inBytes), OutputHex: hex.EncodeToString(outBytes),
			})
			if name == "full" {
				refused = append(refused, damage(hook, inBytes, outBytes)...)
			}
		}
	}
	save("refused.json", refused)
}
