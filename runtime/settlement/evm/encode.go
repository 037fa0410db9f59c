package evm

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/lilypad-network/lilypad"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// base is an amount in the token's base units.
func base(a lilypad.Amount) *big.Int {
	w := a.Base()
	return new(big.Int).SetBytes(w[:])
}

// whole is the amount of whole micro-LILY in base units; it saturates.
func whole(b *big.Int) lilypad.Amount {
	var w lilypad.Hash
	b.FillBytes(w[:]) // a uint256 fits
	return lilypad.AmountFromBase(w)
}

func signature(s lilypad.Signature) (out contract.Signature) {
	copy(out.R[:], s[:32])
	copy(out.Vs[:], s[32:])
	return out
}

func opening(t settlement.Terms) contract.Opening {
	o, d := t.Offer.Body, t.Deal.Body
	return contract.Opening{
		Offer: contract.JobOffer{
			Creator: common.Address(o.Creator), Judge: common.Address(o.Judge), Solver: common.Address(o.Solver), Target: common.Address(o.Target),
			Work: o.Work, Panel: o.Panel, SeedHash: o.SeedHash,
			MaxPrice: base(o.MaxPrice), CreatorStake: base(o.CreatorStake), ProviderStake: base(o.ProviderStake),
			LatePenalty: base(o.LatePenalty), MediationFee: base(o.MediationFee), SolverFee: base(o.SolverFee),
			AuditBps:  o.AuditBPS,
			SubmitFor: uint32(o.SubmitFor), JudgeFor: uint32(o.JudgeFor), RevealFor: uint32(o.RevealFor), MediateFor: uint32(o.MediateFor),
			Epoch: o.Epoch, Nonce: o.Nonce, Expiry: new(big.Int).SetUint64(uint64(o.Expiry)),
		},
		Deal: contract.DealTerms{
			Provider: common.Address(d.Provider), Price: base(d.Price), SeedHash: d.SeedHash,
			Epoch: d.Epoch, Expiry: new(big.Int).SetUint64(uint64(d.Expiry)),
		},
		CreatorSignature:  signature(t.Offer.Signature),
		ProviderSignature: signature(t.Deal.Signature),
	}
}

func settling(s settlement.Settlement) contract.Settling {
	return contract.Settling{
		JobHash: s.Offer.Body.ID(), ResultHash: s.Receipt.Body.Result, CreatorSeed: s.Receipt.Body.CreatorSeed,
		JudgeSignature: signature(s.Receipt.Signature), Head: head(s.Terms),
	}
}

func facts(t settlement.Terms, result lilypad.Hash) contract.Facts {
	return contract.Facts{JobHash: t.Offer.Body.ID(), ResultHash: result, Head: head(t), Tail: tail(t)}
}

func head(t settlement.Terms) contract.Head {
	o, d := t.Offer.Body, t.Deal.Body
	return contract.Head{
		DealHash: d.ID(), SeedHash: o.SeedHash,
		Creator: common.Address(o.Creator), Judge: common.Address(o.Judge), Provider: common.Address(d.Provider),
		Price: base(d.Price), CreatorStake: base(o.CreatorStake), ProviderStake: base(o.ProviderStake), AuditBps: o.AuditBPS,
		TailHash: tailHash(tail(t)),
	}
}

func tail(t settlement.Terms) contract.Tail {
	o, d := t.Offer.Body, t.Deal.Body
	return contract.Tail{
		Panel: o.Panel, SeedHash: d.SeedHash,
		LatePenalty: base(o.LatePenalty), MediationFee: base(o.MediationFee), SolverFee: base(o.SolverFee),
		JudgeFor: uint32(o.JudgeFor), RevealFor: uint32(o.RevealFor), MediateFor: uint32(o.MediateFor),
	}
}

// tailHash is keccak(abi.encode(tail)); all its fields are one word.
func tailHash(t contract.Tail) common.Hash {
	words := append(append([]byte{}, t.Panel[:]...), t.SeedHash[:]...)
	for _, n := range []*big.Int{
		t.LatePenalty, t.MediationFee, t.SolverFee,
		big.NewInt(int64(t.JudgeFor)), big.NewInt(int64(t.RevealFor)), big.NewInt(int64(t.MediateFor)),
	} {
		words = append(words, n.FillBytes(make([]byte, 32))...)
	}
	return crypto.Keccak256Hash(words)
}

func panel(p lilypad.Panel) contract.Panel {
	out := contract.Panel{Drawn: p.Drawn, Threshold: p.Agree}
	for _, m := range p.Mediators {
		out.Members = append(out.Members, m[:]...)
	}
	return out
}

// encodable tells whether all numbers fit the contract's types. One entry that
// does not would make the contract refuse a whole batch.
func encodable(t settlement.Terms) bool {
	o, d := t.Offer.Body, t.Deal.Body
	for _, n := range []struct {
		value *big.Int
		bits  int
	}{
		{base(o.MaxPrice), 80},
		{base(d.Price), 80},
		{base(o.CreatorStake), 96},
		{base(o.ProviderStake), 96},
		{base(o.LatePenalty), 96},
		{base(o.MediationFee), 96},
		{base(o.SolverFee), 96},
		{new(big.Int).SetUint64(uint64(o.Expiry)), 40},
		{new(big.Int).SetUint64(uint64(d.Expiry)), 40},
	} {
		if n.value.BitLen() > n.bits {
			return false
		}
	}
	return true
}
