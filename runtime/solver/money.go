package solver

import (
	"context"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// askMoneyAgain is the safety net under a job that waits for money.
const askMoneyAgain = 15 * time.Second

// budget is what a creator can still promise.
type budget struct {
	account settlement.Account
	spoken  lilypad.Amount // for by deals that are not open yet
	locked  bool           // some is in deals, and may come back
}

// need is the most that an offer locks.
func need(o lilypad.JobOffer) lilypad.Amount { return o.MaxPrice + o.SolverFee + o.CreatorStake }

// take promises what an offer needs. Where it cannot, later tells whether it
// may be able to when other jobs have ended.
func (b *budget) take(o lilypad.JobOffer) (later bool, err error) {
	if err := funded(o, b.account); err != nil {
		return b.locked && lilypad.CodeOf(err) == lilypad.Exhausted, err
	}
	if need := need(o); b.account.Free < b.spoken+need {
		return true, lilypad.Errorf(lilypad.Exhausted, "%s LILY are free, deals under way take up to %s, the job %s", b.account.Free, b.spoken, need)
	}
	b.spoken += need(o)
	return false, nil
}

// funded tells whether the account can pay for the offer.
func funded(o lilypad.JobOffer, a settlement.Account) error {
	if o.Epoch != a.Epoch {
		return lilypad.Errorf(lilypad.Conflict, "the offer names epoch %d, the creator's is %d", o.Epoch, a.Epoch).Try("sign it again")
	}
	if need := need(o); a.Free < need {
		return lilypad.Errorf(lilypad.Exhausted, "not enough funds: %s has %s LILY free, the job needs %s", o.Creator, a.Free, need).
			Try("lilypad wallet deposit %s --key %s", need-a.Free, o.Creator)
	}
	return nil
}

// checkFunds tells whether the creator could pay for the offer now.
func (s *Solver) checkFunds(ctx context.Context, o lilypad.JobOffer) error {
	account, err := s.Ledger.Account(ctx, o.Creator)
	if err != nil {
		return err
	}
	return funded(o, account)
}

// budgets reads what the creators of waiting jobs can promise. Only matching
// makes promises, and it asks here first: none is made twice.
func (s *Solver) budgets(ctx context.Context, ids []lilypad.JobID) (map[lilypad.Address]*budget, error) {
	out := map[lilypad.Address]*budget{}
	// Before the accounts are read: what opens meanwhile is counted twice, not left out.
	if err := s.do(ctx, func(b *book) error {
		for _, id := range ids {
			if r, ok := b.jobs[id]; ok {
				out[r.Posting.Offer.Body.Creator] = &budget{}
			}
		}
		for _, r := range b.jobs {
			of := out[r.Posting.Offer.Body.Creator]
			switch {
			case of == nil || r.Phase == api.PhaseWaiting:
			case r.Phase == api.PhaseProposed || r.Phase == api.PhaseOpening:
				of.spoken += need(r.Posting.Offer.Body)
				of.locked = true
			default:
				of.locked = true
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for who, of := range out {
		var err error
		if of.account, err = s.Ledger.Account(ctx, who); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// checkProfit refuses an offer whose fee does not even pay the gas of a place
// in the largest batch.
func (s *Solver) checkProfit(ctx context.Context, o lilypad.JobOffer) error {
	if s.Cost == nil {
		return nil
	}
	cost, err := s.Cost(ctx, settlement.MaxBatch)
	if err == nil && o.SolverFee < cost {
		err = lilypad.Errorf(lilypad.Exhausted, "gas costs %s LILY a deal at present, the offer pays the solver %s", cost, o.SolverFee).
			Try("wait for cheaper gas, or offer a higher solver fee")
	}
	return err
}

// profitable parts the deals whose fees pay their share of a batch's gas from
// those that must wait for company, or for cheaper gas.
func (s *Solver) profitable(ctx context.Context, batch []record) (pay, wait []record, err error) {
	for pay = batch; s.Cost != nil && len(pay) > 0; {
		cost, err := s.Cost(ctx, len(pay))
		if err != nil {
			return nil, nil, err
		}
		var left []record
		for _, r := range pay {
			if r.Posting.Offer.Body.SolverFee >= cost {
				left = append(left, r)
			} else {
				wait = append(wait, r)
			}
		}
		if len(left) == len(pay) {
			break
		}
		pay = left
	}
	return pay, wait, nil
}
