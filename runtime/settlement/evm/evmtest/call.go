package evmtest

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"reflect"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

var methods = func() abi.ABI {
	parsed, err := contract.SettlementMetaData.ParseABI()
	if err != nil {
		panic(err) // the binding is generated from it
	}
	return *parsed
}()

// do repeats one call on the model and compares what came of it.
func (m *Mirror) do(ctx context.Context, c call, t touched) (name string, err error) {
	if len(c.input) < 4 {
		return "", errors.New("a call without a method")
	}
	method, err := methods.MethodById(c.input)
	if err != nil {
		return "", err
	}
	args, err := method.Inputs.Unpack(c.input[4:])
	if err != nil {
		return method.Name, err
	}
	t.accounts[c.from] = true
	before := m.cursor
	skips, err := m.apply(ctx, method.Name, c, args, t)
	if errors.Is(err, errUnknown) {
		return method.Name, err
	}
	if c.ok != (err == nil) {
		return method.Name, fmt.Errorf("success on chain: %v, the model says: %w", c.ok, orNil(err))
	}
	return method.Name, m.sameEvents(ctx, before, c, skips)
}

var errUnknown = errors.New("the model does not know this")

func orNil(err error) error {
	if err == nil {
		return errors.New("success")
	}
	return err
}

func (m *Mirror) apply(ctx context.Context, method string, c call, args []any, t touched) ([]settlement.Skip, error) {
	ledger := m.bank.Ledger(c.from)
	switch method {
	case "deposit":
		return nil, m.deposit(ctx, c, as[[20]byte](args[0]), args[1].(*big.Int), t)
	case "depositWithPermit":
		return nil, m.deposit(ctx, c, c.from, args[0].(*big.Int), t)
	case "withdraw":
		amount := whole(args[1].(*big.Int))
		_, err := ledger.Withdraw(ctx, amount)
		if err == nil {
			m.deposited[c.from] -= amount
		}
		return nil, err
	case "bumpEpoch":
		_, err := ledger.Bump(ctx)
		return nil, err
	case "open":
		return m.open(ctx, c, as[[]contract.Opening](args[0]), t)
	case "settle":
		return m.settle(ctx, c, as[[]contract.Settling](args[0]), t)
	}
	return nil, m.move(ctx, method, c, args, t)
}

// as converts what the ABI decoded to the binding's type of the same shape.
func as[T any](v any) T {
	var out T
	if reflect.TypeOf(v).ConvertibleTo(reflect.TypeOf(out)) {
		return reflect.ValueOf(v).Convert(reflect.TypeOf(out)).Interface().(T)
	}
	return *abi.ConvertType(v, &out).(*T)
}

// deposit makes the tokens that come in: the model starts with empty wallets.
func (m *Mirror) deposit(ctx context.Context, c call, owner lilypad.Address, units *big.Int, t touched) error {
	if !c.ok {
		return errors.New("the token refused")
	}
	amount := whole(units)
	t.accounts[owner] = true
	m.deposited[owner] += amount
	if err := m.bank.Mint(owner, amount); err != nil {
		return err
	}
	_, err := m.bank.Ledger(owner).Deposit(ctx, amount)
	return err
}

func (m *Mirror) open(ctx context.Context, c call, openings []contract.Opening, t touched) ([]settlement.Skip, error) {
	var all []settlement.Terms
	for _, o := range openings {
		terms := termsOf(o)
		all = append(all, terms)
		m.terms[terms.Deal.Body.ID()] = terms
		m.touch(terms, t)
	}
	_, skips, err := m.bank.Ledger(c.from).Open(ctx, all)
	for _, terms := range all {
		job := terms.Offer.Body.ID()
		if st, _ := m.bank.Ledger(c.from).Status(ctx, job); st.State == lilypad.StateOpen && m.deals[job] == nil {
			m.deals[job] = &Deal{Terms: terms}
		}
	}
	return skips, err
}

func (m *Mirror) touch(terms settlement.Terms, t touched) {
	t.jobs[terms.Offer.Body.ID()] = true
	for _, who := range []lilypad.Address{terms.Offer.Body.Creator, terms.Offer.Body.Solver, terms.Deal.Body.Provider} {
		t.accounts[who] = true
	}
}

