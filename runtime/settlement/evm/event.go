package evm

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// topics are the signatures of the events that matter here.
var topics = func() (t struct{ opened, submitted, challenged, drawn, closed, skipped common.Hash }) {
	abi, err := contract.SettlementMetaData.ParseABI()
	if err != nil {
		panic(err) // the binding is generated from it
	}
	t.opened, t.submitted, t.challenged = abi.Events["Opened"].ID, abi.Events["Submitted"].ID, abi.Events["Challenged"].ID
	t.drawn, t.closed, t.skipped = abi.Events["Drawn"].ID, abi.Events["Closed"].ID, abi.Events["Skipped"].ID
	return t
}()

// Follow implements [settlement.Reader].
func (l *Ledger) Follow(ctx context.Context, after settlement.Cursor, fn func(settlement.Batch) error) error {
	return l.cfg.Follower.Follow(ctx, chain.Cursor(after), func(b chain.Batch) error {
		out := settlement.Batch{Cursor: settlement.Cursor(b.Cursor), Rewound: b.Rewound, Head: settlement.Block(b.Head), Final: b.Final}
		for i := range b.Logs {
			e, err := Decode(&b.Logs[i])
			if err != nil {
				return err
			}
			if e.Kind != "" && lilypad.Address(b.Logs[i].Address) == l.cfg.Contract {
				out.Events = append(out.Events, e)
			}
		}
		return fn(out)
	})
}

// Decode reads a log of the settlement contract; Kind is empty for a log that
// moves no deal.
//
// # Errors
//
// Internal for a log that no settlement contract writes.
func Decode(log *types.Log) (settlement.Event, error) {
	if len(log.Topics) == 0 {
		return settlement.Event{}, nil
	}
	read, ok := readers[log.Topics[0]]
	if !ok {
		return settlement.Event{}, nil
	}
	if len(log.Data) != 32*read.words || len(log.Topics) != read.topics {
		return settlement.Event{}, malformed(log, fmt.Errorf("%d bytes and %d topics", len(log.Data), len(log.Topics)))
	}
	e, err := read.as(log)
	if err != nil {
		return settlement.Event{}, malformed(log, err)
	}
	e.Tx = lilypad.Hash(log.TxHash)
	e.Block = settlement.Block{Number: log.BlockNumber, Time: lilypad.Time(log.BlockTimestamp), Hash: lilypad.Hash(log.BlockHash)}
	return e, nil
}

func malformed(log *types.Log, err error) error {
	return &lilypad.Error{Code: lilypad.Internal, Msg: fmt.Sprintf("log %d of block %d is not a settlement event", log.Index, log.BlockNumber), Err: err}
}

// readers by event: how many words of data and topics it has, and what it says.
var readers = map[common.Hash]struct {
	words, topics int
	as            func(*types.Log) (settlement.Event, error)
}{
	topics.opened: {5, 4, func(log *types.Log) (settlement.Event, error) {
		v, err := settlementABI.UnpackOpenedEvent(log)
		if err != nil {
			return settlement.Event{}, err
		}
		e := about(settlement.Opened, v.JobHash, v.Creator, v.Provider)
		if v.Price.BitLen() > 80 || v.Expiry.BitLen() > 40 {
			return settlement.Event{}, fmt.Errorf("price of %d bits, expiry of %d", v.Price.BitLen(), v.Expiry.BitLen())
		}
		e.Opened = lilypad.Deal{
			Job: e.Job, Provider: e.Provider, Price: whole(v.Price), SeedHash: v.SeedHash, Epoch: v.Epoch, Expiry: blockTime(v.Expiry),
		}
		e.Deal = e.Opened.ID()
		return due(e, v.Deadline)
	}},
	topics.submitted: {2, 4, func(log *types.Log) (settlement.Event, error) {
		v, err := settlementABI.UnpackSubmittedEvent(log)
		if err != nil {
			return settlement.Event{}, err
		}
		e := about(settlement.Submitted, v.JobHash, v.Creator, v.Provider)
		e.Result = v.ResultHash
		return due(e, v.Deadline)
	}},
	topics.challenged: {3, 4, func(log *types.Log) (settlement.Event, error) {
		v, err := settlementABI.UnpackChallengedEvent(log)
		if err != nil {
			return settlement.Event{}, err
		}
		e := about(settlement.Challenged, v.JobHash, v.Creator, v.Provider)
		e.Seed = v.CreatorSeed
		return due(e, v.Deadline)
	}},
	topics.drawn: {2, 4, func(log *types.Log) (settlement.Event, error) {
		v, err := settlementABI.UnpackDrawnEvent(log)
		if err != nil {
			return settlement.Event{}, err
		}
		e := about(settlement.Revealed, v.JobHash, v.Creator, v.Provider)
		e.Seed = v.ProviderSeed
		return due(e, v.Deadline)
	}},
	topics.closed: {2, 4, func(log *types.Log) (settlement.Event, error) {
		v, err := settlementABI.UnpackClosedEvent(log)
		if err != nil {
			return settlement.Event{}, err
		}
		e := about(settlement.Finished, v.JobHash, v.Creator, v.Provider)
		e.Result = v.ResultHash
		e.Path, e.Outcome, err = pathOf(v.Path)
		return e, err
	}},
	topics.skipped: {2, 2, func(log *types.Log) (settlement.Event, error) {
		v, err := settlementABI.UnpackSkippedEvent(log)
		if err != nil {
			return settlement.Event{}, err
		}
		return settlement.Event{Kind: settlement.Skipped, Job: v.JobHash, Reason: reasonOf(v.Reason)}, nil
	}},
}

