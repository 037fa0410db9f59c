package evmtest

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad"
	token "github.com/lilypad-network/lilypad/contracts/bindings/lilytoken"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
)

var (
	settlementABI = contract.NewSettlement()
	tokenABI      = token.NewLilyToken()
)

// Mirror is the model of one contract. It needs a node that keeps the state of
// every block. Not safe for concurrent use; while Follow runs the chain may
// grow, but not be reorganised.
type Mirror struct {
	eth     *ethclient.Client
	at      evm.Addresses
	chainID uint64

	hashes []common.Hash // of the chain's blocks, by number
	blocks []block       // those with transactions of the contract
	// terms are those that somebody tried to open, on lost blocks too: later
	// calls name them by the deal's hash.
	terms map[lilypad.DealID]settlement.Terms

	// What follows is the model of these blocks.
	bank      *memory.Bank
	cursor    settlement.Cursor // of the bank's events that were compared
	deals     map[lilypad.JobID]*Deal
	deposited map[lilypad.Address]lilypad.Amount // less what was withdrawn

	// Calls counts the transactions compared, those of lost blocks too, by
	// method; Reverted those that the contract refused.
	Calls    map[string]int
	Reverted int
}

// Deal is what the mirror knows of a deal.
type Deal struct {
	settlement.Terms
	Facts   settlement.Facts
	Signers []lilypad.Address // of the verdicts that resolved it
	Status  settlement.Status
}

// block is one with transactions of the contract.
type block struct {
	number uint64
	time   lilypad.Time
	calls  []call
}

type call struct {
	from  lilypad.Address
	hash  common.Hash
	input []byte
	ok    bool
	logs  []*types.Log
}

// NewMirror mirrors a contract from the chain's first block on.
func NewMirror(node *rpc.Client, at evm.Addresses, chainID uint64) *Mirror {
	m := &Mirror{eth: ethclient.NewClient(node), at: at, chainID: chainID, terms: map[lilypad.DealID]settlement.Terms{}, Calls: map[string]int{}}
	m.reset()
	return m
}

func (m *Mirror) reset() {
	m.bank = memory.New(memory.Config{ChainID: m.chainID, Contract: m.at.Settlement, Sink: m.at.Sink})
	m.cursor = settlement.Cursor{}
	m.deals, m.deposited = map[lilypad.JobID]*Deal{}, map[lilypad.Address]lilypad.Amount{}
}

// Deals are all that were ever opened on the chain as it is.
func (m *Mirror) Deals() map[lilypad.JobID]*Deal { return m.deals }

// Deposited is what each account has put in, less what it has taken out.
func (m *Mirror) Deposited() map[lilypad.Address]lilypad.Amount { return m.deposited }

// Follow repeats what came since the last call, up to the head, and goes back
// first where blocks have left the chain.
//
// # Errors
//
// The first difference between chain and model, with block and transaction.
func (m *Mirror) Follow(ctx context.Context) error {
	if err := m.rewind(ctx); err != nil {
		return err
	}
	head, err := m.eth.BlockNumber(ctx)
	if err != nil {
		return err
	}
	for number := uint64(len(m.hashes)); number <= head; number++ {
		b, hash, err := m.fetch(ctx, number)
		if err != nil {
			return err
		}
		m.hashes = append(m.hashes, hash)
		if len(b.calls) == 0 {
			continue
		}
		m.blocks = append(m.blocks, b)
		touched, err := m.repeat(ctx, b)
		if err == nil {
			err = m.compare(ctx, number, touched)
		}
		if err != nil {
			return fmt.Errorf("block %d: %w", number, err)
		}
	}
	return nil
}

// rewind forgets blocks that are no longer on the chain.
func (m *Mirror) rewind(ctx context.Context) error {
	stays := len(m.hashes)
	for ; stays > 0; stays-- {
		h, err := m.eth.HeaderByNumber(ctx, big.NewInt(int64(stays-1)))
		if err == nil && h.Hash() == m.hashes[stays-1] {
			break
		}
		if err != nil && err != ethereum.NotFound { //nolint:errorlint // the client returns it as it is
			return err
		}
	}
	if stays == len(m.hashes) {
		return nil
	}
	blocks := m.blocks
	m.hashes, m.blocks = m.hashes[:stays], nil
	m.reset()
	for _, b := range blocks {
		if b.number >= uint64(stays) {
			break
		}
		m.blocks = append(m.blocks, b)
		if _, err := m.repeat(ctx, b); err != nil {
			return fmt.Errorf("block %d again: %w", b.number, err)
		}
	}
	return nil
}

func (m *Mirror) fetch(ctx context.Context, number uint64) (block, common.Hash, error) {
	b, err := m.eth.BlockByNumber(ctx, new(big.Int).SetUint64(number))
	if err != nil {
		return block{}, common.Hash{}, err
	}
	out := block{number: number, time: lilypad.Time(b.Time())}
	signer := types.LatestSignerForChainID(new(big.Int).SetUint64(m.chainID))
	for _, tx := range b.Transactions() {
		if tx.To() == nil || lilypad.Address(*tx.To()) != m.at.Settlement {
			continue
		}
		from, err := types.Sender(signer, tx)
		if err != nil {
			return out, b.Hash(), err
		}
		receipt, err := m.eth.TransactionReceipt(ctx, tx.Hash())
		if err != nil {
			return out, b.Hash(), fmt.Errorf("receipt of %s: %w", tx.Hash(), err)
		}
		out.calls = append(out.calls, call{
			from: lilypad.Address(from), hash: tx.Hash(), input: tx.Data(), ok: receipt.Status == types.ReceiptStatusSuccessful, logs: receipt.Logs,
		})
	}
	return out, b.Hash(), nil
}

