package pluginstore_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/signing"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

func TestStore_Install(t *testing.T) {
	key, stranger := newKey(t), newKey(t)
	plain := newPackage(t)
	for name, tt := range map[string]struct {
		pkg      pluginstore.Package
		unsigned bool
		rule     pluginstore.Rule
	}{
		"signed":                          {sign(t, plain, key), false, ""},
		"signed, also by a stranger":      {sign(t, plain, stranger, key), false, ""},
		"unsigned":                        {plain, false, pluginstore.RuleUnsigned},
		"unsigned, on purpose":            {plain, true, ""},
		"of a stranger":                   {sign(t, plain, stranger), false, pluginstore.RuleKey},
		"of a stranger, on purpose":       {sign(t, plain, stranger), true, ""},
		"forged, on purpose":              {forge(t, sign(t, plain, stranger), stranger, key), true, pluginstore.RuleSignature},
		"forged beside a good one, on it": {forge(t, sign(t, plain, stranger, newKey(t)), stranger, key), true, pluginstore.RuleSignature},
	} {
		t.Run(name, func(t *testing.T) {
			s := pluginstore.New(filepath.Join(t.TempDir(), "plugins"))
			if err := s.AddKey(t.Context(), pluginstore.TrustedKey{Key: key.PublicKey, Name: "alice"}); err != nil {
				t.Fatal(err)
			}
			err := s.Install(t.Context(), tt.pkg, "here", tt.unsigned)
			if rule(err) != tt.rule || (err == nil) != (tt.rule == "") {
				t.Fatalf("%v; want rule %q", err, tt.rule)
			}
			list, listErr := s.Installed(t.Context())
			if listErr != nil || (len(list) == 1) != (err == nil) {
				t.Fatalf("installed %+v, %v", list, listErr)
			}
			_, err = s.Trusted(t.Context(), plain.ID)
			if (err == nil) != (tt.rule == "") {
				t.Errorf("may it be run: %v", err)
			}
			if len(list) == 1 && (list[0].Origin != "here" || list[0].Untrusted != nil || list[0].Unsigned != tt.unsigned) {
				t.Errorf("listed as %+v", list[0])
			}
		})
	}
}

// forge says that a signature of one key is another's.
func forge(t *testing.T, p pluginstore.Package, of, as signing.PrivateKey) pluginstore.Package {
	t.Helper()
	p.Signatures = []byte(strings.Replace(string(p.Signatures), of.String(), as.String(), 1))
	return p
}

// A key that is trusted no more vouches for nothing, whatever was installed.
func TestStore_RemoveKey_takesTrustAway(t *testing.T) {
	s, key := pluginstore.New(t.TempDir()), newKey(t)
	p := sign(t, newPackage(t), key)
	if err := s.Install(t.Context(), newPackage(t), "", true); err != nil {
		t.Fatal(err)
	}
	if err := s.AddKey(t.Context(), pluginstore.TrustedKey{Key: key.PublicKey}); err != nil {
		t.Fatal(err)
	}
	if err := s.Install(t.Context(), p, "", false); err != nil { // it was taken unsigned, and is signed now
		t.Fatal(err)
	}
	if err := s.RemoveKey(t.Context(), key.PublicKey); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Trusted(t.Context(), p.ID); rule(err) != pluginstore.RuleKey {
		t.Errorf("it may still be run: %v", err)
	}
	if err := s.RemoveKey(t.Context(), key.PublicKey); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("removed twice: %v", err)
	}
}

func TestStore_findsDamage(t *testing.T) {
	dir := t.TempDir()
	s, p := install(t, dir)
	file := filepath.Join(dir, "sha256", strings.TrimPrefix(p.ID.String(), "sha256:"), "plugin.wasm")
	if err := os.WriteFile(file, append(wasm, 0), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Package(p.ID); rule(err) != pluginstore.RuleDigest {
		t.Errorf("a changed module was read: %v", err)
	}
}

func TestStore_Install_twoManifestsOfOneModule(t *testing.T) {
	s, _ := install(t, t.TempDir())
	err := s.Install(t.Context(), newPackage(t, "1.0.0", "1.0.1"), "", true)
	if lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("%v", err)
	}
}

