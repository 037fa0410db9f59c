// Package keeper takes the exits that time opens: when a deal's deadline has
// passed it calls Expire, so that no money stays locked because a party is gone.
// It also tells its owner of the moments before a deadline at which it must act
// by itself.
//
// It decides by block time alone. On a local chain, where time stands still
// while nothing happens, it may also move that time, once people have waited
// long enough. Every role runs one over the deals that it knows.
//
// A [Patrol] does so for the deals that nobody knows any more: it follows all
// that a ledger's events tell, and the terms come from the transaction that
// opened them.
package keeper
