package evm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/lilypad-network/lilypad"
	token "github.com/lilypad-network/lilypad/contracts/bindings/lilytoken"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Bindings pack and unpack; they are read only.
var (
	settlementABI = contract.NewSettlement()
	tokenABI      = token.NewLilyToken()
)

// Config describes a Ledger. All fields are needed.
type Config struct {
	Client   *chain.Client
	Queue    *chain.Queue    // sends for the account; the caller runs it
	Follower *chain.Follower // of Contract
	Contract lilypad.Address
}

// Ledger is a settlement contract as seen by one account.
type Ledger struct {
	cfg       Config
	addresses Addresses

	deposits sync.Mutex // held from an allowance until it is used; guards vouched
	vouched  bool       // the contract is of the committed build
}

var _ settlement.Ledger = (*Ledger)(nil)

// Addresses are where a deployment lies, and who gets what is forfeited.
type Addresses struct {
	Settlement lilypad.Address `json:"settlement"`
	Token      lilypad.Address `json:"token"`
	Sink       lilypad.Address `json:"sink"`
	Modules    lilypad.Address `json:"modules,omitzero"` // the list of modules; zero: not known
}

// New checks that the contract is a settlement contract of this version.
//
// # Errors
//
// Conflict when it is not; those of the client.
func New(ctx context.Context, cfg Config) (*Ledger, error) {
	addresses, err := Inspect(ctx, cfg.Client, cfg.Contract)
	if err != nil {
		return nil, err
	}
	return &Ledger{cfg: cfg, addresses: addresses}, nil
}

// Inspect reads the token and sink of a settlement contract.
//
// # Errors
//
// Conflict when there is none of this version at the address.
func Inspect(ctx context.Context, client *chain.Client, at lilypad.Address) (Addresses, error) {
	wrong := lilypad.Errorf(lilypad.Conflict, "there is no settlement contract of version 1 at %s on chain %d", at, client.ChainID()).
		Try("name the network's contract, or on a local network start with a new data folder")
	domain, err1 := view(ctx, client, at, settlementABI.PackEip712Domain(), settlementABI.UnpackEip712Domain)
	token, err2 := view(ctx, client, at, settlementABI.PackToken(), settlementABI.UnpackToken)
	sink, err3 := view(ctx, client, at, settlementABI.PackSink(), settlementABI.UnpackSink)
	err := errors.Join(err1, err2, err3)
	if unanswered(ctx, err) {
		return Addresses{}, err
	}
	if err != nil || domain.Name != "Lilypad" || domain.Version != "1" || domain.VerifyingContract != common.Address(at) {
		return Addresses{}, wrong
	}
	return Addresses{Settlement: at, Token: lilypad.Address(token), Sink: lilypad.Address(sink)}, nil
}

// unanswered tells an error that says nothing of the contract.
func unanswered(ctx context.Context, err error) bool {
	return err != nil && (ctx.Err() != nil || lilypad.CodeOf(err) == lilypad.Unavailable || lilypad.CodeOf(err) == lilypad.Unauthorized)
}

// Address is the account that the ledger acts for.
func (l *Ledger) Address() lilypad.Address { return l.cfg.Queue.Address() }

// Domain is what statements for this ledger are signed under.
func (l *Ledger) Domain() lilypad.Domain {
	return lilypad.Domain{ChainID: l.cfg.Client.ChainID(), Contract: l.cfg.Contract}
}

// Addresses are those of the contract.
func (l *Ledger) Addresses() Addresses { return l.addresses }

// Deposit implements [settlement.Funds]. An equal one that was left is taken up
// before anything is read or allowed. Else it first lets the contract take that
// much and no more, unless it may already; the contract takes tokens only when
// their owner asks it to. Nothing is allowed to a contract that is not of the
// committed build.
func (l *Ledger) Deposit(ctx context.Context, amount lilypad.Amount) (settlement.Tx, error) {
	l.deposits.Lock()
	defer l.deposits.Unlock()
	data := settlementABI.PackDeposit(common.Address(l.Address()), base(amount))
	if tx, found, err := l.takeUp(ctx, func(c chain.Call) bool { return bytes.Equal(c.Data, data) }); found || err != nil {
		return tx, err
	}
	if err := l.vouch(ctx); err != nil {
		return settlement.Tx{}, err
	}
	if err := l.allowance(ctx, amount); err != nil {
		return settlement.Tx{}, err
	}
	return l.sendOnce(ctx, data)
}

