package provider_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

func running(args ...string) func(*provider.Config) {
	return func(c *provider.Config) {
		c.Modules = fakeModules{lilypad.Spec{Engine: lilypad.EngineNoop, Args: args}}
	}
}

// A job that leaves nothing behind has a result like any other.
func TestProvider_deliversAJobWithoutOutput(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		code int
	}{"succeeds": {nil, 0}, "fails": {[]string{"exit:3"}, 3}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, running(tc.args...))
				j := b.job()
				b.propose(j)
				b.open(j)
				if b.delivered(j) == 0 {
					t.Fatal("nothing was delivered")
				}
				trees := b.Needed(0) // inputs, plain, blob
				code, err := bundle.ReadExitCode(t.Context(), b.market.Store, trees[2])
				if err != nil || code != tc.code {
					t.Errorf("exit code %d, %v; want %d", code, err, tc.code)
				}
				plain, err := storage.ReadTree(t.Context(), b.market.Store, trees[1])
				if err != nil || len(plain.Files) != 2 {
					t.Errorf("%d files are compared, %v; want stdout and exit code", len(plain.Files), err)
				}
				b.runLate(j)
				if s := b.status(j); s.State != lilypad.StateSubmitted {
					t.Errorf("deal is %s, want submitted", s.State)
				}
			})
		})
	}
}

// A job that floods its log has a result that its provider is paid for, and
// that each run of it gives.
func TestProvider_deliversAFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := noop.New(noop.Config{Limits: jobrun.Limits{LogBytes: 2}})
		b := newBench(t, running("print:moo"), func(c *provider.Config) {
			c.Fleet = fleetOf(t, x, lilypad.Resources{CPUMilli: 1000})
		})
		t.Cleanup(func() { _ = x.Close() })
		j := b.job()
		b.propose(j)
		b.open(j)
		if b.delivered(j) == 0 {
			t.Fatal("nothing was delivered")
		}
		plain := b.Needed(0)[1] // of inputs, plain, blob
		code, err := bundle.ReadExitCode(t.Context(), b.market.Store, plain)
		if err != nil || code != 153 {
			t.Errorf("exit code %d, %v; want 153", code, err)
		}
		if out, err := bundle.ReadOutput(t.Context(), b.market.Store, plain, bundle.Stdout, 10); err != nil || len(out) > 0 {
			t.Errorf("stdout is %q, %v; want nothing", out, err)
		}
		b.runLate(j)
		if s := b.status(j); s.State != lilypad.StateSubmitted {
			t.Errorf("deal is %s, want submitted", s.State)
		}
	})
}

// A job that the machine itself could not carry through has no result: that
// costs the late penalty and no more, and the machine is free for others.
func TestProvider_losesNoMoreThanThePenaltyWithoutAResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, running("write:/nowhere=moo"))
		j := b.job()
		b.propose(j)
		terms := b.open(j)
		time.Sleep(time.Minute)
		if s := b.status(j); s.State != lilypad.StateOpen || b.delivered(j) > 0 {
			t.Errorf("deal is %s after %d deliveries: what was broken off is no result", s.State, b.delivered(j))
		}
		next := b.job()
		b.propose(next)
		if b.answer(next.ID).Deal == nil {
			t.Errorf("the machine is not free: %s", b.answer(next.ID).Reason)
		}
		b.bank.Advance(b.status(j).Deadline + 1)
		if _, err := b.bank.Ledger(creatorKey.Address()).Expire(t.Context(), terms, settlement.Facts{}); err != nil {
			t.Fatal(err)
		}
		account, err := b.ledger.Account(t.Context(), providerKey.Address())
		if want := 3*stake - j.Posting.Offer.Body.LatePenalty; err != nil || account.Free != want {
			t.Errorf("the provider has %s free, %v; want %s", account.Free, err, want)
		}
	})
}
