package creator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
)

// The person gets the result at once; whether the money may still move back is
// told beside it, until the block is final.
func TestCreator_Report_tellsWhenMoneyIsFinal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBenchOn(t, memory.Config{ChainID: 1, Start: 1000, FinalAfter: 3}, fakePolicies{"good": always(upheld)})
		id := b.order("good")
		terms := b.open(id, provider[0])
		b.deliver(id, b.result(terms, provider[0], "moo", false))
		synctest.Wait()
		b.pay(id, terms)
		synctest.Wait()
		told := func() api.Settled {
			t.Helper()
			r, err := b.Report(t.Context(), id)
			if err != nil || !r.Done || r.State != "paid" || r.Result.IsZero() || r.Settled == nil || r.Deals[0].Settled == nil || *r.Deals[0].Settled != *r.Settled {
				t.Fatalf("%+v, %v", r, err)
			}
			return *r.Settled
		}
		first := told()
		if want := fmt.Sprintf("settled, final when block %d is finalized", first.Block); first.Final || first.String() != want {
			t.Errorf("told %q, want %q", first, want)
		}
		for range 3 {
			head, err := b.config.Ledger.Head(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			b.bank.Advance(head.Time + 1)
		}
		synctest.Wait()
		if now := told(); !now.Final || now.Block != first.Block {
			t.Errorf("three blocks later: %+v", now)
		}
		b.stop()
		b.start()
		if now := told(); !now.Final {
			t.Errorf("in the next process: %+v", now)
		}
	})
}

func TestCreator_acceptsAndPays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"optimistic": always(upheld)})
		id := b.order("optimistic")
		terms := b.serve(id, provider[0], "moo\n")
		b.pay(id, terms)
		r, err := b.Report(t.Context(), id)
		if err != nil || !r.Done || r.State != "paid" || r.Cost.Total != 110 || r.ExitCode == nil || *r.ExitCode != 0 || r.Result.IsZero() {
			t.Errorf("%+v, %v, want paid, a cost of 110 and the result", r, err)
		}
		if has, _ := b.config.Store.Has(t.Context(), lilypad.Hash(r.Result)); !has {
			t.Error("the result is not here")
		}
	})
}

// A job that printed nothing and left no file has a result that is paid.
func TestCreator_acceptsAResultWithoutOutput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"optimistic": always(upheld)})
		id := b.order("optimistic")
		terms := b.serve(id, provider[0], "")
		b.pay(id, terms)
		r, err := b.Report(t.Context(), id)
		if err != nil || !r.Done || r.State != "paid" || r.ExitCode == nil || *r.ExitCode != 0 {
			t.Errorf("%+v, %v", r, err)
		}
		if out, err := bundle.ReadOutput(t.Context(), b.config.Store, r.Result, bundle.Stdout, 1); err != nil || len(out) != 0 {
			t.Errorf("stdout %q, %v", out, err)
		}
	})
}

func TestCreator_challengesWhatItDoubts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"doubtful": always(doubt)})
		id := b.order("doubtful")
		b.serve(id, provider[0], "moo\n")
		time.Sleep(time.Minute)
		synctest.Wait()
		if s := b.state(id); s != lilypad.StateChallenged || b.receipt(id) {
			t.Errorf("deal is %s, receipt %v, want challenged and none", s, b.receipt(id))
		}
	})
}

// A result that is claimed on chain must be here in time, whatever the reason.
func TestCreator_challengesWhatIsWithheld(t *testing.T) {
	for name, claim := range map[string]func(b *bench, id lilypad.JobID, terms settlement.Terms, d api.Delivery){
		"nothing delivered": func(*bench, lilypad.JobID, settlement.Terms, api.Delivery) {},
		"only words":        func(b *bench, id lilypad.JobID, _ settlement.Terms, d api.Delivery) { b.deliver(id, d) },
		"another result": func(b *bench, id lilypad.JobID, terms settlement.Terms, _ api.Delivery) {
			b.deliver(id, b.result(terms, provider[0], "another\n", false))
		},
		"another's signature": func(b *bench, id lilypad.JobID, terms settlement.Terms, _ api.Delivery) {
			b.deliver(id, b.result(terms, provider[1], "moo\n", false))
		},
		"delivers other files than are compared": func(b *bench, id lilypad.JobID, terms settlement.Terms, d api.Delivery) {
			other := b.result(terms, provider[0], "baa\n", false).Outputs
			out := b.result(terms, provider[0], "moo\n", false).Outputs
			out.Blob, out.Size = other.Blob, other.Size
			b.deliver(id, b.sign(terms, provider[0], out))
		},
		"outputs that were not signed": func(b *bench, id lilypad.JobID, terms settlement.Terms, _ api.Delivery) {
			d := b.result(terms, provider[0], "moo\n", false)
			d.Outputs.Status = lilypad.StatusFailed
			b.deliver(id, d)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"patient": always(hostapi.Action{Kind: hostapi.ActionKindWait})})
				id := b.order("patient")
				terms := b.open(id, provider[0])
				d := b.result(terms, provider[0], "moo\n", true)
				claim(b, id, terms, d)
				if _, err := b.bank.Ledger(provider[0].Address()).Submit(t.Context(), terms, d.Result); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				synctest.Wait()
				if s := b.state(id); s != lilypad.StateChallenged {
					t.Errorf("deal is %s, want challenged", s)
				}
			})
		})
	}
}

