package creator

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// dispute is a game between the providers of two results, as far as it was
// played. A new game hears it all again, so it survives a crash.
type dispute struct {
	Key   uint32              `json:"key"`   // of the order
	Heard []lilypad.ContentID `json:"heard"` // the answers in their order, in the store; zero: none came
	Asked time.Time           `json:"asked,omitzero"`
}

// playAll plays the games that the case waits for, as far as they go now.
func (c *Creator) playAll(ctx context.Context, r record, cs *hostapi.Case, now lilypad.Time) error {
	for _, order := range cases.Disputes(cs) {
		m, err := c.newMatch(ctx, r, cs, order, now)
		if err == nil {
			err = m.play(ctx)
		}
		if err == nil {
			continue
		}
		switch lilypad.CodeOf(err) {
		case lilypad.Invalid, lilypad.NotFound, lilypad.Unauthorized, lilypad.Conflict, lilypad.Exhausted:
		default:
			if !r.late(now) {
				return err // it is tried again
			}
		}
		c.Logger.Info("a dispute has shown nobody wrong", "job", r.ID, "error", err)
		cases.AddMissing(cs, now, order.Key, order.Who, hostapi.AbsenceFault)
	}
	return nil
}

// match is the dispute of one order.
type match struct {
	*Creator
	dispute
	cs     *hostapi.Case
	now    lilypad.Time
	sides  [2]record // whose result is judged, and the replica
	who    [2]uint32 // they are in the case
	game   *bisection.Game
	limits bisection.Limits
	rounds [2]uint32 // questions that each was asked
}

func (c *Creator) newMatch(ctx context.Context, r record, cs *hostapi.Case, order hostapi.Ordered, now lilypad.Time) (*match, error) {
	m := &match{Creator: c, dispute: dispute{Key: order.Key}, cs: cs, now: now, who: [2]uint32{0, order.Who}}
	i := slices.IndexFunc(r.Replicas, func(rep replica) bool {
		p := cs.Events[order.Who].Party
		return p != nil && p.Address == rep.Party.Address
	})
	if i < 0 || r.Posting.Private() {
		return nil, lilypad.Errorf(lilypad.Invalid, "job %s has no replica to play against, or is private", r.ID)
	}
	child, _ := c.get(r.Replicas[i].Job)
	m.sides = [2]record{r, child}
	var claims [2]bisection.Claim
	for p, side := range m.sides {
		if side.Delivery == nil {
			return nil, lilypad.Errorf(lilypad.NotFound, "job %s has no result", side.ID)
		}
		var err error
		if claims[p], err = bundle.ReadClaim(ctx, c.Store, side.Delivery.Outputs); err != nil {
			return nil, err
		}
	}
	m.limits.Memory = uint64(r.Posting.Work.Needs.RAMMB) * 1_000_000
	m.game = bisection.NewGame(claims, m.limits)
	if i := slices.IndexFunc(r.Disputes, func(d dispute) bool { return d.Key == order.Key }); i >= 0 {
		m.dispute = r.Disputes[i]
	}
	for heard := m.Heard; len(heard) > 0; {
		of := len(m.game.Ask().Of)
		if of == 0 || of > len(heard) {
			return nil, lilypad.Errorf(lilypad.Invalid, "the record of a dispute about job %s is of another game", r.ID)
		}
		if _, err := m.hear(ctx, heard[:of]); err != nil {
			return nil, err
		}
		heard = heard[of:]
	}
	return m, nil
}

// play asks until the game is over, or until somebody has yet to answer.
func (m *match) play(ctx context.Context) error {
	for !m.game.Over() {
		if m.game.Ready() {
			if err := m.inSteps(ctx, m.sides[0], m.game.Judge); err != nil {
				return err
			}
			continue
		}
		q := m.game.Ask()
		heard, err := m.ask(ctx, q)
		if err != nil || heard == nil {
			return err
		}
		answers, err := m.hear(ctx, heard)
		if err != nil {
			return err
		}
		m.note(q, answers)
		m.Heard, m.Asked = append(m.Heard, heard...), time.Time{}
		if err := m.keep(ctx); err != nil {
			return err
		}
	}
	return m.conclude(ctx)
}

