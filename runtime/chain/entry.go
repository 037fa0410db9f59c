package chain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/journal"
)

// table of the journal; its keys are chain/account/nonce.
const table = "transactions"

// entry is a nonce that the queue has used. Its JSON form is what is stored.
type entry struct {
	Nonce uint64 `json:"nonce"`
	// Variants are signed transactions, all with this nonce: the newest is last
	// and pays most. Any of them may be mined. All do the same, but for those that
	// do nothing, after the others, once the call was given up.
	Variants []*types.Transaction `json:"variants"`
	Block    uint64               `json:"block"`          // where it was mined; 0: not known to be
	Once     bool                 `json:"once,omitempty"` // see [Call]
	Placed   time.Time            `json:"placed,omitzero"`
	Open     bool                 `json:"open,omitempty"`    // nobody was told what became of it
	Refused  string               `json:"refused,omitempty"` // why it was given up

	request *request // who waits; nil for one from an earlier process
	sent    time.Time
	signed  time.Time // the newest variant
	absent  doubt     // that it was mined, although its nonce is used
	refusal complaint // of the newest variant
}

// doubt grows with checks in a row that find the same.
type doubt struct {
	checks int
	since  time.Time
}

func (d *doubt) grow() {
	if d.checks++; d.checks == 1 {
		d.since = time.Now()
	}
}

// lasts tells whether the nodes behind one URL, which do not always agree, have
// had that long to.
func (d *doubt) lasts(least time.Duration) bool {
	return d.checks >= sure && time.Since(d.since) >= least
}

func (e *entry) newest() *types.Transaction { return e.Variants[len(e.Variants)-1] }

// call is what the entry is for, given up or not.
func (e *entry) call() Call {
	c := callOf(e.Variants[0])
	c.Once = e.Once
	return c
}

// left tells an open entry about which nobody asks, or nobody any more.
func (e *entry) left() bool {
	return e.Open && (e.request == nil || e.request.state.Load() == gone)
}

// leftFor tells one that match accepts.
func (e *entry) leftFor(match func(Call) bool) bool { return e.left() && match(e.call()) }

func (e *entry) reply(o outcome) {
	if e.request != nil {
		e.request.done <- o
		e.request = nil
	}
}

func (q *Queue) prefix() string {
	return fmt.Sprintf("%d/%s/", q.cfg.Client.ChainID(), strings.ToLower(q.Address().String()))
}

func (q *Queue) key(nonce uint64) string { return fmt.Sprintf("%s%020d", q.prefix(), nonce) }

// load reads what an earlier process stored.
func (q *Queue) load(ctx context.Context) error {
	var broken error
	err := q.cfg.Journal.View(ctx, func(r journal.Reader) error {
		return r.Scan(table, q.prefix(), func(key string, value []byte) bool {
			if !strings.HasPrefix(key, q.prefix()) {
				return false
			}
			var e *entry
			if e, broken = readEntry(key, value); broken != nil {
				return false
			}
			e.signed = time.Now()
			if e.left() {
				q.left.Add(1)
			}
			q.entries = append(q.entries, e)
			return true
		})
	})
	if err != nil {
		return fmt.Errorf("read stored transactions: %w", err)
	}
	return broken
}

func readEntry(key string, value []byte) (*entry, error) {
	e := &entry{}
	err := json.Unmarshal(value, e)
	if err == nil && (len(e.Variants) == 0 || slices.Contains(e.Variants, nil)) {
		err = errors.New("no transaction")
	}
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "stored transaction " + key, Err: err}
	}
	return e, nil
}

// Stored is a transaction of a journal.
type Stored struct {
	ChainID uint64          `json:"chain_id"`
	Account lilypad.Address `json:"account"`
	Nonce   uint64          `json:"nonce"`
	Hash    lilypad.Hash    `json:"hash"`
	Placed  time.Time       `json:"placed,omitzero"`   // when it was first signed
	Block   uint64          `json:"block,omitempty"`   // where it was mined; 0: not known to be
	Open    bool            `json:"open"`              // nobody was told what became of it
	Refused string          `json:"refused,omitempty"` // why it was given up; empty: it was not
	Call    Call            `json:"-"`
}

// ReadStored lists the transactions of a journal, by account and nonce. Mined
// ones stay there until they are deep and final.
//
// # Errors
//
// Internal for a journal that is damaged; those of the journal.
func ReadStored(ctx context.Context, j journal.Journal) (list []Stored, err error) {
	var broken error
	err = j.View(ctx, func(r journal.Reader) error {
		return r.Scan(table, "", func(key string, value []byte) bool {
			var e *entry
			if e, broken = readEntry(key, value); broken != nil {
				return false
			}
			tx := e.newest()
			if e.Refused != "" {
				tx = e.Variants[0]
			}
			s := Stored{Nonce: e.Nonce, Hash: lilypad.Hash(tx.Hash()), Placed: e.Placed, Block: e.Block, Open: e.Open, Refused: e.Refused, Call: e.call()}
			chainID, rest, _ := strings.Cut(key, "/")
			account, _, _ := strings.Cut(rest, "/")
			if s.ChainID, broken = strconv.ParseUint(chainID, 10, 64); broken == nil {
				s.Account, broken = lilypad.ParseAddress(account)
			}
			if broken != nil {
				broken = &lilypad.Error{Code: lilypad.Internal, Msg: "stored transaction " + key, Err: broken}
				return false
			}
			list = append(list, s)
			return true
		})
	})
	return list, errors.Join(err, broken)
}

// store writes entries and forgets others, all at once. It is not cut short by
// ctx: what has happened must be kept.
func (q *Queue) store(ctx context.Context, put []*entry, forget ...uint64) error {
	err := q.cfg.Journal.Update(context.WithoutCancel(ctx), func(w journal.Writer) error {
		for _, nonce := range forget {
			if err := w.Delete(table, q.key(nonce)); err != nil {
				return err
			}
		}
		for _, e := range put {
			value, err := json.Marshal(e)
			if err != nil {
				return err
			}
			if err := w.Put(table, q.key(e.Nonce), value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store transactions: %w", err)
	}
	return nil
}

// sign makes the transaction of a call.
func (q *Queue) sign(ctx context.Context, nonce uint64, call Call, tip, most *big.Int) (*types.Transaction, error) {
	if most.Cmp(q.cfg.MaxFee) > 0 {
		most = q.cfg.MaxFee
	}
	if tip.Cmp(most) > 0 {
		tip = most
	}
	return q.cfg.Key.SignTx(ctx, types.NewTx(&types.DynamicFeeTx{
		ChainID: new(big.Int).SetUint64(q.cfg.Client.ChainID()), Nonce: nonce, To: call.to(), Value: call.Value,
		Data: call.Data, Gas: call.Gas, GasTipCap: tip, GasFeeCap: most,
	}), q.cfg.Client.ChainID())
}
