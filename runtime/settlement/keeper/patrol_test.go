package keeper_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/journal"
	journalmemory "github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

var (
	creator, provider = settlementtest.Key("creator"), settlementtest.Key("provider")
	solver, passerby  = settlementtest.Key("solver"), settlementtest.Key("passer-by")
)

// scene is a ledger with deals of parties that are gone, and patrols.
type scene struct {
	t    *testing.T
	bank *memory.Bank

	opened func([]settlement.Terms) []settlement.Terms // in place of what a transaction opened; nil: as it is
	expire func(*wallet.Key) (settlement.Tx, error)    // before a deal is ended; one with gas or an error is the answer

	mu    sync.Mutex // guards what follows
	calls []lilypad.JobID
	reads int               // of terms
	from  settlement.Cursor // where the last patrol began
}

func newScene(t *testing.T) *scene {
	s := &scene{t: t, bank: memory.New(memory.Config{ChainID: 1, Start: 1000})}
	for _, k := range []*wallet.Key{creator, provider} {
		if err := s.bank.Mint(k.Address(), lilypad.LILY); err != nil {
			t.Fatal(err)
		}
		if _, err := s.bank.Ledger(k.Address()).Deposit(t.Context(), lilypad.LILY); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

const (
	submitFor = 600
	longAfter = 3 * 3600 // any patrol has acted by then
)

// open opens a deal at a price, by its nonce.
func (s *scene) open(nonce uint64, price lilypad.Amount) settlement.Terms {
	s.t.Helper()
	terms := s.terms(nonce, price)
	s.send(terms)
	return terms
}

// send opens deals by one transaction.
func (s *scene) send(terms ...settlement.Terms) {
	s.t.Helper()
	if _, skips, err := s.bank.Ledger(solver.Address()).Open(s.t.Context(), terms); err != nil || len(skips) > 0 {
		s.t.Fatal(skips, err)
	}
}

func (s *scene) terms(nonce uint64, price lilypad.Amount) settlement.Terms {
	s.t.Helper()
	o := lilypad.JobOffer{
		Creator: creator.Address(), Judge: creator.Address(), Solver: solver.Address(), SeedHash: lilypad.Hash{1},
		MaxPrice: 10_000, CreatorStake: 600, ProviderStake: 3000, LatePenalty: 100, MediationFee: 600, SolverFee: 10,
		SubmitFor: submitFor, JudgeFor: 600, RevealFor: 600, MediateFor: 600, Nonce: nonce, Expiry: 1 << 30,
	}
	d := lilypad.Deal{Job: o.ID(), Provider: provider.Address(), Price: price, SeedHash: lilypad.Hash{2}, Expiry: 1 << 30}
	domain := s.bank.Ledger(creator.Address()).Domain()
	var terms settlement.Terms
	var err error
	if terms.Offer, err = wallet.Sign(s.t.Context(), creator, domain, o); err != nil {
		s.t.Fatal(err)
	}
	if terms.Deal, err = wallet.SignDeal(s.t.Context(), provider, domain, d, o); err != nil {
		s.t.Fatal(err)
	}
	return terms
}

// account notes what is expired, and where its events are read from.
type account struct {
	*memory.Ledger
	key *wallet.Key
	s   *scene
}

func (a account) Opened(ctx context.Context, tx lilypad.Hash) ([]settlement.Terms, error) {
	a.s.mu.Lock()
	a.s.reads++
	a.s.mu.Unlock()
	terms, err := a.Ledger.Opened(ctx, tx)
	if a.s.opened != nil {
		terms = a.s.opened(terms)
	}
	return terms, err
}

func (a account) Expire(ctx context.Context, t settlement.Terms, f settlement.Facts) (settlement.Tx, error) {
	a.s.mu.Lock()
	a.s.calls = append(a.s.calls, t.Offer.Body.ID())
	a.s.mu.Unlock()
	if a.s.expire != nil {
		if tx, err := a.s.expire(a.key); err != nil || tx.GasUsed > 0 {
			return tx, err
		}
	}
	return a.Ledger.Expire(ctx, t, f)
}

func (a account) Follow(ctx context.Context, from settlement.Cursor, fn func(settlement.Batch) error) error {
	a.s.from = from
	return a.Ledger.Follow(ctx, from, fn)
}

// patrol runs for a key until stop or the test's end.
func (s *scene) patrol(k *wallet.Key, j journal.Journal, gas uint64) (stop func()) {
	s.t.Helper()
	return s.patrols(j, gas, k)
}

func (s *scene) patrols(j journal.Journal, gas uint64, keys ...*wallet.Key) (stop func()) {
	s.t.Helper()
	var accounts []keeper.Account
	for _, k := range keys {
		accounts = append(accounts, account{s.bank.Ledger(k.Address()), k, s})
	}
	p, err := keeper.NewPatrol(s.t.Context(), keeper.PatrolConfig{
		Accounts: accounts, Journal: j, Logger: slog.New(slog.DiscardHandler), Gas: gas,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = p.Run(ctx) }()
	var once sync.Once
	stop = func() { once.Do(func() { cancel(); <-done }) }
	s.t.Cleanup(stop)
	synctest.Wait()
	return stop
}

// walk lets time pass, with a block a minute.
func (s *scene) walk(seconds lilypad.Time) {
	head, err := s.bank.Ledger(solver.Address()).Head(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for t := head.Time + 60; t <= head.Time+seconds; t += 60 {
		s.bank.Advance(t)
		synctest.Wait()
	}
}

func (s *scene) states(deals ...settlement.Terms) (out []lilypad.State) {
	for _, d := range deals {
		st, err := s.bank.Ledger(solver.Address()).Status(s.t.Context(), d.Offer.Body.ID())
		if err != nil {
			s.t.Fatal(err)
		}
		out = append(out, st.State)
	}
	return out
}

const open, final = lilypad.StateOpen, lilypad.StateFinal

// A party whose journal is lost gets back what it has locked, though its
// keeper knows of no deal; nobody else pays for that.
func TestPatrol_endsWhatPaysItsAccount(t *testing.T) {
	for name, tc := range map[string]struct {
		key       *wallet.Key
		submitted bool
		want      lilypad.State
	}{
		"creator of an unserved deal":  {creator, false, final},
		"provider of an unserved deal": {provider, false, final}, // gets back all but the penalty
		"provider of an unjudged deal": {provider, true, final},
		"passer-by":                    {passerby, false, open},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newScene(t)
				d := s.open(1, 100)
				if tc.submitted {
					r, err := wallet.Sign(t.Context(), provider, s.bank.Ledger(creator.Address()).Domain(), lilypad.Result{Deal: d.Deal.Body.ID(), Result: lilypad.Hash{3}})
					if err != nil {
						t.Fatal(err)
					}
					if _, err := s.bank.Ledger(passerby.Address()).Submit(t.Context(), d, r); err != nil {
						t.Fatal(err)
					}
				}
				s.patrol(tc.key, journalmemory.New(), 0)
				s.walk(submitFor + 300)
				if len(s.calls) > 0 {
					t.Error("it did not leave the parties time")
				}
				s.walk(longAfter)
				if got := s.states(d); got[0] != tc.want {
					t.Errorf("deal is %s, want %s", got[0], tc.want)
				}
			})
		})
	}
}

