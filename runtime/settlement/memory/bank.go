package memory

import (
	"encoding/binary"
	"math"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Config sets up a Bank.
type Config struct {
	ChainID  uint64
	Contract lilypad.Address
	Sink     lilypad.Address // gets what is forfeited

	Start lilypad.Time    // block time of the first block; zero: 1
	Step  lilypad.Seconds // block time between two blocks; zero: 1

	Bounds settlement.Bounds // zero: settlement.DefaultBounds

	// FinalAfter is how many blocks must follow one that is said to be final.
	FinalAfter uint64
}

// Bank holds all accounts and deals. Each write makes a block of its own.
// Safe for concurrent use.
type Bank struct {
	cfg Config

	mu       sync.Mutex // guards what follows
	blocks   []settlement.Block
	txs      map[lilypad.Hash]settlement.Tx
	terms    map[lilypad.DealID]settlement.Terms // of all that were ever opened
	accounts map[lilypad.Address]*settlement.Account
	deals    map[lilypad.JobID]*deal
	events   []settlement.Event
	supply   lilypad.Amount
	at       lilypad.Time  // of the writes to come, where At was called
	grown    chan struct{} // closed at the next block
}

// New returns an empty bank with its first block made.
func New(cfg Config) *Bank {
	cfg.Start = max(cfg.Start, 1)
	cfg.Step = max(cfg.Step, 1)
	if cfg.Bounds == (settlement.Bounds{}) {
		cfg.Bounds = settlement.DefaultBounds
	}
	b := &Bank{
		cfg:      cfg,
		txs:      map[lilypad.Hash]settlement.Tx{},
		terms:    map[lilypad.DealID]settlement.Terms{},
		accounts: map[lilypad.Address]*settlement.Account{},
		deals:    map[lilypad.JobID]*deal{},
		grown:    make(chan struct{}),
	}
	b.mine(cfg.Start, nil)
	return b
}

// Ledger returns the bank as seen by one account, which need not exist.
func (b *Bank) Ledger(self lilypad.Address) *Ledger { return &Ledger{bank: b, self: self} }

// Mint makes tokens in the wallet of an account.
//
// # Errors
//
// Invalid when there would be more tokens than an Amount can count.
func (b *Bank) Mint(who lilypad.Address, amount lilypad.Amount) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if amount > math.MaxUint64-b.supply {
		return lilypad.Errorf(lilypad.Invalid, "mint %s LILY: the supply would overflow", amount)
	}
	b.supply += amount
	b.account(who).Wallet += amount
	return nil
}

// Advance makes an empty block at time to, if that lies ahead.
func (b *Bank) Advance(to lilypad.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if to > b.head().Time {
		b.mine(to, nil)
	}
}

func (b *Bank) head() settlement.Block { return b.blocks[len(b.blocks)-1] }

// At puts the writes that follow at a block time, until it is called again: a
// chain that is replayed has several transactions in a block.
func (b *Bank) At(t lilypad.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at = t
}

// next is the time of the block that the current write will be in.
func (b *Bank) next() lilypad.Time {
	if b.at > 0 {
		return b.at
	}
	return b.head().Time + lilypad.Time(b.cfg.Step)
}

func (b *Bank) account(who lilypad.Address) *settlement.Account {
	a := b.accounts[who]
	if a == nil {
		a = &settlement.Account{}
		b.accounts[who] = a
	}
	return a
}

// standing is a copy of an account; asking makes none.
func (b *Bank) standing(who lilypad.Address) settlement.Account {
	if a := b.accounts[who]; a != nil {
		return *a
	}
	return settlement.Account{}
}

// mine appends a block with one transaction and wakes followers.
func (b *Bank) mine(at lilypad.Time, events []settlement.Event) settlement.Tx {
	block := settlement.Block{Number: uint64(len(b.blocks)), Time: at}
	var parent lilypad.Hash
	if block.Number > 0 {
		parent = b.head().Hash
	}
	var word [8]byte
	binary.BigEndian.PutUint64(word[:], uint64(at))
	block.Hash = lilypad.Keccak256(b.cfg.Contract[:], parent[:], word[:])
	tx := settlement.Tx{Hash: lilypad.Keccak256([]byte("tx"), block.Hash[:]), Block: block}
	for i := range events {
		events[i].Tx, events[i].Block = tx.Hash, block
	}
	b.blocks = append(b.blocks, block)
	b.txs[tx.Hash] = tx
	b.events = append(b.events, events...)
	close(b.grown)
	b.grown = make(chan struct{})
	return tx
}
