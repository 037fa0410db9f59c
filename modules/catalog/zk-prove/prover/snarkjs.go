package main

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
)

type verifyingKey = groth16.VerifyingKey

// Points as snarkjs writes them: decimal numbers, the last coordinate one.
type (
	g1 [3]string
	g2 [3][2]string
)

type keyFile struct {
	Protocol string `json:"protocol"`
	Curve    string `json:"curve"`
	Public   int    `json:"nPublic"`
	Alpha    g1     `json:"vk_alpha_1"`
	Beta     g2     `json:"vk_beta_2"`
	Gamma    g2     `json:"vk_gamma_2"`
	Delta    g2     `json:"vk_delta_2"`
	IC       []g1   `json:"IC"`
}

// proofFile has the statement beside the proof, so that one file can be judged
// alone.
type proofFile struct {
	Protocol string   `json:"protocol"`
	Curve    string   `json:"curve"`
	A        g1       `json:"pi_a"`
	B        g2       `json:"pi_b"`
	C        g1       `json:"pi_c"`
	Public   []string `json:"public"`
	Key      keyFile  `json:"verification_key"`
}

// files are the outputs by name.
func files(key verifyingKey, public fr.Vector, proof *groth16.Proof) map[string]any {
	const protocol, curve = "groth16", "bn128"
	k := keyFile{
		Protocol: protocol, Curve: curve, Public: len(public),
		Alpha: pointG1(key.G1.Alpha), Beta: pointG2(key.G2.Beta), Gamma: pointG2(key.G2.Gamma), Delta: pointG2(key.G2.Delta),
	}
	for _, p := range key.G1.K {
		k.IC = append(k.IC, pointG1(p))
	}
	var values []string
	for _, v := range public {
		values = append(values, decimal(&v))
	}
	return map[string]any{
		"proof.json":  proofFile{protocol, curve, pointG1(proof.Ar), pointG2(proof.Bs), pointG1(proof.Krs), values, k},
		"public.json": values, "verification_key.json": k,
	}
}

func pointG1(p bn254.G1Affine) g1 { return g1{decimal(&p.X), decimal(&p.Y), "1"} }

func pointG2(p bn254.G2Affine) g2 {
	return g2{{decimal(&p.X.A0), decimal(&p.X.A1)}, {decimal(&p.Y.A0), decimal(&p.Y.A1)}, {"1", "0"}}
}

// decimal is a number of a field in its one form: String has another for the
// largest.
func decimal(e interface{ BigInt(to *big.Int) *big.Int }) string {
	return e.BigInt(new(big.Int)).String()
}
