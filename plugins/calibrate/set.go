package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"image"
	"image/png"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
)

// tree is the files of a result by path.
type tree map[string][]byte

// with is both.
func (t tree) with(more tree) tree {
	out := maps.Clone(t)
	maps.Copy(out, more)
	return out
}

// variant is one way to come by a result, right or wrong.
type variant struct {
	name   string
	honest bool
	files  func() tree
}

// pair is a right result beside another one.
type pair struct {
	comparator, kind string
	honest           bool
	a, b             tree
}

// models are the weights of one job. Each has its own: what one model is prone
// to would be a mistake of all pairs at once, and no interval would tell it.
type models struct {
	painter
	reader
	writer
}

// set is all pairs of a data set by job, so many jobs for each comparator. The
// same seed gives the same bytes.
func set(seed uint64, jobs int) iter.Seq2[int, pair] {
	return func(yield func(int, pair) bool) {
		for i := range jobs {
			n := seed<<32 + uint64(2*i) // one more is another one's seed and prompt
			m, w := models{newPainter(n), newReader(n), newWriter(n)}, work{prompt: n, seed: n, steps: steps}
			for _, of := range []medium{
				pictures(m.painter, w, i%2 == 1), figures(m.reader, w), texts(m.writer, w), mixed(m, w),
			} {
				for _, v := range of.variants {
					b := v.files()
					for _, c := range of.comparators {
						if !yield(i, pair{c, v.name, v.honest, of.right, b}) {
							return
						}
					}
				}
			}
		}
	}
}

// machines are the variants that any model has: other hardware, other work,
// other precision.
func machines(w work, run func(machine, work) tree) []variant {
	m := func(name string, honest bool, on machine) variant {
		return variant{name, honest, func() tree { return run(on, w) }}
	}
	job := func(name string, w work) variant {
		return variant{name, false, func() tree { return run(exact(), w) }}
	}
	seed, prompt := w, w
	seed.seed++
	prompt.prompt++
	none := func([]float32) {}
	return []variant{
		m("sums in another order", true, machine{pairwise, same, none}),
		m("sums in double precision", true, machine{inDouble, same, none}),
		m("noise in the last bit", true, machine{inOrder, lastBit(rand.New(rand.NewPCG(w.seed, 'b'))), none}),
		m("TF32 products", true, machine{tensorCore, same, none}),
		m("fp16 weights and results", true, machine{inOrder, half, each(half)}),
		m("bfloat16 model", false, machine{inOrder, bfloat, each(bfloat)}),
		m("int8 weights", false, machine{inOrder, same, quantise(8)}),
		m("int4 weights", false, machine{inOrder, same, quantise(4)}),
		job("other seed", seed), job("other prompt", prompt),
	}
}

type medium = struct {
	comparators []string
	right       tree
	variants    []variant
}

// pictures are PNG or JPEG files, and what a lazy painter sends.
func pictures(m painter, w work, asJPEG bool) medium {
	name, encode := "picture.png", func(img image.Image) []byte { return encodePNG(img, png.DefaultCompression) }
	if asJPEG {
		name, encode = "picture.jpg", func(img image.Image) []byte { return encodeJPEG(img, 90) }
	}
	show := func(img image.Image) tree { return tree{name: encode(img)} }
	right := m.draw(exact(), w)
	variants := machines(w, func(on machine, w work) tree { return show(m.draw(on, w)) })
	few := w
	few.steps /= 2
	return medium{[]string{"image"}, show(right), append(variants,
		variant{"other encoding of the same pixels", true, func() tree {
			if asJPEG {
				return tree{name: commented(encode(right))}
			}
			return tree{name: encodePNG(right, png.BestSpeed)}
		}},
		variant{"half the steps", false, func() tree { return show(m.draw(exact(), few)) }},
		variant{"blurred", false, func() tree { return show(blurred(right)) }},
		variant{"half the width and height", false, func() tree { return show(halved(right)) }},
		variant{"JPEG of quality 30", false, func() tree { return tree{name: encodeJPEG(right, 30)} }},
		variant{"a tenth left out", false, func() tree { return show(cut(right)) }},
		variant{"one colour", false, func() tree { return show(plain(right)) }},
		variant{"noise", false, func() tree { return show(noisy(right, w.seed)) }},
	)}
}

