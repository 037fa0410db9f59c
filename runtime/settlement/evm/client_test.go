package evm_test

import (
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/contracts/bindings/cowsayclient"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// cow is a contract that orders work on a chain of its own.
type cow struct {
	*net
	evm.CowsayClient
	judge, provider *wallet.Key
	solver          *evm.Ledger
	work            lilypad.Work
	nonce           uint64
}

var cowABI = cowsayclient.NewCowsayClient()

func newCow(t *testing.T) *cow {
	t.Helper()
	n, keys := start(t), settlementtest.Actors()
	c := &cow{net: n, judge: keys[0], provider: keys[1], solver: n.ledgerOf(n.queue(keys[2])), work: lilypad.Work{Module: lilypad.ModuleID{1}}}
	made, err := n.bank.DeployClient(t.Context(), c.judge.Address(), c.work.Module)
	if err != nil {
		t.Fatal(err)
	}
	c.CowsayClient = n.bank.Client(made.Address)
	if err := n.bank.FundClient(t.Context(), made.Address, 100*lilypad.LILY); err != nil {
		t.Fatal(err)
	}
	n.fixture().Fund(100*lilypad.LILY, c.provider.Address())
	return c
}

// Given again, deployment and funding find what they have made: nothing is sent,
// and what the contract has spent meanwhile is made up for.
func TestLedger_DeployClient_again(t *testing.T) {
	c := newCow(t)
	sent := func() uint64 {
		t.Helper()
		var nonce hexutil.Uint64
		if err := c.chain.Attach().CallContext(t.Context(), &nonce, "eth_getTransactionCount", c.bank.Address(), "latest"); err != nil {
			t.Fatal(err)
		}
		return uint64(nonce)
	}
	again := func(fund lilypad.Amount) {
		t.Helper()
		made, err := c.bank.DeployClient(t.Context(), c.judge.Address(), c.work.Module)
		if err != nil || made.Address != c.At || !made.Tx.IsZero() {
			t.Errorf("deployed again: %s by %s, %v; want %s", made.Address, made.Tx, err, c.At)
		}
		if err := c.bank.FundClient(t.Context(), c.At, fund); err != nil {
			t.Error(err)
		}
	}
	before := sent()
	again(100 * lilypad.LILY)
	again(7 * lilypad.LILY)
	if n := sent() - before; n != 0 {
		t.Errorf("%d transactions were sent for what was there", n)
	}
	x := c.offer(0)
	c.order(x)
	if why := c.open(c.solver, x); why != "" {
		t.Fatal(why)
	}
	again(100 * lilypad.LILY)
	if a, err := c.bank.Account(t.Context(), c.At); err != nil || a.Free != 100*lilypad.LILY {
		t.Errorf("the contract has %s LILY free, %v; want 100", a.Free, err)
	}
	for name, made := range map[string]struct {
		judge  lilypad.Address
		module lilypad.ModuleID
	}{"judge": {c.provider.Address(), c.work.Module}, "module": {c.judge.Address(), lilypad.ModuleID{2}}} {
		if other, err := c.bank.DeployClient(t.Context(), made.judge, made.module); err != nil || other.Address == c.At || other.Tx.IsZero() {
			t.Errorf("with another %s: %s by %s, %v", name, other.Address, other.Tx, err)
		}
	}
}

// A funding that was interrupted between its two steps is finished by the next,
// which sends no tokens again.
func TestLedger_FundClient_again(t *testing.T) {
	c := newCow(t)
	wallet := func() lilypad.Amount {
		t.Helper()
		a, err := c.bank.Account(t.Context(), c.bank.Address())
		if err != nil {
			t.Fatal(err)
		}
		return a.Wallet
	}
	before := wallet()
	if _, err := c.bank.Transfer(t.Context(), c.At, 7*lilypad.LILY); err != nil {
		t.Fatal(err)
	}
	if err := c.bank.FundClient(t.Context(), c.At, 110*lilypad.LILY); err != nil {
		t.Fatal(err)
	}
	a, err := c.bank.Account(t.Context(), c.At)
	if spent := before - wallet(); err != nil || a.Wallet != 0 || a.Free != 110*lilypad.LILY || spent != 10*lilypad.LILY {
		t.Errorf("%s LILY spent, the contract has %s and %s beside it, %v", spent, a.Free, a.Wallet, err)
	}
}

// offer is a new one at the contract's epoch, with the deal of its provider.
func (c *cow) offer(epoch uint32) settlement.Terms {
	c.t.Helper()
	head, err := c.solver.Head(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	c.nonce++
	o := lilypad.JobOffer{
		Creator: c.At, Judge: c.judge.Address(), Solver: c.solver.Address(), SeedHash: lilypad.Hash{1}, Work: c.work.Hash(), Panel: lilypad.Hash{3},
		MaxPrice: 2 * lilypad.LILY, CreatorStake: 2 * lilypad.LILY, ProviderStake: 5 * lilypad.LILY, LatePenalty: lilypad.LILY,
		MediationFee: 6 * lilypad.LILY / 5, SolverFee: lilypad.LILY / 2, SubmitFor: 100, JudgeFor: 100, RevealFor: 100, MediateFor: 100,
		Epoch: epoch, Nonce: c.nonce, Expiry: head.Time + 1e6,
	}
	x := settlement.Terms{Offer: lilypad.Signed[lilypad.JobOffer]{Body: o}}
	x.Deal, err = wallet.SignDeal(c.t.Context(), c.provider, c.solver.Domain(), lilypad.Deal{
		Job: o.ID(), Provider: c.provider.Address(), Price: lilypad.LILY, SeedHash: lilypad.Hash{4}, Expiry: head.Time + 1e5,
	}, o)
	if err != nil {
		c.t.Fatal(err)
	}
	return x
}

func (c *cow) order(x settlement.Terms) {
	c.t.Helper()
	if _, err := c.Order(c.t.Context(), c.work, x.Offer.Body); err != nil {
		c.t.Fatal(err)
	}
}

// open returns why the deal was left out; "" when it is open.
func (c *cow) open(l *evm.Ledger, x settlement.Terms) string {
	c.t.Helper()
	_, skips, err := l.Open(c.t.Context(), []settlement.Terms{x})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, s := range skips {
		return s.Reason
	}
	return ""
}

func (c *cow) wantState(x settlement.Terms, want lilypad.State) {
	c.t.Helper()
	if st, err := c.solver.Status(c.t.Context(), x.Offer.Body.ID()); err != nil || st.State != want {
		c.t.Errorf("deal is %s, %v; want %s", st.State, err, want)
	}
}

// pay serves a deal and settles it by the judge's receipt.
func (c *cow) pay(x settlement.Terms, out lilypad.Outputs) {
	c.t.Helper()
	r, err := wallet.Sign(c.t.Context(), c.judge, c.solver.Domain(), lilypad.Receipt{Deal: x.Deal.Body.ID(), Result: out.Hash()})
	if err != nil {
		c.t.Fatal(err)
	}
	if _, skips, err := c.solver.Settle(c.t.Context(), []settlement.Settlement{{Terms: x, Receipt: r}}); err != nil || len(skips) > 0 {
		c.t.Fatal(skips, err)
	}
}

// send calls the contract with so much gas; 0: what it needs. It returns the
// contract's own error, if it gave one.
func (c *cow) send(data []byte, gas uint64) (refusal any) {
	c.t.Helper()
	_, err := c.Queue.Send(c.t.Context(), chain.Call{To: c.At, Data: data, Gas: gas})
	if revert, ok := errors.AsType[*chain.Revert](err); ok {
		if refusal, err = cowABI.UnpackError(revert.Data); err == nil {
			return refusal
		}
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return nil
}

func (c *cow) wantSaid(x settlement.Terms, want lilypad.ContentID) {
	c.t.Helper()
	if said, err := c.Said(c.t.Context(), x.Offer.Body.ID()); err != nil || said != want {
		c.t.Errorf("the contract was told %s, %v; want %s", said, err, want)
	}
}

var spoken = lilypad.Outputs{Plain: lilypad.ContentID{5}, Blob: lilypad.ContentID{6}, Size: 7, Status: lilypad.StatusSucceeded}

// A contract that bumps its epoch voids what it approved and is not open yet;
// it may order the same work again.
func TestClient_epochBumpVoidsWhatWasApproved(t *testing.T) {
	c := newCow(t)
	before := c.offer(0)
	c.order(before)
	if why := c.send(cowABI.PackCancel(), 0); why != nil {
		t.Fatal(why)
	}
	c.wantState(before, lilypad.StateApproved) // which is worth nothing now
	if why := c.open(c.solver, before); why != settlement.ReasonCreatorEpoch {
		t.Errorf("opened what was cancelled, or skipped for %q", why)
	}
	after := c.offer(1)
	c.order(after)
	if why := c.open(c.solver, after); why != "" {
		t.Errorf("not opened: %s", why)
	}
	c.wantState(after, lilypad.StateOpen)
	if why := c.send(cowABI.PackCancel(), 0); why != nil {
		t.Fatal(why)
	}
	c.pay(after, spoken) // an open deal goes on
	c.wantState(after, lilypad.StateFinal)
}

// An offer is approved once, and opens one deal by the solver that it names.
func TestClient_approvedOnceAndOpenedByItsSolver(t *testing.T) {
	c := newCow(t)
	x := c.offer(0)
	c.order(x)
	if _, err := c.Order(t.Context(), c.work, x.Offer.Body); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("approved twice: %v", err)
	}
	c.wantState(x, lilypad.StateApproved)
	if why := c.open(c.bank, x); why != settlement.ReasonOpener {
		t.Errorf("another opened it, or was skipped for %q", why)
	}
	unapproved := c.offer(0)
	if why := c.open(c.solver, unapproved); why != settlement.ReasonCreatorSignature {
		t.Errorf("opened without approval, or skipped for %q", why)
	}
	if why := c.open(c.solver, x); why != "" {
		t.Errorf("its own solver is told %q", why)
	}
	if why := c.open(c.solver, x); why != settlement.ReasonState {
		t.Errorf("opened twice, or skipped for %q", why)
	}
	if _, err := c.Order(t.Context(), c.work, x.Offer.Body); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("approved while open: %v", err)
	}
}

// A deal that nobody served is refunded; the contract learns of it once, and
// orders again.
func TestClient_ordersAgainAfterARefund(t *testing.T) {
	c := newCow(t)
	lost := c.offer(0)
	c.order(lost)
	if why := c.open(c.solver, lost); why != "" {
		t.Fatal(why)
	}
	st, err := c.solver.Status(t.Context(), lost.Offer.Body.ID())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.chain.Advance(t.Context(), st.Deadline+1); err != nil {
		t.Fatal(err)
	}
	if _, err := c.solver.Expire(t.Context(), lost, settlement.Facts{}); err != nil {
		t.Fatal(err)
	}
	if a, err := c.solver.Account(t.Context(), c.At); err != nil || a.Free != 100*lilypad.LILY {
		t.Errorf("the contract has %s LILY back, %v; want all, the solver's fee included", a.Free, err)
	}
	if _, err := c.Deliver(t.Context(), lost.Offer.Body.ID(), spoken); err != nil {
		t.Fatal(err)
	}
	c.wantSaid(lost, lilypad.ContentID{})
	if _, err := c.Deliver(t.Context(), lost.Offer.Body.ID(), spoken); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("told twice: %v", err)
	}
	again := c.offer(0)
	c.order(again)
	if why := c.open(c.solver, again); why != "" {
		t.Fatal(why)
	}
	c.pay(again, spoken)
	other := spoken
	other.Size++
	if _, err := c.Deliver(t.Context(), again.Offer.Body.ID(), other); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("told of another result: %v", err)
	}
	if _, err := c.Deliver(t.Context(), again.Offer.Body.ID(), spoken); err != nil {
		t.Fatal(err)
	}
	c.wantSaid(again, spoken.Blob)
}

// Whoever delivers with too little gas, by the rule of 63/64, loses the gas and
// nothing else: the result can be delivered again.
func TestClient_deliverWithTooLittleGas(t *testing.T) {
	c := newCow(t)
	x := c.offer(0)
	c.order(x)
	if why := c.open(c.solver, x); why != "" {
		t.Fatal(why)
	}
	c.pay(x, spoken)
	data := cowABI.PackDeliver(x.Offer.Body.ID(), cowsayclient.Outputs{
		Plain: spoken.Plain, Blob: spoken.Blob, Size: spoken.Size, Status: uint8(spoken.Status),
	})
	for _, gas := range []uint64{100_000, 130_000, 145_000} {
		if why, ok := c.send(data, gas).(*cowsayclient.CowsayClientJobTooLittleGas); !ok {
			t.Errorf("with %d gas: %+v, want too little", gas, why)
		}
		c.wantSaid(x, lilypad.ContentID{})
	}
	if why := c.send(data, 0); why != nil { // what the node estimates is enough
		t.Errorf("refused with %+v", why)
	}
	c.wantSaid(x, spoken.Blob)
}
