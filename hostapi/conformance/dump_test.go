package conformance_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

// dump says what a conformance guest logs and answers, as README.md defines
// it, from the values that the host has read.
type dump struct{ *schema.Schema }

func newDump(t *testing.T) dump {
	t.Helper()
	s, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	return dump{s}
}

func (d dump) hook(name string) *schema.Hook {
	for _, h := range d.Hooks {
		if h.Name == name {
			return h
		}
	}
	panic("no hook " + name)
}

// lines are what is logged about an input, and the number of its items.
func (d dump) lines(t *testing.T, hook string, input json.RawMessage) (string, int) {
	t.Helper()
	var values map[string]any
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.UseNumber()
	if err := decoder.Decode(&values); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	h := d.hook(hook)
	items, _ := values[h.Item.Name+"s"].([]any)
	for _, item := range items {
		if h.Context != nil {
			record(&b, h.Context.Name, h.Context, values[h.Context.Name])
		}
		record(&b, h.Item.Name, h.Item, item)
	}
	return b.String(), len(items)
}

func record(b *strings.Builder, name string, st *schema.Struct, value any) {
	values := value.(map[string]any)
	for _, f := range st.Fields {
		field(b, name+"."+f.Name, f, values[f.Name])
	}
}

func field(b *strings.Builder, name string, f *schema.Field, value any) {
	line := func(value any) { fmt.Fprintf(b, "%s=%v\n", name, value) }
	list, _ := value.([]any)
	switch {
	case f.Optional && value == nil:
		line("-")
	case f.Type.Elem != nil:
		line(len(list))
		for i, e := range list {
			record(b, fmt.Sprintf("%s.%d", name, i), f.Type.Elem, e)
		}
	case f.Type.Union != nil:
		line(len(list))
		for i, e := range list {
			for _, m := range f.Type.Union.Members {
				if member, ok := e.(map[string]any)[m.Name]; ok {
					record(b, fmt.Sprintf("%s.%d.%s", name, i, m.Name), m, member)
				}
			}
		}
	case f.Type.Enum != nil:
		for _, v := range f.Type.Enum.Values {
			if v.Name == value {
				line(v.Number)
			}
		}
	case f.Type.Base == "bool":
		line(map[any]int{false: 0, true: 1}[value])
	case f.Type.Base == "str":
		line(hex.EncodeToString([]byte(value.(string))))
	case strings.HasPrefix(f.Type.Base, "bytes"):
		line(strings.TrimPrefix(value.(string), "0x"))
	default:
		line(value)
	}
}

// answer is the message of n sample records, of minor version 0.
func (d dump) answer(hook string, n int) []byte {
	st := d.hook(hook).Out
	b := make([]byte, 16+n*st.Size)
	binary.LittleEndian.PutUint32(b, uint32(len(b)))
	binary.LittleEndian.PutUint32(b[4:], uint32(n))
	if n > 0 {
		binary.LittleEndian.PutUint16(b[8:], uint16(st.Size))
	}
	for i := range n {
		at := b[16+i*st.Size:]
		for k, f := range st.Fields {
			sample(at[f.Offset:][:f.Type.Size()], f, k+1)
		}
		if hook == "mediate" {
			binary.LittleEndian.PutUint32(at[offsetOf(st, "item"):], uint32(i))
		}
	}
	return b
}

// sample fills in field number n.
func sample(at []byte, f *schema.Field, n int) {
	switch {
	case f.Type.Enum != nil:
		at[0] = byte(f.Type.Enum.Values[0].Number + n%len(f.Type.Enum.Values))
	case f.Type.Base == "bool":
		at[0] = byte(n % 2)
	default:
		for i := range at {
			at[i] = byte(16*n + i)
		}
	}
}

func offsetOf(st *schema.Struct, name string) int {
	for _, f := range st.Fields {
		if f.Name == name {
			return f.Offset
		}
	}
	panic("no field " + name)
}
