package e2e_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog/image"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/node"
)

var (
	litterJobs = flag.Int("litter.jobs", 24, "how many jobs TestLitter runs amid kills")
	litterSeed = flag.Uint64("litter.seed", 1, "what draws its jobs and kills")
)

// deed is what a job does, and how long it may take.
type deed struct {
	name    string
	steps   [2]string // of the suite's guest
	timeout lilypad.Seconds
	ends    int // its exit code
}

var deeds = []deed{
	{"ok", [2]string{"print:fine", "write:/outputs/a=b"}, 60, 0},
	{"ok", [2]string{"sleep:400ms", "print:fine"}, 60, 0},
	{"fails", [2]string{"print:bad", "exit:3"}, 60, 3},
	{"times out", [2]string{"print:slow", "wait:"}, 2, 124},
	{"floods", [2]string{"print:much", "flood:"}, 60, 153},
	{"hogs memory", [2]string{"print:more", "alloc:600"}, 60, 137},
	{"big result", [2]string{"print:big", "grow:/outputs/big=24"}, 60, 0},
	{"many files", [2]string{"print:many", "litter:/outputs"}, 60, 0},
}

// litterMarket is a market of processes whose one honest provider runs both
// kinds of jobs, and all of whose traces are known.
type litterMarket struct {
	*market
	rng     *rand.Rand
	creator *api.CreatorClient
	tmp     string            // TMPDIR of all roles
	metrics map[string]string // by role
	owner   string            // label of the provider's containers
	made    *process          // writes down each container that the engine makes
}

const (
	litterModule   = "github.com/owner/lilypad-module-litter:main"
	litterProvider = "provider-7" // no other test's, who may share the engine
)

func startLitterMarket(t *testing.T) *litterMarket {
	t.Helper()
	program(t)
	docker.Need(t)
	git, dir, port := gittest.Serve(t), t.TempDir(), ports.Reserve(t, 9)
	var file bytes.Buffer
	if err := image.Write(&file, image.Program{Name: "guest", Tag: "test", Binary: executiontest.BuildGuest(t, "linux", "amd64")}); err != nil {
		t.Fatal(err)
	}
	git.Commit("owner/lilypad-module-litter", map[string]string{
		"guest.wasm": string(executiontest.BuildGuest(t, "wasip1", "wasm")),
		modules.TemplateFile: `{"machine": {"cpu": 500, "ram": 200, "disk": 100}, "wasm": "guest.wasm", "job": {"Spec": {"Docker": {
			"Image": "` + docker.Publish(t, file.Bytes()) + `", "Entrypoint": ["/guest", {{.First}}, {{.Then}}]
		}, "Outputs": [{"Name": "outputs", "Path": "/outputs"}], "Timeout": 60}}}`,
	})
	address := node.LocalKey(litterProvider).Address()
	m := &litterMarket{
		market: &market{dir: dir, network: filepath.Join(dir, "devchain", node.NetworkFile), roles: map[string]*process{}},
		rng:    rand.New(rand.NewPCG(*litterSeed, 0)), tmp: filepath.Join(dir, "tmp"), metrics: map[string]string{},
		owner: fmt.Sprintf("provider-%x", address[:4]),
	}
	if err := os.Mkdir(m.tmp, 0o700); err != nil {
		t.Fatal(err)
	}
	m.made = m.follow(t)
	t.Cleanup(func() { m.stop(t) })
	t.Setenv("TMPDIR", m.tmp)
	m.startChain(t, port[0], "--solver-url", "http://127.0.0.1:"+port[1])
	role := func(i int, name, command string, args ...string) {
		m.metrics[name] = "http://127.0.0.1:" + port[i] + "/metrics"
		m.run(t, name, slices.Concat([]string{command, "--network", m.network, "--metrics", "127.0.0.1:" + port[i], "--git-mirror", "github.com=" + git.URL}, args)...)
	}
	role(3, "solver", "solver", "--listen", "127.0.0.1:"+port[1])
	role(4, "provider", "provider", "--key", litterProvider, "--docker", "on", "--pull")
	for i, name := range []string{"mediator-1", "mediator-2", "mediator-3"} {
		role(5+i, name, "mediator", "--key", name, "--docker", "off")
	}
	role(8, "creator", "creator", "--listen", "127.0.0.1:"+port[2])
	m.creator = api.NewCreatorClient("http://127.0.0.1:"+port[2], node.LocalKey("creator"))
	return m
}

