package provider_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

// remembering knows in this life which modules it has verified.
type remembering struct {
	fakeModules
	verified *int
}

func (m remembering) Verify(context.Context, lilypad.Module, []byte) error {
	*m.verified++
	return nil
}

// relying runs only what its modules have verified, as an executor does that
// asks them for the bytes.
type relying struct {
	execution.Executor
	verified *int
}

func (x relying) Start(ctx context.Context, job execution.Job) (execution.Handle, error) {
	if *x.verified == 0 {
		return "", lilypad.Errorf(lilypad.NotFound, "no such module")
	}
	return x.Executor.Start(ctx, job)
}

// A job that was taken before a restart is the first that the new process
// hears of its module.
func TestProvider_runsWhatItTookBeforeARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		verified := 0
		b := newBench(t, func(c *provider.Config) {
			c.Modules = remembering{c.Modules.(fakeModules), &verified}
			c.Fleet = fleetOf(t, relying{noop.New(noop.Config{}), &verified}, c.Offer.Capacity)
		})
		j := b.job()
		b.propose(j)
		b.stop()
		verified = 0
		b.open(j)
		b.start()
		if b.delivered(j) == 0 {
			t.Error("the job was not run")
		}
	})
}
