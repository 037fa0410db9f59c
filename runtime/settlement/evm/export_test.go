package evm

import (
	"context"

	"github.com/ethereum/go-ethereum/common"

	"github.com/lilypad-network/lilypad"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// DepositFor pays into another's account, which the market itself never does,
// out of what the contract may take already.
func (l *Ledger) DepositFor(ctx context.Context, who lilypad.Address, amount lilypad.Amount) error {
	_, err := l.send(ctx, settlementABI.PackDeposit(common.Address(who), base(amount)))
	return err
}

// Fault is what decodes reverts.
var Fault = fault

// DecodeOpen is what reads foreign calldata.
var DecodeOpen = decodeOpen

// OpenSelector begins the calldata of open.
func OpenSelector() []byte { return openMethod.ID }

// SettlementCreation makes a settlement contract like that of a deployment.
func SettlementCreation(at Addresses) []byte {
	return append(common.FromHex(contract.SettlementMetaData.Bin), settlementABI.PackConstructor(common.Address(at.Token), common.Address(at.Sink), bounds(settlement.DefaultBounds))...)
}
