package survey

import (
	"context"
	"errors"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Stats are what the deals of a span of blocks cost and hold. Gas counts what
// was paid for a transaction, shared out evenly among the deals it moved.
type Stats struct {
	From    settlement.Block  `json:"from"`
	Head    settlement.Block  `json:"head"`
	Opened  uint64            `json:"opened"`
	Ended   uint64            `json:"ended"`
	Final   uint64            `json:"final"`   // of the ended ones: no reorganisation undoes their end
	Skipped uint64            `json:"skipped"` // entries of batches that had no effect
	Ends    map[string]uint64 `json:"ends"`    // ended deals by the name of their end
	// GasPerJob is the average over the ended deals whose opening is in the
	// span; 0 without any.
	GasPerJob uint64         `json:"gas_per_job"`
	Opens     Batches        `json:"opens"`
	Settles   Batches        `json:"settles"` // by receipts
	Live      uint64         `json:"live"`    // deals that hold money
	Locked    lilypad.Amount `json:"locked"`  // in live deals whose terms are told
	Untold    uint64         `json:"untold"`  // live deals whose terms are not
	Exits     uint64         `json:"exits"`   // live deals past their deadline: anyone may end them
}

// Batches tells of the transactions that moved deals together.
type Batches struct {
	Transactions uint64  `json:"transactions"`
	Jobs         uint64  `json:"jobs"`
	Mean         float64 `json:"mean"` // jobs a transaction
	Largest      uint64  `json:"largest"`
	GasPerJob    uint64  `json:"gas_per_job"`
}

// Tracker keeps the events of the last blocks and counts them. Safe for
// concurrent use.
type Tracker struct {
	ledger Ledger
	window uint64

	mu    sync.Mutex // guards what follows; not held while the ledger is asked
	first uint64     // block of the span
	from  settlement.Block
	head  settlement.Block
	final uint64 // newest block that no reorganisation takes away
	deals map[lilypad.JobID]*deal
	txs   map[lilypad.Hash]*tx
}

type deal struct {
	state    lilypad.State
	deadline lilypad.Time
	locked   lilypad.Amount
	told     bool
	opened   bool // in the span
	end      string
	block    uint64 // of its last event
	txs      []lilypad.Hash
}

type tx struct {
	gas                     uint64
	moves                   uint64
	opens, settles, skipped uint64
	block                   uint64
}

// NewTracker counts what happens in the last window blocks; 0: in all.
func NewTracker(l Ledger, window uint64) *Tracker {
	t := &Tracker{ledger: l, window: window}
	t.clear()
	return t
}

func (t *Tracker) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.first, t.from, t.deals, t.txs = 0, settlement.Block{}, map[lilypad.JobID]*deal{}, map[lilypad.Hash]*tx{}
}

// errRewound says that counted events have left the chain.
var errRewound = errors.New("a reorganisation: counted anew")

// Read counts up to the present head.
func (t *Tracker) Read(ctx context.Context, progress Progress) error {
	for {
		from, err := t.begin(ctx)
		if err != nil {
			return err
		}
		err = scan(ctx, t.ledger, from, progress, func(b settlement.Batch) error { return t.add(ctx, b) })
		if !errors.Is(err, errRewound) {
			return err
		}
	}
}

// Run counts until ctx ends.
func (t *Tracker) Run(ctx context.Context) error {
	for {
		from, err := t.begin(ctx)
		if err != nil {
			return err
		}
		err = t.ledger.Follow(ctx, settlement.Cursor{Block: from}, func(b settlement.Batch) error { return t.add(ctx, b) })
		if !errors.Is(err, errRewound) {
			return err
		}
	}
}

// begin forgets everything and finds the first block of the span.
func (t *Tracker) begin(ctx context.Context) (uint64, error) {
	t.clear()
	head, err := t.ledger.Head(ctx)
	if err != nil || t.window == 0 {
		return 0, err
	}
	first := head.Number - min(head.Number, t.window)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.first = first
	return first, nil
}

func (t *Tracker) add(ctx context.Context, b settlement.Batch) error {
	if b.Rewound && t.counted() {
		return errRewound
	}
	for _, e := range b.Events {
		if e.Block.Number < t.first { // a follower may begin earlier than it is asked to
			continue
		}
		gas, terms, err := t.price(ctx, e)
		if err != nil {
			return err
		}
		t.count(e, gas, terms)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.head, t.final = b.Head, b.Final
	t.prune()
	return nil
}

func (t *Tracker) counted() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.txs) > 0
}

