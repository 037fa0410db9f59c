package evm

import (
	"bytes"
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// permitFor is how long a permit is good, in block time: it goes with the
// deposit that uses it.
const permitFor lilypad.Seconds = 3600

// DepositWithPermit is Deposit in one transaction: signer, which is the ledger's
// account, lets the contract take that much by a signature (EIP-2612) instead of
// a transaction before. One of that amount that was left is taken up instead,
// although it was signed otherwise.
//
// # Errors
//
// Those of Deposit; Conflict for a token without such signatures; those of the
// signer.
func (l *Ledger) DepositWithPermit(ctx context.Context, signer wallet.Signer, amount lilypad.Amount) (settlement.Tx, error) {
	l.deposits.Lock()
	defer l.deposits.Unlock()
	if tx, found, err := l.takeUp(ctx, func(c chain.Call) bool { return permits(c, amount) }); found || err != nil {
		return tx, err
	}
	if err := l.vouch(ctx); err != nil {
		return settlement.Tx{}, err
	}
	if err := l.holds(ctx, amount); err != nil {
		return settlement.Tx{}, err
	}
	domain, err := l.tokenDomain(ctx)
	if err != nil {
		return settlement.Tx{}, err
	}
	nonce, err := view(ctx, l.cfg.Client, l.addresses.Token, tokenABI.PackNonces(common.Address(l.Address())), tokenABI.UnpackNonces)
	if err != nil {
		return settlement.Tx{}, err
	}
	head, err := l.cfg.Client.Head(ctx)
	if err != nil {
		return settlement.Tx{}, err
	}
	permit := lilypad.Permit{
		Owner: l.Address(), Spender: l.cfg.Contract, Value: amount, Nonce: nonce.Uint64(), Deadline: head.Time + lilypad.Time(permitFor),
	}
	signed, err := wallet.Sign(ctx, signer, domain, permit)
	if err == nil {
		err = wallet.Verify(domain, signed, l.Address())
	}
	if err != nil {
		return settlement.Tx{}, err
	}
	s := signature(signed.Signature)
	v := 27 + s.Vs[0]>>7
	s.Vs[0] &= 0x7f
	return l.sendOnce(ctx, settlementABI.PackDepositWithPermit(base(amount), new(big.Int).SetUint64(uint64(permit.Deadline)), v, s.R, s.Vs))
}

// permits tells a deposit of that amount with a permit; no two of them are equal
// in time, nonce and signature.
func permits(c chain.Call, amount lilypad.Amount) bool {
	const selector, word = 4, 32
	head := settlementABI.PackDepositWithPermit(base(amount), new(big.Int), 0, [32]byte{}, [32]byte{})[:selector+word]
	return bytes.HasPrefix(c.Data, head)
}

// tokenDomain is what the token says that permits are signed under (EIP-5267).
func (l *Ledger) tokenDomain(ctx context.Context) (lilypad.Domain, error) {
	d := lilypad.Domain{ChainID: l.cfg.Client.ChainID(), Contract: l.addresses.Token}
	said, err := view(ctx, l.cfg.Client, l.addresses.Token, tokenABI.PackEip712Domain(), tokenABI.UnpackEip712Domain)
	if unanswered(ctx, err) {
		return d, err
	}
	if err != nil || said.Name == "" || said.Version != "1" || said.VerifyingContract != common.Address(d.Contract) || said.ChainId.Cmp(new(big.Int).SetUint64(d.ChainID)) != 0 {
		return d, lilypad.Errorf(lilypad.Conflict, "token %s takes no permits of version 1", d.Contract).Try("deposit without --permit")
	}
	d.Name = said.Name
	return d, nil
}
