package modelcache_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/modelcache"
)

// host is a fake host of models, which counts what it is asked for.
type host struct {
	*httptest.Server
	files map[string]string
	cut   int // bytes after which the next answer breaks off; 0: none does

	mu    sync.Mutex // guards asked and cut
	asked []string
}

func serve(t *testing.T, files map[string]string) *host {
	h := &host{files: files}
	h.Server = httptest.NewServer(http.HandlerFunc(h.answer))
	t.Cleanup(h.Close)
	return h
}

func (h *host) answer(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.asked = append(h.asked, strings.TrimSpace(r.URL.Path+" "+r.Header.Get("Range")))
	cut := h.cut
	h.cut = 0
	h.mu.Unlock()
	file, ok := h.files[r.URL.Path]
	switch {
	case r.URL.Path == "/secret":
		w.WriteHeader(http.StatusForbidden)
	case r.URL.Path == "/endless":
		for range 100 {
			fmt.Fprint(w, strings.Repeat("x", 1000))
		}
	case !ok:
		http.NotFound(w, r)
	case cut > 0:
		w.Header().Set("Content-Length", fmt.Sprint(len(file)))
		fmt.Fprint(w, file[:cut])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	default:
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(file))
	}
}

func (h *host) model(path string) lilypad.Model {
	return lilypad.Model{URL: h.URL + path, SHA256: sha256.Sum256([]byte(h.files[path])), Bytes: uint64(len(h.files[path])), Path: "/models" + path}
}

