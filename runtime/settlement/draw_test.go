package settlement_test

import (
	"encoding/binary"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

func panelOf(n, k int) lilypad.Panel {
	p := lilypad.Panel{Drawn: uint8(k), Agree: uint8((k + 1) / 2)}
	for i := range n {
		p.Mediators = append(p.Mediators, lilypad.Address{19: byte(i + 1)})
	}
	return p
}

func number(n int) (h lilypad.Hash) {
	binary.BigEndian.PutUint64(h[24:], uint64(n))
	return h
}

func TestDraw_givesDistinctMembers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 32).Draw(t, "n")
		p := panelOf(n, rapid.IntRange(1, n).Draw(t, "k"))
		got, err := settlement.Draw(p, number(rapid.Int().Draw(t, "seed")), number(2), lilypad.DealID{1})
		if err != nil || len(got) != int(p.Drawn) {
			t.Fatalf("drew %d of %d: %v", len(got), p.Drawn, err)
		}
		slices.SortFunc(got, func(a, b lilypad.Address) int { return slices.Compare(a[:], b[:]) })
		if len(slices.Compact(got)) != int(p.Drawn) {
			t.Fatalf("drew somebody twice: %v", got)
		}
		for _, m := range got {
			if !slices.Contains(p.Mediators, m) {
				t.Fatalf("drew %s from outside the panel", m)
			}
		}
	})
}

func TestDraw_leavesThePanelAlone(t *testing.T) {
	p := panelOf(16, 15)
	if _, err := settlement.Draw(p, number(7), number(8), lilypad.DealID{}); err != nil {
		t.Fatal(err)
	}
	if want := panelOf(16, 15); p.Hash() != want.Hash() {
		t.Error("the caller's panel was shuffled")
	}
}

func TestDraw_isFair(t *testing.T) {
	const cases, n, k = 4000, 16, 3
	counts := map[lilypad.Address]float64{}
	for i := range cases {
		got, err := settlement.Draw(panelOf(n, k), number(i), number(1), lilypad.DealID{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range got {
			counts[m]++
		}
	}
	want := float64(cases*k) / n
	for m, got := range counts {
		if math.Abs(got-want) > 5*math.Sqrt(want) { // five standard deviations
			t.Errorf("%s sat on %.0f cases, want about %.0f", m, got, want)
		}
	}
}

func TestDraw_refusesAPanelTooSmall(t *testing.T) {
	if _, err := settlement.Draw(panelOf(2, 3), number(1), number(2), lilypad.DealID{}); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("error %v", err)
	}
}

func TestAudited_tossesTheCoinOfTheTerms(t *testing.T) {
	const tosses = 20000
	for _, bps := range []uint16{0, 1, 500, 5000, 10000} {
		var yes float64
		for i := range tosses {
			if settlement.Audited(bps, number(i), lilypad.DealID{9}) {
				yes++
			}
		}
		p := float64(bps) / 10000
		if math.Abs(yes-tosses*p) > 5*math.Sqrt(tosses*p*(1-p)) {
			t.Errorf("%d bps: %.0f audits of %d", bps, yes, tosses)
		}
	}
}

// The long division by bytes must equal the EVM's 256-bit remainder.
func TestAudited_reducesLikeTheEVM(t *testing.T) {
	for i := range 500 {
		seed, deal := number(i), lilypad.DealID{3}
		sum := lilypad.Keccak256(seed[:], deal[:])
		coin := new(big.Int).Mod(new(big.Int).SetBytes(sum[:]), big.NewInt(10000)).Uint64()
		if settlement.Audited(uint16(coin), seed, deal) || !settlement.Audited(uint16(coin)+1, seed, deal) {
			t.Fatalf("seed %d: the coin is not %d", i, coin)
		}
	}
}
