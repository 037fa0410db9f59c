// Package sealing hides the bytes of a private job from those who pass them
// on: trees are sealed as they travel, and keys are handed on to those who have
// to see them. What is signed, compared and put on chain stays the content id
// of the open trees.
//
// A sealed tree is an ordinary tree with one file, in the format of age
// (https://age-encryption.org/v1), that holds the open trees' blocks; who opens
// it checks each of them against the ids that were signed. A [Key] is 32 secret
// bytes, a recipient the 32 bytes of its X25519 public key. A grant is a small
// age file with keys inside.
//
//	sealed, err := sealing.Seal(ctx, store, []lilypad.ContentID{inputs}, key.Recipient())
//	grant, err := sealing.Grant(provider, key)
//	err = sealing.Fetch(ctx, store, market, sealing.Parcel{Sealed: sealed, Trees: []lilypad.ContentID{inputs}}, key)
//
// It decides nothing: who may see what is the roles' business (ADR 17). It
// imports storage and the root package; bundle and the roles import it.
package sealing
