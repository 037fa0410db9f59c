package main

import (
	"fmt"
	"math/big"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

// file is a proof that the module zk-prove made: one and two are of the same
// statement, other is of another with the same key.
func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// part is what stands between two texts of a file.
func part(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, from)
	inner, _, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("no %q to %q", from, to)
	}
	return inner
}

var (
	g1Points = regexp.MustCompile(`"(pi_a|pi_c|vk_alpha_1)": \[[^]]*]`)
	g2Points = regexp.MustCompile(`"(pi_b|vk_\w+_2)": \[[^\]]*\][^\]]*\][^\]]*\]\s*\]`)
)

// trivial writes points as the neutral element, so that the equation says 1 = 1.
func trivial(text string, points *regexp.Regexp) string {
	if points == g2Points {
		return points.ReplaceAllString(text, `"$1": [["0", "0"], ["0", "0"], ["1", "0"]]`)
	}
	head, _, _ := strings.Cut(text, `"IC": [`)
	zero := `["0", "0", "1"]`
	return points.ReplaceAllString(head, `"$1": `+zero) + `"IC": [` + zero + ", " + zero + ", " + zero + "]}}"
}

func TestGroth16_Compare(t *testing.T) {
	const equal, differ, incomparable = plugintest.SamenessEqual, plugintest.SamenessDifferent, plugintest.SamenessIncomparable
	one, two, other := file(t, "one"), file(t, "two"), file(t, "other")
	swap := func(text, from, to, by string) string {
		return strings.Replace(text, part(t, text, from, to), by, 1)
	}
	last := func(text, from, to string) string {
		i := strings.LastIndex(text, from)
		return text[:i] + to + text[i+len(from):]
	}
	commitment := part(t, one, "\"1000\",\n    \"", "\"")
	y := part(t, one, "\"pi_a\": [\n    \""+part(t, one, "\"pi_a\": [\n    \"", "\"")+"\",\n    \"", "\"")
	negative := func(y string) string {
		n, _ := new(big.Int).SetString(y, 10)
		return n.Sub(fp.Modulus(), n).String()
	}
	beyond := func(n string) string {
		v, _ := new(big.Int).SetString(n, 10)
		return v.Add(v, fr.Modulus()).String()
	}
	for name, tt := range map[string]struct {
		a, b   string
		want   plugintest.Sameness
		reason uint16
	}{
		"two proofs":             {one, two, equal, sameStatement},
		"white space":            {one, strings.ReplaceAll(one, "\n", ""), equal, sameStatement},
		"other statement":        {one, other, differ, otherStatement},
		"other minimum":          {one, strings.Replace(two, `"1000"`, `"1001"`, 1), differ, otherStatement},
		"proof of another":       {one, swap(swap(two, `"pi_a": [`, "]", part(t, other, `"pi_a": [`, "]")), `"pi_c": [`, "]", part(t, other, `"pi_c": [`, "]")), differ, oneFails},
		"mixed proofs":           {one, swap(two, `"pi_c": [`, "]", part(t, one, `"pi_c": [`, "]")), differ, oneFails},
		"negated point":          {strings.Replace(one, y, negative(y), 1), two, differ, oneFails},
		"neither":                {strings.Replace(one, y, negative(y), 1), swap(two, `"pi_c": [`, "]", part(t, one, `"pi_c": [`, "]")), incomparable, noneHolds},
		"off the curve":          {one, strings.Replace(two, part(t, two, "\"pi_c\": [\n    \"", "\""), "5", 1), differ, oneFails},
		"off the twist":          {one, strings.Replace(two, part(t, two, "\"pi_b\": [\n    [\n      \"", "\""), "5", 1), differ, oneFails},
		"public value unreduced": {one, strings.Replace(two, commitment, beyond(commitment), 1), differ, oneFails},
		"number in another form": {one, strings.Replace(two, commitment, "0"+commitment, 1), differ, oneFails},
		"hexadecimal":            {one, strings.Replace(two, commitment, "0x1f", 1), differ, oneFails},
		"one public value less":  {one, strings.Replace(two, `"1000",`, "", 1), differ, oneFails},
		"infinity":               {one, swap(two, `"pi_a": [`, "]", `"0", "1", "0"`), differ, oneFails},
		"other protocol":         {one, strings.ReplaceAll(two, "groth16", "plonk"), differ, oneFails},
		"other curve":            {one, strings.ReplaceAll(two, "bn128", "bls12381"), differ, oneFails},
		"cut":                    {one, two[:len(two)/2], differ, oneFails},
		"empty":                  {one, "", differ, oneFails},
		"both unreadable":        {"{", "}", incomparable, noneHolds},
		"large":                  {one, two + strings.Repeat(" ", maxFile), differ, oneFails},
		"padded garbage":         {one, "garbage" + strings.Repeat(" ", maxFile), differ, oneFails},
		"both large":             {one + strings.Repeat(" ", maxFile), two + strings.Repeat(" ", maxFile), incomparable, tooLarge},
		"other letter case":      {one, strings.Replace(two, `"public": [`, `"PUBLIC": ["1"], "public": [`, 1), differ, oneFails},
		"field twice":            {one, strings.Replace(two, `"public": [`, `"public": ["1"], "public": [`, 1), differ, oneFails},
		"unknown field":          {one, strings.Replace(two, `"public": [`, `"result": "evil", "public": [`, 1), differ, oneFails},
		"spare coordinate":       {one, swap(two, `"pi_a": [`, "]", part(t, two, `"pi_a": [`, "]")+`, "9"`), differ, oneFails},
		"other count":            {one, strings.Replace(two, `"nPublic": 2`, `"nPublic": 9`, 1), differ, oneFails},
		"key of other protocol":  {one, swap(two, `"verification_key": {`, ",", `"protocol": "plonk"`), differ, oneFails},
		"key of other curve":     {one, last(two, "bn128", "bls12381"), differ, oneFails},
		"nothing in G1":          {trivial(one, g1Points), trivial(two, g1Points), incomparable, noneHolds},
		"nothing in G2":          {trivial(one, g2Points), trivial(two, g2Points), incomparable, noneHolds},
		"key of another":         {one, strings.Replace(two, part(t, two, "\"vk_alpha_1\": [", "]"), part(t, two, "\"pi_a\": [", "]"), 1), differ, otherStatement},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newGroth16, `{}`)
			for _, pair := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
				got := plugintest.Compare(t, h,
					plugintest.Tree{"outputs/proof.json": pair[0], "stdout": "1"}, plugintest.Tree{"outputs/proof.json": pair[1], "stdout": "1"})
				if got.Sameness != tt.want || got.Reason != tt.reason {
					t.Errorf("%+v, want %s for reason %d", got, tt.want, tt.reason)
				}
			}
		})
	}
}

