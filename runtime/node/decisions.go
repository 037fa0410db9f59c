package node

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/trace/noop"

	"github.com/lilypad-network/lilypad/runtime/decisions"
)

// DecisionsDir is where a process logs what plugins decided, in its data
// folder.
const DecisionsDir = "decisions"

// DecisionsConfig bounds the log of decisions. Zero values are the defaults of
// package decisions.
type DecisionsConfig struct {
	MaxBytes int64
	MaxAge   time.Duration
	Rankings int // bytes of questions a second that are kept of rankings
}

// openDecisions opens the log. It outlives the plugins, whose closing waits for
// their calls: those of shadows end with the services.
func (n *Node) openDecisions(context.Context) (err error) {
	n.decisions, err = decisions.Open(decisions.Config{
		Dir: n.dir(DecisionsDir), MaxBytes: n.Decisions.MaxBytes, MaxAge: n.Decisions.MaxAge, MatchRate: n.Decisions.Rankings, Log: n.Logger,
	})
	if err == nil {
		context.AfterFunc(n.ctx, n.decisions.StopShadows)
		n.onClose(n.decisions.Close)
	}
	return err
}

// wanted tells whether a batch is recorded: spans tell of all of them.
func (n *Node) wanted(ctx context.Context) bool {
	_, silent := n.tracer.(noop.Tracer)
	return !silent || n.decisions.Wanted(ctx)
}