// price asks the ledger what an event's transaction cost, once, and what it
// opened.
func (t *Tracker) price(ctx context.Context, e settlement.Event) (gas uint64, terms *settlement.Terms, err error) {
	t.mu.Lock()
	known := t.txs[e.Tx]
	t.mu.Unlock()
	if known != nil {
		gas = known.gas
	} else {
		mined, err := t.ledger.Transaction(ctx, e.Tx)
		if err != nil {
			return 0, nil, err
		}
		gas = mined.GasUsed
	}
	if e.Kind != settlement.Opened {
		return gas, nil, nil
	}
	list, err := t.ledger.Opened(ctx, e.Tx)
	for _, x := range list {
		if x.Deal.Body.ID() == e.Deal {
			terms = &x
		}
	}
	return gas, terms, err
}

// states are what events leave a deal in.
var states = map[settlement.Kind]lilypad.State{
	settlement.Opened: lilypad.StateOpen, settlement.Submitted: lilypad.StateSubmitted, settlement.Challenged: lilypad.StateChallenged,
	settlement.Revealed: lilypad.StateDrawn, settlement.Finished: lilypad.StateFinal,
}

func (t *Tracker) count(e settlement.Event, gas uint64, terms *settlement.Terms) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.from.Number == 0 {
		t.from = e.Block
	}
	x := t.txs[e.Tx]
	if x == nil {
		x = &tx{gas: gas, block: e.Block.Number}
		t.txs[e.Tx] = x
	}
	if e.Kind == settlement.Skipped {
		x.skipped++
		return
	}
	d := t.deals[e.Job]
	if d == nil {
		d = &deal{}
		t.deals[e.Job] = d
	}
	x.moves++
	d.state, d.deadline, d.block, d.txs = states[e.Kind], e.Deadline, e.Block.Number, append(d.txs, e.Tx)
	switch e.Kind {
	case settlement.Opened:
		x.opens++
		d.opened = true
		if terms != nil {
			o := terms.Offer.Body
			d.told, d.locked = true, terms.Deal.Body.Price+o.CreatorStake+o.ProviderStake
		}
	case settlement.Finished:
		d.end = settlement.StateName(e.Path, e.Outcome)
		if e.Path == settlement.PathReceipt {
			x.settles++
		}
	}
}

// prune forgets what has left the span, live deals excepted.
func (t *Tracker) prune() {
	if t.window == 0 || t.head.Number <= t.window {
		return
	}
	first := t.head.Number - t.window
	needed := map[lilypad.Hash]bool{}
	for id, d := range t.deals {
		if d.state == lilypad.StateFinal && d.block < first {
			delete(t.deals, id)
			continue
		}
		for _, h := range d.txs {
			needed[h] = true
		}
	}
	for h, x := range t.txs {
		if x.block < first && !needed[h] {
			delete(t.txs, h)
		}
	}
	if t.from.Number != 0 && t.from.Number < first {
		t.from = settlement.Block{Number: first}
	}
}

// Stats tells what was counted.
func (t *Tracker) Stats() Stats {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := Stats{From: t.from, Head: t.head, Ends: map[string]uint64{}}
	var openGas, settleGas, jobGas, jobs uint64
	for _, x := range t.txs {
		s.Skipped += x.skipped
		openGas += s.Opens.add(x.opens, x.gas)
		settleGas += s.Settles.add(x.settles, x.gas)
	}
	for _, d := range t.deals {
		if d.opened {
			s.Opened++
		}
		if d.state != lilypad.StateFinal {
			s.hold(d)
			continue
		}
		s.Ended++
		if d.block <= t.final {
			s.Final++
		}
		s.Ends[d.end]++
		if d.opened {
			jobs++
			for _, h := range d.txs {
				jobGas += t.txs[h].gas / t.txs[h].moves
			}
		}
	}
	s.GasPerJob, s.Opens.GasPerJob, s.Settles.GasPerJob = per(jobGas, jobs), per(openGas, s.Opens.Jobs), per(settleGas, s.Settles.Jobs)
	return s
}

func (s *Stats) hold(d *deal) {
	s.Live++
	s.Locked += d.locked
	if !d.told {
		s.Untold++
	}
	if d.deadline < s.Head.Time {
		s.Exits++
	}
}

// add counts a transaction that moved so many jobs, and returns the gas that
// counts for them.
func (b *Batches) add(jobs, gas uint64) uint64 {
	if jobs == 0 {
		return 0
	}
	b.Transactions++
	b.Jobs += jobs
	b.Largest = max(b.Largest, jobs)
	b.Mean = float64(b.Jobs) / float64(b.Transactions)
	return gas
}

func per(total, n uint64) uint64 {
	if n == 0 {
		return 0
	}
	return total / n
}
