package settlement_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

func TestDeterrence_line(t *testing.T) {
	for _, tc := range []struct {
		name          string
		price, c, b   lilypad.Amount
		checked       uint64
		least, errors uint64
		deters        bool
	}{
		{"stake of 2.5 prices", 2 * lilypad.LILY, 5 * lilypad.LILY, 2 * lilypad.LILY, 2857, 2858, 5000, false},
		{"just enough", 2 * lilypad.LILY, 5 * lilypad.LILY, 2 * lilypad.LILY, 2858, 2858, 5000, true},
		{"every result", lilypad.LILY, 0, 0, 10_000, 10_000, 0, true},
		{"free work", 0, lilypad.LILY, lilypad.LILY, 1, 0, 10_000, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := settlement.Deterrence(tc.price, tc.c, tc.b, tc.checked)
			if l.Least != tc.least || l.MaxErrors != tc.errors || l.Deters() != tc.deters {
				t.Errorf("got %+v, deters %v", l, l.Deters())
			}
			if !l.Deters() && !settlement.Deterrence(tc.price, l.LeastStake, tc.b, tc.checked).Deters() {
				t.Errorf("a stake of %s does not deter either", l.LeastStake)
			}
		})
	}
}
