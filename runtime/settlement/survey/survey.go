package survey

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Ledger is what a survey reads.
type Ledger = settlement.Reader

// Progress is told up to which block has been read, and which is the last.
type Progress func(block, last uint64)

// errDone ends a Follow that has seen enough.
var errDone = errors.New("all events are read")

// scan hands the batches of the blocks from `from` to the present head to fn.
func scan(ctx context.Context, l settlement.Reader, from uint64, progress Progress, fn func(settlement.Batch) error) error {
	head, err := l.Head(ctx)
	if err != nil {
		return err
	}
	err = l.Follow(ctx, settlement.Cursor{Block: from}, func(b settlement.Batch) error {
		if err := fn(b); err != nil {
			return err
		}
		if progress != nil {
			progress(min(b.Cursor.Block, head.Number), head.Number)
		}
		if b.Cursor.Block >= head.Number {
			return errDone
		}
		return nil
	})
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}

// gather hands the events of the blocks from `from` to the present head to each,
// but those of skipped entries. No batch tells the fork of a reorganisation, so
// one that may undo an event has all read again, after another begin. It returns
// the newest block that is final.
func gather(ctx context.Context, l settlement.Reader, from uint64, progress Progress, begin func(), each func(settlement.Event)) (final uint64, err error) {
	for {
		begin()
		seen := false
		err := scan(ctx, l, from, progress, func(b settlement.Batch) error {
			if b.Rewound && seen {
				return errRewound
			}
			for _, e := range b.Events {
				if e.Kind != settlement.Skipped {
					each(e)
					seen = true
				}
			}
			final = b.Final
			return nil
		})
		if !errors.Is(err, errRewound) {
			return final, err
		}
	}
}

// Found is all that the ledger tells of a deal.
type Found struct {
	Job      lilypad.JobID      `json:"job"`
	Status   settlement.Status  `json:"status"`
	Head     settlement.Block   `json:"head"`
	Final    uint64             `json:"final"` // newest block that no reorganisation takes away
	Deal     lilypad.DealID     `json:"deal"`
	Creator  lilypad.Address    `json:"creator"`
	Provider lilypad.Address    `json:"provider"`
	Terms    *settlement.Terms  `json:"terms,omitempty"` // nil: not told
	Facts    settlement.Facts   `json:"facts"`
	Events   []settlement.Event `json:"events"`
}

// Find reads the story of a deal, from a block on. progress may be nil.
//
// # Errors
//
// NotFound for a job that the ledger has never seen.
func Find(ctx context.Context, l Ledger, job lilypad.JobID, from uint64, progress Progress) (Found, error) {
	f := Found{Job: job, Events: []settlement.Event{}}
	var err error
	if f.Status, err = l.Status(ctx, job); err != nil {
		return f, err
	}
	if f.Status.State == lilypad.StateNone {
		return f, lilypad.Errorf(lilypad.NotFound, "the contract knows no deal of job %s: it was never opened", job).Try("lilypad job why %s", job)
	}
	f.Final, err = gather(ctx, l, from, progress, func() { f.Events = f.Events[:0] }, func(e settlement.Event) {
		if e.Job == job {
			f.Events = append(f.Events, e)
		}
	})
	if err != nil {
		return f, err
	}
	for _, e := range f.Events {
		f.learn(e)
	}
	if f.Head, err = l.Head(ctx); err != nil {
		return f, err
	}
	return f, f.readTerms(ctx, l)
}

func (f *Found) learn(e settlement.Event) {
	f.Creator, f.Provider = e.Creator, e.Provider
	switch e.Kind {
	case settlement.Opened:
		f.Deal = e.Deal
	case settlement.Submitted:
		f.Facts.Result = e.Result
	case settlement.Challenged:
		f.Facts.CreatorSeed = e.Seed
	case settlement.Revealed:
		f.Facts.ProviderSeed = e.Seed
	}
}

// readTerms finds the terms in the transaction that opened the deal.
func (f *Found) readTerms(ctx context.Context, l Ledger) error {
	for _, e := range f.Events {
		if e.Kind != settlement.Opened {
			continue
		}
		list, err := l.Opened(ctx, e.Tx)
		if err != nil {
			return err
		}
		for _, t := range list {
			if t.Deal.Body.ID() == f.Deal && t.Offer.Body.ID() == f.Job {
				f.Terms = &t
			}
		}
	}
	return nil
}

// Standing is how the deal stands, with a panel that draws so many. It must
// have Terms.
func (f Found) Standing(drawn uint8) settlement.Standing {
	return settlement.Standing{
		Offer: f.Terms.Offer.Body, Price: f.Terms.Deal.Body.Price, Deal: f.Deal, Drawn: drawn, Status: f.Status, Facts: f.Facts,
	}
}

// List returns the last event of each deal that moved since a block, the
// latest first, and the newest block that is final. progress may be nil.
func List(ctx context.Context, l settlement.Reader, from uint64, progress Progress) (last []settlement.Event, final uint64, err error) {
	byJob := map[lilypad.JobID]settlement.Event{}
	final, err = gather(ctx, l, from, progress, func() { clear(byJob) }, func(e settlement.Event) { byJob[e.Job] = e })
	if err != nil {
		return nil, 0, err
	}
	last = slices.Collect(maps.Values(byJob))
	slices.SortFunc(last, func(a, b settlement.Event) int {
		return cmp.Or(cmp.Compare(b.Block.Number, a.Block.Number), slices.Compare(a.Job[:], b.Job[:]))
	})
	return last, final, nil
}