// commented is a JPEG with a comment.
func commented(b []byte) []byte {
	return slices.Insert(bytes.Clone(b), 2, 0xff, 0xfe, 0, 6, 'h', 'i', '!', '\n')
}

// figures are arrays, tables and reports.
func figures(m reader, w work) medium {
	right := m.compute(exact(), w, layers, fits)
	r := rand.New(rand.NewPCG(w.seed, 'n'))
	return medium{[]string{"numeric"}, right.files(), append(
		machines(w, func(on machine, w work) tree { return m.compute(on, w, layers, fits).files() }),
		variant{"a layer left out", false, func() tree { return m.compute(exact(), w, layers-1, fits).files() }},
		variant{"half the steps of fitting", false, func() tree {
			n := m.compute(exact(), w, layers, fits/2)
			n.losses = append(n.losses, n.losses...)
			return n.files()
		}},
		variant{"zeros", false, func() tree { return right.replaced(func() float32 { return 0 }).files() }},
		variant{"noise", false, func() tree {
			return right.replaced(func() float32 { return float32(2*r.Float64() - 1) }).files()
		}},
	)}
}

// texts are written word by word, so that one other choice changes the rest.
func texts(m writer, w work) medium {
	show := func(text []string) tree { return tree{"story.txt": typeset(text, "\n")} }
	right := m.write(exact(), w, length)
	r := rand.New(rand.NewPCG(w.seed, 'n'))
	return medium{[]string{"text"}, show(right), append(
		machines(w, func(on machine, w work) tree { return show(m.write(on, w, length)) }),
		variant{"other line ends", true, func() tree { return tree{"story.txt": typeset(right, " \r\n")} }},
		variant{"half as long", false, func() tree { return show(right[:length/2]) }},
		variant{"words in any order", false, func() tree {
			text := slices.Clone(right)
			r.Shuffle(len(text), func(i, j int) { text[i], text[j] = text[j], text[i] })
			return show(text)
		}},
		variant{"one word", false, func() tree { return show(slices.Repeat(right[:1], length)) }},
		variant{"any words", false, func() tree {
			text := make([]string, length)
			for i := range text {
				text[i] = vocabulary[r.IntN(words)]
			}
			return show(text)
		}},
	)}
}

// mixed results hold a picture and arrays.
func mixed(m models, w work) medium {
	run := func(on machine, w work) tree {
		n := m.compute(on, w, layers, fits)
		return tree{
			"picture.png": encodePNG(m.draw(on, w), png.DefaultCompression), "embedding.npy": npy(n.embedding), "head.safetensors": safetensors(n.head),
		}
	}
	right := run(exact(), w)
	return medium{[]string{"any-of", "all-of"}, right, append(machines(w, run),
		variant{"a right picture, other numbers", false, func() tree {
			other := w
			other.prompt++
			return right.with(tree{"embedding.npy": npy(m.embed(exact(), other, layers))})
		}},
	)}
}

// digests tell by comparator and kind which bytes a set has.
type digests map[string]hash.Hash

func (d digests) add(p pair) {
	key := p.comparator + "/" + p.kind
	if d[key] == nil {
		d[key] = sha256.New()
	}
	for _, t := range []tree{p.a, p.b} {
		for _, path := range slices.Sorted(maps.Keys(t)) {
			fmt.Fprintf(d[key], "%s %d\n", path, len(t[path]))
			d[key].Write(t[path])
		}
	}
}

func (d digests) of(p row) string {
	return hex.EncodeToString(d[p.Comparator+"/"+p.Kind].Sum(nil))
}