// install returns a store with one package.
func install(t *testing.T, dir string) (*pluginstore.Store, pluginstore.Package) {
	t.Helper()
	s, p := pluginstore.New(dir), newPackage(t)
	if err := s.Install(t.Context(), p, "", true); err != nil {
		t.Fatal(err)
	}
	return s, p
}

func TestStore_Enable(t *testing.T) {
	for name, tt := range map[string]struct {
		entry pluginstore.Entry
		edits []string
		rule  pluginstore.Rule
		want  string // in the error; or the fallback that it gets
	}{
		"match":            {pluginstore.Entry{Grants: []string{"log"}}, nil, "", "configured"},
		"admit":            {pluginstore.Entry{Grants: []string{"log"}}, []string{"match", "admit"}, "", "refuse"},
		"own fallback":     {pluginstore.Entry{Grants: []string{"log"}, Fallback: pluginstore.FallbackRefuse}, nil, "", "refuse"},
		"not granted":      {pluginstore.Entry{}, nil, pluginstore.RuleGrant, "wants log"},
		"granted too much": {pluginstore.Entry{Grants: []string{"log", "blob_read"}}, nil, "", "does not ask for blob_read"},
		"other role":       {pluginstore.Entry{Grants: []string{"log"}, Role: "provider"}, nil, "", `no role "provider"`},
		"role of allow":    {pluginstore.Entry{Grants: []string{"log"}, Role: "provider"}, []string{"match", "allow"}, "", "refuse"},
		"odd settings":     {pluginstore.Entry{Grants: []string{"log"}, Settings: []byte(`[1]`)}, nil, "", "no JSON object"},
		"odd fallback":     {pluginstore.Entry{Grants: []string{"log"}, Fallback: "pray"}, nil, "", `no fallback "pray"`},
		"native":           {pluginstore.Entry{Grants: []string{"log"}, Fallback: pluginstore.FallbackNative}, nil, "", "native"},
		"a rule is native": {pluginstore.Entry{Grants: []string{"log"}, Fallback: pluginstore.FallbackNative}, []string{"match", "admit"}, "", `no fallback "native" for hook admit`},
		"a rule left out":  {pluginstore.Entry{Grants: []string{"log"}, Fallback: pluginstore.FallbackSkip}, []string{"match", "allow"}, "", "skip"},
		"of what deals name": {
			pluginstore.Entry{Grants: []string{"log"}, Fallback: pluginstore.FallbackSkip}, []string{"match", "compare"}, "", "compare plugin has no fallback",
		},
		"settings of a deal": {
			pluginstore.Entry{Grants: []string{"log"}, Settings: []byte(`{"a": 1}`)}, []string{"match", "compare"}, "", "takes no settings",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, p := pluginstore.New(t.TempDir()), newPackage(t, tt.edits...)
			if err := s.Install(t.Context(), p, "", true); err != nil {
				t.Fatal(err)
			}
			tt.entry.Plugin = p.ID
			_, err := s.Enable(t.Context(), tt.entry, p.Info, false)
			got, listErr := s.Enabled()
			if listErr != nil {
				t.Fatal(listErr)
			}
			if err != nil {
				if rule(err) != tt.rule || !strings.Contains(err.Error(), tt.want) || len(got) > 0 {
					t.Errorf("%v, enabled %v; want %q", err, got, tt.want)
				}
				return
			}
			if len(got) != 1 || string(got[0].Fallback) != tt.want || got[0].Plugin != p.ID {
				t.Errorf("enabled %+v; want fallback %s", got, tt.want)
			}
		})
	}
	s, p := pluginstore.New(t.TempDir()), newPackage(t)
	_, err := s.Enable(t.Context(), pluginstore.Entry{Plugin: p.ID, Grants: []string{"log"}}, p.Info, false)
	if lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("enabled what is not installed: %v", err)
	}
}

