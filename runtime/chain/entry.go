package chain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
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
	// and pays most. Any of them may be mined.
	Variants []*types.Transaction `json:"variants"`
	Block    uint64               `json:"block"` // where it was mined; 0: not known to be

	request *request // who waits; nil for one from an earlier process
	sent    time.Time
	signed  time.Time // the newest variant
	absent  int       // checks that found the nonce used, but not by us
}

func (e *entry) newest() *types.Transaction { return e.Variants[len(e.Variants)-1] }

func (e *entry) call() Call {
	tx := e.newest()
	c := Call{Data: tx.Data(), Value: tx.Value(), Gas: tx.Gas()}
	if tx.To() != nil {
		c.To = lilypad.Address(*tx.To())
	}
	return c
}

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
			e := &entry{signed: time.Now()}
			if broken = json.Unmarshal(value, e); broken == nil && (len(e.Variants) == 0 || slices.Contains(e.Variants, nil)) {
				broken = errors.New("no transaction")
			}
			if broken != nil {
				broken = &lilypad.Error{Code: lilypad.Internal, Msg: "stored transaction " + key, Err: broken}
				return false
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

// store writes entries and forgets others, all at once.
func (q *Queue) store(ctx context.Context, put []*entry, forget ...uint64) error {
	err := q.cfg.Journal.Update(ctx, func(w journal.Writer) error {
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
