package settlement

import (
	"context"

	"github.com/lilypad-network/lilypad"
)

// Terms are the two signed halves of a deal. Every call that moves a deal
// passes them again: the chain keeps one word per deal.
type Terms struct {
	Offer lilypad.Signed[lilypad.JobOffer] `json:"offer"`
	Deal  lilypad.Signed[lilypad.Deal]     `json:"deal"`
}

// Ledger holds payment and stakes. A Ledger acts for one account.
//
// Writes return when they are mined; a Tx beside an error was mined in vain.
// Each is safe to repeat: what has already happened is a Conflict. A cancelled context leaves the transaction to be
// mined or not; read the status to learn which.
//
// # Errors
//
// Invalid for bad signatures, terms or facts, Conflict when state or deadline
// forbids the call, Unauthorized for a challenge by another than the judge,
// Exhausted for too small a balance, Unavailable when the chain does not
// answer. Safe for concurrent use.
type Ledger interface {
	Reader
	Batcher
	Mover
	Funds
}

// Reader tells what the ledger holds, as of its latest block.
type Reader interface {
	Status(ctx context.Context, job lilypad.JobID) (Status, error)
	Account(ctx context.Context, who lilypad.Address) (Account, error)
	Head(ctx context.Context) (Block, error)
	// Transaction returns a mined transaction. NotFound when there is none.
	Transaction(ctx context.Context, hash lilypad.Hash) (Tx, error)
	// Opened returns the terms of the deals that a transaction opened, and
	// perhaps of some that it did not: believe those with the hashes of an
	// event. None when it called another contract, which then called the
	// ledger. NotFound when there is no such transaction.
	Opened(ctx context.Context, tx lilypad.Hash) ([]Terms, error)
	// Follow calls fn with every batch of events after the cursor, in order,
	// until ctx ends or fn fails, and returns that error. A batch without
	// events says that block time has moved on. After a reorganisation
	// Rewound is set and the batch begins at the fork: handlers must be
	// idempotent.
	Follow(ctx context.Context, after Cursor, fn func(Batch) error) error
}

// Batcher moves up to MaxBatch deals in one transaction. An entry that cannot
// be moved is skipped and reported; it never hinders the others. If none can,
// nothing is sent and Tx is zero.
type Batcher interface {
	// Open locks payment and stakes. Only who the offers allow may call it.
	Open(ctx context.Context, terms []Terms) (Tx, []Skip, error)
	// Settle pays by the judge's receipts.
	Settle(ctx context.Context, settlements []Settlement) (Tx, []Skip, error)
}

// Mover moves one deal.
type Mover interface {
	// Submit posts the provider's signed result; anyone may.
	Submit(ctx context.Context, t Terms, result lilypad.Signed[lilypad.Result]) (Tx, error)
	// Challenge is the judge's: blind, it reveals the creator's seed.
	Challenge(ctx context.Context, t Terms, result lilypad.Hash, creatorSeed lilypad.Hash) (Tx, error)
	// Reveal shows the provider's seed and so draws the mediators.
	Reveal(ctx context.Context, t Terms, facts Facts, providerSeed lilypad.Hash) (Tx, error)
	// Resolve ends a case by the signatures of drawn mediators that agree.
	Resolve(ctx context.Context, t Terms, facts Facts, panel lilypad.Panel, verdicts []lilypad.Signed[lilypad.Verdict]) (Tx, error)
	// Expire takes the exit that time has opened; anyone may.
	Expire(ctx context.Context, t Terms, facts Facts) (Tx, error)
}

// Funds moves the caller's own money.
type Funds interface {
	Address() lilypad.Address
	Domain() lilypad.Domain
	// Deposit moves tokens of the caller into its account.
	Deposit(ctx context.Context, amount lilypad.Amount) (Tx, error)
	Withdraw(ctx context.Context, amount lilypad.Amount) (Tx, error)
	// Bump advances the caller's epoch, which voids what it signed before.
	Bump(ctx context.Context) (Tx, error)
}

// Facts are what has come to light about a deal since it was opened.
type Facts struct {
	Result       lilypad.Hash `json:"result"`
	CreatorSeed  lilypad.Hash `json:"creator_seed"`
	ProviderSeed lilypad.Hash `json:"provider_seed"`
}

