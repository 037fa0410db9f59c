package creator_test

import (
	"encoding/binary"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// A replica is ordered where it can run: the cheaper offer is of a machine
// without the engine, the time or a slot for it.
func TestCreator_ordersReplicasWhereTheyCanRun(t *testing.T) {
	for name, unfit := range map[string]func(*lilypad.Offer){
		"another engine": func(o *lilypad.Offer) { o.Engines = []lilypad.Engine{lilypad.EngineDocker} },
		"too short":      func(o *lilypad.Offer) { o.MaxTimeout = 0 },
		"no slot":        func(o *lilypad.Offer) { o.Slots = 0 },
		"two machines": func(o *lilypad.Offer) { // of which one has the slots and the other the engine
			o.Slots = 0
			o.Add(lilypad.Machine{Name: "a", Slots: 1, Engines: []lilypad.Engine{lilypad.EngineDocker}})
			o.Add(lilypad.Machine{Name: "b", Engines: []lilypad.Engine{lilypad.EngineNoop}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"vote": vote})
				b.market.mu.Lock()
				unfit(&b.market.net.Offers[1])
				b.market.mu.Unlock()
				b.serve(b.order("vote"), provider[0], "moo")
				reps := b.replicas() // one: there is nobody for a second
				if len(reps) != 1 || b.target(reps[0]) != provider[2] {
					t.Errorf("%d replicas, want one that is for the dearer provider", len(reps))
				}
			})
		})
	}
}

// What the scheme is told of a replica's hardware is that of the machine which
// is to run it; and where it must be like the first, a run elsewhere is none.
func TestCreator_knowsTheHardwareOfReplicas(t *testing.T) {
	cpu, gpu := lilypad.HardwareClass("", ""), lilypad.HardwareClass("NVIDIA L4", "570")
	for name, c := range map[string]struct {
		place   hostapi.Place
		ran     lilypad.Hash
		missing bool
	}{
		"anywhere":           {hostapi.PlaceAny, gpu, false},
		"like the first":     {hostapi.PlaceSameClass, cpu, false},
		"not like the first": {hostapi.PlaceSameClass, gpu, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var saw hostapi.Case
				b := newBench(t, fakePolicies{"again": func(cs hostapi.Case) ([]hostapi.Action, error) {
					saw = cs
					switch {
					case len(cases.Open(&cs)) > 0:
						return nil, nil
					case cases.Count(&cs, hostapi.ActionKindExecute) > 0:
						return []hostapi.Action{upheld}, nil
					}
					return []hostapi.Action{{Kind: hostapi.ActionKindExecute, Key: 1, Place: c.place}}, nil
				}})
				b.market.mu.Lock()
				b.market.net.Offers[1].HardwareClass = gpu // of the GPU that the job does not ask for
				b.market.mu.Unlock()
				deliver := func(id lilypad.JobID, k *wallet.Key, class lilypad.Hash) {
					terms := b.open(id, k)
					out := b.result(terms, k, "moo", false).Outputs
					out.HardwareClass = class
					b.deliver(id, b.sign(terms, k, out))
				}
				deliver(b.order("again"), provider[0], cpu)
				reps := b.replicas()
				if len(reps) != 1 || b.target(reps[0]) != provider[1] {
					t.Fatalf("%d replicas, want one", len(reps))
				}
				deliver(reps[0], provider[1], c.ran)
				results, missing := 0, false
				for _, e := range saw.Events {
					switch {
					case e.Party != nil && e.Party.Standing == hostapi.StandingReplica && e.Party.HardwareClass != hostapi.Bytes32(cpu):
						t.Errorf("the replica's class is %x", e.Party.HardwareClass)
					case e.Result != nil:
						results++
					}
					missing = missing || e.Missing != nil
				}
				if missing != c.missing || missing == (results == 2) {
					t.Errorf("%d results, one missing: %v", results, missing)
				}
			})
		})
	}
}

// Where the scheme believed nobody, a replica is ruled on by what mediators say
// of the first result: who sold something else than that is right is not paid.
func TestCreator_rulesOnReplicasByTheMediators(t *testing.T) {
	refund := hostapi.Action{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeRefund}
	for name, c := range map[string]struct {
		says    hostapi.Action
		outcome lilypad.Outcome
		paid    [2]bool // the replica that is like the first result, and the other
	}{
		"drawn, upheld":     {doubt, lilypad.OutcomeUpheld, [2]bool{true, false}},
		"refunded, upheld":  {refund, lilypad.OutcomeUpheld, [2]bool{true, false}},
		"refunded, fraud":   {refund, lilypad.OutcomeFraud, [2]bool{false, true}},
		"refunded, neither": {refund, lilypad.OutcomeRefund, [2]bool{true, true}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"unsure": func(cs hostapi.Case) ([]hostapi.Action, error) {
					if p, err := vote(cs); p[0].Kind != hostapi.ActionKindVerdict {
						return p, err
					}
					return []hostapi.Action{c.says}, nil
				}})
				first := b.order("unsure")
				terms := b.serve(first, provider[0], "moo")
				reps := b.replicas()
				b.serve(reps[0], b.target(reps[0]), "moo")
				b.serve(reps[1], b.target(reps[1]), "junk")
				time.Sleep(time.Minute)
				synctest.Wait()
				if b.state(first) != lilypad.StateChallenged || b.receipt(reps[0]) || b.receipt(reps[1]) {
					t.Fatalf("the first is %s, the receipts %v and %v", b.state(first), b.receipt(reps[0]), b.receipt(reps[1]))
				}
				b.resolve(terms, provider[0], c.outcome)
				for i, rep := range reps {
					if got := b.receipt(rep); got != c.paid[i] || got == (b.state(rep) == lilypad.StateChallenged) {
						t.Errorf("replica %d has a receipt: %v, is %s", i, got, b.state(rep))
					}
				}
			})
		})
	}
}

// resolve ends a challenged deal as all mediators say.
func (b *bench) resolve(t settlement.Terms, k *wallet.Key, outcome lilypad.Outcome) {
	b.t.Helper()
	id := t.Deal.Body.Job
	j, err := b.market.Job(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}

	facts := settlement.Facts{Result: j.Delivery.Result.Body.Result, CreatorSeed: creatorKey.Seed(binary.BigEndian.AppendUint64([]byte("creator seed"), t.Offer.Body.Nonce))}
	ledger, seed := b.bank.Ledger(k.Address()), k.Seed(id[:])
	if _, err := ledger.Reveal(b.t.Context(), t, facts, seed); err != nil {
		b.t.Fatal(err)
	}
	facts.ProviderSeed = seed
	var verdicts []lilypad.Signed[lilypad.Verdict]
	for _, m := range mediators {
		v, err := wallet.Sign(b.t.Context(), m, b.config.Ledger.Domain(), lilypad.Verdict{Deal: t.Deal.Body.ID(), Result: facts.Result, Outcome: outcome})
		if err != nil {
			b.t.Fatal(err)
		}
		verdicts = append(verdicts, v)
	}
	if _, err := ledger.Resolve(b.t.Context(), t, facts, j.Posting.Panel, verdicts); err != nil {
		b.t.Fatal(err)
	}
	time.Sleep(time.Minute)
	synctest.Wait()
}
