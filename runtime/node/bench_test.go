package node_test

import (
	"log/slog"
	"testing"

	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// BenchmarkNode_cow measures a job from order to settled payment, one after
// the other, on the local network.
func BenchmarkNode_cow(b *testing.B) {
	cfg, err := node.Local(b.TempDir(), node.LocalOptions{Providers: 5, Mediators: 3, Docker: node.DockerOff})
	if err != nil {
		b.Fatal(err)
	}
	cfg.Logger = slog.New(slog.DiscardHandler)
	n, err := node.Start(b.Context(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	defer n.Close()
	creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	run := func() {
		report, err := creator.Order(b.Context(), api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "moo"}})
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range creator.Watch(b.Context(), report.Job) {
			if err != nil {
				break // the stream ends with the job
			}
		}
		if report, err = creator.Report(b.Context(), report.Job); err != nil || report.State != "paid" {
			b.Fatalf("job ended %s, %v", report.State, err)
		}
	}
	run()
	for b.Loop() {
		run()
	}
}
