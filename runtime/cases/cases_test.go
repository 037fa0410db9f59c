package cases_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// fakeScheme decides by a function of the case, which makes it pure.
type fakeScheme func(c hostapi.Case) []hostapi.Action

func (f fakeScheme) Decide(ctx context.Context, in hostapi.MediateInput) ([]hostapi.Action, []byte, []byte, error) {
	input := encode(in)
	output, err := f.Replay(ctx, input)
	return f(in.Cases[0]), input, output, err
}

func (f fakeScheme) Replay(_ context.Context, input []byte) ([]byte, error) {
	in, err := hostapi.DecodeMediateInput(input)
	if err != nil {
		return nil, err
	}
	return json.Marshal(f(in.Cases[0]))
}

// fakeComparator finds everything equal and counts.
type fakeComparator struct {
	calls int
	err   error
}

func (f *fakeComparator) Compare(context.Context, lilypad.Time, lilypad.ContentID, lilypad.ContentID, []lilypad.Param) (hostapi.Comparison, error) {
	f.calls++
	return hostapi.Comparison{Sameness: hostapi.SamenessEqual}, f.err
}

func execute(key uint32) hostapi.Action {
	return hostapi.Action{Kind: hostapi.ActionKindExecute, Key: key}
}

func compare(key, a, b uint32) hostapi.Action {
	return hostapi.Action{Kind: hostapi.ActionKindCompare, Key: key, A: a, B: b}
}

func verdict(o hostapi.Outcome) hostapi.Action {
	return hostapi.Action{Kind: hostapi.ActionKindVerdict, Outcome: o, Confidence: 7, Reason: 8, Arg0: 9, Arg1: 10}
}

var wait = hostapi.Action{Kind: hostapi.ActionKindWait}

// claimed is a case with a provider and its result, events 0 and 1.
func claimed() *hostapi.Case {
	c := &hostapi.Case{Phase: hostapi.PhaseReview, MaxRuns: 3}
	who := cases.AddParty(c, 100, hostapi.Party{Address: hostapi.Bytes20{1}, Standing: hostapi.StandingProvider})
	cases.AddResult(c, 100, hostapi.None, who, result(1))
	return c
}

func result(content byte) hostapi.Result {
	return hostapi.Result{Content: hostapi.Bytes32{content}, Status: hostapi.RunStatusSucceeded}
}

func encode(in hostapi.MediateInput) []byte {
	b, err := in.Append(nil, hostapi.Minor)
	if err != nil {
		panic(err) // the tests' own cases fit the wire
	}
	return b
}

type orders struct{ keys []uint32 }

func (o *orders) order(_ context.Context, a hostapi.Action) (hostapi.Party, error) {
	o.keys = append(o.keys, a.Key)
	return hostapi.Party{Address: hostapi.Bytes20{9}, Standing: hostapi.StandingReplica}, nil
}

func TestRunner_Advance_performsEachKeyOnce(t *testing.T) {
	var o orders
	comparator := &fakeComparator{}
	scheme := fakeScheme(func(c hostapi.Case) []hostapi.Action {
		return []hostapi.Action{execute(1), execute(2), compare(3, 1, 1)}
	})
	c, runner := claimed(), cases.Runner{Scheme: scheme, Comparator: comparator, Order: o.order}
	for range 5 {
		d, err := runner.Advance(t.Context(), 200, c)
		if d != nil || err != nil {
			t.Fatal(d, err)
		}
	}
	if diff := cmp.Diff([]uint32{1, 2}, o.keys); diff != "" || comparator.calls != 1 {
		t.Errorf("%d comparisons, runs\n%s", comparator.calls, diff)
	}
	if got := cases.Count(c, hostapi.ActionKindExecute); got != 2 || len(cases.Open(c)) != 2 {
		t.Errorf("%d runs ordered, %d open", got, len(cases.Open(c)))
	}
	parties := 0
	for _, e := range c.Events {
		if e.Party != nil {
			parties++
		}
	}
	if parties != 2 {
		t.Errorf("%d parties, want the provider and one replica, told once", parties)
	}
}

