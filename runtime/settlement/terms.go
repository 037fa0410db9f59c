package settlement

import "github.com/lilypad-network/lilypad"

// MaxBatch is the largest number of entries of Open and Settle: so many opens,
// of 960 bytes each, fit a transaction on Arbitrum (95 000 bytes), and all the
// more on Ethereum (2²⁴ gas).
const MaxBatch = 98

// Reasons why an entry of a batch is skipped, the same on every ledger. An
// entry that [Terms.Check] refuses is skipped with that error's text.
const (
	ReasonOpener            = "the offer names another solver"
	ReasonTarget            = "the offer names another provider"
	ReasonStale             = "offer or deal has expired"
	ReasonWindow            = "a window lies outside the ledger's bounds"
	ReasonState             = "the deal is not in a state that allows it"
	ReasonCreatorEpoch      = "the creator has since bumped its epoch"
	ReasonProviderEpoch     = "the provider has since bumped its epoch"
	ReasonCreatorFunds      = "the creator has too little deposited"
	ReasonProviderFunds     = "the provider has too little deposited"
	ReasonCreatorSignature  = "the creator did not sign the offer"
	ReasonProviderSignature = "the provider did not sign the deal"
	ReasonFacts             = "the deal has other terms or another result"
	ReasonSeed              = "the receipt's seed is not the one committed to"
	ReasonAudit             = "the coin asks for an audit"
	ReasonJudgeSignature    = "the judge did not sign the receipt"
)

// Check reports terms that every ledger refuses to open: those of
// [lilypad.JobOffer.Check], two halves that do not belong together, and a
// price that cannot be halved in whole micro-LILY. Panel, signatures, clock
// and balances are for others to check.
//
// # Errors
//
// Invalid, naming the first rule that is broken.
func (t Terms) Check() error {
	o, d := t.Offer.Body, t.Deal.Body
	if err := o.Check(1); err != nil {
		return err
	}
	for _, r := range []struct {
		broken bool
		rule   string
	}{
		{d.Job != o.ID(), "it answers another offer"},
		{d.Provider.IsZero() || d.Provider == o.Creator, "creator and provider must be two parties"},
		{d.Price > o.MaxPrice, "the price is above the offer's maximum"},
		{d.Price%2 != 0, "the price must be an even number of micro-LILY"},
		{o.Solver.IsZero() && o.SolverFee > 0, "a solver's fee needs a solver"},
		{o.Expiry >= 1<<40 || d.Expiry >= 1<<40, "an expiry must lie before 2⁴⁰ seconds"},
	} {
		if r.broken {
			return lilypad.Errorf(lilypad.Invalid, "deal: %s", r.rule)
		}
	}
	return nil
}

// Bounds limit the windows of the offers that a ledger opens, both ends
// allowed: the first pair is for SubmitFor, the second for the other three.
type Bounds struct {
	SubmitMin lilypad.Seconds `json:"submit_min"`
	SubmitMax lilypad.Seconds `json:"submit_max"`
	WindowMin lilypad.Seconds `json:"window_min"`
	WindowMax lilypad.Seconds `json:"window_max"`
}

// DefaultBounds allow any window of up to 30 days.
var DefaultBounds = Bounds{SubmitMin: 1, SubmitMax: 30 * 24 * 3600, WindowMin: 1, WindowMax: 30 * 24 * 3600}

// Allow tells whether the windows of an offer lie within the bounds.
func (s Bounds) Allow(o lilypad.JobOffer) bool {
	for _, w := range []lilypad.Seconds{o.JudgeFor, o.RevealFor, o.MediateFor} {
		if w < s.WindowMin || w > s.WindowMax {
			return false
		}
	}
	return o.SubmitFor >= s.SubmitMin && o.SubmitFor <= s.SubmitMax
}

// Unpayable reports why the receipt's seed keeps it from paying: a reason, or
// "". With audits it must be the creator's, and the coin must not ask for
// mediators.
func (s Settlement) Unpayable() string {
	o, seed := s.Offer.Body, s.Receipt.Body.CreatorSeed
	switch {
	case o.AuditBPS == 0:
		return ""
	case lilypad.SeedHash(seed, o.Creator) != o.SeedHash:
		return ReasonSeed
	case Audited(o.AuditBPS, seed, s.Deal.Body.ID()):
		return ReasonAudit
	}
	return ""
}

// At returns what of the facts the ledger knows of a deal in that state, so
// that a caller may hand over all it has learnt.
func (f Facts) At(state lilypad.State) Facts {
	if state < lilypad.StateDrawn {
		f.ProviderSeed = lilypad.Hash{}
	}
	if state < lilypad.StateChallenged {
		f.CreatorSeed = lilypad.Hash{}
	}
	if state < lilypad.StateSubmitted {
		f.Result = lilypad.Hash{}
	}
	return f
}

// VerdictMargin is how long before the deadline of a case its mediators stop to
// wait for a withheld result: a verdict must be on the chain by the deadline.
func VerdictMargin(o lilypad.JobOffer) lilypad.Time { return lilypad.Time(o.MediateFor / 4) }

// SubmitMargin is how long before the deadline to submit a provider whose
// result is still unpaid posts it itself: a receipt is no money until mined.
func SubmitMargin(o lilypad.JobOffer) lilypad.Time { return lilypad.Time(o.SubmitFor / 4) }

// JudgeMargin is how long before the deadline to judge a creator acts by
// itself that has waited for its solver.
func JudgeMargin(o lilypad.JobOffer) lilypad.Time { return lilypad.Time(o.JudgeFor / 4) }

// GasOfDeal is about what opening and settling a deal takes in a batch of so
// many, measured from receipts: 133 500 alone, 86 800 among [MaxBatch].
func GasOfDeal(batch int) uint64 {
	return 86_300 + 47_200/uint64(max(batch, 1))
}
