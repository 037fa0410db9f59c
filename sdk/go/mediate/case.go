package mediate

import (
	"slices"
)

// Answer is a result with who gave it and where it stands among the events.
type Answer struct {
	Result
	By       Party
	Position int
}

// Param is a parameter of the deal, 0 when it has none of the name.
func (x Case) Param(key string) int64 {
	for _, p := range x.Params() {
		if p.Key == key {
			return p.Value
		}
	}
	return 0
}

// Expired tells that the deadline has come.
func (x Case) Expired() bool { return x.Now() >= x.Deadline() }

// Audited tells that the coin of the deal chose this result: the seed as a
// big-endian number, modulo 10000, is below the audit rate.
func (x Case) Audited() bool {
	coin := uint64(0)
	for _, b := range x.Seed() {
		coin = (coin<<8 | uint64(b)) % 10_000
	}
	return coin < x.AuditRate()
}

// Answers are all results, in their order.
func (x Case) Answers() []Answer {
	var list []Answer
	events := x.Events()
	for i, e := range events {
		if r, ok := e.Result(); ok {
			list = append(list, Answer{r, x.party(events, r.Who()), i})
		}
	}
	return list
}

func (x Case) party(events []Event, at uint64) Party {
	p, ok := events[at].Party()
	if !ok {
		panic("a result is by no party")
	}
	return p
}

// Claim is the deal's own result, and whether it is there.
func (x Case) Claim() (Answer, bool) { return x.by(StandingProvider) }

// Own is the mediator's own result, and whether it is there.
func (x Case) Own() (Answer, bool) { return x.by(StandingMediator) }

func (x Case) by(s Standing) (Answer, bool) {
	list := x.Answers()
	i := slices.IndexFunc(list, func(a Answer) bool { return a.By.Standing() == s })
	if i < 0 {
		return Answer{}, false
	}
	return list[i], true
}

// Runs is how far the orders of a case are.
type Runs struct{ Ordered, Done, Missing int }

// Open is the number of runs on their way.
func (r Runs) Open() int { return max(0, r.Ordered-r.Done-r.Missing) }

// Runs counts the runs that were ordered and what became of them.
func (x Case) Runs() Runs {
	var runs Runs
	for _, e := range x.Events() {
		if o, ok := e.Ordered(); ok && o.Kind() == ActionKindExecute {
			runs.Ordered++
		}
		if r, ok := e.Result(); ok && r.Re() != None {
			runs.Done++
		}
		if m, ok := e.Missing(); ok && m.Key()&^0xffffff == keyExecute {
			runs.Missing++
		}
	}
	return runs
}

// Exhausted tells that no run is on its way and none may be ordered.
func (x Case) Exhausted() bool {
	runs := x.Runs()
	return runs.Open() == 0 && runs.Ordered >= int(x.MaxRuns())
}

// Votes are the results of a case, grouped: those of equal content, and those
// that a comparison found equal, stand together.
type Votes struct {
	groups []Group
	total  int
	apart  [][2]int // positions that were compared and not found equal
}

// Group are results that are the same.
type Group struct {
	Answers []Answer
	total   int
}

// Votes groups the results. Groups stand in the order of their first result.
func (x Case) Votes() Votes {
	answers := x.Answers()
	v := Votes{total: len(answers)}
	of := make([]int, len(answers)) // the first answer that is the same
	join := func(i, j int) {
		low, high := min(of[i], of[j]), max(of[i], of[j])
		for k := range of {
			if of[k] == high {
				of[k] = low
			}
		}
	}
	at := func(position uint64) int {
		return slices.IndexFunc(answers, func(a Answer) bool { return uint64(a.Position) == position })
	}
	for i, a := range answers {
		of[i] = i
		if j := slices.IndexFunc(answers[:i], func(b Answer) bool { return a.Content() == b.Content() }); j >= 0 {
			join(i, j)
		}
	}
	for _, e := range x.Events() {
		c, ok := e.Compared()
		if !ok {
			continue
		}
		i, j := at(c.A()), at(c.B())
		if i < 0 || j < 0 {
			continue
		}
		if c.Sameness() == SamenessEqual {
			join(i, j)
		} else {
			v.apart = append(v.apart, [2]int{i, j})
		}
	}
	v.group(answers, of)
	return v
}

