package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	root "github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// local is lilypad up as a process.
type local struct {
	data    string
	network node.Network
	*process
}

func startLocal(t *testing.T) local {
	t.Helper()
	startChain(t)
	dir := t.TempDir()
	l := local{data: filepath.Join(dir, "data")}
	l.process = &process{
		name: "up", args: []string{"up", "--docker", "off", "--data", l.data, "--log", "info"},
		log: filepath.Join(dir, "up.log"), out: filepath.Join(dir, "up.out"),
	}
	l.start(t)
	t.Cleanup(func() { l.stop(t) })
	var err error
	if l.network, err = node.ReadNetwork(l.networkFile()); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l local) networkFile() string { return filepath.Join(l.data, network(), node.NetworkFile) }

// altered is the network's file with one entry changed.
func (l local) altered(t *testing.T, key string, value any) string {
	t.Helper()
	return altered(t, l.networkFile(), key, value)
}

// altered is a copy of a network file with one field of another value.
func altered(t *testing.T, file, key string, value any) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	doc[key] = value
	if b, err = json.Marshal(doc); err != nil {
		t.Fatal(err)
	}
	return written(t, string(b))
}

// written is a file with that text.
func written(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// notInCatalog stands for the code of a module that is looked for on the
// internet: not found, or unavailable where there is no internet.
const notInCatalog root.Code = ""

// wantRefusal checks what a person sees: one line that says what is wrong, one
// that says what to do, the exit code, and nothing else.
func wantRefusal(t *testing.T, got finished, code root.Code, says, remedy string) {
	t.Helper()
	if want := root.Codes[code].Exit; got.code != want && (code != notInCatalog || got.code != root.Codes[root.NotFound].Exit && got.code != root.Codes[root.Unavailable].Exit) {
		t.Errorf("exit code %d, want %d", got.code, want)
	}
	lines := strings.Split(strings.TrimSuffix(got.err, "\n"), "\n")
	for len(lines) > 2 && regexp.MustCompile(`^(note: |job 0x|.* \(waiting\)$)`).MatchString(lines[0]) {
		lines = lines[1:]
	}
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "error: ") || !strings.HasPrefix(lines[1], "try: ") {
		t.Fatalf("not one error and one remedy:\n%s", got.err)
	}
	for line, want := range map[string]string{lines[0]: says, lines[1]: remedy} {
		if !regexp.MustCompile(want).MatchString(line) {
			t.Errorf("%s\nis not like\n%s", line, want)
		}
	}
	if len(lines[0]) > 400 {
		t.Errorf("the error has %d characters", len(lines[0]))
	}
	if got.out != "" {
		t.Errorf("printed a result: %s", got.out)
	}
}

