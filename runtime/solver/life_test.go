package solver_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func TestSolver_Post_refuses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m := newMarket(t)
		stranger := settlementtest.Key("stranger")
		edited := func(edit func(*api.Posting)) api.Posting { // after it was signed
			p := m.posting()
			edit(&p)
			return p
		}
		signed := func(edit func(*api.Posting)) api.Posting { return m.posting(edit) }
		for name, c := range map[string]struct {
			p    api.Posting
			want lilypad.Code
		}{
			"work changed":      {edited(func(p *api.Posting) { p.Work.Needs.GPUs++ }), lilypad.Invalid},
			"panel changed":     {edited(func(p *api.Posting) { p.Panel.Agree = 3 }), lilypad.Invalid},
			"module changed":    {edited(func(p *api.Posting) { p.Module.Image = "evil" }), lilypad.Invalid},
			"terms changed":     {edited(func(p *api.Posting) { p.Offer.Body.MaxPrice++ }), lilypad.Unauthorized},
			"forged signature":  {edited(func(p *api.Posting) { p.Offer.Signature[40] ^= 1 }), lilypad.Unauthorized},
			"foreign solver":    {signed(func(p *api.Posting) { p.Offer.Body.Solver = lilypad.Address{7} }), lilypad.Invalid},
			"no fee":            {signed(func(p *api.Posting) { p.Offer.Body.SolverFee = 9 }), lilypad.Invalid},
			"expired":           {signed(func(p *api.Posting) { p.Offer.Body.Expiry = 1000 }), lilypad.Invalid},
			"too much to judge": {signed(func(p *api.Posting) { p.Work.Needs.DiskMB = 10_001 }), lilypad.Invalid},
			"outlasts its end":  {signed(func(p *api.Posting) { p.Work.Needs.Timeout = 601 }), lilypad.Invalid},
			"foreign mediator":  {signed(func(p *api.Posting) { p.Panel = lilypad.Panel{Mediators: []lilypad.Address{{1}}, Drawn: 1, Agree: 1} }), lilypad.Invalid},
			"no majority":       {signed(func(p *api.Posting) { p.Panel.Agree = 1 }), lilypad.Invalid},
			"unfunded":          {signed(func(p *api.Posting) { p.Offer.Body.MaxPrice = 1001 * lilypad.LILY }), lilypad.Exhausted},
			"another epoch":     {signed(func(p *api.Posting) { p.Offer.Body.Epoch = 1 }), lilypad.Conflict},
			"denied module":     {signed(func(p *api.Posting) { p.Module.Name = "denied" }), lilypad.Unauthorized},
			"a stake too small": {signed(func(p *api.Posting) { p.Offer.Body.ProviderStake = 600 }), lilypad.Invalid},
			"parameters twice": {signed(func(p *api.Posting) {
				p.Work.Parameters = []lilypad.Param{{Key: "runs", Value: 1}, {Key: "runs", Value: 2}}
			}), lilypad.Invalid},
			"parameters mixed":   {signed(func(p *api.Posting) { p.Work.Parameters = []lilypad.Param{{Key: "runs"}, {Key: "agree"}} }), lilypad.Invalid},
			"too many labels":    {signed(func(p *api.Posting) { p.Work.Needs.Labels = make([]lilypad.Label, 65) }), lilypad.Invalid},
			"too many exclusion": {signed(func(p *api.Posting) { p.Exclude = make([]lilypad.Address, 65) }), lilypad.Invalid},
		} {
			_, err := m.Post(t.Context(), creatorKey.Address(), c.p)
			wantCode(t, name, err, c.want)
			if _, err := m.Job(t.Context(), creatorKey.Address(), c.p.ID()); lilypad.CodeOf(err) != lilypad.NotFound {
				t.Errorf("%s: it is in the book: %v", name, err)
			}
		}
		_, err := m.Post(t.Context(), stranger.Address(), m.posting())
		wantCode(t, "another's request", err, lilypad.Unauthorized)
	})
}