// Of others' deals those that wait longest come first, whatever they lock: a
// place by value could be bought by dealing with oneself. The day's gas decides
// how many.
func TestPatrol_endsOthersDealsWithinItsGas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t)
		first, second, dearest := s.open(1, 100), s.open(2, 200), s.open(3, 9000)
		s.bank.Advance(4 * 3600) // all are due at once
		s.patrol(passerby, journalmemory.New(), 130_000)
		s.walk(2 * 3600)
		if diff := cmp.Diff([]lilypad.State{final, final, open}, s.states(first, second, dearest)); diff != "" {
			t.Errorf("on the first day:\n%s", diff)
		}
		s.walk(24 * 3600)
		if diff := cmp.Diff([]lilypad.State{final, final, final}, s.states(first, second, dearest)); diff != "" || len(s.calls) != 3 {
			t.Errorf("on the second day, after %d calls:\n%s", len(s.calls), diff)
		}
	})
}

// Terms that another contract handed in can be read nowhere: the transaction is
// looked at once, and not before a deal of it is due.
func TestPatrol_leavesWhatAContractOpened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t)
		s.opened = func([]settlement.Terms) []settlement.Terms { return nil }
		s.open(1, 100)
		s.patrol(passerby, journalmemory.New(), 1e6)
		s.walk(submitFor + 1800)
		if s.reads > 0 {
			t.Errorf("read %d times while the parties have time", s.reads)
		}
		s.walk(24 * 3600)
		if s.reads != 1 || len(s.calls) > 0 {
			t.Errorf("read %d times, %d calls", s.reads, len(s.calls))
		}
	})
}

