package solver_test

import (
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Whatever a reorganisation takes away is done again from what was signed, and
// every deal ends as it would have ended.
func TestSolver_rightsItselfAfterAReorganisation(t *testing.T) {
	for _, lost := range []string{"open", "submit", "challenge", "draw", "receipt", "verdict"} {
		for _, down := range []bool{false, true} {
			name := lost
			if down {
				name += " while it was down"
			}
			t.Run(name, func(t *testing.T) {
				bubble(t, func(t *testing.T) { losesAndRights(t, lost, down) })
			})
		}
	}
}

func losesAndRights(t *testing.T, lost string, down bool) {
	m, p := newMarket(t), providers(1)[0]
	m.join(p, 100)
	id := m.post()
	var back func()
	reach := func(step string) {
		if step == lost {
			back = m.bank.Fork()
		}
	}
	reach("open")
	m.take(p, id)
	doubted := lost == "submit" || lost == "challenge" || lost == "draw" || lost == "verdict"
	var facts settlement.Facts
	if doubted {
		facts = m.disputeBy(id, p, reach)
		reach("verdict")
		if lost == "verdict" {
			m.decide(id)
		}
	} else {
		reach("receipt")
		m.finish(id, p)
	}
	if down {
		m.stop()
	}
	back()
	if down {
		m.start()
		m.listen(p)
	}
	time.Sleep(time.Minute)
	m.settle()
	want := map[string]api.Phase{
		"open": api.PhaseFinal, "receipt": api.PhaseFinal, "submit": api.PhaseRunning,
		"challenge": api.PhaseRunning, "draw": api.PhaseMediation, "verdict": api.PhaseFinal,
	}[lost]
	j := m.job(id)
	if j.Phase != want {
		t.Fatalf("job is %s (%s), want %s", j.Phase, j.Reason, want)
	}
	st, err := m.config.Ledger.Status(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if want == api.PhaseFinal && st.State != lilypad.StateFinal {
		t.Errorf("the deal is %s on chain", st.State)
	}
	if doubted && j.Facts != facts.At(st.State) {
		t.Errorf("it knows %+v of a deal that is %s", j.Facts, st.State)
	}
}

// What was handed in for a deal that was undone and has expired says nothing of
// the next provider's deal, and blames nobody.
func TestSolver_forgetsWhatWasHandedInForAnUndoneDeal(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		m.join(ps[1], 200)
		id := m.post(func(p *api.Posting) { p.Offer.Body.AuditBPS = 1 })
		m.proposedTo(id, ps[0])
		back := m.bank.Fork()
		head, err := m.config.Ledger.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		soon := m.deal(ps[0], id, func(d *lilypad.Deal) { d.Expiry = head.Time + 100 })
		if err := m.Answer(t.Context(), ps[0].Address(), id, soon); err != nil {
			t.Fatal(err)
		}
		m.settle()
		d := m.delivery(ps[0], id, lilypad.Outputs{Size: 1})
		if err := m.Deliver(t.Context(), ps[0].Address(), id, d); err != nil {
			t.Fatal(err)
		}
		r, err := wallet.Sign(t.Context(), m.creator, m.config.Network.Domain, lilypad.Receipt{
			Deal: m.job(id).Deal.Body.ID(), Result: d.Result.Body.Result, CreatorSeed: m.creator.Seed([]byte{byte(m.nonce)}),
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Accept(t.Context(), creatorKey.Address(), id, r); err != nil {
			t.Fatal(err)
		}
		gone := offerOf(ps[0], 100)
		gone.Slots = 0
		if err := m.PutOffer(t.Context(), ps[0].Address(), gone); err != nil {
			t.Fatal(err)
		}
		m.settle()
		m.bank.Advance(head.Time + 200)
		back()
		time.Sleep(time.Minute / 2)
		m.settle()
		m.proposedTo(id, ps[1])
		m.take(ps[1], id)
		if j := m.job(id); j.Phase != api.PhaseRunning || j.Delivery != nil || j.Facts != (settlement.Facts{}) || len(j.Opinions) > 0 {
			t.Errorf("job is %s (%s) with delivery %v, facts %v", j.Phase, j.Reason, j.Delivery, j.Facts)
		}
		if err := m.Deliver(t.Context(), ps[1].Address(), id, m.delivery(ps[1], id, lilypad.Outputs{Size: 2})); err != nil {
			t.Errorf("its own result: %v", err)
		}
		if net, err := m.Network(t.Context()); err != nil || len(net.Bans) > 0 {
			t.Errorf("banned: %v, %v", net.Bans, err)
		}
	})
}
