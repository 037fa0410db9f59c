package main

import (
	"bytes"
	"context"
	"image"
	"math"
	"os"
	"strings"
	"testing"
)

// A small set of another seed is judged as is stated, by the compiled plugins.
func TestMeasure_agreesWithStated(t *testing.T) {
	if testing.Short() {
		t.Skip("loads five plugins")
	}
	want, err := stated()
	if err != nil {
		t.Fatal(err)
	}
	got, err := measure(context.Background(), want.Seed+1, 2, func(int) {}, func(int, pair) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != len(want.Rows) {
		t.Errorf("%d kinds of pairs, %d stated", len(got.Rows), len(want.Rows))
	}
	for _, why := range got.disagrees(want) {
		t.Error(why)
	}
}

// The committed digests are those of the generator, on any machine.
func TestSet_isTheOneStated(t *testing.T) {
	if testing.Short() {
		t.Skip("computes a thousand results")
	}
	want, err := stated()
	if err != nil {
		t.Fatal(err)
	}
	sums := digests{}
	for _, p := range set(want.Seed, want.Jobs) {
		sums.add(p)
	}
	for _, r := range want.Rows {
		if got := sums.of(r); got != r.SHA256 {
			t.Errorf("%s on %s: the files are %s, stated are %s", r.Comparator, r.Kind, got, r.SHA256)
		}
	}
}

func TestSet_isNoOtherTwice(t *testing.T) {
	digest := func(seed uint64) string {
		sums := digests{}
		for _, p := range set(seed, 1) {
			sums.add(p)
		}
		return sums.of(row{Comparator: "numeric", Kind: "other seed"})
	}
	first := digest(7)
	if again := digest(7); again != first {
		t.Error("one seed gives two sets")
	}
	if other := digest(8); other == first {
		t.Error("two seeds give one set")
	}
}

// Right results differ from the reference by rounding alone, and every cheat
// differs: else there is nothing to measure.
func TestSet_differs(t *testing.T) {
	for _, p := range set(3, 2) {
		same := true
		for path, content := range p.a {
			same = same && bytes.Equal(content, p.b[path])
		}
		if same && !p.honest && p.comparator != "text" && p.comparator != "image" {
			t.Errorf("%s: %s gives the right result", p.comparator, p.kind)
		}
	}
}

func TestPage_hasTheTableStated(t *testing.T) {
	want, err := stated()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../" + page)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), begin+want.markdown()+end) {
		t.Error("docs/comparators.md has another table than stated.json: go run ./plugins/calibrate -write")
	}
}

func TestTable_disagrees(t *testing.T) {
	stated := table{Seed: 1, Jobs: 100, Rows: []row{{Comparator: "c", Kind: "k", Pairs: 100, Paid: 90, Slashed: 1, SHA256: "a"}}}
	change := func(seed uint64, edit func(*row)) table {
		t := table{Seed: seed, Jobs: 100, Rows: append([]row(nil), stated.Rows...)}
		edit(&t.Rows[0])
		return t
	}
	for name, tt := range map[string]struct {
		got  table
		want bool
	}{
		"the same":             {change(1, func(*row) {}), false},
		"other files":          {change(1, func(r *row) { r.SHA256 = "b" }), true},
		"one more":             {change(1, func(r *row) { r.Paid++ }), true},
		"another seed":         {change(2, func(r *row) { r.Paid, r.SHA256 = 85, "b" }), false},
		"beyond the interval":  {change(2, func(r *row) { r.Paid = 70 }), true},
		"slashed far too many": {change(2, func(r *row) { r.Slashed = 20 }), true},
		"another kind":         {change(2, func(r *row) { r.Kind = "x" }), true},
	} {
		if why := tt.got.disagrees(stated); (len(why) > 0) != tt.want {
			t.Errorf("%s: %q", name, why)
		}
	}
}

// Values of Wilson's interval by hand: (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
func TestInterval(t *testing.T) {
	for _, tt := range []struct {
		k, n      int
		low, high float64
	}{{0, 100, 0, 0.0370}, {100, 100, 0.9630, 1}, {50, 100, 0.4038, 0.5962}, {1, 500, 0.0004, 0.0112}} {
		low, high := interval(tt.k, tt.n)
		if math.Abs(low-tt.low) > 1e-4 || math.Abs(high-tt.high) > 1e-4 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tt.k, tt.n, low, high, tt.low, tt.high)
		}
	}
}

func TestHalf(t *testing.T) {
	for x, want := range map[float32]float32{
		0: 0, 1: 1, -2: -2, 1.0009765625: 1.0009765625, 1.0004: 1, 0.1: 0.0999755859375, 1e-7: 1.1920928955078125e-07, 1e-8: 0,
	} {
		if got := half(x); got != want {
			t.Errorf("%g is %g, want %g", x, got, want)
		}
	}
}

func TestQuantise(t *testing.T) {
	row := []float32{1, -0.6, 0.1, 0}
	quantise(4)(row)
	for i, want := range []float32{1, -4.0 / 7, 1.0 / 7, 0} {
		if math.Abs(float64(row[i]-want)) > 1e-6 {
			t.Errorf("weight %d is %g, want %g", i, row[i], want)
		}
	}
}

func TestPicture_files(t *testing.T) {
	img := newPainter(1).draw(exact(), work{prompt: 1, seed: 1, steps: steps})
	for name, b := range map[string][]byte{"png": encodePNG(img, 0), "jpeg": commented(encodeJPEG(img, 90))} {
		got, format, err := image.Decode(bytes.NewReader(b))
		if err != nil || format != name || got.Bounds().Dx() != size {
			t.Errorf("%s: %s, %v", name, format, err)
		}
	}
}
