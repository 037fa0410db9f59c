package wallet

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/lilypad-network/lilypad"
)

// Signer signs for one account. Safe for concurrent use.
type Signer interface {
	Address() lilypad.Address
	// Sign signs the EIP-712 digest of a statement.
	Sign(ctx context.Context, domain lilypad.Domain, statement lilypad.Signable) (lilypad.Signature, error)
	// SignText signs an EIP-191 personal message.
	SignText(ctx context.Context, text []byte) (lilypad.Signature, error)
}

// Sign returns body with the signer's signature.
func Sign[T lilypad.Signable](ctx context.Context, s Signer, domain lilypad.Domain, body T) (lilypad.Signed[T], error) {
	sig, err := s.Sign(ctx, domain, body)
	if err != nil {
		return lilypad.Signed[T]{}, fmt.Errorf("sign %T: %w", body, err)
	}
	return lilypad.Signed[T]{Body: body, Signature: sig}, nil
}

// Verify checks that want signed the statement.
//
// # Errors
//
// Unauthorized when it did not, or want is the zero address.
func Verify[T lilypad.Signable](domain lilypad.Domain, signed lilypad.Signed[T], want lilypad.Address) error {
	got, err := Recover(domain.Digest(signed.Body), signed.Signature)
	if err != nil {
		return err
	}
	if want.IsZero() || got != want {
		return lilypad.Errorf(lilypad.Unauthorized, "%T is signed by %s, not by %s", signed.Body, got, want)
	}
	return nil
}

// Recover returns who signed digest. The address is never zero.
//
// # Errors
//
// Unauthorized for a signature that no key made, one with a high s included.
func Recover(digest lilypad.Hash, sig lilypad.Signature) (lilypad.Address, error) {
	full := expand(sig)
	r, s := new(big.Int).SetBytes(full[:32]), new(big.Int).SetBytes(full[32:64])
	if !crypto.ValidateSignatureValues(full[64], r, s, true) {
		return lilypad.Address{}, lilypad.Errorf(lilypad.Unauthorized, "signature is out of range or has a high s")
	}
	pub, err := crypto.SigToPub(digest[:], full[:])
	if err != nil {
		return lilypad.Address{}, &lilypad.Error{Code: lilypad.Unauthorized, Msg: "signature has no signer", Err: err}
	}
	return lilypad.Address(crypto.PubkeyToAddress(*pub)), nil
}

// RecoverText returns who signed an EIP-191 personal message; see [Recover].
func RecoverText(text []byte, sig lilypad.Signature) (lilypad.Address, error) {
	return Recover(textDigest(text), sig)
}

func textDigest(text []byte) lilypad.Hash { return lilypad.Hash(accounts.TextHash(text)) }

// compact drops the recovery byte of r‖s‖v into the top bit of s (EIP-2098).
func compact(full []byte) (sig lilypad.Signature) {
	copy(sig[:], full)
	sig[32] |= full[64] << 7
	return sig
}

func expand(sig lilypad.Signature) (full [65]byte) {
	copy(full[:], sig[:])
	full[64] = sig[32] >> 7
	full[32] &= 0x7f
	return full
}
