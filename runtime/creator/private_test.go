package creator_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/storage"
	storagememory "github.com/lilypad-network/lilypad/runtime/storage/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func privately(o *api.Order) { o.Private, o.Inputs = true, map[string]string{"Prompt": "a secret"} }

// tellKey publishes a key for an account and returns it.
func (b *bench) tellKey(k *wallet.Key) sealing.Key {
	b.t.Helper()
	own := sealing.NewKey(k.Seed([]byte("test")))
	r, err := api.SignRecipient(b.t.Context(), k, b.config.Ledger.Domain(), own.Recipient())
	if err != nil {
		b.t.Fatal(err)
	}
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	b.market.keys[k.Address()] = r
	return own
}

// asked has the solver propose a job to a provider.
func (b *bench) asked(id lilypad.JobID, k *wallet.Key) api.Job {
	b.t.Helper()
	b.market.edit(id, func(j *api.Job) { j.Phase, j.Provider = api.PhaseProposed, k.Address() })
	synctest.Wait()
	j, err := b.market.Job(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	return j
}

// sealed makes a result that only the given key opens.
func (b *bench) sealed(t settlement.Terms, k *wallet.Key, to lilypad.Hash, edits ...func(*lilypad.Outputs)) api.Delivery {
	b.t.Helper()
	open := b.market.Store
	b.market.Store = storagememory.New()
	d := b.result(t, k, "moo", false)
	own := b.market.Store
	b.market.Store = open
	sealed, err := bundle.SealResult(b.t.Context(), own, d.Outputs, to)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := storage.Copy(b.t.Context(), open, own, sealed, storage.Limits{}); err != nil {
		b.t.Fatal(err)
	}
	for _, edit := range edits {
		edit(&d.Outputs)
	}
	d = b.sign(t, k, d.Outputs)
	d.Sealed = sealed
	return d
}

func TestCreator_privateJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"good": always(upheld)})
		own := b.tellKey(provider[0])
		id := b.order("good", privately)
		j := b.asked(id, provider[0])
		if has, err := b.market.Has(t.Context(), lilypad.Hash(j.Posting.Work.Inputs)); has || err != nil {
			t.Errorf("the solver has the open inputs, %v", err)
		}
		keys := j.Keys(provider[0].Address(), own)
		store := storagememory.New()
		parcel := sealing.Parcel{Sealed: j.Posting.Sealed, Trees: []lilypad.ContentID{j.Posting.Work.Inputs}, Size: 1000}
		if err := sealing.Fetch(t.Context(), store, b.market, parcel, keys...); err != nil {
			t.Fatal(err)
		}
		in, err := bundle.ReadInputs(t.Context(), store, j.Posting.Work.Inputs)
		if err != nil || in.Params["Prompt"] != "a secret" {
			t.Errorf("inputs %v, %v", in.Params, err)
		}
		terms := b.open(id, provider[0])
		d := b.sealed(terms, provider[0], j.Posting.Work.ResultKey)
		if err := bundle.FetchSealed(t.Context(), store, b.market, d.Sealed, d.Outputs, j.Posting.Work.Needs, keys...); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("the key of the inputs opens the result: %v", err)
		}
		b.deliver(id, d)
		b.pay(id, terms)
		r, err := b.Report(t.Context(), id)
		if err != nil || !r.Done || r.Result != d.Outputs.Blob {
			t.Fatalf("%+v, %v", r, err)
		}
		if out, err := bundle.ReadOutput(t.Context(), b.config.Store, r.Result, bundle.Stdout, 100); string(out) != "moo" || err != nil {
			t.Errorf("%q, %v", out, err)
		}
	})
}

// The same inputs look like others in another job: nobody finds out by a guess.
func TestCreator_privateInputsAreSalted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"good": always(upheld)})
		seen := map[lilypad.ContentID]bool{}
		for range 3 {
			j, err := b.market.Job(t.Context(), b.order("good", privately))
			if err != nil {
				t.Fatal(err)
			}
			seen[j.Posting.Work.Inputs] = true
		}
		if len(seen) != 3 {
			t.Errorf("%d ids of 3 orders", len(seen))
		}
	})
}

