package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/modules/catalog/image"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

var allPoints = flag.Bool("fault-points", false, "kill each role at all of its fault points, not at some")

// gatedMarket is a market whose roles speak through gates.
type gatedMarket struct {
	*market
	t      *testing.T                  // of the gates
	gates  map[string]map[string]*gate // by role, and by what it speaks to
	solver string                      // where it listens
	git    *gittest.Server             // of modules
	early  map[string]<-chan struct{}  // by role: traps that are set long before
}

// brokenModule has an image that lacks what it is to run.
const brokenModule = "github.com/owner/lilypad-module-broken:main"

// breakModule publishes that.
func (m *gatedMarket) breakModule(t *testing.T) {
	t.Helper()
	cow, err := catalog.Lookup("cowsay", "v0.0.4")
	if err != nil {
		t.Fatal(err)
	}
	file, err := image.Source{}.Open(t.Context(), cow.Image)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	layers, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	m.git.Commit("owner/lilypad-module-broken", map[string]string{modules.TemplateFile: `{"machine": {"cpu": 500, "ram": 200, "disk": 100},
		"job": {"Spec": {"Docker": {"Image": "` + docker.Publish(m.t, layers) + `", "Entrypoint": ["/nothing", {{.Message}}]}, "Timeout": 60}}}`})
}

