package cases

import (
	"bytes"
	"context"
	"fmt"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Scheme is a mediate plugin.
type Scheme interface {
	// Decide returns what the scheme wants next, with the exact bytes that went
	// in and came out.
	Decide(ctx context.Context, in hostapi.MediateInput) (actions []hostapi.Action, input, output []byte, err error)
	// Replay runs the scheme on the bytes of an earlier call.
	Replay(ctx context.Context, input []byte) (output []byte, err error)
}

// Comparator is a compare plugin.
type Comparator interface {
	// Compare tells whether two result trees are the same for this kind of
	// work. Unavailable when their bytes are not at hand.
	Compare(ctx context.Context, now lilypad.Time, a, b lilypad.ContentID, params []lilypad.Param) (hostapi.Comparison, error)
}

// Order runs the job once more, as the owner of the case sees fit, and returns
// who does it. It does not wait: the result is added to the case later. It is
// called again with the same key after a crash and must not run twice.
type Order func(ctx context.Context, a hostapi.Action) (hostapi.Party, error)

// Runner asks a scheme until it waits or decides.
type Runner struct {
	Scheme     Scheme
	Comparator Comparator
	Order      Order
}

// Decision is the end of a case: what the scheme wants done about the deal,
// and the call that said so.
type Decision struct {
	Doubt         bool            // review: challenge the result
	Outcome       lilypad.Outcome // if not in doubt
	ConfidencePPM uint32
	Reason        uint16
	Arg0, Arg1    uint64
	Transcript    Transcript
}

// Transcript is a scheme's last call. Its input holds every fact of the case.
type Transcript struct {
	Input  []byte `json:"input"`
	Output []byte `json:"output"`
}

// Hash is what a signed verdict names: the Keccak-256 of the input.
func (t Transcript) Hash() lilypad.Hash { return lilypad.Keccak256(t.Input) }

// Case decodes the facts.
func (t Transcript) Case() (hostapi.Case, error) {
	in, err := hostapi.DecodeMediateInput(t.Input)
	if err != nil || len(in.Cases) != 1 {
		return hostapi.Case{}, lilypad.Errorf(lilypad.Invalid, "a transcript holds one case in the host API's form")
	}
	return in.Cases[0], nil
}

// Replay runs the scheme again on the transcript.
//
// # Errors
//
// Conflict when the output is not, byte for byte, the recorded one.
func (t Transcript) Replay(ctx context.Context, s Scheme) error {
	out, err := s.Replay(ctx, t.Input)
	if err != nil {
		return err
	}
	if !bytes.Equal(out, t.Output) {
		return lilypad.Errorf(lilypad.Conflict, "the replay answers %x, the record %x", out, t.Output)
	}
	return nil
}

// maxComparisons bounds the comparisons of one case.
const maxComparisons = 256

// MaxRounds bounds how often a scheme is asked without waiting: it may compare
// every pair of its results, and no more.
const MaxRounds = 256

// Advance asks the scheme and performs what it wants, until it waits for
// something outside (nil, nil) or decides. What happened is appended to
// c.Events: store c before anything else, also after an error.
func (r Runner) Advance(ctx context.Context, now lilypad.Time, c *hostapi.Case) (*Decision, error) {
	for range MaxRounds {
		c.Now = uint64(now)
		actions, input, output, err := r.Scheme.Decide(ctx, hostapi.MediateInput{Now: uint64(now), Cases: []hostapi.Case{*c}})
		if err != nil {
			return nil, err
		}
		d, news, err := r.Perform(ctx, now, c, actions)
		if err != nil {
			return nil, err
		}
		if d != nil {
			d.Transcript = Transcript{Input: input, Output: output}
			return d, nil
		}
		if !news {
			return nil, nil
		}
	}
	return nil, lilypad.Errorf(lilypad.Exhausted, "scheme asked for %d rounds without an end", MaxRounds)
}

// Perform does what a scheme wants done about the case, each key once. It
// returns the decision, without a transcript, or whether the scheme has
// something new to see and is to be asked again. Advance is it with one case;
// who asks about many at once calls it for each.
func (r Runner) Perform(ctx context.Context, now lilypad.Time, c *hostapi.Case, actions []hostapi.Action) (d *Decision, news bool, err error) {
	for _, a := range actions {
		switch a.Kind {
		case hostapi.ActionKindVerdict:
			return &Decision{Outcome: lilypad.Outcome(a.Outcome), ConfidencePPM: a.Confidence, Reason: a.Reason, Arg0: a.Arg0, Arg1: a.Arg1}, false, nil
		case hostapi.ActionKindDraw:
			return &Decision{Doubt: true, Reason: a.Reason, Arg0: a.Arg0, Arg1: a.Arg1}, false, nil
		case hostapi.ActionKindWait:
		default:
			did, err := r.perform(ctx, now, c, a)
			if err != nil {
				return nil, false, err
			}
			news = news || did
		}
	}
	return nil, news, nil
}

// perform does an action once per key. It tells whether the scheme has
// something new to see.
func (r Runner) perform(ctx context.Context, now lilypad.Time, c *hostapi.Case, a hostapi.Action) (bool, error) {
	for _, e := range c.Events {
		if e.Ordered != nil && e.Ordered.Key == a.Key {
			if e.Ordered.Kind != a.Kind {
				return false, lilypad.Errorf(lilypad.Invalid, "scheme used key %d for %s and for %s", a.Key, e.Ordered.Kind, a.Kind)
			}
			return false, nil
		}
	}
	if a.Kind == hostapi.ActionKindCompare {
		return true, r.compare(ctx, now, c, a)
	}
	if a.Kind == hostapi.ActionKindBisect {
		return true, bisect(now, c, a)
	}
	if Count(c, hostapi.ActionKindExecute) >= int(c.MaxRuns) {
		return false, lilypad.Errorf(lilypad.Exhausted, "scheme wants more than %d runs", c.MaxRuns)
	}
	party, err := r.Order(ctx, a)
	if err != nil {
		return false, fmt.Errorf("order a run: %w", err)
	}
	who := find(c, party)
	if who == hostapi.None {
		who = add(c, now, hostapi.Event{Party: &party})
	}
	add(c, now, hostapi.Event{Ordered: &hostapi.Ordered{Who: who, Re: hostapi.None, Key: a.Key, Kind: a.Kind}})
	return true, nil
}

func (r Runner) compare(ctx context.Context, now lilypad.Time, c *hostapi.Case, a hostapi.Action) error {
	if Count(c, hostapi.ActionKindCompare) >= maxComparisons {
		return lilypad.Errorf(lilypad.Exhausted, "scheme wants more than %d comparisons", maxComparisons)
	}
	x, y := resultAt(c, a.A), resultAt(c, a.B)
	if x == nil || y == nil {
		return lilypad.Errorf(lilypad.Invalid, "scheme compares events %d and %d: both must be results", a.A, a.B)
	}
	params := make([]lilypad.Param, len(c.Params))
	for i, p := range c.Params {
		params[i] = lilypad.Param{Key: p.Key, Value: p.Value}
	}
	got, err := r.Comparator.Compare(ctx, now, lilypad.ContentID(x.Content), lilypad.ContentID(y.Content), params)
	if err != nil {
		return err
	}
	re := add(c, now, hostapi.Event{Ordered: &hostapi.Ordered{Who: hostapi.None, Re: hostapi.None, Key: a.Key, Kind: a.Kind}})
	add(c, now, hostapi.Event{Compared: &hostapi.Compared{
		Who: hostapi.None, Re: re, A: a.A, B: a.B, Distance: got.Distance, Reason: got.Reason, Sameness: got.Sameness, Key: a.Key,
	}})
	return nil
}

// AddParty appends a party and returns its position.
func AddParty(c *hostapi.Case, now lilypad.Time, p hostapi.Party) uint32 {
	return add(c, now, hostapi.Event{Party: &p})
}

// AddResult appends the result of the order with that key, the deal's own
// if key is hostapi.None. One that is there is kept.
func AddResult(c *hostapi.Case, now lilypad.Time, key uint32, who uint32, res hostapi.Result) {
	res.Who, res.Re = who, orderOf(c, key)
	for _, e := range c.Events {
		if e.Result != nil && e.Result.Who == res.Who && e.Result.Re == res.Re {
			return
		}
	}
	add(c, now, hostapi.Event{Result: &res})
}

// AddMissing appends that the order with that key is not answered.
func AddMissing(c *hostapi.Case, now lilypad.Time, key uint32, who uint32, why hostapi.Absence) {
	re := orderOf(c, key)
	for _, e := range c.Events {
		if e.Missing != nil && e.Missing.Re == re || e.Result != nil && e.Result.Re == re || e.Segment != nil && e.Segment.Re == re {
			return
		}
	}
	add(c, now, hostapi.Event{Missing: &hostapi.Missing{Who: who, Re: re, Key: key, Why: why}})
}

// Open lists the orders of runs that have neither a result nor a reason why
// there is none.
func Open(c *hostapi.Case) []hostapi.Ordered {
	return open(c, hostapi.ActionKindExecute)
}

func open(c *hostapi.Case, kind hostapi.ActionKind) []hostapi.Ordered {
	answered := map[uint32]bool{}
	for _, e := range c.Events {
		switch {
		case e.Result != nil:
			answered[e.Result.Re] = true
		case e.Missing != nil:
			answered[e.Missing.Re] = true
		case e.Segment != nil:
			answered[e.Segment.Re] = true
		}
	}
	var orders []hostapi.Ordered
	for i, e := range c.Events {
		if e.Ordered != nil && e.Ordered.Kind == kind && !answered[uint32(i)] {
			orders = append(orders, *e.Ordered)
		}
	}
	return orders
}

// Count tells how many actions of a kind were performed.
func Count(c *hostapi.Case, kind hostapi.ActionKind) (n int) {
	for _, e := range c.Events {
		if e.Ordered != nil && e.Ordered.Kind == kind {
			n++
		}
	}
	return n
}

// add appends an event and returns its position. Block time never runs back
// inside a case.
func add(c *hostapi.Case, now lilypad.Time, e hostapi.Event) uint32 {
	at := uint64(now)
	if n := len(c.Events); n > 0 {
		at = max(at, timeOf(c.Events[n-1]))
	}
	pos := uint32(len(c.Events))
	switch {
	case e.Party != nil:
		e.Party.At, e.Party.Who, e.Party.Re = at, pos, hostapi.None
	case e.Ordered != nil:
		e.Ordered.At = at
	case e.Result != nil:
		e.Result.At = at
	case e.Compared != nil:
		e.Compared.At = at
	case e.Missing != nil:
		e.Missing.At = at
	case e.Commit != nil:
		e.Commit.At = at
	case e.Open != nil:
		e.Open.At = at
	case e.Segment != nil:
		e.Segment.At = at
	}
	c.Events = append(c.Events, e)
	return pos
}

func timeOf(e hostapi.Event) uint64 {
	switch {
	case e.Party != nil:
		return e.Party.At
	case e.Ordered != nil:
		return e.Ordered.At
	case e.Result != nil:
		return e.Result.At
	case e.Compared != nil:
		return e.Compared.At
	case e.Missing != nil:
		return e.Missing.At
	case e.Commit != nil:
		return e.Commit.At
	case e.Open != nil:
		return e.Open.At
	case e.Segment != nil:
		return e.Segment.At
	}
	return 0
}

func find(c *hostapi.Case, p hostapi.Party) uint32 {
	for i, e := range c.Events {
		if e.Party != nil && e.Party.Address == p.Address && e.Party.Standing == p.Standing {
			return uint32(i)
		}
	}
	return hostapi.None
}

func orderOf(c *hostapi.Case, key uint32) uint32 {
	for i, e := range c.Events {
		if e.Ordered != nil && e.Ordered.Key == key {
			return uint32(i)
		}
	}
	return hostapi.None
}

func resultAt(c *hostapi.Case, i uint32) *hostapi.Result {
	if int(i) >= len(c.Events) {
		return nil
	}
	return c.Events[i].Result
}
