package evm

import (
	"context"
	"slices"

	"github.com/lilypad-network/lilypad"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Submit implements [settlement.Mover].
func (l *Ledger) Submit(ctx context.Context, t settlement.Terms, result lilypad.Signed[lilypad.Result]) (settlement.Tx, error) {
	return l.send(ctx, settlementABI.PackSubmit(facts(t, result.Body.Result), signature(result.Signature)))
}

// Challenge implements [settlement.Mover].
func (l *Ledger) Challenge(ctx context.Context, t settlement.Terms, result, creatorSeed lilypad.Hash) (settlement.Tx, error) {
	return l.send(ctx, settlementABI.PackChallenge(facts(t, result), creatorSeed))
}

// Reveal implements [settlement.Mover].
func (l *Ledger) Reveal(ctx context.Context, t settlement.Terms, f settlement.Facts, providerSeed lilypad.Hash) (settlement.Tx, error) {
	return l.send(ctx, settlementABI.PackReveal(facts(t, f.Result), providerSeed))
}

// Expire implements [settlement.Mover].
func (l *Ledger) Expire(ctx context.Context, t settlement.Terms, f settlement.Facts) (settlement.Tx, error) {
	return l.send(ctx, settlementABI.PackExpire(facts(t, f.Result), f.CreatorSeed))
}

// Resolve implements [settlement.Mover].
func (l *Ledger) Resolve(ctx context.Context, t settlement.Terms, f settlement.Facts, p lilypad.Panel, verdicts []lilypad.Signed[lilypad.Verdict]) (settlement.Tx, error) {
	seats, err := settlement.Draw(p, f.CreatorSeed, f.ProviderSeed, t.Deal.Body.ID())
	if err != nil {
		return settlement.Tx{}, err
	}
	votes, outcome, err := l.votes(seats, verdicts)
	if err != nil {
		return settlement.Tx{}, err
	}
	return l.send(ctx, settlementABI.PackResolve(facts(t, f.Result), f.CreatorSeed, f.ProviderSeed, panel(p), uint8(outcome), votes))
}

// votes puts verdicts in the order of the seats, as the contract wants them,
// and finds the outcome that most of them name.
func (l *Ledger) votes(seats []lilypad.Address, verdicts []lilypad.Signed[lilypad.Verdict]) ([]contract.Vote, lilypad.Outcome, error) {
	var votes []contract.Vote
	var count [lilypad.OutcomeFraud + 1]int
	for _, v := range verdicts {
		if v.Body.Outcome < lilypad.OutcomeUpheld || v.Body.Outcome > lilypad.OutcomeFraud {
			return nil, 0, lilypad.Errorf(lilypad.Invalid, "a verdict has no outcome %d", v.Body.Outcome)
		}
		signer, err := wallet.Recover(l.Domain().Digest(v.Body), v.Signature)
		seat := slices.Index(seats, signer)
		if err != nil || seat < 0 {
			return nil, 0, lilypad.Errorf(lilypad.Invalid, "a verdict is signed by a mediator that was not drawn")
		}
		count[v.Body.Outcome]++
		votes = append(votes, contract.Vote{
			Seat: uint8(seat), Outcome: uint8(v.Body.Outcome), TranscriptHash: v.Body.Transcript, Signature: signature(v.Signature),
		})
	}
	slices.SortFunc(votes, func(a, b contract.Vote) int { return int(a.Seat) - int(b.Seat) })
	outcome := lilypad.OutcomeUpheld
	for o, n := range count {
		if n > count[outcome] {
			outcome = lilypad.Outcome(o)
		}
	}
	return votes, outcome, nil
}
