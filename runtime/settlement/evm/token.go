package evm

import (
	"context"

	"github.com/ethereum/go-ethereum/common"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Allowance is how much of an account's tokens the contract may take; it takes
// them only when that account deposits. It saturates.
func (l *Ledger) Allowance(ctx context.Context, owner lilypad.Address) (lilypad.Amount, error) {
	allowed, err := view(ctx, l.cfg.Client, l.addresses.Token, tokenABI.PackAllowance(common.Address(owner), common.Address(l.cfg.Contract)), tokenABI.UnpackAllowance)
	if err != nil {
		return 0, err
	}
	return whole(allowed), nil
}

// Allow lets the contract take exactly that much of the account's tokens, and
// no more; zero: none.
func (l *Ledger) Allow(ctx context.Context, amount lilypad.Amount) (settlement.Tx, error) {
	l.deposits.Lock()
	defer l.deposits.Unlock()
	if amount > 0 { // what was allowed to another contract can always be taken back
		if err := l.vouch(ctx); err != nil {
			return settlement.Tx{}, err
		}
	}
	return sendTo(ctx, l.cfg.Queue, l.addresses.Token, tokenABI.PackApprove(common.Address(l.cfg.Contract), base(amount)))
}