// enable enables packages of the given hook, name and version, and more of an
// entry, in that order.
func enable(t *testing.T, s *pluginstore.Store, ref string, e pluginstore.Entry) pluginstore.Entry {
	t.Helper()
	hook, rest, _ := strings.Cut(ref, "/")
	name, version, _ := strings.Cut(rest, "@")
	m := newPackage(t).Info
	m.Hook, m.Name, m.Version, m.Capabilities = hook, name, version, nil
	e.Plugin = lilypad.PluginID(lilypad.Keccak256([]byte(ref)))
	if _, err := s.Enable(t.Context(), e, m, true); err != nil {
		t.Fatal(err)
	}
	return e
}

func enabled(t *testing.T, s *pluginstore.Store) []string {
	t.Helper()
	entries, err := s.Enabled()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		text := e.String()
		if e.Shadow {
			text += " shadow"
		}
		if e.Retired {
			text += " retired"
		}
		list = append(list, text)
	}
	return list
}

// One plugin ranks; several admit and allow, in one version each; deals name
// each version.
func TestStore_Enable_whatTakesWhosePlace(t *testing.T) {
	s := pluginstore.New(t.TempDir())
	for _, ref := range []string{
		"match/a@1.0.0", "match/b@1.0.0", "admit/a@1.0.0", "admit/b@1.0.0", "admit/a@2.0.0", "mediate/a@1.0.0", "mediate/a@2.0.0", "mediate/a@1.0.0",
	} {
		enable(t, s, ref, pluginstore.Entry{})
	}
	for _, ref := range []string{"match/c@1.0.0", "match/d@1.0.0", "match/c@1.0.0", "admit/b@1.0.0"} {
		enable(t, s, ref, pluginstore.Entry{Shadow: true})
	}
	enable(t, s, "admit/b@1.0.0", pluginstore.Entry{}) // out of its own shadow
	for _, ref := range []string{"admit/a@2.0.0", "match/b@1.0.0", "mediate/a@1.0.0"} {
		enable(t, s, ref, pluginstore.Entry{Shadow: true}) // of itself, and it goes on to decide
	}
	enable(t, s, "match/b@1.0.0", pluginstore.Entry{Role: "solver"}) // in its own place
	want := []string{
		"admit/a@2.0.0", "mediate/a@2.0.0", "mediate/a@1.0.0", "match/d@1.0.0 shadow", "match/c@1.0.0 shadow", "admit/b@1.0.0",
		"admit/a@2.0.0 shadow", "mediate/a@1.0.0 shadow", "match/b@1.0.0",
	}
	if diff := cmp.Diff(want, enabled(t, s)); diff != "" {
		t.Errorf("enabled (-want +got):\n%s", diff)
	}
	for _, ref := range []string{"match/b", "mediate/a@1.0.0", "match/d@1.0.0"} {
		if _, err := s.Disable(t.Context(), ref, false); err != nil {
			t.Error(err)
		}
	}
	want = []string{"admit/a@2.0.0", "mediate/a@2.0.0", "mediate/a@1.0.0 retired", "match/c@1.0.0 shadow", "admit/b@1.0.0", "admit/a@2.0.0 shadow"}
	if diff := cmp.Diff(want, enabled(t, s)); diff != "" {
		t.Errorf("after disabling (-want +got):\n%s", diff)
	}
	if _, err := s.Disable(t.Context(), "mediate/a@1.0.0", false); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("disabled twice: %v", err)
	}
}