func TestRunner_Advance_decides(t *testing.T) {
	for name, c := range map[string]struct {
		actions []hostapi.Action
		want    *cases.Decision
	}{
		"verdict":   {[]hostapi.Action{verdict(hostapi.OutcomeFraud)}, &cases.Decision{Outcome: lilypad.OutcomeFraud, ConfidencePPM: 7, Reason: 8, Arg0: 9, Arg1: 10}},
		"doubt":     {[]hostapi.Action{{Kind: hostapi.ActionKindDraw, Reason: 3}}, &cases.Decision{Doubt: true, Reason: 3}},
		"first one": {[]hostapi.Action{wait, verdict(hostapi.OutcomeUpheld), verdict(hostapi.OutcomeFraud)}, &cases.Decision{Outcome: lilypad.OutcomeUpheld, ConfidencePPM: 7, Reason: 8, Arg0: 9, Arg1: 10}},
		"wait":      {[]hostapi.Action{wait}, nil},
		"nothing":   {nil, nil},
	} {
		scheme := fakeScheme(func(hostapi.Case) []hostapi.Action { return c.actions })
		got, err := cases.Runner{Scheme: scheme}.Advance(t.Context(), 200, claimed())
		if err != nil {
			t.Fatal(err)
		}
		if got != nil {
			if err := got.Transcript.Replay(t.Context(), scheme); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			facts, err := got.Transcript.Case()
			if err != nil || len(facts.Events) != 2 || facts.Now != 200 {
				t.Errorf("%s: transcript %+v, %v", name, facts, err)
			}
			if want := lilypad.Keccak256(got.Transcript.Input); got.Transcript.Hash() != want {
				t.Errorf("%s: hash %s, want %s", name, got.Transcript.Hash(), want)
			}
			got.Transcript = cases.Transcript{}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestRunner_Advance_boundsTheScheme(t *testing.T) {
	next := uint32(0)
	fresh := func() uint32 { next++; return next }
	for name, c := range map[string]struct {
		scheme fakeScheme
		want   lilypad.Code
	}{
		"runs without end": {func(hostapi.Case) []hostapi.Action { return []hostapi.Action{execute(fresh())} }, lilypad.Exhausted},
		"comparisons without end": {func(hostapi.Case) []hostapi.Action {
			return []hostapi.Action{compare(fresh(), 1, 1), compare(fresh(), 1, 1)}
		}, lilypad.Exhausted},
		"rounds without end":   {func(hostapi.Case) []hostapi.Action { return []hostapi.Action{compare(fresh(), 1, 1)} }, lilypad.Exhausted},
		"a key for two things": {func(hostapi.Case) []hostapi.Action { return []hostapi.Action{execute(1), compare(1, 1, 1)} }, lilypad.Invalid},
		"compares a party":     {func(hostapi.Case) []hostapi.Action { return []hostapi.Action{compare(1, 0, 1)} }, lilypad.Invalid},
		"compares nothing":     {func(hostapi.Case) []hostapi.Action { return []hostapi.Action{compare(1, 1, hostapi.None)} }, lilypad.Invalid},
	} {
		var o orders
		comparator := &fakeComparator{}
		got := claimed()
		d, err := cases.Runner{Scheme: c.scheme, Comparator: comparator, Order: o.order}.Advance(t.Context(), 200, got)
		if d != nil || err == nil || lilypad.CodeOf(err) != c.want {
			t.Errorf("%s: %v, %v, want %s", name, d, err, c.want)
		}
		if len(o.keys) > int(got.MaxRuns) || comparator.calls > 256 {
			t.Errorf("%s: %d runs and %d comparisons were made", name, len(o.keys), comparator.calls)
		}
	}
}

// An error leaves what was done in the case, so that it is not done again.
func TestRunner_Advance_resumesAfterAnError(t *testing.T) {
	var o orders
	comparator := &fakeComparator{err: lilypad.Errorf(lilypad.Unavailable, "the bytes are not here")}
	scheme := fakeScheme(func(c hostapi.Case) []hostapi.Action {
		if cases.Count(&c, hostapi.ActionKindCompare) > 0 {
			return []hostapi.Action{verdict(hostapi.OutcomeUpheld)}
		}
		return []hostapi.Action{execute(1), compare(2, 1, 1)}
	})
	c, runner := claimed(), cases.Runner{Scheme: scheme, Comparator: comparator, Order: o.order}
	if _, err := runner.Advance(t.Context(), 200, c); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Fatal(err)
	}
	comparator.err = nil
	d, err := runner.Advance(t.Context(), 201, c)
	if err != nil || d == nil || d.Outcome != lilypad.OutcomeUpheld {
		t.Errorf("%+v, %v", d, err)
	}
	if len(o.keys) != 1 {
		t.Errorf("the run was ordered %d times", len(o.keys))
	}
	refused := errors.New("no operator")
	runner.Order = func(context.Context, hostapi.Action) (hostapi.Party, error) { return hostapi.Party{}, refused }
	if _, err := runner.Advance(t.Context(), 200, claimed()); !errors.Is(err, refused) {
		t.Errorf("%v, want the order's own error", err)
	}
}

func TestAddResult_keepsTheFirst(t *testing.T) {
	var o orders
	c := claimed()
	runner := cases.Runner{Scheme: fakeScheme(func(hostapi.Case) []hostapi.Action { return []hostapi.Action{execute(4), execute(5)} }), Order: o.order}
	if _, err := runner.Advance(t.Context(), 200, c); err != nil {
		t.Fatal(err)
	}
	open := cases.Open(c)
	n := len(c.Events)
	for _, content := range []byte{2, 3} {
		cases.AddResult(c, 210, 4, open[0].Who, result(content))
	}
	for range 2 {
		cases.AddMissing(c, 220, 5, open[1].Who, hostapi.AbsenceLate)
	}
	cases.AddMissing(c, 230, 4, open[0].Who, hostapi.AbsenceLate) // it is answered
	if len(c.Events) != n+2 || len(cases.Open(c)) != 0 {
		t.Fatalf("%d events were added, %d orders are open", len(c.Events)-n, len(cases.Open(c)))
	}
	if got := c.Events[n].Result; got == nil || got.Content != (hostapi.Bytes32{2}) || c.Events[got.Re].Ordered.Key != 4 {
		t.Errorf("result %+v is not the first of order 4", got)
	}
	if got := c.Events[n+1].Missing; got == nil || got.Key != 5 || c.Events[got.Re].Ordered.Key != 5 {
		t.Errorf("missing %+v is not of order 5", got)
	}
}

func TestCase_timeNeverRunsBack(t *testing.T) {
	c := claimed()
	cases.AddParty(c, 500, hostapi.Party{Address: hostapi.Bytes20{2}, Standing: hostapi.StandingReplica})
	cases.AddResult(c, 50, hostapi.None, 2, result(2))
	cases.AddMissing(c, 499, 77, 2, hostapi.AbsenceFault)
	in := hostapi.MediateInput{Now: 500, Cases: []hostapi.Case{*c}}
	back, err := hostapi.DecodeMediateInput(encode(in))
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range back.Cases[0].Events[2:] {
		var at uint64
		switch {
		case e.Party != nil:
			at = e.Party.At
		case e.Result != nil:
			at = e.Result.At
		case e.Missing != nil:
			at = e.Missing.At
		}
		if at != 500 {
			t.Errorf("event %d at %d, want 500", i+2, at)
		}
	}
}

func TestTranscript_Replay_refusesDamage(t *testing.T) {
	scheme := fakeScheme(func(c hostapi.Case) []hostapi.Action {
		return []hostapi.Action{verdict(hostapi.Outcome(1 + c.Price%4))}
	})
	d, err := cases.Runner{Scheme: scheme}.Advance(t.Context(), 200, claimed())
	if err != nil {
		t.Fatal(err)
	}
	good := d.Transcript
	forged := good
	forged.Output = bytes.Replace(good.Output, []byte("upheld"), []byte("refund"), 1)
	if err := forged.Replay(t.Context(), scheme); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("forged output: %v, want conflict", err)
	}
	for i := range good.Input {
		cut := cases.Transcript{Input: good.Input[:i]}
		if _, err := cut.Case(); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Fatalf("cut at %d: %v, want invalid", i, err)
		}
	}
	two := hostapi.MediateInput{Cases: []hostapi.Case{*claimed(), *claimed()}}
	if _, err := (cases.Transcript{Input: encode(two)}).Case(); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("two cases: %v", err)
	}
}