func TestRefusal_run(t *testing.T) {
	l := startLocal(t)
	for _, c := range []struct {
		name         string
		args         []string
		code         root.Code
		says, remedy string
	}{
		{"module", []string{"cowsai:v0.0.4", "-i", "Message=x"}, notInCatalog, "module cowsai:v0.0.4 is not in the catalog", "did you mean cowsay"},
		{"tag", []string{"cowsay:v0.0.9", "-i", "Message=x"}, notInCatalog, "module cowsay:v0.0.9 is not in the catalog", "the catalog has cowsay:v0.0.4"},
		{"input key", []string{"cowsay:v0.0.4", "-i", "Mesage=x"}, root.Invalid, `no input "Mesage"`, "did you mean Message"},
		{"missing input", []string{"cowsay:v0.0.4"}, root.Invalid, `Message \(line 10\) is missing`, "-i Message="},
		{"input without value", []string{"cowsay:v0.0.4", "-i", "Message"}, root.Invalid, "KEY=VALUE", "lilypad run --help"},
		{"flag", []string{"cowsay:v0.0.4", "-i", "Message=x", "--exectuor", "wasm"}, root.Invalid, "unknown flag: --exectuor", "lilypad run --executor"},
		{"executor", []string{"cowsay:v0.0.4", "-i", "Message=x", "--executor", "java"}, root.Invalid, `no executor "java"`, "wasm or docker"},
		{"scheme", []string{"cowsay:v0.0.4", "-i", "Message=x", "--scheme", "replicat"}, root.NotFound, `no mediate plugin "replicat"`, "use one of adaptive, audit, .*replicate, or bring one"},
		{"too few operators", []string{"cowsay:v0.0.4", "-i", "Message=x", "--scheme", "replicate", "--set", "runs=3,agree=2"}, root.Invalid, "3 runs need 3 operators, the network has 2", "--providers 3"},
		{"audit of nothing", []string{"cowsay:v0.0.4", "-i", "Message=x", "--scheme", "audit"}, root.Invalid, "nothing would be checked", "--audit 29%"},
		{"audit that deters nobody", []string{"cowsay:v0.0.4", "-i", "Message=x", "--scheme", "audit", "--audit", "1%"}, root.Invalid, "does not deter", "--audit 29%"},
		{"audit", []string{"cowsay:v0.0.4", "-i", "Message=x", "--audit", "200%"}, root.Invalid, "audit rate", "--help"},
		{"target", []string{"cowsay:v0.0.4", "-i", "Message=x", "--target", "0x12"}, root.Invalid, "40 hexadecimal", "--help"},
		{"funds", []string{"cowsay:v0.0.4", "-i", "Message=x", "--max-price", "2000"}, root.Exhausted, "1000 LILY are free, the job needs 2002.05", "lilypad wallet deposit 1002.05 --key 0x[0-9A-Fa-f]{40}"},
		{"results folder", []string{"cowsay:v0.0.4", "-i", "Message=x", "--output", filepath.Join(l.networkFile(), "x")}, root.Conflict, "not a directory", "can be written to"},
		{"another's creator", []string{"cowsay:v0.0.4", "-i", "Message=x", "--key", "provider-1"}, root.Unauthorized, "signature is not by 0x20A2c51Eb3612F7b63e633103799411CAEa66Cb2", "check which key is used"},
		{"no network file", []string{"cowsay:v0.0.4", "-i", "Message=x", "--network", "/nowhere.json"}, root.NotFound, "no network file /nowhere.json", "start the network"},
		{"bad network file", []string{"cowsay:v0.0.4", "-i", "Message=x", "--network", written(t, `{"name":`)}, root.Invalid, "unexpected end", "get it again"},
		{"configuration", []string{"cowsay:v0.0.4", "-i", "Message=x", "--config", "/nowhere.yaml"}, root.Invalid, "nowhere.yaml", "--help"},
		{"plugin elsewhere", []string{"cowsay:v0.0.4", "-i", "Message=x", "--plugin", "match=best-fit"}, root.Conflict, "runs in another process", "lilypad up --plugin match=best-fit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantRefusal(t, execute(t, append([]string{"run", "--data", l.data}, c.args...)...), c.code, c.says, c.remedy)
		})
	}
	t.Run("command", func(t *testing.T) {
		wantRefusal(t, execute(t, "runn"), root.Invalid, `no command "runn"`, "lilypad run")
	})
	t.Run("second network", func(t *testing.T) {
		wantRefusal(t, execute(t, "up", "--data", l.data), root.Conflict, "another process uses the data folder", "--data")
	})
}

// What the remedy for short funds says is what helps.
func TestRefusal_run_fundsByItsOwnRemedy(t *testing.T) {
	l := startLocal(t)
	order := []string{"run", "--data", l.data, "cowsay:v0.0.4", "-i", "Message=x", "--max-price", "2000"}
	refused := execute(t, order...)
	_, remedy, ok := strings.Cut(refused.err, "try: lilypad ")
	if !ok {
		t.Fatalf("no remedy: %s", refused.err)
	}
	if got := execute(t, append(strings.Fields(remedy), "--data", l.data)...); got.code != 0 {
		t.Fatalf("the remedy failed: %s", got.err)
	}
	if got := execute(t, order...); got.code != 0 {
		t.Errorf("the job still fails: %s", got.err)
	}
}

// A job that fits no provider waits, and people are told what would match.
func TestRefusal_run_noProviderFits(t *testing.T) {
	l := startLocal(t)
	m := &market{join: []string{"--data", l.data}}
	r := m.order(t, "cowsay:v0.0.4", "-i", "Message=x", "--max-price", "0.1")
	r.await(t, `a maximum price of 1 LILY would match`)
	if err := r.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	for range r.lines { // until it has ended
	}
	if code := r.cmd.ProcessState.ExitCode(); code != root.Codes[root.Timeout].Exit {
		t.Errorf("interrupted run exits %d", code)
	}
	jobs := execute(t, "job", "list", "--json", "--data", l.data)
	var reports []api.Report
	if err := json.Unmarshal([]byte(jobs.out), &reports); err != nil || len(reports) != 1 {
		t.Fatalf("job list: %v: %s%s", err, jobs.out, jobs.err)
	}
	id := reports[0].Job.String()
	if why := execute(t, "job", "why", id, "--data", l.data); !strings.Contains(why.out, "at most 0.1") {
		t.Errorf("job why prints\n%s%s", why.out, why.err)
	}
	if got := execute(t, "job", "cancel", id, "--data", l.data); !strings.Contains(got.out, "is withdrawn") {
		t.Errorf("job cancel prints\n%s%s", got.out, got.err)
	}
	wantRefusal(t, execute(t, "job", "cancel", id, "--data", l.data), root.Conflict, "is over: it is withdrawn", "lilypad job show")
}

