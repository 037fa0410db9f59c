package number_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/number"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

const (
	equal        = plugintest.SamenessEqual
	different    = plugintest.SamenessDifferent
	incomparable = plugintest.SamenessIncomparable
)

// strict has no default but what a case sets.
func strict(t testing.TB) compare.Hook {
	t.Helper()
	h, err := judge.Hook(number.New)(compare.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// params are pairs of a key and a number, sorted by key.
func params(list ...any) (out []plugintest.Param) {
	for i := 0; i < len(list); i += 2 {
		out = append(out, plugintest.Param{Key: list[i].(string), Value: int64(list[i+1].(int))})
	}
	return out
}

func npy(descr, shape string, list ...float32) string {
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s,), }\n", descr, shape)
	b := append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), 0)
	return string(floats(append(b, header...), list))
}

func floats(b []byte, list []float32) []byte {
	for _, f := range list {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
	}
	return b
}

func safetensors(header string, content string) string {
	return string(binary.LittleEndian.AppendUint64(nil, uint64(len(header)))) + header + content
}

func tensor(list ...float32) string {
	return safetensors(fmt.Sprintf(`{"w":{"dtype":"F32","shape":[%d],"data_offsets":[0,%d]}}`, len(list), 4*len(list)), string(floats(nil, list)))
}

// both have the tensors x and y of a byte each, in this order or the other.
func both(first, second string, content string) string {
	return safetensors(fmt.Sprintf(`{"__metadata__":{"by":%q},%q:{"dtype":"U8","shape":[1],"data_offsets":[0,1]},%q:{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}`, first, first, second), content)
}

func dtype(name, content string, size int) string {
	return safetensors(fmt.Sprintf(`{"w":{"dtype":%q,"shape":[1],"data_offsets":[0,%d]}}`, name, size), content)
}

