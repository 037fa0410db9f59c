package mediator_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/storage"
	storagememory "github.com/lilypad-network/lilypad/runtime/storage/memory"
)

var (
	inputsKey   = sealing.NewKey(lilypad.Hash{9: 1})
	resultKey   = sealing.NewKey(lilypad.Hash{9: 2}) // the creator's
	providerOwn = sealing.NewKey(lilypad.Hash{9: 3}) // of the result
)

// keyHolder is who grants what.
type keyHolder struct {
	by   lilypad.Address
	keys []sealing.Key
}

// private makes the bench's deal one about a private job, whose result is
// sealed to these recipients.
func private(to ...lilypad.Hash) func(*bench) {
	return func(b *bench) {
		b.sealed = to
		b.own = storagememory.New()
	}
}

// grant has the solver tell of grants to the mediator under test.
func (b *bench) grant(holders ...keyHolder) func(*api.Job) {
	b.t.Helper()
	b.market.mu.Lock()
	told := b.market.told
	b.market.mu.Unlock()
	if err := told.Check(b.config.Ledger.Domain(), b.config.Key.Address()); err != nil {
		b.t.Fatal(err)
	}
	var grants []api.Grant
	for _, h := range holders {
		sealed, err := sealing.Grant(told.Key, h.keys...)
		if err != nil {
			b.t.Fatal(err)
		}
		grants = append(grants, api.Grant{From: h.by, To: b.config.Key.Address(), Sealed: sealed})
	}
	return func(j *api.Job) { j.Grants = grants }
}

// seal puts into the market what is sealed of trees that only the bench has.
func (b *bench) seal(to []lilypad.Hash, trees ...lilypad.ContentID) lilypad.ContentID {
	id, err := sealing.Seal(b.t.Context(), b.own, trees, to...)
	if err == nil {
		_, err = storage.Copy(b.t.Context(), b.market.Store, b.own, id, storage.Limits{})
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

func TestMediator_privateCase(t *testing.T) {
	creator := keyHolder{creatorKey.Address(), []sealing.Key{inputsKey, resultKey}}
	provider := keyHolder{providerKey.Address(), []sealing.Key{inputsKey, providerOwn}}
	both := []lilypad.Hash{resultKey.Recipient(), providerOwn.Recipient()}
	for name, c := range map[string]struct {
		to      []lilypad.Hash // what the result is sealed to
		claim   string
		holders []keyHolder
		half    bool // half the time is over
		want    lilypad.Outcome
	}{
		"both grant":                {both, "moo\n", []keyHolder{creator, provider}, false, lilypad.OutcomeUpheld},
		"wrong answer":              {both, "baa\n", []keyHolder{creator, provider}, false, lilypad.OutcomeFraud},
		"only the creator grants":   {both, "moo\n", []keyHolder{creator}, false, lilypad.OutcomeUpheld},
		"the creator is waited for": {both, "moo\n", []keyHolder{provider}, false, lilypad.OutcomeNone},
		"and then done without":     {both, "moo\n", []keyHolder{provider}, true, lilypad.OutcomeUpheld},
		"sealed for mediators alone": {
			both[1:], "moo\n", []keyHolder{creator, provider}, false, lilypad.OutcomeFraud,
		},
		"the creator grants noise": {both, "moo\n", []keyHolder{{creatorKey.Address(), []sealing.Key{sealing.NewKey(lilypad.Hash{9: 7})}}, provider}, true, lilypad.OutcomeUpheld},
		"nobody grants":            {both, "moo\n", nil, true, lilypad.OutcomeNone},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, true, private(c.to...))
				b.claim(c.claim)
				b.tell(b.grant(c.holders...))
				b.dispute()
				if c.half {
					b.bank.Advance(b.dealtDeadline() - 200) // of 600 s
				}
				time.Sleep(time.Minute)
				got := b.opinions()
				if c.want == lilypad.OutcomeNone {
					if len(got) != 0 {
						t.Fatalf("decided %+v", got)
					}
					return
				}
				if len(got) != 1 || got[0].Verdict.Body.Outcome != c.want {
					t.Fatalf("%d opinions %+v, want %s", len(got), got, c.want)
				}
			})
		})
	}
}

// Who is not drawn sees that a result is there, and not what it is.
func TestMediator_privateResultIsSeenBeforeTheDraw(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, true, private(resultKey.Recipient()))
		b.tell(nil)
		b.claimOnChain()
		b.challenge()
		time.Sleep(time.Minute)
		synctest.Wait()
		for id, want := range map[lilypad.ContentID]bool{b.dealt.Delivery.Sealed: true, b.dealt.Delivery.Outputs.Blob: false} {
			if has, err := b.config.Store.Has(t.Context(), lilypad.Hash(id)); has != want || err != nil {
				t.Errorf("tree %s is here: %t, %v", id, has, err)
			}
		}
	})
}

// Nor is more fetched than the job may leave.
func TestMediator_privateResultAboveItsNeedsIsNotFetched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, true, private(resultKey.Recipient()))
		b.claim("moo\n", func(o *lilypad.Outputs) { o.Size = 1 << 60 })
		b.tell(nil)
		b.claimOnChain()
		b.challenge()
		time.Sleep(time.Minute)
		synctest.Wait()
		if has, err := b.config.Store.Has(t.Context(), lilypad.Hash(b.dealt.Delivery.Sealed)); has || err != nil {
			t.Errorf("it was fetched: %v, %v", has, err)
		}
	})
}
