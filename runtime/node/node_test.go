package node_test

import (
	"encoding/json"
	"log/slog"
	"os"
	"testing"

	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func TestNode_localNetworkPaysForACow(t *testing.T) {
	cfg, err := node.Local(t.TempDir(), node.LocalOptions{Providers: 2, Mediators: 3, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Logger = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	n, err := node.Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	}()
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
}
