package creator

import (
	"encoding/binary"
	"maps"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// record is a job as the journal keeps it.
type record struct {
	ID         lilypad.JobID `json:"id"`
	Created    time.Time     `json:"created"`
	Posting    api.Posting   `json:"posting"`
	Scheme     string        `json:"scheme"`             // as the order named it
	Comparator string        `json:"comparator"`         // too
	Reviewed   string        `json:"reviewed,omitempty"` // why the scheme decided as it did
	Warnings   []string      `json:"warnings,omitempty"`
	// Known is the content of the right result; zero: the job is no canary.
	Known  lilypad.ContentID `json:"known,omitzero"`
	Posted bool              `json:"posted"` // the solver has it

	Deal     *lilypad.Signed[lilypad.Deal] `json:"deal,omitempty"`
	Delivery *api.Delivery                 `json:"delivery,omitempty"` // checked, and its bytes are here
	ExitCode *int                          `json:"exit_code,omitempty"`
	Result   lilypad.ContentID             `json:"result,omitzero"` // what the person gets: of this deal or of a replica

	Case     *hostapi.Case                      `json:"case,omitempty"` // of the review
	Review   *cases.Decision                    `json:"review,omitempty"`
	Replicas []replica                          `json:"replicas,omitempty"`
	Dropped  []replica                          `json:"dropped,omitempty"` // replicas of a deal that was undone
	Disputes []dispute                          `json:"disputes,omitempty"`
	Proof    lilypad.ContentID                  `json:"proof,omitzero"`  // that this deal's result is wrong
	Stuck    int                                `json:"stuck,omitempty"` // how often the scheme could not decide
	Ruling   ruling                             `json:"ruling,omitempty"`
	Receipt  bool                               `json:"receipt"` // the solver has it
	State    lilypad.State                      `json:"state"`   // on chain
	Deadline lilypad.Time                       `json:"deadline"`
	Opened   lilypad.Time                       `json:"opened"`
	OpenedAs lilypad.DealID                     `json:"opened_as"` // what the chain says was opened
	Facts    settlement.Facts                   `json:"facts"`
	Path     settlement.Path                    `json:"path,omitempty"`
	Ended    uint64                             `json:"ended,omitempty"` // block in which the deal became final
	EndedAt  lilypad.Time                       `json:"ended_at,omitempty"`
	Outcome  lilypad.Outcome                    `json:"outcome,omitempty"`
	Txs      []api.Step                         `json:"txs,omitempty"`
	Phase    api.Phase                          `json:"phase"`             // as the solver last said
	Reason   string                             `json:"reason,omitempty"`  // why it waits or ended so
	Signers  uint8                              `json:"signers,omitempty"` // mediators that were paid
	Before   map[lilypad.Address]lilypad.Amount `json:"before,omitempty"`  // what everyone held
	After    map[lilypad.Address]lilypad.Amount `json:"after,omitempty"`
	Sink     lilypad.Address                    `json:"sink"`
	Faulty   string                             `json:"faulty,omitempty"` // how its provider said it misbehaves
	Times    map[string]int64                   `json:"times"`            // ms since Created
	Claimed  time.Time                          `json:"claimed,omitzero"` // a result was claimed on chain
	Done     bool                               `json:"done"`
}

// ruling is what was made of a result.
type ruling string

const (
	accepted ruling = "accepted"
	doubted  ruling = "doubted"
)

// replica is a run that the scheme ordered.
type replica struct {
	Key   uint32        `json:"key"`
	Job   lilypad.JobID `json:"job"`
	Party hostapi.Party `json:"party"`
	// SameClass: another class of hardware than the first run's is of no use.
	SameClass bool `json:"same_class,omitempty"`
}

// client tells whether a contract orders the job and pays for it.
func (r *record) client() bool { return r.Posting.Offer.Signature == (lilypad.Signature{}) }

func (r *record) terms() settlement.Terms {
	return settlement.Terms{Offer: r.Posting.Offer, Deal: *r.Deal}
}

func (r *record) clone() record {
	c := *r
	c.Times, c.Before, c.After = maps.Clone(r.Times), maps.Clone(r.Before), maps.Clone(r.After)
	c.Disputes = slices.Clone(r.Disputes)
	c.Replicas, c.Dropped, c.Txs = slices.Clone(r.Replicas), slices.Clone(r.Dropped), slices.Clone(r.Txs)
	if r.Case != nil {
		c.Case = cloneCase(r.Case)
	}
	return c
}

func cloneCase(c *hostapi.Case) *hostapi.Case {
	out := *c
	out.Events = slices.Clone(c.Events)
	return &out
}

// mark notes when something first happened.
func (r *record) mark(what string) {
	if r.Times == nil {
		r.Times = map[string]int64{}
	}
	if _, ok := r.Times[what]; !ok {
		r.Times[what] = time.Since(r.Created).Milliseconds()
	}
}

// take sets the deal, and forgets what came of another. Only the chain changes
// one that is open.
func (r *record) take(d *lilypad.Signed[lilypad.Deal]) {
	if r.OpenedAs != (lilypad.DealID{}) && (d == nil || d.Body.ID() != r.OpenedAs) {
		return
	}
	if d == nil || !r.of(d.Body.ID()) {
		r.forget()
		delete(r.Times, "match")
	}
	r.Deal = d
}

// forget drops what was handed in for a deal and what was made of it.
func (r *record) forget() {
	r.Delivery, r.ExitCode, r.Result, r.Receipt = nil, nil, lilypad.ContentID{}, false
	r.Case, r.Review, r.Stuck, r.Ruling, r.Reviewed = nil, nil, 0, "", ""
	r.Disputes, r.Proof = nil, lilypad.ContentID{}
	r.Dropped, r.Replicas = append(r.Dropped, r.Replicas...), nil
	delete(r.Times, "run")
}

// bought are the jobs that were ordered to judge this one.
func (r *record) bought() []replica { return slices.Concat(r.Replicas, r.Dropped) }

// of tells whether the record's deal is that one.
func (r *record) of(d lilypad.DealID) bool { return r.Deal != nil && r.Deal.Body.ID() == d }

// opened tells whether the record has the deal that the chain opened. After a
// reorganisation its state may be known before its event.
func (r *record) opened() bool { return r.of(r.OpenedAs) }

// delivered tells whether a result of the record's deal is here.
func (r *record) delivered() bool { return r.Delivery != nil && r.of(r.Delivery.Result.Body.Deal) }

// late tells that there is no time left but to challenge.
func (r *record) late(now lilypad.Time) bool {
	return r.State == lilypad.StateSubmitted && now >= r.Deadline-settlement.JudgeMargin(r.Posting.Offer.Body)
}

// observe applies an event of the chain; it may come twice.
func (r *record) observe(e settlement.Event) {
	step := string(e.Kind)
	switch e.Kind {
	case settlement.Opened:
		if r.State == lilypad.StateNone {
			r.Done = false // withdrawn, said the solver
		}
		r.State, r.Opened, r.OpenedAs = lilypad.StateOpen, e.Block.Time, e.Deal
		if !r.of(e.Deal) {
			r.take(&lilypad.Signed[lilypad.Deal]{Body: e.Opened}) // the chain has checked its signature
		}
		r.mark("open")
	case settlement.Submitted:
		r.State, r.Facts.Result = lilypad.StateSubmitted, e.Result
		if r.Claimed.IsZero() {
			r.Claimed = time.Now()
		}
	case settlement.Challenged:
		r.State, r.Facts.CreatorSeed = lilypad.StateChallenged, e.Seed
	case settlement.Revealed:
		r.State, r.Facts.ProviderSeed = lilypad.StateDrawn, e.Seed
	case settlement.Finished:
		r.State, r.Ended, r.Path, r.Outcome = lilypad.StateFinal, e.Block.Number, e.Path, e.Outcome
		r.EndedAt = e.Block.Time
		r.mark("settle")
		step = map[settlement.Path]string{settlement.PathReceipt: "settle", settlement.PathResolved: "resolve"}[e.Path]
		if step == "" {
			step = "expire"
		}
	default:
		return
	}
	r.Deadline = e.Deadline
	if step == string(settlement.Opened) {
		step = "open"
	}
	if !slices.ContainsFunc(r.Txs, func(s api.Step) bool { return s.Hash == e.Tx && s.Step == step }) {
		r.Txs = append(r.Txs, api.Step{Step: step, Hash: e.Tx})
	}
}

// depends tells what the record believes of the chain.
func (r record) depends() (lilypad.State, uint64) { return r.State, r.Ended }

// correct makes the record right after events that it knows were undone. Its
// step then does again what is to be done.
func (r *record) correct(st settlement.Status) {
	r.State, r.Deadline, r.Facts, r.Path, r.Outcome = st.State, st.Deadline, r.Facts.At(st.State), st.Path, st.Outcome
	r.Done, r.After = false, nil
	for _, step := range []string{"settle", "total"} {
		delete(r.Times, step)
	}
	if st.State < lilypad.StateSubmitted {
		r.Claimed = time.Time{}
	}
	if st.State <= lilypad.StateApproved {
		r.State, r.Opened, r.OpenedAs = lilypad.StateNone, 0, lilypad.DealID{}
		delete(r.Times, "open")
	}
}

// name is what people are told of the job's state.
func (r *record) name() string {
	switch {
	case r.State == lilypad.StateFinal:
		return settlement.StateName(r.Path, r.Outcome)
	case r.State >= lilypad.StateChallenged:
		return "in mediation"
	case r.State == lilypad.StateSubmitted || r.Delivery != nil:
		return "judging"
	case r.State == lilypad.StateOpen:
		return "running"
	case r.Phase != "":
		return string(r.Phase)
	}
	return string(api.PhaseWaiting)
}

func nonceBytes(n uint64) []byte { return binary.BigEndian.AppendUint64([]byte("creator seed"), n) }