func TestReadFile(t *testing.T) {
	store := memory.New()
	put := func(name string, b []byte) lilypad.ContentID {
		id, _, err := storage.PutFiles(t.Context(), store, []storage.Entry{storage.Bytes(name, b)})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	want := cases.File{Job: lilypad.JobID{1}, Deal: lilypad.DealID{2}, By: lilypad.Address{3}, Scheme: lilypad.PluginID{4}, Transcript: cases.Transcript{Input: []byte{0, 255}, Output: []byte("x")}}
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := cases.ReadFile(t.Context(), store, put(cases.FileName, b))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct {
		id   lilypad.ContentID
		want lilypad.Code
	}{
		"not there":    {lilypad.ContentID{1}, lilypad.NotFound},
		"another file": {put("other.json", b), lilypad.NotFound},
		"no JSON":      {put(cases.FileName, []byte("{")), lilypad.Invalid},
		"too large":    {put(cases.FileName, append(b, bytes.Repeat([]byte(" "), 8<<20)...)), lilypad.Invalid},
	} {
		if _, err := cases.ReadFile(t.Context(), store, c.id); lilypad.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// FuzzFile: a stored transcript is another party's bytes.
func FuzzFile(f *testing.F) {
	in := hostapi.MediateInput{Now: 1, Cases: []hostapi.Case{*claimed()}}
	seed, _ := json.Marshal(cases.File{Transcript: cases.Transcript{Input: encode(in)}})
	f.Add(seed)
	f.Add([]byte(`{"transcript":{"input":"AAAA"}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		store := memory.New()
		id, _, err := storage.PutFiles(t.Context(), store, []storage.Entry{storage.Bytes(cases.FileName, b)})
		if err != nil {
			t.Skip()
		}
		file, err := cases.ReadFile(t.Context(), store, id)
		if err != nil {
			return
		}
		if _, err := file.Transcript.Case(); err != nil && lilypad.CodeOf(err) != lilypad.Invalid {
			t.Error(err)
		}
	})
}

// FuzzTranscript: what decodes as a case can be worked on without a panic.
func FuzzTranscript(f *testing.F) {
	in := hostapi.MediateInput{Now: 1, Cases: []hostapi.Case{*claimed()}}
	f.Add(encode(in))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := cases.Transcript{Input: b}.Case()
		if err != nil {
			return
		}
		cases.AddResult(&c, 1, 0, 0, result(1))
		cases.AddMissing(&c, 1, 0, 0, hostapi.AbsenceLate)
		cases.AddCommit(&c, 1, 0, 0, hostapi.Commit{})
		cases.AddOpen(&c, 1, 0, 0, hostapi.Open{})
		cases.AddSegment(&c, 1, 0, 0, hostapi.Segment{})
		_, _ = cases.Open(&c), cases.Disputes(&c)
	})
}
