package main

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/modules/catalog/text/language"
)

var report = flag.Bool("report", false, "print what is mistaken for what")

// The committed weights are what the corpus and this program give.
func TestLearn_givesTheWeights(t *testing.T) {
	texts, err := read(func(article int) bool { return article < keptFrom })
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../language/weights")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(learn(texts), want) {
		t.Error("the weights are others: go run ./modules/catalog/text/learn")
	}
}

// score counts how often the model is right.
type score struct{ right, all int }

func (s *score) add(t *testing.T, m language.Model, code, text string) {
	g, _ := m.Guess(text)
	if s.all++; g.Code == code {
		s.right++
	} else if *report {
		t.Logf("%s taken for %s (%.2f): %s", code, g.Code, g.Confidence, text)
	}
}

func (s *score) atLeast(t *testing.T, what string, percent float64) {
	t.Helper()
	got := 100 * float64(s.right) / float64(s.all)
	t.Logf("%s: %d of %d, %.1f %%", what, s.right, s.all, got)
	if got < percent {
		t.Errorf("%s: %.1f %% are right, README says %.1f", what, got, percent)
	}
}

// The README says these numbers.
func TestAccuracy(t *testing.T) {
	model := language.Default()
	kept, err := read(func(article int) bool { return article >= keptFrom })
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		words   int
		percent float64
	}{{"3 words of kept articles", 3, 92.5}, {"6 words of kept articles", 6, 98.1}, {"12 words of kept articles", 12, 99.7}} {
		var s score
		for l, paragraphs := range kept {
			for _, words := range paragraphs {
				for ; len(words) >= c.words; words = words[c.words:] {
					s.add(t, model, language.Languages[l].Code, strings.Join(words[:c.words], " "))
				}
			}
		}
		s.atLeast(t, c.name, c.percent)
	}
	b, err := os.ReadFile("../testdata/everyday.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var s score
	for line := range strings.Lines(string(b)) {
		code, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		s.add(t, model, code, text)
	}
	s.atLeast(t, "everyday sentences", 91.6)
}
