package simulation_test

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// host keeps what it compiled for all tests; it ends with them.
var host = sync.OnceValues(func() (*pluginhost.Host, error) { return pluginhost.New(pluginhost.Config{}) })

// scheme loads a built-in one.
func scheme(t testing.TB, name string, settings map[string]any) *pluginhost.Plugin {
	t.Helper()
	host, err := host()
	if err != nil {
		t.Fatal(err)
	}
	b, err := plugins.Lookup(hostapi.HookMediate, name)
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := b.Wasm()
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(b.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	p, err := host.Load(t.Context(), pluginhost.Source{Wasm: wasm, Manifest: manifest, Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}