func about(kind settlement.Kind, job [32]byte, creator, provider common.Address) settlement.Event {
	return settlement.Event{Kind: kind, Job: job, Creator: lilypad.Address(creator), Provider: lilypad.Address(provider)}
}

func due(e settlement.Event, deadline *big.Int) (settlement.Event, error) {
	if !deadline.IsUint64() || deadline.BitLen() > 40 {
		return settlement.Event{}, fmt.Errorf("deadline of %d bits", deadline.BitLen())
	}
	e.Deadline = lilypad.Time(deadline.Uint64())
	return e, nil
}

// pathOf reads the contract's path, which tells outcomes and audits apart.
func pathOf(path uint8) (settlement.Path, lilypad.Outcome, error) {
	known := [...]struct {
		path    settlement.Path
		outcome lilypad.Outcome
	}{
		{},
		{path: settlement.PathReceipt},
		{path: settlement.PathUnjudged}, // without audits
		{path: settlement.PathUnjudged}, // an audit dodged
		{path: settlement.PathUnserved},
		{path: settlement.PathNoReveal},
		{settlement.PathResolved, lilypad.OutcomeUpheld}, // after a challenge
		{settlement.PathResolved, lilypad.OutcomeUpheld}, // after an audit
		{settlement.PathResolved, lilypad.OutcomeLate},
		{settlement.PathResolved, lilypad.OutcomeRefund},
		{settlement.PathResolved, lilypad.OutcomeFraud},
		{path: settlement.PathNoVerdict}, // after a challenge
		{path: settlement.PathNoVerdict}, // after an audit
	}
	if int(path) >= len(known) {
		return 0, 0, lilypad.Errorf(lilypad.Internal, "the contract names path %d", path)
	}
	return known[path].path, known[path].outcome, nil
}

// reasonOf reads the contract's reason for skipping an entry. Those without a
// constant are caught by [settlement.Terms.Check] before they are sent.
func reasonOf(reason uint8) string {
	known := [...]string{
		"",
		settlement.ReasonOpener, settlement.ReasonTarget, "creator and provider are one", settlement.ReasonStale,
		"the price is above the offer's maximum", "the stakes do not cover the fees", settlement.ReasonWindow,
		settlement.ReasonState, settlement.ReasonCreatorEpoch, settlement.ReasonProviderEpoch,
		settlement.ReasonCreatorFunds, settlement.ReasonProviderFunds,
		settlement.ReasonCreatorSignature, settlement.ReasonProviderSignature,
		settlement.ReasonFacts, settlement.ReasonSeed, settlement.ReasonAudit, settlement.ReasonJudgeSignature,
	}
	if reason == 0 || int(reason) >= len(known) {
		return fmt.Sprintf("the contract's reason %d", reason)
	}
	return known[reason]
}
