package creator_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// A reorganisation takes away what the creator has seen on chain: it says what
// is true then, and does again what is its to do.
func TestCreator_rightsItselfAfterAReorganisation(t *testing.T) {
	for _, tc := range []struct {
		lost  string
		chain lilypad.State // in the end
	}{
		{"open", lilypad.StateOpen},
		{"submit", lilypad.StateChallenged}, // it submits the claim itself
		{"challenge", lilypad.StateChallenged},
		{"receipt", lilypad.StateOpen},
	} {
		for _, down := range []bool{false, true} {
			name := tc.lost
			if down {
				name += " while it was down"
			}
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					b := newBench(t, fakePolicies{"good": always(upheld), "bad": always(doubt)})
					scheme := "good"
					if tc.lost == "submit" || tc.lost == "challenge" {
						scheme = "bad"
					}
					id := b.order(scheme)
					var back func()
					reach := func(step string) {
						synctest.Wait()
						if step == tc.lost {
							back = b.bank.Fork()
						}
					}
					reach("open")
					terms := b.open(id, provider[0])
					reach("submit")
					d := b.result(terms, provider[0], "moo", false)
					switch tc.lost {
					case "challenge":
						b.stop()
						if _, err := b.bank.Ledger(provider[0].Address()).Submit(t.Context(), terms, d.Result); err != nil {
							t.Fatal(err)
						}
						reach("challenge")
						b.start()
						b.deliver(id, d)
					case "submit":
						b.deliver(id, d)
					case "receipt":
						b.deliver(id, d)
						reach("receipt")
						b.pay(id, terms)
						if r, err := b.Report(t.Context(), id); err != nil || !r.Done || r.State != "paid" {
							t.Fatalf("%s, %v", r.State, err)
						}
					}
					if down {
						b.stop()
					}
					back()
					if tc.lost == "receipt" {
						b.market.edit(id, func(j *api.Job) { j.Phase = api.PhaseDelivered })
						b.market.mu.Lock()
						delete(b.market.receipts, id)
						b.market.mu.Unlock()
					}
					if down {
						b.start()
					}
					synctest.Wait()
					time.Sleep(time.Minute)
					synctest.Wait()
					if tc.lost == "open" {
						if r, err := b.Report(t.Context(), id); err != nil || r.State != "running" { // as the solver says
							t.Errorf("%s, %v", r.State, err)
						}
						if _, skips, err := b.bank.Ledger(solverKey.Address()).Open(t.Context(), []settlement.Terms{terms}); err != nil || len(skips) > 0 {
							t.Fatal(err, skips)
						}
						synctest.Wait()
					}
					if s := b.state(id); s != tc.chain {
						t.Errorf("deal is %s, want %s", s, tc.chain)
					}
					if tc.lost == "receipt" {
						if r, err := b.Report(t.Context(), id); err != nil || r.Done || r.State != "judging" {
							t.Errorf("told as %s, done %v, %v: the payment was undone", r.State, r.Done, err)
						}
						if !b.receipt(id) {
							t.Error("no receipt came again")
						}
						b.pay(id, terms)
						r, err := b.Report(t.Context(), id)
						if err != nil || !r.Done || r.State != "paid" || len(r.Txs) != 2 {
							t.Errorf("%s, done %v, transactions %v, %v", r.State, r.Done, r.Txs, err)
						}
					}
				})
			})
		}
	}
}

// What a provider handed in for a deal that was undone says nothing of the deal
// that another provider then gets.
func TestCreator_forgetsTheResultOfAnUndoneDeal(t *testing.T) {
	for name, told := range map[string]bool{"job waits in between": true, "deals change at once": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"good": always(upheld)})
				id := b.order("good", func(o *api.Order) { o.AuditBPS, o.Nonce = 1, 7 })
				back := b.bank.Fork()
				b.serve(id, provider[0], "moo")
				if !b.receipt(id) {
					t.Fatal("the first deal got no receipt")
				}
				if !told {
					b.stop()
				}
				back()
				b.market.edit(id, func(j *api.Job) {
					j.Phase, j.Deal, j.Delivery, j.Provider = api.PhaseWaiting, nil, nil, lilypad.Address{}
				})
				b.market.mu.Lock()
				delete(b.market.receipts, id)
				b.market.mu.Unlock()
				if told {
					time.Sleep(time.Minute)
					if r, err := b.Report(t.Context(), id); err != nil || r.State != "waiting" || r.Outputs != nil || r.ExitCode != nil || !r.Result.IsZero() {
						t.Errorf("%s with outputs %v, %v", r.State, r.Outputs, err)
					}
				}
				terms := b.open(id, provider[1])
				if !told {
					b.start()
				}
				time.Sleep(time.Minute)
				d := b.result(terms, provider[1], "baa", false)
				if _, err := b.bank.Ledger(provider[1].Address()).Submit(t.Context(), terms, d.Result); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				b.market.mu.Lock()
				early := b.market.receipts[id].Body.Deal == terms.Deal.Body.ID()
				b.market.mu.Unlock()
				if early || b.state(id) != lilypad.StateSubmitted {
					t.Fatalf("receipt %v for a deal that is %s: only its own result counts", early, b.state(id))
				}
				b.deliver(id, d)
				b.pay(id, terms)
				if r, err := b.Report(t.Context(), id); err != nil || r.State != "paid" || r.Result != d.Outputs.Blob || r.Provider != provider[1].Address() {
					t.Errorf("%s by %s with %s, %v", r.State, r.Provider, r.Result, err)
				}
			})
		})
	}
}

