package solver_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// private makes a posting private: of what is sealed the solver knows the id.
func private(p *api.Posting) {
	p.Work.ResultKey, p.Sealed = sealing.NewKey(lilypad.Hash{1}).Recipient(), lilypad.ContentID{2}
}

func TestSolver_Post_refusesHalfPrivate(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m := newMarket(t)
		for name, edit := range map[string]func(*api.Posting){
			"open inputs": func(p *api.Posting) { p.Work.ResultKey = lilypad.Hash{1} },
			"open result": func(p *api.Posting) { p.Sealed = lilypad.ContentID{1} },
		} {
			_, err := m.Post(t.Context(), creatorKey.Address(), m.posting(edit))
			wantCode(t, name, err, lilypad.Invalid)
		}
	})
}

func TestSolver_PutRecipient(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		domain := m.config.Network.Domain
		r, err := api.SignRecipient(t.Context(), ps[0], domain, lilypad.Hash{1})
		if err != nil {
			t.Fatal(err)
		}
		wantCode(t, "another's key", m.PutRecipient(t.Context(), ps[1].Address(), r), lilypad.Unauthorized)
		if err := m.PutRecipient(t.Context(), ps[0].Address(), r); err != nil {
			t.Fatal(err)
		}
		if got, err := m.Recipient(t.Context(), ps[0].Address()); got != r || err != nil {
			t.Errorf("told %+v, %v", got, err)
		}
		_, err = m.Recipient(t.Context(), ps[1].Address())
		wantCode(t, "nobody's key", err, lilypad.NotFound)
		idle, err := api.SignRecipient(t.Context(), ps[1], domain, lilypad.Hash{1})
		if err != nil {
			t.Fatal(err)
		}
		wantCode(t, "of one without an offer", m.PutRecipient(t.Context(), ps[1].Address(), idle), lilypad.Unauthorized)
	})
}

func TestSolver_Grant(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id := m.post(private)
		m.proposedTo(id, p)
		some := []byte("sealed")
		mediator := testPanel.Mediators[0]
		for name, c := range map[string]struct {
			by, to lilypad.Address
			sealed []byte
			want   lilypad.Code
		}{
			"a stranger":          {lilypad.Address{7}, p.Address(), some, lilypad.Unauthorized},
			"to a stranger":       {creatorKey.Address(), lilypad.Address{7}, some, lilypad.Unauthorized},
			"to one not drawn":    {creatorKey.Address(), mediator, some, lilypad.Unauthorized},
			"provider to itself":  {p.Address(), p.Address(), some, lilypad.Unauthorized},
			"provider, too early": {p.Address(), mediator, some, lilypad.Unauthorized},
			"nothing":             {creatorKey.Address(), p.Address(), nil, lilypad.Invalid},
			"too much":            {creatorKey.Address(), p.Address(), make([]byte, sealing.MaxGrant+1), lilypad.Invalid},
		} {
			wantCode(t, name, m.Grant(t.Context(), c.by, id, api.Grant{To: c.to, Sealed: c.sealed}), c.want)
		}
		for range 3 { // again is no news, another replaces it
			for _, sealed := range []string{"first", "second"} {
				if err := m.Grant(t.Context(), creatorKey.Address(), id, api.Grant{From: p.Address(), To: p.Address(), Sealed: []byte(sealed)}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if gs := m.job(id).Grants; len(gs) != 1 || string(gs[0].Sealed) != "second" || gs[0].From != creatorKey.Address() {
			t.Errorf("grants are %+v", gs)
		}
		if err := m.Answer(t.Context(), p.Address(), id, api.Answer{Reason: "no"}); err != nil {
			t.Fatal(err)
		}
		m.settle()
		if gs := m.job(id).Grants; len(gs) != 0 {
			t.Errorf("%d grants to a provider that has declined", len(gs))
		}
		open := m.post()
		m.proposedTo(open, p)
		wantCode(t, "to a job for all", m.Grant(t.Context(), creatorKey.Address(), open, api.Grant{To: p.Address(), Sealed: some}), lilypad.Invalid)
	})
}

// An open result of a private job is refused, and both parties may grant keys to
// those who were drawn.
func TestSolver_Grant_toDrawnMediators(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id := m.post(private)
		m.proposedTo(id, p)
		m.take(p, id)
		wantCode(t, "an open result", m.Deliver(t.Context(), p.Address(), id, m.delivery(p, id, lilypad.Outputs{})), lilypad.NotFound)
		_ = m.dispute(id, p)
		j := m.job(id)
		drawn, err := settlement.Draw(j.Posting.Panel, j.Facts.CreatorSeed, j.Facts.ProviderSeed, j.Deal.Body.ID())
		if err != nil || len(drawn) == 0 {
			t.Fatal(err)
		}
		for _, by := range []lilypad.Address{creatorKey.Address(), p.Address()} {
			if err := m.Grant(t.Context(), by, id, api.Grant{To: drawn[0], Sealed: []byte("keys")}); err != nil {
				t.Error(err)
			}
		}
		if gs := m.job(id).Grants; len(gs) != 2 {
			t.Errorf("%d grants", len(gs))
		}
	})
}
