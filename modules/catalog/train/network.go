package main

import (
	"math"
	"math/rand/v2"

	"github.com/lilypad-network/lilypad/modules/catalog/portable"
)

// batch is how many rows one step looks at.
const batch = 16

// network is its shape and its numbers, all that training changes: weights
// and bias of each hidden unit in a row, then the same of each class.
type network struct {
	in, hidden, out int
	numbers         []float64
}

func size(in, hidden, out int) int { return hidden*(in+1) + out*(hidden+1) }

// newNetwork draws weights as He et al., Delving deep into rectifiers (2015),
// have them, uniformly; biases are zero.
func newNetwork(in, hidden, out int, random *rand.Rand) *network {
	n := &network{in, hidden, out, make([]float64, size(in, hidden, out))}
	fill := func(part []float64, width int) {
		reach := math.Sqrt(6 / float64(width))
		for i := range part {
			if i%(width+1) != width {
				part[i] = float64(reach * (2*random.Float64() - 1))
			}
		}
	}
	fill(n.numbers[:hidden*(in+1)], in)
	fill(n.numbers[hidden*(in+1):], hidden)
	return n
}

// unit is the weights and the bias of a unit of a layer in part, the numbers
// of that layer.
func unit(part []float64, i, width int) (weights []float64, bias *float64) {
	row := part[i*(width+1) : (i+1)*(width+1)]
	return row[:width], &row[width]
}

// layers splits numbers of the network's shape, its own or a gradient.
func (n *network) layers(numbers []float64) (first, second []float64) {
	at := n.hidden * (n.in + 1)
	return numbers[:at], numbers[at:]
}

// forward gives what the hidden units say of a row, and the probabilities of
// the classes.
func (n *network) forward(row, hidden, out []float64) {
	first, second := n.layers(n.numbers)
	for i := range hidden {
		w, b := unit(first, i, n.in)
		hidden[i] = max(0, *b+dot(w, row))
	}
	top := math.Inf(-1)
	for i := range out {
		w, b := unit(second, i, n.hidden)
		out[i] = *b + dot(w, hidden)
		top = max(top, out[i])
	}
	sum := 0.0
	for i := range out {
		out[i] = portable.Exp(out[i] - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
}

// step moves the numbers of the network against the gradient of the rows'
// cross-entropy. Nothing else changes, and nothing else is read.
func (n *network) step(rows [][]float64, classes []int, rate float64) {
	gradient := make([]float64, len(n.numbers))
	first, second := n.layers(gradient)
	_, weights := n.layers(n.numbers)
	hidden, out := make([]float64, n.hidden), make([]float64, n.out)
	back := make([]float64, n.hidden)
	for r, row := range rows {
		n.forward(row, hidden, out)
		out[classes[r]]--
		clear(back)
		for i, d := range out {
			g, bias := unit(second, i, n.hidden)
			w, _ := unit(weights, i, n.hidden)
			add(g, hidden, d)
			add(back, w, d)
			*bias += d
		}
		for i, d := range back {
			if hidden[i] > 0 {
				g, bias := unit(first, i, n.in)
				add(g, row, d)
				*bias += d
			}
		}
	}
	add(n.numbers, gradient, -rate/float64(len(rows)))
}

// judge is the mean cross-entropy of some rows and how many are told right.
func (n *network) judge(t *table, of []int) (loss float64, right int) {
	hidden, out := make([]float64, n.hidden), make([]float64, n.out)
	for _, i := range of {
		n.forward(t.rows[i], hidden, out)
		best := 0
		for c := range out {
			if out[c] > out[best] {
				best = c
			}
		}
		if best == t.class[i] {
			right++
		}
		loss -= portable.Log(max(out[t.class[i]], 1e-300))
	}
	return loss / float64(len(of)), right
}

// dot and add keep each product from being fused with the sum.
func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += float64(v * b[i])
	}
	return sum
}

func add(to, what []float64, times float64) {
	for i, v := range what {
		to[i] += float64(v * times)
	}
}
