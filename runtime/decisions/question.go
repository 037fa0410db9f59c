package decisions

import (
	"fmt"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// posed is what a role wanted to know at a time, with what its plugins said
// together: there may be several for one hook.
type posed struct {
	role  string
	asked asked
	said  []Answer
}

// key is the same for all plugins that were asked about the same.
func (e *Entry) key(q asked) string {
	return fmt.Sprint(e.Role, q.hook, q.match.Now+q.admit.Now+q.allow.Now+q.mediate.Now+q.compare.Now, q.items())
}

// pose collects the questions of entries in the order of time, by their keys
// too. Shadows have no say in them, nor has what the host was at fault for.
func pose(entries []*Entry) (order []*posed, byKey map[string]*posed, err error) {
	byKey = map[string]*posed{}
	for _, e := range byTime(entries) {
		if e.Shadow || e.hostFault() {
			continue
		}
		q, err := e.asked()
		if err != nil {
			return nil, nil, err
		}
		said, err := e.said(q)
		if err != nil {
			return nil, nil, err
		}
		k := e.key(q)
		if p, ok := byKey[k]; ok {
			for i := range said {
				p.said[i] = both(p.said[i], said[i])
			}
			continue
		}
		p := &posed{e.Role, q, said}
		byKey[k] = p
		order = append(order, p)
	}
	return order, byKey, nil
}

// severity orders what several plugins say of one thing: the hardest word
// counts.
var severity = map[string]int{
	hostapi.AnswerTake.String(): 1, wordQuote: 2, hostapi.AnswerDecline.String(): 3,
	hostapi.PermissionAllow.String(): 1, hostapi.PermissionDeny.String(): 2,
}

// both is what two plugins say together, as a node joins them: each may say no,
// and the higher price counts.
func both(a, b Answer) Answer {
	x, y := severity[a.Word], severity[b.Word]
	if a.Word == wordFail || y > x || x == y && x > 0 && b.Price > a.Price {
		return b
	}
	return a
}

// Answers are what was asked about, and what was said of it, in words.
//
// # Errors
//
// Invalid for an entry that cannot be read.
func (e *Entry) Answers() ([]Item, []Answer, error) {
	q, err := e.asked()
	if err != nil {
		return nil, nil, err
	}
	said, err := e.said(q)
	return q.items(), said, err
}

// said is an entry's answers in words. Those of an entry without a source, from
// [Sample], have none.
func (e *Entry) said(q asked) ([]Answer, error) {
	if e.Source.Manifest == nil {
		return make([]Answer, len(q.items())), nil
	}
	m, err := hostapi.ParseManifest(e.Source.Manifest)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "manifest of a decision", Err: err}
	}
	output := e.Output
	if e.Error != "" {
		output = nil // an answer that did not count
	}
	return q.answers(output, manifestReasons(m))
}

// byTime sorts entries, oldest first.
func byTime(entries []*Entry) []*Entry {
	return slices.SortedStableFunc(slices.Values(entries), func(a, b *Entry) int { return a.At.Compare(b.At) })
}
