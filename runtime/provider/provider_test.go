package provider_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

func TestProvider_declines(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*api.Job) // before it is signed
		want string
	}{
		"another engine":      {func(j *api.Job) { j.Posting.Work.Needs.Engine = lilypad.EngineDocker }, "no engine docker"},
		"too long a run":      {func(j *api.Job) { j.Posting.Work.Needs.Timeout = 601 }, "time limit"},
		"no time limit":       {func(j *api.Job) { j.Posting.Work.Needs.Timeout = 0 }, "time limit"},
		"outlasts its end":    {func(j *api.Job) { j.Posting.Offer.Body.SubmitFor = 59 }, "59 s to submit"},
		"large":               {func(j *api.Job) { j.Posting.Work.Needs.CPUMilli = 1001 }, "more than a machine here has"},
		"hasty":               {func(j *api.Job) { j.Posting.Offer.Body.RevealFor = 1 }, "1 s to reveal"},
		"harsh":               {func(j *api.Job) { j.Posting.Offer.Body.LatePenalty = stake }, "late penalty"},
		"network":             {func(j *api.Job) { j.Posting.Work.Needs.Network = true }, "no network"},
		"stake above its own": {func(j *api.Job) { j.Posting.Offer.Body.ProviderStake = 2*stake + 1 }, "the stake of"},
		"in the panel": {func(j *api.Job) {
			j.Posting.Panel = lilypad.Panel{Mediators: []lilypad.Address{providerKey.Address()}, Drawn: 1, Agree: 1}
		}, "party of the deal"},
		"no majority":          {func(j *api.Job) { j.Posting.Panel.Agree = 1 }, "majority"},
		"inputs not there":     {func(j *api.Job) { j.Posting.Work.Inputs = lilypad.ContentID{9} }, "inputs: "},
		"forged module":        {func(j *api.Job) { j.Posting.Module.Name = "forged" }, "module: "},
		"denied module":        {func(j *api.Job) { j.Posting.Module.Name = "denied" }, "denied"},
		"policy":               {func(j *api.Job) { j.Posting.Module.Name = "unwanted" }, "quiet hours"},
		"lying solver's price": {func(j *api.Job) { j.Price = standing - 1 }, "the price is 0.0001"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t)
				j := b.job(c.edit)
				b.propose(j)
				if a := b.answer(j.ID); a.Deal != nil || !strings.Contains(a.Reason, c.want) {
					t.Errorf("answer %+v, want declined with %q", a, c.want)
				}
			})
		})
	}
	for name, edit := range map[string]func(*api.Job){ // after it was signed
		"work changed":  func(j *api.Job) { j.Posting.Work.Needs.Timeout = 59 },
		"terms changed": func(j *api.Job) { j.Posting.Offer.Body.LatePenalty = 50 },
	} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t)
			j := b.job()
			edit(&j)
			b.propose(j)
			if a := b.answer(j.ID); a.Deal != nil || a.Reason == "" {
				t.Errorf("%s: answer %+v, want declined", name, a)
			}
		})
	}
}

func TestProvider_declinesAMediatorOffItsList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, func(c *provider.Config) { c.Offer.Mediators = []lilypad.Address{{1}, {2}} })
		j := b.job()
		b.propose(j)
		if a := b.answer(j.ID); a.Deal != nil || !strings.Contains(a.Reason, "not on this provider's list") {
			t.Errorf("%+v", a)
		}
	})
}

func TestProvider_declinesWhatNeedsMoreThanWasSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, func(c *provider.Config) {
			c.Modules = fakeModules{lilypad.Spec{Engine: lilypad.EngineNoop, Resources: lilypad.Resources{RAMMB: 1}}}
		})
		j := b.job()
		b.propose(j)
		if a := b.answer(j.ID); a.Deal != nil || !strings.Contains(a.Reason, "needs more than the offer says") {
			t.Errorf("%+v", a)
		}
	})
}

// A solver that offers more than was promised does not make it sign more.
func TestProvider_signsNoMoreThanItsSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, func(c *provider.Config) { c.Offer.Queue = 0 })
		first, second := b.job(), b.job()
		b.propose(first)
		if b.answer(first.ID).Deal == nil {
			t.Fatal("the free slot was not sold")
		}
		b.propose(second)
		if a := b.answer(second.ID); a.Deal != nil || !strings.Contains(a.Reason, "slots") {
			t.Errorf("%+v, want declined", a)
		}
	})
}

func TestProvider_ignoresWhatIsNotItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		another, waiting := b.job(func(j *api.Job) { j.Provider = lilypad.Address{5} }), b.job(func(j *api.Job) { j.Phase = api.PhaseWaiting })
		b.propose(another, waiting)
		b.market.events <- api.Changed(lilypad.JobID{1})
		synctest.Wait()
		if len(b.market.answers) != 0 {
			t.Errorf("answered %v", b.market.answers)
		}
	})
}

