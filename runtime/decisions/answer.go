package decisions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Answer is what a plugin said about one thing: a job, a module, a case, a
// pair of results.
type Answer struct {
	Word   string         `json:"word"`             // of the hook, such as take
	Choice string         `json:"choice,omitempty"` // match: the provider that ranks first
	Reason string         `json:"reason,omitempty"` // in the plugin's words
	Price  lilypad.Amount `json:"price,omitempty"`  // match: of the choice; admit: of the job

	kind string // Reason without its arguments
}

// Words that are not of the schema.
const (
	wordQuote = "quote"   // admit: declined at the standing price, taken at a higher one
	wordRoom  = "no room" // admit: a slot or the stake is taken already
	wordNone  = "none"    // match: no offer ranks
	wordFail  = "no answer"
)

// asked is what an entry's plugin was asked about, decoded.
type asked struct {
	hook    hostapi.Hook
	match   hostapi.MatchInput
	admit   hostapi.AdmitInput
	allow   hostapi.AllowInput
	mediate hostapi.MediateInput
	compare hostapi.CompareInput
}

func (e *Entry) asked() (q asked, err error) {
	if q.hook, err = e.hook(); err != nil {
		return q, err
	}
	switch q.hook {
	case hostapi.HookMatch:
		q.match, err = hostapi.DecodeMatchInput(e.Input)
	case hostapi.HookAdmit:
		q.admit, err = hostapi.DecodeAdmitInput(e.Input)
	case hostapi.HookAllow:
		q.allow, err = hostapi.DecodeAllowInput(e.Input)
	case hostapi.HookMediate:
		q.mediate, err = hostapi.DecodeMediateInput(e.Input)
	case hostapi.HookCompare:
		q.compare, err = hostapi.DecodeCompareInput(e.Input)
	}
	if err != nil {
		err = &lilypad.Error{Code: lilypad.Invalid, Msg: "recorded input", Err: err}
	}
	return q, err
}

// Item is one thing that a plugin was asked about.
type Item struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"` // of the module; compare: the other tree
}

func (q asked) items() (out []Item) {
	if q.hook == hostapi.HookMatch {
		out = append(out, Item{q.match.Job.ID.String(), q.match.Job.ModuleName})
	}
	for _, r := range q.admit.Requests {
		out = append(out, Item{r.ID.String(), r.ModuleName})
	}
	for _, m := range q.allow.Modules {
		out = append(out, Item{m.ID.String(), m.Name})
	}
	for _, c := range q.mediate.Cases {
		out = append(out, Item{c.ID.String(), ""})
	}
	for _, p := range q.compare.Pairs {
		out = append(out, Item{lilypad.ContentID(p.ARoot).String(), "and " + lilypad.ContentID(p.BRoot).String()})
	}
	return out
}

// reasons puts a reason into an answer.
type reasons func(a Answer, number uint16, arg0, arg1 uint64) Answer

// manifestReasons are the words of a manifest; reason 0 is none.
func manifestReasons(m hostapi.Manifest) reasons {
	blanks := strings.NewReplacer("{0}", "…", "{1}", "…")
	return func(a Answer, number uint16, arg0, arg1 uint64) Answer {
		if number != 0 {
			a.Reason, a.kind = m.Reasons.Text(number, "en", arg0, arg1), fmt.Sprintf("reason %d", number)
			if text, ok := m.Reasons[number]["en"]; ok {
				a.kind = blanks.Replace(text)
			}
		}
		return a
	}
}

// answers puts output into words, one answer per item. Nil output is no
// answer.
func (q asked) answers(output []byte, words reasons) ([]Answer, error) {
	if output == nil {
		return slices.Repeat([]Answer{{Word: wordFail}}, len(q.items())), nil
	}
	out, err := q.decode(output, words)
	if err == nil && len(out) != len(q.items()) {
		err = fmt.Errorf("%d answers about %d items", len(out), len(q.items()))
	}
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "recorded output", Err: err}
	}
	return out, nil
}

func (q asked) decode(output []byte, words reasons) (out []Answer, err error) {
	switch q.hook {
	case hostapi.HookMatch:
		list, err := hostapi.DecodeScores(output)
		if err == nil && len(list) != len(q.match.Offers) {
			err = fmt.Errorf("%d scores for %d offers", len(list), len(q.match.Offers))
		}
		if err != nil {
			return nil, err
		}
		return []Answer{ranked(q.match.Offers, list, words)}, nil
	case hostapi.HookAdmit:
		list, err := hostapi.DecodeAdmissions(output)
		for i, a := range list[:min(len(list), len(q.admit.Requests))] {
			out = append(out, admitted(q.admit.Requests[i], a, words))
		}
		return out, err
	case hostapi.HookAllow:
		list, err := hostapi.DecodeRulings(output)
		for _, r := range list {
			out = append(out, ruled(r, words))
		}
		return out, err
	case hostapi.HookMediate:
		list, err := hostapi.DecodeActions(output)
		return planned(list, len(q.mediate.Cases), words), err
	default:
		list, err := hostapi.DecodeComparisons(output)
		for _, c := range list {
			out = append(out, compared(c, words))
		}
		return out, err
	}
}

// ranked is the choice of a ranking: the highest score, of equal ones the
// offer that the solver named first. Without one, it is the first refusal.
func ranked(offers []hostapi.Offer, scores []hostapi.Score, words reasons) Answer {
	best := -1
	for i, s := range scores {
		if s.Decision == hostapi.DecisionRank && (best < 0 || s.Score > scores[best].Score) {
			best = i
		}
	}
	if best >= 0 {
		return Answer{Word: hostapi.DecisionRank.String(), Choice: offers[best].Provider.String(), Price: lilypad.Amount(offers[best].Price)}
	}
	a := Answer{Word: wordNone}
	if i := slices.IndexFunc(scores, func(s hostapi.Score) bool { return s.Decision == hostapi.DecisionRefuse }); i >= 0 {
		a = words(a, scores[i].Reason, scores[i].Arg0, scores[i].Arg1)
	}
	return a
}

func admitted(r hostapi.Request, a hostapi.Admission, words reasons) Answer {
	switch {
	case a.Answer == hostapi.AnswerTake:
		return Answer{Word: a.Answer.String(), Price: lilypad.Amount(cmp.Or(a.Price, r.StandingPrice))}
	case a.Price > 0 && a.Price <= r.MaxPrice:
		return words(Answer{Word: wordQuote, Price: lilypad.Amount(a.Price)}, a.Reason, a.Arg0, a.Arg1)
	}
	return words(Answer{Word: a.Answer.String()}, a.Reason, a.Arg0, a.Arg1)
}

func ruled(r hostapi.Ruling, words reasons) Answer {
	return words(Answer{Word: r.Permission.String()}, r.Reason, r.Arg0, r.Arg1)
}

func compared(c hostapi.Comparison, words reasons) Answer {
	return words(Answer{Word: c.Sameness.String()}, c.Reason, c.Arg0, c.Arg1)
}

// planned tells what is to be done in each case.
func planned(actions []hostapi.Action, cases int, words reasons) []Answer {
	out := make([]Answer, cases)
	for _, a := range actions {
		if int(a.Item) >= cases {
			continue
		}
		word := a.Kind.String()
		if a.Kind == hostapi.ActionKindVerdict {
			word += " " + a.Outcome.String()
		}
		to := &out[a.Item]
		to.Word = strings.TrimPrefix(to.Word+", "+word, ", ")
		if to.Reason == "" {
			*to = words(*to, a.Reason, a.Arg0, a.Arg1)
		}
	}
	return out
}