func TestGroth16_Compare_files(t *testing.T) {
	one, two := file(t, "one"), file(t, "two")
	many := func(n int, text string) plugintest.Tree {
		tree := plugintest.Tree{}
		for i := range n {
			tree[fmt.Sprintf("%d.proof.json", i)] = text
		}
		return tree
	}
	for name, tt := range map[string]struct {
		a, b   plugintest.Tree
		want   plugintest.Sameness
		reason uint16
		proofs uint64
	}{
		"two pairs":  {plugintest.Tree{"a.proof.json": one, "b.proof.json": two}, plugintest.Tree{"a.proof.json": two, "b.proof.json": one}, plugintest.SamenessEqual, sameStatement, 2},
		"stdout":     {plugintest.Tree{"proof.json": one, "stdout": "1"}, plugintest.Tree{"proof.json": two, "stdout": "2"}, plugintest.SamenessDifferent, otherFile, 0},
		"one sided":  {plugintest.Tree{"proof.json": one}, plugintest.Tree{}, plugintest.SamenessDifferent, otherFile, 0},
		"most":       {many(maxProofs, one), many(maxProofs, two), plugintest.SamenessEqual, sameStatement, maxProofs},
		"too many":   {many(maxProofs+1, one), many(maxProofs+1, two), plugintest.SamenessIncomparable, tooMany, maxProofs},
		"none":       {plugintest.Tree{"stdout": "1"}, plugintest.Tree{"stdout": "1"}, plugintest.SamenessEqual, noProof, 0},
		"other name": {plugintest.Tree{"proof.txt": one}, plugintest.Tree{"proof.txt": two}, plugintest.SamenessDifferent, otherFile, 0},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newGroth16, `{}`)
			if got := plugintest.Compare(t, h, tt.a, tt.b); got.Sameness != tt.want || got.Reason != tt.reason || got.Arg0 != tt.proofs {
				t.Errorf("%+v, want %s of %d for reason %d", got, tt.want, tt.proofs, tt.reason)
			}
		})
	}
}

// A point of the twist that is not of the group is found, though it is on the
// curve.
func TestG2_parse_refusesOtherGroup(t *testing.T) {
	var x bn254.E2
	for i := uint64(1); ; i++ {
		x.A0.SetUint64(i)
		var b, y bn254.E2
		bTwist(&b)
		y.Square(&x).Mul(&y, &x).Add(&y, &b)
		if y.Legendre() != 1 {
			continue
		}
		y.Sqrt(&y)
		p := bn254.G2Affine{X: x, Y: y}
		if !p.IsOnCurve() {
			t.Fatal("the point is not on the curve")
		}
		if p.IsInSubGroup() {
			continue
		}
		text := func(e fp.Element) string { return e.BigInt(new(big.Int)).String() }
		_, err := g2{{text(x.A0), text(x.A1)}, {text(y.A0), text(y.A1)}, {"1", "0"}}.parse()
		if err == nil {
			t.Error("a point outside of the group was taken")
		}
		return
	}
}

// bTwist is the constant of the twist's equation, taken from a point of it.
func bTwist(b *bn254.E2) {
	_, _, _, g := bn254.Generators()
	var xxx bn254.E2
	xxx.Square(&g.X).Mul(&xxx, &g.X)
	b.Square(&g.Y).Sub(b, &xxx)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(file(f, "one")))
	f.Add([]byte(`{"protocol":"groth16","curve":"bn128","pi_a":["1","2","1"]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := read(b)
		if err != nil {
			return
		}
		c.holds()
		if again, err := read(b); err != nil || string(again.said) != string(c.said) {
			t.Errorf("read twice: %q and %q, %v", c.said, again.said, err)
		}
	})
}