func (m *Mirror) settle(ctx context.Context, c call, settlings []contract.Settling, t touched) ([]settlement.Skip, error) {
	var all []settlement.Settlement
	for _, s := range settlings {
		terms, known := m.terms[s.Head.DealHash]
		if !known {
			return nil, fmt.Errorf("%w: receipt for deal %x, which nobody tried to open", errUnknown, s.Head.DealHash)
		}
		m.touch(terms, t)
		all = append(all, settlement.Settlement{Terms: terms, Receipt: lilypad.Signed[lilypad.Receipt]{
			Body:      lilypad.Receipt{Deal: s.Head.DealHash, Result: s.ResultHash, CreatorSeed: s.CreatorSeed},
			Signature: signatureOf(s.JudgeSignature),
		}})
	}
	_, skips, err := m.bank.Ledger(c.from).Settle(ctx, all)
	return skips, err
}

// move repeats a call about one deal.
func (m *Mirror) move(ctx context.Context, method string, c call, args []any, t touched) (err error) {
	facts, isFacts := args[0], len(args) > 1
	if !isFacts {
		return fmt.Errorf("%w: %s", errUnknown, method)
	}
	f := as[contract.Facts](facts)
	terms, seen := m.terms[f.Head.DealHash]
	if !seen {
		return fmt.Errorf("%w: %s of deal %x, which nobody tried to open", errUnknown, method, f.Head.DealHash)
	}
	m.touch(terms, t)
	d := m.deals[f.JobHash]
	if d == nil {
		d = &Deal{Terms: terms} // the call will fail
	}
	known, ledger := d.Facts, m.bank.Ledger(c.from)
	known.Result = f.ResultHash
	switch method {
	case "submit":
		_, err = ledger.Submit(ctx, terms, lilypad.Signed[lilypad.Result]{
			Body: lilypad.Result{Deal: terms.Deal.Body.ID(), Result: f.ResultHash}, Signature: signatureOf(as[contract.Signature](args[1])),
		})
	case "challenge":
		known.CreatorSeed = as[[32]byte](args[1])
		_, err = ledger.Challenge(ctx, terms, known.Result, known.CreatorSeed)
	case "reveal":
		known.ProviderSeed = as[[32]byte](args[1])
		_, err = ledger.Reveal(ctx, terms, known, known.ProviderSeed)
	case "expire":
		if seed := lilypad.Hash(as[[32]byte](args[1])); !seed.IsZero() {
			known.CreatorSeed = seed
		}
		_, err = ledger.Expire(ctx, terms, known)
	case "resolve":
		known.CreatorSeed, known.ProviderSeed = as[[32]byte](args[1]), as[[32]byte](args[2])
		err = m.resolve(ctx, c, d, terms, known, as[contract.Panel](args[3]), as[[]contract.Vote](args[len(args)-1]), t)
	default:
		return fmt.Errorf("%w: %s", errUnknown, method)
	}
	if err == nil {
		d.Facts = known
	}
	return err
}

func (m *Mirror) resolve(ctx context.Context, c call, d *Deal, terms settlement.Terms, known settlement.Facts, p contract.Panel, votes []contract.Vote, t touched) error {
	panel := lilypad.Panel{Drawn: p.Drawn, Agree: p.Threshold}
	for members := p.Members; len(members) >= 20; members = members[20:] {
		panel.Mediators = append(panel.Mediators, lilypad.Address(members[:20]))
	}
	var verdicts []lilypad.Signed[lilypad.Verdict]
	var signers []lilypad.Address
	for _, v := range votes {
		verdict := lilypad.Signed[lilypad.Verdict]{
			Body:      lilypad.Verdict{Deal: terms.Deal.Body.ID(), Result: known.Result, Outcome: lilypad.Outcome(v.Outcome), Transcript: v.TranscriptHash},
			Signature: signatureOf(v.Signature),
		}
		verdicts = append(verdicts, verdict)
		if who, err := wallet.Recover(m.bank.Ledger(c.from).Domain().Digest(verdict.Body), verdict.Signature); err == nil {
			signers = append(signers, who)
			t.accounts[who] = true
		}
	}
	_, err := m.bank.Ledger(c.from).Resolve(ctx, terms, known, panel, verdicts)
	if err == nil {
		d.Signers = signers
	}
	return err
}