// What a solver may ask for is the standing price, or a quote that was given.
func TestProvider_quotes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j := b.job(func(j *api.Job) { j.Posting.Module.Name = "cheap" })
		b.propose(j)
		if a := b.answer(j.ID); a.Deal != nil || a.Price != 40 {
			t.Errorf("%+v, want a quote of 40", a)
		}
		j.Price = 39
		b.propose(j)
		if a := b.answer(j.ID); a.Deal != nil || a.Price != 40 {
			t.Errorf("%+v below the quote", a)
		}
	})
}

func TestProvider_signsAnEvenPrice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j := b.job(func(j *api.Job) { j.Price = 101 })
		b.propose(j)
		b.open(j)
		if d := b.answer(j.ID).Deal.Body; d.Price != 100 {
			t.Errorf("price %d, want what divides by two", d.Price)
		}
	})
}

// Proposals that come at once must not be promised the same stake.
func TestProvider_neverSignsBeyondItsStake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t) // three stakes are free
		jobs := make([]api.Job, 12)
		for i := range jobs {
			jobs[i] = b.job()
		}
		b.propose(jobs...)
		signed := 0
		for _, j := range jobs {
			if a := b.answer(j.ID); a.Deal != nil {
				signed++
			} else if !strings.Contains(a.Reason, "the stake of") {
				t.Errorf("declined with %q", a.Reason)
			}
		}
		if signed != 3 {
			t.Errorf("%d deals signed with stake for 3", signed)
		}
	})
}

func TestProvider_givesUpADealThatWasNeverOpened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		first, second, third := b.job(), b.job(), b.job()
		b.propose(first, second, third)
		late := b.job()
		b.propose(late)
		if b.answer(late.ID).Deal != nil {
			t.Fatal("signed beyond its stake")
		}
		for _, j := range []*api.Job{&first, &second, &third} {
			j.Phase = api.PhaseWaiting
		}
		b.propose(first, second, third) // back in the book
		b.bank.Advance(2000)            // past the signed expiries
		time.Sleep(time.Minute)
		b.propose(late)
		if a := b.answer(late.ID); a.Deal == nil {
			t.Errorf("the stake is still promised: %s", a.Reason)
		}
	})
}

func TestProvider_runsDeliversAndClaims(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j := b.job()
		b.propose(j)
		b.open(j)
		if b.delivered(j) != 1 {
			t.Fatalf("delivered %d times", b.delivered(j))
		}
		if s := b.status(j); s.State != lilypad.StateOpen {
			t.Fatalf("claimed at once: %s", s.State)
		}
		time.Sleep(time.Hour) // the wall clock decides nothing
		if s := b.status(j); s.State != lilypad.StateOpen {
			t.Fatalf("deal is %s before it had to be", s.State)
		}
		b.runLate(j)
		synctest.Wait()
		if s := b.status(j); s.State != lilypad.StateSubmitted {
			t.Errorf("deal is %s, want submitted", s.State)
		}
		b.bank.Advance(10_000)
		synctest.Wait()
		if s := b.status(j); s.State != lilypad.StateFinal {
			t.Errorf("deal is %s: the provider did not take its pay", s.State)
		}
	})
}

// A solver that takes neither bytes nor result must not cost the pay.
func TestProvider_claimsWhenTheSolverTakesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j := b.job()
		b.propose(j)
		b.market.mu.Lock()
		b.market.down = lilypad.Errorf(lilypad.Exhausted, "quota is used up")
		b.market.mu.Unlock()
		b.open(j)
		b.runLate(j)
		synctest.Wait()
		if s := b.status(j); s.State != lilypad.StateSubmitted {
			t.Fatalf("deal is %s, want submitted", s.State)
		}
		b.market.mu.Lock()
		b.market.down = nil
		b.market.mu.Unlock()
		before := b.delivered(j)
		time.Sleep(time.Minute)
		synctest.Wait()
		if b.delivered(j) != before+1 {
			t.Errorf("delivered %d times after the solver came back", b.delivered(j)-before)
		}
	})
}

// An admit plugin hears of creators whose deals ran out.
func TestProvider_countsDealsThatRanOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j := b.job()
		b.propose(j)
		b.open(j)
		b.runLate(j)
		b.bank.Advance(5000)
		time.Sleep(time.Minute)
		next := b.job(func(j *api.Job) { j.Posting.Module.Name = "curious" })
		b.propose(next)
		if a := b.answer(next.ID); !strings.Contains(a.Reason, "1 good, 1 ran out") {
			t.Errorf("%+v, want the admitter told of one deal that ran out", a)
		}
	})
}