// One transaction may open many deals; it is read once, and few are at a block.
func TestPatrol_readsFewTransactions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t)
		var one []settlement.Terms
		for nonce := range uint64(10) {
			one = append(one, s.terms(nonce+100, 100))
		}
		s.send(one...)
		s.patrol(creator, journalmemory.New(), 0)
		s.walk(longAfter)
		if s.reads != 1 || len(s.calls) != len(one) {
			t.Errorf("read %d times for %d exits of one transaction", s.reads, len(s.calls))
		}
		s.reads, s.opened = 0, func([]settlement.Terms) []settlement.Terms { return nil }
		for nonce := range uint64(40) {
			s.open(nonce, 100)
		}
		s.bank.Advance(24 * 3600) // one block, in which all are due
		synctest.Wait()
		if s.reads == 0 || s.reads > 16 {
			t.Errorf("%d transactions read at one block", s.reads)
		}
	})
}

// Without gas for them others' deals are not even noted; once there is some,
// the chain tells of them again.
func TestPatrol_notesOthersDealsWhenItMayEndThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, j := newScene(t), journalmemory.New()
		d := s.open(1, 100)
		noted := func() (n int) {
			if err := j.View(t.Context(), func(r journal.Reader) error {
				return r.Scan("patrol.deal", "", func(string, []byte) bool { n++; return true })
			}); err != nil {
				t.Fatal(err)
			}
			return n
		}
		stop := s.patrol(passerby, j, 0)
		for range 1100 { // it stores now and then
			s.walk(60)
		}
		stop()
		if noted() != 0 {
			t.Error("another's deal is stored")
		}
		stop = s.patrol(passerby, j, 60_000)
		s.walk(60)
		stop()
		if got := s.states(d); got[0] != final {
			t.Errorf("deal is %s", got[0])
		}
		s.open(2, 100)
		s.patrol(passerby, j, 0)()
		s.patrol(creator, j, 0)
		s.walk(longAfter)
		if len(s.calls) != 2 {
			t.Errorf("%d calls: an account that came later has its deal left open", len(s.calls))
		}
	})
}

// What is about to be spent is counted before it is, so that a crash in between
// gives no more; what was not sent is not counted, and who has no coin sends
// nothing.
func TestPatrol_countsGas(t *testing.T) {
	unavailable := lilypad.Errorf(lilypad.Unavailable, "perhaps sent")
	for name, tc := range map[string]struct {
		tx   settlement.Tx
		err  error
		want float64
	}{
		"sent":             {settlement.Tx{GasUsed: 50_000}, nil, 50_000},
		"perhaps sent":     {settlement.Tx{}, unavailable, 60_000},
		"refused":          {settlement.Tx{}, lilypad.Errorf(lilypad.Conflict, "not now"), 0},
		"mined in vain":    {settlement.Tx{GasUsed: 30_000}, lilypad.Errorf(lilypad.Conflict, "reverted"), 30_000},
		"nobody can pay":   {settlement.Tx{}, lilypad.Errorf(lilypad.Exhausted, "no coin"), 0},
		"without a number": {settlement.Tx{}, nil, 60_000},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, j := newScene(t), journalmemory.New()
				s.open(1, 100)
				s.bank.Advance(4 * 3600)
				s.expire = func(*wallet.Key) (settlement.Tx, error) {
					if got := spent(t, j); got != 60_000 {
						t.Errorf("%v gas is stored before anything is sent", got)
					}
					return tc.tx, tc.err
				}
				s.patrol(passerby, j, 130_000)
				if got := spent(t, j); got != tc.want || len(s.calls) == 0 {
					t.Errorf("%v gas counted after %d calls, want %v", got, len(s.calls), tc.want)
				}
			})
		})
	}
}

