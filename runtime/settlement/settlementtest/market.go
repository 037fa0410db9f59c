package settlementtest

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Fixture is a fresh ledger under test. Windows from 100 to 10 000 s must be
// allowed, and each block must come one second after its parent while block
// time is ahead of the wall clock.
type Fixture struct {
	// Ledger acts for a key, which can pay for its transactions.
	Ledger func(key *wallet.Key) settlement.Ledger
	// Mint makes tokens in a wallet.
	Mint func(who lilypad.Address, amount lilypad.Amount)
	// Advance makes an empty block at that time.
	Advance func(to lilypad.Time)
	// Fund deposits that much for each of who. Only Gas needs it.
	Fund func(amount lilypad.Amount, who ...lilypad.Address)
	Sink lilypad.Address
}

// Key returns the same key for the same name.
func Key(name string) *wallet.Key {
	sum := lilypad.Keccak256([]byte("settlementtest " + name))
	k, err := wallet.ParseKey(hex.EncodeToString(sum[:]))
	if err != nil {
		panic(err) // a digest is a valid key but with chance 2⁻¹²⁸
	}
	return k
}

// Terms of every deal of the suite, unless a test edits them.
const (
	price         = 1000 * lilypad.LILY
	creatorStake  = 400 * lilypad.LILY
	providerStake = 600 * lilypad.LILY
	latePenalty   = 200 * lilypad.LILY
	mediationFee  = 120 * lilypad.LILY
	solverFee     = 60 * lilypad.LILY
	purse         = 100_000 * lilypad.LILY
	never         = lilypad.Time(1) << 39
)

// market is a fixture with its parties, funded.
type market struct {
	t     testing.TB
	fx    Fixture
	keys  map[lilypad.Address]*wallet.Key
	acts  map[lilypad.Address]settlement.Ledger
	panel lilypad.Panel
	nonce uint64

	creator, judge, provider, solver, stranger lilypad.Address
}

