package wallet

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
)

// Asking is an account whose owner reads, in words, what is to be signed and
// says yes or no. What cannot be put in words is refused unasked. It asks about
// offers and deals, which put money at risk; what follows from them under the
// agreed terms is signed without a question, and so are transactions.
type Asking struct {
	Account
	Words Words
	// Ask shows the lines and returns nil for a yes. One question is asked at
	// a time if the caller sees to it.
	Ask func(ctx context.Context, lines []string) error
}

// Sign implements [Signer].
//
// # Errors
//
// Invalid for what cannot be put in words; that of Ask; Timeout when ctx ended
// while the owner thought; those of the account.
func (a *Asking) Sign(ctx context.Context, domain lilypad.Domain, statement lilypad.Signable) (lilypad.Signature, error) {
	lines, err := a.Words.Explain(domain, statement)
	if err != nil {
		return lilypad.Signature{}, err
	}
	if risk, err := atRisk(statement); err != nil || risk > 0 {
		if err := a.Ask(ctx, lines); err != nil {
			return lilypad.Signature{}, err
		}
		if ctx.Err() != nil {
			return lilypad.Signature{}, &lilypad.Error{Code: lilypad.Timeout, Msg: "the answer came when nobody waited for it any more: nothing was signed", Err: context.Cause(ctx)}
		}
	}
	return a.Account.Sign(ctx, domain, statement)
}

// Format tells the account, never its key.
func (a *Asking) Format(s fmt.State, _ rune) { fmt.Fprint(s, a.Address()) }

// Words puts statements in words for one person.
type Words struct {
	Domain lilypad.Domain               // of the network; statements for another are refused
	Me     lilypad.Address              // called "you"
	Name   func(lilypad.Address) string // what a known account is called, or ""; nil: none is known
	Zone   *time.Location               // of times; nil: this machine's
}

// Explain tells who may take how much from the signer, and when.
//
// # Errors
//
// Invalid for a statement that it does not know, that contradicts itself, or is
// meant for another contract or chain.
func (w Words) Explain(domain lilypad.Domain, statement lilypad.Signable) ([]string, error) {
	if domain != w.Domain {
		return nil, lilypad.Errorf(lilypad.Invalid, "the statement is for contract %s on chain %d, this network's is %s on chain %d: it is not signed",
			domain.Contract, domain.ChainID, w.Domain.Contract, w.Domain.ChainID)
	}
	switch s := statement.(type) {
	case lilypad.JobOffer:
		return w.offer(s, "job "+s.ID().String())
	case Ordering:
		if err := s.Fits(); err != nil {
			return nil, err
		}
		return w.offer(s.JobOffer, fmt.Sprintf("one run of module %.100q, job %s", s.Module.Name+":"+s.Module.Tag, s.ID()))
	case Taking:
		return w.taking(s)
	case lilypad.Result:
		return []string{fmt.Sprintf("You claim result %s for deal %s.", s.Result, s.Deal)}, nil
	case lilypad.Receipt:
		return []string{fmt.Sprintf("You accept result %s of deal %s: its provider gets the full price.", s.Result, s.Deal)}, nil
	case lilypad.Verdict:
		if s.Outcome < lilypad.OutcomeUpheld || s.Outcome > lilypad.OutcomeFraud {
			return nil, lilypad.Errorf(lilypad.Invalid, "a verdict has no outcome %d: it is not signed", s.Outcome)
		}
		return []string{fmt.Sprintf("As a mediator you find result %s of deal %s: %s.", s.Result, s.Deal, s.Outcome)}, nil
	}
	return nil, unknown(statement)
}

