package vary_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/author/vary"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

var independent = []hostapi.Hook{hostapi.HookMatch, hostapi.HookAdmit, hostapi.HookAllow}

func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

type message interface {
	Append(dst []byte, minor uint16) ([]byte, error)
}

// What is made is a message of the host API, the same from the same seed.
func TestInputs_areMessages(t *testing.T) {
	for _, h := range independent {
		t.Run(h.String(), func(t *testing.T) {
			inputs := vary.Inputs(source(1), h, 1000)
			items := 0
			for _, in := range inputs {
				items += vary.Items(reflect.ValueOf(in).Elem()).Len()
				if _, err := in.(message).Append(nil, hostapi.Minor); err != nil {
					t.Error(err)
				}
			}
			if items < 1000 {
				t.Errorf("%d items", items)
			}
			if !reflect.DeepEqual(inputs, vary.Inputs(source(1), h, 1000)) {
				t.Error("the same seed makes something else")
			}
			if reflect.DeepEqual(inputs, vary.Inputs(source(2), h, 1000)) {
				t.Error("another seed makes the same")
			}
		})
	}
}

// Every field of an item and of what items share is zero in one input, and is
// not in another.
func TestInputs_reachBothEndsOfEveryField(t *testing.T) {
	for _, h := range independent {
		zero, full := map[string]bool{}, map[string]bool{}
		see := func(v reflect.Value) {
			for i := range v.NumField() {
				name := v.Type().Name() + "." + v.Type().Field(i).Name
				f := v.Field(i)
				if f.Kind() == reflect.Slice {
					zero[name], full[name] = zero[name] || f.Len() == 0, full[name] || f.Len() > 3
					continue
				}
				if f.Kind() == reflect.Uint8 && f.Uint() == 1 { // an enum has no zero
					zero[name] = true
				}
				zero[name], full[name] = zero[name] || f.IsZero(), full[name] || !f.IsZero()
			}
		}
		for _, in := range vary.Inputs(source(1), h, 0) {
			v := reflect.ValueOf(in).Elem()
			for i := range v.NumField() {
				if f := v.Field(i); f.Kind() == reflect.Struct {
					see(f)
				}
			}
			for i := range vary.Items(v).Len() {
				see(vary.Items(v).Index(i))
			}
		}
		if len(zero) < 15 {
			t.Errorf("%s: saw %d fields", h, len(zero))
		}
		for name := range zero {
			if !zero[name] || !full[name] {
				t.Errorf("%s: %s is empty %v, full %v", h, name, zero[name], full[name])
			}
		}
	}
}

func TestPairs_differ(t *testing.T) {
	store := memory.New()
	pairs, err := vary.Pairs(t.Context(), source(1), store, []string{"tolerance"}, 100)
	if err != nil {
		t.Fatal(err)
	}
	params := 0
	for i, p := range pairs {
		if p.ARoot == p.BRoot {
			t.Errorf("pair %d has two equal trees", i)
		}
		params += len(p.Params)
		for _, root := range []hostapi.Bytes32{p.ARoot, p.BRoot} {
			if ok, err := store.Has(t.Context(), lilypad.Hash(root)); !ok || err != nil {
				t.Errorf("pair %d: its tree is not stored: %v", i, err)
			}
		}
	}
	if len(pairs) < 100 || params == 0 || params == len(pairs) {
		t.Errorf("%d pairs with %d parameters", len(pairs), params)
	}
}

// A scheme that takes each claim after a run sees every kind of event that a
// host adds, in transcripts that are messages.
func TestPlay(t *testing.T) {
	scheme := func(_ context.Context, _ lilypad.Time, list []hostapi.Case) ([][]hostapi.Action, error) {
		c := list[0]
		runs, results := 0, 0
		for _, e := range c.Events {
			if e.Ordered != nil && e.Ordered.Kind == hostapi.ActionKindExecute {
				runs++
			}
			if e.Result != nil || e.Missing != nil {
				results++
			}
		}
		switch {
		case c.Now >= c.Deadline || results > 3:
			return [][]hostapi.Action{{{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeRefund, Key: 1}}}, nil
		case runs < 3 && runs < int(c.MaxRuns):
			return [][]hostapi.Action{{{Kind: hostapi.ActionKindExecute, Key: uint32(10 + runs), Until: c.Deadline}}}, nil
		}
		return [][]hostapi.Action{{{Kind: hostapi.ActionKindWait, Key: 2, Until: c.Deadline}}}, nil
	}
	both := []hostapi.Phase{hostapi.PhaseReview, hostapi.PhaseMediation}
	seen, err := vary.Play(t.Context(), source(1), both, []string{"agree"}, 300, scheme)
	if err != nil || len(seen) < 300 {
		t.Fatalf("%d cases, %v", len(seen), err)
	}
	kinds := map[string]int{}
	for _, c := range seen {
		in := hostapi.MediateInput{Now: c.Now, Cases: []hostapi.Case{c}}
		if _, err := in.Append(nil, hostapi.Minor); err != nil {
			t.Error(err)
		}
		kinds[c.Phase.String()]++
		for _, e := range c.Events {
			v := reflect.ValueOf(e)
			for i := range v.NumField() {
				if !v.Field(i).IsNil() {
					kinds[v.Type().Field(i).Name]++
				}
			}
			if r := e.Result; r != nil && (int(r.Who) >= len(c.Events) || c.Events[r.Who].Party == nil) {
				t.Errorf("a result of nobody: %+v", *r)
			}
		}
	}
	for _, kind := range []string{"review", "mediation", "Party", "Ordered", "Result", "Missing"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s among %v", kind, kinds)
		}
	}
	again, err := vary.Play(t.Context(), source(1), both, []string{"agree"}, 300, scheme)
	if err != nil || !reflect.DeepEqual(seen, again) {
		t.Errorf("the same seed plays otherwise: %v", err)
	}
}

func TestPlay_refusesToWaitForEver(t *testing.T) {
	scheme := func(_ context.Context, _ lilypad.Time, list []hostapi.Case) ([][]hostapi.Action, error) {
		return [][]hostapi.Action{{{Kind: hostapi.ActionKindWait, Key: 2, Until: list[0].Deadline}}}, nil
	}
	review := []hostapi.Phase{hostapi.PhaseReview}
	if seen, err := vary.Play(t.Context(), source(1), review, nil, 10, scheme); lilypad.CodeOf(err) != lilypad.Invalid || len(seen) == 0 {
		t.Errorf("%d cases, %v", len(seen), err)
	}
	broken := errors.New("broken")
	fails := func(context.Context, lilypad.Time, []hostapi.Case) ([][]hostapi.Action, error) { return nil, broken }
	if seen, err := vary.Play(t.Context(), source(1), review, nil, 10, fails); !errors.Is(err, broken) || len(seen) != 1 {
		t.Errorf("%d cases, %v", len(seen), err)
	}
}
