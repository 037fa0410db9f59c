// Package docs_test holds the pages to the code: what they show is built, run
// and loaded as a reader would.
package docs_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

var (
	block = regexp.MustCompile("(?ms)(?:^`([\\w.]+)`:\n\n)?^```(\\w*)\n(.*?)^```$")
	// outside are lines that need a network, or fetch what is here already.
	outside = regexp.MustCompile(`(?m)^(lilypad |git clone |go build -C |export |JOB=|CASE=).*\n`)
	link    = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// follow does what a tutorial says, up to the network, and loads the plugin
// that comes of it.
func follow(t *testing.T, page, name string) *pluginhost.Plugin {
	t.Helper()
	if testing.Short() {
		t.Skip("compiles a plugin")
	}
	t.Parallel()
	dir := t.TempDir()
	root, err := filepath.Abs("..")
	if err == nil {
		err = os.Symlink(root, filepath.Join(dir, "lilypad"))
	}
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for _, b := range block.FindAllStringSubmatch(read(t, page), -1) {
		switch file, kind, text := b[1], b[2], b[3]; {
		case file != "":
			fmt.Fprintf(&script, "cat > %s <<'END OF FILE'\n%sEND OF FILE\n", file, text)
		case kind == "sh":
			script.WriteString(outside.ReplaceAllString(text, ""))
		}
	}
	cmd := exec.Command("sh", "-e")
	cmd.Dir, cmd.Stdin, cmd.Env = dir, strings.NewReader(script.String()), append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	wasm := []byte(read(t, filepath.Join(dir, name, name+".wasm")))
	digest := sha256.Sum256(wasm) // an author's manifest has none: the operator pins it
	manifest := strings.Replace(read(t, filepath.Join(dir, name, "manifest.json")), "{", fmt.Sprintf("{%q: \"%x\",", "sha256", digest), 1)
	host, err := pluginhost.New(pluginhost.Config{CacheDir: filepath.Join(dir, "cache")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	p, err := host.Load(t.Context(), pluginhost.Source{
		Wasm: wasm, Manifest: []byte(manifest), Pin: digest, Grants: []string{hostapi.CapTreeDiff, hostapi.CapBlobRead},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestIntegrator_footer(t *testing.T) {
	p, store := follow(t, "tutorials/integrator.md", "footer"), memory.New()
	tree := func(stdout string) hostapi.Bytes32 {
		id, _, err := storage.PutFiles(t.Context(), store, []storage.Entry{storage.Bytes("stdout", []byte(stdout))})
		if err != nil {
			t.Fatal(err)
		}
		return hostapi.Bytes32(id)
	}
	for other, want := range map[string]hostapi.Sameness{"moo\n3 s\n": hostapi.SamenessEqual, "baa\n": hostapi.SamenessDifferent} {
		pair := hostapi.Pair{ARoot: tree("moo\n"), BRoot: tree(other), Engine: hostapi.EngineWasm}
		got, err := p.Compare(t.Context(), 1, []hostapi.Pair{pair}, store)
		if err != nil || got[0].Sameness != want {
			t.Errorf("%q: %+v, %v, want %s", other, got, err, want)
		}
	}
}

func TestResearcher_cautious(t *testing.T) {
	p := follow(t, "tutorials/researcher.md", "cautious")
	const execute, compare = 1 << 24, 2<<24 | 1<<12 | 4 // the keys that the SDK gives these orders
	dissent := hostapi.Case{Phase: hostapi.PhaseReview, Now: 5, Deadline: 10, MaxRuns: 16, Events: []hostapi.Event{
		{Party: &hostapi.Party{Re: hostapi.None, Standing: hostapi.StandingProvider}},
		{Result: &hostapi.Result{Re: hostapi.None, Content: hostapi.Bytes32{1}, Status: hostapi.RunStatusSucceeded}},
		{Party: &hostapi.Party{Who: 2, Re: hostapi.None, Standing: hostapi.StandingReplica}},
		{Ordered: &hostapi.Ordered{Who: 2, Re: hostapi.None, Key: execute, Kind: hostapi.ActionKindExecute}},
		{Result: &hostapi.Result{Who: 2, Re: 3, Content: hostapi.Bytes32{2}, Status: hostapi.RunStatusSucceeded}},
		{Ordered: &hostapi.Ordered{Who: hostapi.None, Re: hostapi.None, Key: compare, Kind: hostapi.ActionKindCompare}},
		{Compared: &hostapi.Compared{Who: hostapi.None, Re: 5, A: 1, B: 4, Key: compare, Sameness: hostapi.SamenessDifferent}},
	}}
	got, err := p.Mediate(t.Context(), 5, []hostapi.Case{dissent})
	if err != nil || len(got[0]) != 2 || got[0][0].Kind != hostapi.ActionKindExecute || got[0][1].Kind != hostapi.ActionKindExecute {
		t.Errorf("%+v, %v, want two more runs: replicate would ask for one", got, err)
	}
}

// TestProtocol_signedRequest signs as the page says, without the client.
func TestProtocol_signedRequest(t *testing.T) {
	key, err := wallet.ParseKey(strings.Repeat("1", 64))
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(read(t, "protocol.md"), "```text\n")
	text, _, _ = strings.Cut(text, "\n```")
	body, now, nonce := []byte(`{"moo":1}`), time.Now(), strings.Repeat("n", 32)
	millis := strconv.FormatInt(now.UnixMilli(), 10)
	text = strings.NewReplacer("SERVER", key.Address().String(), "METHOD", http.MethodPost, "TARGET", "/v1/jobs?x=1",
		"BODY", fmt.Sprintf("%x", sha256.Sum256(body)), "TIME", millis, "NONCE", nonce).Replace(text)
	sig, err := key.SignText(context.Background(), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	signature, err := sig.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	guard := api.NewGuard(key.Address(), func() time.Time { return now })
	handler := guard.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	for i, want := range []int{http.StatusNoContent, http.StatusForbidden} { // then a replay
		r := httptest.NewRequest(http.MethodPost, "/v1/jobs?x=1", bytes.NewReader(body))
		for name, value := range map[string]string{"Address": key.Address().String(), "Time": millis, "Nonce": nonce, "Signature": string(signature)} {
			r.Header.Set("Lilypad-"+name, value)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("request %d: %d, want %d: %s", i+1, w.Code, want, w.Body)
		}
	}
}

func TestPages_linkToWhatExists(t *testing.T) {
	for _, pattern := range []string{"*.md", "*/*.md"} {
		pages, err := filepath.Glob(pattern)
		if err != nil || len(pages) == 0 {
			t.Fatalf("%s: %d pages, %v", pattern, len(pages), err)
		}
		for _, page := range pages {
			for _, l := range link.FindAllStringSubmatch(read(t, page), -1) {
				if _, err := os.Stat(filepath.Join(filepath.Dir(page), l[1])); err != nil {
					t.Errorf("%s: %v", page, err)
				}
			}
		}
	}
}