func open(t *testing.T, dir string, change ...func(*modelcache.Config)) *modelcache.Cache {
	t.Helper()
	cfg := modelcache.Config{Dir: dir, AllowPrivate: true}
	for _, f := range change {
		f(&cfg)
	}
	c, err := modelcache.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func place(t *testing.T, c execution.Models, dir string, models ...lilypad.Model) {
	t.Helper()
	if err := c.Place(t.Context(), models, dir); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir string, m lilypad.Model) string {
	t.Helper()
	b, err := os.ReadFile(execution.ModelFile(dir, m.Path))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// kept are the names of a cache's files.
func kept(t *testing.T, dir string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

func name(m lilypad.Model) string { return hex.EncodeToString(m.SHA256[:]) }

func TestCache_Place_fetchesAModelOnce(t *testing.T) {
	h, dir := serve(t, map[string]string{"/w": "weights"}), t.TempDir()
	m := h.model("/w")
	for range 2 {
		job := t.TempDir()
		place(t, open(t, dir), job, m) // of another process, the second time
		if got := read(t, job, m); got != "weights" {
			t.Errorf("the job reads %q", got)
		}
		info, err := os.Stat(execution.ModelFile(job, m.Path))
		if err != nil || info.Mode().Perm() != 0o444 {
			t.Errorf("its file is %v, %v; want one that nobody writes to", info.Mode(), err)
		}
	}
	if diff := cmp.Diff([]string{"/w"}, h.asked); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{name(m)}, kept(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestCache_Place_fetchesAModelOnceForMany(t *testing.T) {
	h, dir := serve(t, map[string]string{"/w": strings.Repeat("weights", 100_000)}), t.TempDir()
	m, caches := h.model("/w"), []*modelcache.Cache{open(t, dir), open(t, dir)}
	var all sync.WaitGroup
	for i := range 8 {
		job := t.TempDir()
		all.Go(func() {
			if err := caches[i%2].Place(t.Context(), []lilypad.Model{m}, job); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if diff := cmp.Diff([]string{"/w"}, h.asked); diff != "" {
		t.Error(diff)
	}
}

func TestCache_Place_goesOnWhereItBrokeOff(t *testing.T) {
	h, job := serve(t, map[string]string{"/w": "0123456789"}), t.TempDir()
	h.cut = 4
	m := h.model("/w")
	place(t, open(t, t.TempDir()), job, m)
	if got := read(t, job, m); got != "0123456789" {
		t.Errorf("got %q", got)
	}
	if diff := cmp.Diff([]string{"/w", "/w bytes=4-"}, h.asked); diff != "" {
		t.Error(diff)
	}
}

// What a killed process left is used, unless it is of another file.
func TestCache_Place_goesOnAfterAKill(t *testing.T) {
	for part, want := range map[string][]string{
		"01234":           {"/w bytes=5-"},
		"abcde":           {"/w bytes=5-", "/w"},
		"0123456789":      nil,
		"abcdefghij":      {"/w"},
		"0123456789 more": {"/w"},
	} {
		t.Run(part, func(t *testing.T) {
			h, dir, job := serve(t, map[string]string{"/w": "0123456789"}), t.TempDir(), t.TempDir()
			m := h.model("/w")
			if err := os.WriteFile(filepath.Join(dir, name(m)+".part"), []byte(part), 0o600); err != nil {
				t.Fatal(err)
			}
			place(t, open(t, dir), job, m)
			if got := read(t, job, m); got != "0123456789" {
				t.Errorf("got %q", got)
			}
			if diff := cmp.Diff(want, h.asked); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{name(m)}, kept(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCache_Place_refuses(t *testing.T) {
	h := serve(t, map[string]string{"/w": "weights"})
	public := func(c *modelcache.Config) { c.AllowPrivate = false }
	for name, c := range map[string]struct {
		spoil func(*lilypad.Model)
		cfg   func(*modelcache.Config)
		code  lilypad.Code
		want  string
	}{
		"other bytes":        {spoil: func(m *lilypad.Model) { m.SHA256[0]++ }, code: lilypad.Invalid, want: "its module says"},
		"another size":       {spoil: func(m *lilypad.Model) { m.Bytes++ }, code: lilypad.Invalid, want: "has 7 bytes"},
		"more than declared": {spoil: func(m *lilypad.Model) { m.URL = h.URL + "/endless" }, code: lilypad.Invalid, want: "its module says 7"},
		"nowhere":            {spoil: func(m *lilypad.Model) { m.URL = h.URL + "/gone" }, code: lilypad.NotFound, want: "404"},
		"behind a login":     {spoil: func(m *lilypad.Model) { m.URL = h.URL + "/secret" }, code: lilypad.Unauthorized, want: "403"},
		"no digest":          {spoil: func(m *lilypad.Model) { m.SHA256 = lilypad.Hash{} }, code: lilypad.Invalid, want: "no digest"},
		"a file of the host": {spoil: func(m *lilypad.Model) { m.URL = "file:///etc/passwd" }, code: lilypad.Unauthorized, want: "https alone"},
		"over http":          {cfg: public, code: lilypad.Unauthorized, want: "https alone"},
		"a private address": {
			cfg: public, spoil: func(m *lilypad.Model) { m.URL = strings.Replace(m.URL, "http", "https", 1) },
			code: lilypad.Unauthorized, want: "not a public address",
		},
		"too large": {cfg: func(c *modelcache.Config) { c.MaxBytes = 6 }, code: lilypad.Invalid, want: "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, job, m := t.TempDir(), t.TempDir(), h.model("/w")
			if c.spoil != nil {
				c.spoil(&m)
			}
			cache := open(t, dir)
			if c.cfg != nil {
				cache = open(t, dir, c.cfg)
			}
			err := cache.Place(t.Context(), []lilypad.Model{m}, job)
			if lilypad.CodeOf(err) != c.code || !strings.Contains(fmt.Sprint(err), c.want) {
				t.Errorf("got %v, want %s with %q", err, c.code, c.want)
			}
			if _, err := os.Stat(execution.ModelFile(job, m.Path)); err == nil {
				t.Error("the job has a model")
			}
			for _, name := range kept(t, dir) {
				if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() > 0 {
					t.Errorf("%s is left (%v)", name, err)
				}
			}
		})
	}
}

func TestCache_Place_followsNoRedirectToHTTP(t *testing.T) {
	plain := serve(t, map[string]string{"/w": "weights"})
	safe := httptest.NewTLSServer(http.RedirectHandler(plain.URL+"/w", http.StatusFound))
	t.Cleanup(safe.Close)
	c := open(t, t.TempDir(), func(c *modelcache.Config) { c.AllowPrivate = false })
	c.Through(safe.Client().Transport)
	m := plain.model("/w")
	m.URL = safe.URL
	if err := c.Place(t.Context(), []lilypad.Model{m}, t.TempDir()); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("got %v, want unauthorized", err)
	}
	if plain.asked != nil {
		t.Errorf("it asked for %v", plain.asked)
	}
}

// What jobs use stays, of the rest what was used longest ago goes.
func TestCache_Place_makesRoom(t *testing.T) {
	files := map[string]string{}
	for _, n := range []string{"a", "b", "c", "d"} {
		files["/"+n] = strings.Repeat(n, 40)
	}
	h, dir, jobs := serve(t, files), t.TempDir(), t.TempDir()
	c := open(t, dir, func(c *modelcache.Config) { c.MaxBytes = 100 })
	job := func(n string) string { return filepath.Join(jobs, n) }
	end := func(n string) {
		if err := os.RemoveAll(job(n)); err != nil {
			t.Fatal(err)
		}
	}
	want := func(names ...string) {
		t.Helper()
		here := map[string]bool{}
		for _, n := range kept(t, dir) {
			here[n] = true
		}
		for _, n := range names {
			if !here[name(h.model(n))] {
				t.Errorf("%s is gone", n)
			}
		}
		if len(here) != len(names) {
			t.Errorf("it keeps %d, want %v", len(here), names)
		}
	}
	place(t, c, job("a"), h.model("/a"))
	place(t, c, job("b"), h.model("/b"))
	end("b")
	place(t, c, job("c"), h.model("/c")) // a is older, and in use
	want("/a", "/c")
	if err := c.Place(t.Context(), []lilypad.Model{h.model("/d")}, job("d")); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("got %v, want unavailable while both are in use", err)
	}
	end("a")
	end("c")
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(dir, name(h.model("/c"))), old, old); err != nil {
		t.Fatal(err)
	}
	place(t, open(t, dir, func(c *modelcache.Config) { c.MaxBytes = 100 }), job("d"), h.model("/d")) // after a restart
	want("/a", "/d")
}

// A model that is not to be had takes the room of no other.
func TestCache_Fetch_keepsOthersForNothing(t *testing.T) {
	h, dir := serve(t, map[string]string{"/a": strings.Repeat("a", 60)}), t.TempDir()
	c := open(t, dir, func(c *modelcache.Config) { c.MaxBytes = 100 })
	if err := c.Fetch(t.Context(), h.model("/a")); err != nil {
		t.Fatal(err)
	}
	absent := lilypad.Model{URL: h.URL + "/b", SHA256: lilypad.Hash{1}, Bytes: 100, Path: "/models/b"}
	if err := c.Fetch(t.Context(), absent); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("got %v, want not found", err)
	}
	if err := c.Warm().Check(t.Context(), []lilypad.Model{h.model("/a")}); err != nil {
		t.Errorf("the other is gone: %v", err)
	}
}

func TestCache_Place_takesAwayForgottenParts(t *testing.T) {
	h, dir := serve(t, map[string]string{"/w": "weights"}), t.TempDir()
	forgotten := filepath.Join(dir, strings.Repeat("ab", 32)+".part")
	c := open(t, dir, func(c *modelcache.Config) { c.MaxBytes = 20 })
	if err := os.WriteFile(forgotten, bytes.Repeat([]byte{1}, 15), 0o600); err != nil {
		t.Fatal(err)
	}
	place(t, c, t.TempDir(), h.model("/w"))
	if _, err := os.Stat(forgotten); err == nil {
		t.Error("what nobody fetches any more keeps its room")
	}
}

func TestWarm_Check_refusesColdModels(t *testing.T) {
	h, c := serve(t, map[string]string{"/w": "weights"}), open(t, t.TempDir())
	m := []lilypad.Model{h.model("/w")}
	if err := c.Warm().Check(t.Context(), m); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("got %v, want not found", err)
	}
	if err := c.Fetch(t.Context(), m[0]); err != nil {
		t.Fatal(err)
	}
	if err := c.Warm().Check(t.Context(), m); err != nil {
		t.Error(err)
	}
}