// takeUp waits for a call of the contract that an earlier command has left, and
// where there is none for all that may still move the account's money.
func (l *Ledger) takeUp(ctx context.Context, match func(chain.Call) bool) (tx settlement.Tx, found bool, err error) {
	mined, found, err := l.cfg.Queue.TakeUp(ctx, func(c chain.Call) bool { return c.To == l.cfg.Contract && match(c) })
	switch {
	case err != nil:
		return tx, found, fault(err)
	case found:
		return minedTx(mined), true, nil
	}
	return tx, false, l.AwaitLeft(ctx)
}

// AwaitLeft returns when the account's calls of contract and token that an earlier
// process left are mined, so that Account tells what they did.
func (l *Ledger) AwaitLeft(ctx context.Context) error {
	return l.cfg.Queue.AwaitLeft(ctx, func(c chain.Call) bool { return c.To == l.cfg.Contract || c.To == l.addresses.Token })
}

// vouch holds the contract to the committed build, once. The caller holds
// deposits.
func (l *Ledger) vouch(ctx context.Context) error {
	if l.vouched {
		return nil
	}
	err := vouch(ctx, l.cfg.Client, l.addresses)
	l.vouched = err == nil
	return err
}

func (l *Ledger) allowance(ctx context.Context, amount lilypad.Amount) error {
	if err := l.holds(ctx, amount); err != nil {
		return err
	}
	me, spender := common.Address(l.Address()), common.Address(l.cfg.Contract)
	allowed, err := view(ctx, l.cfg.Client, l.addresses.Token, tokenABI.PackAllowance(me, spender), tokenABI.UnpackAllowance)
	if err != nil || allowed.Cmp(base(amount)) >= 0 {
		return err
	}
	_, err = sendTo(ctx, l.cfg.Queue, l.addresses.Token, tokenABI.PackApprove(spender, base(amount)))
	return err
}

// holds checks that the wallet has what is to be deposited.
func (l *Ledger) holds(ctx context.Context, amount lilypad.Amount) error {
	balance, err := view(ctx, l.cfg.Client, l.addresses.Token, tokenABI.PackBalanceOf(common.Address(l.Address())), tokenABI.UnpackBalanceOf)
	if err == nil && balance.Cmp(base(amount)) < 0 {
		err = lilypad.Errorf(lilypad.Exhausted, "deposit %s LILY: the wallet holds %s", amount, whole(balance))
	}
	return err
}

// Withdraw implements [settlement.Funds].
func (l *Ledger) Withdraw(ctx context.Context, amount lilypad.Amount) (settlement.Tx, error) {
	return l.sendOnce(ctx, settlementABI.PackWithdraw(common.Address(l.Address()), base(amount)))
}

// Transfer sends tokens of the account's wallet to another.
//
// # Errors
//
// Exhausted when the wallet holds less; those of the queue.
func (l *Ledger) Transfer(ctx context.Context, to lilypad.Address, amount lilypad.Amount) (settlement.Tx, error) {
	return give(ctx, l.cfg.Queue, l.addresses.Token, to, amount)
}

// give sends tokens to another account, never twice for one call.
func give(ctx context.Context, queue *chain.Queue, token, to lilypad.Address, amount lilypad.Amount) (settlement.Tx, error) {
	return sendCall(ctx, queue, chain.Call{To: token, Data: tokenABI.PackTransfer(common.Address(to), base(amount)), Once: true})
}

// Bump implements [settlement.Funds].
func (l *Ledger) Bump(ctx context.Context) (settlement.Tx, error) {
	return l.sendOnce(ctx, settlementABI.PackBumpEpoch())
}

