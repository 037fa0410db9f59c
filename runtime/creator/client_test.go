package creator_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// fakeApprovals is a ledger on which the test says what contracts approved.
type fakeApprovals struct {
	settlement.Ledger
	mu   sync.Mutex // guards jobs
	jobs []lilypad.JobID
}

func (f *fakeApprovals) approve(ids ...lilypad.JobID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.jobs = append(f.jobs, ids...)
}

func (f *fakeApprovals) Status(ctx context.Context, id lilypad.JobID) (settlement.Status, error) {
	st, err := f.Ledger.Status(ctx, id)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err == nil && st.State == lilypad.StateNone && slices.Contains(f.jobs, id) {
		st.State = lilypad.StateApproved
	}
	return st, err
}

// newClientBench has two contracts that order, with 2 and 3 LILY.
func newClientBench(t *testing.T) (b *bench, approvals *fakeApprovals, clients []lilypad.Address) {
	b = newBench(t, fakePolicies{"good": always(upheld)})
	b.stop()
	approvals = &fakeApprovals{Ledger: b.config.Ledger}
	b.config.Ledger = approvals
	b.start()
	for i := range 2 {
		who := lilypad.Address{0xc, byte(i)}
		if err := b.bank.Mint(who, lilypad.Amount(2+i)*lilypad.LILY); err != nil {
			t.Fatal(err)
		}
		if _, err := b.bank.Ledger(who).Deposit(t.Context(), lilypad.Amount(2+i)*lilypad.LILY); err != nil {
			t.Fatal(err)
		}
		clients = append(clients, who)
	}
	return b, approvals, clients
}

func (b *bench) posts(id lilypad.JobID) int {
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	return b.market.posts[id]
}

// A solver whose node is behind does not know yet what the contract approved.
func TestCreator_client_waitsForASolverThatLags(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, approvals, clients := newClientBench(t)
		b.market.lags = 3
		id := b.order("good", func(o *api.Order) { o.Client, o.Nonce = clients[0], 7 })
		approvals.approve(id)
		time.Sleep(time.Minute)
		if r, err := b.Report(t.Context(), id); err != nil || r.Done || b.posts(id) != 1 {
			t.Errorf("%s (%s) after %d posts, %v", r.State, r.Reason, b.posts(id), err)
		}
	})
}

// A solver that never sees the approval is asked until the offer expires.
func TestCreator_client_givesUpWhenItsOfferExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, approvals, clients := newClientBench(t)
		b.market.lags = 1 << 30
		id := b.order("good", func(o *api.Order) { o.Client, o.Nonce = clients[0], 7 })
		approvals.approve(id)
		time.Sleep(time.Hour)
		if r, err := b.Report(t.Context(), id); err != nil || r.Done {
			t.Fatalf("%s (%s) before its time, %v", r.State, r.Reason, err)
		}
		b.bank.Advance(1_000_000)
		time.Sleep(time.Minute)
		if r, err := b.Report(t.Context(), id); err != nil || !r.Done || r.State != string(api.PhaseWithdrawn) {
			t.Errorf("%s (%s), done %v, %v", r.State, r.Reason, r.Done, err)
		}
	})
}

func TestCreator_client_endsAnOrderThatNobodyApproves(t *testing.T) {
	for name, end := range map[string]func(*bench, lilypad.JobID) error{
		"expired": func(b *bench, _ lilypad.JobID) error { b.bank.Advance(1_000_000); return nil },
		"cancelled": func(b *bench, id lilypad.JobID) error {
			_, err := b.Cancel(b.t.Context(), id)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b, approvals, clients := newClientBench(t)
				id := b.order("good", func(o *api.Order) { o.Client, o.Nonce = clients[0], 7 })
				time.Sleep(time.Hour)
				if r, err := b.Report(t.Context(), id); err != nil || r.Done {
					t.Fatalf("%s before its time, %v", r.State, err)
				}
				if err := end(b, id); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				if r, err := b.Report(t.Context(), id); err != nil || !r.Done || r.State != string(api.PhaseWithdrawn) || r.Reason == "" {
					t.Errorf("%s (%s), done %v, %v", r.State, r.Reason, r.Done, err)
				}
				approvals.approve(id)
				time.Sleep(time.Minute)
				if b.posts(id) != 0 {
					t.Error("posted after its end")
				}
			})
		})
	}
}

// Once a contract has approved it, the job is on its way to the solver.
func TestCreator_Cancel_client_approved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, approvals, clients := newClientBench(t)
		id := b.order("good", func(o *api.Order) { o.Client, o.Nonce = clients[0], 7 })
		approvals.approve(id)
		if _, err := b.Cancel(t.Context(), id); lilypad.CodeOf(err) != lilypad.Unavailable {
			t.Errorf("cancel gives %v", err)
		}
		time.Sleep(time.Minute)
		if b.posts(id) != 1 {
			t.Error("not posted")
		}
	})
}

// Two payers that ask in the same block are not told each other's balances.
func TestCreator_balancesAreOfTheJobsOwnPayer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, approvals, clients := newClientBench(t)
		var ids []lilypad.JobID
		orderOf := func(i int) api.Order {
			return api.Order{Module: "cowsay:v1", Scheme: "good", Client: clients[i], Nonce: uint64(i + 7)}
		}
		for i := range clients {
			r, err := b.Order(t.Context(), orderOf(i))
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, r.Job)
		}
		synctest.Wait()
		b.market.slow = time.Second
		approvals.approve(ids...)
		for i := range clients {
			if _, err := b.Order(t.Context(), orderOf(i)); err != nil { // told again: it looks at once
				t.Fatal(err)
			}
		}
		time.Sleep(time.Minute)
		for i, id := range ids {
			r, err := b.Cancel(t.Context(), id)
			if want := lilypad.Amount(2+i) * lilypad.LILY; err != nil || r.Balances["creator"].Before != want {
				t.Errorf("payer %d held %s, %v; want %s", i, r.Balances["creator"].Before, err, want)
			}
		}
	})
}