// ask puts a question to its parties and returns the trees of their answers,
// zero for who was silent for too long; nil while one has time.
func (m *match) ask(ctx context.Context, q bisection.Question) ([]lilypad.ContentID, error) {
	heard, open := make([]lilypad.ContentID, len(q.Of)), false
	for i, p := range q.Of {
		id, want := m.sides[p].ID, api.NewQuestion(m.rounds[p]+1, q)
		job, err := m.Market.Job(ctx, id)
		if err == nil && (job.Question == nil || *job.Question != want) {
			job.Reply, err = nil, m.Market.Ask(ctx, id, want)
		}
		switch {
		case err != nil:
			return nil, err
		case job.Reply == nil || job.Reply.Round != want.Round:
			open = true
			continue
		}
		_, err = storage.Copy(ctx, m.Store, m.Market, job.Reply.Tree, storage.Limits{Size: m.limits.Answer(q.Kind), Files: 1})
		switch lilypad.CodeOf(err) {
		case lilypad.NotFound, lilypad.Invalid, lilypad.Exhausted:
			m.Logger.Warn("answer about a trace cannot be had", "job", id, "error", err)
			continue
		}
		if err != nil {
			return nil, err
		}
		heard[i] = job.Reply.Tree
	}
	r := m.sides[0]
	switch {
	case !open || r.late(m.now):
		return heard, nil
	case m.Asked.IsZero():
		m.Asked = time.Now()
		return nil, m.keep(ctx)
	case time.Since(m.Asked) > m.DoubtAfter+2*time.Duration(r.Posting.Work.Needs.Timeout)*time.Second: // it waits for a place, and runs
		return heard, nil
	}
	return nil, nil
}

// hear gives the game the answers to its question.
func (m *match) hear(ctx context.Context, heard []lilypad.ContentID) (answers [][]byte, err error) {
	q := m.game.Ask()
	for i := range q.Of {
		var b []byte
		if !heard[i].IsZero() {
			if b, err = bundle.ReadOutput(ctx, m.Store, heard[i], api.AnswerFile, int64(m.limits.Answer(q.Kind))); err != nil {
				return nil, err
			}
			b = append([]byte{}, b...) // no answer is nil, and an empty one is not
		}
		answers = append(answers, b)
	}
	for i, p := range q.Of {
		m.game.Hear(p, answers[i])
		m.rounds[p]++
	}
	return answers, nil
}

// note adds what was heard to the facts of the case.
func (m *match) note(q bisection.Question, answers [][]byte) {
	for i, p := range q.Of {
		switch q.Kind {
		case bisection.AskCommit:
			if c := m.game.Commit(p); c.Path != nil {
				cases.AddCommit(m.cs, m.now, m.Key, m.who[p], commitToWire(c))
			}
		case bisection.AskOpen:
			if m.game.Over() {
				continue // somebody opened no node
			}
			n, _ := bisection.ParseOpen(answers[i])
			child := m.game.Step()
			if next := m.game.Ask(); next.Kind == bisection.AskOpen {
				child = next.Index
			}
			cases.AddOpen(m.cs, m.now, m.Key, m.who[p], hostapi.Open{
				Index: q.Index, Node: hostapi.Bytes32(n.Hash()), Level: uint8(q.Level), Child: uint8(child % bisection.Fan),
			})
		}
	}
}

func commitToWire(c bisection.Commit) hostapi.Commit {
	return hostapi.Commit{Steps: c.Last.Step, Trace: hostapi.Bytes32(c.Trace), Last: hostapi.Bytes32(c.Last.Root())}
}