// sameEvents compares what the chain logged for a call with what the model did.
func (m *Mirror) sameEvents(ctx context.Context, before settlement.Cursor, c call, skips []settlement.Skip) error {
	got, gotSkips, err := logged(c.logs)
	if err != nil {
		return err
	}
	want, err := m.news(ctx, before)
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(got, want) {
		return fmt.Errorf("the chain logged %+v, the model %+v", got, want)
	}
	if !reflect.DeepEqual(gotSkips, skips) {
		return fmt.Errorf("the chain skipped %+v, the model %+v", gotSkips, skips)
	}
	return nil
}

func logged(logs []*types.Log) (events []settlement.Event, skips []settlement.Skip, err error) {
	for _, log := range logs {
		e, err := evm.Decode(log)
		if err != nil {
			return nil, nil, err
		}
		switch e.Kind {
		case "":
		case settlement.Skipped:
			skips = append(skips, settlement.Skip{Job: e.Job, Reason: e.Reason})
		default:
			events = append(events, bare(e))
		}
	}
	return events, skips, nil
}

// bare is an event without its place, which is the chain's own.
func bare(e settlement.Event) settlement.Event {
	e.Tx, e.Block = lilypad.Hash{}, settlement.Block{}
	return e
}

// news are the model's events after a cursor.
func (m *Mirror) news(ctx context.Context, after settlement.Cursor) (events []settlement.Event, err error) {
	head, err := m.bank.Ledger(lilypad.Address{}).Head(ctx)
	if err != nil || head.Hash == after.Hash {
		return nil, err
	}
	read := errors.New("read")
	err = m.bank.Ledger(lilypad.Address{}).Follow(ctx, after, func(b settlement.Batch) error {
		for _, e := range b.Events {
			events = append(events, bare(e))
		}
		m.cursor = b.Cursor
		return read
	})
	if errors.Is(err, read) {
		err = nil
	}
	return events, err
}

func whole(units *big.Int) lilypad.Amount {
	var w lilypad.Hash
	units.FillBytes(w[:]) // a uint256 fits
	return lilypad.AmountFromBase(w)
}

func signatureOf(s contract.Signature) (out lilypad.Signature) {
	copy(out[:32], s.R[:])
	copy(out[32:], s.Vs[:])
	return out
}

// termsOf are the signed halves that a call of open carries.
func termsOf(o contract.Opening) settlement.Terms {
	offer := lilypad.JobOffer{
		Creator: lilypad.Address(o.Offer.Creator), Judge: lilypad.Address(o.Offer.Judge),
		Solver: lilypad.Address(o.Offer.Solver), Target: lilypad.Address(o.Offer.Target),
		Work: o.Offer.Work, Panel: o.Offer.Panel, SeedHash: o.Offer.SeedHash,
		MaxPrice: whole(o.Offer.MaxPrice), CreatorStake: whole(o.Offer.CreatorStake), ProviderStake: whole(o.Offer.ProviderStake),
		LatePenalty: whole(o.Offer.LatePenalty), MediationFee: whole(o.Offer.MediationFee), SolverFee: whole(o.Offer.SolverFee),
		AuditBPS: o.Offer.AuditBps, SubmitFor: lilypad.Seconds(o.Offer.SubmitFor), JudgeFor: lilypad.Seconds(o.Offer.JudgeFor),
		RevealFor: lilypad.Seconds(o.Offer.RevealFor), MediateFor: lilypad.Seconds(o.Offer.MediateFor),
		Epoch: o.Offer.Epoch, Nonce: o.Offer.Nonce, Expiry: lilypad.Time(o.Offer.Expiry.Uint64()),
	}
	deal := lilypad.Deal{
		Job: offer.ID(), Provider: lilypad.Address(o.Deal.Provider), Price: whole(o.Deal.Price), SeedHash: o.Deal.SeedHash,
		Epoch: o.Deal.Epoch, Expiry: lilypad.Time(o.Deal.Expiry.Uint64()),
	}
	return settlement.Terms{
		Offer: lilypad.Signed[lilypad.JobOffer]{Body: offer, Signature: signatureOf(o.CreatorSignature)},
		Deal:  lilypad.Signed[lilypad.Deal]{Body: deal, Signature: signatureOf(o.ProviderSignature)},
	}
}
