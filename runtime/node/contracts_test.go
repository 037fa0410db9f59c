package node_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

// The life of a public network's contracts: deployed once, recorded, found by
// who joins, verified, and not replaced by accident.
func TestDeploy(t *testing.T) {
	net := chaintest.Start(t, 1)
	records, log := t.TempDir(), slog.New(slog.DiscardHandler)
	n := node.Network{
		Name: "public", ChainID: net.Client.ChainID(), RPC: net.Chain.URL(), Finality: chain.FinalAtOnce,
		Windows: api.Windows{Submit: 100, Judge: 300, Reveal: 200, Mediate: 400},
	}
	who := net.Keys[0].Address()
	plan := evm.Plan{Sink: lilypad.Address{1}, Steward: lilypad.Address{2}, Holder: who, Supply: lilypad.LILY}
	var made int
	deploy := func(plan evm.Plan, replace bool) (evm.Deployment, error) {
		t.Helper()
		d, err := node.PlanDeployment(n, plan)
		if err != nil {
			return d, err
		}
		made = 0
		return d, node.Deploy(t.Context(), n, d, node.DeployOptions{
			Key: net.Keys[0], Records: records, Replace: replace, Log: log, Wait: func(uint64) {},
			Progress: func(evm.Contract) { made++ },
		})
	}
	if _, err := node.Verify(t.Context(), n, records, log); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("nothing was deployed, and verify says %v", err)
	}
	first, err := deploy(plan, false)
	if err != nil {
		t.Fatal(err)
	}
	if made != len(first.Contracts) || first.Plan.Bounds.WindowMin != 200 {
		t.Errorf("told of %d contracts, windows of at least %d s", made, first.Plan.Bounds.WindowMin)
	}
	file := filepath.Join(records, "1337.json")
	record, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}

	sent := net.Nonce(t, who)
	if _, err := deploy(plan, false); err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(file); err != nil || !bytes.Equal(again, record) || net.Nonce(t, who) != sent {
		t.Errorf("a second run sent %d transactions, %v, and recorded\n%s", net.Nonce(t, who)-sent, err, again)
	}

	at := first.Addresses()
	n.Settlement, n.Token = at.Settlement, at.Token
	if _, err := node.Verify(t.Context(), n, records, log); err != nil {
		t.Error(err)
	}
	wrong := n
	wrong.Settlement = at.Token
	if _, err := node.Verify(t.Context(), wrong, records, log); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("a network that names another contract: %v", err)
	}

	plan.Sink = lilypad.Address{3}
	if _, err := deploy(plan, false); lilypad.CodeOf(err) != lilypad.Conflict || !strings.Contains(lilypad.RemedyOf(err), "--replace") {
		t.Errorf("another plan: %v, remedy %q", err, lilypad.RemedyOf(err))
	}
	second, err := deploy(plan, true)
	if err != nil || second.Addresses().Settlement == at.Settlement {
		t.Errorf("asked to replace: %v", err)
	}
	if err := os.WriteFile(file, bytes.Replace(record, []byte(`"code_hash": "0x`), []byte(`"code_hash": "0x00`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := node.Verify(t.Context(), n, records, log); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("a damaged record: %v", err)
	}
}

func TestPlanDeployment_needsToBeToldWho(t *testing.T) {
	n, _ := node.Preset(node.ArbitrumSepoliaName)
	if _, err := node.PlanDeployment(n, evm.Plan{Sink: lilypad.Address{1}}); lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "" {
		t.Errorf("error %v", err)
	}
	d, err := node.PlanDeployment(n, evm.Plan{Sink: lilypad.Address{1}, Steward: lilypad.Address{2}, Holder: lilypad.Address{3}, Supply: 1})
	if err != nil || d.Plan.Bounds.WindowMin != 26*3600 {
		t.Errorf("windows of at least %d s, %v", d.Plan.Bounds.WindowMin, err)
	}
}
