// Command numeric finds two results equal when they differ in numbers alone,
// and those by little: |a−b| ≤ abs + rel·max(|a|,|b|) for all but a small
// share of them. It reads JSON, CSV, NumPy arrays (.npy) and plain text;
// everything that is no number must be the same, white space apart. Any other
// file must have the same bytes.
//
// It accepts a wrong result whose every number is within the tolerance, and
// rejects a right one whose text, order of JSON keys or number of values
// varies from run to run.
package main

import (
	"math"

	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

// Reasons, with words in the manifest.
const (
	outOfTolerance = 1
	oneSided       = 2
	textDiffers    = 3
	bytesDiffer    = 4
	tooLarge       = 5
	unreadable     = 6
)

type numeric struct {
	abs, rel, outliers int64 // ppb, ppb, ppm, where the deal says nothing
	maxFile            uint64
}

func newNumeric(s compare.Settings) (compare.Hook, error) {
	return numeric{s.Int("abs_ppb"), s.Int("rel_ppb"), s.Int("outliers_ppm"), uint64(s.Int("max_file_bytes"))}, nil
}

// tally counts the numbers of a pair.
type tally struct {
	abs, rel      float64
	numbers, wide uint64
}

func (n numeric) Compare(p compare.Pair) compare.Comparison {
	param := func(key string, otherwise int64) float64 {
		if v, ok := p.Param(key); ok {
			return float64(v)
		}
		return float64(otherwise)
	}
	t := tally{abs: param("abs_ppb", n.abs) / 1e9, rel: param("rel_ppb", n.rel) / 1e9}
	for d := range p.Differences() {
		if c, ok := n.file(d, &t); !ok {
			return c
		}
	}
	if t.wide == 0 {
		return compare.Equal()
	}
	share := t.wide * 1_000_000 / t.numbers
	if float64(t.wide)*1e6 <= param("outliers_ppm", n.outliers)*float64(t.numbers) {
		return compare.Equal().At(share).Because(outOfTolerance).With(t.wide, t.numbers)
	}
	return compare.Different(share).Because(outOfTolerance).With(t.wide, t.numbers)
}

// file adds the numbers of one file, or says why the results differ.
func (n numeric) file(d compare.Difference, t *tally) (compare.Comparison, bool) {
	differ := func(reason uint16) (compare.Comparison, bool) {
		return compare.Different(1_000_000).Because(reason), false
	}
	if !d.InBoth() || d.AExecutable != d.BExecutable {
		return differ(oneSided)
	}
	if size := max(d.ASize, d.BSize); size > n.maxFile {
		return compare.Incomparable().Because(tooLarge).With(size, n.maxFile), false
	}
	a, b := open(d.Path, d.ReadA()), open(d.Path, d.ReadB())
	if a == nil || b == nil {
		return differ(bytesDiffer)
	}
	for {
		x, errA := a()
		y, errB := b()
		switch {
		case errA != nil || errB != nil:
			return differ(unreadable)
		case x.kind == end && y.kind == end:
			return compare.Comparison{}, true
		case x.kind != y.kind || x.text != y.text:
			return differ(textDiffers)
		case x.kind == number:
			t.add(x.number, y.number)
		}
	}
}

func (t *tally) add(a, b float64) {
	t.numbers++
	if a == b || math.IsNaN(a) && math.IsNaN(b) {
		return
	}
	// written so that NaN and infinity are out of tolerance
	if !(math.Abs(a-b) <= t.abs+t.rel*max(math.Abs(a), math.Abs(b))) || math.IsInf(a, 0) || math.IsInf(b, 0) {
		t.wide++
	}
}

func init() { compare.Register(newNumeric) }

func main() {}
