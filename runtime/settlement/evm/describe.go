package evm

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"

	token "github.com/lilypad-network/lilypad/contracts/bindings/lilytoken"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
)

// described are the contracts whose calls are told in words.
var described = func() (all []*abi.ABI) {
	for _, parse := range []func() (*abi.ABI, error){token.LilyTokenMetaData.ParseABI, contract.SettlementMetaData.ParseABI} {
		parsed, err := parse()
		if err != nil {
			panic(err) // the binding is generated from it
		}
		all = append(all, parsed)
	}
	return all
}()

// Describe tells in words what a transaction does with an account's money.
func Describe(c chain.Call) string {
	for _, known := range described {
		if len(c.Data) < 4 {
			break
		}
		method, err := known.MethodById(c.Data)
		if err != nil {
			continue
		}
		values, err := method.Inputs.Unpack(c.Data[4:])
		if err != nil {
			continue
		}
		lily := func(i int) string { return whole(values[i].(*big.Int)).String() + " LILY" }
		switch method.RawName {
		case "transfer":
			return fmt.Sprintf("sends %s to %s", lily(1), values[0])
		case "approve":
			if len(values) == 2 { // the token's; the contract's takes an offer
				return fmt.Sprintf("lets %s take %s", values[0], lily(1))
			}
		case "deposit":
			return fmt.Sprintf("deposits %s for %s", lily(1), values[0])
		case "depositWithPermit":
			return "deposits " + lily(0)
		case "withdraw":
			return fmt.Sprintf("withdraws %s to %s", lily(1), values[0])
		case "bumpEpoch":
			return "voids what was signed before"
		}
	}
	if c.To.IsZero() {
		return "makes a contract"
	}
	return "calls " + c.To.String()
}
