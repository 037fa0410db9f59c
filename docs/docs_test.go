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
	"sync"
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
	block = regexp.MustCompile("(?ms)(?:^`([\\w./]+)`:\n\n)?^```(\\w*)\n(.*?)^```$")
	// outside are lines that need a network, or fetch what is here already.
	outside = regexp.MustCompile(`(?m)^(lilypad (?:run|up|job|case|plugin (?:inspect|install|enable)|scheme) |git clone |go build -C |export |JOB=|CASE=).*\n`)
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

var programs string // the folder of program's, once there is one

// program builds the lilypad of this repository, and returns its folder.
var program = sync.OnceValues(func() (string, error) {
	var err error
	if programs, err = os.MkdirTemp("", "lilypad-docs-"); err != nil {
		return "", err
	}
	if out, err := exec.Command("go", "build", "-o", programs, "../cmd/lilypad").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return programs, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if programs != "" {
		_ = os.RemoveAll(programs)
	}
	os.Exit(code)
}

// follow does what a tutorial says, up to the network, and loads the plugin
// that comes of it, a file in the tutorial's folder.
func follow(t *testing.T, page, file string) *pluginhost.Plugin {
	t.Helper()
	if testing.Short() {
		t.Skip("compiles a plugin")
	}
	t.Parallel()
	dir := t.TempDir()
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
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
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(script.String())
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off", "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	file = filepath.Join(dir, file)
	wasm := []byte(read(t, file))
	digest := sha256.Sum256(wasm)
	manifest := read(t, filepath.Join(filepath.Dir(file), "manifest.json"))
	if !strings.Contains(manifest, `"sha256"`) { // an author's own has none: the operator pins it
		manifest = strings.Replace(manifest, "{", fmt.Sprintf("{%q: \"%x\",", "sha256", digest), 1)
	}
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
	p, store := follow(t, "tutorials/integrator.md", "footer/dist/plugin.wasm"), memory.New()
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
	p := follow(t, "tutorials/researcher.md", "cautious/cautious.wasm")
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
