// Command best-fit ranks offers by how little of them a job leaves idle, so
// that large machines stay free for large jobs. It is the best-fit rule of bin
// packing (Johnson, 1973), over several resources by weights.
package main

import (
	"math/bits"

	"github.com/lilypad-network/lilypad/sdk/go/match"
)

type bestFit struct{ gpu, vram, cpu, ram, disk, price int64 }

func newBestFit(s match.Settings) (match.Hook, error) {
	return bestFit{
		gpu: s.Int("gpu"), vram: s.Int("vram"), cpu: s.Int("cpu"), ram: s.Int("ram"), disk: s.Int("disk"),
		price: s.Int("price"),
	}, nil
}

func (b bestFit) Score(j match.Job, o match.Offer) match.Score {
	waste := b.gpu*idle(j.GPUs(), o.GPUs()) + b.vram*idle(j.VRAM(), o.VRAM()) +
		b.cpu*idle(j.CPU(), o.CPU()) + b.ram*idle(j.RAM(), o.RAM()) + b.disk*idle(j.Disk(), o.Disk())
	return match.Rank(-waste - b.price*share(o.Price(), j.MaxPrice()))
}

// idle is the part of what is there that is not needed, in ppm.
func idle(need, have uint64) int64 { return 1_000_000 - share(need, have) }

// share is part of whole in ppm, at most all; any part of nothing is all.
func share(part, whole uint64) int64 {
	if whole == 0 {
		return 1_000_000
	}
	high, low := bits.Mul64(min(part, whole), 1_000_000)
	q, _ := bits.Div64(high, low, whole)
	return int64(q)
}

func init() { match.Register(newBestFit) }

func main() {}