// follow has the engine's own client tell of each container of the provider.
func (m *litterMarket) follow(t *testing.T) *process {
	t.Helper()
	client, err := exec.LookPath("docker")
	if err != nil {
		t.Skip("needs docker: " + err.Error())
	}
	p := &process{
		name: "docker events", program: client, log: filepath.Join(m.dir, "events.log"), out: filepath.Join(m.dir, "events.out"), ready: func() bool { return true },
		args: []string{"events", "--filter", "type=container", "--filter", "event=create", "--filter", "label=network.lilypad.owner=" + m.owner, "--format", "{{.ID}}"},
	}
	p.start(t)
	t.Cleanup(func() { p.kill(t) })
	return p
}

// A long day of a provider: jobs of each kind, in both engines, and roles that
// are killed and stopped amid them. Every job ends by the rules, and then the
// machine is as it was.
func TestLitter(t *testing.T) {
	m := startLitterMarket(t)
	for i, engine := range []lilypad.Engine{lilypad.EngineWasm, lilypad.EngineDocker} { // each is warm then
		if err := m.live(t.Context(), uint64(1+i), deeds[0], engine, false); err != nil {
			t.Fatal(err)
		}
	}
	before := map[string]int{}
	for name := range m.metrics {
		before[name] = m.goroutines(t, name)
	}
	m.day(t)
	for name, was := range before {
		const spare = 16 // idle connections, two each
		var now int
		nodes.Until(t, name+" has more goroutines than before", func() bool { now = m.goroutines(t, name); return now <= was+spare })
		t.Logf("%s: %d goroutines, before: %d", name, now, was)
	}
	gone(t, "processes", func() []string { return m.children(t) })
	gone(t, "folders of jobs", func() []string { return glob(t, m.dir, "*", "*", "jobs", "*") })
	made := m.wantCleanEngine(t)
	m.restartLater(t)
	m.stop(t)
	gone(t, "temporary files", func() []string { return m.temporary(t) })
	gone(t, "mounts", func() []string { return mounts(t, append(made, m.dir)...) })
}

// gone waits until nothing is left of something.
func gone(t *testing.T, what string, left func() []string) {
	t.Helper()
	var last []string
	for end := time.Now().Add(nodes.Within / 4); ; time.Sleep(100 * time.Millisecond) {
		if last = left(); len(last) == 0 {
			return
		}
		if time.Now().After(end) {
			t.Errorf("%s are left: %q", what, last)
			return
		}
	}
}

