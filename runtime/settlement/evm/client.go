package evm

import (
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/contracts/bindings/cowsayclient"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

var cowsayABI = cowsayclient.NewCowsayClient()

// CowsayClient is the example of a contract that orders work: see
// contracts/examples. Queue sends for its owner.
type CowsayClient struct {
	Queue *chain.Queue
	At    lilypad.Address
}

// DeployClient makes the example contract, which the ledger's account owns.
func (l *Ledger) DeployClient(ctx context.Context, judge lilypad.Address, module lilypad.ModuleID) (lilypad.Address, error) {
	arguments := cowsayABI.PackConstructor(common.Address(l.cfg.Contract), common.Address(l.Address()), common.Address(judge), module)
	mined, err := l.cfg.Queue.Send(ctx, chain.Call{Data: append(common.FromHex(cowsayclient.CowsayClientMetaData.Bin), arguments...)})
	if err != nil {
		return lilypad.Address{}, fault(err)
	}
	return lilypad.Address(mined.Receipt.ContractAddress), nil
}

// Client is the example contract at an address, with the ledger's account as
// its owner.
func (l *Ledger) Client(at lilypad.Address) CowsayClient {
	return CowsayClient{Queue: l.cfg.Queue, At: at}
}

// Fund sends tokens of the owner's wallet to the contract and has it deposit
// them in its account.
func (c CowsayClient) Fund(ctx context.Context, at Addresses, amount lilypad.Amount) error {
	if _, err := sendTo(ctx, c.Queue, at.Token, tokenABI.PackTransfer(common.Address(c.At), base(amount))); err != nil {
		return err
	}
	_, err := sendTo(ctx, c.Queue, c.At, cowsayABI.PackDeposit(base(amount)))
	return err
}

// Order has the contract approve an offer. The queue's account must own it.
func (c CowsayClient) Order(ctx context.Context, w lilypad.Work, o lilypad.JobOffer) (settlement.Tx, error) {
	needs := w.Needs.Hash()
	work := cowsayclient.Work{
		Module: w.Module, Inputs: w.Inputs, Needs: needs, Scheme: w.Scheme, Comparator: w.Comparator,
		Parameters: lilypad.ParamsHash(w.Parameters), ResultKey: w.ResultKey,
	}
	offer := cowsayclient.JobOffer{
		Creator: common.Address(o.Creator), Judge: common.Address(o.Judge), Solver: common.Address(o.Solver), Target: common.Address(o.Target),
		Work: o.Work, Panel: o.Panel, SeedHash: o.SeedHash,
		MaxPrice: base(o.MaxPrice), CreatorStake: base(o.CreatorStake), ProviderStake: base(o.ProviderStake),
		LatePenalty: base(o.LatePenalty), MediationFee: base(o.MediationFee), SolverFee: base(o.SolverFee), AuditBps: o.AuditBPS,
		SubmitFor: uint32(o.SubmitFor), JudgeFor: uint32(o.JudgeFor), RevealFor: uint32(o.RevealFor), MediateFor: uint32(o.MediateFor),
		Epoch: o.Epoch, Nonce: o.Nonce, Expiry: new(big.Int).SetUint64(uint64(o.Expiry)),
	}
	return sendTo(ctx, c.Queue, c.At, cowsayABI.PackOrder(work, offer))
}

// Deliver tells the contract the result of a final deal; anyone may.
func (c CowsayClient) Deliver(ctx context.Context, job lilypad.JobID, o lilypad.Outputs) (settlement.Tx, error) {
	return sendTo(ctx, c.Queue, c.At, cowsayABI.PackDeliver(job, cowsayclient.Outputs{
		Plain: o.Plain, Blob: o.Blob, Size: o.Size, Status: uint8(o.Status), HardwareClass: o.HardwareClass,
	}))
}

// Said is the content id of the result that the contract was told; zero: none.
func (c CowsayClient) Said(ctx context.Context, job lilypad.JobID) (lilypad.ContentID, error) {
	said, err := view(ctx, c.Queue.Client(), c.At, cowsayABI.PackSaid(job), cowsayABI.UnpackSaid)
	return lilypad.ContentID(said), err
}
