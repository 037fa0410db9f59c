package solver_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

func (m *market) tree(text string) lilypad.ContentID {
	m.t.Helper()
	id, _, err := storage.PutFiles(m.t.Context(), m.store, []storage.Entry{storage.Bytes(api.AnswerFile, []byte(text))})
	if err != nil {
		m.t.Fatal(err)
	}
	return id
}

func TestSolver_passesQuestionsAndReplies(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id, ctx := m.post(), t.Context()
		commit := api.Question{Round: 1, Kind: "commit"}
		m.take(p, id)
		wantCode(t, "before there is a result", m.Ask(ctx, creatorKey.Address(), id, commit), lilypad.Conflict)
		if err := m.Deliver(ctx, p.Address(), id, m.delivery(p, id, lilypad.Outputs{Size: 1, Status: lilypad.StatusSucceeded})); err != nil {
			t.Fatal(err)
		}
		answer := api.Reply{Round: 1, Tree: m.tree("commit")}
		wantCode(t, "nobody asked", m.Reply(ctx, p.Address(), id, answer), lilypad.Conflict)
		wantCode(t, "a stranger asks", m.Ask(ctx, p.Address(), id, commit), lilypad.Unauthorized)
		wantCode(t, "no question", m.Ask(ctx, creatorKey.Address(), id, api.Question{Round: 1}), lilypad.Invalid)
		m.mu.Lock()
		m.heard[p.Address()] = nil
		m.mu.Unlock()
		for range 2 { // a party that repeats itself wakes nobody
			if err := m.Ask(ctx, creatorKey.Address(), id, commit); err != nil {
				t.Fatal(err)
			}
			m.settle()
		}
		if !m.hears(p, id) {
			t.Error("the provider was not told that it is asked")
		}
		wantCode(t, "a stranger replies", m.Reply(ctx, creatorKey.Address(), id, answer), lilypad.Unauthorized)
		wantCode(t, "another round", m.Reply(ctx, p.Address(), id, api.Reply{Round: 2, Tree: answer.Tree}), lilypad.Conflict)
		wantCode(t, "bytes that are not here", m.Reply(ctx, p.Address(), id, api.Reply{Round: 1, Tree: lilypad.ContentID{1}}), lilypad.NotFound)
		for _, text := range []string{"commit", "afterthought"} {
			if err := m.Reply(ctx, p.Address(), id, api.Reply{Round: 1, Tree: m.tree(text)}); err != nil {
				t.Fatal(err)
			}
		}
		m.stop()
		m.start() // both are in the journal
		m.settle()
		if j := m.job(id); j.Reply == nil || *j.Reply != answer || *j.Question != commit {
			t.Errorf("question %v, reply %v, want the first one", j.Question, j.Reply)
		}
		if err := m.Ask(ctx, creatorKey.Address(), id, api.Question{Round: 2, Kind: "open", Level: 6}); err != nil {
			t.Fatal(err)
		}
		if j := m.job(id); j.Reply != nil {
			t.Error("a new question has the reply of the one before")
		}
		if err := m.Ask(ctx, creatorKey.Address(), id, api.Question{Round: 3, Kind: "segment", Index: 6}); err != nil {
			t.Fatal(err)
		}
		wantCode(t, "a question after the last", m.Ask(ctx, creatorKey.Address(), id, api.Question{Round: 4, Kind: "segment"}), lilypad.Conflict)
		wantCode(t, "a round that is over", m.Ask(ctx, creatorKey.Address(), id, commit), lilypad.Conflict)
	})
}

func TestSolver_Prove(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id, ctx, proof := m.post(), t.Context(), m.tree("proof")
		m.take(p, id)
		wantCode(t, "of no result", m.Prove(ctx, creatorKey.Address(), id, proof), lilypad.Conflict)
		if err := m.Deliver(ctx, p.Address(), id, m.delivery(p, id, lilypad.Outputs{Size: 1, Status: lilypad.StatusSucceeded})); err != nil {
			t.Fatal(err)
		}
		wantCode(t, "by a stranger", m.Prove(ctx, settlementtest.Key("stranger").Address(), id, proof), lilypad.Unauthorized)
		wantCode(t, "without its bytes", m.Prove(ctx, creatorKey.Address(), id, lilypad.ContentID{1}), lilypad.NotFound)
		if err := m.Prove(ctx, creatorKey.Address(), id, proof); err != nil || m.job(id).Proof != proof {
			t.Errorf("proof %s, %v", m.job(id).Proof, err)
		}
	})
}
