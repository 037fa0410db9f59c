package provider

import (
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

type stage string

const (
	stageDeclined  stage = "declined"
	stageSigned    stage = "signed"    // the deal is signed, not yet on chain
	stageOpen      stage = "open"      // money is locked: run it
	stageDelivered stage = "delivered" // the result is signed
	stageFailed    stage = "failed"    // this machine could not run it: no result
	stageFinal     stage = "final"
	stageLapsed    stage = "lapsed" // the deal was never opened
)

// record is a job as the journal keeps it.
type record struct {
	ID       lilypad.JobID                 `json:"id"`
	Stage    stage                         `json:"stage"`
	Posting  api.Posting                   `json:"posting"`
	Deal     *lilypad.Signed[lilypad.Deal] `json:"deal,omitempty"`
	Grants   []api.Grant                   `json:"grants,omitempty"` // to this provider, of a private job's inputs
	Spec     lilypad.Spec                  `json:"spec"`
	Handle   execution.Handle              `json:"handle,omitempty"`
	Machine  string                        `json:"machine,omitempty"` // of the fleet
	Devices  []string                      `json:"devices,omitempty"`
	Class    lilypad.Hash                  `json:"class,omitzero"` // of the hardware that it has there
	Delivery *api.Delivery                 `json:"delivery,omitempty"`
	Uploaded bool                          `json:"uploaded"`        // the solver has the bytes
	State    lilypad.State                 `json:"state"`           // on chain
	Deadline lilypad.Time                  `json:"deadline"`        // of that state
	Facts    settlement.Facts              `json:"facts"`           // of the chain
	Ended    uint64                        `json:"ended,omitempty"` // block in which that was
	EndedAt  lilypad.Time                  `json:"ended_at,omitempty"`
	Path     settlement.Path               `json:"path,omitempty"`    // how it ended
	Outcome  lilypad.Outcome               `json:"outcome,omitempty"` // if mediators decided
	Reason   string                        `json:"reason,omitempty"`
	Quote    lilypad.Amount                `json:"quote,omitempty"` // declined: what it would want
	Past     uint64                        `json:"past,omitempty"`  // lapsed: a block after the deal's expiry
}

func (r *record) terms() settlement.Terms {
	return settlement.Terms{Offer: r.Posting.Offer, Deal: *r.Deal}
}

func (r *record) over() bool {
	switch r.Stage {
	case stageDeclined, stageFinal, stageLapsed:
		return true
	}
	return false
}

// depends tells what the record believes of the chain.
func (r record) depends() (lilypad.State, uint64) {
	if r.Deal == nil || r.Stage == stageLapsed {
		return lilypad.StateNone, 0 // the deal on chain is another provider's
	}
	return r.State, r.Ended
}

// good tells whether a job that is over ended well for the creator and us.
func (r *record) good() bool {
	return r.Path == settlement.PathReceipt || r.Path == settlement.PathUnjudged || r.Outcome == lilypad.OutcomeUpheld
}

// observe applies an event of the chain; it may come twice, or again after a
// reorganisation.
func (r *record) observe(e settlement.Event) {
	switch e.Kind {
	case settlement.Opened:
		if r.Deal == nil || e.Deal != r.Deal.Body.ID() {
			r.Stage, r.Reason = stageLapsed, "the job went to another provider"
			return
		}
		r.State = lilypad.StateOpen
		if r.Stage == stageSigned || r.Stage == stageLapsed {
			r.resume()
		}
	case settlement.Submitted:
		r.State, r.Facts.Result = lilypad.StateSubmitted, e.Result
	case settlement.Challenged:
		r.State, r.Facts.CreatorSeed = lilypad.StateChallenged, e.Seed
	case settlement.Revealed:
		r.State, r.Facts.ProviderSeed = lilypad.StateDrawn, e.Seed
	case settlement.Finished:
		if r.Deal == nil || r.Stage == stageLapsed {
			return // the job was another provider's
		}
		r.State, r.Stage, r.Ended, r.Path, r.Outcome = lilypad.StateFinal, stageFinal, e.Block.Number, e.Path, e.Outcome
		r.EndedAt = e.Block.Time
	}
	r.Deadline = e.Deadline
}

// resume goes on with an open deal where it was left.
func (r *record) resume() {
	switch r.Reason = ""; {
	case r.Delivery != nil:
		r.Stage = stageDelivered
	default:
		r.Stage = stageOpen
	}
}

// correct makes the record right after events that it knows were undone.
func (r *record) correct(st settlement.Status) {
	r.State, r.Deadline, r.Facts, r.Path, r.Outcome = st.State, st.Deadline, r.Facts.At(st.State), st.Path, st.Outcome
	switch {
	case st.State == lilypad.StateFinal:
		r.Stage = stageFinal
	case st.State <= lilypad.StateApproved:
		r.Stage = stageSigned // it may be opened again, or lapses
	case r.Stage == stageFinal || r.Stage == stageSigned:
		r.resume()
	}
}

// Needed are the trees that its jobs may still want: inputs and results of
// deals that are not final, or became so since a block time.
func (p *Provider) Needed(since lilypad.Time) (trees []lilypad.ContentID) {
	p.records.Each(func(r record) {
		if r.Deal == nil || r.over() && (r.Stage != stageFinal || r.EndedAt < since) {
			return
		}
		trees = append(trees, r.Posting.Trees()...)
		if r.Delivery != nil {
			trees = append(trees, r.Delivery.Trees()...)
		}
	})
	return trees
}
