package wallet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
)

// Limits bound what a key that signs by itself may put at risk. Zero: no
// bound.
type Limits struct {
	PerDeal lilypad.Amount `json:"per_deal"`
	PerDay  lilypad.Amount `json:"per_day"` // in any 24 hours
}

// Spending keeps the limits of accounts and what they have put at risk, in
// files of a folder. A change of the limits holds from the next signature.
type Spending struct {
	Dir string
	Now func() time.Time // nil: time.Now
}

const (
	day          = 24 * time.Hour
	limitsSuffix = ".limits.json"
	spentSuffix  = ".spent.json"
)

// Limits returns those of an account, and what it has put at risk in the last
// 24 hours, rounded up to whole hours.
func (s Spending) Limits(who lilypad.Address) (l Limits, spent lilypad.Amount, err error) {
	hours, err := s.hours(who)
	if err != nil {
		return l, 0, err
	}
	for _, a := range hours {
		spent += a
	}
	return l, spent, s.read(who, limitsSuffix, &l)
}

// SetLimits replaces those of an account.
func (s Spending) SetLimits(who lilypad.Address, l Limits) error {
	return s.write(who, limitsSuffix, l)
}

// hours maps the hours of the last day, and any after it, to what was put at
// risk in them. A clock that was set back makes it more, never less.
func (s Spending) hours(who lilypad.Address) (map[int64]lilypad.Amount, error) {
	hours := map[int64]lilypad.Amount{}
	if err := s.read(who, spentSuffix, &hours); err != nil {
		return nil, err
	}
	for h := range hours {
		if time.Unix((h+1)*3600, 0).Add(day).Before(s.now()) {
			delete(hours, h)
		}
	}
	return hours, nil
}

func (s Spending) add(who lilypad.Address, a lilypad.Amount) error {
	hours, err := s.hours(who)
	if err != nil {
		return err
	}
	hours[s.now().Unix()/3600] += a
	return s.write(who, spentSuffix, hours)
}

func (s Spending) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

func (s Spending) read(who lilypad.Address, suffix string, to any) error {
	path := filepath.Join(s.Dir, hexAddress(who)+suffix)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(text, to)
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "spending file " + path, Remedy: "restore it from a copy, or set the limits again", Err: err}
	}
	return nil
}

func (s Spending) write(who lilypad.Address, suffix string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeFile(s.Dir, hexAddress(who)+suffix, append(text, '\n'))
}

// Limited is an account that signs nothing beyond its limits, and sends its
// money nowhere but into one settlement contract.
type Limited struct {
	Account
	Spending Spending
	Domain   lilypad.Domain  // the one it signs for
	Token    lilypad.Address // that the settlement contract may take

	mu sync.Mutex // serialises check and record
}

// Sign implements [Signer].
//
// # Errors
//
// Exhausted when the statement would exceed a limit, naming it; Invalid for one
// whose risk cannot be told; those of the account.
func (l *Limited) Sign(ctx context.Context, domain lilypad.Domain, statement lilypad.Signable) (lilypad.Signature, error) {
	if domain != l.Domain {
		return lilypad.Signature{}, lilypad.Errorf(lilypad.Unauthorized, "%s signs for contract %s on chain %d only", l.Address(), l.Domain.Contract, l.Domain.ChainID)
	}
	risk, err := atRisk(statement)
	if err != nil || risk == 0 {
		return l.orSign(ctx, domain, statement, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.within(risk); err != nil {
		return lilypad.Signature{}, err
	}
	sig, err := l.Account.Sign(ctx, domain, statement)
	if err != nil {
		return sig, err
	}
	// Recorded before anybody has the signature: a crash can only count too much.
	if err := l.Spending.add(l.Address(), risk); err != nil {
		return lilypad.Signature{}, err
	}
	return sig, nil
}

func (l *Limited) orSign(ctx context.Context, domain lilypad.Domain, statement lilypad.Signable, err error) (lilypad.Signature, error) {
	if err != nil {
		return lilypad.Signature{}, err
	}
	return l.Account.Sign(ctx, domain, statement)
}

func (l *Limited) within(risk lilypad.Amount) error {
	limits, spent, err := l.Spending.Limits(l.Address())
	if err != nil {
		return err
	}
	if limits.PerDeal > 0 && risk > limits.PerDeal {
		return lilypad.Errorf(lilypad.Exhausted, "this deal puts %s LILY at risk, %s may put %s into one", risk, l.Address(), limits.PerDeal).
			Try("lilypad wallet limits %s --per-deal %s", l.Address(), risk)
	}
	if limits.PerDay > 0 && spent+risk > limits.PerDay {
		return lilypad.Errorf(lilypad.Exhausted, "this deal puts %s LILY at risk, %s has put %s of %s into deals in the last 24 hours", risk, l.Address(), spent, limits.PerDay).
			Try("wait, or lilypad wallet limits %s --per-day %s", l.Address(), spent+risk)
	}
	return nil
}

// atRisk is the most that the signer of a statement can lose by it.
//
// # Errors
//
// Invalid for a statement that does not tell: an unknown one, or a deal without
// its offer.
func atRisk(statement lilypad.Signable) (lilypad.Amount, error) {
	switch s := statement.(type) {
	case lilypad.JobOffer:
		return s.MaxPrice + s.SolverFee + s.CreatorStake, nil
	case Ordering:
		return atRisk(s.JobOffer)
	case Taking:
		return s.Offer.ProviderStake, s.Check()
	case lilypad.Result, lilypad.Receipt, lilypad.Verdict:
		return 0, nil // they move what is locked already
	}
	return 0, unknown(statement)
}

// Selectors of the calls that could send money elsewhere, or put it at risk
// past the limits.
var (
	selectAllow    = selector("approve(address,uint256)") // of the token
	selectDeposit  = selector("deposit(address,uint256)")
	selectWithdraw = selector("withdraw(address,uint256)")
	selectApprove  = selector("approve((address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40))")
)

func selector(signature string) []byte {
	h := lilypad.Keccak256([]byte(signature))
	return h[:4]
}

// SignTx implements [Account].
//
// # Errors
//
// Unauthorized for a transaction that could take money out: this key calls the
// settlement contract, withdraws to itself, and lets that contract take tokens.
func (l *Limited) SignTx(ctx context.Context, tx *types.Transaction, chainID uint64) (*types.Transaction, error) {
	to := lilypad.Address{}
	if tx.To() != nil {
		to = lilypad.Address(*tx.To())
	}
	call, payee := tx.Data(), lilypad.Address{}
	if len(call) >= 36 {
		payee = lilypad.Address(common.BytesToAddress(call[4:36]))
	}
	moves := bytes.HasPrefix(call, selectDeposit) || bytes.HasPrefix(call, selectWithdraw)
	settles := to == l.Domain.Contract && !bytes.HasPrefix(call, selectApprove) && (!moves || payee == l.Address())
	allows := to == l.Token && bytes.HasPrefix(call, selectAllow) && payee == l.Domain.Contract
	if chainID != l.Domain.ChainID || tx.Value().Sign() != 0 || !settles && !allows {
		return nil, lilypad.Errorf(lilypad.Unauthorized, "%s has spending limits and only calls the settlement contract: transaction to %s refused", l.Address(), to).
			Try("use lilypad wallet, which asks you, or another account")
	}
	return l.Account.SignTx(ctx, tx, chainID)
}

// Format tells the account, never its key.
func (l *Limited) Format(s fmt.State, _ rune) { fmt.Fprint(s, l.Address()) }