func TestProvider_revealsWhenChallenged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j := b.job()
		b.propose(j)
		terms := b.open(j)
		b.runLate(j)
		synctest.Wait()
		result := b.result(j)
		if _, err := b.bank.Ledger(creatorKey.Address()).Challenge(t.Context(), terms, result, creatorKey.Seed([]byte{1})); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if s := b.status(j); s.State != lilypad.StateDrawn {
			t.Errorf("deal is %s, want drawn", s.State)
		}
	})
}

// result reads from the chain what was claimed.
func (b *bench) result(j api.Job) lilypad.Hash {
	ctx, cancel := context.WithCancel(b.t.Context())
	defer cancel()
	var got lilypad.Hash
	_ = b.ledger.Follow(ctx, settlement.Cursor{}, func(batch settlement.Batch) error {
		for _, e := range batch.Events {
			if e.Job == j.ID && e.Result != (lilypad.Hash{}) {
				got = e.Result
			}
		}
		cancel()
		return nil
	})
	return got
}

// Stopped at any stage, the next provider on the same journal goes on, and
// signs nothing new.
func TestProvider_restart(t *testing.T) {
	for _, stage := range []string{"signed", "open", "running", "delivered", "submitted"} {
		t.Run(stage, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, func(c *provider.Config) {
					if stage == "running" {
						c.Modules = fakeModules{lilypad.Spec{Engine: lilypad.EngineNoop, Args: []string{"wait:"}}}
					}
				})
				restart := func(at string, between func()) {
					if at == stage {
						b.stop()
						between()
						b.start()
					}
				}
				j := b.job()
				b.propose(j)
				restart("signed", func() {})
				if stage == "open" { // while nobody looked
					restart("open", func() { b.open(j) })
				} else {
					b.open(j)
				}
				restart("running", func() {
					b.config.Fleet = fleetOf(t, noop.New(noop.Config{}), lilypad.Resources{CPUMilli: 1000}) // the machine too
					b.config.Modules = fakeModules{}
				})
				restart("delivered", func() {})
				time.Sleep(3 * time.Minute)
				synctest.Wait()
				b.runLate(j)
				restart("submitted", func() {})
				if s := b.status(j); s.State != lilypad.StateSubmitted {
					t.Errorf("deal is %s, want submitted", s.State)
				}
				if n := len(b.deals(j.ID)); n != 1 {
					t.Errorf("%d deals were signed for one job", n)
				}
			})
		})
	}
}

// A job whose deal ends while it waits for a slot is not begun any more.
func TestProvider_doesNotRunWhatIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := &countingExecutor{Executor: noop.New(noop.Config{})}
		b := newBench(t, func(c *provider.Config) {
			c.Fleet = fleetOf(t, x, lilypad.Resources{CPUMilli: 1000})
			c.Modules = fakeModules{lilypad.Spec{Engine: lilypad.EngineNoop, Args: []string{"wait:"}}}
		})
		first, second := b.job(func(j *api.Job) { j.Posting.Work.Needs.Timeout = 500 }), b.job()
		b.propose(first)
		b.open(first)
		b.propose(second)
		terms := b.open(second)
		b.bank.Advance(5000)
		if _, err := b.ledger.Expire(t.Context(), terms, settlement.Facts{}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(11 * time.Minute) // the first job's time limit ends it
		synctest.Wait()
		if x.started != 1 {
			t.Errorf("%d jobs were run, one was over before its turn", x.started)
		}
	})
}

// countingExecutor counts what is started.
type countingExecutor struct {
	execution.Executor
	started int
}

func (x *countingExecutor) Start(ctx context.Context, j execution.Job) (execution.Handle, error) {
	x.started++
	return x.Executor.Start(ctx, j)
}

// fakeApprovals is a ledger on which the test says when it sees an approval.
type fakeApprovals struct {
	settlement.Ledger
	seen atomic.Bool
}

func (f *fakeApprovals) Status(ctx context.Context, id lilypad.JobID) (settlement.Status, error) {
	st, err := f.Ledger.Status(ctx, id)
	if err == nil && st.State == lilypad.StateNone && f.seen.Load() {
		st.State = lilypad.StateApproved
	}
	return st, err
}

// A provider whose node is behind declines nothing that a contract has approved.
func TestProvider_waitsForAnApprovalThatItsNodeHasNotSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ledger fakeApprovals
		b := newBench(t, func(c *provider.Config) {
			ledger.Ledger = c.Ledger
			c.Ledger = &ledger
		})
		j := b.job()
		j.Posting.Offer.Signature = lilypad.Signature{}
		b.propose(j)
		if a := b.answer(j.ID); a.Reason != "" || a.Deal != nil {
			t.Fatalf("answered %+v before it could know", a)
		}
		ledger.seen.Store(true)
		time.Sleep(time.Minute)
		if a := b.answer(j.ID); a.Deal == nil {
			t.Errorf("answer %+v, want a deal", a)
		}
	})
}