func TestSolver_Post_again(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		post := m.posting()
		for range 3 {
			if _, err := m.Post(t.Context(), creatorKey.Address(), post); err != nil {
				t.Fatal(err)
			}
			m.settle()
		}
		m.proposedTo(post.ID(), p)
		if _, err := m.Withdraw(t.Context(), creatorKey.Address(), post.ID()); err != nil {
			t.Fatal(err)
		}
		j, err := m.Post(t.Context(), creatorKey.Address(), post)
		if err != nil || j.Phase != api.PhaseWithdrawn {
			t.Errorf("a withdrawn job is %s, %v after it was posted again", j.Phase, err)
		}
	})
}

func TestSolver_Post_manyAtOnceAreOneJob(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		post := m.posting()
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if _, err := m.Post(t.Context(), creatorKey.Address(), post); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		m.settle()
		m.proposedTo(post.ID(), p)
	})
}

// finish takes a running job to its payment.
func (m *market) finish(id lilypad.JobID, p *wallet.Key) {
	m.t.Helper()
	if err := m.Deliver(m.t.Context(), p.Address(), id, m.delivery(p, id, lilypad.Outputs{Size: 1, Status: lilypad.StatusSucceeded})); err != nil {
		m.t.Fatal(err)
	}
	if err := m.Accept(m.t.Context(), creatorKey.Address(), id, m.receipt(id)); err != nil {
		m.t.Fatal(err)
	}
	m.settle()
}

func TestSolver_life(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		first, second := m.post(), m.post()
		m.take(p, first)
		if j := m.job(second); j.Phase != api.PhaseWaiting {
			t.Fatalf("the only slot was sold twice: %s", j.Phase)
		}
		m.finish(first, p)
		if j := m.job(first); j.Phase != api.PhaseFinal || j.State() != "paid" {
			t.Errorf("job is %s, %s, want paid", j.Phase, j.State())
		}
		acct, err := m.config.Ledger.Account(t.Context(), solverKey.Address())
		if err != nil || acct.Free != 10 {
			t.Errorf("solver earned %d, %v, want its fee of 10", acct.Free, err)
		}
		m.proposedTo(second, p)
		if _, err := m.Withdraw(t.Context(), creatorKey.Address(), second); err != nil {
			t.Fatal(err)
		}
		m.proposedTo(m.post(), p)
		m.ranker.mu.Lock()
		defer m.ranker.mu.Unlock()
		c := m.ranker.saw[len(m.ranker.saw)-1][0]
		if c.JobsOk != 1 || c.PairOk != 1 || c.JobsFailed != 0 {
			t.Errorf("track record %+v, want one good job", c)
		}
	})
}

func TestSolver_Deliver_refuses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		id := m.post()
		m.take(ps[0], id)
		good := m.delivery(ps[0], id, lilypad.Outputs{Size: 1})
		other := good
		other.Outputs.Size = 2
		wantCode(t, "other outputs", m.Deliver(t.Context(), ps[0].Address(), id, other), lilypad.Invalid)
		wantCode(t, "another's name", m.Deliver(t.Context(), ps[1].Address(), id, good), lilypad.Unauthorized)
		hollow := good
		hollow.Outputs.Plain = lilypad.ContentID{7}
		hollow = m.delivery(ps[0], id, hollow.Outputs)
		wantCode(t, "a result without its bytes", m.Deliver(t.Context(), ps[0].Address(), id, hollow), lilypad.NotFound)
		wantCode(t, "another's work", m.Deliver(t.Context(), ps[1].Address(), id, m.delivery(ps[1], id, good.Outputs)), lilypad.Unauthorized)
		wantCode(t, "no such job", m.Deliver(t.Context(), ps[0].Address(), lilypad.JobID{1}, good), lilypad.NotFound)
		if err := m.Deliver(t.Context(), ps[0].Address(), id, good); err != nil {
			t.Fatal(err)
		}
		if err := m.Deliver(t.Context(), ps[0].Address(), id, good); err != nil {
			t.Errorf("told twice: %v", err)
		}
		wantCode(t, "a second result", m.Deliver(t.Context(), ps[0].Address(), id, m.delivery(ps[0], id, other.Outputs)), lilypad.Conflict)
		wantCode(t, "a receipt of the provider", m.Accept(t.Context(), ps[0].Address(), id, func() lilypad.Signed[lilypad.Receipt] {
			r, _ := wallet.Sign(t.Context(), ps[0], m.config.Network.Domain, m.receipt(id).Body)
			return r
		}()), lilypad.Unauthorized)
		wantCode(t, "log of another", m.Log(t.Context(), ps[1].Address(), id, api.LogChunk{}), lilypad.Unauthorized)
		_, err := m.Withdraw(t.Context(), creatorKey.Address(), id)
		wantCode(t, "withdrawn while money is locked", err, lilypad.Conflict)
	})
}