// touched are the deals and accounts that a block may have changed.
type touched struct {
	jobs     map[lilypad.JobID]bool
	accounts map[lilypad.Address]bool
}

// repeat does the block's calls on the model.
func (m *Mirror) repeat(ctx context.Context, b block) (touched, error) {
	t := touched{map[lilypad.JobID]bool{}, map[lilypad.Address]bool{m.at.Sink: true}}
	m.bank.At(b.time)
	for _, c := range b.calls {
		name, err := m.do(ctx, c, t)
		if err != nil {
			return t, fmt.Errorf("transaction %s, %s by %s: %w", c.hash, name, c.from, err)
		}
		m.Calls[name]++
		if !c.ok {
			m.Reverted++
		}
	}
	for job := range t.jobs {
		if d := m.deals[job]; d != nil {
			var err error
			if d.Status, err = m.bank.Ledger(lilypad.Address{}).Status(ctx, job); err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

// compare reads from the chain, as of a block, all that the model says of what
// was touched, and demands that nothing was made or lost.
func (m *Mirror) compare(ctx context.Context, number uint64, t touched) error {
	model := m.bank.Ledger(lilypad.Address{})
	for job := range t.jobs {
		want, err := model.Status(ctx, job)
		if err != nil {
			return err
		}
		got, err := read(ctx, m, number, m.at.Settlement, settlementABI.PackOutcome(job), settlementABI.UnpackOutcome)
		if err != nil {
			return err
		}
		if lilypad.State(got.State) != want.State || lilypad.Time(got.Deadline.Uint64()) != want.Deadline {
			return fmt.Errorf("deal %s is %s until %d on chain, %s until %d in the model", job, lilypad.State(got.State), got.Deadline, want.State, want.Deadline)
		}
	}
	for who := range t.accounts {
		want, err := model.Account(ctx, who)
		if err != nil {
			return err
		}
		got, err := m.account(ctx, number, who)
		if err != nil {
			return err
		}
		if got.Free.Cmp(units(want.Free)) != 0 || got.Epoch != want.Epoch {
			return fmt.Errorf("%s has %d units and epoch %d on chain, %s LILY and epoch %d in the model", who, got.Free, got.Epoch, want.Free, want.Epoch)
		}
	}
	return m.conserved(ctx, number)
}

// conserved demands that the contract holds what was deposited, and that all
// of it is free or locked.
func (m *Mirror) conserved(ctx context.Context, number uint64) error {
	held, err := read(ctx, m, number, m.at.Token, tokenABI.PackBalanceOf(common.Address(m.at.Settlement)), tokenABI.UnpackBalanceOf)
	if err != nil {
		return err
	}
	var in, sum lilypad.Amount
	for _, amount := range m.deposited {
		in += amount
	}
	for who := range m.parties() {
		a, err := m.bank.Ledger(who).Account(ctx, who)
		if err != nil {
			return err
		}
		sum += a.Free
	}
	for _, d := range m.deals {
		if d.Status.State != lilypad.StateFinal {
			sum += d.Deal.Body.Price + d.Offer.Body.CreatorStake + d.Offer.Body.ProviderStake
		}
	}
	if sum != in || held.Cmp(units(in)) != 0 {
		return fmt.Errorf("%s LILY are free or locked, %s were deposited, the contract holds %d units", sum, in, held)
	}
	return nil
}

// parties are all accounts that can own something.
func (m *Mirror) parties() map[lilypad.Address]bool {
	all := map[lilypad.Address]bool{m.at.Sink: true}
	for who := range m.deposited {
		all[who] = true
	}
	for _, d := range m.deals {
		for _, who := range append(d.Signers, d.Offer.Body.Creator, d.Offer.Body.Solver, d.Deal.Body.Provider) {
			all[who] = true
		}
	}
	return all
}

// Free is what each party of any deal has on the chain, as of its head, in the
// token's base units.
func (m *Mirror) Free(ctx context.Context) (map[lilypad.Address]*big.Int, error) {
	out := map[lilypad.Address]*big.Int{}
	for who := range m.parties() {
		a, err := m.account(ctx, uint64(len(m.hashes)-1), who)
		if err != nil {
			return nil, err
		}
		out[who] = a.Free
	}
	return out, nil
}

func (m *Mirror) account(ctx context.Context, number uint64, who lilypad.Address) (contract.AccountOutput, error) {
	return read(ctx, m, number, m.at.Settlement, settlementABI.PackAccount(common.Address(who)), settlementABI.UnpackAccount)
}

func units(a lilypad.Amount) *big.Int {
	w := a.Base()
	return new(big.Int).SetBytes(w[:])
}

// read asks a contract as of a block.
func read[T any](ctx context.Context, m *Mirror, number uint64, at lilypad.Address, data []byte, unpack func([]byte) (T, error)) (T, error) {
	out, err := m.eth.CallContract(ctx, ethereum.CallMsg{To: (*common.Address)(&at), Data: data}, new(big.Int).SetUint64(number))
	if err != nil {
		var none T
		return none, err
	}
	return unpack(out)
}
