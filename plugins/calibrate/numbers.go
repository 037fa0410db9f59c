package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
)

// Sizes of the model of numbers: a few tokens that look at each other in each
// of some layers, and a head that is fitted to them.
const (
	tokens  = 8
	width   = 32
	hidden  = 64
	layers  = 3
	classes = 12
	fits    = 20 // steps of fitting the head
)

type layer struct{ query, key, value, up, down matrix }

// reader is a model of attention and perceptrons, as a transformer is, with
// scores in place of a softmax that need no exponential.
type reader struct {
	layers []layer
	head   matrix
}

func newReader(model uint64) reader {
	r := rand.New(rand.NewPCG(model, 'r'))
	m := reader{head: random(r, classes, width, 1)}
	for range layers {
		m.layers = append(m.layers, layer{
			random(r, width, width, 1), random(r, width, width, 1), random(r, width, width, 1),
			random(r, hidden, width, 1.5), random(r, width, hidden, 1.5),
		})
	}
	return m
}

// embed is the state of each token after the first layers.
func (m reader) embed(on machine, w work, layers int) [][]float32 {
	x := make([][]float32, tokens)
	for t := range x {
		x[t] = vector('t', w.prompt*tokens+uint64(t), width)
		for i, v := range vector('s', w.seed*tokens+uint64(t), width) {
			x[t][i] += float32(0.3 * v)
		}
	}
	for _, l := range m.layers[:layers] {
		l = layer{l.query.on(on), l.key.on(on), l.value.on(on), l.up.on(on), l.down.on(on)}
		l.run(on, x)
	}
	return x
}

func (l layer) run(on machine, x [][]float32) {
	var q, k, v [tokens][width]float32
	for t := range x {
		l.query.times(on, x[t], q[t][:])
		l.key.times(on, x[t], k[t][:])
		l.value.times(on, x[t], v[t][:])
	}
	for t := range x {
		var weight [tokens]float32
		total := float32(0.5)
		for u := range weight {
			score := max(on.result(on.dot(q[t][:], k[u][:])), 0)
			weight[u] = on.result(float32(score * score))
			total += weight[u]
		}
		for i := range x[t] {
			sum := float32(0)
			for u := range weight {
				sum += float32(weight[u] / total * v[u][i])
			}
			x[t][i] = on.result(x[t][i] + sum)
		}
		var h [hidden]float32
		var d [width]float32
		l.up.times(on, x[t], h[:])
		activate(on, h[:])
		l.down.times(on, h[:], d[:])
		squares := float32(0)
		for i := range d {
			x[t][i] += d[i]
			squares += float32(x[t][i] * x[t][i])
		}
		scale := float32(1 / math.Sqrt(float64(squares)/width))
		for i := range x[t] {
			x[t][i] = on.result(float32(x[t][i] * scale))
		}
	}
}

// fit moves the head towards targets that the prompt gives, by gradient
// descent on squares.
func (m reader) fit(on machine, w work, x [][]float32, steps int) (head matrix, losses []float32) {
	head = m.head.on(on)
	target, y := vector('y', w.prompt, tokens*classes), make([]float32, classes)
	for range steps {
		loss := float32(0)
		for t := range x {
			head.times(on, x[t], y)
			for c := range y {
				e := y[c] - target[t*classes+c]
				loss += float32(e * e)
				for i := range head[c] {
					head[c][i] = on.result(head[c][i] - float32(0.01*float32(e*x[t][i])))
				}
			}
		}
		losses = append(losses, loss)
	}
	return head, losses
}

// numbers is what a job of the model writes.
type numbers struct {
	embedding [][]float32
	head      matrix
	losses    []float32
}

func (m reader) compute(on machine, w work, layers, fits int) numbers {
	x := m.embed(on, w, layers)
	head, losses := m.fit(on, w, x, fits)
	return numbers{x, head, losses}
}

// files writes numbers in each format.
func (n numbers) files() tree {
	report, err := json.Marshal(map[string]any{"embedding": n.embedding, "loss": n.losses[len(n.losses)-1]})
	if err != nil {
		panic(err) // of finite numbers
	}
	var log bytes.Buffer
	log.WriteString("step,loss\n")
	for i, loss := range n.losses {
		fmt.Fprintf(&log, "%d,%s\n", i+1, strconv.FormatFloat(float64(loss), 'g', 7, 32))
	}
	return tree{
		"embedding.npy": npy(n.embedding), "head.safetensors": safetensors(n.head),
		"report.json": report, "loss.csv": log.Bytes(),
	}
}

func npy(rows [][]float32) []byte {
	header := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }\n", len(rows), len(rows[0]))
	b := append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), 0)
	return floats(append(b, header...), rows)
}

func safetensors(rows [][]float32) []byte {
	header := fmt.Sprintf(`{"head.weight":{"dtype":"F32","shape":[%d,%d],"data_offsets":[0,%d]}}`, len(rows), len(rows[0]), 4*len(rows)*len(rows[0]))
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return floats(append(b, header...), rows)
}

func floats(b []byte, rows [][]float32) []byte {
	for _, row := range rows {
		for _, x := range row {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
	}
	return b
}

// replaced are numbers of the same shapes from somewhere else.
func (n numbers) replaced(by func() float32) numbers {
	fill := func(rows [][]float32) [][]float32 {
		out := make([][]float32, len(rows))
		for i, row := range rows {
			for range row {
				out[i] = append(out[i], by())
			}
		}
		return out
	}
	return numbers{fill(n.embedding), fill(n.head), fill([][]float32{n.losses})[0]}
}
