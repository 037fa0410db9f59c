package modules_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/git"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
)

// flaky stands before a git server and drops the connection of the one request
// for objects whose number is asked for; zero drops none.
func flaky(t *testing.T, s *gittest.Server) (config func(*modules.Config), drop *atomic.Int32) {
	t.Helper()
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy, drop := httputil.NewSingleHostReverseProxy(to), new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && drop.Add(-1) == 0 {
			c, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				c.Close()
			}
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return func(c *modules.Config) { c.Git = git.Config{Mirrors: map[string]string{"github.com": server.URL}} }, drop
}

// A connection that breaks says nothing of what a module has.
func TestResolver_Resolve_keepsNothingOfABrokenConnection(t *testing.T) {
	s := gittest.Serve(t)
	s.Commit("owner/tool", map[string]string{modules.TemplateFile: dockerTemplate, modules.SignaturesFile: "{}"})
	for _, at := range []int32{1, 2, 3} { // the commit, the template, the signatures
		config, drop := flaky(t, s)
		r := resolver(t, nil, config)
		drop.Store(at)
		if found, err := r.Resolve(t.Context(), "github.com/owner/tool"); lilypad.CodeOf(err) != lilypad.Unavailable || err == nil {
			t.Errorf("request %d dropped: signatures %q, %v (%s), want unavailable", at, found.Signatures, err, lilypad.CodeOf(err))
		}
		if found, err := r.Resolve(t.Context(), "github.com/owner/tool"); err != nil || string(found.Signatures) != "{}" {
			t.Errorf("after request %d was dropped: signatures %q, %v", at, found.Signatures, err)
		}
	}
}

func heldIn(t *testing.T, dir string) (bytes int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			info, err := e.Info()
			if err != nil {
				return err
			}
			bytes += info.Size()
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return bytes
}

// Whoever asks for signatures reads nothing else, and a host that fails is not
// asked again with each question.
func TestResolver_Signatures_readsNothingElse(t *testing.T) {
	s, dir := gittest.Serve(t), t.TempDir()
	random := strings.Repeat("a", 1<<20)
	commit := s.Commit("owner/tool", map[string]string{modules.TemplateFile: fmt.Sprintf(wasmTemplate, digest), "bin/tool.wasm": random, modules.SignaturesFile: "{}"})
	m := lilypad.Module{Name: "liar", Repository: "github.com/owner/tool", Commit: commit}
	r := resolver(t, s, func(c *modules.Config) { c.CacheDir = dir })
	for range 3 {
		if text, err := r.Signatures(t.Context(), m); err != nil || string(text) != "{}" {
			t.Errorf("signatures %q, %v", text, err)
		}
	}
	if got := s.Asks.Load(); got > 3 { // refs, commit, file
		t.Errorf("%d requests, want 3", got)
	}
	if held := heldIn(t, dir); held != 0 {
		t.Errorf("%d bytes are kept of a module that nobody has allowed", held)
	}
	m.Repository = "github.com/owner/absent"
	before := s.Asks.Load()
	for range 3 {
		if _, err := r.Signatures(t.Context(), m); lilypad.CodeOf(err) != lilypad.NotFound {
			t.Errorf("an absent repository: %v", err)
		}
	}
	if got := s.Asks.Load() - before; got != 1 {
		t.Errorf("%d requests for an absent repository, want 1", got)
	}
}

// The cache drops what is oldest, and reads it again when it is wanted.
func TestResolver_boundsItsCache(t *testing.T) {
	s, dir := gittest.Serve(t), t.TempDir()
	const limit = 3 << 20
	r := resolver(t, s, func(c *modules.Config) { c.CacheDir, c.CacheBytes = dir, limit })
	var first, last modules.Resolved
	for i := range 5 {
		wasm := strings.Repeat(string(rune('a'+i)), 1<<20)
		s.Commit("owner/tool", map[string]string{modules.TemplateFile: fmt.Sprintf(wasmTemplate, digest), "bin/tool.wasm": wasm})
		found, err := r.Resolve(t.Context(), "github.com/owner/tool")
		if err != nil {
			t.Fatal(err)
		}
		if held := heldIn(t, dir); held > limit {
			t.Errorf("%d bytes are kept, the limit is %d", held, limit)
		}
		if last = found; i == 0 {
			first = found
		}
	}
	asks := s.Asks.Load()
	if wasm, err := r.Wasm(t.Context(), last.Module); err != nil || string(wasm) != string(last.Wasm) || s.Asks.Load() != asks {
		t.Errorf("the newest: %d bytes, %v, %d requests", len(wasm), err, s.Asks.Load()-asks)
	}
	if wasm, err := r.Wasm(t.Context(), first.Module); err != nil || string(wasm) != string(first.Wasm) || s.Asks.Load() == asks {
		t.Errorf("the oldest: %d bytes, %v, %d requests", len(wasm), err, s.Asks.Load()-asks)
	}
}

// Older versions kept modules without the signatures that they could not read.
func TestResolver_Resolve_readsAnewWhatOlderVersionsKept(t *testing.T) {
	s, dir := gittest.Serve(t), t.TempDir()
	commit := s.Commit("owner/tool", map[string]string{modules.TemplateFile: dockerTemplate, modules.SignaturesFile: "{}"})
	old := filepath.Join(dir, fmt.Sprintf("%x", sha256.Sum256([]byte("github.com/owner/tool")))[:16], commit)
	if os.MkdirAll(old, 0o700) != nil || os.WriteFile(filepath.Join(old, modules.TemplateFile), []byte(dockerTemplate), 0o600) != nil {
		t.Fatal("cannot write")
	}
	r := resolver(t, s, func(c *modules.Config) { c.CacheDir = dir })
	if found, err := r.Resolve(t.Context(), "github.com/owner/tool:"+commit); err != nil || string(found.Signatures) != "{}" {
		t.Errorf("signatures %q, %v", found.Signatures, err)
	}
}
