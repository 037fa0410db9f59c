package portable_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/lilypad-network/lilypad/modules/catalog/portable"
)

// The bits are those of every machine.
func TestBits(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	exp, log := sha256.New(), sha256.New()
	add := func(h hash.Hash, v float64) {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], math.Float64bits(v))
		h.Write(b[:])
	}
	for range 100_000 {
		x := float64(80*random.Float64()) - 40
		add(exp, portable.Exp(x))
		add(log, portable.Log(math.Ldexp(random.Float64(), int(x))))
	}
	for name, h := range map[string][2]string{
		"exp": {fmt.Sprintf("%x", exp.Sum(nil)[:8]), "7edeb1031bcd7a9b"},
		"log": {fmt.Sprintf("%x", log.Sum(nil)[:8]), "93f020665e8a89d3"},
	} {
		if h[0] != h[1] {
			t.Errorf("%s has the bits %s, want %s", name, h[0], h[1])
		}
	}
}

func TestAccuracy(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200_000 {
		x := float64(1400*random.Float64()) - 700
		if got, want := portable.Exp(x), math.Exp(x); math.Abs(got-want) > 5e-16*want {
			t.Fatalf("Exp(%v) = %v, want %v", x, got, want)
		}
		x = math.Ldexp(random.Float64()+.1, random.IntN(200)-100)
		if got, want := portable.Log(x), math.Log(x); math.Abs(got-want) > 5e-16*math.Abs(want)+1e-16 {
			t.Fatalf("Log(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestEdges(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct{ got, want float64 }{
		{portable.Exp(0), 1},
		{portable.Exp(inf), inf},
		{portable.Exp(-inf), 0},
		{portable.Exp(710), inf},
		{portable.Exp(-746), 0},
		{portable.Exp(nan), nan},
		{portable.Log(1), 0},
		{portable.Log(0), -inf},
		{portable.Log(-1), nan},
		{portable.Log(inf), inf},
		{portable.Log(nan), nan},
	} {
		if c.got != c.want && !(math.IsNaN(c.got) && math.IsNaN(c.want)) {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
}
