package mediator_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func TestMediator_rules(t *testing.T) {
	for name, c := range map[string]struct {
		claim string
		lie   func(*api.Job)
		want  lilypad.Outcome
	}{
		"honest":                   {"moo\n", nil, lilypad.OutcomeUpheld},
		"wrong answer":             {"baa\n", nil, lilypad.OutcomeFraud},
		"late":                     {"moo\n", func(j *api.Job) { d := *j.Delivery; d.At = 5000; j.Delivery = &d }, lilypad.OutcomeLate},
		"withheld":                 {"moo\n", func(j *api.Job) { j.Delivery = nil }, lilypad.OutcomeFraud},
		"delivery of another deal": {"moo\n", func(j *api.Job) { d := *j.Delivery; d.Result.Body.Deal[0]++; j.Delivery = &d }, lilypad.OutcomeFraud},
		"other delivery":           {"moo\n", func(j *api.Job) { d := *j.Delivery; d.Outputs.Size++; j.Delivery = &d }, lilypad.OutcomeFraud},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, true)
				b.claim(c.claim)
				b.tell(c.lie)
				b.dispute()
				got := b.opinions()
				if len(got) != 1 || got[0].Verdict.Body.Outcome != c.want {
					t.Fatalf("%d opinions %+v, want %s", len(got), got, c.want)
				}
				v := got[0].Verdict
				if err := wallet.Verify(b.config.Ledger.Domain(), v, b.config.Key.Address()); err != nil {
					t.Error(err)
				}
				if v.Body.Deal != b.terms.Deal.Body.ID() || v.Body.Result != b.facts.Result {
					t.Errorf("verdict %+v is about something else", v.Body)
				}
				file, err := cases.ReadFile(t.Context(), b.market.Store, got[0].Transcript)
				if err != nil {
					t.Fatal(err)
				}
				if err := file.Transcript.Replay(t.Context(), fakeScheme{}); err != nil {
					t.Error(err)
				}
				if file.Transcript.Hash() != v.Body.Transcript || file.Job != b.dealt.ID || file.By != b.config.Key.Address() {
					t.Errorf("file %+v is not the verdict's", file)
				}
			})
		})
	}
}

func TestMediator_leavesTheCasesOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, false)
		b.tell(nil)
		b.dispute()
		time.Sleep(time.Hour)
		if got := b.opinions(); len(got) != 0 {
			t.Errorf("a mediator that was not drawn hands in %+v", got)
		}
		if b.market.asked > 4 { // it looks once before anyone is drawn
			t.Errorf("asked %d times about another's case", b.market.asked)
		}
	})
}

// What the solver tells must be what was signed and what the chain knows.
func TestMediator_refusesALyingSolver(t *testing.T) {
	for name, lie := range map[string]func(b *bench, j *api.Job){
		"no deal":        func(_ *bench, j *api.Job) { j.Deal = nil },
		"another job":    func(_ *bench, j *api.Job) { j.Posting.Offer.Body.Nonce++ },
		"work changed":   func(_ *bench, j *api.Job) { j.Posting.Work.Needs.Timeout++ },
		"panel changed":  func(_ *bench, j *api.Job) { j.Posting.Panel.Agree = 1 },
		"creator's seed": func(_ *bench, j *api.Job) { j.Facts.CreatorSeed[0]++ },
		"provider's":     func(_ *bench, j *api.Job) { j.Facts.ProviderSeed[0]++ },
		"no seeds":       func(_ *bench, j *api.Job) { j.Facts.CreatorSeed, j.Facts.ProviderSeed = lilypad.Hash{}, lilypad.Hash{} },
		"price changed": func(_ *bench, j *api.Job) {
			d := *j.Deal
			d.Body.Price = 50
			j.Deal = &d
		},
		"a friend's deal": func(b *bench, j *api.Job) { // over the seed that everybody knows by now
			d := j.Deal.Body
			d.Provider, d.SeedHash = solverKey.Address(), lilypad.SeedHash(b.facts.ProviderSeed, solverKey.Address())
			signed, _ := wallet.Sign(b.t.Context(), solverKey, b.config.Ledger.Domain(), d)
			j.Deal = &signed
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, true)
				b.tell(func(j *api.Job) { lie(b, j) })
				b.dispute()
				time.Sleep(time.Minute)
				if got := b.opinions(); len(got) != 0 {
					t.Fatalf("it believes the solver: %+v", got)
				}
				b.tell(nil)
				time.Sleep(time.Minute)
				if got := b.opinions(); len(got) != 1 {
					t.Errorf("%d opinions once the solver tells the truth", len(got))
				}
			})
		})
	}
}

