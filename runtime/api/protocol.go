package api

import (
	"encoding/json"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Network is what a solver tells everybody.
type Network struct {
	Name    string          `json:"name"`
	Version string          `json:"version"`
	Domain  lilypad.Domain  `json:"domain"`
	Token   lilypad.Address `json:"token"`
	Solver  lilypad.Address `json:"solver"`
	Sink    lilypad.Address `json:"sink"` // where forfeited stakes go
	Fee     lilypad.Amount  `json:"fee"`  // the solver's, per deal
	Panel   lilypad.Panel   `json:"panel"`
	Windows Windows         `json:"windows"`
	Offers  []lilypad.Offer `json:"offers"`
	Bans    []Ban           `json:"bans,omitempty"` // of parties that are passed over now
}

// Ban passes a party over that took back what it had signed.
type Ban struct {
	Who    lilypad.Address `json:"who"`
	Until  lilypad.Time    `json:"until"` // the last block time of it
	Times  uint32          `json:"times"` // each one is twice as long as the one before
	Reason string          `json:"reason"`
}

// Windows are the spans of block time that the network's offers use.
type Windows struct {
	Submit  lilypad.Seconds `json:"submit"`
	Judge   lilypad.Seconds `json:"judge"`
	Reveal  lilypad.Seconds `json:"reveal"`
	Mediate lilypad.Seconds `json:"mediate"`
}

// Check refuses an offer that leaves a party less time than the windows say.
// The job's own time limit comes on top of what is left for running it.
//
// # Errors
//
// Invalid, naming the window.
func (w Windows) Check(o lilypad.JobOffer, n lilypad.Needs) error {
	for _, x := range []struct {
		name        string
		has, should lilypad.Seconds
	}{
		{"submit", o.SubmitFor, w.Submit + n.Timeout},
		{"judge", o.JudgeFor, w.Judge},
		{"reveal", o.RevealFor, w.Reveal},
		{"mediate", o.MediateFor, w.Mediate + n.Timeout},
	} {
		if x.has < x.should {
			return lilypad.Errorf(lilypad.Invalid, "the offer leaves %d s to %s, this network %d s", x.has, x.name, x.should)
		}
	}
	return nil
}

// Posting is a job as its creator posts it: the signed offer and what its
// hashes stand for.
type Posting struct {
	Offer   lilypad.Signed[lilypad.JobOffer] `json:"offer"`
	Work    lilypad.Work                     `json:"work"`
	Panel   lilypad.Panel                    `json:"panel"`
	Module  lilypad.Module                   `json:"module"`
	Parent  lilypad.JobID                    `json:"parent,omitzero"`   // the case that this replica serves
	Exclude []lilypad.Address                `json:"exclude,omitempty"` // operators that may not take it
	// Sealed is the tree that holds the inputs of a private job. It is not
	// signed: who opens it compares what is inside with Work.Inputs.
	Sealed lilypad.ContentID `json:"sealed,omitzero"`
}

// Private tells whether inputs and result travel sealed.
func (p Posting) Private() bool { return !p.Work.ResultKey.IsZero() }

// ID is the job's id.
func (p Posting) ID() lilypad.JobID { return p.Offer.Body.ID() }

// Check compares the posting with the hashes that its creator signed.
//
// # Errors
//
// Invalid, naming what does not fit.
func (p Posting) Check() error {
	o := p.Offer.Body
	switch {
	case o.Work != p.Work.Hash():
		return lilypad.Errorf(lilypad.Invalid, "the work is not the one that was signed")
	case o.Panel != p.Panel.Hash():
		return lilypad.Errorf(lilypad.Invalid, "the panel is not the one that was signed")
	case p.Work.Module != p.Module.ID():
		return lilypad.Errorf(lilypad.Invalid, "the module is not the one that was signed")
	case p.Private() == p.Sealed.IsZero():
		return lilypad.Errorf(lilypad.Invalid, "a posting has a key for its result and sealed inputs, or neither")
	case len(p.Exclude) > 64 || len(p.Work.Parameters) > 64 || len(p.Work.Needs.Labels) > 64:
		return lilypad.Errorf(lilypad.Invalid, "a posting has at most 64 exclusions, 64 parameters and 64 labels")
	}
	for i, param := range p.Work.Parameters {
		if i > 0 && p.Work.Parameters[i-1].Key >= param.Key {
			return lilypad.Errorf(lilypad.Invalid, "parameters must be sorted by key, each once: %.40q", param.Key)
		}
	}
	if p.Private() {
		if err := sealing.CheckRecipient(p.Work.ResultKey); err != nil {
			return err
		}
	}
	if err := p.Panel.Check(o.Creator, o.Judge, o.Solver); err != nil {
		return err
	}
	return o.Check(int(p.Panel.Drawn))
}

// Answer is a provider's reply to a proposal: a signed deal, or why not.
type Answer struct {
	Deal   *lilypad.Signed[lilypad.Deal] `json:"deal,omitempty"`
	Reason string                        `json:"reason,omitempty"`
	Price  lilypad.Amount                `json:"price,omitempty"` // with a reason: it would do it for this
}

// Delivery is a provider's result.
type Delivery struct {
	Result  lilypad.Signed[lilypad.Result] `json:"result"`
	Outputs lilypad.Outputs                `json:"outputs"`
	WallMS  uint64                         `json:"wall_ms"`
	At      lilypad.Time                   `json:"at,omitempty"` // when the solver had it; set by the solver
	// Sealed is the tree that holds both of a private job's result; not signed.
	Sealed lilypad.ContentID `json:"sealed,omitzero"`
}

// Opinion is a mediator's verdict with the tree that holds its transcript.
type Opinion struct {
	Mediator   lilypad.Address                 `json:"mediator"`
	Verdict    lilypad.Signed[lilypad.Verdict] `json:"verdict"`
	Transcript lilypad.ContentID               `json:"transcript"`
}

// LogChunk is a piece of what a running job printed. It is passed on, not kept.
type LogChunk struct {
	Stream string `json:"stream" enum:"stdout,stderr"`
	Data   []byte `json:"data" maxLength:"87400"` // base64 of at most 64 KiB
}

// Phase is where a job stands with its solver.
type Phase string

const (
	PhaseWaiting   Phase = "waiting"   // in the book
	PhaseProposed  Phase = "proposed"  // a provider is asked
	PhaseOpening   Phase = "opening"   // the deal is on its way to the chain
	PhaseRunning   Phase = "running"   // money is locked
	PhaseDelivered Phase = "delivered" // a result is here
	PhaseMediation Phase = "mediation" // challenged
	PhaseFinal     Phase = "final"     // money has moved
	PhaseWithdrawn Phase = "withdrawn" // before any money was locked
)

// Job is all that the solver knows of a job. Parties may read it.
type Job struct {
	ID       lilypad.JobID                 `json:"id"`
	Phase    Phase                         `json:"phase"`
	Posting  Posting                       `json:"posting"`
	Provider lilypad.Address               `json:"provider,omitzero"` // asked or bound
	Price    lilypad.Amount                `json:"price,omitempty"`   // what it was ranked with
	Deal     *lilypad.Signed[lilypad.Deal] `json:"deal,omitempty"`
	Delivery *Delivery                     `json:"delivery,omitempty"`
	Opinions []Opinion                     `json:"opinions,omitempty"`
	Grants   []Grant                       `json:"grants,omitempty"` // of a private job
	Question *Question                     `json:"question,omitempty"`
	Reply    *Reply                        `json:"reply,omitempty"`
	Proof    lilypad.ContentID             `json:"proof,omitzero"` // that the result is wrong, as its creator says
	Facts    settlement.Facts              `json:"facts"`
	Path     settlement.Path               `json:"path,omitempty"`
	Outcome  lilypad.Outcome               `json:"outcome,omitempty"`
	Reason   string                        `json:"reason,omitempty"` // why it waits or was withdrawn
}

// Terms are the two signed halves; only for a job with a deal.
func (j Job) Terms() settlement.Terms {
	return settlement.Terms{Offer: j.Posting.Offer, Deal: *j.Deal}
}

// Drawn are the mediators of the case; nil before both seeds are known.
func (j Job) Drawn() []lilypad.Address {
	if j.Deal == nil || j.Facts.ProviderSeed.IsZero() || j.Facts.CreatorSeed.IsZero() {
		return nil
	}
	drawn, err := settlement.Draw(j.Posting.Panel, j.Facts.CreatorSeed, j.Facts.ProviderSeed, j.Deal.Body.ID())
	if err != nil {
		return nil // a panel too small to draw from was never signed
	}
	return drawn
}

// State is what people are told.
func (j Job) State() string {
	switch j.Phase {
	case PhaseFinal:
		return settlement.StateName(j.Path, j.Outcome)
	case PhaseDelivered:
		return "judging"
	case PhaseMediation:
		return "in mediation"
	}
	return string(j.Phase)
}

// Step is a mined transaction that moved the job.
type Step struct {
	Step    string       `json:"step"`
	Hash    lilypad.Hash `json:"hash"`
	GasUsed uint64       `json:"gas_used"`
}

// Why explains a job that is not matched.
type Why struct {
	Job      lilypad.JobID `json:"job"`
	Phase    Phase         `json:"phase"`
	Offers   int           `json:"offers"` // in the book
	Refusals []Refusal     `json:"refusals"`
	Nearest  string        `json:"nearest"` // the smallest change that would match
}

// Refusal is one rule that kept one provider from the job.
type Refusal struct {
	Provider lilypad.Address `json:"provider"`
	By       string          `json:"by"` // constraint, match, allow, admit
	Rule     string          `json:"rule"`
	Needs    string          `json:"needs,omitempty"`
	Has      string          `json:"has,omitempty"`
}

// EventKind says what an event of the stream is about.
type EventKind string

const (
	EventChanged   EventKind = "changed"   // to the parties: read the job again
	EventLog       EventKind = "log"       // to the creator: a LogChunk
	EventHeartbeat EventKind = "heartbeat" // to all, so that silence is noticed
)

// Event is one message of a stream. It says that something changed, not what:
// a reader that missed some reads the job again. A new stream begins with one
// event for every live job of its reader.
type Event struct {
	Kind EventKind       `json:"kind"`
	Job  lilypad.JobID   `json:"job,omitzero"`
	Data json.RawMessage `json:"data,omitempty"`
}
