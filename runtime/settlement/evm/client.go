package evm

import (
	"bytes"
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

// DeployClient makes the example contract, which the ledger's account owns, unless
// it is there: judge, module and owner give its address, as those of a network's
// contracts come about. It is told to pay into the ledger's contract, if that is of
// the committed build. Tx is zero where nothing was sent.
//
// # Errors
//
// Those of [Deployment.Deploy].
func (l *Ledger) DeployClient(ctx context.Context, judge lilypad.Address, module lilypad.ModuleID) (Contract, error) {
	l.deposits.Lock()
	err := l.vouch(ctx)
	l.deposits.Unlock()
	if err != nil {
		return Contract{}, err
	}
	if err := hasFactory(ctx, l.cfg.Client); err != nil {
		return Contract{}, err
	}
	arguments := cowsayABI.PackConstructor(common.Address(l.cfg.Contract), common.Address(l.Address()), common.Address(judge), module)
	c, err := newContract(l.cfg.Client.ChainID(), "CowsayClient", cowsayclient.CowsayClientMetaData.Bin, arguments)
	if err != nil {
		return c, err
	}
	return c, fault(c.deploy(ctx, l.cfg.Queue))
}

// Client is the example contract at an address, with the ledger's account as
// its owner.
func (l *Ledger) Client(at lilypad.Address) CowsayClient {
	return CowsayClient{Queue: l.cfg.Queue, At: at}
}

// FundClient gives the account of the example contract what it lacks to have that
// much free, out of the wallet of the ledger's account. What an interrupted funding
// has left counts: tokens that are on their way, or that the contract holds, are
// not sent again. Nothing is sent while the ledger's contract is not of the
// committed build.
func (l *Ledger) FundClient(ctx context.Context, at lilypad.Address, amount lilypad.Amount) error {
	l.deposits.Lock()
	defer l.deposits.Unlock()
	if err := l.vouch(ctx); err != nil {
		return err
	}
	const recipient = 4 + 32 // bytes: the selector and the first argument
	deposit, transfer := cowsayABI.PackDeposit(new(big.Int))[:4], tokenABI.PackTransfer(common.Address(at), new(big.Int))[:recipient]
	for left := true; left; {
		var err error
		if _, left, err = l.cfg.Queue.TakeUp(ctx, func(c chain.Call) bool {
			return c.To == at && bytes.HasPrefix(c.Data, deposit) || c.To == l.addresses.Token && bytes.HasPrefix(c.Data, transfer)
		}); err != nil {
			return fault(err)
		}
	}
	has, err := l.Account(ctx, at)
	if err != nil || has.Free >= amount {
		return err
	}
	lacks := amount - has.Free
	if has.Wallet < lacks {
		if _, err := l.Transfer(ctx, at, lacks-has.Wallet); err != nil {
			return err
		}
	}
	_, err = sendCall(ctx, l.cfg.Queue, chain.Call{To: at, Data: cowsayABI.PackDeposit(base(lacks)), Once: true})
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
