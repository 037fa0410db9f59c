package plugintest

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"sync"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/admit"
	"github.com/lilypad-network/lilypad/sdk/go/allow"
	"github.com/lilypad-network/lilypad/sdk/go/host"
	"github.com/lilypad-network/lilypad/sdk/go/internal/guest"
	"github.com/lilypad-network/lilypad/sdk/go/match"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

const outputRoom = 1 << 20

// turn is held while a call has the one host there is.
var turn sync.Mutex

// New makes a hook with settings, as JSON, over the defaults of manifest.json
// in the test's folder. It does not check them by the manifest's schema.
func New[H any](t testing.TB, make func(guest.Settings) (H, error), settings string) H {
	t.Helper()
	h, err := Make(t, make, settings)
	if err != nil {
		t.Fatalf("settings %s: %v", settings, err)
	}
	return h
}

// Make is New for settings that may be refused.
func Make[H any](t testing.TB, make func(guest.Settings) (H, error), settings string) (H, error) {
	t.Helper()
	var manifest struct {
		Settings struct {
			Properties map[string]struct{ Default json.RawMessage }
		}
	}
	b, err := os.ReadFile("manifest.json")
	if err == nil {
		err = json.Unmarshal(b, &manifest)
	}
	if err != nil {
		t.Fatalf("manifest: %v", err)
	}
	all, given := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	for key, p := range manifest.Settings.Properties {
		if p.Default != nil {
			all[key] = p.Default
		}
	}
	if err := json.Unmarshal([]byte(settings), &given); err != nil {
		t.Fatalf("settings: %v", err)
	}
	maps.Copy(all, given)
	return make(guest.ReadSettings(flat(t, all)))
}

func flat(t testing.TB, settings map[string]json.RawMessage) []byte {
	t.Helper()
	b, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	leaves, err := Flatten(b)
	if err != nil {
		t.Fatal(err)
	}
	item, err := leaves.Append(nil, Minor)
	if err != nil {
		t.Fatal(err)
	}
	return item
}

// Match calls a match hook.
func Match(t testing.TB, h match.Hook, in MatchInput) []Score {
	t.Helper()
	call := func(in MatchInput) []Score {
		return answer(t, &fakeHost{t: t}, in.Append, func(in, out []byte) int32 { return match.Run(h, in, out) }, DecodeScores)
	}
	return alike(t, call(in), func(i int) []Score {
		one := in
		one.Offers = in.Offers[i : i+1]
		return call(one)
	})
}

// Admit calls an admit hook.
func Admit(t testing.TB, h admit.Hook, in AdmitInput) []Admission {
	t.Helper()
	call := func(in AdmitInput) []Admission {
		return answer(t, &fakeHost{t: t}, in.Append, func(in, out []byte) int32 { return admit.Run(h, in, out) }, DecodeAdmissions)
	}
	return alike(t, call(in), func(i int) []Admission {
		one := in
		one.Requests = in.Requests[i : i+1]
		return call(one)
	})
}

// Allow calls an allow hook.
func Allow(t testing.TB, h allow.Hook, modules ...Module) []Ruling {
	t.Helper()
	call := func(modules []Module) []Ruling {
		in := AllowInput{Modules: modules}
		return answer(t, &fakeHost{t: t}, in.Append, func(in, out []byte) int32 { return allow.Run(h, in, out) }, DecodeRulings)
	}
	return alike(t, call(modules), func(i int) []Ruling { return call(modules[i : i+1]) })
}

// Mediate asks a scheme about one case.
func Mediate(t testing.TB, h mediate.Hook, c Case) []Action {
	t.Helper()
	in := MediateInput{Now: c.Now, Cases: []Case{c}}
	return answer(t, &fakeHost{t: t}, in.Append, func(in, out []byte) int32 { return mediate.Run(h, in, out) }, DecodeActions)
}

func answer[T any](t testing.TB, fake *fakeHost, write func([]byte, uint16) ([]byte, error), run func(in, out []byte) int32, read func([]byte) ([]T, error)) []T {
	t.Helper()
	in, err := write(nil, Minor)
	if err != nil {
		t.Fatal(err)
	}
	turn.Lock()
	defer turn.Unlock()
	host.Use(fake)
	defer host.Use(nil)
	out := make([]byte, outputRoom)
	n := run(in, out)
	if n < 0 {
		t.Fatalf("the plugin returned status %d: %s", n, out[4:4+min(1<<10, int(out[0])|int(out[1])<<8)])
	}
	list, err := read(out[:n])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// alike fails when an item alone is answered otherwise than in the batch.
func alike[T any](t testing.TB, all []T, alone func(i int) []T) []T {
	t.Helper()
	for i := range all {
		if one := alone(i); len(one) != 1 || !reflect.DeepEqual(one[0], all[i]) {
			t.Errorf("item %d is answered %+v in the batch and %+v alone", i, all[i], one)
		}
	}
	return all
}
