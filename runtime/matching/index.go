package matching

import (
	"iter"
	"math/bits"
	"slices"
)

// set holds places of the book, one bit each.
type set []uint64

func (s set) has(place int) bool { return s[place/64]>>(place%64)&1 == 1 }
func (s set) add(place int)      { s[place/64] |= 1 << (place % 64) }
func (s set) remove(place int)   { s[place/64] &^= 1 << (place % 64) }

// only keeps the places that one of the lists has.
func (s set) only(lists ...[]uint32) {
	keep := make(set, len(s))
	for _, list := range lists {
		for _, place := range list {
			keep.add(int(place))
		}
	}
	for i := range s {
		s[i] &= keep[i]
	}
}

// all yields the places in ascending order.
func (s set) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(64*i + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// column is one number of every offer as a bit-sliced index (O'Neil and Quass,
// "Improved query performance with variant indexes", 1997): word i of a block
// holds bit i of the numbers of 64 places, so one pass over the bits compares
// 64 offers.
type column struct {
	blocks [][64]uint64
	width  int // bits that any number ever needed
}

func (c *column) put(place int, v uint64) {
	for len(c.blocks) <= place/64 {
		c.blocks = append(c.blocks, [64]uint64{})
	}
	c.width = max(c.width, bits.Len64(v))
	b, at := &c.blocks[place/64], place%64
	for i := range b {
		b[i] = b[i]&^(1<<at) | v>>i&1<<at
	}
}

// atLeast keeps the places of s whose number is v or more.
func (c *column) atLeast(v uint64, s set) {
	if bits.Len64(v) > c.width {
		clear(s)
		return
	}
	if v == 0 {
		return
	}
	for w := range s {
		equal, more, b := s[w], uint64(0), &c.blocks[w]
		for i := c.width - 1; i >= 0 && equal != 0; i-- {
			if v>>i&1 == 1 {
				equal &= b[i]
			} else {
				more |= equal & b[i]
				equal &^= b[i]
			}
		}
		s[w] = more | equal
	}
}

// postings lists, in ascending order, the places of the offers that have a
// property. Its size follows the offers', whatever strangers invent as labels.
type postings[K comparable] map[K][]uint32

func (p postings[K]) add(key K, place uint32) {
	if i, found := slices.BinarySearch(p[key], place); !found {
		p[key] = slices.Insert(p[key], i, place)
	}
}

func (p postings[K]) remove(key K, place uint32) {
	i, found := slices.BinarySearch(p[key], place)
	if !found {
		return
	}
	if p[key] = slices.Delete(p[key], i, i+1); len(p[key]) == 0 {
		delete(p, key)
	}
}
