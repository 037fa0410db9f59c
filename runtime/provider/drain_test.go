package provider_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// slots is what the solver knows that the provider offers.
func (b *bench) slots() uint32 {
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	return b.market.offer.Slots
}

// A provider that is drained ends what it has, and is told to have nothing left
// only once that is paid; what it is asked meanwhile it leaves to others without
// refusing it for good.
func TestProvider_Drain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told atomic.Int64
		b := newBench(t, func(c *provider.Config) { c.Changed = func() { told.Add(1) } })
		if b.slots() != 1 || b.Standing().Draining {
			t.Fatalf("it begins with %d slots and %+v", b.slots(), b.Standing())
		}
		mine, later := b.job(), b.job()
		b.propose(mine)
		before := told.Load()
		b.Drain(true)
		b.propose(later)
		if b.slots() != 0 || told.Load() == before {
			t.Errorf("%d slots are offered, told %d times", b.slots(), told.Load()-before)
		}
		if a := b.answer(later.ID); a.Deal != nil || a.Reason != "" {
			t.Errorf("it answers a new job with %+v", a)
		}
		stage := func(want string) {
			t.Helper()
			s := b.Standing()
			if len(s.Duties) != 1 || s.Duties[0].Job != mine.ID || s.Duties[0].Stage != want || s.Drained() {
				t.Errorf("%+v, want one duty %s", s, want)
			}
		}
		stage("signed")
		b.open(mine)
		stage("delivered")
		if b.delivered(mine) != 1 {
			t.Error("the job was not served")
		}
		b.runLate(mine) // no receipt comes
		stage("delivered")
		b.bank.Advance(b.status(mine).Deadline + 1)
		synctest.Wait()
		if s := b.Standing(); !s.Drained() || b.status(mine).Path != settlement.PathUnjudged {
			t.Errorf("%+v after its last deal, which ended by path %d", s, b.status(mine).Path)
		}
		b.Drain(false)
		b.propose(later)
		if b.slots() != 1 || b.answer(later.ID).Deal == nil {
			t.Errorf("%d slots, answer %+v; want it to take jobs again", b.slots(), b.answer(later.ID))
		}
	})
}

func TestProvider_Drain_survivesARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.stop()
		b.config.Draining = true
		b.start()
		j := b.job()
		b.propose(j)
		if s := b.Standing(); !s.Drained() || b.slots() != 0 || b.answer(j.ID).Deal != nil {
			t.Errorf("%+v with %d slots offered", s, b.slots())
		}
	})
}

// Who cannot reach the solver cannot promise that nobody counts on it.
func TestProvider_Drain_awaitsTheSolver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		down := func(err error) {
			b.market.mu.Lock()
			defer b.market.mu.Unlock()
			b.market.down = err
		}
		down(lilypad.Errorf(lilypad.Unavailable, "no solver"))
		b.Drain(true)
		synctest.Wait()
		if s := b.Standing(); s.Drained() || !s.Offered {
			t.Errorf("%+v while the solver is away", s)
		}
		down(nil)
		time.Sleep(time.Minute)
		synctest.Wait()
		if s := b.Standing(); !s.Drained() {
			t.Errorf("%+v when the solver is back", s)
		}
	})
}

// It is told to drain, and to serve, by several while it works: what it says of
// itself at the end is what it was told last, and no deal is lost.
func TestProvider_Drain_hammer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		jobs := []api.Job{b.job(), b.job()}
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				for n := range 50 {
					b.Drain((i+n)%2 == 0)
					_ = b.Standing().Drained()
				}
			})
		}
		b.propose(jobs...)
		all.Wait()
		b.Drain(false)
		b.propose(jobs...)
		b.Drain(true)
		synctest.Wait()
		s := b.Standing()
		signed := 0
		for _, j := range jobs {
			signed += len(b.deals(j.ID))
		}
		if !s.Draining || s.Offered || b.slots() != 0 || len(s.Duties) != signed {
			t.Errorf("%+v, %d slots, %d deals signed", s, b.slots(), signed)
		}
	})
}
