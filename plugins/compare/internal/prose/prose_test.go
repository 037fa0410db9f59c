package prose_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/prose"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

// measured is the distances of two texts in ppm: edits, then runs of n words.
func measured(t testing.TB, a, b string, n int64, more ...compare.Param) (edits, words uint64) {
	t.Helper()
	// With a limit of 0 for one and none for the other, the answer tells it.
	for _, one := range []struct {
		key, other string
		to         *uint64
	}{{"edit", "words", &edits}, {"words", "edit", &words}} {
		c, ok := prose.New(judge.Limits{Params: append([]compare.Param{
			{Key: one.key + "_slash_ppm", Value: 1 << 40}, {Key: one.other + "_pay_ppm", Value: 1 << 40}, {Key: "shingle", Value: n},
		}, more...)}).Judge("x", []byte(a), []byte(b))
		if !ok || c.Sameness == compare.SamenessDifferent {
			t.Fatalf("%q and %q: %+v, %t", a, b, c, ok)
		}
		*one.to = c.Distance
	}
	return edits, words
}

func TestJudge_distances(t *testing.T) {
	keep := []compare.Param{{Key: "keep_case", Value: 1}, {Key: "keep_space", Value: 1}}
	for name, tt := range map[string]struct {
		a, b         string
		run          int64
		more         []compare.Param
		edits, words uint64
	}{
		"the same words":     {"One  two\r\n", "one two", 1, nil, 0, 0},
		"case and space":     {"A b", "a  b", 1, keep, 500_000, 666_667},
		"kitten":             {"kitten", "sitting", 1, nil, 428_572, 1_000_000},
		"nothing":            {"", "abc", 1, nil, 1_000_000, 1_000_000},
		"characters":         {"żółć", "zolc", 1, nil, 1_000_000, 1_000_000},
		"one more character": {"naïve", "naïve!", 1, nil, 166_667, 1_000_000},
		"moved words":        {"a b c d", "c d a b", 1, nil, 571_429, 0},
		"moved runs":         {"a b c d", "c d a b", 2, nil, 571_429, 500_000},
		"runs of too many":   {"a b", "a b c", 8, nil, 400_000, 1_000_000},
		"runs of none":       {"a b", "a b", 0, nil, 0, 0},
	} {
		edits, words := measured(t, tt.a, tt.b, tt.run, tt.more...)
		if edits != tt.edits || words != tt.words {
			t.Errorf("%s: %d and %d ppm, want %d and %d", name, edits, words, tt.edits, tt.words)
		}
	}
}

// byTable is Levenshtein's distance as the textbook has it.
func byTable(x, y []rune) int {
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

func TestJudge_editsAreThoseOfTheTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(n int, letters string) string {
		var b strings.Builder
		for range n {
			b.WriteByte(letters[r.IntN(len(letters))])
		}
		return b.String()
	}
	for _, n := range []int{1, 5, 63, 64, 65, 127, 128, 129, 300} {
		for range 20 {
			a, b := text(n, "ab"), text(r.IntN(2*n)+1, "abc")
			if r.IntN(2) == 0 {
				b = a[:r.IntN(n)] + b + a[r.IntN(n):]
			}
			long := max(len(a), len(b))
			want := uint64((byTable([]rune(a), []rune(b))*judge.All + long - 1) / long)
			if got, _ := measured(t, a, b, 1); got != want {
				t.Fatalf("%q and %q: %d ppm, want %d", a, b, got, want)
			}
		}
	}
}

func TestJudge_bounds(t *testing.T) {
	slash := judge.Limits{Params: []compare.Param{{Key: "edit_slash_ppm", Value: 600_000}, {Key: "words_slash_ppm", Value: 600_000}}}
	for name, tt := range map[string]struct {
		a, b   string
		want   compare.Sameness
		reason uint16
	}{
		"both too large":  {strings.Repeat("a ", 140_000), strings.Repeat("b ", 140_000), compare.SamenessIncomparable, judge.TooLarge},
		"one padded":      {"a", strings.Repeat("b ", 140_000), compare.SamenessDifferent, judge.TooLarge},
		"one far longer":  {strings.Repeat("a", 1000), strings.Repeat("a", 100_000), compare.SamenessDifferent, judge.Edits},
		"too much to do":  {strings.Repeat("a", 100_000), strings.Repeat("b", 100_000), compare.SamenessIncomparable, judge.TooLong},
		"nothing but air": {" \n", "\t", compare.SamenessEqual, 0},
	} {
		c, ok := prose.New(slash).Judge("x", []byte(tt.a), []byte(tt.b))
		if !ok || c.Sameness != tt.want || c.Reason != tt.reason {
			t.Errorf("%s: %+v, %t", name, c, ok)
		}
	}
	for _, b := range []string{"\xff", "a\x00"} {
		if c, ok := prose.New(slash).Judge("x", []byte(b), []byte("a")); ok {
			t.Errorf("%q is a text: %+v", b, c)
		}
	}
}

func FuzzJudge(f *testing.F) {
	f.Add([]byte("a b c"), []byte("A b  d"))
	f.Add([]byte("ż"), []byte("\xff"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		limits := judge.Limits{Params: []compare.Param{{Key: "edit_slash_ppm", Value: 500_000}, {Key: "words_slash_ppm", Value: 500_000}}}
		ab, textAB := prose.New(limits).Judge("x", a, b)
		ba, textBA := prose.New(limits).Judge("x", b, a)
		if ab != ba || textAB != textBA {
			t.Errorf("%+v, %t one way, %+v, %t the other", ab, textAB, ba, textBA)
		}
		if aa, text := prose.New(limits).Judge("x", a, a); text && aa.Sameness == compare.SamenessDifferent {
			t.Errorf("not itself: %+v", aa)
		}
	})
}
