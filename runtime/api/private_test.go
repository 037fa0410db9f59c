package api_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/sealing"
)

// Who passes keys on must not be able to put its own in their place.
func TestRecipient_Check(t *testing.T) {
	domain := lilypad.Domain{ChainID: 1, Contract: lilypad.Address{2}}
	good, err := api.SignRecipient(t.Context(), alice, domain, lilypad.Hash{3})
	if err != nil {
		t.Fatal(err)
	}
	forged, err := api.SignRecipient(t.Context(), mallory, domain, lilypad.Hash{3})
	if err != nil {
		t.Fatal(err)
	}
	swapped := good
	swapped.Key[0]++
	for name, c := range map[string]struct {
		r    api.Recipient
		d    lilypad.Domain
		want bool
	}{
		"its own":         {good, domain, true},
		"another's":       {forged, domain, false},
		"another key":     {swapped, domain, false},
		"another network": {good, lilypad.Domain{ChainID: 2, Contract: lilypad.Address{2}}, false},
		"unsigned":        {api.Recipient{Key: lilypad.Hash{3}}, domain, false},
	} {
		if err := c.r.Check(c.d, alice.Address()); (err == nil) != c.want || err != nil && lilypad.CodeOf(err) != lilypad.Unauthorized {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestJob_Keys(t *testing.T) {
	mine, inputs := sealing.NewKey(lilypad.Hash{9: 1}), sealing.NewKey(lilypad.Hash{9: 2})
	good, err := sealing.Grant(mine.Recipient(), inputs)
	if err != nil {
		t.Fatal(err)
	}
	j := api.Job{Grants: []api.Grant{{To: alice.Address(), Sealed: []byte("noise")}, {To: mallory.Address(), Sealed: good}, {From: mallory.Address(), To: alice.Address(), Sealed: good}}}
	if keys := j.Keys(alice.Address(), mine); len(keys) != 1 || keys[0].Recipient() != inputs.Recipient() {
		t.Errorf("%d keys", len(keys))
	}
	if !j.Granted(mallory.Address(), alice.Address()) || j.Granted(alice.Address(), mallory.Address()) {
		t.Error("grants are told wrongly")
	}
}
