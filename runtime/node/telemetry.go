package node

import (
	"context"
	"net/http"
	"time"

	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/survey"
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
	mux.Handle("GET /metrics", telemetry.Handler(n.lineup, telemetry.Decisions(n.logged), telemetry.Settlement(n.settlementStats)))
	url, err := n.listen("metrics", "--metrics", n.Metrics, mux)
	n.MetricsURL = url + "/metrics"
	return err
}

// surveyed is how many of the last blocks the metrics of settlement cover.
const surveyed = 50_000

// surveyAgain is how long the survey rests after the chain did not answer.
const surveyAgain = 15 * time.Second

// surveySettlement counts what settling costs and holds, where metrics are
// served. Nothing depends on it: when it cannot be read it is read again.
func (n *Node) surveySettlement(ctx context.Context) error {
	if n.Metrics == "" {
		return nil
	}
	ledger, err := evm.New(ctx, evm.Config{Client: n.client, Follower: n.follower, Contract: n.Network.Settlement})
	if err != nil {
		return err
	}
	t := survey.NewTracker(ledger, surveyed)
	n.survey.Store(t)
	n.serve("survey of settlement", func(ctx context.Context) error {
		for ctx.Err() == nil {
			if err := t.Run(ctx); err != nil && ctx.Err() == nil {
				n.Logger.Warn("settlement is not surveyed", "in", surveyAgain, "error", err)
			}
			select {
			case <-ctx.Done():
			case <-time.After(surveyAgain):
			}
		}
		return nil
	})
	return nil
}

func (n *Node) settlementStats() (survey.Stats, bool) {
	t := n.survey.Load()
	if t == nil {
		return survey.Stats{}, false
	}
	return t.Stats(), true
}

// logged is what a node tells of its log of decisions, and of shadows.
func (n *Node) logged() telemetry.Log {
	s := n.decisions.Stats()
	log := telemetry.Log{Kept: s.Kept, Dropped: map[string]uint64{"rankings": s.Dropped, "shadows": s.Shadows, "unwritten": s.Lost}}
	for _, s := range n.decisions.Shadows() {
		calls := map[string]uint64{"answered": s.Answered, "unanswered": s.Unanswered, "dropped": s.Dropped}
		log.Shadows = append(log.Shadows, telemetry.Shadow{Plugin: s.Plugin, Digest: s.ID.String(), Hook: s.Hook, Calls: calls, Fuel: s.Fuel, Time: s.Time})
	}
	return log
}
