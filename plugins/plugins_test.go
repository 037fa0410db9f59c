package plugins_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
)

// Every source is in the index, with the manifest it has now.
func TestList_isWhatSourcesSay(t *testing.T) {
	list, err := plugins.List()
	if err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob("*/*/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]plugins.Plugin{}
	for _, p := range list {
		got[p.Manifest.Hook+"/"+p.Manifest.Name] = p
	}
	if len(got) != len(sources) {
		t.Errorf("%d in the index, %d sources", len(got), len(sources))
	}
	for _, path := range sources {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := hostapi.ParseManifest(b)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		p := got[filepath.ToSlash(filepath.Dir(path))]
		want.SHA256 = p.Manifest.SHA256
		if diff := cmp.Diff(compact(t, want), compact(t, p.Manifest)); diff != "" {
			t.Errorf("%s (-source +dist): go run ./plugins/build\n%s", path, diff)
		}
	}
}

func compact(t *testing.T, m hostapi.Manifest) string {
	t.Helper()
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPlugin_Wasm(t *testing.T) {
	sums, err := os.ReadFile("dist/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	list, err := plugins.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		wasm, err := p.Wasm()
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprintf("%x  %s/%s.wasm\n", sha256.Sum256(wasm), p.Manifest.Hook, p.Manifest.Name)
		if !strings.Contains(string(sums), line) {
			t.Errorf("SHA256SUMS has no %s", line)
		}
		again, err := plugins.ByID(p.ID())
		if err != nil || again.Manifest.Name != p.Manifest.Name {
			t.Errorf("%s is %+v, %v", p.ID(), again, err)
		}
	}
}

func TestLookup(t *testing.T) {
	p, err := plugins.Lookup(hostapi.HookMediate, "replicate")
	if err != nil || p.Manifest.Name != "replicate" || p.Manifest.Hook != "mediate" {
		t.Errorf("%+v, %v", p, err)
	}
	for name, remedy := range map[string]string{"cheapst": "choose cheapest", "zzz": "choose best-fit or cheapest or fair or locality"} {
		_, err = plugins.Lookup(hostapi.HookMatch, name)
		if lilypad.CodeOf(err) != lilypad.NotFound || lilypad.RemedyOf(err) != remedy {
			t.Errorf("%v, try %s; want %s", err, lilypad.RemedyOf(err), remedy)
		}
	}
	if _, err := plugins.ByID(lilypad.PluginID{}); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Error(err)
	}
}
