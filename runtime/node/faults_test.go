package node_test

import (
	"slices"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

// Each way to misbehave ends as the terms say, and never at the creator's cost
// beyond them.
func TestNode_catchesEachFault(t *testing.T) {
	if testing.Short() {
		t.Skip("needs half a minute: patience is wall time")
	}
	cfg, err := node.Local(t.TempDir(), node.LocalOptions{Providers: 2, Mediators: 3, Faulty: provider.Faults, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Patience = 2 * time.Second
	n := nodes.Start(t, cfg)
	creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	const fee = lilypad.LILY / 20
	price := lilypad.LILY * 9 / 10
	for _, tc := range []struct {
		fault provider.Fault
		audit uint16
		state string
		cost  lilypad.Amount
	}{
		{provider.WrongAnswer, 10_000, "fraud", 0},
		{provider.Late, 0, "late", price + fee + lilypad.LILY*2/5}, // half of what two or three mediators get, at least
		{provider.Silent, 0, "expired", 0},
		{provider.Vanish, 0, "fraud", 0},
		{provider.Withhold, 0, "fraud", 0},
	} {
		t.Run(string(tc.fault), func(t *testing.T) {
			o := api.Order{
				Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "moo"}, Timeout: 2, AuditBPS: tc.audit,
				Target: cfg.Providers[2+slices.Index(provider.Faults, tc.fault)].Key.Address(),
			}
			if tc.audit > 0 {
				o.Scheme = "audit"
			}
			report, err := creator.Order(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			for _, err := range creator.Watch(t.Context(), report.Job) {
				if err != nil {
					break // the stream ends with the job
				}
			}
			if report, err = creator.Report(t.Context(), report.Job); err != nil {
				t.Fatal(err)
			}
			if report.State != tc.state || !report.Done || report.Deals[0].Faulty != string(tc.fault) {
				t.Errorf("ended %s, done %v, marked %q; want %s", report.State, report.Done, report.Deals[0].Faulty, tc.state)
			}
			if report.Cost.Total < tc.cost || tc.cost == 0 && report.Cost.Total > 0 {
				t.Errorf("it cost %s LILY, want %s", report.Cost.Total, tc.cost)
			}
		})
	}
}
