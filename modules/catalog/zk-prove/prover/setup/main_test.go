package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"
)

// The circuit that keys were made for is the one in this source.
func TestKeys_areOfThisCircuit(t *testing.T) {
	logger.Disable()
	circuit, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &atLeast{})
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if _, err := circuit.WriteTo(&got); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../keys/circuit")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("the circuit is another than the keys are for: go run ./setup")
	}
}
