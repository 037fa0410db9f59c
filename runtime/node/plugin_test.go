package node_test

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func TestInstalled_checksFileAndManifest(t *testing.T) {
	wasm := []byte("\x00asm")
	const good = `{"name": "mine", "version": "1.0.0", "hook": "compare", "api": "1.0", "summary": "", "license": "MIT", "source": "here"}`
	for name, tt := range map[string]struct {
		manifest string
		pin      lilypad.PluginID
		want     string
	}{
		"good":          {good, sha256.Sum256(wasm), ""},
		"other digest":  {good, lilypad.PluginID{1}, "has the digest sha256:"},
		"other hook":    {strings.Replace(good, "compare", "match", 1), sha256.Sum256(wasm), "is a match plugin, not compare"},
		"no source":     {strings.Replace(good, "here", "", 1), sha256.Sum256(wasm), "license, source"},
		"no manifest":   {"", sha256.Sum256(wasm), "no manifest beside"},
		"broken":        {"{", sha256.Sum256(wasm), "manifest"},
		"unknown field": {strings.Replace(good, "summary", "abstract", 1), sha256.Sum256(wasm), "abstract"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			files := map[string]string{"mine.wasm": string(wasm), "manifest.json": tt.manifest}
			for name, text := range files {
				if text != "" && os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600) != nil {
					t.Fatal("cannot write")
				}
			}
			list, err := node.Installed([]node.PluginFile{{Hook: hostapi.HookCompare, Path: filepath.Join(dir, "mine.wasm"), Pin: tt.pin}})
			switch {
			case tt.want == "" && (err != nil || list[0].Name != "mine"):
				t.Errorf("refused: %v", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}