func (w Words) offer(o lilypad.JobOffer, what string) ([]string, error) {
	risk, err := atRisk(o)
	if err == nil {
		err = o.Check(1)
	}
	if err != nil {
		return nil, err
	}
	lines := []string{
		fmt.Sprintf("You offer to pay for %s, on chain %d, contract %s.", what, w.Domain.ChainID, w.Domain.Contract),
		fmt.Sprintf("%s may lock %s LILY of %s until %s: a price of at most %s, a fee of %s for the solver, a stake of %s.",
			w.opener(o), risk, w.name(o.Creator), w.at(o.Expiry), o.MaxPrice, o.SolverFee, o.CreatorStake),
		fmt.Sprintf("Back within %s: all of it, if no result comes in time; the provider then loses %s.", span(o.SubmitFor), o.LatePenalty),
		fmt.Sprintf("The price goes to the provider on a receipt by %s, or after %s of silence once a result is claimed on chain.", w.name(o.Judge), span(o.JudgeFor)),
	}
	if o.AuditBPS > 0 {
		lines = append(lines, fmt.Sprintf("%s of the results must be shown to mediators, at %s LILY; if nobody judges in time the stake of %s is lost.",
			percent(o.AuditBPS), o.MediationFee, o.CreatorStake))
	}
	lines = append(lines,
		fmt.Sprintf("Whoever doubts a good result loses the stake of %s, of which mediators get at most %s.", o.CreatorStake, o.MediationFee),
		fmt.Sprintf("A doubt is decided within %s. If it is not, half of the price is paid and the stake comes back.", span(o.RevealFor+o.MediateFor)),
		fmt.Sprintf("At worst %s LILY are lost. Nothing else can be taken by this signature.", risk))
	return lines, nil
}

func (w Words) opener(o lilypad.JobOffer) string {
	switch {
	case o.Target.IsZero():
		return w.name(o.Solver) + ", with a provider of its choice,"
	case o.Solver.IsZero():
		return "Anyone, for provider " + w.name(o.Target) + ","
	}
	return w.name(o.Solver) + ", for provider " + w.name(o.Target) + ","
}

func (w Words) taking(t Taking) ([]string, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	o := t.Offer
	return []string{
		fmt.Sprintf("You take job %s for %s LILY, on chain %d, contract %s.", t.Job, t.Price, w.Domain.ChainID, w.Domain.Contract),
		fmt.Sprintf("%s may lock a stake of %s LILY of %s until %s.", w.opener(o), o.ProviderStake, w.name(t.Provider), w.at(t.Expiry)),
		fmt.Sprintf("Without a result on chain or a receipt within %s you lose %s.", span(o.SubmitFor), o.LatePenalty),
		fmt.Sprintf("If mediators find fraud, or you do not reveal your seed within %s of a challenge, you lose %s.", span(o.RevealFor), o.ProviderStake),
		fmt.Sprintf("At worst %s LILY are lost.", o.ProviderStake),
	}, nil
}

func (w Words) name(a lilypad.Address) string {
	if a == w.Me {
		return "you"
	}
	if w.Name != nil {
		if n := w.Name(a); n != "" {
			return n + " (" + a.String() + ")"
		}
	}
	return a.String()
}

// at tells block time by the person's own clock.
func (w Words) at(t lilypad.Time) string {
	zone := w.Zone
	if zone == nil {
		zone = time.Local
	}
	return time.Unix(int64(t), 0).In(zone).Format("2 January 2006 15:04 MST")
}

// span tells a duration in the units that people use.
func span(s lilypad.Seconds) string {
	var parts []string
	for _, u := range []struct {
		name string
		size lilypad.Seconds
	}{{"day", 86400}, {"hour", 3600}, {"minute", 60}, {"second", 1}} {
		n := s / u.size
		s %= u.size
		switch {
		case n == 1:
			parts = append(parts, "1 "+u.name)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", n, u.name))
		}
	}
	if parts == nil {
		return "0 seconds"
	}
	return strings.Join(parts, " ")
}

func percent(bps uint16) string {
	return strings.TrimSuffix(fmt.Sprintf("%d.%02d", bps/100, bps%100), ".00") + " %"
}
