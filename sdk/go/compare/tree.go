package compare

import (
	"iter"
	"strconv"

	"github.com/lilypad-network/lilypad/sdk/go/host"
	"github.com/lilypad-network/lilypad/sdk/go/internal/guest"
)

const pageSize = 32 << 10

// Param is a parameter of the deal, and whether it has it.
func (x Pair) Param(key string) (int64, bool) {
	for _, p := range x.Params() {
		if p.Key == key {
			return p.Value, true
		}
	}
	return 0, false
}

// Differences are the paths at which the trees differ, in their order.
func (x Pair) Differences() iter.Seq[Difference] {
	return func(yield func(Difference) bool) {
		buf := make([]byte, pageSize)
		for cursor := uint64(0); ; {
			n := host.TreeDiff(uint32(x.A()), uint32(x.B()), uint32(cursor), buf)
			if n < 0 {
				panic("the trees cannot be read: status " + strconv.Itoa(int(n)))
			}
			page := Differences{guest.Open(buf[:n], kindDifferences, sizeDifferences)}
			for _, d := range page.Differences() {
				if !yield(d) {
					return
				}
			}
			if cursor = page.Next(); cursor == 0 {
				return
			}
		}
	}
}

// InBoth tells that the path is a file of both trees.
func (d Difference) InBoth() bool { return d.A != 0 && d.B != 0 }

// ReadA is the whole file of the first tree.
func (d Difference) ReadA() []byte { return read(d.A, d.ASize) }

// ReadB is the whole file of the second tree.
func (d Difference) ReadB() []byte { return read(d.B, d.BSize) }

func read(handle, size uint64) []byte {
	p := make([]byte, size)
	for at := uint64(0); at < size; {
		n := host.BlobRead(uint32(handle), at, p[at:])
		if n <= 0 {
			panic("a file cannot be read: status " + strconv.Itoa(int(n)))
		}
		at += uint64(n)
	}
	return p
}