func (v *Votes) group(answers []Answer, of []int) {
	index := make([]int, len(answers))
	for i, a := range answers {
		if of[i] == i {
			index[i] = len(v.groups)
			v.groups = append(v.groups, Group{total: v.total})
		}
		index[i] = index[of[i]]
		g := &v.groups[index[i]]
		g.Answers = append(g.Answers, a)
	}
	for i, pair := range v.apart { // from answers to groups
		v.apart[i] = [2]int{index[pair[0]], index[pair[1]]}
	}
}

// Total is the number of results.
func (v Votes) Total() int { return v.total }

// Groups are all groups.
func (v Votes) Groups() []Group { return v.groups }

// Top is the largest group, the earlier of equals; empty without results.
func (v Votes) Top() Group {
	var top Group
	for _, g := range v.groups {
		if g.N() > top.N() {
			top = g
		}
	}
	return top
}

// Undecided are two results that differ in content, of groups that no
// comparison has told apart, and whether there are two.
func (v Votes) Undecided() (a, b Answer, ok bool) {
	for i := range v.groups {
		for j := range i {
			if !slices.Contains(v.apart, [2]int{i, j}) && !slices.Contains(v.apart, [2]int{j, i}) {
				return v.groups[j].Answers[0], v.groups[i].Answers[0], true
			}
		}
	}
	return a, b, false
}

// N is the number of results in the group.
func (g Group) N() int { return len(g.Answers) }

// PPM is the group's share of all results, in parts in a million.
func (g Group) PPM() uint64 {
	if g.total == 0 {
		return 0
	}
	return uint64(len(g.Answers)) * 1_000_000 / uint64(g.total)
}

// OutcomeFor is the verdict on the deal's own result if the group is right:
// upheld or late when the result is in it, else fraud. Nobody is accused for
// an empty group: it is a refund.
func (x Case) OutcomeFor(g Group) Outcome {
	if g.N() == 0 {
		return Refund
	}
	for _, a := range g.Answers {
		if a.By.Standing() != StandingProvider {
			continue
		}
		if x.HasChallenged() && a.At() > x.Challenged() {
			return Late
		}
		return Upheld
	}
	return Fraud
}

// Reasons that Rerun gives. Its users say them in their manifests.
const (
	Agreed       = 1 // the own run gave the same
	Disagreed    = 2 // the own run gave something else: by {0} ppm
	Withheld     = 3 // the provider showed no result until the deadline
	NoRun        = 4 // no own run could be had until the deadline
	Incomparable = 5 // the comparator cannot tell
)

// Rerun is what a mediator does when a scheme asks no more of it: it runs the
// job itself and holds the provider's result against its own.
func (x Case) Rerun() Plan {
	own, ran := x.Own()
	claim, shown := x.Claim()
	switch {
	case !shown && x.Expired():
		return Verdict(Fraud).Because(Withheld)
	case !ran && (x.Expired() || x.Exhausted()):
		return Verdict(Refund).Because(NoRun)
	case !ran:
		return x.Execute(1)
	case !shown:
		return x.Wait()
	case own.Content() == claim.Content():
		return Verdict(x.OutcomeFor(Group{Answers: []Answer{claim}})).Because(Agreed)
	}
	for _, e := range x.Events() {
		c, ok := e.Compared()
		if !ok || !c.between(own, claim) {
			continue
		}
		switch c.Sameness() {
		case SamenessEqual:
			return Verdict(x.OutcomeFor(Group{Answers: []Answer{claim}})).Because(Agreed)
		case SamenessDifferent:
			return Verdict(Fraud).Because(Disagreed).With(c.Distance(), 0)
		}
		return Verdict(Refund).Because(Incomparable)
	}
	if x.Expired() {
		return Verdict(Refund).Because(Incomparable)
	}
	return x.Compare(claim, own)
}

func (x Compared) between(a, b Answer) bool {
	i, j := uint64(a.Position), uint64(b.Position)
	return x.A() == i && x.B() == j || x.A() == j && x.B() == i
}
