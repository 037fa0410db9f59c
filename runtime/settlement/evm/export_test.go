package evm

import (
	"context"

	"github.com/ethereum/go-ethereum/common"

	"github.com/lilypad-network/lilypad"
)

// DepositFor pays into another's account, which the market itself never does.
func (l *Ledger) DepositFor(ctx context.Context, who lilypad.Address, amount lilypad.Amount) error {
	if err := l.allowance(ctx, amount); err != nil {
		return err
	}
	_, err := l.send(ctx, settlementABI.PackDeposit(common.Address(who), base(amount)))
	return err
}

// Fault is what decodes reverts.
var Fault = fault

// DecodeOpen is what reads foreign calldata.
var DecodeOpen = decodeOpen

// OpenSelector begins the calldata of open.
func OpenSelector() []byte { return openMethod.ID }
