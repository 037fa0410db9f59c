package memory

import (
	"maps"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Fork marks a block; back makes the chain go another way from there, once:
// what was written since is undone, and an empty block follows.
func (b *Bank) Fork() (back func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	blocks, events, supply, txs := len(b.blocks), len(b.events), b.supply, maps.Clone(b.txs)
	accounts, deals := map[lilypad.Address]*settlement.Account{}, map[lilypad.JobID]*deal{}
	for who, a := range b.accounts {
		c := *a
		accounts[who] = &c
	}
	for id, d := range b.deals {
		c := *d
		deals[id] = &c
	}
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		now := b.head().Time
		b.blocks, b.events, b.supply, b.txs, b.accounts, b.deals = b.blocks[:blocks], b.events[:events], supply, txs, accounts, deals
		b.mine(now+1, nil) // at a time that no block had: its hash is new
	}
}