// A job whose creator cannot pay any more is withdrawn.
func TestSolver_open_unfunded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id := m.post()
		if _, err := m.bank.Ledger(creatorKey.Address()).Withdraw(t.Context(), 1000*lilypad.LILY-100); err != nil {
			t.Fatal(err)
		}
		m.take(p, id)
		if j := m.job(id); j.Phase != api.PhaseWithdrawn || j.Reason == "" {
			t.Errorf("job is %s (%s), want withdrawn with a reason", j.Phase, j.Reason)
		}
	})
}

// A chain that does not tell what a creator has withdraws nothing.
func TestSolver_match_waitsForASilentChain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		id := m.post()
		m.cut.Store(true)
		m.join(p, 100)
		if j := m.job(id); j.Phase != api.PhaseWaiting {
			t.Fatalf("job is %s (%s) while the chain is silent", j.Phase, j.Reason)
		}
		m.cut.Store(false)
		time.Sleep(5 * time.Second)
		m.settle()
		m.proposedTo(id, p)
	})
}

func TestSolver_open_providerWithoutStake(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		m.join(ps[1], 200)
		if _, err := m.bank.Ledger(ps[0].Address()).Withdraw(t.Context(), 1000*lilypad.LILY); err != nil {
			t.Fatal(err)
		}
		id := m.post()
		m.take(ps[0], id)
		m.proposedTo(id, ps[1])
	})
}

func TestSolver_offerExpires(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m := newMarket(t)
		id := m.post(func(p *api.Posting) { p.Offer.Body.Expiry = 2000 })
		m.bank.Advance(2000)
		m.join(providers(1)[0], 100)
		if j := m.job(id); j.Phase != api.PhaseWithdrawn {
			t.Errorf("job is %s, want withdrawn", j.Phase)
		}
	})
}

