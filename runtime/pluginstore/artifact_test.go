package pluginstore_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/registry"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// serve runs a registry on this machine and returns its name.
func serve(t *testing.T, change func(http.ResponseWriter, *http.Request, http.Handler)) string {
	t.Helper()
	t.Setenv("DOCKER_CONFIG", t.TempDir())
	own := registry.New(registry.Logger(log.New(io.Discard, "", 0)))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if change == nil {
			own.ServeHTTP(w, r)
			return
		}
		change(w, r, own)
	}))
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

func TestRegistry_pullsWhatWasPushed(t *testing.T) {
	ref := serve(t, nil) + "/plugins/demo"
	want := sign(t, newPackage(t), newKey(t))
	var r pluginstore.Registry
	pinned, err := r.Push(t.Context(), want, ref+":1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(pinned, ref+"@sha256:") {
		t.Errorf("pushed as %s", pinned)
	}
	for _, name := range []string{pinned, ref + ":1.0.0"} {
		got, at, err := r.Pull(t.Context(), name)
		if err != nil || at != pinned || !bytes.Equal(got.Wasm, want.Wasm) || !bytes.Equal(got.Manifest, want.Manifest) || !bytes.Equal(got.Signatures, want.Signatures) {
			t.Errorf("pulled %s as %s, %v", name, at, err)
		}
	}
	again, err := r.Push(t.Context(), want, ref+":latest")
	if err != nil || again != pinned {
		t.Errorf("the same package is %s now, %v", again, err)
	}
	for name, code := range map[string]lilypad.Code{
		ref: lilypad.Invalid, ref + ":2.0.0": lilypad.NotFound, ref + "@sha256:" + strings.Repeat("0", 64): lilypad.NotFound,
		"::": lilypad.Invalid, ref + "/../../etc:1": lilypad.Invalid,
	} {
		if _, _, err := r.Pull(t.Context(), name); lilypad.CodeOf(err) != code {
			t.Errorf("pull %s: %v; want %s", name, err, code)
		}
	}
	if _, err := r.Push(t.Context(), want, pinned); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("push without a tag: %v", err)
	}
}

func TestRegistry_Pull_refusesOtherBytes(t *testing.T) {
	ref := serve(t, func(w http.ResponseWriter, r *http.Request, own http.Handler) {
		if r.Method != http.MethodGet || !strings.Contains(r.URL.Path, "/blobs/sha256:") {
			own.ServeHTTP(w, r)
			return
		}
		rec := httptest.NewRecorder()
		own.ServeHTTP(rec, r)
		body := rec.Body.Bytes()
		body[len(body)-1] ^= 1
		_, _ = w.Write(body)
	}) + "/plugins/demo"
	var r pluginstore.Registry
	pinned, err := r.Push(t.Context(), newPackage(t), ref+":1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.Pull(t.Context(), pinned); rule(err) != pluginstore.RuleDigest {
		t.Errorf("%v", err)
	}
}

func TestRegistry_Pull_saysWhoRefused(t *testing.T) {
	ref := serve(t, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		http.Error(w, "{}", http.StatusForbidden)
	}) + "/plugins/demo:1"
	if _, _, err := (pluginstore.Registry{}).Pull(t.Context(), ref); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("%v", err)
	}
}

// artifact is an artifact's manifest with some layers, as {type, size} pairs.
func artifact(config string, layers ...string) []byte {
	var list []string
	for _, l := range layers {
		kind, size, _ := strings.Cut(l, " ")
		list = append(list, fmt.Sprintf(`{"mediaType": %q, "size": %s, "digest": "sha256:%s"}`, kind, size, strings.Repeat("0", 64)))
	}
	return fmt.Appendf(nil, `{"schemaVersion": 2, "config": {"mediaType": %q}, "layers": [%s]}`, config, strings.Join(list, ","))
}

const (
	wasmConfig = "application/vnd.wasm.config.v0+json"
	wasmLayer  = "application/wasm 8"
)

func TestParseArtifact(t *testing.T) {
	manifestLayer := pluginstore.ManifestType + " 300"
	for name, tt := range map[string]struct {
		text []byte
		rule pluginstore.Rule
	}{
		"plugin":         {artifact(wasmConfig, wasmLayer, manifestLayer), ""},
		"more layers":    {artifact(wasmConfig, wasmLayer, manifestLayer, "text/plain 999999999"), ""},
		"image":          {artifact("application/vnd.oci.image.config.v1+json", wasmLayer, manifestLayer), pluginstore.RuleLayout},
		"no module":      {artifact(wasmConfig, manifestLayer), pluginstore.RuleLayout},
		"no manifest":    {artifact(wasmConfig, wasmLayer), pluginstore.RuleLayout},
		"two modules":    {artifact(wasmConfig, wasmLayer, wasmLayer, manifestLayer), pluginstore.RuleLayout},
		"many layers":    {artifact(wasmConfig, slices.Repeat([]string{"text/plain 1"}, 17)...), pluginstore.RuleLayout},
		"large module":   {artifact(wasmConfig, "application/wasm 8388609", manifestLayer), pluginstore.RuleSize},
		"negative size":  {artifact(wasmConfig, "application/wasm -1", manifestLayer), pluginstore.RuleSize},
		"large manifest": {artifact(wasmConfig, wasmLayer, pluginstore.ManifestType+" 262145"), pluginstore.RuleSize},
		"path as digest": {bytes.ReplaceAll(artifact(wasmConfig, wasmLayer, manifestLayer), []byte("sha256:000000"), []byte("../../../etc/")), pluginstore.RulePath},
		"not JSON":       {[]byte("<html>"), pluginstore.RuleLayout},
	} {
		_, err := pluginstore.ParseArtifact(tt.text)
		if rule(err) != tt.rule || (err == nil) != (tt.rule == "") {
			t.Errorf("%s: %v (rule %q); want %q", name, err, rule(err), tt.rule)
		}
	}
}

// The layout is what other tools know: its config tells of wasm, and every
// layer by its digest.
func TestPackage_WriteLayout_isAWasmArtifact(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "layout")
	digest, err := newPackage(t).WriteLayout(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Config struct{ MediaType, Digest string }
		Layers []struct{ MediaType, Digest string }
	}
	var config struct {
		Architecture, OS string
		LayerDigests     []string
	}
	blob := func(digest string, v any) {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(dir, "blobs", "sha256", strings.TrimPrefix(digest, "sha256:")))
		if err != nil || json.Unmarshal(text, v) != nil {
			t.Fatalf("blob %s: %v", digest, err)
		}
	}
	blob(digest, &m)
	blob(m.Config.Digest, &config)
	if m.Config.MediaType != wasmConfig || m.Layers[0].MediaType != "application/wasm" || config.Architecture != "wasm" || config.OS != "wasip1" {
		t.Errorf("manifest %+v, config %+v", m, config)
	}
	for i, l := range m.Layers {
		if config.LayerDigests[i] != l.Digest {
			t.Errorf("layer %d is %s, in the config %s", i, l.Digest, config.LayerDigests[i])
		}
	}
}

func FuzzParseArtifact(f *testing.F) {
	f.Add(artifact(wasmConfig, wasmLayer, pluginstore.ManifestType+" 300"))
	f.Fuzz(func(t *testing.T, text []byte) {
		layers, err := pluginstore.ParseArtifact(text)
		for _, l := range layers {
			if err == nil && (l.Size < 0 || l.Size > 8<<20 || l.Digest.Validate() != nil) {
				t.Errorf("accepted %+v", l)
			}
		}
	})
}
