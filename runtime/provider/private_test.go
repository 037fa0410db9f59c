package provider_test

import (
	"bytes"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/storage"
	storagememory "github.com/lilypad-network/lilypad/runtime/storage/memory"
)

var (
	inputsKey = sealing.NewKey(lilypad.Hash{9: 1})
	resultKey = sealing.NewKey(lilypad.Hash{9: 2})
)

// private is a job whose inputs the market has sealed only.
func (b *bench) private(edits ...func(*api.Job)) api.Job {
	b.t.Helper()
	return b.job(append([]func(*api.Job){func(j *api.Job) {
		own := storagememory.New()
		id, err := bundle.PutInputs(b.t.Context(), own, []byte("template"), map[string]string{"Prompt": "a secret"}, lilypad.ContentID{})
		if err != nil {
			b.t.Fatal(err)
		}
		sealed, err := sealing.Seal(b.t.Context(), own, []lilypad.ContentID{id}, inputsKey.Recipient())
		if err != nil {
			b.t.Fatal(err)
		}
		if _, err := storage.Copy(b.t.Context(), b.market.Store, own, sealed, storage.Limits{}); err != nil {
			b.t.Fatal(err)
		}
		j.Posting.Work.Inputs, j.Posting.Sealed, j.Posting.Work.ResultKey = id, sealed, resultKey.Recipient()
	}}, edits...)...)
}

// granted is j with keys for the provider, as its creator grants them.
func (b *bench) granted(j api.Job, keys ...sealing.Key) api.Job {
	b.t.Helper()
	b.market.mu.Lock()
	told := b.market.told
	b.market.mu.Unlock()
	if err := told.Check(b.ledger.Domain(), providerKey.Address()); err != nil {
		b.t.Fatal(err)
	}
	sealed, err := sealing.Grant(told.Key, keys...)
	if err != nil {
		b.t.Fatal(err)
	}
	j.Grants = []api.Grant{{From: creatorKey.Address(), To: providerKey.Address(), Sealed: sealed}}
	return j
}

func TestProvider_privateJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j := b.private()
		b.propose(j)
		time.Sleep(time.Minute)
		synctest.Wait()
		if a := b.answer(j.ID); a.Deal != nil || a.Reason != "" {
			t.Fatalf("answered %+v without the keys", a)
		}
		j = b.granted(j, inputsKey)
		b.propose(j)
		b.open(j)
		b.runLate(j)
		b.market.mu.Lock()
		d := b.market.last
		b.market.mu.Unlock()
		for _, id := range []lilypad.ContentID{d.Outputs.Plain, d.Outputs.Blob, j.Posting.Work.Inputs} {
			if has, err := b.market.Has(t.Context(), lilypad.Hash(id)); has || err != nil {
				t.Errorf("the solver has open tree %s, %v", id, err)
			}
		}
		store := storagememory.New()
		if err := bundle.FetchSealed(t.Context(), store, b.market, d.Sealed, d.Outputs, j.Posting.Work.Needs, resultKey); err != nil {
			t.Fatal(err)
		}
		if out, err := bundle.ReadOutput(t.Context(), store, d.Outputs.Blob, bundle.Stdout, 100); string(out) != "moo\n" || err != nil {
			t.Errorf("%q, %v", out, err)
		}
		if needed := b.Needed(1 << 40); !slices.Contains(needed, d.Sealed) || !slices.Contains(needed, j.Posting.Sealed) {
			t.Errorf("needs %v", needed)
		}
	})
}

// It says no to what it cannot open, and tells nobody what was in it.
func TestProvider_declinesPrivateInputs(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*api.Job)
		keys []sealing.Key
	}{
		"another key":    {nil, []sealing.Key{resultKey}},
		"other inputs":   {func(j *api.Job) { j.Posting.Work.Inputs = lilypad.ContentID{9} }, []sealing.Key{inputsKey}},
		"nothing sealed": {func(j *api.Job) { j.Posting.Sealed = lilypad.ContentID{9} }, []sealing.Key{inputsKey}},
		"forged module":  {func(j *api.Job) { j.Posting.Module.Name = "forged" }, []sealing.Key{inputsKey}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t)
				var j api.Job
				if c.edit == nil {
					j = b.private()
				} else {
					j = b.private(c.edit)
				}
				j = b.granted(j, c.keys...)
				b.propose(j)
				a := b.answer(j.ID)
				if a.Deal != nil || !bytes.HasSuffix([]byte(a.Reason), []byte("the inputs of this private job cannot be used here")) {
					t.Errorf("answered %+v", a)
				}
			})
		})
	}
}

