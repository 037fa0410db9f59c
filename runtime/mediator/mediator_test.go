package mediator_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
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

// What a provider signs of its result must be true of the bytes: it must not be
// upheld for one thing and deliver another, nor make mediators fetch more than
// it says or than the job may leave.
func TestMediator_callsItWithheldWhenTheBytesAreNotAsSigned(t *testing.T) {
	for name, lie := range map[string]func(*lilypad.Outputs){
		"less than there is": func(o *lilypad.Outputs) { o.Size-- },
		"nothing":            func(o *lilypad.Outputs) { o.Size = 0 },
		"delivers another":   nil,
		"too much":           func(o *lilypad.Outputs) { o.Size = 1 << 40 },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, true)
				if name == "delivers another" {
					b.claim("baa\n")
					other := b.dealt.Delivery.Outputs
					lie = func(o *lilypad.Outputs) { o.Blob, o.Size = other.Blob, other.Size }
				}
				b.claim("moo\n", lie)
				b.tell(nil)
				b.dispute()
				if got := b.opinions(); len(got) != 1 || got[0].Verdict.Body.Outcome != lilypad.OutcomeFraud {
					t.Errorf("%d opinions %+v, want fraud", len(got), got)
				}
			})
		})
	}
}

// A case of which no honest solver lets anybody ask is not taken, nor are its
// bytes.
func TestMediator_leavesWhatIsTooLarge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, true, func(b *bench) { b.disk = 10_001 })
		b.tell(nil)
		b.dispute()
		time.Sleep(time.Hour)
		if got := b.opinions(); len(got) != 0 || b.market.asked > 4 {
			t.Errorf("%d opinions after %d questions", len(got), b.market.asked)
		}
		if has, err := b.config.Store.Has(t.Context(), lilypad.Hash(b.dealt.Delivery.Outputs.Blob)); has || err != nil {
			t.Errorf("the result was fetched: %v, %v", has, err)
		}
	})
}

// patient is a scheme that calls withheld what is not there at the deadline.
type patient struct{ fakePolicies }

func (patient) Scheme(context.Context, lilypad.PluginID) (cases.Scheme, error) {
	return patientScheme{}, nil
}

type patientScheme struct{ fakeScheme }

func (s patientScheme) Decide(ctx context.Context, in hostapi.MediateInput) ([]hostapi.Action, []byte, []byte, error) {
	if c := in.Cases[0]; c.Now < c.Deadline || len(c.Events) > 1 {
		return s.fakeScheme.Decide(ctx, in)
	}
	input, err := in.Append(nil, hostapi.Minor)
	return []hostapi.Action{{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeFraud}}, input, nil, err
}

// What no machine here can run is left to the others: it says nothing of a
// result. That there is none, it does.
func TestMediator_leavesWhatItCanNeverRun(t *testing.T) {
	for name, c := range map[string]struct {
		lie  func(*api.Job)
		want int
	}{
		"a result": {nil, 0},
		"withheld": {func(j *api.Job) { j.Delivery = nil }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, true)
				b.stop()
				x := noop.New(noop.Config{})
				defer x.Close()
				var err error
				if b.config.Fleet, err = fleet.New([]fleet.Machine{{
					Offer:     lilypad.Machine{Slots: 1, Engines: []lilypad.Engine{lilypad.EngineDocker}},
					Executors: map[lilypad.Engine]execution.Executor{lilypad.EngineDocker: x},
				}}, ""); err != nil {
					t.Fatal(err)
				}
				b.config.Policies = patient{}
				b.start()
				b.tell(c.lie)
				b.dispute()
				status, err := b.config.Ledger.Status(t.Context(), b.dealt.ID)
				if err != nil {
					t.Fatal(err)
				}
				b.bank.Advance(status.Deadline - 1)
				time.Sleep(time.Minute)
				if got := b.opinions(); len(got) != c.want || c.want == 1 && got[0].Verdict.Body.Outcome != lilypad.OutcomeFraud {
					t.Errorf("opinions %+v, want %d", got, c.want)
				}
			})
		})
	}
}

func TestMediator_takesTheLargestCase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, true, func(b *bench) { b.disk = 10_000 })
		b.tell(nil)
		b.dispute()
		if got := b.opinions(); len(got) != 1 {
			t.Errorf("%d opinions", len(got))
		}
	})
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