// Settlement is an entry of Settle.
type Settlement struct {
	Terms
	Receipt lilypad.Signed[lilypad.Receipt] `json:"receipt"`
}

// Status is a deal's word on chain.
type Status struct {
	State    lilypad.State   `json:"state"`
	Path     Path            `json:"path"`     // set when final
	Deadline lilypad.Time    `json:"deadline"` // set unless final
	Outcome  lilypad.Outcome `json:"outcome"`  // set when mediators decided
}

// Account is a party's standing with the ledger.
type Account struct {
	Free   lilypad.Amount `json:"free"`   // deposited and not locked
	Wallet lilypad.Amount `json:"wallet"` // tokens outside the ledger
	Epoch  uint32         `json:"epoch"`
}

// Block is a point in chain time.
type Block struct {
	Number uint64       `json:"number"`
	Time   lilypad.Time `json:"time"`
	Hash   lilypad.Hash `json:"hash"`
}

// Tx is a mined transaction.
type Tx struct {
	Hash    lilypad.Hash `json:"hash"`
	Block   Block        `json:"block"`
	GasUsed uint64       `json:"gas_used"`
}

// Skip tells why an entry of a batch was left out.
type Skip struct {
	Job    lilypad.JobID `json:"job"`
	Reason string        `json:"reason"`
}

// Cursor is a place in the event log: the events of all blocks before Block are
// handled, and of Block those that come before Index. The zero Cursor is the
// beginning.
type Cursor struct {
	Block uint64       `json:"block"`
	Hash  lilypad.Hash `json:"hash"`
	Index uint         `json:"index"`
}

// Batch is what Follow delivers; Cursor is the place after its last event, and
// Final the newest block that no reorganisation takes away.
type Batch struct {
	Events  []Event
	Cursor  Cursor
	Rewound bool
	Head    Block
	Final   uint64
}

// Event is one change of a deal. A skipped entry has Job, Reason and the place
// only; the others have both parties and the Deadline of the new state.
type Event struct {
	Kind     Kind            `json:"kind"`
	Job      lilypad.JobID   `json:"job"`
	Deal     lilypad.DealID  `json:"deal"`            // when opened
	Opened   lilypad.Deal    `json:"opened,omitzero"` // what the provider signed, of the id Deal
	Creator  lilypad.Address `json:"creator"`
	Provider lilypad.Address `json:"provider"`
	Deadline lilypad.Time    `json:"deadline"`
	Result   lilypad.Hash    `json:"result"` // when submitted or finished
	Seed     lilypad.Hash    `json:"seed"`   // creator's when challenged, provider's when revealed
	Path     Path            `json:"path"`
	Outcome  lilypad.Outcome `json:"outcome"`
	Reason   string          `json:"reason"` // of a skipped entry
	Tx       lilypad.Hash    `json:"tx"`
	Block    Block           `json:"block"`
}

// Kind is what happened.
type Kind string

const (
	Opened     Kind = "opened"
	Submitted  Kind = "submitted"
	Challenged Kind = "challenged"
	Revealed   Kind = "revealed"
	Finished   Kind = "finished" // settled, resolved or expired: see Path
	Skipped    Kind = "skipped"
)

// Path is the row of the payout table by which a deal ended.
type Path uint8

const (
	PathNone      Path = iota
	PathReceipt        // the judge's receipt: full price
	PathUnjudged       // no receipt in time: full price; with audits the creator loses its stake
	PathUnserved       // never submitted
	PathNoReveal       // challenged, the provider hid its seed
	PathResolved       // mediators agreed: see Outcome
	PathNoVerdict      // they did not in time
)

// StateName is what people are told of a final deal.
func StateName(p Path, o lilypad.Outcome) string {
	if p == PathResolved {
		return [...]string{"none", "upheld", "late", "refunded", "fraud"}[min(o, lilypad.OutcomeFraud)]
	}
	return [...]string{"none", "paid", "paid", "expired", "fraud", "resolved", "no verdict"}[min(p, PathNoVerdict)]
}
