package e2e_test

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// A provider claims a result on chain, reveals its seed when it is challenged,
// so that mediators are drawn, and shows the bytes to nobody: each mediator
// finds out by itself that they are not to be had, and the stake is lost.
func TestWithheld(t *testing.T) {
	m := startMarket(t)
	m.role(t, "withholder", "provider", "--key", "provider-18", "--faulty", "withhold")
	const fee, stake, verdicts = 50_000, 5_000_000, 1_200_000
	n, err := node.ReadNetwork(m.network)
	if err != nil {
		t.Fatal(err)
	}
	before := m.holdings(t)
	r := m.order(t, "cowsay:v0.0.4", "-i", "Message=moo", "--target", node.LocalKey("provider-18").Address().String())
	r.await(t, ": in mediation")
	m.awaitDraw(t)
	drawn := m.openCase(t)
	report, code := r.end(t)
	gains := m.holdings(t).change(before)
	paid := int64(verdicts)
	if gains["mediators"] == 2*verdicts/3 { // two of three agreed before the third was heard
		paid = 2 * verdicts / 3
	}
	want := outcome{"fraud", 69, map[string]int64{"mediators": paid, "sink": stake - paid - fee, "solver": fee}}
	if diff := cmp.Diff(want, outcome{report.State, code, gains}); diff != "" {
		t.Errorf("the job ended differently (-want +got):\n%s", diff)
	}
	if report.Cost.Total != 0 || !report.Result.IsZero() {
		t.Errorf("it cost the creator %s LILY, with result %s", report.Cost.Total, report.Result)
	}
	steps := map[string]int{}
	for _, tx := range report.Txs {
		steps[tx.Step]++
	}
	if diff := cmp.Diff(map[string]int{"open": 1, "submitted": 1, "challenged": 1, "revealed": 1, "resolve": 1}, steps); diff != "" {
		t.Errorf("another way to the end (-want +got):\n%s", diff)
	}
	held, err := node.Balance(t.Context(), n, node.LocalKey("provider-18").Address(), nil)
	if err != nil || held.Wallet+held.Free != 10_000*lilypad.LILY-stake {
		t.Errorf("the provider holds %s LILY, %v; want its stake gone", held.Wallet+held.Free, err)
	}
	outcomes := map[lilypad.Address]lilypad.Outcome{}
	for _, o := range m.cases(t)[0].Opinions {
		outcomes[o.Mediator] = o.Verdict.Body.Outcome
	}
	for by, o := range maps.All(outcomes) {
		if o != lilypad.OutcomeFraud {
			t.Errorf("mediator %s says %s", by, o)
		}
	}
	if len(outcomes) < 2 || len(drawn.Drawn) != 3 {
		t.Errorf("%d verdicts of %d drawn", len(outcomes), len(drawn.Drawn))
	}
}
