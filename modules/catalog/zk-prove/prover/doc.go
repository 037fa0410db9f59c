// Command prover proves that a number to which somebody is committed is at
// least as large as another, without telling the number: a Groth16 proof on
// BN254, made with gnark.
//
//	$ prover -value 1200 -secret "correct horse" -minimum 1000
//
// The circuit (package setup has its source) has two public values, minimum
// and commitment, and two secret ones, value and key: commitment is
// MiMC(value, key), and both value and value − minimum have at most 64 bits.
// The key is the SHA-256 digest of the secret, modulo the order of the group.
//
// It writes the proof, with all that it takes to check it, to /outputs in the
// form of snarkjs. The proof is another in each run of the Linux program; the
// WASI command has no randomness but the job's.
//
// It is a Go module of its own, so that gnark is no dependency of the market.
package main
