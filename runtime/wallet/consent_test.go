package wallet_test

import (
	"context"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// states are what a ledger says of every job.
type state lilypad.State

func (s state) Status(context.Context, lilypad.JobID) (settlement.Status, error) {
	return settlement.Status{State: lilypad.State(s)}, nil
}

func TestVerifyOffer(t *testing.T) {
	key := newKey(t)
	o := plainOffer(key.Address())
	good, err := wallet.Sign(t.Context(), key, domain, o)
	if err != nil {
		t.Fatal(err)
	}
	bad := good
	bad.Signature[3] ^= 1
	bare := lilypad.Signed[lilypad.JobOffer]{Body: o}
	for name, c := range map[string]struct {
		offer lilypad.Signed[lilypad.JobOffer]
		state lilypad.State
		want  lilypad.Code // empty: accepted
	}{
		"signed":            {good, lilypad.StateNone, ""},
		"badly signed":      {bad, lilypad.StateApproved, lilypad.Unauthorized},
		"approved":          {bare, lilypad.StateApproved, ""},
		"approved and open": {bare, lilypad.StateOpen, ""},
		"not approved yet":  {bare, lilypad.StateNone, lilypad.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			err := wallet.VerifyOffer(t.Context(), state(c.state), domain, c.offer)
			if (c.want == "") != (err == nil) || err != nil && lilypad.CodeOf(err) != c.want {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
