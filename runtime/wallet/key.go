package wallet

import (
	"context"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/lilypad-network/lilypad"
)

// Key is a secp256k1 key in memory. It is immutable and prints as its
// address, whatever the verb.
type Key struct {
	private *ecdsa.PrivateKey
	address lilypad.Address
	secret  [32]byte // what Seed derives from
}

var _ Signer = (*Key)(nil)

// NewKey draws a key from the system's randomness.
func NewKey() (*Key, error) {
	private, err := crypto.GenerateKey()
	if err != nil {
		return nil, fmt.Errorf("draw a key: %w", err)
	}
	return newKey(private), nil
}

// ParseKey reads 64 hexadecimal digits, with or without 0x.
//
// # Errors
//
// Invalid; it never repeats the text.
func ParseKey(text string) (*Key, error) {
	private, err := crypto.HexToECDSA(strings.TrimPrefix(strings.TrimSpace(text), "0x"))
	if err != nil {
		return nil, lilypad.Errorf(lilypad.Invalid, "private key is not 64 hexadecimal digits of a secp256k1 key")
	}
	return newKey(private), nil
}

func newKey(private *ecdsa.PrivateKey) *Key {
	k := &Key{private: private, address: lilypad.Address(crypto.PubkeyToAddress(private.PublicKey))}
	k.secret = [32]byte(mac(crypto.FromECDSA(private), []byte("lilypad seed secret 1")))
	return k
}

// Address is the key's account.
func (k *Key) Address() lilypad.Address { return k.address }

// Sign implements [Signer]; it does not wait.
func (k *Key) Sign(_ context.Context, domain lilypad.Domain, statement lilypad.Signable) (lilypad.Signature, error) {
	return k.sign(domain.Digest(statement))
}

// SignText implements [Signer]; it does not wait.
func (k *Key) SignText(_ context.Context, text []byte) (lilypad.Signature, error) {
	return k.sign(textDigest(text))
}

func (k *Key) sign(digest lilypad.Hash) (lilypad.Signature, error) {
	full, err := crypto.Sign(digest[:], k.private) // deterministic (RFC 6979), low s
	if err != nil {
		return lilypad.Signature{}, fmt.Errorf("sign as %s: %w", k.address, err)
	}
	return compact(full), nil
}

// SignTx signs a transaction for one chain.
func (k *Key) SignTx(_ context.Context, tx *types.Transaction, chainID uint64) (*types.Transaction, error) {
	signed, err := types.SignTx(tx, types.LatestSignerForChainID(new(big.Int).SetUint64(chainID)), k.private)
	if err != nil {
		return nil, fmt.Errorf("sign a transaction as %s: %w", k.address, err)
	}
	return signed, nil
}

// Seed is the secret that belongs to salt, such as a job id: HMAC-SHA256 by a
// secret derived from the key. The same key gives it again after a crash;
// without the key nobody can guess it.
func (k *Key) Seed(salt []byte) lilypad.Hash { return lilypad.Hash(mac(k.secret[:], salt)) }

// Reveal returns the private key in hexadecimal, which [ParseKey] reads. Who
// sees it owns the account.
func (k *Key) Reveal() string { return hexutil.Encode(crypto.FromECDSA(k.private)) }

// Format keeps the key out of every format verb.
func (k *Key) Format(s fmt.State, _ rune) { fmt.Fprint(s, k.address) }

// LogValue keeps the key out of logs.
func (k *Key) LogValue() slog.Value { return slog.StringValue(k.address.String()) }

func mac(key, text []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(text)
	return h.Sum(nil)
}