// A role that is the only one to ask a hook is the same as all of them.
func TestStore_Enabled_knowsOneWayToNameAllRoles(t *testing.T) {
	dir := t.TempDir()
	s := pluginstore.New(dir)
	enable(t, s, "match/a@1.0.0", pluginstore.Entry{})
	enable(t, s, "allow/a@1.0.0", pluginstore.Entry{Role: "solver"})
	file := filepath.Join(dir, "enabled.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text = []byte(strings.Replace(string(text), `"version"`, `"role": "solver", "version"`, 1)) // of match/a, as older versions wrote it
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	entries, err := s.Enabled()
	if err != nil || len(entries) != 2 || entries[0].Role != "" || entries[1].Role != "solver" {
		t.Errorf("enabled %+v, %v", entries, err)
	}
	enable(t, s, "match/b@1.0.0", pluginstore.Entry{})
	if diff := cmp.Diff([]string{"allow/a@1.0.0", "match/b@1.0.0"}, enabled(t, s)); diff != "" {
		t.Errorf("enabled (-want +got):\n%s", diff)
	}
}

func TestStore_Remove(t *testing.T) {
	s, p := install(t, t.TempDir())
	if _, err := s.Enable(t.Context(), pluginstore.Entry{Plugin: p.ID, Grants: []string{"log"}}, p.Info, false); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(t.Context(), p.ID, false); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("removed while it is enabled: %v", err)
	}
	if err := s.Remove(t.Context(), p.ID, true); err != nil {
		t.Fatal(err)
	}
	trust, err := s.Trust()
	if got := enabled(t, s); len(got) > 0 || err != nil || len(trust.Unsigned) > 0 {
		t.Errorf("left behind: %v, %v, %v", got, trust, err)
	}
	if err := s.Remove(t.Context(), p.ID, false); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("removed twice: %v", err)
	}
}

func TestStore_Find(t *testing.T) {
	s, p := install(t, t.TempDir())
	for _, ref := range []string{"demo", "match/demo", "match/demo@1.0.0", p.ID.String(), strings.TrimPrefix(p.ID.String(), "sha256:")} {
		if got, err := s.Find(t.Context(), ref); err != nil || got.ID != p.ID {
			t.Errorf("%s is %v, %v", ref, got.ID, err)
		}
	}
	for _, ref := range []string{"", "dem", "admit/demo", "match/demo@2.0.0", "../../etc/passwd"} {
		if _, err := s.Find(t.Context(), ref); lilypad.CodeOf(err) != lilypad.NotFound {
			t.Errorf("%q: %v", ref, err)
		}
	}
}

// Writers of several processes lose nothing of each other.
func TestStore_manyWriters(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			s := pluginstore.New(dir) // as another process would
			enable(t, s, fmt.Sprintf("admit/p%d@1.0.0", i), pluginstore.Entry{})
			if _, err := s.Enabled(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := enabled(t, pluginstore.New(dir)); len(got) != 8 {
		t.Errorf("enabled %v", got)
	}
}

func TestStore_Follow_tellsOfEachChange(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "plugins")
	s := pluginstore.New(dir)
	ctx, cancel := context.WithCancel(t.Context())
	seen, done := make(chan int), make(chan error)
	go func() {
		done <- s.Follow(ctx, func() {
			list, err := s.Enabled()
			if err != nil {
				t.Error(err)
			}
			seen <- len(list)
		})
	}()
	wait := func(want int) {
		t.Helper()
		for {
			select {
			case n := <-seen:
				if n == want {
					return
				}
			case <-time.After(time.Minute):
				t.Fatal("no change was told")
			}
		}
	}
	wait(0)
	enable(t, s, "admit/a@1.0.0", pluginstore.Entry{})
	wait(1)
	if _, err := s.Disable(t.Context(), "admit/a", false); err != nil {
		t.Fatal(err)
	}
	wait(0)
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestEntry_SettingsMap_keepsDigits(t *testing.T) {
	m, err := pluginstore.Entry{Settings: []byte(`{"FloorPrice": 9007199254740993}`)}.SettingsMap()
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := json.Marshal(m); string(text) != `{"FloorPrice":9007199254740993}` {
		t.Errorf("%s", text)
	}
}

func FuzzParseEnabled(f *testing.F) {
	f.Add([]byte(`{"plugins": [{"hook": "match", "name": "demo", "version": "1.0.0", "plugin": "sha256:` + strings.Repeat("1", 64) + `", "settings": {"a": 1}, "fallback": "refuse"}]}`))
	f.Add([]byte(`{"plugins": [{"hook": "mediate", "retired": true}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		entries, err := pluginstore.ParseEnabled(text)
		if err != nil {
			return
		}
		for _, e := range entries {
			if _, err := e.SettingsMap(); err != nil || e.Plugin.IsZero() {
				t.Errorf("accepted %+v", e)
			}
		}
	})
}
