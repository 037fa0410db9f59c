package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"regexp"
)

var descr = regexp.MustCompile(`'descr': *'([<|>])([fiu])([1248])'`)

// readNPY reads an array as numpy.lib.format writes it, version 1 to 3: magic,
// version, length and text of a header, then the elements in a row.
func readNPY(b []byte) next {
	fail := func(format string, args ...any) next {
		return func() (value, error) { return value{}, fmt.Errorf(format, args...) }
	}
	if len(b) < 12 || string(b[:6]) != "\x93NUMPY" {
		return fail("no NumPy array")
	}
	at, n := uint64(10), uint64(binary.LittleEndian.Uint16(b[8:]))
	if b[6] > 1 {
		at, n = 12, uint64(binary.LittleEndian.Uint32(b[8:]))
	}
	if at+n > uint64(len(b)) {
		return fail("a header of %d bytes in a file of %d", n, len(b))
	}
	header := string(b[at : at+n])
	d := descr.FindStringSubmatch(header)
	if d == nil {
		return fail("an array of no plain numbers")
	}
	size := int(d[3][0] - '0')
	var order binary.ByteOrder = binary.LittleEndian
	if d[1] == ">" {
		order = binary.BigEndian
	}
	read := element(d[2], size, order)
	rest := b[at+n:]
	if read == nil || len(rest)%size != 0 {
		return fail("%d bytes of elements of %d", len(rest), size)
	}
	first := true
	return func() (value, error) {
		if first {
			first = false
			return value{kind: text, text: header}, nil
		}
		if len(rest) == 0 {
			return value{}, nil
		}
		v := read(rest)
		rest = rest[size:]
		return value{kind: number, number: v}, nil
	}
}

// element is how to read one; nil when there is no such number.
func element(class string, size int, order binary.ByteOrder) func([]byte) float64 {
	switch fmt.Sprint(class, size) {
	case "f4":
		return func(b []byte) float64 { return float64(math.Float32frombits(order.Uint32(b))) }
	case "f8":
		return func(b []byte) float64 { return math.Float64frombits(order.Uint64(b)) }
	case "u1":
		return func(b []byte) float64 { return float64(b[0]) }
	case "u2":
		return func(b []byte) float64 { return float64(order.Uint16(b)) }
	case "u4":
		return func(b []byte) float64 { return float64(order.Uint32(b)) }
	case "u8":
		return func(b []byte) float64 { return float64(order.Uint64(b)) }
	case "i1":
		return func(b []byte) float64 { return float64(int8(b[0])) }
	case "i2":
		return func(b []byte) float64 { return float64(int16(order.Uint16(b))) }
	case "i4":
		return func(b []byte) float64 { return float64(int32(order.Uint32(b))) }
	case "i8":
		return func(b []byte) float64 { return float64(int64(order.Uint64(b))) }
	}
	return nil
}
