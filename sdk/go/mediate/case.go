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
	list := make([]Answer, 0, len(x.Events())/2) // each has its party
	for i := range x.Events() {
		if a, ok := x.answer(i); ok {
			list = append(list, a)
		}
	}
	return list
}

// answer is the event at a position as a result, and whether it is one.
func (x Case) answer(at int) (Answer, bool) {
	r, ok := x.Events()[at].Result()
	if !ok {
		return Answer{}, false
	}
	return Answer{r, x.party(r.Who()), at}, true
}

func (x Case) party(at uint64) Party {
	p, ok := x.Events()[at].Party()
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
	for i := range x.Events() {
		if a, ok := x.answer(i); ok && a.By.Standing() == s {
			return a, true
		}
	}
	return Answer{}, false
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
	var contents [][32]byte         // that differ
	of := make([]int, len(answers)) // the content of an answer
	for i, a := range answers {
		content := a.Content()
		if of[i] = slices.Index(contents, content); of[i] < 0 {
			of[i], contents = len(contents), append(contents, content)
		}
	}
	first := make([]int, len(contents)) // the first content that is the same
	for i := range first {
		first[i] = i
	}
	for _, e := range x.Events() {
		c, ok := e.Compared()
		if !ok {
			continue
		}
		i, j := at(answers, c.A()), at(answers, c.B())
		if i < 0 || j < 0 {
			continue
		}
		if c.Sameness() == SamenessEqual {
			join(first, of[i], of[j])
		} else {
			v.apart = append(v.apart, [2]int{of[i], of[j]})
		}
	}
	v.group(answers, of, first)
	return v
}

// at is the answer of a position; -1: there is none.
func at(answers []Answer, position uint64) int {
	return slices.IndexFunc(answers, func(a Answer) bool { return uint64(a.Position) == position })
}

// join makes two contents one.
func join(first []int, i, j int) {
	low, high := min(first[i], first[j]), max(first[i], first[j])
	for k := range first {
		if first[k] == high {
			first[k] = low
		}
	}
}

func (v *Votes) group(answers []Answer, of, first []int) {
	index := make([]int, len(first)) // the group of a content
	for i, f := range first {
		if index[i] = index[f]; f == i {
			index[i] = len(v.groups)
			v.groups = append(v.groups, Group{total: v.total})
		}
	}
	sorted := make([]Answer, 0, len(answers))
	for g := range v.groups {
		from := len(sorted)
		for i, a := range answers {
			if index[of[i]] == g {
				sorted = append(sorted, a)
			}
		}
		v.groups[g].Answers = sorted[from:len(sorted):len(sorted)]
	}
	for i, pair := range v.apart { // from contents to groups
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
	if open := v.undecided(1); len(open) > 0 {
		return open[0][0], open[0][1], true
	}
	return a, b, false
}

// undecided are so many of such pairs at most.
func (v Votes) undecided(most int) (open [][2]Answer) {
	n := len(v.groups)
	apart := make([]bool, n*n)
	for _, pair := range v.apart {
		apart[pair[0]*n+pair[1]], apart[pair[1]*n+pair[0]] = true, true
	}
	for i := range n {
		for j := range i {
			if len(open) < most && !apart[i*n+j] {
				open = append(open, [2]Answer{v.groups[j].Answers[0], v.groups[i].Answers[0]})
			}
		}
	}
	return open
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

// Finding is what came of a Bisect.
type Finding struct {
	Over  bool     // nothing more will come of it
	Wrong Standing // of the party that was shown wrong; 0: of nobody
	Step  uint64   // that showed it
}

// Bisected is what came of playing the claim against another result, or of
// what the challenger showed: the zero Answer.
func (x Case) Bisected(other Answer) Finding {
	key := uint64(bisectKey(other))
	for _, e := range x.Events() {
		if m, ok := e.Missing(); ok && m.Key() == key {
			return Finding{Over: true}
		}
		if s, ok := e.Segment(); ok && s.Key() == key {
			f := Finding{Over: true, Step: s.Step()}
			if s.Who() != None {
				f.Wrong = x.party(s.Who()).Standing()
			}
			return f
		}
	}
	return Finding{}
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
