package main

import (
	"math/rand/v2"
	"strings"
)

// Sizes of the model of texts: a state that each word changes, and a choice
// among all words after it.
const (
	words  = 64
	state  = 24
	length = 80 // words of a text
)

// writer is a recurrent model. A seed decides among likely words.
type writer struct{ turn, word, choose matrix }

func newWriter(model uint64) writer {
	r := rand.New(rand.NewPCG(model, 'w'))
	return writer{random(r, state, 2*state, 1.4), random(r, words, state, 1), random(r, words, state, 2.5)}
}

// vocabulary is words that nobody says, of two syllables.
var vocabulary = func() (list [words]string) {
	const first, second = "bakedofigulimosu", "nepirotalevikuza"
	for i := range list {
		a, b := i/8*2, i%8*2
		list[i] = first[a:a+2] + second[b:b+2]
	}
	return list
}()

// write runs the model for some words.
func (m writer) write(on machine, w work, n int) []string {
	turn, choose := m.turn.on(on), m.choose.on(on)
	x, h, score := make([]float32, 2*state), vector('h', w.prompt, state), make([]float32, words)
	r := rand.New(rand.NewPCG(w.seed, 'c'))
	var text []string
	for range n {
		choose.times(on, h, score)
		best := 0
		for i := range score {
			score[i] += float32(r.Float64())
			if score[i] > score[best] {
				best = i
			}
		}
		text = append(text, vocabulary[best])
		copy(x, h)
		copy(x[state:], m.word[best])
		turn.times(on, x, h)
		activate(on, h)
	}
	return text
}

// typeset makes lines of twelve words and sentences of eight.
func typeset(text []string, line string) []byte {
	var b strings.Builder
	for i, w := range text {
		if i%8 == 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		b.WriteString(w)
		if i%8 == 7 {
			b.WriteString(".")
		}
		if i%12 == 11 {
			b.WriteString(line)
		} else {
			b.WriteString(" ")
		}
	}
	b.WriteString(line)
	return []byte(b.String())
}
