// Package portable has the functions of package math that differ between
// machines, made of operations that IEEE 754 defines to the bit: math.Exp is
// another program on amd64 than in wasm, and their last bits differ, while
// replicas of a job must not.
//
//	p := portable.Exp(-0.5)
//
// Every product is converted to float64 before it is added, which the Go
// specification promises not to fuse. It is for the catalog's modules and
// imports only math.
package portable

import "math"

const (
	ln2Hi = 6.93147180369123816490e-01 // ln2Hi + ln2Lo is ln 2 to 84 bits; the product of ln2Hi with an exponent is exact
	ln2Lo = 1.90821492927058770002e-10
)

// Exp is e to the x, to 2 in the last place.
func Exp(x float64) float64 {
	switch {
	case math.IsNaN(x) || x > 709.78:
		return x * math.Inf(1)
	case x < -745.2:
		return 0
	}
	k := math.Floor(float64(x/math.Ln2) + 0.5)
	r := x - float64(k*ln2Hi) - float64(k*ln2Lo)
	sum := 1.0
	for n := 14.0; n >= 1; n-- { // Taylor; |r| is at most 0.35, the rest below 1e-18
		sum = 1 + float64(float64(r*sum)/n)
	}
	return math.Ldexp(sum, int(k))
}

// Log is the natural logarithm of a positive number, to 2 in the last place
// but next to 1, where the error is below 1e-16; of others it is what math.Log
// says.
func Log(x float64) float64 {
	if !(x > 0) || math.IsInf(x, 1) {
		return math.Log(x)
	}
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	f := (m - 1) / (m + 1)
	square, sum := float64(f*f), 0.0
	for n := 23.0; n >= 1; n -= 2 { // 2 artanh f; f is at most 0.172
		sum = 1/n + float64(square*sum)
	}
	k := float64(e)
	return float64(k*ln2Hi) + (float64(2*float64(f*sum)) + float64(k*ln2Lo))
}