func TestCreator_rulesOnReplicas(t *testing.T) {
	for name, c := range map[string]struct {
		first, one, two string
		accepted        []bool // first, one, two
	}{
		"all agree":        {"moo", "moo", "moo", []bool{true, true, true}},
		"a replica cheats": {"moo", "moo", "baa", []bool{true, true, false}},
		"the first cheats": {"baa", "moo", "moo", []bool{false, true, true}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"vote": vote})
				id := b.order("vote")
				b.serve(id, provider[0], c.first)
				reps := b.replicas()
				if len(reps) != 2 {
					t.Fatalf("%d replicas, want 2", len(reps))
				}
				if b.target(reps[0]) == b.target(reps[1]) || slices.Contains(provider[:1], b.target(reps[0])) {
					t.Error("replicas are not with other operators")
				}
				b.serve(reps[0], b.target(reps[0]), c.one)
				if b.receipt(id) || b.receipt(reps[0]) {
					t.Error("ruled before all results were in")
				}
				b.serve(reps[1], b.target(reps[1]), c.two)
				time.Sleep(time.Minute)
				synctest.Wait()
				for i, job := range []lilypad.JobID{id, reps[0], reps[1]} {
					challenged := b.state(job) == lilypad.StateChallenged
					if b.receipt(job) != c.accepted[i] || challenged == c.accepted[i] {
						t.Errorf("job %d: receipt %v, deal %s, want accepted %v", i, b.receipt(job), b.state(job), c.accepted[i])
					}
				}
			})
		})
	}
}

// The coin sends the first result to mediators though the scheme believes it:
// no reason to challenge replicas that agree.
func TestCreator_auditChallengesTheFirstOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"vote": vote})
		id := b.order("vote", func(o *api.Order) { o.AuditBPS = 10_000 })
		b.serve(id, provider[0], "moo")
		for _, rep := range b.replicas() {
			b.serve(rep, b.target(rep), "moo")
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if s := b.state(id); s != lilypad.StateChallenged {
			t.Errorf("audited deal is %s, want challenged", s)
		}
		for _, rep := range b.replicas() {
			if !b.receipt(rep) || b.state(rep) != lilypad.StateOpen {
				t.Errorf("honest replica: receipt %v, deal %s", b.receipt(rep), b.state(rep))
			}
		}
	})
}

// Stopped at any stage, the next creator on the same journal goes on and posts
// nothing new.
func TestCreator_restart(t *testing.T) {
	for _, stage := range []string{"ordered", "opened", "delivered", "replicas posted", "one replica in", "ruled", "paid"} {
		t.Run(stage, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"vote": vote})
				at := func(now string) {
					if now == stage {
						b.stop()
						b.start()
						synctest.Wait()
					}
				}
				id := b.order("vote")
				at("ordered")
				terms := b.open(id, provider[0])
				at("opened")
				b.deliver(id, b.result(terms, provider[0], "moo", false))
				at("delivered")
				reps := b.replicas()
				at("replicas posted")
				one := b.serve(reps[0], b.target(reps[0]), "moo")
				at("one replica in")
				two := b.serve(reps[1], b.target(reps[1]), "moo")
				at("ruled")
				b.pay(id, terms)
				at("paid")
				b.pay(reps[0], one)
				b.pay(reps[1], two)
				time.Sleep(time.Minute)
				synctest.Wait()
				if len(b.market.order) != 3 {
					t.Errorf("%d jobs were posted, want 3", len(b.market.order))
				}
				r, err := b.Report(t.Context(), id)
				if err != nil || !r.Done || r.State != "paid" || len(r.Deals) != 3 || r.Cost.Total != 330 {
					t.Errorf("%+v, %v", r, err)
				}
			})
		})
	}
}

