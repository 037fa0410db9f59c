package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// maxPublic bounds the public values of a statement: each takes the verifier
// some million units of fuel.
const maxPublic = 256

// proofFile is a proof with its statement: that somebody knows secrets for
// these public values in the circuit of this verifying key. Numbers are decimal
// texts, points have three coordinates of which the last is one, as in snarkjs.
type proofFile struct {
	Protocol string   `json:"protocol"`
	Curve    string   `json:"curve"`
	A        g1       `json:"pi_a"`
	B        g2       `json:"pi_b"`
	C        g1       `json:"pi_c"`
	Public   []string `json:"public"`
	Key      struct {
		Protocol string `json:"protocol"`
		Curve    string `json:"curve"`
		NPublic  int    `json:"nPublic"`
		Alpha    g1     `json:"vk_alpha_1"`
		Beta     g2     `json:"vk_beta_2"`
		Gamma    g2     `json:"vk_gamma_2"`
		Delta    g2     `json:"vk_delta_2"`
		IC       []g1   `json:"IC"`
	} `json:"verification_key"`
}

type (
	g1 [3]string
	g2 [3][2]string
)

// claim is a statement with its proof, of which all points are on the curve
// and in the right group.
type claim struct {
	said               []byte // the statement, the same for the same
	alpha, a, c, point bn254.G1Affine
	beta, gamma, delta bn254.G2Affine
	b                  bn254.G2Affine
}

// read checks the form of a proof with its statement.
func read(text []byte) (c claim, err error) {
	p, err := decode(text)
	if err != nil {
		return c, err
	}
	if p.Protocol != "groth16" || p.Curve != "bn128" || p.Key.Protocol != p.Protocol || p.Key.Curve != p.Curve {
		return c, fmt.Errorf("%.20q on %.20q, the key for %.20q on %.20q", p.Protocol, p.Curve, p.Key.Protocol, p.Key.Curve)
	}
	if n := len(p.Public); n > maxPublic || p.Key.NPublic != n || len(p.Key.IC) != n+1 {
		return c, fmt.Errorf("%d public values, of %d, and %d points of the key", n, p.Key.NPublic, len(p.Key.IC))
	}
	for _, point := range []struct {
		from g1
		to   *bn254.G1Affine
	}{{p.A, &c.a}, {p.C, &c.c}, {p.Key.Alpha, &c.alpha}} {
		if *point.to, err = point.from.parse(); err != nil {
			return c, err
		}
	}
	for _, point := range []struct {
		from g2
		to   *bn254.G2Affine
	}{{p.B, &c.b}, {p.Key.Beta, &c.beta}, {p.Key.Gamma, &c.gamma}, {p.Key.Delta, &c.delta}} {
		if *point.to, err = point.from.parse(); err != nil {
			return c, err
		}
	}
	if c.point, err = combine(p.Key.IC, p.Public); err != nil {
		return c, err
	}
	p.A, p.B, p.C = g1{}, g2{}, g1{}
	c.said, err = json.Marshal(p)
	return c, err
}

// decode takes the one form of a file, white space aside: encoding/json would
// pass over letter case, repeated and unknown fields and spare elements, each
// of which could tell another reader something else.
func decode(text []byte) (p proofFile, err error) {
	if err := json.Unmarshal(text, &p); err != nil {
		return p, err
	}
	var is bytes.Buffer
	if err := json.Compact(&is, text); err != nil {
		return p, err
	}
	want, err := json.Marshal(p)
	if err == nil && !bytes.Equal(is.Bytes(), want) {
		err = fmt.Errorf("fields that are repeated, unknown, missing or in another order")
	}
	return p, err
}

// combine is the first point and each further one times its public value.
func combine(points []g1, values []string) (sum bn254.G1Affine, err error) {
	for i, text := range points {
		point, err := text.parse()
		if err != nil {
			return sum, err
		}
		if i > 0 {
			value, err := number(values[i-1], fr.Modulus())
			if err != nil {
				return sum, err
			}
			point.ScalarMultiplication(&point, value)
		}
		sum.Add(&sum, &point)
	}
	return sum, nil
}

// holds is the verifier's equation (Groth, On the size of pairing-based
// non-interactive arguments, 2016): e(A,B) = e(α,β)·e(Σ,γ)·e(C,δ).
func (c claim) holds() bool {
	var minus bn254.G1Affine
	minus.Neg(&c.a)
	ok, err := bn254.PairingCheck(
		[]bn254.G1Affine{minus, c.alpha, c.point, c.c},
		[]bn254.G2Affine{c.b, c.beta, c.gamma, c.delta})
	return ok && err == nil
}

func (t g1) parse() (p bn254.G1Affine, err error) {
	if t[2] != "1" {
		return p, fmt.Errorf("a point at infinity, or in another form")
	}
	if err := coordinates(t[:2], &p.X, &p.Y); err != nil {
		return p, err
	}
	if p.IsInfinity() || !p.IsOnCurve() { // G1 is all of the curve
		return p, fmt.Errorf("a point at infinity, or not on the curve")
	}
	return p, nil
}

func (t g2) parse() (p bn254.G2Affine, err error) {
	if t[2] != [2]string{"1", "0"} {
		return p, fmt.Errorf("a point at infinity, or in another form")
	}
	if err := coordinates([]string{t[0][0], t[0][1], t[1][0], t[1][1]}, &p.X.A0, &p.X.A1, &p.Y.A0, &p.Y.A1); err != nil {
		return p, err
	}
	if p.IsInfinity() || !p.IsOnCurve() || !p.IsInSubGroup() {
		return p, fmt.Errorf("a point at infinity, or not in the group")
	}
	return p, nil
}

func coordinates(texts []string, to ...*fp.Element) error {
	for i, text := range texts {
		n, err := number(text, fp.Modulus())
		if err != nil {
			return err
		}
		to[i].SetBigInt(n)
	}
	return nil
}

// number reads a decimal number below a bound in its one form, so that equal
// statements have equal texts.
func number(text string, below *big.Int) (*big.Int, error) {
	n, ok := new(big.Int).SetString(text[:min(len(text), 80)], 10)
	if !ok || n.String() != text || n.Sign() < 0 || n.Cmp(below) >= 0 {
		return nil, fmt.Errorf("%.90q is no number of the field", text)
	}
	return n, nil
}
