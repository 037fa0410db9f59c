package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"strconv"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/mimc"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	_ "github.com/consensys/gnark/std/math/bits" // its hints solve the circuit
)

// minSecret is the shortest secret in bytes: a value of few possibilities is
// found by trying them all if the secret is too.
const minSecret = 8

// What setup made.
var (
	//go:embed keys/circuit
	circuitBytes []byte
	//go:embed keys/proving
	provingBytes []byte
	//go:embed keys/verifying
	verifyingBytes []byte
)

// hedged mixes the machine's randomness with the secret: in the WASI form the
// former is known to who knows the job, and a proof whose randomness is known
// hides nothing. See RFC 6979 for the thought.
func hedged(machine io.Reader, private ...string) io.Reader {
	h := sha256.New()
	_, _ = io.CopyN(h, machine, 32) // crypto/rand ends the program rather than fail
	for _, p := range private {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return mathrand.NewChaCha8([32]byte(h.Sum(nil)))
}

// run proves the statement and writes it to out.
func run(out *os.Root, valueText, secret, minimumText string, stdout io.Writer) error {
	value, err := strconv.ParseUint(valueText, 10, 64)
	if err != nil {
		return fmt.Errorf("value %.30q is no whole number below 2^64", valueText)
	}
	var minimum uint64
	if minimumText != "" {
		if minimum, err = strconv.ParseUint(minimumText, 10, 64); err != nil {
			return fmt.Errorf("minimum %.30q is no whole number below 2^64", minimumText)
		}
	}
	if len(secret) < minSecret {
		return fmt.Errorf("the secret has %d bytes, it needs %d", len(secret), minSecret)
	}
	if value < minimum {
		return fmt.Errorf("the value is less than %d: there is no proof", minimum)
	}
	var key verifyingKey
	if _, err := key.ReadFrom(bytes.NewReader(verifyingBytes)); err != nil {
		return err
	}
	public, proof, err := prove(key, fr.NewElement(value), keyOf(secret), fr.NewElement(minimum))
	if err != nil {
		return err
	}
	f := files(key, public, proof)
	for name, content := range f {
		text, err := json.MarshalIndent(content, "", "  ")
		if err != nil {
			return err
		}
		if err := out.WriteFile(name, append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(stdout, "committed to at least %d\ncommitment %s\nverifying key sha256:%x\n",
		minimum, &public[1], sha256.Sum256(verifyingBytes))
	return err
}

// keyOf is a secret as a number of the circuit.
func keyOf(secret string) (key fr.Element) {
	digest := sha256.Sum256([]byte(secret))
	key.SetBytes(digest[:])
	return key
}

func commit(value, key fr.Element) (c fr.Element) {
	h := mimc.NewMiMC()
	for _, e := range []fr.Element{value, key} {
		b := e.Bytes()
		_, _ = h.Write(b[:]) // takes every number of the field
	}
	c.SetBytes(h.Sum(nil))
	return c
}

// prove returns the public values, minimum and commitment, and a proof that
// was checked.
func prove(verifying verifyingKey, value, key, minimum fr.Element) (public fr.Vector, proof *groth16.Proof, err error) {
	var circuit cs.R1CS
	if _, err := circuit.ReadFrom(bytes.NewReader(circuitBytes)); err != nil {
		return nil, nil, err
	}
	var proving groth16.ProvingKey
	if _, err := proving.UnsafeReadFrom(bytes.NewReader(provingBytes)); err != nil { // it came with the program
		return nil, nil, err
	}
	public = fr.Vector{minimum, commit(value, key)}
	w, err := witness.New(ecc.BN254.ScalarField())
	if err != nil {
		return nil, nil, err
	}
	values := make(chan any, 4)
	for _, e := range append(public[:2:2], value, key) {
		values <- e
	}
	close(values)
	if err := w.Fill(2, 2, values); err != nil {
		return nil, nil, err
	}
	if proof, err = groth16.Prove(&circuit, &proving, w); err != nil {
		return nil, nil, err
	}
	return public, proof, groth16.Verify(proof, &verifying, public)
}