func (l *Ledger) send(ctx context.Context, data []byte) (settlement.Tx, error) {
	return sendTo(ctx, l.cfg.Queue, l.cfg.Contract, data)
}

// sendOnce sends what must not be done twice for one call.
func (l *Ledger) sendOnce(ctx context.Context, data []byte) (settlement.Tx, error) {
	return sendCall(ctx, l.cfg.Queue, chain.Call{To: l.cfg.Contract, Data: data, Once: true})
}

func sendTo(ctx context.Context, queue *chain.Queue, to lilypad.Address, data []byte) (settlement.Tx, error) {
	return sendCall(ctx, queue, chain.Call{To: to, Data: data})
}

func sendCall(ctx context.Context, queue *chain.Queue, call chain.Call) (settlement.Tx, error) {
	mined, err := queue.Send(ctx, call)
	if mined.Receipt == nil {
		return settlement.Tx{}, fault(err)
	}
	return minedTx(mined), fault(err)
}

func minedTx(m chain.Mined) settlement.Tx {
	return settlement.Tx{Hash: lilypad.Hash(m.Receipt.TxHash), Block: settlement.Block(m.Block), GasUsed: m.Receipt.GasUsed}
}

// Status implements [settlement.Reader].
func (l *Ledger) Status(ctx context.Context, job lilypad.JobID) (settlement.Status, error) {
	out, err := view(ctx, l.cfg.Client, l.cfg.Contract, settlementABI.PackOutcome(job), settlementABI.UnpackOutcome)
	if err != nil {
		return settlement.Status{}, err
	}
	s := settlement.Status{State: lilypad.State(out.State), Deadline: lilypad.Time(out.Deadline.Uint64())}
	if s.State > lilypad.StateFinal {
		return settlement.Status{}, lilypad.Errorf(lilypad.Internal, "the contract names state %d of job %s", out.State, job)
	}
	s.Path, s.Outcome, err = pathOf(out.Path)
	return s, err
}

// Account implements [settlement.Reader].
func (l *Ledger) Account(ctx context.Context, who lilypad.Address) (settlement.Account, error) {
	a, err := view(ctx, l.cfg.Client, l.cfg.Contract, settlementABI.PackAccount(common.Address(who)), settlementABI.UnpackAccount)
	if err != nil {
		return settlement.Account{}, err
	}
	wallet, err := view(ctx, l.cfg.Client, l.addresses.Token, tokenABI.PackBalanceOf(common.Address(who)), tokenABI.UnpackBalanceOf)
	if err != nil {
		return settlement.Account{}, err
	}
	return settlement.Account{Free: whole(a.Free), Wallet: whole(wallet), Epoch: a.Epoch}, nil
}

// Head implements [settlement.Reader].
func (l *Ledger) Head(ctx context.Context) (settlement.Block, error) {
	h, err := l.cfg.Client.Head(ctx)
	return settlement.Block(h.Block), err
}

// Transaction implements [settlement.Reader].
func (l *Ledger) Transaction(ctx context.Context, hash lilypad.Hash) (settlement.Tx, error) {
	r, err := l.cfg.Client.Receipt(ctx, hash)
	if err != nil {
		return settlement.Tx{}, err
	}
	h, err := l.cfg.Client.HeaderOf(ctx, lilypad.Hash(r.BlockHash))
	if err != nil {
		return settlement.Tx{}, err
	}
	return minedTx(chain.Mined{Receipt: r, Block: h.Block}), nil
}

// view calls a contract on the newest block.
func view[T any](ctx context.Context, client *chain.Client, at lilypad.Address, data []byte, unpack func([]byte) (T, error)) (T, error) {
	out, err := client.Call(ctx, lilypad.Address{}, chain.Call{To: at, Data: data}, false)
	if err != nil {
		var none T
		return none, err
	}
	v, err := unpack(out)
	if err != nil {
		return v, fmt.Errorf("answer of contract %s: %w", at, err)
	}
	return v, nil
}
