package plugintest

import (
	"crypto/sha256"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// Trial plays a host to a scheme: it performs what the scheme asks for, adds
// the events, and asks again until there is a verdict. Results are named by a
// word; equal words are equal content.
type Trial struct {
	Phase     Phase
	Claim     string // the deal's own result; empty: none
	ClaimAt   uint64 // when it came; the case opened at 100, its deadline is 1000
	Runs      []string
	Same      func(a, b string) Sameness         // of unequal words; nil: different
	Bisect    func(claim, other string) Standing // who is shown wrong, 0: nobody; other is empty for what a challenger shows; nil: nobody is
	Params    []Param
	AuditRate uint32
	Seed      Opt[Bytes32]
	MaxRuns   uint32 // 0: 16
}

// Ending is how a trial ended.
type Ending struct {
	Action Action // a verdict or a draw
	Runs   int    // that were ordered
	Events []Event
}

const (
	trialOpened   = 100
	trialDeadline = 1000
)

// Play runs the trial. Runs that are not in the list, or are empty words, are
// missing.
func (x Trial) Play(t testing.TB, h mediate.Hook) Ending {
	t.Helper()
	p := &player{Trial: x, words: map[uint32]string{}, keys: map[uint32]bool{}}
	p.begin()
	for range 100 {
		for _, a := range Mediate(t, h, p.c) {
			if a.Kind != ActionKindWait && a.Kind != ActionKindVerdict && a.Kind != ActionKindDraw {
				if p.keys[a.Key] {
					t.Fatalf("key %d is ordered again: %+v", a.Key, a)
				}
				p.keys[a.Key] = true
			}
			if a.Until != 0 && (a.Until <= p.c.Now || a.Until > p.c.Deadline) {
				t.Fatalf("at %d it waits until %d, of at most %d", p.c.Now, a.Until, p.c.Deadline)
			}
			if p.perform(a) {
				return Ending{a, p.runs, p.c.Events}
			}
		}
	}
	t.Fatal("no verdict after 100 events")
	return Ending{}
}

type player struct {
	Trial
	c     Case
	words map[uint32]string // by the position of the result
	keys  map[uint32]bool
	runs  int
}

func (p *player) begin() {
	if p.MaxRuns == 0 {
		p.MaxRuns = 16
	}
	p.c = Case{
		Phase: p.Phase, Opened: trialOpened, Now: trialOpened, Deadline: trialDeadline, MaxRuns: p.MaxRuns,
		Params: p.Params, AuditRate: p.AuditRate, Seed: p.Seed, ProviderStake: 100, CreatorStake: 100, Price: 10,
	}
	if p.Phase == PhaseMediation {
		p.c.Challenged = Some(uint64(trialOpened))
	}
	p.party(StandingProvider)
	p.party(StandingMediator)
	if p.Claim != "" {
		p.result(0, None, p.Claim, p.ClaimAt)
	}
}

// add appends an event and returns its position.
func (p *player) add(e Event) uint32 {
	p.c.Events = append(p.c.Events, e)
	return uint32(len(p.c.Events) - 1)
}

func (p *player) party(s Standing) uint32 {
	at := uint32(len(p.c.Events))
	return p.add(Event{Party: &Party{At: p.c.Now, Who: at, Re: None, Standing: s, Address: Bytes20{byte(at)}, Operator: Bytes20{byte(at)}}})
}

func (p *player) result(who, re uint32, word string, at uint64) {
	i := p.add(Event{Result: &Result{At: at, Who: who, Re: re, Content: sha256.Sum256([]byte(word)), Status: RunStatusSucceeded}})
	p.words[i] = word
}

// perform carries an action out and tells whether it was the last.
func (p *player) perform(a Action) bool {
	switch a.Kind {
	case ActionKindExecute:
		who := uint32(1)
		if p.Phase == PhaseReview {
			who = p.party(StandingReplica)
		}
		re := p.add(Event{Ordered: &Ordered{At: p.c.Now, Who: who, Re: None, Key: a.Key, Kind: a.Kind}})
		p.c.Now++
		if p.runs++; p.runs > len(p.Runs) || p.Runs[p.runs-1] == "" {
			p.add(Event{Missing: &Missing{At: p.c.Now, Who: who, Re: re, Key: a.Key, Why: AbsenceFault}})
			return false
		}
		p.result(who, re, p.Runs[p.runs-1], p.c.Now)
	case ActionKindCompare:
		re := p.add(Event{Ordered: &Ordered{At: p.c.Now, Who: None, Re: None, Key: a.Key, Kind: a.Kind}})
		p.c.Now++
		p.add(Event{Compared: &Compared{At: p.c.Now, Who: None, Re: re, A: a.A, B: a.B, Key: a.Key, Sameness: p.same(p.words[a.A], p.words[a.B]), Distance: 7}})
	case ActionKindBisect:
		p.bisect(a)
	case ActionKindWait:
		p.c.Now = a.Until
		p.add(Event{Tick: &Tick{At: p.c.Now, Who: None, Re: None}})
	default:
		return true
	}
	return false
}

func (p *player) bisect(a Action) {
	other := None
	if a.B != None {
		other = p.c.Events[a.B].Result.Who
	}
	re := p.add(Event{Ordered: &Ordered{At: p.c.Now, Who: other, Re: None, Key: a.Key, Kind: a.Kind}})
	p.c.Now++
	wrong := Standing(0)
	if p.Bisect != nil {
		wrong = p.Bisect(p.words[a.A], p.words[a.B])
	}
	switch wrong {
	case 0:
		p.add(Event{Missing: &Missing{At: p.c.Now, Who: other, Re: re, Key: a.Key, Why: AbsenceFault}})
		return
	case StandingProvider:
		other = p.c.Events[a.A].Result.Who
	}
	p.add(Event{Segment: &Segment{At: p.c.Now, Who: other, Re: re, Key: a.Key, Step: 7}})
}

func (p *player) same(a, b string) Sameness {
	switch {
	case a == b:
		return SamenessEqual
	case p.Same == nil:
		return SamenessDifferent
	}
	return p.Same(a, b)
}