// Replicas were bought to judge a deal. When that deal is undone and another
// takes its place they judge nothing any more: those that wait are withdrawn,
// those that run are paid, and the new deal gets replicas of its own.
func TestCreator_dropsTheReplicasOfAnUndoneDeal(t *testing.T) {
	for name, down := range map[string]bool{"while it runs": false, "while it was down": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"vote": vote})
				id := b.order("vote")
				back := b.bank.Fork()
				b.serve(id, provider[0], "moo")
				old := b.replicas()
				if len(old) != 2 {
					t.Fatalf("%d replicas", len(old))
				}
				if down {
					b.stop()
				}
				back()
				b.market.edit(id, func(j *api.Job) {
					j.Phase, j.Deal, j.Delivery, j.Provider = api.PhaseWaiting, nil, nil, lilypad.Address{}
				})
				runs := b.openOnChain(old[0], b.target(old[0]))
				terms := b.openOnChain(id, provider[1])
				b.market.edit(id, func(j *api.Job) { j.Phase, j.Deal, j.Provider = api.PhaseRunning, &terms.Deal, provider[1].Address() })
				b.market.edit(old[0], func(j *api.Job) { j.Phase, j.Deal, j.Provider = api.PhaseRunning, &runs.Deal, runs.Deal.Body.Provider })
				if down {
					b.start()
				}
				time.Sleep(time.Minute)
				if j, _ := b.market.Job(t.Context(), old[1]); j.Phase != api.PhaseWithdrawn {
					t.Errorf("a replica of nothing is still %s", j.Phase)
				}
				b.deliver(old[0], b.result(runs, b.target(old[0]), "moo", false))
				time.Sleep(time.Minute)
				if !b.receipt(old[0]) {
					t.Error("a replica that ran for an undone deal is not paid")
				}
				b.deliver(id, b.result(terms, provider[1], "moo", false))
				time.Sleep(time.Minute)
				fresh := b.replicas()[2:]
				if len(fresh) != 2 {
					t.Fatalf("%d new replicas: %v", len(fresh), old)
				}
				for _, f := range fresh {
					if b.target(f).Address() == provider[1].Address() {
						t.Error("a provider judges its own result")
					}
					b.serve(f, b.target(f), "moo")
				}
				b.pay(id, terms)
				for _, x := range append(fresh, old[0]) {
					j, _ := b.market.Job(t.Context(), x)
					b.pay(x, settlement.Terms{Offer: j.Posting.Offer, Deal: *j.Deal})
				}
				time.Sleep(time.Minute)
				r, err := b.Report(t.Context(), id)
				if err != nil || !r.Done || r.State != "paid" || len(r.Deals) != 5 || r.Cost.Total != 4*(100+10) {
					t.Errorf("%s, done %v, %d deals cost %d, %v", r.State, r.Done, len(r.Deals), r.Cost.Total, err)
				}
			})
		})
	}
}

// A replica that cannot be withdrawn does not hold up the job.
func TestCreator_goesOnWhereAReplicaCannotBeDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"vote": vote})
		id := b.order("vote")
		back := b.bank.Fork()
		b.serve(id, provider[0], "moo")
		if old := b.replicas(); len(old) != 2 {
			t.Fatalf("%d replicas", len(old))
		}
		b.market.grips = true
		back()
		b.market.edit(id, func(j *api.Job) {
			j.Phase, j.Deal, j.Delivery, j.Provider = api.PhaseWaiting, nil, nil, lilypad.Address{}
		})
		b.serve(id, provider[1], "moo")
		time.Sleep(time.Minute)
		if got := len(b.replicas()); got != 4 {
			t.Errorf("%d replicas were ordered, want two for each deal", got)
		}
	})
}