func TestSolver_mediation(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id := m.post()
		m.take(p, id)
		waiting := m.post()
		m.listen(mediators[0])
		if m.hears(mediators[0], id) {
			t.Error("a mediator hears of a job without a doubt")
		}
		_, err := m.Job(t.Context(), mediators[0].Address(), id)
		wantCode(t, "a mediator before the doubt", err, lilypad.Unauthorized)
		facts := m.dispute(id, p)
		if !m.hears(mediators[0], id) {
			t.Error("the mediator did not hear of its case")
		}
		m.proposedTo(waiting, p) // what is in mediation occupies nobody
		head, err := m.bank.Ledger(p.Address()).Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Deliver(t.Context(), p.Address(), id, m.delivery(p, id, lilypad.Outputs{Size: 1})); err != nil {
			t.Fatal(err)
		}
		if at := m.job(id).Delivery.At; at <= head.Time {
			t.Errorf("delivered at %d, not after the block of the challenge, %d: it would not count as late", at, head.Time)
		}
		good := lilypad.Verdict{Deal: m.job(id).Deal.Body.ID(), Result: facts.Result, Outcome: lilypad.OutcomeUpheld}
		judge := func(k *wallet.Key, edit func(*lilypad.Verdict)) error {
			v := good
			if edit != nil {
				edit(&v)
			}
			return m.Judge(t.Context(), k.Address(), id, m.opinion(k, v))
		}
		wantCode(t, "of another deal", judge(mediators[0], func(v *lilypad.Verdict) { v.Deal[0]++ }), lilypad.Invalid)
		wantCode(t, "of another result", judge(mediators[0], func(v *lilypad.Verdict) { v.Result[0]++ }), lilypad.Invalid)
		wantCode(t, "no outcome", judge(mediators[0], func(v *lilypad.Verdict) { v.Outcome = 0 }), lilypad.Invalid)
		wantCode(t, "an unknown outcome", judge(mediators[0], func(v *lilypad.Verdict) { v.Outcome = 5 }), lilypad.Invalid)
		wantCode(t, "of a stranger", judge(p, nil), lilypad.Unauthorized)
		for range 2 { // told twice counts once
			if err := judge(mediators[0], nil); err != nil {
				t.Fatal(err)
			}
		}
		m.settle()
		if j := m.job(id); len(j.Opinions) != 1 || j.Phase != api.PhaseMediation {
			t.Fatalf("%d opinions, %s, want 1 in mediation", len(j.Opinions), j.Phase)
		}
		if err := judge(mediators[1], func(v *lilypad.Verdict) { v.Outcome = lilypad.OutcomeFraud }); err != nil {
			t.Fatal(err)
		}
		m.settle()
		if j := m.job(id); j.Phase != api.PhaseMediation {
			t.Fatalf("decided by two that disagree: %s", j.State())
		}
		if err := judge(mediators[2], nil); err != nil {
			t.Fatal(err)
		}
		m.settle()
		if j := m.job(id); j.State() != "upheld" {
			t.Errorf("job is %s, want upheld", j.State())
		}
		cases, err := m.Cases(t.Context())
		if err != nil || len(cases) != 1 || cases[0].Job != id || len(cases[0].Opinions) != 3 {
			t.Errorf("cases %+v, %v", cases, err)
		}
	})
}

func TestSolver_restart_losesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(3)
		for i, p := range ps {
			m.join(p, lilypad.Amount(100*(i+1)))
		}
		final, running, proposed := m.post(), m.post(), m.post()
		m.take(ps[0], final)
		m.finish(final, ps[0])
		m.take(ps[1], running)
		waiting := m.post(func(p *api.Posting) { p.Work.Needs.GPUs = 1 })
		withdrawn := m.post(func(p *api.Posting) { p.Work.Needs.GPUs = 2 })
		if _, err := m.Withdraw(t.Context(), creatorKey.Address(), withdrawn); err != nil {
			t.Fatal(err)
		}
		ids := []lilypad.JobID{final, running, proposed, waiting, withdrawn}
		var before []api.Job
		for _, id := range ids {
			before = append(before, m.job(id))
		}
		net, _ := m.Network(t.Context())
		m.stop()
		m.start()
		for _, p := range ps {
			m.listen(p)
		}
		var after []api.Job
		for _, id := range ids {
			after = append(after, m.job(id))
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error(diff)
		}
		again, _ := m.Network(t.Context())
		if diff := cmp.Diff(net, again); diff != "" {
			t.Error(diff)
		}
		m.take(ps[2], proposed) // capacity is still reserved, the answer still awaited
		m.finish(running, ps[1])
		if j := m.job(running); j.State() != "paid" {
			t.Errorf("job is %s, want paid", j.State())
		}
	})
}

// The ledger moves on while the solver is down.
func TestSolver_restart_learnsWhatTheChainDid(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id := m.post()
		m.take(p, id)
		j, result := m.job(id), m.delivery(p, id, lilypad.Outputs{}).Result
		m.stop()
		if _, err := m.bank.Ledger(p.Address()).Submit(t.Context(), j.Terms(), result); err != nil {
			t.Fatal(err)
		}
		m.bank.Advance(10_000)
		m.start()
		m.settle()
		if j := m.job(id); j.Phase != api.PhaseFinal || j.Path != settlement.PathUnjudged {
			t.Errorf("job is %s by path %d, want expired in the provider's favour", j.Phase, j.Path)
		}
	})
}

