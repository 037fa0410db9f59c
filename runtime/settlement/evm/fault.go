package evm

import (
	"errors"

	"github.com/lilypad-network/lilypad"
	token "github.com/lilypad-network/lilypad/contracts/bindings/lilytoken"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// fault gives what a contract answered instead of doing a call its code and
// words; other errors stay as they are.
func fault(err error) error {
	revert, ok := errors.AsType[*chain.Revert](err)
	if !ok || len(revert.Data) < 4 {
		return err
	}
	known, unpackErr := settlementABI.UnpackError(revert.Data)
	if unpackErr != nil {
		known, unpackErr = tokenABI.UnpackError(revert.Data)
	}
	if unpackErr != nil {
		return err
	}
	e := explain(known)
	if e == nil {
		return err
	}
	e.Op = "settlement"
	return e
}

func explain(known any) *lilypad.Error {
	switch v := known.(type) {
	case *contract.SettlementDealWrongState:
		return lilypad.Errorf(lilypad.Conflict, "deal %s is %s", lilypad.Hash(v.JobHash), lilypad.State(v.State))
	case *contract.SettlementDealTooLate:
		return lilypad.Errorf(lilypad.Conflict, "the deadline %s has passed", v.Deadline)
	case *contract.SettlementDealTooEarly:
		return lilypad.Errorf(lilypad.Conflict, "the deadline %s has not passed", v.Deadline)
	case *contract.SettlementDealFactsMismatch:
		return lilypad.Errorf(lilypad.Invalid, "deal %s: %s", lilypad.Hash(v.JobHash), settlement.ReasonFacts)
	case *contract.SettlementDealSeedMismatch:
		return lilypad.Errorf(lilypad.Invalid, "the seed is not the one committed to")
	case *contract.SettlementDealInvalidSignature:
		return lilypad.Errorf(lilypad.Invalid, "%s did not sign this", lilypad.Address(v.Expected))
	case *contract.SettlementDealNotJudge:
		return lilypad.Errorf(lilypad.Unauthorized, "%s is not the judge of this deal", lilypad.Address(v.Sender))
	case *contract.SettlementCaseInvalidPanel:
		return lilypad.Errorf(lilypad.Invalid, "the deal agreed on another panel, or on one that no majority decides")
	case *contract.SettlementCaseInvalidSeat:
		return lilypad.Errorf(lilypad.Invalid, "two verdicts are of one mediator")
	case *contract.SettlementCaseInvalidOutcome:
		return lilypad.Errorf(lilypad.Invalid, "a verdict has no outcome")
	case *contract.SettlementCaseTooFewVotes:
		return lilypad.Errorf(lilypad.Invalid, "%s verdicts agree, %s must", v.Votes, v.Threshold)
	case *contract.SettlementAccountInsufficientFunds:
		return lilypad.Errorf(lilypad.Exhausted, "%s LILY are free, not %s", whole(v.Free), whole(v.Needed))
	case *token.LilyTokenERC20InsufficientBalance:
		return lilypad.Errorf(lilypad.Exhausted, "the wallet holds %s LILY, not %s", whole(v.Balance), whole(v.Needed))
	case *token.LilyTokenERC20InsufficientAllowance:
		return lilypad.Errorf(lilypad.Conflict, "the contract may take %s LILY, not %s", whole(v.Allowance), whole(v.Needed))
	}
	return nil
}
