package e2e_test

import (
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// market is a network whose every role is a process.
type market struct {
	dir     string
	network string   // network.json
	join    []string // flags of commands that join it
	roles   map[string]*process
}

// startMarket starts chain, solver, two honest providers, one that cheats,
// three mediators and a creator, and stops them when the test ends.
func startMarket(t *testing.T) *market {
	t.Helper()
	program(t)
	dir, port := t.TempDir(), ports.Reserve(t, 3)
	m := &market{dir: dir, network: filepath.Join(dir, "devchain", node.NetworkFile), roles: map[string]*process{}}
	m.join = []string{"--network", m.network, "--creator-url", "http://127.0.0.1:" + port[2], "--data", filepath.Join(dir, "run")}
	t.Cleanup(func() { m.stop(t) })
	m.startChain(t, port[0], "--solver-url", "http://127.0.0.1:"+port[1])
	m.role(t, "solver", "solver", "--listen", "127.0.0.1:"+port[1])
	m.role(t, "provider-1", "provider", "--key", "provider-1")
	m.role(t, "provider-2", "provider", "--key", "provider-2")
	m.role(t, "cheat", "provider", "--key", "provider-17", "--price", "1.5", "--faulty", "wrong-answer")
	for _, name := range []string{"mediator-1", "mediator-2", "mediator-3"} {
		m.role(t, name, "mediator", "--key", name)
	}
	m.role(t, "creator", "creator", "--listen", "127.0.0.1:"+port[2])
	return m
}

func (m *market) role(t *testing.T, name, command string, args ...string) {
	t.Helper()
	if command != "solver" && command != "creator" {
		args = append(args, "--docker", "off")
	}
	m.run(t, name, append([]string{command, "--network", m.network}, args...)...)
}

// startChain starts the chain and has its contracts deployed.
func (m *market) startChain(t *testing.T, port string, args ...string) {
	t.Helper()
	args = append([]string{"devchain"}, args...)
	_, chain := startChain(t)
	if chain == nil {
		m.run(t, "devchain", append(args, "--port", port)...)
		return
	}
	m.run(t, "devchain", args...)
	m.roles["devchain"].stop(t) // it has told where the contracts are
	m.roles["devchain"] = chain
}

func (m *market) run(t *testing.T, name string, args ...string) {
	t.Helper()
	m.roles[name] = m.process(name, args...)
	m.roles[name].start(t)
}

// process is a role that is not started yet.
func (m *market) process(name string, args ...string) *process {
	return &process{
		name: name, args: append(args, "--data", m.folder(name), "--log", "info"),
		log: m.folder(name + ".log"), out: m.folder(name + ".out"),
	}
}

// folder is a role's own, or another file of the market.
func (m *market) folder(name string) string { return filepath.Join(m.dir, name) }

// stop ends all roles, the chain last, and shows their logs if the test failed.
func (m *market) stop(t *testing.T) {
	t.Helper()
	names := slices.Sorted(maps.Keys(m.roles))
	slices.SortStableFunc(names, func(a, b string) int { return last(a) - last(b) })
	for _, name := range names {
		m.roles[name].stop(t)
	}
	if !t.Failed() {
		return
	}
	for _, name := range names {
		if b, err := os.ReadFile(m.roles[name].log); err == nil {
			for line := range strings.Lines(string(b)) {
				if strings.Contains(line, "level=ERROR") {
					t.Logf("%s: %s", name, line)
				}
			}
			t.Logf("log of %s:\n%s", name, b[max(0, len(b)-8000):])
		}
	}
}

func last(name string) int {
	if name == "devchain" {
		return 1
	}
	return 0
}

// holdings are what the parties own, in wallet and contract together.
type holdings map[string]lilypad.Amount

// holdings reads the chain, not what any role says.
func (m *market) holdings(t *testing.T) holdings {
	t.Helper()
	n, err := node.ReadNetwork(m.network)
	if err != nil {
		t.Fatal(err)
	}
	parties := map[string][]string{
		"creator": {"creator"}, "solver": {"solver"}, "sink": {"sink"}, "choosy": {"provider-3"},
		"cheat": {"provider-17"}, "silent": {"provider-19"}, "mediators": {"mediator-1", "mediator-2", "mediator-3"},
	}
	for i := range 11 {
		if name := fmt.Sprintf("provider-%d", i+1); name != "provider-3" {
			parties[name] = []string{name}
		}
	}
	h := holdings{}
	for name, accounts := range parties {
		for _, a := range accounts {
			held, err := node.Balance(t.Context(), n, node.LocalKey(a).Address(), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			h[name] += held.Wallet + held.Free
		}
	}
	return h
}

// change is what h gained since before, in micro-LILY, without zeros.
func (h holdings) change(before holdings) map[string]int64 {
	out := map[string]int64{}
	for who, now := range h {
		if d := int64(now) - int64(before[who]); d != 0 {
			out[who] = d
		}
	}
	return out
}