// The chain is often ahead of the solver, who then knows no case yet.
func TestMediator_waitsForASolverThatLags(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, true)
		b.lag()
		b.dispute()
		time.Sleep(time.Second)
		b.tell(nil)
		time.Sleep(time.Minute)
		if got := b.opinions(); len(got) != 1 {
			t.Errorf("%d opinions", len(got))
		}
	})
}

func TestMediator_restart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, true)
		b.stop()
		b.tell(nil)
		b.dispute() // nobody looked
		b.start()
		if got := b.opinions(); len(got) != 1 {
			t.Fatalf("%d opinions after a restart", len(got))
		}
		b.stop()
		b.start()
		if got := b.opinions(); len(got) != 1 || len(b.market.opinions) < 2 {
			t.Errorf("%d verdicts in %d tellings, want one, told again", len(got), len(b.market.opinions))
		}
		b.bank.Advance(10_000) // the case is over
		if _, err := b.config.Ledger.Expire(t.Context(), b.terms, b.facts); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		told := len(b.market.opinions)
		b.stop()
		b.start()
		if len(b.market.opinions) != told {
			t.Error("a verdict was told after the case was over")
		}
	})
}

// A solver cannot say afterwards that a result was there which the mediator has
// looked for, nor that one came later than it said at first.
func TestMediator_believesItsOwnEyes(t *testing.T) {
	at := func(when lilypad.Time) func(*api.Job) {
		return func(j *api.Job) { d := *j.Delivery; d.At = when; j.Delivery = &d }
	}
	withheld := func(j *api.Job) { j.Delivery = nil }
	for name, tc := range map[string]struct {
		before, after func(*api.Job) // what it tells between challenge and draw, and then
		want          lilypad.Outcome
	}{
		"in time":              {nil, nil, lilypad.OutcomeUpheld},
		"dated back":           {withheld, at(1001), lilypad.OutcomeLate},
		"dated forward":        {at(1001), at(9000), lilypad.OutcomeUpheld},
		"late, as it was told": {withheld, at(9000), lilypad.OutcomeLate},
	} {
		for _, restart := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, restart %v", name, restart), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					b := newBench(t, true)
					b.claimOnChain()
					b.tell(tc.before)
					b.challenge()
					if restart {
						b.stop()
						b.start()
					}
					b.tell(tc.after)
					b.reveal()
					time.Sleep(time.Minute)
					got := b.opinions()
					if len(got) != 1 || got[0].Verdict.Body.Outcome != tc.want {
						t.Errorf("%+v, want %s", got, tc.want)
					}
				})
			})
		}
	}
}

// A case that nobody decides is ended by a mediator if by nobody else.
func TestMediator_endsWhatNobodyDecides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, true)
		b.tell(nil)
		b.dispute() // its verdict alone is not enough, and the solver is idle
		st, err := b.config.Ledger.Status(t.Context(), b.dealt.ID)
		if err != nil || st.State != lilypad.StateDrawn {
			t.Fatalf("%+v, %v", st, err)
		}
		for _, tc := range []struct {
			at   lilypad.Time
			want lilypad.State
		}{{st.Deadline + 1, lilypad.StateDrawn}, {st.Deadline + 400, lilypad.StateFinal}} {
			b.bank.Advance(tc.at)
			synctest.Wait()
			if st, err := b.config.Ledger.Status(t.Context(), b.dealt.ID); err != nil || st.State != tc.want {
				t.Errorf("at %d it is %s, %v; want %s", tc.at, st.State, err, tc.want)
			}
		}
	})
}
