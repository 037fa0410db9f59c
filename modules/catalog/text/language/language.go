package language

import (
	_ "embed"
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lilypad-network/lilypad/modules/catalog/portable"
)

// Languages are those that are told apart, by ISO 639-3 code and English name.
var Languages = [Count]struct{ Code, Name string }{
	{"ces", "Czech"},
	{"dan", "Danish"},
	{"deu", "German"},
	{"eng", "English"},
	{"fin", "Finnish"},
	{"fra", "French"},
	{"hun", "Hungarian"},
	{"ind", "Indonesian"},
	{"ita", "Italian"},
	{"nld", "Dutch"},
	{"pol", "Polish"},
	{"por", "Portuguese"},
	{"ron", "Romanian"},
	{"spa", "Spanish"},
	{"swe", "Swedish"},
	{"tur", "Turkish"},
}

const (
	// Count is how many languages there are.
	Count = 16
	// Buckets is how many n-grams are told apart; others share one.
	Buckets = 1 << 13
	longest = 4 // characters of an n-gram
	// Unit is what a weight of 1 is as an integer.
	Unit = 16
)

//go:embed weights
var weights string

// Model has one weight for each bucket and language: those of a bucket are in
// a row, in the order of Languages.
type Model []int8

// Default is the model that comes with the package.
func Default() Model {
	m := make(Model, Buckets*Count)
	for i := range m {
		m[i] = int8(weights[i])
	}
	return m
}

// Features are the buckets of all n-grams of a text of 1 to 4 characters, one
// entry for each time. Only letters count, in lower case; what stands between
// words is one space.
func Features(text string) (buckets []int) {
	letters := []rune{' '}
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.IsLetter(r) && r != utf8.RuneError:
			letters = append(letters, r)
		case letters[len(letters)-1] != ' ':
			letters = append(letters, ' ')
		}
	}
	if letters[len(letters)-1] != ' ' {
		letters = append(letters, ' ')
	}
	if len(letters) < 2 {
		return nil
	}
	for from := range letters {
		h := fnv.New32a()
		for _, r := range letters[from:min(from+longest, len(letters))] {
			_, _ = h.Write(utf8.AppendRune(nil, r))
			buckets = append(buckets, int(h.Sum32()%Buckets))
		}
	}
	return buckets
}

// Guess is what a text seems to be.
type Guess struct {
	Code, Name string
	Confidence float64 // the model's own probability, 0 to 1
}

// Guess tells the language of a text, and whether it has a letter at all.
func (m Model) Guess(text string) (g Guess, ok bool) {
	buckets := Features(text)
	if len(buckets) == 0 {
		return g, false
	}
	sums := make([]int, Count)
	for _, b := range buckets {
		for l, w := range m[b*Count:][:Count] {
			sums[l] += int(w)
		}
	}
	best := 0
	for l := range sums {
		if sums[l] > sums[best] {
			best = l
		}
	}
	// Sums are of weights in Units, over as many n-grams as Scale levels out.
	of, scale := 0.0, Scale(len(buckets))/Unit
	for _, s := range sums {
		of += portable.Exp(float64(float64(s-sums[best]) * scale))
	}
	return Guess{Languages[best].Code, Languages[best].Name, 1 / of}, true
}

// Scale is what a sum over n n-grams is multiplied by: long texts are no surer
// than 64 n-grams make them.
func Scale(n int) float64 { return 1 / float64(max(n, 16)) * min(8, float64(n)/8) }
