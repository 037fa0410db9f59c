package provider_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// cutOff blames the job for what its caller broke off, as who reads half of an
// archive does.
type cutOff struct{ execution.Executor }

func (cutOff) Start(ctx context.Context, _ execution.Job) (execution.Handle, error) {
	<-ctx.Done()
	return "", lilypad.Errorf(lilypad.Invalid, "unexpected end")
}

// A provider that is stopped gives no job up for what it broke off itself: the
// stake would be lost.
func TestProvider_stoppedGivesNothingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sound *fleet.Fleet
		b := newBench(t, func(c *provider.Config) {
			sound = c.Fleet
			c.Fleet = fleetOf(t, cutOff{noop.New(noop.Config{})}, c.Offer.Capacity)
		})
		j := b.job()
		b.propose(j)
		b.open(j)
		b.stop()
		b.config.Fleet = sound
		b.start()
		if b.delivered(j) == 0 {
			t.Error("the job was not run after the restart")
		}
	})
}

// tracked keeps the handles of what it started.
type tracked struct {
	execution.Executor
	started  []execution.Handle
	onStart  func() // after each
	recovers func(context.Context) error
}

func (x *tracked) Start(ctx context.Context, job execution.Job) (execution.Handle, error) {
	if len(x.started) == 0 {
		job.Spec.Args = []string{"wait"}
	}
	h, err := x.Executor.Start(ctx, job)
	x.started = append(x.started, h)
	x.onStart()
	return h, err
}

func (x *tracked) Recover(ctx context.Context, h execution.Handle) error {
	if err := x.recovers(ctx); err != nil {
		return err
	}
	return x.Executor.Recover(ctx, h)
}

// forgetful is a journal that fails once when told to.
type forgetful struct {
	journal.Journal
	fail atomic.Bool
}

func (j *forgetful) Update(ctx context.Context, fn func(journal.Writer) error) error {
	if j.fail.CompareAndSwap(true, false) {
		return lilypad.Errorf(lilypad.Unavailable, "disk is gone")
	}
	return j.Journal.Update(ctx, fn)
}

// A job whose handle could not be stored would run where nobody finds it: it is
// stopped, and runs again when the journal is back.
func TestProvider_stopsWhatItCannotRemember(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := &forgetful{}
		b := newBench(t, func(c *provider.Config) {
			j.Journal, c.Journal = c.Journal, j
			x := &tracked{Executor: c.Fleet.Executor("", lilypad.EngineNoop), recovers: func(context.Context) error { return nil }}
			x.onStart = func() { j.fail.Store(len(x.started) == 1) }
			c.Fleet = fleetOf(t, x, c.Offer.Capacity)
		})
		job := b.job()
		b.propose(job)
		b.open(job)
		time.Sleep(time.Minute)
		synctest.Wait()
		if b.delivered(job) == 0 {
			t.Error("the job was not run again")
		}
	})
}

// A job that ends while its provider takes it back after a restart runs no more,
// and its folder is removed after that.
func TestProvider_stopsWhatEndedDuringRecovery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := &tracked{onStart: func() {}, recovers: func(context.Context) error { return nil }}
		b := newBench(t, func(c *provider.Config) {
			x.Executor = c.Fleet.Executor("", lilypad.EngineNoop)
			c.Fleet = fleetOf(t, x, c.Offer.Capacity)
		})
		job := b.job()
		b.propose(job)
		terms := b.open(job)
		b.stop()
		x.recovers = func(ctx context.Context) error {
			x.recovers = func(context.Context) error { return nil }
			<-ctx.Done()
			return ctx.Err()
		}
		b.config.Fleet = fleetOf(t, x, b.config.Offer.Capacity)
		b.start()
		b.bank.Advance(b.status(job).Deadline + 1)
		if _, err := b.bank.Ledger(creatorKey.Address()).Expire(t.Context(), terms, settlement.Facts{}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if len(x.started) != 1 || b.status(job).State != lilypad.StateFinal {
			t.Fatalf("%d runs, deal is %s", len(x.started), b.status(job).State)
		}
		if err := x.Executor.Recover(t.Context(), x.started[0]); lilypad.CodeOf(err) != lilypad.NotFound {
			t.Errorf("of the ended job there is still something: %v", err)
		}
	})
}
