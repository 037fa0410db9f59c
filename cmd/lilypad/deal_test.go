package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/survey"
)

// A person reads who may act until when, and what each end pays.
func TestDealShow_tellsWhatMayHappen(t *testing.T) {
	o := lilypad.JobOffer{
		Creator: lilypad.Address{1}, Judge: lilypad.Address{1}, Solver: lilypad.Address{2}, MaxPrice: 2 * lilypad.LILY, SolverFee: lilypad.LILY / 20,
		CreatorStake: 2 * lilypad.LILY, ProviderStake: 5 * lilypad.LILY, LatePenalty: lilypad.LILY / 2, MediationFee: lilypad.LILY * 6 / 5,
	}
	terms := settlement.Terms{}
	terms.Offer.Body, terms.Deal.Body = o, lilypad.Deal{Job: o.ID(), Provider: lilypad.Address{3}, Price: lilypad.LILY}
	found := survey.Found{
		Job: o.ID(), Status: settlement.Status{State: lilypad.StateSubmitted, Deadline: 4600}, Head: settlement.Block{Number: 9, Time: 1000},
		Creator: o.Creator, Provider: lilypad.Address{3}, Terms: &terms, Events: []settlement.Event{{Kind: settlement.Submitted}},
	}
	for name, c := range map[string]struct {
		edit  func(*survey.Found)
		wants []string
		never string
	}{
		"judging": {func(*survey.Found) {}, []string{
			"judging (submitted on chain)", "in 1h0m0s", "8 LILY",
			"judge   challenge the result, blind", "for 1h0m0s", "in 1h0m1s",
			"fraud                     0         3.05     1.2        3.75",
		}, "unserved"},
		"past the deadline": {func(f *survey.Found) { f.Head.Time = 5000 }, []string{"6m40s ago", "too late", "unjudged"}, "unserved"},
		"opened by another contract": {func(f *survey.Found) { f.Terms = nil }, []string{
			"the chain does not tell them", "judging (submitted on chain)",
		}, "IF IT ENDS AS"},
	} {
		t.Run(name, func(t *testing.T) {
			f := found
			c.edit(&f)
			var out bytes.Buffer
			a := &app{Printer: &cli.Printer{Out: &out, Err: &out}}
			view := dealView{Job: f.Job}
			if err := view.fill(f, node.Network{}); err != nil {
				t.Fatal(err)
			}
			a.showDeal(view)
			for _, want := range c.wants {
				if !strings.Contains(out.String(), want) {
					t.Errorf("no %q in\n%s", want, out.String())
				}
			}
			if strings.Contains(out.String(), c.never) {
				t.Errorf("it says %q:\n%s", c.never, out.String())
			}
		})
	}
}

// Away from a local network a creator shows its offers to a person, or has been
// told not to.
func TestCreator_needsAPersonToShowOffersTo(t *testing.T) {
	n := node.LocalNetwork(3)
	n.Name, n.RPC, n.Settlement, n.Token, n.SolverURL = "pond", "http://127.0.0.1:1", lilypad.Address{1}, lilypad.Address{2}, "http://127.0.0.1:2"
	text, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "network.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LILYPAD_PRIVATE_KEY", strings.Repeat("3", 64))
	_, stderr, err := lily(t, t.TempDir(), "creator", "--network", file)
	if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(lilypad.RemedyOf(err), "--yes, after lilypad wallet limits 0x") {
		t.Errorf("without a terminal: %v, try %q", err, lilypad.RemedyOf(err))
	}
	if !strings.Contains(stderr, "warning: using the key in LILYPAD_PRIVATE_KEY") {
		t.Errorf("no warning in %q", stderr)
	}
	if _, _, err := lily(t, t.TempDir(), "creator", "--network", file, "--yes"); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("with --yes it gets as far as the chain: %v", err)
	}
}
