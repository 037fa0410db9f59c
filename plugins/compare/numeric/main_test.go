package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func npy(shape string, list ...float32) string {
	header := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%s,), }\n", shape)
	b := append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), 0)
	b = append(b, header...)
	for _, f := range list {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
	}
	return string(b)
}

func TestNumeric_Compare(t *testing.T) {
	const equal, different, incomparable = plugintest.SamenessEqual, plugintest.SamenessDifferent, plugintest.SamenessIncomparable
	for name, tt := range map[string]struct {
		path, a, b string
		want       plugintest.Sameness
		distance   uint64
		reason     uint16
	}{
		"JSON within":             {"x.json", `{"a": 1.0, "b": [2]}`, `{"a": 1.0000001, "b": [2]}`, equal, 0, 0},
		"JSON spaces":             {"x.json", `{"a":1}`, `{ "a": 1 }`, equal, 0, 0},
		"JSON beyond":             {"x.json", `{"a": 1, "b": 2}`, `{"a": 1.1, "b": 2}`, different, 500000, outOfTolerance},
		"JSON key":                {"x.json", `{"a": 1}`, `{"b": 1}`, different, 1000000, textDiffers},
		"JSON string of a number": {"x.json", `{"a": "1"}`, `{"a": 1}`, different, 1000000, textDiffers},
		"JSON null is no end":     {"x.json", `[null]`, `[null, null]`, different, 1000000, textDiffers},
		"JSON broken":             {"x.json", `{"a": 1`, `{"a": }`, different, 1000000, unreadable},
		"CSV within":              {"x.csv", "h,i\n1,2\n", "h,i\r\n1.0000001,2\r\n", equal, 0, 0},
		"CSV cell":                {"x.csv", "h,i\n1,2\n", "h,i\n1,x\n", different, 1000000, textDiffers},
		"CSV row":                 {"x.csv", "1,2\n", "1,2\n3,4\n", different, 1000000, textDiffers},
		"TSV within":              {"x.tsv", "1\t2", "1\t2.0000001", equal, 0, 0},
		"text within":             {"stdout", "loss: 1.5e-3 at step 7\n", "loss:  1.5000000001e-3 at step 7", equal, 0, 0},
		"text beyond":             {"stdout", "loss 1.5", "loss 1.6", different, 1000000, outOfTolerance},
		"text word":               {"stdout", "loss 1.5", "gain 1.5", different, 1000000, textDiffers},
		"sign":                    {"stdout", "1", "-1", different, 1000000, outOfTolerance},
		"huge":                    {"stdout", "1e999", "1e998", equal, 0, 0},
		"huge against small":      {"stdout", "1e999", "1", different, 1000000, outOfTolerance},
		"array within":            {"x.npy", npy("2", 1, 2), npy("2", 1, 2.0000002), equal, 0, 0},
		"array beyond":            {"x.npy", npy("2", 1, 2), npy("2", 1, 3), different, 500000, outOfTolerance},
		"array with NaN":          {"x.npy", npy("2", 1, float32(math.NaN())), npy("2", 1, 2), different, 500000, outOfTolerance},
		"array of another shape":  {"x.npy", npy("2", 1, 2), npy("1", 1), different, 1000000, textDiffers},
		"array with half a float": {"x.npy", npy("1", 1), npy("1", 1) + "x", different, 1000000, unreadable},
		"bytes":                   {"x.bin", "\x00\x01", "\x00\x02", different, 1000000, bytesDiffer},
		"too large":               {"stdout", string(make([]byte, 2000)), "x", incomparable, 0, tooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newNumeric, `{"max_file_bytes": 1000}`)
			got := plugintest.Compare(t, h, plugintest.Tree{tt.path: tt.a, "same": "1"}, plugintest.Tree{tt.path: tt.b, "same": "1"})
			if got.Sameness != tt.want || got.Distance != tt.distance || got.Reason != tt.reason {
				t.Errorf("%+v, want %s at %d for reason %d", got, tt.want, tt.distance, tt.reason)
			}
		})
	}
}

func TestNumeric_Compare_outliers(t *testing.T) {
	a := plugintest.Tree{"x.csv": "1,2,3,4,5,6,7,8,9,10"}
	b := plugintest.Tree{"x.csv": "1,2,3,4,5,6,7,8,9,11"}
	h := plugintest.New(t, newNumeric, `{}`)
	for share, want := range map[int64]plugintest.Sameness{
		99_999: plugintest.SamenessDifferent, 100_000: plugintest.SamenessEqual,
	} {
		got := plugintest.Compare(t, h, a, b, plugintest.Param{Key: "outliers_ppm", Value: share})
		if got.Sameness != want || got.Distance != 100_000 || got.Arg0 != 1 || got.Arg1 != 10 {
			t.Errorf("of %d ppm: %+v, want %s", share, got, want)
		}
	}
}

func TestNumeric_Compare_oneSided(t *testing.T) {
	h := plugintest.New(t, newNumeric, `{}`)
	got := plugintest.Compare(t, h, plugintest.Tree{"a": "1"}, plugintest.Tree{"b": "1"})
	if got.Sameness != plugintest.SamenessDifferent || got.Reason != oneSided {
		t.Errorf("%+v", got)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add("x.json", []byte(`{"a":[1,null,"x"]}`))
	f.Add("x.csv", []byte("1,\"2\n"))
	f.Add("x.npy", []byte(npy("1", 1)))
	f.Add("x.txt", []byte("a 1.5e-3 +"))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		read := open(name, b)
		if read == nil {
			return
		}
		for range 4*len(b) + 16 {
			v, err := read()
			if err != nil || v.kind == end {
				return
			}
		}
		t.Fatalf("%d bytes of %s have no end", len(b), name)
	})
}
