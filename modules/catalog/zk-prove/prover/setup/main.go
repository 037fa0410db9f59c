// Command setup compiles the circuit and makes keys for it, in the folder
// keys. It needs to run once, and again when the circuit changes; the keys are
// then others, and so are all statements.
//
//	go run ./setup
//
// What it draws at random must be forgotten: whoever knew it could prove what
// is not so. This program keeps it in its memory only.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/std/hash/mimc"
)

// bits is the size of values.
const bits = 64

// atLeast says: somebody knows a value and a key with this commitment, and the
// value is not below this minimum.
type atLeast struct {
	Minimum    frontend.Variable `gnark:",public"`
	Commitment frontend.Variable `gnark:",public"`
	Value      frontend.Variable
	Key        frontend.Variable
}

// Define implements [frontend.Circuit].
func (c *atLeast) Define(api frontend.API) error {
	h, err := mimc.NewMiMC(api)
	if err != nil {
		return err
	}
	h.Write(c.Value, c.Key)
	api.AssertIsEqual(h.Sum(), c.Commitment)
	api.ToBinary(c.Value, bits)
	api.ToBinary(api.Sub(c.Value, c.Minimum), bits)
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "setup:", err)
		os.Exit(1)
	}
}

func run() error {
	circuit, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &atLeast{})
	if err != nil {
		return err
	}
	proving, verifying, err := groth16.Setup(circuit)
	if err != nil {
		return err
	}
	for name, write := range map[string]func(io.Writer) (int64, error){
		"circuit": circuit.WriteTo, "proving": proving.WriteRawTo, "verifying": verifying.WriteRawTo,
	} {
		var b bytes.Buffer
		if _, err := write(&b); err != nil {
			return err
		}
		if err := os.WriteFile("keys/"+name, b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