// keep stores the dispute with the facts that came of it.
func (m *match) keep(ctx context.Context) error {
	deal, d, cs := m.sides[0].Deal.Body.ID(), m.dispute, cloneCase(m.cs)
	d.Heard = slices.Clone(d.Heard)
	return m.edit(ctx, m.sides[0].ID, func(r *record) {
		if !r.of(deal) {
			return
		}
		i := slices.IndexFunc(r.Disputes, func(old dispute) bool { return old.Key == d.Key })
		if i < 0 {
			i, r.Disputes = len(r.Disputes), append(r.Disputes, d)
		}
		r.Disputes[i], r.Case = d, cs
	})
}

// conclude stores the proofs against who is wrong. The fact is about the judged
// result where both are.
func (m *match) conclude(ctx context.Context) error {
	var shown *hostapi.Segment
	var wrong uint32
	for _, p := range []int{1, 0} {
		proof, f := m.game.Proof(p)
		if proof == nil {
			continue
		}
		id, _, err := storage.PutFiles(ctx, m.Store, []storage.Entry{storage.Bytes(api.AnswerFile, proof.Bytes())})
		if err != nil {
			return err
		}
		deal := m.sides[p].Deal.Body.ID()
		if err := m.edit(ctx, m.sides[p].ID, func(r *record) {
			if r.of(deal) {
				r.Proof = id
			}
		}); err != nil {
			return err
		}
		m.Logger.Info("shown wrong by one step", "job", m.sides[p].ID, "provider", m.sides[p].Deal.Body.Provider, "step", f.Step, "of", f.Steps, "files", proof.Files(), "proof", id)
		wrong, shown = m.who[p], &hostapi.Segment{
			Step: f.Step, Start: hostapi.Bytes32(f.Start), Claimed: hostapi.Bytes32(f.Claimed), Ran: hostapi.Bytes32(f.Ran), Proof: hostapi.Bytes32(id),
		}
	}
	if shown == nil {
		return lilypad.Errorf(lilypad.Invalid, "the game shows no step that is wrong: %v", m.game.Wrong())
	}
	cases.AddSegment(m.cs, m.now, m.Key, wrong, *shown)
	return nil
}

// inSteps calls use with the steps of a job.
func (c *Creator) inSteps(ctx context.Context, r record, use func(context.Context, bisection.Program) error) error {
	if c.Stepper == nil {
		return lilypad.Errorf(lilypad.Invalid, "no step is run here")
	}
	w := r.Posting.Work
	in, err := bundle.ReadInputs(ctx, c.Store, w.Inputs)
	if err != nil {
		return err
	}
	if err := c.Modules.Verify(ctx, r.Posting.Module, in.Template); err != nil { // so that it is found, in a new process too
		return err
	}
	spec, _, err := c.Modules.Render(in.Template, in.Params, w.Needs.Engine, r.Posting.Module)
	if err != nil {
		return err
	}
	if len(spec.Models) > 0 {
		return lilypad.Errorf(lilypad.Invalid, "job %s needs models, which a creator does not keep", r.ID)
	}
	spec.Timeout = w.Needs.Timeout
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(c.Dir, "step-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := in.Extract(ctx, c.Store, filepath.Join(dir, "inputs")); err != nil {
		return err
	}
	return c.Stepper.Steps(ctx, execution.Job{ID: filepath.Base(dir), Spec: spec, Dir: dir, Seed: lilypad.Hash(w.Inputs)}, use)
}

// prove hands in what there is to show the mediators. Without it they run the
// whole job, so it holds up no challenge.
func (c *Creator) prove(ctx context.Context, r record) {
	if r.Proof.IsZero() {
		return
	}
	_, err := storage.Copy(ctx, c.Market, c.Store, r.Proof, storage.Limits{})
	if err == nil {
		err = c.Market.Prove(ctx, r.ID, r.Proof)
	}
	if err != nil {
		c.Logger.Warn("proof not handed in", "job", r.ID, "error", err)
	}
}