// spent is what a journal says of the day's gas.
func spent(t *testing.T, j journal.Journal) float64 {
	t.Helper()
	var book map[string]any
	if err := j.View(t.Context(), func(r journal.Reader) error {
		v, err := r.Get("patrol.meta", "book")
		return errors.Join(err, json.Unmarshal(v, &book))
	}); err != nil {
		t.Fatal(err)
	}
	return book["spent"].(float64)
}

// Whoever has the coin pays.
func TestPatrol_sendsFromAnAccountThatCanPay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t)
		d := s.open(1, 100)
		s.bank.Advance(4 * 3600)
		s.expire = func(k *wallet.Key) (settlement.Tx, error) {
			if k == passerby {
				return settlement.Tx{}, lilypad.Errorf(lilypad.Exhausted, "no coin")
			}
			return settlement.Tx{}, nil
		}
		s.patrols(journalmemory.New(), 60_000, passerby, solver)
		if got := s.states(d); got[0] != final || len(s.calls) != 2 {
			t.Errorf("deal is %s after %d calls", got[0], len(s.calls))
		}
	})
}

// Of many patrols one pays: a hash says which is first, and the rest see it.
func TestPatrol_doesNotCollide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t)
		var deals []settlement.Terms
		for nonce := range uint64(4) {
			deals = append(deals, s.open(nonce+1, 100))
		}
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			s.patrol(settlementtest.Key(name), journalmemory.New(), 1e6)
		}
		s.walk(longAfter)
		if diff := cmp.Diff([]lilypad.State{final, final, final, final}, s.states(deals...)); diff != "" || len(s.calls) != len(deals) {
			t.Errorf("%d calls for %d deals:\n%s", len(s.calls), len(deals), diff)
		}
	})
}

// A reorganisation may take back an end, an opening, or what was made of a
// deal: the ledger is asked before anything is sent.
func TestPatrol_afterAReorganisation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t)
		ended := s.open(1, 100)
		beforeOpening := s.bank.Fork()
		s.patrol(passerby, journalmemory.New(), 1e6)
		undone := s.open(2, 100)
		s.walk(longAfter)
		if diff := cmp.Diff([]lilypad.State{final, final}, s.states(ended, undone)); diff != "" {
			t.Fatal(diff)
		}
		s.calls = nil
		beforeOpening()
		s.walk(longAfter)
		if diff := cmp.Diff([]lilypad.State{final, lilypad.StateNone}, s.states(ended, undone)); diff != "" || len(s.calls) != 1 {
			t.Errorf("%d calls:\n%s", len(s.calls), diff)
		}
	})
}

// A patrol goes on where it stopped, the gas of the day included.
func TestPatrol_restart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, j := newScene(t), journalmemory.New()
		first, second := s.open(1, 100), s.open(2, 200)
		stop := s.patrol(passerby, j, 60_000)
		s.walk(longAfter)
		stop()
		if len(s.calls) != 1 {
			t.Fatalf("%d calls with gas for one", len(s.calls))
		}
		stop = s.patrol(passerby, j, 60_000)
		if s.from.Block == 0 {
			t.Error("it read everything again")
		}
		s.walk(3600)
		if len(s.calls) != 1 {
			t.Error("a restart gave it more gas")
		}
		stop()
		s.patrol(passerby, j, 120_000)
		s.walk(3600)
		if diff := cmp.Diff([]lilypad.State{final, final}, s.states(first, second)); diff != "" {
			t.Error(diff)
		}
	})
}
