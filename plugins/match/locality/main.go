// Command locality ranks offers by what a job costs in the end: the price, less
// what is saved where the job's inputs already lie and where its module, and so
// its image, is warm.
package main

import (
	"math/bits"

	"github.com/lilypad-network/lilypad/sdk/go/match"
)

type locality struct{ gigabyte, warm uint64 } // worth in micro-LILY

func newLocality(s match.Settings) (match.Hook, error) {
	return locality{uint64(s.Int("gigabyte")), uint64(s.Int("warm"))}, nil
}

func (l locality) Score(_ match.Job, o match.Offer) match.Score {
	saved := worth(o.InputsHere(), l.gigabyte)
	if o.ModuleHere() {
		saved += l.warm
	}
	return match.Rank(int64(saved) - int64(min(o.Price(), most)))
}

// most keeps sums of amounts below 2^63; all LILY there is are fewer.
const most = 1 << 60

// worth is what bytes are worth at a price per 10⁹ of them.
func worth(bytes, gigabyte uint64) uint64 {
	high, low := bits.Mul64(bytes, gigabyte)
	if high >= 1_000_000_000 {
		return most
	}
	q, _ := bits.Div64(high, low, 1_000_000_000)
	return min(q, most)
}

func init() { match.Register(newLocality) }

func main() {}