// Nobody but who was chosen is granted the keys, whatever the solver says, and
// only under a key that is its own.
func TestCreator_grantsToNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"good": always(upheld)})
		b.tellKey(provider[0])
		b.tellKey(provider[1])
		targeted := b.order("good", privately, func(o *api.Order) { o.Target = provider[0].Address() })
		if j := b.asked(targeted, provider[1]); len(j.Grants) > 0 {
			t.Error("granted to another than the target")
		}
		id := b.order("good", privately)
		b.asked(id, provider[0])
		b.open(id, provider[0])
		b.market.edit(id, func(j *api.Job) { j.Provider, j.Grants = provider[1].Address(), nil })
		synctest.Wait()
		if j, _ := b.market.Job(t.Context(), id); len(j.Grants) > 0 {
			t.Error("granted to another than the deal's provider")
		}
		forged := b.order("good", privately)
		b.market.mu.Lock()
		b.market.keys[provider[2].Address()] = b.market.keys[provider[1].Address()]
		b.market.mu.Unlock()
		if j := b.asked(forged, provider[2]); len(j.Grants) > 0 {
			t.Error("granted under a key that its provider did not sign")
		}
		open := b.order("good")
		if j := b.asked(open, provider[0]); len(j.Grants) > 0 {
			t.Error("keys of a job that has none")
		}
	})
}

// What does not open as what was signed is as good as withheld: it is
// challenged when it is claimed.
func TestCreator_challengesABadSealedResult(t *testing.T) {
	for name, make := range map[string]func(b *bench, t settlement.Terms, key lilypad.Hash) api.Delivery{
		"sealed to another": func(b *bench, t settlement.Terms, _ lilypad.Hash) api.Delivery {
			return b.sealed(t, provider[0], sealing.NewKey(lilypad.Hash{9: 9}).Recipient())
		},
		"another result": func(b *bench, t settlement.Terms, key lilypad.Hash) api.Delivery {
			return b.sealed(t, provider[0], key, func(o *lilypad.Outputs) { o.Plain[0]++ })
		},
		"another size": func(b *bench, t settlement.Terms, key lilypad.Hash) api.Delivery {
			return b.sealed(t, provider[0], key, func(o *lilypad.Outputs) { o.Size-- })
		},
		"not sealed": func(b *bench, t settlement.Terms, _ lilypad.Hash) api.Delivery {
			d := b.result(t, provider[0], "moo", false)
			d.Sealed = d.Outputs.Blob
			return d
		},
		"cut off": func(b *bench, t settlement.Terms, key lilypad.Hash) api.Delivery {
			d := b.sealed(t, provider[0], key)
			id, _, err := storage.PutFiles(b.t.Context(), b.market.Store, []storage.Entry{storage.Bytes("sealed", []byte("age-encryption.org/v1\n"))})
			if err != nil {
				b.t.Fatal(err)
			}
			d.Sealed = id
			return d
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"good": always(upheld)})
				b.tellKey(provider[0])
				id := b.order("good", privately)
				j := b.asked(id, provider[0])
				terms := b.open(id, provider[0])
				d := make(b, terms, j.Posting.Work.ResultKey)
				b.deliver(id, d)
				if b.receipt(id) {
					t.Fatal("accepted what cannot be read")
				}
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

// A replica of a private job gets its inputs, and not the first run's result.
func TestCreator_replicaOfAPrivateJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"vote": fakeScheme(vote)})
		keys := map[lilypad.Address]sealing.Key{}
		for _, k := range provider {
			keys[k.Address()] = b.tellKey(k)
		}
		id := b.order("vote", privately)
		j := b.asked(id, provider[0])
		terms := b.open(id, provider[0])
		d := b.sealed(terms, provider[0], j.Posting.Work.ResultKey)
		b.deliver(id, d)
		replicas := b.replicas()
		if len(replicas) != 2 {
			t.Fatalf("%d replicas", len(replicas))
		}
		for _, rep := range replicas {
			k := b.target(rep)
			rj := b.asked(rep, k)
			granted := rj.Keys(k.Address(), keys[k.Address()])
			parcel := sealing.Parcel{Sealed: rj.Posting.Sealed, Trees: []lilypad.ContentID{rj.Posting.Work.Inputs}, Size: 1000}
			if err := sealing.Fetch(t.Context(), storagememory.New(), b.market, parcel, granted...); err != nil {
				t.Error(err)
			}
			err := bundle.FetchSealed(t.Context(), storagememory.New(), b.market, d.Sealed, d.Outputs, rj.Posting.Work.Needs, granted...)
			if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "opened") {
				t.Errorf("a replica opens the first result: %v", err)
			}
			b.deliver(rep, b.sealed(b.open(rep, k), k, rj.Posting.Work.ResultKey))
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if !b.receipt(id) || slices.ContainsFunc(replicas, func(r lilypad.JobID) bool { return !b.receipt(r) }) {
			t.Error("three equal results were not accepted")
		}
	})
}
