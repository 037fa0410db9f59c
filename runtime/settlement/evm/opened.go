package evm

import (
	"bytes"
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"

	"github.com/lilypad-network/lilypad"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// openMethod reads the calldata of open; it is read only.
var openMethod = func() abi.Method {
	parsed, err := contract.SettlementMetaData.ParseABI()
	if err != nil {
		panic(err) // the binding is generated from it
	}
	return parsed.Methods["open"]
}()

// Opened returns the terms that a transaction handed to the contract's open,
// also those of entries that it skipped. None when the transaction did
// something else.
//
// # Errors
//
// NotFound when there is no such transaction; those of the client.
func (l *Ledger) Opened(ctx context.Context, hash lilypad.Hash) ([]settlement.Terms, error) {
	tx, err := l.cfg.Client.Transaction(ctx, hash)
	if err != nil {
		return nil, err
	}
	if tx.To() == nil || lilypad.Address(*tx.To()) != l.cfg.Contract {
		return nil, nil
	}
	return decodeOpen(tx.Data()), nil
}

// decodeOpen reads the calldata of open; nil for what is none. Anyone may send
// such a transaction, so what it says is only believed where its hashes are
// those of the contract's events.
func decodeOpen(data []byte) []settlement.Terms {
	if !bytes.HasPrefix(data, openMethod.ID) {
		return nil
	}
	var in struct{ Openings []contract.Opening }
	values, err := openMethod.Inputs.Unpack(data[len(openMethod.ID):])
	if err != nil || openMethod.Inputs.Copy(&in, values) != nil {
		return nil
	}
	var out []settlement.Terms
	for _, o := range in.Openings {
		out = append(out, opened(o))
	}
	return out
}

func opened(c contract.Opening) (t settlement.Terms) {
	o := c.Offer
	t.Offer.Body = lilypad.JobOffer{
		Creator: lilypad.Address(o.Creator), Judge: lilypad.Address(o.Judge), Solver: lilypad.Address(o.Solver), Target: lilypad.Address(o.Target),
		Work: o.Work, Panel: o.Panel, SeedHash: o.SeedHash,
		MaxPrice: whole(o.MaxPrice), CreatorStake: whole(o.CreatorStake), ProviderStake: whole(o.ProviderStake),
		LatePenalty: whole(o.LatePenalty), MediationFee: whole(o.MediationFee), SolverFee: whole(o.SolverFee),
		AuditBPS:  o.AuditBps,
		SubmitFor: lilypad.Seconds(o.SubmitFor), JudgeFor: lilypad.Seconds(o.JudgeFor), RevealFor: lilypad.Seconds(o.RevealFor), MediateFor: lilypad.Seconds(o.MediateFor),
		Epoch: o.Epoch, Nonce: o.Nonce, Expiry: blockTime(o.Expiry),
	}
	t.Offer.Signature = unsignature(c.CreatorSignature)
	t.Deal.Body = lilypad.Deal{
		Job: t.Offer.Body.ID(), Provider: lilypad.Address(c.Deal.Provider), Price: whole(c.Deal.Price),
		SeedHash: c.Deal.SeedHash, Epoch: c.Deal.Epoch, Expiry: blockTime(c.Deal.Expiry),
	}
	t.Deal.Signature = unsignature(c.ProviderSignature)
	return t
}

func blockTime(n *big.Int) lilypad.Time { return lilypad.Time(n.Uint64()) } // 40 bits

func unsignature(s contract.Signature) (out lilypad.Signature) {
	copy(out[:32], s.R[:])
	copy(out[32:], s.Vs[:])
	return out
}
