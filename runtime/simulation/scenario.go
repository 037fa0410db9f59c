package simulation

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Schema is the JSON Schema of a scenario.
//
//go:embed scenario.schema.json
var Schema []byte

// Example is a scenario with a comment at each key.
//
//go:embed scenario.yaml
var Example []byte

// Money is an amount that a file gives in LILY, as a number.
type Money lilypad.Amount

// UnmarshalJSON reads LILY.
func (m *Money) UnmarshalJSON(b []byte) error {
	a, err := lilypad.ParseAmount(string(b))
	*m = Money(a)
	return err
}

// MarshalJSON writes LILY.
func (m Money) MarshalJSON() ([]byte, error) { return []byte(lilypad.Amount(m).String()), nil }

// Scenario is a market and what happens in it. Rates and shares are from 0 to
// 1, times in seconds.
type Scenario struct {
	Name  string    `json:"name,omitempty"`
	Seed  uint64    `json:"seed"`
	Rule  SchemeRef `json:"scheme"`
	Deals Deals     `json:"deals"`

	Jobs     int64 `json:"jobs,omitempty"`      // in all
	JobsEach int64 `json:"jobs_each,omitempty"` // or: of each provider that takes jobs, one after the other

	Providers  []Population `json:"providers"`
	Mediators  []Mediators  `json:"mediators,omitempty"`
	Panel      Panel        `json:"panel"`
	Reputation string       `json:"reputation"` // earned or frozen
	Dissent    int          `json:"dissent,omitempty"`
	Open       int          `json:"open,omitempty"` // jobs at once in a shard
	Block      uint64       `json:"block"`
	Deadline   uint64       `json:"deadline"`

	Sweep map[string][]any `json:"sweep,omitempty"`
}

// SchemeRef names a scheme and how it is set up.
type SchemeRef struct {
	Name     string           `json:"name"` // a built-in one, or a path
	Params   map[string]int64 `json:"params,omitempty"`
	Settings map[string]any   `json:"settings,omitempty"`
}

// Knobs are the names of the numbers that a scheme takes.
type Knobs struct {
	Deal     []string // from the deal, and where that says nothing from its operator
	Operator []string // from its operator alone
}

func (k Knobs) names() []string {
	return slices.Sorted(slices.Values(slices.Concat(k.Deal, k.Operator)))
}