// A scheme that cannot decide must not let time pay for the result.
func TestCreator_doubtsWhenItsSchemeFails(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want lilypad.State
	}{
		"broken":  {lilypad.Errorf(lilypad.Invalid, "the guest trapped"), lilypad.StateChallenged},
		"endless": {lilypad.Errorf(lilypad.Timeout, "the time limit"), lilypad.StateChallenged},
		"busy":    {lilypad.Errorf(lilypad.Unavailable, "no instance is free"), lilypad.StateOpen},
	} {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			b := newBench(t, fakePolicies{"broken": func(hostapi.Case) ([]hostapi.Action, error) { calls++; return nil, c.err }})
			id := b.order("broken")
			b.serve(id, provider[0], "moo")
			if calls > 2 || b.state(id) != lilypad.StateOpen {
				t.Errorf("%s: doubted after %d calls", name, calls)
			}
			time.Sleep(5 * time.Minute)
			synctest.Wait()
			if s := b.state(id); s != c.want || b.receipt(id) {
				t.Errorf("%s: deal is %s, receipt %v after %d calls, want %s", name, s, b.receipt(id), calls, c.want)
			}
		})
	}
}

// A scheme that wants more runs than there are operators goes to mediators.
func TestCreator_doubtsWhenThereAreTooFewOperators(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"vote": vote})
		b.market.net.Offers = b.market.net.Offers[:1]
		id := b.order("vote")
		b.serve(id, provider[0], "moo")
		time.Sleep(time.Minute)
		synctest.Wait()
		if s := b.state(id); s != lilypad.StateChallenged || len(b.replicas()) != 0 {
			t.Errorf("deal is %s with %d replicas, want challenged", s, len(b.replicas()))
		}
	})
}

// The solver may not pass off a friend's deal as the one on chain.
func TestCreator_believesTheChainAboutItsDeal(t *testing.T) {
	for name, lie := range map[string]func(b *bench, id lilypad.JobID) lilypad.Signed[lilypad.Deal]{
		"another provider": func(b *bench, id lilypad.JobID) lilypad.Signed[lilypad.Deal] { return b.signDeal(id, provider[1]) },
		"forged": func(b *bench, id lilypad.JobID) lilypad.Signed[lilypad.Deal] {
			d := b.signDeal(id, provider[0])
			d.Signature[50] ^= 1
			return d
		},
		"another job": func(b *bench, _ lilypad.JobID) lilypad.Signed[lilypad.Deal] {
			return b.signDeal(lilypad.JobID{1}, provider[0])
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"optimistic": always(upheld)})
				id := b.order("optimistic")
				j, _ := b.market.Job(t.Context(), id)
				terms := settlement.Terms{Offer: j.Posting.Offer, Deal: b.signDeal(id, provider[0])}
				if _, _, err := b.bank.Ledger(solverKey.Address()).Open(t.Context(), []settlement.Terms{terms}); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				d := lie(b, id)
				fake := settlement.Terms{Offer: j.Posting.Offer, Deal: d}
				b.market.edit(id, func(j *api.Job) { j.Phase, j.Deal = api.PhaseRunning, &d })
				b.deliver(id, b.result(fake, provider[1], "moo", false))
				time.Sleep(time.Minute)
				synctest.Wait()
				if b.receipt(id) {
					t.Error("a receipt was signed for a deal that is not on chain")
				}
			})
		})
	}
}

// A job that the solver calls withdrawn may still be opened: the offer is signed.
func TestCreator_followsADealThatWasCalledWithdrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"optimistic": always(upheld)})
		id := b.order("optimistic")
		r, err := b.Cancel(t.Context(), id)
		if err != nil || !r.Done || r.State != "withdrawn" {
			t.Fatalf("%+v, %v", r, err)
		}
		terms := b.serve(id, provider[0], "moo")
		b.pay(id, terms)
		if r, _ := b.Report(t.Context(), id); r.State != "paid" || !r.Done {
			t.Errorf("job is %s, done %v", r.State, r.Done)
		}
		_, err = b.Cancel(t.Context(), id)
		if lilypad.CodeOf(err) != lilypad.Conflict {
			t.Errorf("cancelled after it was paid: %v", err)
		}
	})
}

