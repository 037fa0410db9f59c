package hostapi_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/hostapi"
)

func item(t *testing.T, r interface {
	Append([]byte, uint16) ([]byte, error)
},
) []byte {
	t.Helper()
	b, err := r.Append(nil, hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A batch of stored items is the batch that was encoded at once.
func TestAppendMessage_splices(t *testing.T) {
	in := hostapi.MatchInput{
		Now: 7, Job: hostapi.Job{Engine: hostapi.EngineWasm, Labels: []hostapi.Label{{Key: "k", Value: "v"}}},
		Offers: []hostapi.Offer{{GPUModel: hostapi.Some("a")}, {Region: hostapi.Some("")}, {Price: 3}},
	}
	want, err := in.Append([]byte("before"), hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	job := item(t, &in.Job)
	var items [][]byte
	size := 0
	for i := range in.Offers {
		items = append(items, item(t, &in.Offers[i]))
		size += len(items[i])
	}
	got, err := hostapi.AppendMessage([]byte("before"), hostapi.Header{Hook: hostapi.HookMatch, Minor: hostapi.Minor, Now: 7}, job, items...)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("spliced and encoded messages differ")
	}
	if n := len("before") + hostapi.MessageSize(len(job), len(items), size); n != len(got) {
		t.Errorf("MessageSize says %d, the message has %d bytes", n, len(got))
	}
	back, err := hostapi.DecodeMatchInput(got[len("before"):])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in, back); diff != "" {
		t.Error(diff)
	}
}

func TestAppendMessage_refuses(t *testing.T) {
	good := item(t, &hostapi.Offer{})
	for name, items := range map[string][][]byte{
		"a cut item":       {good[:len(good)-8]},
		"no item":          {nil},
		"more than 16 MiB": nil,
	} {
		if name == "more than 16 MiB" {
			for range hostapi.MaxMessage/len(good) + 1 {
				items = append(items, good)
			}
		}
		if _, err := hostapi.AppendMessage(nil, hostapi.Header{}, nil, items...); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestPatch(t *testing.T) {
	stored := item(t, &hostapi.Offer{Price: 5, GPUModel: hostapi.Some("h100")})
	hostapi.PatchOfferPairOk(stored, 1)
	hostapi.PatchOfferPairBad(stored, 2)
	hostapi.PatchOfferLoad(stored, 3)
	hostapi.PatchOfferModuleHere(stored, true)
	hostapi.PatchOfferModuleHere(stored, false)
	got, err := hostapi.DecodeOffer(stored)
	if err != nil {
		t.Fatal(err)
	}
	want := hostapi.Offer{Price: 5, GPUModel: hostapi.Some("h100"), PairOk: 1, PairBad: 2, Load: 3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAppend_refuses(t *testing.T) {
	for name, r := range map[string]interface {
		Append([]byte, uint16) ([]byte, error)
	}{
		"an unset enum":       &hostapi.Job{},
		"an enum too large":   &hostapi.Job{Engine: 9},
		"text of other bytes": &hostapi.Job{Engine: hostapi.EngineWasm, ModuleName: "\xff"},
		"a list too long":     &hostapi.Offer{Labels: make([]hostapi.Label, 1<<16)},
		"an event of no kind": &hostapi.Case{Phase: hostapi.PhaseReview, Events: make([]hostapi.Event, 1)},
		"an event that is wrong": &hostapi.Case{Phase: hostapi.PhaseReview, Events: []hostapi.Event{
			{Party: &hostapi.Party{}},
		}},
	} {
		if _, err := r.Append(nil, hostapi.Minor); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}

// An item whose parts lie over one another must not become more than it is.
func TestDecode_overlappingParts(t *testing.T) {
	labels := make([]hostapi.Label, 1000)
	for i := range labels {
		labels[i].Key = "k"
	}
	labels[0].Key = strings.Repeat("x", 1<<16)
	b := item(t, &hostapi.Offer{Labels: labels})
	le := binary.LittleEndian
	list := le.Uint32(b[232:])
	for i := range uint32(1000) {
		copy(b[list+16*i:], b[list:list+8]) // every key is the long one
	}
	if _, err := hostapi.DecodeOffer(b); err == nil || !strings.Contains(err.Error(), "overlap") {
		t.Errorf("error %v", err)
	}

	message, err := hostapi.AppendMessage(nil, hostapi.Header{}, nil, item(t, &hostapi.Offer{}), item(t, &hostapi.Offer{}))
	if err != nil {
		t.Fatal(err)
	}
	copy(message[36:], message[32:36])
	if _, _, _, err := hostapi.SplitMessage(message); err != nil {
		t.Errorf("an item named twice: %v", err)
	}
	message, err = hostapi.AppendMessage(nil, hostapi.Header{}, nil, item(t, &hostapi.Offer{GPUModel: hostapi.Some(strings.Repeat("x", 1000))}))
	if err != nil {
		t.Fatal(err)
	}
	table := uint32(len(message))
	for range 100 {
		message = le.AppendUint32(message, le.Uint32(message[32:]))
	}
	le.PutUint32(message[8:], uint32(len(message)))
	le.PutUint32(message[12:], 100)
	le.PutUint32(message[16:], table)
	if _, _, _, err := hostapi.SplitMessage(message); err == nil || !strings.Contains(err.Error(), "overlap") {
		t.Errorf("one item a hundred times: %v", err)
	}
}

func TestErrorText(t *testing.T) {
	le := binary.LittleEndian
	text := func(n uint32, s string) []byte { return append(le.AppendUint32(nil, n), s...) }
	for name, tt := range map[string]struct {
		out  []byte
		want string
	}{
		"text":         {text(3, "bad..."), "bad"},
		"none":         {text(0, ""), ""},
		"no room":      {[]byte{1, 0}, ""},
		"beyond":       {text(9, "bad"), ""},
		"other bytes":  {text(1, "\xff"), ""},
		"all there is": {text(1024, strings.Repeat("x", 1024)), strings.Repeat("x", 1024)},
		"too long":     {text(1025, strings.Repeat("x", 1025)), ""},
	} {
		if got := hostapi.ErrorText(tt.out); got != tt.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestHook(t *testing.T) {
	for _, h := range hostapi.Hooks {
		if got, err := hostapi.ParseHook(h.String()); err != nil || got != h {
			t.Errorf("%s: %v, %v", h, got, err)
		}
	}
	if _, err := hostapi.ParseHook("watch"); err == nil {
		t.Error("there is a hook watch")
	}
	if got := hostapi.HookMediate.Export(); got != "lilypad_mediate_1" {
		t.Error(got)
	}
}

// An older minor version is written as it was, and what it does not have is
// not written at all.
func TestCase_Append_older(t *testing.T) {
	ordered := hostapi.Event{Ordered: &hostapi.Ordered{Kind: hostapi.ActionKindExecute}}
	c := hostapi.Case{Phase: hostapi.PhaseReview, Events: []hostapi.Event{ordered}}
	old, err := c.Append(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if now, err := c.Append(nil, hostapi.Minor); err != nil || !bytes.Equal(old, now) {
		t.Errorf("a case of 1.0 is written otherwise: %v", err)
	}
	for name, e := range map[string]hostapi.Event{
		"a kind of item": {Segment: &hostapi.Segment{}},
		"a value":        {Ordered: &hostapi.Ordered{Kind: hostapi.ActionKindBisect}},
	} {
		c.Events[0] = e
		if _, err := c.Append(nil, 0); err == nil {
			t.Errorf("%s of 1.1 is written as 1.0", name)
		}
		b, err := c.Append(nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		got, err := hostapi.DecodeCase(b)
		if diff := cmp.Diff(c, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}

// A message is written for each version as if it had been made for it, and not
// for one that cannot say what it says.
func TestRewrite(t *testing.T) {
	for name, in := range map[string]interface {
		Append([]byte, uint16) ([]byte, error)
	}{
		"match":   &hostapi.MatchInput{Now: 1, Job: hostapi.Job{Engine: hostapi.EngineWasm}, Offers: []hostapi.Offer{{Price: 3}}},
		"admit":   &hostapi.AdmitInput{Now: 2, Node: hostapi.Node{Weekday: 1}, Requests: []hostapi.Request{{Engine: hostapi.EngineDocker}}},
		"allow":   &hostapi.AllowInput{Now: 3, Modules: []hostapi.Module{{Engine: hostapi.EngineWasm, Role: hostapi.RoleSolver, Listing: hostapi.ListingListed}}},
		"mediate": &hostapi.MediateInput{Now: 4, Cases: []hostapi.Case{{Phase: hostapi.PhaseReview}}},
		"compare": &hostapi.CompareInput{Now: 5, Pairs: []hostapi.Pair{{Engine: hostapi.EngineWasm}}},
	} {
		for from := range uint16(hostapi.Minor + 1) {
			for to := range uint16(hostapi.Minor + 1) {
				given, e1 := in.Append(nil, from)
				want, e2 := in.Append(nil, to)
				got, e3 := hostapi.Rewrite(given, to)
				if err := errors.Join(e1, e2, e3); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s of minor %d for %d: %x, want %x (%v)", name, from, to, got, want, err)
				}
			}
		}
	}
	newer := hostapi.MediateInput{Cases: []hostapi.Case{{Phase: hostapi.PhaseReview, Events: []hostapi.Event{{Segment: &hostapi.Segment{}}}}}}
	b, err := newer.Append(nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hostapi.Rewrite(b, 0); err == nil {
		t.Error("1.0 has no word for a segment")
	}
	if _, err := hostapi.Rewrite([]byte("moo"), 0); err == nil {
		t.Error("a moo is no message")
	}
}
