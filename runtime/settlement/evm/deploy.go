package evm

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	token "github.com/lilypad-network/lilypad/contracts/bindings/lilytoken"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Plan is what Deploy makes.
type Plan struct {
	Sink   lilypad.Address
	Bounds settlement.Bounds // zero: settlement.DefaultBounds
	// Supply is all LILY there will ever be; the account that deploys gets it.
	Supply lilypad.Amount
	// Grants are paid out of the supply.
	Grants []Grant
}

// Grant gives tokens to an account.
type Grant struct {
	To     lilypad.Address
	Amount lilypad.Amount
}

// Deploy puts a token and a settlement contract on the queue's chain. It costs
// a transaction for each of them and for each grant; one that was cut short is
// begun anew.
//
// # Errors
//
// Those of the queue.
func Deploy(ctx context.Context, queue *chain.Queue, plan Plan) (Addresses, error) {
	if plan.Bounds == (settlement.Bounds{}) {
		plan.Bounds = settlement.DefaultBounds
	}
	out := Addresses{Sink: plan.Sink}
	var err error
	if out.Token, err = create(ctx, queue, token.LilyTokenMetaData.Bin, tokenABI.PackConstructor(common.Address(queue.Address()), base(plan.Supply))); err != nil {
		return out, fmt.Errorf("deploy the token: %w", err)
	}
	if out.Settlement, err = create(ctx, queue, contract.SettlementMetaData.Bin,
		settlementABI.PackConstructor(common.Address(out.Token), common.Address(plan.Sink), bounds(plan.Bounds))); err != nil {
		return out, fmt.Errorf("deploy the settlement contract: %w", err)
	}
	grants, ctx := errgroup.WithContext(ctx)
	for _, g := range plan.Grants {
		grants.Go(func() error {
			if _, err := sendTo(ctx, queue, out.Token, tokenABI.PackTransfer(common.Address(g.To), base(g.Amount))); err != nil {
				return fmt.Errorf("grant to %s: %w", g.To, err)
			}
			return nil
		})
	}
	return out, grants.Wait()
}

func bounds(b settlement.Bounds) contract.Bounds {
	return contract.Bounds{
		SubmitMin: uint32(b.SubmitMin), SubmitMax: uint32(b.SubmitMax), WindowMin: uint32(b.WindowMin), WindowMax: uint32(b.WindowMax),
	}
}

func create(ctx context.Context, queue *chain.Queue, code string, arguments []byte) (lilypad.Address, error) {
	mined, err := queue.Send(ctx, chain.Call{Data: append(common.FromHex(code), arguments...)})
	if err != nil {
		return lilypad.Address{}, fault(err)
	}
	return lilypad.Address(mined.Receipt.ContractAddress), nil
}