func TestCreator_Order_refuses(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*api.Order)
		want lilypad.Code
		text string
	}{
		"unknown module":  {func(o *api.Order) { o.Module = "cow" }, lilypad.NotFound, "no module"},
		"unknown scheme":  {func(o *api.Order) { o.Scheme = "magic" }, lilypad.NotFound, "no scheme"},
		"missing input":   {func(o *api.Order) { o.Inputs = map[string]string{"needs": "a.png"} }, lilypad.Invalid, `"a.png"`},
		"files not there": {func(o *api.Order) { o.Files = lilypad.ContentID{7} }, lilypad.NotFound, ""},
		"too much disk":   {func(o *api.Order) { o.Inputs = map[string]string{"disk": "10001"} }, lilypad.Invalid, "10001 MB"},
		"unfunded":        {func(o *api.Order) { o.MaxPrice = 2 * lilypad.LILY }, lilypad.Exhausted, "not enough funds"},
		"too many runs":   {func(o *api.Order) { o.Params = map[string]int64{"runs": 4} }, lilypad.Invalid, "4 runs need 4 operators"},
		"no deterrence":   {func(o *api.Order) { o.Scheme, o.AuditBPS = "deters", 1 }, lilypad.Invalid, "does not deter"},
		"nothing checked": {func(o *api.Order) { o.Scheme = "deters" }, lilypad.Invalid, "nothing would be checked"},
		"audit rate":      {func(o *api.Order) { o.AuditBPS = 10_001 }, lilypad.Invalid, "audit rate"},
		"check left out":  {func(o *api.Order) { o.SkipAllow = true }, lilypad.Invalid, "local network only"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"optimistic": always(upheld), "deters": always(upheld)})
				o := api.Order{Module: "cowsay:v1"}
				c.edit(&o)
				_, err := b.Order(t.Context(), o)
				if lilypad.CodeOf(err) != c.want || !strings.Contains(err.Error(), c.text) {
					t.Errorf("%v, want %s with %q", err, c.want, c.text)
				}
				synctest.Wait()
				if rs, _ := b.Reports(t.Context()); len(rs) != 0 || len(b.market.order) != 0 {
					t.Errorf("%d jobs were kept, %d posted", len(rs), len(b.market.order))
				}
			})
		})
	}
}

// Who pays decides how a result is verified: by the order, or else by the
// configuration. What the module advises counts after both.
func TestCreator_Order_verification(t *testing.T) {
	type choice struct {
		scheme, comparator string
		audit              uint16
	}
	for name, c := range map[string]struct{ order, config, want choice }{
		"advice":       {want: choice{"deters", "loose", 4000}},
		"own rate":     {order: choice{audit: 5000}, want: choice{"deters", "loose", 5000}},
		"order":        {order: choice{scheme: "optimistic"}, want: choice{"optimistic", "loose", 0}},
		"order's both": {order: choice{"optimistic", "exact", 0}, config: choice{"deters", "loose", 0}, want: choice{"optimistic", "exact", 0}},
		"config":       {config: choice{"optimistic", "exact", 0}, want: choice{"optimistic", "exact", 0}},
		"no coin":      {order: choice{"vote, deters", "exact", 0}, want: choice{"vote, deters", "exact", 0}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"optimistic": always(upheld), "deters": always(upheld), "vote, deters": vote})
				b.stop()
				b.config.Scheme, b.config.Comparator = c.config.scheme, c.config.comparator
				b.start()
				r, err := b.Order(t.Context(), api.Order{
					Module: "cowsay:v1", Inputs: map[string]string{"advice": "deters"},
					Scheme: c.order.scheme, Comparator: c.order.comparator, AuditBPS: c.order.audit,
				})
				if err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				got := choice{r.Scheme, r.Comparator, b.market.jobs[r.Job].Posting.Offer.Body.AuditBPS}
				if got != c.want {
					t.Errorf("verified by %+v, want %+v", got, c.want)
				}
			})
		})
	}
}

func TestCreator_Order_denied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"optimistic": always(upheld)})
		b.stop()
		b.config.Allower = fakeAllower{denied: true}
		b.start()
		if _, err := b.Order(t.Context(), api.Order{Module: "cowsay:v1"}); lilypad.CodeOf(err) != lilypad.Unauthorized {
			t.Errorf("%v, want unauthorized", err)
		}
	})
}

func TestCreator_Order_withANonceIsOneJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"optimistic": always(upheld)})
		named := func(o *api.Order) { o.Nonce = 77 }
		first := b.order("optimistic", named)
		b.stop()
		b.start()
		if again := b.order("optimistic", named); again != first || len(b.market.order) != 1 {
			t.Errorf("%s and %s, %d posted", first, again, len(b.market.order))
		}
		if other := b.order("optimistic"); other == first {
			t.Error("an order without a nonce is the same job")
		}
	})
}

func TestCreator_Watch_endsWithTheJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"optimistic": always(upheld)})
		id := b.order("optimistic")
		var kinds []api.EventKind
		done := make(chan struct{})
		go func() {
			defer close(done)
			for e := range b.Watch(t.Context(), id) {
				kinds = append(kinds, e.Kind)
			}
		}()
		synctest.Wait()
		terms := b.open(id, provider[0])
		b.market.events <- api.Event{Kind: api.EventLog, Job: id}
		synctest.Wait()
		b.deliver(id, b.result(terms, provider[0], "moo", false))
		b.pay(id, terms)
		<-done
		if !slices.Contains(kinds, api.EventLog) || len(kinds) < 3 {
			t.Errorf("saw %v", kinds)
		}
	})
}
