package node

import (
	"context"
	"net/http"
	"time"

	"github.com/lilypad-network/lilypad/runtime/telemetry"
)

// lastSpans is how long a stopping node tries to send what is left.
const lastSpans = 2 * time.Second

// openTracer makes the tracer that plugins' batches are told to.
func (n *Node) openTracer(ctx context.Context) error {
	tracer, stop, err := telemetry.NewTracer(ctx)
	if err != nil {
		return err
	}
	n.tracer = tracer
	n.onClose(func() error {
		ctx, cancel := context.WithTimeout(context.Background(), lastSpans)
		defer cancel()
		if err := stop(ctx); err != nil {
			n.Logger.Warn("spans were lost", "err", err)
		}
		return nil
	})
	return nil
}

// serveMetrics serves GET /metrics where the configuration says.
func (n *Node) serveMetrics(context.Context) error {
	if n.Metrics == "" {
		return nil
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", telemetry.Handler(n.lineup))
	url, err := n.listen("metrics", "--metrics", n.Metrics, mux)
	n.MetricsURL = url + "/metrics"
	return err
}