// day orders jobs, a few at a time, and makes trouble amid the first three
// quarters: what leaks without any is seen in those that were not restarted.
func (m *litterMarket) day(t *testing.T) {
	t.Helper()
	g, ctx := errgroup.WithContext(t.Context())
	g.SetLimit(6)
	for i := range *litterJobs {
		d := deeds[m.rng.IntN(len(deeds))]
		engine := []lilypad.Engine{lilypad.EngineWasm, lilypad.EngineDocker}[m.rng.IntN(2)]
		withdrawn := m.rng.IntN(10) == 0
		g.Go(func() error { return m.live(ctx, uint64(100+i), d, engine, withdrawn) })
		if i%4 == 3 && 4*i < 3**litterJobs {
			m.trouble(t)
		}
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
}

func (m *litterMarket) trouble(t *testing.T) {
	t.Helper()
	time.Sleep(time.Duration(m.rng.IntN(1000)) * time.Millisecond) // any moment will do
	p := m.roles[[]string{"provider", "provider", "provider", "solver", "creator", "mediator-1"}[m.rng.IntN(6)]]
	if m.rng.IntN(4) == 0 {
		p.stop(t)
	} else {
		p.kill(t)
	}
	p.start(t)
}

// live orders a job and sees it through to its end.
func (m *litterMarket) live(ctx context.Context, nonce uint64, d deed, engine lilypad.Engine, withdrawn bool) error {
	ctx, stop := context.WithTimeout(ctx, jobWithin)
	defer stop()
	order := api.Order{
		Module: litterModule, Inputs: map[string]string{"First": d.steps[0], "Then": d.steps[1]}, Engine: engine,
		Timeout: d.timeout, Nonce: nonce, Scheme: "optimistic", Target: node.LocalKey(litterProvider).Address(),
	}
	var r api.Report
	for told := false; !r.Done; time.Sleep(100 * time.Millisecond) {
		ask := func() (api.Report, error) { return m.creator.Order(ctx, order) }
		if told {
			ask = func() (api.Report, error) { return m.creator.Report(ctx, r.Job) }
		}
		now, err := ask()
		switch {
		case ctx.Err() != nil:
			return fmt.Errorf("a %s job that %s does not end: it is %s: %s", engine, d.name, r.State, r.Reason)
		case err != nil && lilypad.CodeOf(err) != lilypad.Unavailable:
			return fmt.Errorf("a %s job that %s: %w", engine, d.name, err)
		case err != nil:
			continue // the creator is away
		}
		if r = now; withdrawn && !told {
			_, _ = m.creator.Cancel(ctx, r.Job) // refused when it is too late
		}
		told = true
	}
	if withdrawn && r.State == "withdrawn" {
		return nil
	}
	if r.State != "paid" || r.ExitCode == nil || *r.ExitCode != d.ends {
		return fmt.Errorf("a %s job that %s is %s, exit code %v: %s", engine, d.name, r.State, r.ExitCode, r.Reason)
	}
	return nil
}

var goroutineCount = regexp.MustCompile(`(?m)^go_goroutines (\d+)$`)

func (m *litterMarket) goroutines(t *testing.T, role string) int {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(m.metrics[role])
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(submatch(goroutineCount, text))
	if err != nil {
		t.Fatalf("%s does not tell its goroutines: %v", role, err)
	}
	return n
}

// restartLater starts each role again as if two hours had passed: a store takes
// what is half written and young for another process's.
func (m *litterMarket) restartLater(t *testing.T) {
	t.Helper()
	then := time.Now().Add(-2 * time.Hour)
	for name := range m.metrics {
		m.roles[name].stop(t)
		for _, file := range glob(t, m.dir, name, "*", "blobs", "tmp", "*") {
			if err := os.Chtimes(file, then, then); err != nil {
				t.Fatal(err)
			}
		}
		m.roles[name].start(t)
	}
}

// children lists the processes that roles have started, dead ones too.
func (m *litterMarket) children(t *testing.T) (left []string) {
	t.Helper()
	parents := map[string]bool{}
	for _, p := range m.roles {
		parents[strconv.Itoa(p.cmd.Process.Pid)] = true
	}
	for _, file := range glob(t, "/proc", "[0-9]*", "stat") {
		b, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(b), ") ") // proc(5): pid (name) state parent
		if f := strings.Fields(rest); len(f) > 1 && parents[f[1]] {
			left = append(left, string(b))
		}
	}
	return left
}

// wantCleanEngine returns the containers that there were.
func (m *litterMarket) wantCleanEngine(t *testing.T) (made []string) {
	t.Helper()
	owned := "label=network.lilypad.owner=" + m.owner
	for what, list := range map[string][]string{
		"containers": {"ps", "--all"}, "volumes": {"volume", "ls"}, "networks": {"network", "ls"},
	} {
		gone(t, what, func() []string { return strings.Fields(dockerSays(t, append(list, "--quiet", "--filter", owned)...)) })
	}
	b, err := os.ReadFile(m.made.out)
	if err != nil {
		t.Fatal(err)
	}
	if made = strings.Fields(string(b)); len(made) == 0 {
		t.Fatal("the engine has made no container")
	}
	t.Logf("%d containers were made", len(made))
	gone(t, "states of the engine", func() (left []string) {
		for _, id := range made {
			for _, dir := range []string{
				"/run/docker/runtime-runc/moby", "/run/containerd/io.containerd.runtime.v2.task/moby",
				"/run/docker/containerd/daemon/io.containerd.runtime.v2.task/moby", "/var/lib/docker/containers",
			} {
				left = append(left, glob(t, dir, id)...)
			}
		}
		return left
	})
	return made
}

var passing = regexp.MustCompile(`^(put-|probe-|\.new-|new-|case-|\.writable-)`)

// temporary lists what roles have left in the folder for that, and in their own
// under names of what is not complete.
func (m *litterMarket) temporary(t *testing.T) (left []string) {
	t.Helper()
	err := filepath.WalkDir(m.dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && (filepath.Dir(path) == m.tmp || passing.MatchString(e.Name())) {
			left = append(left, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// mounts lists those whose line has one of the words.
func mounts(t *testing.T, words ...string) (left []string) {
	t.Helper()
	b, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(line, w) }) {
			left = append(left, line)
		}
	}
	return left
}

func glob(t *testing.T, parts ...string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