func TestJudge(t *testing.T) {
	rel := params("rel_ppb", 1000)
	for name, tt := range map[string]struct {
		path, a, b string
		want       plugintest.Sameness
		distance   uint64
		reason     uint16
	}{
		"JSON within":             {"x.json", `{"a": 1.0, "b": [2]}`, `{"a": 1.0000001, "b": [2]}`, equal, 0, 0},
		"JSON spaces":             {"x.json", `{"a":1}`, `{ "a": 1 }`, equal, 0, 0},
		"JSON beyond, one field":  {"x.json", `{"a": 1, "b": 2}`, `{"a": 1.1, "b": 2}`, different, 1000000, judge.Outliers},
		"JSON beyond, in a list":  {"x.json", `{"a": [1, 2, 3, 4], "b": [2]}`, `{"a": [1, 2, 3, 5], "b": [2]}`, different, 250000, judge.Outliers},
		"JSON key":                {"x.json", `{"a": 1}`, `{"b": 1}`, different, 1000000, judge.WordsDiffer},
		"JSON string":             {"x.json", `{"a": "x\"]"}`, `{"a": "y\"]"}`, different, 1000000, judge.WordsDiffer},
		"JSON string of a number": {"x.json", `{"a": "1"}`, `{"a": 1}`, different, 1000000, judge.WordsDiffer},
		"JSON null is no end":     {"x.json", `[null]`, `[null, null]`, different, 1000000, judge.WordsDiffer},
		"JSON one broken":         {"x.json", `{"a": 1}`, `{"a": }`, different, 1000000, judge.OneBroken},
		"JSON both broken":        {"x.json", `{"a": 1`, `{"a": }`, incomparable, 0, judge.BothBroken},
		"JSON too deep":           {"x.json", strings.Repeat("[", 300) + strings.Repeat("]", 300), "[]", different, 1000000, judge.WordsDiffer},
		"JSON lines":              {"x.jsonl", "{\"a\": 1}\n{\"a\": 2}\n", "{\"a\": 1}\n{\"a\": 2.0000001}", equal, 0, 0},
		"JSON without limits":     {"x.json", `[1e999]`, `[1]`, different, 1000000, judge.Outliers},
		"CSV within":              {"x.csv", "h,i\n1,2\n", "h,i\r\n1.0000001,2\r\n", equal, 0, 0},
		"CSV column":              {"x.csv", "h,i\n1,2\n1,2\n", "h,i\n1,3\n1,2\n", different, 500000, judge.Outliers},
		"CSV cell":                {"x.csv", "h,i\n1,2\n", "h,i\n1,x\n", different, 1000000, judge.WordsDiffer},
		"CSV row":                 {"x.csv", "1,2\n", "1,2\n3,4\n", different, 1000000, judge.WordsDiffer},
		"CSV too wide":            {"x.csv", strings.Repeat("1,", 1<<14), "1", different, 1000000, judge.OneBroken},
		"CSV longer rows":         {"x.csv", "a\n1,2,3\n", "a\n1,2,4\n", different, 1000000, judge.Outliers},
		"TSV within":              {"x.tsv", "1\t2", "1\t2.0000001", equal, 0, 0},
		"text within":             {"stdout", "loss: 1.5e-3 at step 7\n", "loss:  1.5000000001e-3 at step 7", equal, 0, 0},
		"text beyond":             {"stdout", "loss 1.5", "loss 1.6", different, 1000000, judge.Outliers},
		"text word":               {"stdout", "loss 1.5", "gain 1.5", different, 1000000, judge.WordsDiffer},
		"sign":                    {"stdout", "1", "-1", different, 1000000, judge.Outliers},
		"huge":                    {"stdout", "1e999", "1e998", equal, 0, 0},
		"huge against small":      {"stdout", "1e999", "1", different, 1000000, judge.Outliers},
		"array within":            {"x.npy", npy("<f4", "2", 1, 2), npy("<f4", "2", 1, 2.0000002), equal, 0, 0},
		"array beyond":            {"x.npy", npy("<f4", "2", 1, 2), npy("<f4", "2", 1, 3), different, 500000, judge.Outliers},
		"array with NaN":          {"x.npy", npy("<f4", "2", 1, float32(math.NaN())), npy("<f4", "2", 1, 2), different, 500000, judge.Outliers},
		"array of another shape":  {"x.npy", npy("<f4", "2", 1, 2), npy("<f4", "1", 1), different, 1000000, judge.WordsDiffer},
		"array with half a float": {"x.npy", npy("<f4", "1", 1), npy("<f4", "1", 1) + "x", different, 1000000, judge.OneBroken},
		"array of objects":        {"x.npy", npy("|O", "1", 1), npy("|O", "1", 2), incomparable, 0, judge.BothBroken},
		"tensor within":           {"x.safetensors", tensor(1, 2), tensor(1, 2.0000002), equal, 0, 0},
		"tensor beyond":           {"x.safetensors", tensor(1, 2), tensor(1, 3), different, 500000, judge.Outliers},
		"tensors in any order":    {"x.safetensors", both("x", "y", "\x01\x02"), both("y", "x", "\x02\x01"), equal, 0, 0},
		"tensors exchanged":       {"x.safetensors", both("x", "y", "\x01\x02"), both("y", "x", "\x01\x02"), different, 1000000, judge.Outliers},
		"tensor of another type":  {"x.safetensors", dtype("U8", "\x01", 1), dtype("I8", "\x01", 1), different, 1000000, judge.WordsDiffer},
		"tensor of fp16":          {"x.safetensors", dtype("F16", "\x00\x3c", 2), dtype("F16", "\x00\x40", 2), different, 1000000, judge.Outliers},
		"tensor of bfloat16":      {"x.safetensors", dtype("BF16", "\x80\x3f", 2), dtype("BF16", "\x00\x40", 2), different, 1000000, judge.Outliers},
		"tensor of no numbers":    {"x.safetensors", dtype("X", "\x01", 1), dtype("U8", "\x01", 1), different, 1000000, judge.OneBroken},
		"tensor outside":          {"x.safetensors", dtype("F32", "\x01", 4), dtype("U8", "\x01", 1), different, 1000000, judge.OneBroken},
		"tensors on each other":   {"x.safetensors", safetensors(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}`, "x"), dtype("U8", "\x01", 1), different, 1000000, judge.OneBroken},
		"huge header":             {"x.safetensors", "\xff\xff\xff\xff\xff\xff\xff\x7f", dtype("U8", "\x01", 1), different, 1000000, judge.OneBroken},
		"huge shape":              {"x.safetensors", safetensors(`{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}`, ""), dtype("U8", "\x01", 1), different, 1000000, judge.OneBroken},
		"bytes":                   {"x.bin", "\x00\x01", "\x00\x02", different, 1000000, judge.BytesDiffer},
		"too many numbers":        {"stdout", strings.Repeat("1 ", 400_000), strings.Repeat("2 ", 400_000), incomparable, 0, judge.TooLarge},
		"more than the other":     {"stdout", "1", strings.Repeat("1 ", 400_000), different, 1000000, judge.WordsDiffer},
	} {
		t.Run(name, func(t *testing.T) {
			for _, pair := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
				got := plugintest.Compare(t, strict(t), plugintest.Tree{tt.path: pair[0], "same": "1"}, plugintest.Tree{tt.path: pair[1], "same": "1"}, rel...)
				if got.Sameness != tt.want || got.Distance != tt.distance || got.Reason != tt.reason {
					t.Errorf("%+v, want %s at %d for reason %d", got, tt.want, tt.distance, tt.reason)
				}
			}
		})
	}
}

func TestJudge_limits(t *testing.T) {
	a := plugintest.Tree{"x.csv": "1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n"}
	b := plugintest.Tree{"x.csv": "1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,3\n"}
	for name, tt := range map[string]struct {
		pay, slash int
		want       plugintest.Sameness
		distance   uint64
	}{
		"below both":        {100_000, 200_000, equal, 0},
		"between":           {99_999, 100_001, incomparable, 100_000},
		"above both":        {10_000, 100_000, different, 100_000},
		"pay above slash":   {500_000, 10, equal, 0},
		"negative is 0":     {-5, 200_000, incomparable, 100_000},
		"nobody is slashed": {0, 1_000_001, incomparable, 100_000},
	} {
		got := plugintest.Compare(t, strict(t), a, b, params("outliers_pay_ppm", tt.pay, "outliers_slash_ppm", tt.slash)...)
		if got.Sameness != tt.want || got.Distance != tt.distance {
			t.Errorf("%s: %+v, want %s", name, got, tt.want)
		}
	}
}

func TestJudge_tolerances(t *testing.T) {
	doc := func(loss, big, small float64) plugintest.Tree {
		return plugintest.Tree{"out/m.json": fmt.Sprintf(`{"loss": %g, "layers": [{"w": [%g, 100]}, {"w": [%g, -100]}]}`, loss, big, small)}
	}
	right := doc(1, 100, 0.001)
	for name, tt := range map[string]struct {
		b      plugintest.Tree
		params []plugintest.Param
		want   plugintest.Sameness
	}{
		"nothing given":              {doc(1, 100, 0.0011), nil, different},
		"absolute":                   {doc(1, 100, 0.0011), params("abs_ppb", 200_000), equal},
		"relative":                   {doc(1, 100, 0.0011), params("rel_ppb", 100_000_000), equal},
		"scale of the field":         {doc(1, 100.5, 0.4), params("scale_ppb", 10_000_000), equal},
		"scale is not of others":     {doc(1.5, 100, 0.001), params("scale_ppb", 10_000_000), different},
		"for one field":              {doc(1.5, 100, 0.001), params("rel_ppb", 1, "rel_ppb@m.json:loss", 500_000_000), equal},
		"for one field, not others":  {doc(1, 101, 0.001), params("rel_ppb", 1, "rel_ppb@m.json:loss", 500_000_000), different},
		"for a place in lists":       {doc(1, 101, 0.001), params("rel_ppb@m.json:layers.*.w.*", 500_000_000), equal},
		"for a file":                 {doc(1.5, 101, 0.001), params("rel_ppb@*.json", 500_000_000), equal},
		"the longer pattern wins":    {doc(1.5, 100, 0.001), params("rel_ppb@*.json", 500_000_000, "rel_ppb@m.json:loss", 0), different},
		"a pattern of another file":  {doc(1.5, 100, 0.001), params("rel_ppb@n.json", 500_000_000), different},
		"one number does not widen":  {doc(1, 1e300, 50), params("scale_ppb", 10_000_000), different},
		"a number made not a number": {plugintest.Tree{"out/m.json": `{"loss": "1", "layers": [{"w": [100, 100]}, {"w": [0.001, -100]}]}`}, params("rel_ppb", 1_000_000_000), different},
	} {
		if got := plugintest.Compare(t, strict(t), right, tt.b, tt.params...); got.Sameness != tt.want {
			t.Errorf("%s: %+v, want %s", name, got, tt.want)
		}
	}
}

// The order of the two results says nothing, and a result is equal to itself.
func FuzzJudge(f *testing.F) {
	for _, seed := range []struct{ path, a, b string }{
		{"x.json", `{"a":[1,null,"x\u0000"],"b":{"c":1e5}}`, `{"a":[1,null,"x"],"b":{"c":2}}`},
		{"x.jsonl", "{}\n[1]\n", "{}\n[2]"},
		{"x.csv", "1,\"2\n\"\n3", "1"},
		{"x.npy", npy("<f4", "1", 1), npy("<f2", "2", 2)},
		{"x.safetensors", tensor(1, 2), both("x", "y", "\x01\x02")},
		{"x.txt", "a 1.5e-3 +", "a 1.5e-4 -"},
	} {
		f.Add(seed.path, []byte(seed.a), []byte(seed.b))
	}
	f.Fuzz(func(t *testing.T, path string, a, b []byte) {
		k := number.New(judge.Limits{})
		ab, readsAB := k.Judge(path, a, b)
		ba, readsBA := k.Judge(path, b, a)
		if ab != ba || readsAB != readsBA {
			t.Errorf("%+v, %t one way, %+v, %t the other", ab, readsAB, ba, readsBA)
		}
		if aa, reads := k.Judge(path, a, a); reads && aa.Sameness == compare.SamenessDifferent {
			t.Errorf("not itself: %+v", aa)
		}
	})
}