func TestRefusal_daemon(t *testing.T) {
	l := startLocal(t)
	port := func(u string) string { return u[strings.LastIndexByte(u, ':')+1:] }
	corrupt := filepath.Join(t.TempDir(), "data")
	if err := os.MkdirAll(filepath.Join(corrupt, "provider"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(corrupt, "provider", "journal.db"), bytes.Repeat([]byte("no journal"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	idle := ports.Reserve(t, 1)[0]
	for _, c := range []struct {
		name         string
		args         []string
		code         root.Code
		says, remedy string
	}{
		{"chain's port in use", []string{"devchain", "--port", port(l.network.RPC)}, root.Conflict, "port [0-9]+ is in use", "another port"},
		{"solver's port in use", []string{"creator", "--network", l.networkFile(), "--key", "provider-11", "--listen", "127.0.0.1:" + port(l.network.SolverURL)}, root.Conflict, "address already in use", "--listen"},
		{"wrong chain id", []string{"provider", "--network", altered(t, l.altered(t, "name", "dev"), "chain_id", 412346)}, root.Conflict, `serves chain [0-9]+, not 412346`, "chain 412346"},
		{"a stranger's chain", []string{"provider", "--network", l.altered(t, "chain_id", 5)}, root.Invalid, "chain 5 is not one of this machine's", "a name of its own"},
		{"no contract there", []string{"provider", "--network", l.altered(t, "settlement", "0x1111111111111111111111111111111111111111")}, root.Conflict, "no settlement contract of version 1 at 0x1111", "name the network's contract"},
		{"another contract", []string{"provider", "--network", l.altered(t, "settlement", l.network.Token)}, root.Conflict, "no settlement contract of version 1", "name the network's contract"},
		{"no chain", []string{"provider", "--network", l.altered(t, "rpc", "http://127.0.0.1:"+idle), "--rpc", ""}, root.Unavailable, "connection refused", "lilypad doctor"},
		{"another's solver key", []string{"solver", "--network", l.networkFile(), "--key", "creator"}, root.Invalid, "the solver of network " + network() + " is 0x", "--help"},
		{"corrupt journal", []string{"provider", "--network", l.networkFile(), "--key", "provider-9", "--data", corrupt}, root.Internal, "is damaged", "backup"},
		{"folder is a file", []string{"provider", "--network", l.networkFile(), "--data", l.networkFile()}, root.Conflict, "not a directory", "can be written to"},
		{"key in use", []string{"provider", "--network", l.networkFile()}, root.Conflict, `process [0-9]+ with the data folder \S+ sends transactions as 0x20A2`, "use another key"},
		{"unsigned module list", []string{"provider", "--network", l.altered(t, "modules", nil), "--key", "provider-10", "--docker", "off", "--allow-list", signedList(t, "creator", "{}")}, root.Unauthorized, "is not signed by the network's steward", "sign-list"},
		{"price", []string{"provider", "--network", l.networkFile(), "--price", "1.0000001"}, root.Invalid, "at most 6 decimals", "--help"},
		{"account", []string{"provider", "--network", l.networkFile(), "--key", "nobody"}, root.NotFound, `no account "nobody"`, "wallet list"},
		{"log level", []string{"provider", "--network", l.networkFile(), "--log", "loud"}, root.Invalid, `no log level "loud"`, "debug, info"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if outside() && c.args[0] == "devchain" {
				t.Skip("only an embedded chain has a port of ours")
			}
			t.Parallel()
			args := c.args
			if !strings.Contains(strings.Join(args, " "), "--data") {
				args = append(args, "--data", t.TempDir())
			}
			wantRefusal(t, execute(t, args...), c.code, c.says, c.remedy)
		})
	}
}

// A data folder that was used and cannot be written to any more.
func TestRefusal_daemon_readOnlyFolder(t *testing.T) {
	l := startLocal(t)
	dir := t.TempDir()
	p := &process{
		name: "provider", args: []string{"provider", "--network", l.networkFile(), "--key", "provider-9", "--docker", "off", "--data", filepath.Join(dir, "data")},
		log: filepath.Join(dir, "log"), out: filepath.Join(dir, "out"),
	}
	p.start(t)
	p.stop(t)
	cmd := exec.CommandContext(t.Context(), program(t), p.args...)
	if os.Geteuid() == 0 { // whom no mode keeps from writing
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		for _, open := range []string{filepath.Dir(program(t)), dir, filepath.Dir(dir), l.data, filepath.Dir(l.data), filepath.Dir(filepath.Dir(l.data)), filepath.Dir(l.networkFile())} {
			if err := os.Chmod(open, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(l.networkFile(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "data"), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "data"), 0o755) })
	if err := os.Chmod(filepath.Join(dir, "data", "lock"), 0o444); err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	_ = cmd.Run() // how it ends is checked below
	wantRefusal(t, finished{err: errs.String(), code: cmd.ProcessState.ExitCode()}, root.Conflict, "permission denied", "can be written to with --data")
}

func TestRefusal_api(t *testing.T) {
	chain, _ := startChain(t)
	cfg, err := node.Local(t.TempDir(), node.LocalOptions{Chain: chain, Providers: 1, Mediators: 3, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	n := nodes.Start(t, cfg)
	owner, stranger := node.LocalKey("creator"), node.LocalKey("provider-2")
	order := api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "moo"}, MaxPrice: root.LILY / 10}
	creator := api.NewCreatorClient(n.Network.CreatorURL, owner)
	job, err := creator.Order(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("stranger at the creator", func(t *testing.T) {
		_, err := api.NewCreatorClient(n.Network.CreatorURL, stranger).Cancel(t.Context(), job.Job)
		wantError(t, err, root.Unauthorized, "")
	})
	t.Run("stranger at the solver", func(t *testing.T) {
		nodes.Until(t, "the solver has no job", func() bool {
			_, err := api.NewSolverClient(n.Network.SolverURL, n.Network.Solver, owner).Job(t.Context(), job.Job)
			return err == nil
		})
		_, err := api.NewSolverClient(n.Network.SolverURL, n.Network.Solver, stranger).Withdraw(t.Context(), job.Job)
		wantError(t, err, root.Unauthorized, "is not of "+stranger.Address().String())
	})
	t.Run("replay", func(t *testing.T) {
		target, err := url.Parse(n.Network.CreatorURL)
		if err != nil {
			t.Fatal(err)
		}
		var seen *http.Request
		var body []byte
		forward := httputil.NewSingleHostReverseProxy(target)
		spy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ = io.ReadAll(r.Body) // a body cut off is refused by the creator
			r.Body = io.NopCloser(bytes.NewReader(body))
			seen = r.Clone(t.Context())
			forward.ServeHTTP(w, r)
		}))
		defer spy.Close()
		if _, err := api.NewCreatorClient(spy.URL, owner).Order(t.Context(), order); err != nil {
			t.Fatal(err)
		}
		before, err := creator.Reports(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		again, err := http.NewRequestWithContext(t.Context(), seen.Method, n.Network.CreatorURL+seen.URL.RequestURI(), bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		again.Header = seen.Header
		res, err := http.DefaultClient.Do(again)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != root.Codes[root.Unauthorized].HTTP || !strings.Contains(string(text), "replay refused") {
			t.Errorf("a replayed request gets %d %s", res.StatusCode, text)
		}
		if after, err := creator.Reports(t.Context()); err != nil || len(after) != len(before) {
			t.Errorf("the replay made %d jobs of %d: %v", len(after), len(before), err)
		}
	})
	t.Run("order told twice", func(t *testing.T) {
		order.Nonce = 7
		first, err := creator.Order(t.Context(), order)
		if err != nil {
			t.Fatal(err)
		}
		second, err := creator.Order(t.Context(), order)
		if err != nil {
			t.Fatal(err)
		}
		if first.Job != second.Job {
			t.Errorf("one order became jobs %s and %s", first.Job, second.Job)
		}
	})
	t.Run("clock", func(t *testing.T) {
		late := func() time.Time { return time.Now().Add(-5 * time.Minute) }
		guard := api.NewGuard(owner.Address(), late)
		s := httptest.NewServer(guard.Wrap(http.NotFoundHandler()))
		defer s.Close()
		_, err := api.NewCreatorClient(s.URL, owner).Reports(t.Context())
		wantError(t, err, root.Unauthorized, "clock differs by -5m0s")
		if remedy := root.RemedyOf(err); !strings.Contains(remedy, "clock") {
			t.Errorf("remedy %q", remedy)
		}
	})
}

func wantError(t *testing.T, err error, code root.Code, says string) {
	t.Helper()
	if err == nil || root.CodeOf(err) != code || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v, want %s: %s", err, code, says)
	}
}