// Whatever the creator does, drawn mediators can see inputs and result.
func TestProvider_grantsToDrawnMediators(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		members := map[lilypad.Address]sealing.Key{}
		panel := lilypad.Panel{Drawn: 3, Agree: 2}
		for i, name := range []string{"m1", "m2", "m3", "m4"} {
			k := settlementtest.Key(name)
			own := sealing.NewKey(lilypad.Hash{8: byte(i + 1)})
			r, err := api.SignRecipient(t.Context(), k, b.ledger.Domain(), own.Recipient())
			if err != nil {
				t.Fatal(err)
			}
			members[k.Address()], b.market.keys[k.Address()] = own, r
			panel.Mediators = append(panel.Mediators, k.Address())
		}
		slices.SortFunc(panel.Mediators, func(x, y lilypad.Address) int { return bytes.Compare(x[:], y[:]) })
		others := []sealing.Key{sealing.NewKey(lilypad.Hash{5: 1}), sealing.NewKey(lilypad.Hash{5: 2}), sealing.NewKey(lilypad.Hash{5: 3})} // which open nothing
		j := b.granted(b.private(func(j *api.Job) { j.Posting.Panel = panel }), append(others, inputsKey)...)
		b.propose(j)
		terms := b.open(j)
		b.runLate(j)
		b.market.mu.Lock()
		d := b.market.last
		b.market.mu.Unlock()
		seed := creatorKey.Seed([]byte{byte(b.nonce)})
		if _, err := b.bank.Ledger(creatorKey.Address()).Challenge(t.Context(), terms, d.Outputs.Hash(), seed); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		told, err := b.market.Job(t.Context(), j.ID)
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := settlement.Draw(panel, seed, providerKey.Seed(j.ID[:]), terms.Deal.Body.ID())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range panel.Mediators {
			keys := told.Keys(m, members[m])
			if !slices.Contains(drawn, m) {
				if len(keys) > 0 {
					t.Errorf("mediator %s was not drawn and has keys", m)
				}
				continue
			}
			store := storagememory.New()
			if err := bundle.FetchSealed(t.Context(), store, b.market, d.Sealed, d.Outputs, j.Posting.Work.Needs, keys...); err != nil {
				t.Errorf("result: %v", err)
			}
			parcel := sealing.Parcel{Sealed: j.Posting.Sealed, Trees: []lilypad.ContentID{j.Posting.Work.Inputs}, Size: 1000}
			if err := sealing.Fetch(t.Context(), store, b.market, parcel, keys...); err != nil {
				t.Errorf("inputs: %v", err)
			}
		}
	})
}

// What is here from another's private job is of no use to who does not have it:
// not to run a job on, nor to find out whether it is here.
func TestProvider_keepsPrivateInputsFromOthers(t *testing.T) {
	thief := sealing.NewKey(lilypad.Hash{7: 7})
	for name, job := range map[string]func(b *bench, victim api.Job) api.Job{
		"its inputs": func(b *bench, victim api.Job) api.Job {
			j := b.job(func(j *api.Job) {
				j.Posting.Work.Inputs, j.Posting.Sealed, j.Posting.Work.ResultKey = victim.Posting.Work.Inputs, lilypad.ContentID{9}, thief.Recipient()
			})
			j.Grants = []api.Grant{{From: creatorKey.Address(), To: providerKey.Address(), Sealed: []byte("noise")}}
			return j
		},
		"a right guess": func(b *bench, _ api.Job) api.Job {
			own := storagememory.New()
			id, err := bundle.PutInputs(b.t.Context(), own, []byte("template"), map[string]string{"Prompt": "a secret"}, lilypad.ContentID{})
			if err == nil {
				id, err = bundle.Salt(b.t.Context(), own, id, lilypad.Hash{1})
			}
			if err != nil {
				b.t.Fatal(err)
			}
			tree, err := storage.ReadTree(b.t.Context(), own, id)
			if err != nil {
				b.t.Fatal(err)
			}
			blocks := []lilypad.Hash{lilypad.Hash(id)}
			for _, f := range tree.Files {
				if f.Path != "inputs.json" { // which it does not show to have
					blocks = append(blocks, f.Chunks...)
				}
			}
			for _, block := range blocks {
				text, err := own.Get(b.t.Context(), block)
				if err == nil {
					_, err = b.market.Store.Put(b.t.Context(), text)
				}
				if err != nil {
					b.t.Fatal(err)
				}
			}
			return b.job(func(j *api.Job) { j.Posting.Work.Inputs = id })
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t)
				victim := b.granted(b.private(), inputsKey)
				b.propose(victim)
				if b.answer(victim.ID).Deal == nil {
					t.Fatal("the first job is not taken")
				}
				j := job(b, victim)
				b.propose(j)
				if a := b.answer(j.ID); a.Deal != nil || a.Reason == "" {
					t.Errorf("answered %+v", a)
				}
			})
		})
	}
}

func TestProvider_declinesAKeyToWhichNothingCanBeSealed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j := b.granted(b.private(func(j *api.Job) { j.Posting.Work.ResultKey = lilypad.Hash{1} }), inputsKey)
		b.propose(j)
		if a := b.answer(j.ID); a.Deal != nil || a.Reason == "" {
			t.Errorf("answered %+v", a)
		}
	})
}
