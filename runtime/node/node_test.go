package node_test

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func TestNode_localNetworkPaysForACow(t *testing.T) {
	t.Chdir(t.TempDir())
	cfg, err := node.Local("relative", node.LocalOptions{Providers: 2, Mediators: 3, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Metrics = "127.0.0.1:0"
	n := nodes.Start(t, cfg)
	creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	report, err := creator.Order(t.Context(), api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "hello lilypad"}})
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range creator.Watch(t.Context(), report.Job) {
		if err != nil {
			break
		}
		if e.Kind == api.EventChanged {
			if err := json.Unmarshal(e.Data, &report); err != nil {
				t.Fatal(err)
			}
		}
	}
	if report.State != "paid" || !report.Done {
		text, _ := json.MarshalIndent(report, "", " ")
		t.Fatalf("job ended %s", text)
	}
	fundsAStranger(t, n.Network)
	showsMetrics(t, n.MetricsURL)
	logsDecisions(t, n.Dir)
}

// fundsAStranger checks that an account that nobody knew can act after Fund.
func fundsAStranger(t *testing.T, n node.Network) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	stranger, err := wallet.ParseKey(strings.Repeat("2", 64))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := node.Fund(t.Context(), n, stranger.Address(), 3*lilypad.LILY, log); err != nil {
		t.Fatal(err)
	}
	l, stop, err := node.OpenLedger(t.Context(), n, stranger, "", log)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if _, err := l.Deposit(t.Context(), lilypad.LILY); err != nil {
		t.Fatal(err)
	}
	held, err := node.Balance(t.Context(), n, stranger.Address(), log)
	if err != nil || held.Wallet != 2*lilypad.LILY || held.Free != lilypad.LILY || held.Gas == "0" {
		t.Errorf("it has %+v, %v", held, err)
	}
}
