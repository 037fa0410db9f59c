package main

import (
	"math"
	"math/rand/v2"
)

// machine is the arithmetic that a model runs on: how sums are formed, what
// results and weights are rounded to. Every operation is one of IEEE 754 and
// no product is fused with a sum, so a machine gives the same bits anywhere.
type machine struct {
	dot     func(w, x []float32) float32
	result  func(float32) float32 // of each sum and activation
	weights func(row []float32)   // rounds a row in place
}

// exact is single precision, from first to last.
func exact() machine {
	return machine{dot: inOrder, result: same, weights: func([]float32) {}}
}

func same(x float32) float32 { return x }

func inOrder(w, x []float32) (sum float32) {
	for i := range w {
		sum += float32(w[i] * x[i])
	}
	return sum
}

// pairwise adds as a GPU's threads do: halves first.
func pairwise(w, x []float32) float32 {
	if len(w) <= 2 {
		return inOrder(w, x)
	}
	half := len(w) / 2
	return pairwise(w[:half], x[:half]) + pairwise(w[half:], x[half:])
}

func inDouble(w, x []float32) float32 {
	sum := 0.0
	for i := range w {
		sum += float64(float64(w[i]) * float64(x[i]))
	}
	return float32(sum)
}

// tensorCore multiplies factors of 10 bits and adds in single precision, as
// TF32 does.
func tensorCore(w, x []float32) (sum float32) {
	for i := range w {
		sum += float32(keep(w[i], 13) * keep(x[i], 13))
	}
	return sum
}

// keep rounds to a fraction shorter by some bits, ties to even.
func keep(x float32, drop int) float32 {
	b := math.Float32bits(x)
	b += 1<<(drop-1) - 1 + b>>drop&1
	return math.Float32frombits(b >> drop << drop)
}

// half rounds to IEEE 754 binary16, numbers below its normal range included.
func half(x float32) float32 {
	const least = 1.0 / (1 << 14)
	if x > -least && x < least {
		const unit = 1.0 / (1 << 24)
		return float32(math.RoundToEven(float64(x)/unit) * unit)
	}
	return keep(x, 13)
}

func bfloat(x float32) float32 { return keep(x, 16) }

// lastBit moves a number to a neighbour, or leaves it; nothing stays nothing.
func lastBit(r *rand.Rand) func(float32) float32 {
	return func(x float32) float32 {
		if x == 0 {
			return 0
		}
		return math.Float32frombits(math.Float32bits(x) + uint32(r.IntN(3)-1))
	}
}

// quantise rounds a row to integers of some bits, with one scale.
func quantise(bits int) func([]float32) {
	return func(row []float32) {
		largest := float32(0)
		for _, w := range row {
			largest = max(largest, w, -w)
		}
		if largest == 0 {
			return
		}
		scale := largest / float32(int(1)<<(bits-1)-1)
		for i, w := range row {
			row[i] = float32(float32(math.RoundToEven(float64(w/scale))) * scale)
		}
	}
}

func each(round func(float32) float32) func([]float32) {
	return func(row []float32) {
		for i, w := range row {
			row[i] = round(w)
		}
	}
}

// softsign is an activation without a transcendental function.
func softsign(x float32) float32 { return x / (1 + max(x, -x)) }

// matrix is weights by row.
type matrix [][]float32

// random is a matrix of a model: equal draws, scaled for a row of cols terms.
func random(r *rand.Rand, rows, cols int, gain float64) matrix {
	m := make(matrix, rows)
	bound := gain * math.Sqrt(3/float64(cols))
	for i := range m {
		m[i] = make([]float32, cols)
		for j := range m[i] {
			m[i][j] = float32(float64(bound * (2*r.Float64() - 1)))
		}
	}
	return m
}

// on is the matrix as a machine holds it.
func (m matrix) on(on machine) matrix {
	out := make(matrix, len(m))
	for i, row := range m {
		out[i] = append([]float32(nil), row...)
		on.weights(out[i])
	}
	return out
}

// times multiplies with a vector, into out.
func (m matrix) times(on machine, x, out []float32) {
	for i, row := range m {
		out[i] = on.result(on.dot(row, x))
	}
}

func activate(on machine, x []float32) {
	for i, v := range x {
		x[i] = on.result(softsign(v))
	}
}
