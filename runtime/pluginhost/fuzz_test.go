package pluginhost_test

import (
	"context"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/lilypad-network/lilypad/runtime/fuel"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// Modules whose sections are in order must at worst be refused by the engine:
// it may not panic.
func FuzzTranslate(f *testing.F) {
	f.Add([]byte{})
	f.Add(honest().bytes())
	f.Add(recursion([]byte{1, 200, 1, 0x7e}).bytes())
	g := uniform("match", 32, 1)
	g.imports = []guestImport{{"lilypad", "log", funcLog}}
	g.globals = [][]byte{{0x7f, 1, 0x41, 0, 0x0b}, {0x7c, 0, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b}}
	g.table = limits(1, 2)
	f.Add(g.bytes())
	config := wazero.NewRuntimeConfigInterpreter().WithMemoryLimitPages(1024).
		WithCoreFeatures(api.CoreFeaturesV2.SetEnabled(api.CoreFeatureSIMD, false))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		if _, err := fuel.Parse(wasm, fuel.Limits{}); err != nil {
			return
		}
		ctx := context.Background()
		r := wazero.NewRuntimeWithConfig(ctx, config)
		defer r.Close(ctx)
		if err := pluginhost.Translate(ctx, r, wasm); err != nil && strings.Contains(err.Error(), "the engine gave up") {
			t.Errorf("%v: fuel.Parse can refuse what leads there", err)
		}
	})
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte("{}"))
	f.Add(manifestFor("mediate", nil, `"reasons":{"1":{"en":"{0}"}}`))
	f.Add(manifestFor("allow", nil, `"settings":{"type":"object","properties":{"a":{"type":"integer","default":1}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if !pluginhost.ParseManifest(text) {
			return
		}
		// What is accepted has one reading: it is refused with a key repeated.
		if pluginhost.ParseManifest(append(append([]byte{}, text...), text...)) {
			t.Error("two manifests were read as one")
		}
	})
}

// Settings that a schema accepts must flatten or be refused, in any shape.
func FuzzSettings(f *testing.F) {
	f.Add([]byte(`{"type":"object","properties":{"a":{"default":[1,{"b":true}]}}}`))
	f.Add([]byte(`{"properties":{"a":{"default":{},"properties":{"b":{"default":"x"}}}}}`))
	f.Add([]byte(`{"$ref":"#"}`))
	wasm := honest().bytes()
	h := newHost(f, pluginhost.Config{})
	f.Fuzz(func(t *testing.T, schema []byte) {
		p, err := h.Open(pluginhost.Source{Wasm: wasm, Manifest: manifestFor("allow", wasm, `"settings":`+string(schema))})
		if err == nil {
			p.Close()
		}
	})
}