// startGated starts a market with two mediators of a panel of three, so that no
// verdict is given without either.
func startGated(t *testing.T) *gatedMarket {
	t.Helper()
	m, port := newGated(t), ports.Reserve(t, 1)
	m.join = []string{"--network", m.network, "--creator-url", "http://127.0.0.1:" + port[0], "--data", filepath.Join(m.dir, "run")}
	patient := filepath.Join(m.dir, "solver.yaml") // who fails every job is asked again and again
	choosy := filepath.Join(m.dir, "choosy.yaml")  // asks for more than it offers; JSON, for a trapped one
	for file, text := range map[string]string{
		patient: "match: {use: cheapest, settings: {max_failures_ppm: 1000000}}\n",
		choosy:  `{"admit": {"use": "standing", "settings": {"price_floor": 1500000}}}`,
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m.git = gittest.Serve(t)
	m.gated(t, "solver", "solver", "--listen", m.solver, "--config", patient)
	m.gated(t, "provider-1", "provider", "--key", "provider-1", "--docker", "off")
	m.gated(t, "choosy", "provider", "--key", "provider-3", "--docker", "off", "--config", choosy)
	m.gated(t, "cheat", "provider", "--key", "provider-17", "--price", "1.5", "--faulty", "wrong-answer", "--docker", "off")
	m.gated(t, "silent", "provider", "--key", "provider-19", "--faulty", "silent", "--docker", "off")
	for _, name := range []string{"mediator-1", "mediator-2"} {
		m.gated(t, name, "mediator", "--key", name, "--docker", "off")
	}
	m.gated(t, "creator", "creator", "--listen", "127.0.0.1:"+port[0])
	return m
}

// newGated starts the chain, and promises a solver to those who join.
func newGated(t *testing.T) *gatedMarket {
	t.Helper()
	program(t)
	dir, port := t.TempDir(), ports.Reserve(t, 2)
	m := &gatedMarket{
		market: &market{dir: dir, network: filepath.Join(dir, "devchain", node.NetworkFile), roles: map[string]*process{}},
		t:      t,
		gates:  map[string]map[string]*gate{}, solver: "127.0.0.1:" + port[1], early: map[string]<-chan struct{}{},
	}
	t.Cleanup(func() { m.stop(t) })
	m.startChain(t, port[0], "--solver-url", "http://"+m.solver)
	t.Setenv("LILYPAD_RPC", "") // a role's network file names its gate
	return m
}

// gated starts a role whose network file leads to its own gates.
func (m *gatedMarket) gated(t *testing.T, name, command string, args ...string) {
	t.Helper()
	m.roles[name] = m.process(name, append([]string{command, "--network", m.throughGates(t, name), "--git-mirror", "github.com=" + m.git.URL}, args...)...)
	m.roles[name].start(t)
}

// throughGates makes gates for a role and returns a network file of them.
func (m *gatedMarket) throughGates(t *testing.T, name string) (file string) {
	t.Helper()
	n, err := node.ReadNetwork(m.network)
	if err != nil {
		t.Fatal(err)
	}
	m.gates[name] = map[string]*gate{"chain": newGate(m.t, n.RPC), "solver": newGate(m.t, n.SolverURL)}
	n.RPC, n.SolverURL = m.gates[name]["chain"].url, m.gates[name]["solver"].url
	file = filepath.Join(m.dir, name+"-network.json")
	text, err := json.Marshal(n)
	if err == nil {
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// need starts what a point's story needs beside the market.
func (m *gatedMarket) need(t *testing.T, p point) {
	t.Helper()
	switch p.story {
	case "docker", "failed":
		docker.Need(t)
		if m.roles["provider-2"] == nil {
			m.breakModule(t)
			m.newcomer(t, "provider-2", true, "--pull")
			m.roles["provider-2"].start(t)
		}
		m.gates["provider-2"]["engine"].cool()
	case "pre-pull":
		docker.Need(t)
		m.newcomer(t, p.victim, true, "--pre-pull", "cowsay:v0.0.4")
		m.gates[p.victim]["engine"].cool()
	case "joins":
		m.newcomer(t, p.victim, false)
	}
}

// newcomer is a provider that has never run.
func (m *gatedMarket) newcomer(t *testing.T, name string, engine bool, args ...string) {
	t.Helper()
	args = append([]string{"provider", "--network", m.throughGates(t, name), "--key", name, "--git-mirror", "github.com=" + m.git.URL}, args...)
	if engine {
		g := newGate(m.t, engineURL())
		m.gates[name]["engine"] = g
		args = append(args, "--docker", "on", "--docker-host", strings.Replace(g.url, "http:", "tcp:", 1))
	} else {
		args = append(args, "--docker", "off")
	}
	m.roles[name] = m.process(name, args...)
	for _, compiled := range []string{"plugins", "wasm"} { // so that it need not, each time
		to := filepath.Join(m.folder(name), "cache", compiled)
		err := os.CopyFS(to, os.DirFS(filepath.Join(m.folder("provider-1"), "cache", compiled)))
		if err == nil {
			err = os.Chmod(to, 0o700)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// wantTidyEngine wants a provider to have nothing left in the engine, and the
// job since a time to have had one container, or another if it may.
func (m *gatedMarket) wantTidyEngine(t *testing.T, p point, since time.Time) {
	t.Helper()
	address := node.LocalKey(p.at.role).Address()
	owned := fmt.Sprintf("label=network.lilypad.owner=provider-%x", address[:4])
	gone(t, "containers", func() []string { return strings.Fields(dockerSays(t, "ps", "--all", "--quiet", "--filter", owned)) })
	gone(t, "volumes", func() []string { return strings.Fields(dockerSays(t, "volume", "ls", "--quiet", "--filter", owned)) })
	started := strings.Fields(dockerSays(t, "events", "--since", since.Format(time.RFC3339Nano), "--until", time.Now().Format(time.RFC3339Nano),
		"--filter", owned, "--filter", "type=container", "--filter", "event=start", "--format", "{{.ID}}"))
	least, most := 1, 2
	switch {
	case p.story == "failed":
		least, most = 0, 0
	case p.once:
		most = 1
	}
	if len(started) < least || len(started) > most {
		t.Errorf("containers started: %d, want %d to %d", len(started), least, most)
	}
}

// Wherever a role dies between writing down what it will do and learning that
// it is done, the job ends as it would have, and everybody is paid once. What a
// provider writes or makes others do without a point is an error here.
func TestKill_atEachFaultPoint(t *testing.T) {
	m := startGated(t)
	for _, p := range points {
		t.Logf("fault point: %s", p)
		if *allPoints && p.story == "renewed" {
			m.newcomer(t, p.victim, false)
			m.early[p.victim] = m.arm(t, p.at)
			m.roles[p.victim].start(t)
		}
	}
	for i, p := range points {
		if !*allPoints && !p.often {
			continue
		}
		t.Run(strings.ReplaceAll(p.String(), " ", "_"), func(t *testing.T) {
			if outside() && stories[p.story].movesTime() {
				t.Skip("only an embedded chain has its time moved")
			}
			m.need(t, p)
			if p.at.to == "engine" || p.at.role == "provider-2" {
				defer m.wantTidyEngine(t, p, time.Now())
			}
			m.live(t, p, fmt.Sprint("Message=moo ", i)) // a job of its own, whose bytes nobody has yet
		})
	}
	if unlisted := m.unlisted(t); len(unlisted) > 0 {
		t.Errorf("no fault point stands for what a provider does: %q", unlisted)
	}
}

// live has a point's story told, with a death in it.
func (m *gatedMarket) live(t *testing.T, p point, input string) {
	t.Helper()
	s, before := storyOf(p), m.holdings(t)
	l := &telling{gatedMarket: m, p: p, s: s, input: input, deal: m.nextDeal(t, s.late), pass: func() {}}
	s.begin(t, l)
	l.await(t, p.at, l.trap)
	m.roles[p.victim].kill(t)
	m.release(p.at)
	m.roles[p.victim].start(t)
	if s.back != nil {
		s.back(t, l)
	}
	for _, name := range s.roles {
		if !m.roles[name].alive() {
			m.roles[name].start(t)
		}
	}
	if l.run == nil {
		l.place(t)
	}
	report, code := l.run.end(t)
	if diff := cmp.Diff(s.want, outcome{report.State, code, m.holdings(t).change(before)}); diff != "" {
		t.Errorf("the job ended differently (-want +got):\n%s", diff)
	}
	for name, role := range m.roles {
		if !role.alive() {
			t.Fatalf("%s has ended", name)
		}
	}
	if s.end != nil {
		s.end(t, l)
	}
}

func (m *gatedMarket) gateOf(at moment) *gate { return m.gates[at.role][at.to] }

// arm sets a trap; the channel is closed when it has sprung. One in a journal
// takes a new life of the role, and kills by itself.
func (m *gatedMarket) arm(t *testing.T, at moment) (sprung <-chan struct{}) {
	t.Helper()
	if at.to != "journal" {
		return m.gateOf(at).arm(at).sprung
	}
	spec, err := json.Marshal(journalTrap{Write: at.calls, Nth: max(at.nth, 1), Done: at.done, Seen: m.folder("journal.seen")})
	if err != nil {
		t.Fatal(err)
	}
	p := m.roles[at.role]
	if p.alive() {
		p.kill(t)
	}
	p.trap = string(spec)
	p.start(t)
	return p.ended
}

// release takes the trap away again.
func (m *gatedMarket) release(at moment) {
	if at.to == "journal" {
		m.roles[at.role].trap = ""
		return
	}
	m.gateOf(at).release()
}

// unlisted is what providers were seen to do that no point stands for.
func (m *gatedMarket) unlisted(t *testing.T) (all []string) {
	t.Helper()
	listed := map[string]bool{}
	for _, p := range points {
		listed[p.at.to+": "+p.at.calls] = true
	}
	for role, gates := range m.gates {
		if role == "solver" || role == "creator" || strings.HasPrefix(role, "mediator") {
			continue
		}
		for to, g := range gates {
			for _, call := range g.effects() {
				all = append(all, to+": "+call)
			}
		}
	}
	seen, err := os.ReadFile(m.folder("journal.seen"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // no journal had a trap
		t.Fatal(err)
	}
	for _, write := range strings.Fields(string(seen)) {
		all = append(all, "journal: "+write)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(s string) bool { return listed[s] })
}

// nextDeal is the deal that is opened next, as the chain tells it.
type nextDeal struct {
	client *chain.Client
	ledger settlement.Reader
	late   map[lilypad.State]int64 // see story
	opened chan lilypad.JobID
	job    lilypad.JobID
}

func (m *gatedMarket) nextDeal(t *testing.T, late map[lilypad.State]int64) *nextDeal {
	t.Helper()
	if late == nil {
		return nil // its time is its own
	}
	n, err := node.ReadNetwork(m.network)
	if err != nil {
		t.Fatal(err)
	}
	d := &nextDeal{late: late, opened: make(chan lilypad.JobID, 1)}
	log := slog.New(slog.DiscardHandler)
	if d.client, err = chain.New(t.Context(), chain.Config{URL: n.RPC, Log: log}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.client.Close)
	ledger, stop, err := node.ReadLedger(t.Context(), n, log)
	if err != nil {
		t.Fatal(err)
	}
	d.ledger = ledger
	head, err := ledger.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var following sync.WaitGroup
	following.Go(func() {
		from := settlement.Cursor{Block: head.Number, Hash: head.Hash, Index: ^uint(0)}
		_ = ledger.Follow(ctx, from, func(b settlement.Batch) error { // until ctx ends
			for _, e := range b.Events {
				if e.Kind == settlement.Opened {
					d.opened <- e.Job
				}
			}
			return nil
		})
	})
	t.Cleanup(func() { cancel(); following.Wait(); stop() })
	return d
}

// moveTime moves block time on as far as the story wants it in the state in
// which the deal is, and tells whether it had to.
func (d *nextDeal) moveTime(t *testing.T) bool {
	t.Helper()
	select {
	case d.job = <-d.opened:
	default:
	}
	st, err := d.ledger.Status(t.Context(), d.job)
	if err != nil {
		t.Fatal(err)
	}
	head, err := d.ledger.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	after, moves := d.late[st.State]
	to := lilypad.Time(int64(st.Deadline) + after)
	if moves = moves && head.Time < to; moves {
		if err := d.client.Advance(t.Context(), to); err != nil {
			t.Fatal(err)
		}
	}
	return moves
}

// engineURL is where the Docker engine is that everybody here uses.
func engineURL() string {
	if host := os.Getenv("DOCKER_HOST"); host != "" {
		return host
	}
	return "unix:///var/run/docker.sock"
}