func newMarket(t testing.TB, fx Fixture) *market {
	m := &market{t: t, fx: fx, keys: map[lilypad.Address]*wallet.Key{}, acts: map[lilypad.Address]settlement.Ledger{}}
	join := func(name string) lilypad.Address {
		k := Key(name)
		m.keys[k.Address()] = k
		m.acts[k.Address()] = fx.Ledger(k)
		return k.Address()
	}
	m.creator, m.judge, m.provider, m.solver, m.stranger = join("creator"), join("judge"), join("provider"), join("solver"), join("stranger")
	m.panel = lilypad.Panel{Drawn: 3, Agree: 2}
	for _, name := range []string{"m1", "m2", "m3", "m4", "m5"} {
		m.addMediator(name)
	}
	for _, who := range []lilypad.Address{m.creator, m.provider} {
		fx.Mint(who, purse)
		if _, err := m.acts[who].Deposit(m.ctx(), purse); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func (m *market) addMediator(name string) {
	k := Key(name)
	m.keys[k.Address()] = k
	m.panel.Mediators = append(slices.Clone(m.panel.Mediators), k.Address())
	slices.SortFunc(m.panel.Mediators, func(a, b lilypad.Address) int { return bytes.Compare(a[:], b[:]) })
}

func (m *market) ctx() context.Context { return m.t.Context() }

// deal is a signed deal and all its secrets.
type deal struct {
	settlement.Terms
	facts settlement.Facts
	panel lilypad.Panel
}

func (d *deal) job() lilypad.JobID { return d.Offer.Body.ID() }
func (d *deal) id() lilypad.DealID { return d.Deal.Body.ID() }
func (d *deal) audited() bool {
	return settlement.Audited(d.Offer.Body.AuditBPS, d.facts.CreatorSeed, d.id())
}
func (m *market) word() lilypad.Hash { m.nonce++; return number(m.nonce) }

func number(n uint64) (h lilypad.Hash) {
	binary.BigEndian.PutUint64(h[24:], n)
	return lilypad.Keccak256(h[:])
}

// deal signs new terms, changed by edits.
func (m *market) deal(edits ...func(*lilypad.JobOffer, *lilypad.Deal)) *deal {
	d := &deal{panel: m.panel, facts: settlement.Facts{Result: m.word(), CreatorSeed: m.word(), ProviderSeed: m.word()}}
	o := lilypad.JobOffer{
		Creator: m.creator, Judge: m.judge, Solver: m.solver,
		Work: number(1), Panel: m.panel.Hash(),
		MaxPrice: price, CreatorStake: creatorStake, ProviderStake: providerStake,
		LatePenalty: latePenalty, MediationFee: mediationFee, SolverFee: solverFee,
		SubmitFor: 1000, JudgeFor: 2000, RevealFor: 3000, MediateFor: 4000,
		Nonce: m.nonce, Expiry: never,
	}
	b := lilypad.Deal{Provider: m.provider, Price: price, Expiry: never}
	for _, edit := range edits {
		edit(&o, &b)
	}
	if o.SeedHash.IsZero() {
		o.SeedHash = lilypad.SeedHash(d.facts.CreatorSeed, o.Creator)
	}
	if b.SeedHash.IsZero() {
		b.SeedHash = lilypad.SeedHash(d.facts.ProviderSeed, b.Provider)
	}
	if b.Job == (lilypad.JobID{}) {
		b.Job = o.ID()
	}
	d.Offer = sign(m, o.Creator, o)
	d.Deal = sign(m, b.Provider, b)
	return d
}

// audits makes a deal with audits whose coin says want.
func (m *market) audits(want bool) *deal {
	for {
		d := m.deal(func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.AuditBPS = 5000 })
		if d.audited() == want {
			return d
		}
	}
}

func sign[T lilypad.Signable](m *market, who lilypad.Address, body T) lilypad.Signed[T] {
	key := m.keys[who]
	if key == nil {
		key = m.keys[m.stranger]
	}
	signed, err := wallet.Sign(m.ctx(), key, m.acts[m.stranger].Domain(), body)
	if err != nil {
		m.t.Fatal(err)
	}
	return signed
}

func (m *market) result(d *deal) lilypad.Signed[lilypad.Result] {
	return sign(m, d.Deal.Body.Provider, lilypad.Result{Deal: d.id(), Result: d.facts.Result})
}

func (m *market) receipt(d *deal) settlement.Settlement {
	r := lilypad.Receipt{Deal: d.id(), Result: d.facts.Result}
	if d.Offer.Body.AuditBPS > 0 {
		r.CreatorSeed = d.facts.CreatorSeed
	}
	return settlement.Settlement{Terms: d.Terms, Receipt: sign(m, d.Offer.Body.Judge, r)}
}

// seats are the mediators that the seeds of a deal draw.
func (m *market) seats(d *deal) []lilypad.Address {
	seats, err := settlement.Draw(d.panel, d.facts.CreatorSeed, d.facts.ProviderSeed, d.id())
	if err != nil {
		m.t.Fatal(err)
	}
	return seats
}

// verdicts are those of the first seats, one outcome each.
func (m *market) verdicts(d *deal, outcomes ...lilypad.Outcome) (out []lilypad.Signed[lilypad.Verdict]) {
	seats := m.seats(d)
	for i, o := range outcomes {
		out = append(out, sign(m, seats[i], lilypad.Verdict{Deal: d.id(), Result: d.facts.Result, Outcome: o, Transcript: m.word()}))
	}
	return out
}

func (m *market) as(who lilypad.Address) settlement.Ledger {
	if l := m.acts[who]; l != nil {
		return l
	}
	m.t.Fatalf("%s has no ledger", who)
	return nil
}

// The moves of the party whose turn it is.

func (m *market) open(d *deal) error {
	who := d.Offer.Body.Solver
	if who.IsZero() {
		who = m.stranger
	}
	_, skips, err := m.as(who).Open(m.ctx(), []settlement.Terms{d.Terms})
	return skipped(skips, err)
}

func (m *market) settle(d *deal) error {
	_, skips, err := m.as(m.stranger).Settle(m.ctx(), []settlement.Settlement{m.receipt(d)})
	return skipped(skips, err)
}

func (m *market) submit(d *deal) error {
	_, err := m.as(m.stranger).Submit(m.ctx(), d.Terms, m.result(d))
	return err
}

func (m *market) challenge(d *deal) error {
	_, err := m.as(d.Offer.Body.Judge).Challenge(m.ctx(), d.Terms, d.facts.Result, d.facts.CreatorSeed)
	return err
}

func (m *market) reveal(d *deal) error {
	_, err := m.as(m.stranger).Reveal(m.ctx(), d.Terms, d.facts, d.facts.ProviderSeed)
	return err
}

func (m *market) resolve(d *deal, outcomes ...lilypad.Outcome) error {
	_, err := m.as(m.stranger).Resolve(m.ctx(), d.Terms, d.facts, d.panel, m.verdicts(d, outcomes...))
	return err
}

func (m *market) expire(d *deal) error {
	_, err := m.as(m.stranger).Expire(m.ctx(), d.Terms, d.facts)
	return err
}

// skipped turns the only skip of a batch into an error.
func skipped(skips []settlement.Skip, err error) error {
	if err != nil || len(skips) == 0 {
		return err
	}
	return &lilypad.Error{Code: lilypad.Conflict, Msg: skips[0].Reason}
}

// reach moves a deal from nothing to state.
func (m *market) reach(d *deal, state lilypad.State) {
	m.t.Helper()
	for _, step := range []struct {
		to lilypad.State
		by func(*deal) error
	}{
		{lilypad.StateOpen, m.open},
		{lilypad.StateSubmitted, m.submit},
		{lilypad.StateChallenged, m.challenge},
		{lilypad.StateDrawn, m.reveal},
	} {
		if state < step.to {
			return
		}
		if err := step.by(d); err != nil {
			m.t.Fatalf("to %s: %v", step.to, err)
		}
		if got := m.status(d).State; got != step.to {
			m.t.Fatalf("deal is %s, want %s", got, step.to)
		}
	}
}

func (m *market) status(d *deal) settlement.Status {
	m.t.Helper()
	s, err := m.as(m.stranger).Status(m.ctx(), d.job())
	if err != nil {
		m.t.Fatal(err)
	}
	return s
}

func (m *market) free(who lilypad.Address) lilypad.Amount {
	m.t.Helper()
	a, err := m.as(m.stranger).Account(m.ctx(), who)
	if err != nil {
		m.t.Fatal(err)
	}
	return a.Free
}

// late makes the next block the first one after the deal's deadline.
func (m *market) late(d *deal) { m.fx.Advance(m.status(d).Deadline) }

// justInTime makes the next block the last one before it.
func (m *market) justInTime(d *deal) { m.fx.Advance(m.status(d).Deadline - 1) }

// wantCode fails the test unless err carries code and a message.
func (m *market) wantCode(err error, code lilypad.Code) {
	m.t.Helper()
	if err == nil || lilypad.CodeOf(err) != code {
		m.t.Errorf("error %v, want %s", err, code)
	}
}

func (m *market) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

const patience = 10 * time.Second

// Actors are the keys that send transactions in this suite.
func Actors() (keys []*wallet.Key) {
	for _, name := range []string{"creator", "judge", "provider", "solver", "stranger"} {
		keys = append(keys, Key(name))
	}
	return keys
}
