package mediator_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
)

// absent is an executor that loses sight of its first job, which runs on.
type absent struct {
	*noop.Executor
	first execution.Handle
	lost  bool
	both  bool // two ran at once
}

func (x *absent) Start(ctx context.Context, job execution.Job) (execution.Handle, error) {
	if x.first != "" {
		x.both = x.both || x.Recover(ctx, x.first) == nil
		return x.Executor.Start(ctx, job)
	}
	job.Spec.Args = []string{"wait"}
	var err error
	x.first, err = x.Executor.Start(ctx, job)
	return x.first, err
}

func (x *absent) Wait(ctx context.Context, h execution.Handle) (execution.Outcome, error) {
	if !x.lost {
		x.lost = true
		return execution.Outcome{}, lilypad.Errorf(lilypad.Unavailable, "the engine does not answer")
	}
	return x.Executor.Wait(ctx, h)
}

// What a mediator cannot wait for is stopped before its folder and devices are
// another run's.
func TestMediator_stopsWhatItCannotWaitFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, true)
		b.stop()
		x := &absent{Executor: noop.New(noop.Config{})}
		defer x.Close()
		var err error
		if b.config.Fleet, err = fleet.New([]fleet.Machine{{
			Offer:     lilypad.Machine{Slots: 1, Engines: []lilypad.Engine{lilypad.EngineNoop}},
			Executors: map[lilypad.Engine]execution.Executor{lilypad.EngineNoop: x},
		}}, ""); err != nil {
			t.Fatal(err)
		}
		b.start()
		b.tell(nil)
		b.dispute()
		time.Sleep(20 * time.Second)
		if got := b.opinions(); len(got) != 1 || !x.lost {
			t.Errorf("%d opinions after a run that was lost: %v", len(got), x.lost)
		}
		if x.both {
			t.Error("the lost run went on beside the next one")
		}
	})
}
