package number

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// readNPY reads an array as numpy.lib.format writes it, version 1 to 3: magic,
// version, length and text of a header, then the elements in a row.
func readNPY(b []byte) ([]tensor, error) {
	if len(b) < 12 || string(b[:6]) != "\x93NUMPY" {
		return nil, errors.New("no NumPy array")
	}
	at, n := uint64(10), uint64(binary.LittleEndian.Uint16(b[8:]))
	if b[6] > 1 {
		at, n = 12, uint64(binary.LittleEndian.Uint32(b[8:]))
	}
	if at+n > uint64(len(b)) {
		return nil, fmt.Errorf("a header of %d bytes in a file of %d", n, len(b))
	}
	header := strings.TrimSpace(string(b[at : at+n])) // padded with spaces
	_, rest, _ := strings.Cut(header, "'descr': '")
	descr, _, ok := strings.Cut(rest, "'")
	if !ok || len(descr) < 2 {
		return nil, errors.New("an array of no plain numbers")
	}
	var order binary.ByteOrder = binary.LittleEndian
	if descr[0] == '>' {
		order = binary.BigEndian
	}
	e, ok := npyElements[descr[1:]]
	if elements := b[at+n:]; ok && len(elements)%e.size == 0 {
		return []tensor{{name: "array", head: header, element: e, order: order, content: elements}}, nil
	}
	return nil, fmt.Errorf("no array of whole numbers of a known kind: %.20q", descr)
}

// maxHeader bounds the JSON in front of tensors.
const maxHeader = 1 << 20

// readSafetensors reads github.com/huggingface/safetensors: the length of a
// header, the header in JSON, then the tensors. Their order in the file and
// the metadata say nothing.
func readSafetensors(b []byte) ([]tensor, error) {
	if len(b) < 8 {
		return nil, errors.New("no safetensors")
	}
	n, rest := binary.LittleEndian.Uint64(b), b[8:]
	if n > maxHeader || n > uint64(len(rest)) {
		return nil, fmt.Errorf("a header of %d bytes, of at most %d in a file of %d", n, maxHeader, len(b))
	}
	head, content := rest[:n], rest[n:]
	var header map[string]json.RawMessage
	if err := json.Unmarshal(head, &header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	delete(header, "__metadata__")
	var list []tensor
	read := 0
	for _, name := range slices.Sorted(maps.Keys(header)) {
		t, err := readTensor(header[name], content)
		if err != nil {
			return nil, fmt.Errorf("tensor %.40q: %w", name, err)
		}
		if read += len(t.content); read > len(content) {
			return nil, fmt.Errorf("tensor %.40q lies on another", name)
		}
		t.name = name
		list = append(list, t)
	}
	return list, nil
}

func readTensor(header []byte, content []byte) (tensor, error) {
	var h struct {
		DType   string    `json:"dtype"`
		Shape   []uint64  `json:"shape"`
		Offsets [2]uint64 `json:"data_offsets"`
	}
	if err := json.Unmarshal(header, &h); err != nil {
		return tensor{}, err
	}
	e, ok := safetensorsElements[h.DType]
	if !ok {
		return tensor{}, fmt.Errorf("no numbers of kind %.20q", h.DType)
	}
	from, to := h.Offsets[0], h.Offsets[1]
	if from > to || to > uint64(len(content)) {
		return tensor{}, fmt.Errorf("bytes %d to %d of %d", from, to, len(content))
	}
	size := uint64(e.size)
	for _, n := range h.Shape {
		if n > uint64(len(content)) { // so that no product overflows
			return tensor{}, errors.New("the shape is larger than the file")
		}
		if size *= n; size > uint64(len(content)) {
			return tensor{}, errors.New("the shape is larger than the file")
		}
	}
	if size != to-from {
		return tensor{}, fmt.Errorf("%d bytes for a shape of %d", to-from, size)
	}
	return tensor{head: fmt.Sprint(h.DType, h.Shape), element: e, order: binary.LittleEndian, content: content[from:to]}, nil
}

// tensor is numbers in a row.
type tensor struct {
	name, head string
	element    element
	order      binary.ByteOrder
	content    []byte
}

// tensors reads one after the other.
func tensors(list []tensor) next {
	begun, numbers := false, make([]float64, 0, 512)
	return func() (value, error) {
		if len(list) == 0 {
			return value{}, nil
		}
		t := &list[0]
		switch {
		case !begun:
			begun = true
			return value{kind: text, text: t.name + " " + t.head}, nil
		case len(t.content) == 0:
			begun, list = false, list[1:]
			return value{kind: text}, nil
		}
		numbers = numbers[:0]
		for len(t.content) > 0 && len(numbers) < cap(numbers) {
			numbers = append(numbers, t.element.read(t.content, t.order))
			t.content = t.content[t.element.size:]
		}
		return value{kind: number, field: t.name, numbers: numbers}, nil
	}
}

// element is how one number is stored.
type element struct {
	size int // bytes
	read func(b []byte, order binary.ByteOrder) float64
}

var (
	f16  = element{2, func(b []byte, o binary.ByteOrder) float64 { return half(o.Uint16(b)) }}
	bf16 = element{2, func(b []byte, o binary.ByteOrder) float64 {
		return float64(math.Float32frombits(uint32(o.Uint16(b)) << 16))
	}}
	f32 = element{4, func(b []byte, o binary.ByteOrder) float64 { return float64(math.Float32frombits(o.Uint32(b))) }}
	f64 = element{8, func(b []byte, o binary.ByteOrder) float64 { return math.Float64frombits(o.Uint64(b)) }}
	u8  = element{1, func(b []byte, _ binary.ByteOrder) float64 { return float64(b[0]) }}
	u16 = element{2, func(b []byte, o binary.ByteOrder) float64 { return float64(o.Uint16(b)) }}
	u32 = element{4, func(b []byte, o binary.ByteOrder) float64 { return float64(o.Uint32(b)) }}
	u64 = element{8, func(b []byte, o binary.ByteOrder) float64 { return float64(o.Uint64(b)) }}
	i8  = element{1, func(b []byte, _ binary.ByteOrder) float64 { return float64(int8(b[0])) }}
	i16 = element{2, func(b []byte, o binary.ByteOrder) float64 { return float64(int16(o.Uint16(b))) }}
	i32 = element{4, func(b []byte, o binary.ByteOrder) float64 { return float64(int32(o.Uint32(b))) }}
	i64 = element{8, func(b []byte, o binary.ByteOrder) float64 { return float64(int64(o.Uint64(b))) }}

	npyElements = map[string]element{
		"f2": f16, "f4": f32, "f8": f64, "b1": u8,
		"u1": u8, "u2": u16, "u4": u32, "u8": u64, "i1": i8, "i2": i16, "i4": i32, "i8": i64,
	}
	safetensorsElements = map[string]element{
		"F16": f16, "BF16": bf16, "F32": f32, "F64": f64, "BOOL": u8,
		"U8": u8, "U16": u16, "U32": u32, "U64": u64, "I8": i8, "I16": i16, "I32": i32, "I64": i64,
	}
)

// half is a number of IEEE 754 binary16.
func half(b uint16) float64 {
	exponent, fraction := int(b>>10&0x1f), float64(b&0x3ff)
	f := math.Ldexp(1024+fraction, exponent-25)
	switch {
	case exponent == 0:
		f = math.Ldexp(fraction, -24)
	case exponent == 31 && fraction == 0:
		f = math.Inf(1)
	case exponent == 31:
		return math.NaN()
	}
	if b>>15 == 1 {
		return -f
	}
	return f
}
