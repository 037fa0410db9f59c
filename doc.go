// Package lilypad is the vocabulary of the market: what a job creator asks
// for, what a resource provider offers, the deal they sign, the result that
// comes back, and the identifiers, amounts and errors that all rooms share.
//
// It is not a client and starts nothing. It imports no chain, no database and
// no wasm engine, so every other package may import it.
//
// The signed terms are EIP-712 structs; their hashes here equal the ones the
// contracts compute:
//
//	offer := lilypad.JobOffer{Creator: creator, MaxPrice: 2 * lilypad.LILY}
//	id := offer.ID() // the key of the deal on chain
package lilypad
