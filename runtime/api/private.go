package api

import (
	"context"
	"fmt"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Recipient is a party's word about the key that others seal to for it.
type Recipient struct {
	Key       lilypad.Hash      `json:"key"` // X25519
	Signature lilypad.Signature `json:"signature"`
}

// recipientText is what is signed, as an EIP-191 personal message.
func recipientText(d lilypad.Domain, of lilypad.Address, key lilypad.Hash) []byte {
	return fmt.Appendf(nil, "lilypad recipient\n%d %s\n%s\n%s", d.ChainID, d.Contract, of, key)
}

// SignRecipient says whose key it is.
func SignRecipient(ctx context.Context, s wallet.Signer, d lilypad.Domain, key lilypad.Hash) (Recipient, error) {
	sig, err := s.SignText(ctx, recipientText(d, s.Address(), key))
	return Recipient{key, sig}, err
}

// Check refuses a key that its party did not sign.
//
// # Errors
//
// Unauthorized.
func (r Recipient) Check(d lilypad.Domain, of lilypad.Address) error {
	got, err := wallet.RecoverText(recipientText(d, of, r.Key), r.Signature)
	if err == nil && got != of {
		err = lilypad.Errorf(lilypad.Unauthorized, "the key of %s is signed by %s", of, got)
	}
	return err
}

// Trees are those that a posting names.
func (p Posting) Trees() []lilypad.ContentID {
	if p.Private() {
		return []lilypad.ContentID{p.Work.Inputs, p.Sealed}
	}
	return []lilypad.ContentID{p.Work.Inputs}
}

// Trees are those that a delivery names.
func (d Delivery) Trees() []lilypad.ContentID {
	trees := []lilypad.ContentID{d.Outputs.Plain, d.Outputs.Blob}
	if !d.Sealed.IsZero() {
		trees = append(trees, d.Sealed)
	}
	return trees
}

// Grant hands keys of a private job to one of its parties; see
// [sealing.Grant].
type Grant struct {
	From   lilypad.Address `json:"from,omitzero"` // set by the solver
	To     lilypad.Address `json:"to"`
	Sealed []byte          `json:"sealed" maxLength:"1368"` // base64 of at most 1024 bytes
}

// Granted tells whether a party has granted keys to another.
func (j Job) Granted(from, to lilypad.Address) bool {
	return slices.ContainsFunc(j.Grants, func(g Grant) bool { return g.From == from && g.To == to })
}

// Keys are what was granted to a party and its key opens.
func (j Job) Keys(to lilypad.Address, with sealing.Key) (keys []sealing.Key) {
	for _, g := range j.Grants {
		if g.To != to {
			continue
		}
		if ks, err := sealing.Granted(g.Sealed, with); err == nil { // else another's may open
			keys = append(keys, ks...)
		}
	}
	return keys
}

// recipients is where keys are looked up.
type recipients interface {
	Recipient(ctx context.Context, of lilypad.Address) (Recipient, error)
	Grant(ctx context.Context, id lilypad.JobID, g Grant) error
}

// GrantTo grants keys of a job to a party, under the key that it has signed.
//
// # Errors
//
// NotFound for a party that has told no key, Unauthorized for a key that it did
// not sign.
func GrantTo(ctx context.Context, m recipients, d lilypad.Domain, id lilypad.JobID, to lilypad.Address, keys ...sealing.Key) error {
	r, err := m.Recipient(ctx, to)
	if err != nil {
		return err
	}
	if err := r.Check(d, to); err != nil {
		return err
	}
	sealed, err := sealing.Grant(r.Key, keys...)
	if err != nil {
		return err
	}
	return m.Grant(ctx, id, Grant{To: to, Sealed: sealed})
}
