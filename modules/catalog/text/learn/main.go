// Command learn makes the weights of package language from the Universal
// Declaration of Human Rights in each language: softmax regression over the
// n-grams of random passages. It gives the same bytes on every machine.
//
//	go run ./modules/catalog/text/learn   # in the repository's root folder
//
// Articles 25 to 30 are kept from it, to measure with.
package main

import (
	"embed"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"

	"github.com/lilypad-network/lilypad/modules/catalog/portable"
	"github.com/lilypad-network/lilypad/modules/catalog/text/language"
)

const (
	file      = "modules/catalog/text/language/weights"
	passages  = 30_000
	shortest  = 3  // words of a passage
	longest   = 16 // too
	keptFrom  = 25 // the first article that is not learnt from
	rate      = 12.0
	languages = language.Count
)

//go:embed corpus
var corpus embed.FS

func main() {
	texts, err := read(func(article int) bool { return article < keptFrom })
	if err == nil {
		err = os.WriteFile(file, learn(texts), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

// read returns the words of the chosen articles, paragraph by paragraph, for
// each language.
func read(chosen func(article int) bool) (texts [][][]string, err error) {
	for _, l := range language.Languages {
		b, err := corpus.ReadFile("corpus/" + l.Code + ".txt")
		if err != nil {
			return nil, err
		}
		var paragraphs [][]string
		for line := range strings.Lines(string(b)) {
			number, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
			var article int
			if _, err := fmt.Sscan(number, &article); err != nil {
				return nil, fmt.Errorf("%s: %w", l.Code, err)
			}
			if words := strings.Fields(text); chosen(article) && len(words) >= shortest {
				paragraphs = append(paragraphs, words)
			}
		}
		texts = append(texts, paragraphs)
	}
	return texts, nil
}

// learn returns one byte for each weight.
func learn(texts [][][]string) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	weights := make([]float64, language.Buckets*languages)
	out := make([]float64, languages)
	for n := range passages {
		is := n % languages
		buckets := language.Features(passage(texts[is], random))
		predict(weights, buckets, out)
		out[is]--
		step := float64(rate * language.Scale(len(buckets)) * (1 - float64(n)/passages))
		for _, b := range buckets {
			row := weights[b*languages:][:languages]
			for l, d := range out {
				row[l] -= float64(step * d)
			}
		}
	}
	bytes := make([]byte, len(weights))
	for i, w := range weights {
		bytes[i] = byte(int8(max(-127, min(127, math.Floor(float64(w*language.Unit)+.5)))))
	}
	return bytes
}

// passage is a few words in a row of one paragraph.
func passage(paragraphs [][]string, random *rand.Rand) string {
	words := paragraphs[random.IntN(len(paragraphs))]
	n := min(len(words), shortest+random.IntN(longest-shortest+1))
	from := random.IntN(len(words) - n + 1)
	return strings.Join(words[from:from+n], " ")
}

func predict(weights []float64, buckets []int, out []float64) {
	clear(out)
	for _, b := range buckets {
		for l, w := range weights[b*languages:][:languages] {
			out[l] += w
		}
	}
	scale, top, sum := language.Scale(len(buckets)), out[0], 0.0
	for _, v := range out {
		top = max(top, v)
	}
	for l := range out {
		out[l] = portable.Exp(float64((out[l] - top) * scale))
		sum += out[l]
	}
	for l := range out {
		out[l] /= sum
	}
}