func TestSolver_PutOffer_replaces(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.listen(p)
		put := func(o lilypad.Offer) error { return m.PutOffer(t.Context(), p.Address(), o) }
		var wg sync.WaitGroup
		for i := range 50 { // the journal must end with what memory ended with
			wg.Go(func() {
				if err := put(offerOf(p, lilypad.Amount(2*i))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		before, _ := m.Network(t.Context())
		m.stop()
		m.start()
		after, _ := m.Network(t.Context())
		if diff := cmp.Diff(before.Offers, after.Offers); diff != "" || len(after.Offers) != 1 {
			t.Errorf("%d offers\n%s", len(after.Offers), diff)
		}
		gone := offerOf(p, 1)
		gone.Slots = 0
		if err := put(gone); err != nil {
			t.Fatal(err)
		}
		if net, _ := m.Network(t.Context()); len(net.Offers) != 0 {
			t.Errorf("%d offers after it was taken back", len(net.Offers))
		}
		many := offerOf(p, 1)
		many.Slots = 1025
		wantCode(t, "too many slots", put(many), lilypad.Invalid)
		wantCode(t, "of another", put(offerOf(creatorKey, 1)), lilypad.Unauthorized)
	})
}

func TestSolver_Events_reachOnlyParties(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		stranger := settlementtest.Key("stranger")
		m.listen(creatorKey)
		m.listen(stranger)
		m.join(ps[0], 100)
		m.join(ps[1], 200)
		id := m.post()
		m.take(ps[0], id)
		if err := m.Log(t.Context(), ps[0].Address(), id, api.LogChunk{Stream: "stdout", Data: []byte("moo")}); err != nil {
			t.Fatal(err)
		}
		m.finish(id, ps[0])
		for _, k := range []*wallet.Key{creatorKey, ps[0]} {
			if !m.hears(k, id) {
				t.Errorf("%s heard nothing of its job", k.Address())
			}
		}
		for _, k := range []*wallet.Key{stranger, ps[1]} {
			if m.hears(k, id) {
				t.Errorf("%s heard of another's job", k.Address())
			}
			_, err := m.Job(t.Context(), k.Address(), id)
			wantCode(t, "a job of others", err, lilypad.Unauthorized)
		}
	})
}

func TestSolver_Events_cutsOffWhoDoesNotRead(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id := m.post()
		m.take(p, id)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		release, ended := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(ended)
			for range m.Events(ctx, creatorKey.Address()) {
				<-release // reads one event and stops
			}
		}()
		m.settle()
		for range 1000 {
			if err := m.Log(t.Context(), p.Address(), id, api.LogChunk{Stream: "stdout", Data: []byte("x")}); err != nil {
				t.Fatal(err)
			}
		}
		close(release)
		<-ended // its stream has ended: it connects again and reads the job anew
	})
}

// What a provider was asked before it left goes to another at once, and comes
// back to it with its offer.
func TestSolver_PutOffer_leavingFreesWhatWasAsked(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		id := m.post()
		m.proposedTo(id, ps[0])
		m.join(ps[1], 200)
		gone := offerOf(ps[0], 100)
		gone.Slots = 0
		if err := m.PutOffer(t.Context(), ps[0].Address(), gone); err != nil {
			t.Fatal(err)
		}
		m.settle()
		m.proposedTo(id, ps[1])
		gone.Provider = ps[1].Address()
		if err := m.PutOffer(t.Context(), ps[1].Address(), gone); err != nil {
			t.Fatal(err)
		}
		if err := m.PutOffer(t.Context(), ps[0].Address(), offerOf(ps[0], 100)); err != nil {
			t.Fatal(err)
		}
		m.settle()
		m.proposedTo(id, ps[0])
	})
}
