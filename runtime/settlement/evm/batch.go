package evm

import (
	"cmp"
	"context"
	"slices"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Open implements [settlement.Batcher].
func (l *Ledger) Open(ctx context.Context, terms []settlement.Terms) (settlement.Tx, []settlement.Skip, error) {
	var entries []entry[contract.Opening]
	for _, t := range terms {
		e := entry[contract.Opening]{index: len(entries), job: t.Offer.Body.ID()}
		if err := t.Check(); err != nil {
			e.reason = err.Error()
		} else {
			e.call = opening(t)
		}
		entries = append(entries, e)
	}
	return sendBatch(ctx, l, entries, settlementABI.PackOpen)
}

// Settle implements [settlement.Batcher].
func (l *Ledger) Settle(ctx context.Context, settlements []settlement.Settlement) (settlement.Tx, []settlement.Skip, error) {
	var entries []entry[contract.Settling]
	for _, s := range settlements {
		e := entry[contract.Settling]{index: len(entries), job: s.Offer.Body.ID()}
		if encodable(s.Terms) {
			e.call = settling(s)
		} else {
			e.reason = settlement.ReasonState // nobody can have opened that
		}
		entries = append(entries, e)
	}
	return sendBatch(ctx, l, entries, settlementABI.PackSettle)
}

// entry is one of a batch, and why it is left out.
type entry[C any] struct {
	index  int
	job    lilypad.JobID
	call   C
	reason string
}

// sendBatch drops what a simulation would skip, sends the rest and reads from
// the receipt what was skipped after all, because the chain moved meanwhile.
func sendBatch[C any](ctx context.Context, l *Ledger, entries []entry[C], pack func([]C) []byte) (settlement.Tx, []settlement.Skip, error) {
	if len(entries) > settlement.MaxBatch {
		return settlement.Tx{}, nil, lilypad.Errorf(lilypad.Invalid, "batch of %d entries: at most %d fit a transaction", len(entries), settlement.MaxBatch)
	}
	live, dropped := split(entries)
	calldata := func() chain.Call {
		var calls []C
		for _, e := range live {
			calls = append(calls, e.call)
		}
		return chain.Call{To: l.cfg.Contract, Data: pack(calls)}
	}
	if len(live) > 0 {
		logs, err := l.cfg.Client.Simulate(ctx, l.Address(), calldata())
		if err != nil {
			return settlement.Tx{}, nil, fault(err)
		}
		if err := mark(live, l.cfg.Contract, logs); err != nil {
			return settlement.Tx{}, nil, err
		}
		var skipped []entry[C]
		live, skipped = split(live)
		dropped = append(dropped, skipped...)
	}
	if len(live) == 0 {
		return settlement.Tx{}, report(dropped), nil
	}
	mined, err := l.cfg.Queue.Send(ctx, calldata())
	if err != nil {
		return settlement.Tx{}, report(dropped), fault(err)
	}
	if err := mark(live, l.cfg.Contract, mined.Receipt.Logs); err != nil {
		return minedTx(mined), report(dropped), err
	}
	_, skipped := split(live)
	return minedTx(mined), report(append(dropped, skipped...)), nil
}

// split parts the entries that have no reason to be left out from the others.
func split[C any](entries []entry[C]) (live, dropped []entry[C]) {
	for _, e := range entries {
		if e.reason == "" {
			live = append(live, e)
		} else {
			dropped = append(dropped, e)
		}
	}
	return live, dropped
}

// mark notes in the entries of a call why the contract skipped some.
func mark[C any](entries []entry[C], at lilypad.Address, logs []*types.Log) error {
	for _, log := range logs {
		if lilypad.Address(log.Address) != at || len(log.Topics) == 0 || log.Topics[0] != topics.skipped {
			continue
		}
		s, err := settlementABI.UnpackSkippedEvent(log)
		if err != nil || !s.Index.IsInt64() || s.Index.Int64() >= int64(len(entries)) {
			return &lilypad.Error{Code: lilypad.Internal, Msg: "the contract skipped an entry that it was not given", Err: err}
		}
		entries[s.Index.Int64()].reason = reasonOf(s.Reason)
	}
	return nil
}

func report[C any](dropped []entry[C]) (skips []settlement.Skip) {
	slices.SortFunc(dropped, func(a, b entry[C]) int { return cmp.Compare(a.index, b.index) })
	for _, e := range dropped {
		skips = append(skips, settlement.Skip{Job: e.job, Reason: e.reason})
	}
	return skips
}