// ReadKnobs reads the JSON Schema of a scheme's settings. Those that a deal's
// parameters of the same name set say "x-deal": true.
func ReadKnobs(schema []byte) (k Knobs, err error) {
	if len(schema) == 0 {
		return k, nil
	}
	var form struct {
		Properties map[string]struct {
			Deal bool `json:"x-deal"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(schema, &form); err != nil {
		return k, err
	}
	for _, name := range slices.Sorted(maps.Keys(form.Properties)) {
		if form.Properties[name].Deal {
			k.Deal = append(k.Deal, name)
		} else {
			k.Operator = append(k.Operator, name)
		}
	}
	return k, nil
}

// Place moves the parameters that the scheme does not look for in a deal to its
// settings.
//
// # Errors
//
// Invalid for a parameter that it has not, or that is a setting already.
func (r *SchemeRef) Place(k Knobs) error {
	for _, key := range slices.Sorted(maps.Keys(r.Params)) {
		if slices.Contains(k.Deal, key) {
			continue
		}
		if !slices.Contains(k.Operator, key) {
			err := lilypad.Errorf(lilypad.Invalid, "the scheme %s has no parameter %s", r.Name, key)
			if names := k.names(); len(names) > 0 {
				return err.Try("%s", strings.Join(names, ", "))
			}
			return err.Try("it takes none; those of deals, such as audit_bps, stand under deals")
		}
		if _, twice := r.Settings[key]; twice {
			return lilypad.Errorf(lilypad.Invalid, "%s is under params and under settings", key).Try("leave one of them out")
		}
		r.Settings = maps.Clone(r.Settings)
		if r.Settings == nil {
			r.Settings = map[string]any{}
		}
		r.Settings[key] = r.Params[key]
		r.Params = maps.Clone(r.Params)
		delete(r.Params, key)
	}
	return nil
}

// Deals are the terms that all deals share.
type Deals struct {
	Price         Money  `json:"price"`
	Work          Money  `json:"work"` // what an honest run costs its provider
	ProviderStake Money  `json:"provider_stake"`
	CreatorStake  Money  `json:"creator_stake"`
	MediationFee  Money  `json:"mediation_fee"`
	LatePenalty   Money  `json:"late_penalty"`
	AuditBPS      uint32 `json:"audit_bps"`
	MaxRuns       uint32 `json:"max_runs"`
}

// Kinds of providers.
const (
	Honest      = "honest"
	Faulty      = "faulty"      // wrong now and then, at full cost
	Lazy        = "lazy"        // saves the work; lazy answers are alike
	Cheat       = "cheat"       // saves the work and makes something up
	Colluder    = "colluder"    // a cheat that agrees on the answer with its group
	Sleeper     = "sleeper"     // honest for a while, then a cheat
	Sybil       = "sybil"       // a colluder of one operator, with a new name when caught
	Unavailable = "unavailable" // honest when it answers
)

// Population are providers of one kind.
type Population struct {
	Name        string  `json:"name,omitempty"` // of its kind when empty
	Kind        string  `json:"kind"`
	Count       int     `json:"count"`
	Rate        float64 `json:"rate"`                  // how often it is wrong
	EqualWrong  float64 `json:"equal_wrong"`           // chance that a wrong answer is the one its like give too
	Group       int     `json:"group,omitempty"`       // members of a group of colluders or Sybils; 0: all
	After       int     `json:"after,omitempty"`       // runs before a sleeper wakes
	Unavailable float64 `json:"unavailable,omitempty"` // how often it does not answer
	Latency     uint64  `json:"latency"`               // mean time of a run
	Price       *Money  `json:"price,omitempty"`
	Work        *Money  `json:"work,omitempty"`
	Takes       string  `json:"takes,omitempty"` // all, jobs or replicas
	Trust       Trust   `json:"trust,omitzero"`  // at the start
}

// Trust is a provider's record.
type Trust struct {
	JobsOK    uint32 `json:"jobs_ok,omitempty"`
	JobsBad   uint32 `json:"jobs_bad,omitempty"`
	ChecksOK  uint32 `json:"checks_ok,omitempty"`
	ChecksBad uint32 `json:"checks_bad,omitempty"`
}

// Mediators of one kind.
type Mediators struct {
	Kind        string  `json:"kind"` // honest, lazy or bribed
	Count       int     `json:"count"`
	Vote        string  `json:"vote,omitempty"` // of a bribed one about a wrong result
	Unavailable float64 `json:"unavailable,omitempty"`
}

// Panel is how many mediators judge a doubt, and how many must agree. With
// none drawn the scheme's own verdict is final, and a doubt meets the truth.
type Panel struct {
	Drawn int `json:"drawn"`
	Agree int `json:"agree"`
}

// maxProviders bounds the memory of a market.
const maxProviders = 1_000_000

// maxMediators is the contract's bound of a panel.
const maxMediators = 32

// Parse reads a scenario in YAML.
//
// # Errors
//
// Invalid, naming the line, and for a key that is not known the nearest one
// that is.
func Parse(text []byte) (*Scenario, error) {
	doc, err := strict(text, scenarioForm, "scenario")
	if err != nil {
		return nil, err
	}
	return decode(doc)
}

// decode makes a scenario of a document that fits the schema.
func decode(doc any) (*Scenario, error) {
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	s := defaults()
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, lilypad.Errorf(lilypad.Invalid, "scenario: %v", err)
	}
	return &s, s.complete()
}

func defaults() Scenario {
	return Scenario{
		Seed: 1, Reputation: "earned", Block: 12, Deadline: 3600, Panel: Panel{Drawn: 3, Agree: 2},
		Deals: Deals{
			Price: 1e6, Work: 5e5, ProviderStake: 2.5e6, CreatorStake: 1e6, MediationFee: 6e5, LatePenalty: 1e5, MaxRuns: 16,
		},
	}
}

// complete fills in what depends on other keys, and checks what the schema
// cannot say.
func (s *Scenario) complete() error {
	if (s.Jobs > 0) == (s.JobsEach > 0) {
		return lilypad.Errorf(lilypad.Invalid, "scenario: want one of jobs and jobs_each").Try("jobs: 100000")
	}
	takes, total, mediators := 0, 0, 0
	for i := range s.Providers {
		p := &s.Providers[i]
		p.complete(&s.Deals)
		if slices.ContainsFunc(s.Providers[:i], func(q Population) bool { return q.Name == p.Name }) {
			return lilypad.Errorf(lilypad.Invalid, "scenario: two populations are called %s", p.Name).Try("name: another")
		}
		if total += p.Count; p.Takes != "replicas" {
			takes += p.Count
		}
	}
	if total > maxProviders {
		return lilypad.Errorf(lilypad.Invalid, "scenario: %d providers; at most %d", total, maxProviders)
	}
	if takes == 0 {
		return lilypad.Errorf(lilypad.Invalid, "scenario: no provider takes jobs")
	}
	for _, m := range s.Mediators {
		mediators += m.Count
	}
	if s.Mediators == nil && s.Panel.Drawn > 0 {
		s.Mediators = []Mediators{{Kind: Honest, Count: min(4*s.Panel.Drawn, maxMediators)}}
		mediators = min(4*s.Panel.Drawn, maxMediators)
	}
	if mediators > maxMediators {
		return lilypad.Errorf(lilypad.Invalid, "scenario: %d mediators; a panel is drawn from at most %d", mediators, maxMediators)
	}
	if s.Panel.Drawn > mediators || s.Panel.Drawn > 0 && (s.Panel.Drawn%2 == 0 || 2*s.Panel.Agree != s.Panel.Drawn+1) {
		return lilypad.Errorf(lilypad.Invalid, "scenario: a panel of %d with %d to agree cannot be drawn from %d mediators", s.Panel.Drawn, s.Panel.Agree, mediators).
			Try("an odd number drawn, and half of it rounded up to agree")
	}
	if s.Block > s.Deadline {
		return lilypad.Errorf(lilypad.Invalid, "scenario: a deadline of %d s is shorter than a block of %d s", s.Deadline, s.Block)
	}
	return s.checkMoney()
}

func (p *Population) complete(d *Deals) {
	if p.Name == "" {
		p.Name = p.Kind
	}
	if p.Takes == "" {
		p.Takes = "all"
	}
	if p.Price == nil {
		p.Price = &d.Price
	}
	if p.Work == nil {
		p.Work = &d.Work
	}
}

// UnmarshalJSON fills in what a kind implies.
func (p *Population) UnmarshalJSON(b []byte) error {
	type plain Population
	var kind struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(b, &kind); err != nil {
		return err
	}
	v := plain{Latency: 10}
	switch kind.Kind {
	case Lazy, Colluder, Sybil:
		v.Rate, v.EqualWrong = 1, 1
	case Cheat, Sleeper:
		v.Rate = 1
	case Faulty:
		v.Rate = 0.01
	case Unavailable:
		v.Unavailable = 0.1
	}
	err := json.Unmarshal(b, &v)
	*p = Population(v)
	return err
}

// offer is what creators sign for a price.
func (s *Scenario) offer(price Money) lilypad.JobOffer {
	d := &s.Deals
	return lilypad.JobOffer{
		Creator: lilypad.Address{1}, Judge: lilypad.Address{1}, Solver: lilypad.Address{2},
		MaxPrice: lilypad.Amount(price), CreatorStake: lilypad.Amount(d.CreatorStake), ProviderStake: lilypad.Amount(d.ProviderStake),
		LatePenalty: lilypad.Amount(d.LatePenalty), MediationFee: lilypad.Amount(d.MediationFee), AuditBPS: uint16(d.AuditBPS),
	}
}

func (s *Scenario) checkMoney() error {
	for _, p := range s.Providers {
		t := settlement.Terms{Offer: lilypad.Signed[lilypad.JobOffer]{Body: s.offer(*p.Price)}}
		t.Deal.Body = lilypad.Deal{Job: t.Offer.Body.ID(), Provider: lilypad.Address{3}, Price: lilypad.Amount(*p.Price)}
		err := t.Check()
		if err == nil {
			err = t.Offer.Body.Check(max(1, s.Panel.Drawn))
		}
		if err != nil {
			return &lilypad.Error{Code: lilypad.Invalid, Msg: "scenario: " + p.Name, Err: err}
		}
	}
	return nil
}
