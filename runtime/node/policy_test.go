package node_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
)

func TestCreatorPolicies_refusesSchemesOfSimulations(t *testing.T) {
	d := newDesk(t)
	if err := d.Orders(t.Context(), "poco"); err != nil {
		t.Error(err)
	}
	if err := d.Orders(t.Context(), "jackpot"); lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "" {
		t.Errorf("jackpot: %v", err)
	}
}
