package conformance_test

import (
	"encoding/binary"
	"encoding/hex"
	"slices"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/hostapi/conformance"
)

// damage breaks one rule after the other in a good call.
func damage(hook hostapi.Hook, in, out []byte) []conformance.Refused {
	le := binary.LittleEndian
	item := func(b []byte) []byte { return b[le.Uint32(b[32:]):] }
	var list []conformance.Refused
	add := func(side, rule string, b []byte) {
		list = append(list, conformance.Refused{Hook: hook.String(), Side: side, Rule: rule, Hex: hex.EncodeToString(b)})
	}
	for _, d := range []struct {
		rule  string
		apply func(b []byte) []byte
	}{
		{"no bytes", func([]byte) []byte { return nil }},
		{"a header that is cut", func(b []byte) []byte { return b[:31] }},
		{"another magic", func(b []byte) []byte { b[0]++; return b }},
		{"another hook", func(b []byte) []byte { b[4]++; return b }},
		{"more declared than there is", func(b []byte) []byte { return b[:len(b)-8] }},
		{"more there than is declared", func(b []byte) []byte { return append(b, make([]byte, 8)...) }},
		{"more items than the table has room for", func(b []byte) []byte { le.PutUint32(b[12:], 1<<30); return b }},
		{"a table beyond the end", func(b []byte) []byte { le.PutUint32(b[16:], uint32(len(b))); return b }},
		{"an item beyond the end", func(b []byte) []byte { le.PutUint32(b[32:], uint32(len(b))); return b }},
		{"an item out of line", func(b []byte) []byte { le.PutUint32(b[32:], le.Uint32(b[32:])+4); return b }},
		{"an item that ends beyond the message", func(b []byte) []byte { le.PutUint32(item(b), 1<<31); return b }},
		{"an item of another kind", func(b []byte) []byte { le.PutUint16(item(b)[6:], 999); return b }},
		{"an item shorter than its record", func(b []byte) []byte { le.PutUint16(item(b)[4:], 16); return b }},
		{"a fixed part longer than the item", func(b []byte) []byte { le.PutUint16(item(b)[4:], 0xffff); return b }},
	} {
		add("input", d.rule, d.apply(slices.Clone(in)))
	}
	for _, d := range []struct {
		rule  string
		apply func(b []byte) []byte
	}{
		{"no bytes", func([]byte) []byte { return nil }},
		{"more declared than there is", func(b []byte) []byte { return b[:len(b)-8] }},
		{"more records than there are", func(b []byte) []byte { b[4]++; return b }},
		{"a stride below the record's size", func(b []byte) []byte { b[8] -= 8; return b }},
		{"a stride of nothing", func(b []byte) []byte { le.PutUint16(b[8:], 0); return b }},
		{"an answer that is none", func(b []byte) []byte { return enumsTo(b, 0xee) }},
	} {
		add("output", d.rule, d.apply(slices.Clone(out)))
	}
	return list
}

// enumsTo overwrites the first record's bytes that can be an enum's.
func enumsTo(b []byte, v byte) []byte {
	stride := int(binary.LittleEndian.Uint16(b[8:]))
	for i := 16 + 16; i < 16+stride; i++ {
		b[i] = v
	}
	return b
}
