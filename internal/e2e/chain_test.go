package e2e_test

import (
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	root "github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// chainFlag says what the whole suite runs on. anvil and geth make a block each
// second, by the clock, and nobody can move their time.
var chainFlag = flag.String("chain", "embedded", "chain to run on: embedded, anvil or geth")

// outside tells that the suite does not run on the embedded chain.
func outside() bool { return *chainFlag != "embedded" }

// network is the name of the local network that the suite runs.
func network() string {
	if outside() {
		return node.DevName
	}
	return node.LocalName
}

// startChain starts the chain that was asked for and has every program of this
// test use it. It returns its URL; empty for the embedded one, which each local
// network starts by itself.
func startChain(t *testing.T) (url string, p *process) {
	t.Helper()
	if !outside() {
		return "", nil
	}
	p, url = startOutside(t, *chainFlag)
	t.Setenv("LILYPAD_NETWORK", node.DevName)
	t.Setenv("LILYPAD_RPC", url)
	return url, p
}

// startOutside starts a development chain that is not ours.
func startOutside(t *testing.T, name string) (p *process, url string) {
	t.Helper()
	dir, port := t.TempDir(), ports.Reserve(t, 1)[0]
	p = &process{name: name, program: chainProgram(t, name), log: filepath.Join(dir, "log"), out: filepath.Join(dir, "out")}
	switch name {
	case "anvil":
		p.args = []string{
			"--port", port, "--chain-id", "1337", "--block-time", "1", "--hardfork", "osaka",
			"--state", filepath.Join(dir, "state.json"), "--state-interval", "1", // survives a kill
		}
	case "geth":
		p.args = []string{
			"--dev", "--dev.period", "1", "--miner.gasprice", "1", "--datadir", filepath.Join(dir, "geth"),
			"--http", "--http.port", port, "--ws", "--ws.port", port, "--port", "0", "--authrpc.port", ports.Reserve(t, 1)[0], "--nodiscover", "--ipcdisable",
			"--state.scheme", "hash", "--gcmode", "archive", // survives a kill
		}
	}
	p.ready = func() bool {
		c, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	}
	p.start(t)
	t.Cleanup(func() { p.stop(t) })
	return p, "http://127.0.0.1:" + port
}

// chainProgram finds a chain's program: anvil among the contracts' packages,
// geth where make test-chains puts it.
func chainProgram(t *testing.T, name string) string {
	t.Helper()
	arch := map[string]string{"amd64": "amd64", "arm64": "arm64"}[runtime.GOARCH]
	at, known := map[string]string{
		"anvil": fmt.Sprintf("../../contracts/node_modules/@foundry-rs/anvil-%s-%s/bin/anvil", runtime.GOOS, arch),
		"geth":  "../../tools/bin/geth",
	}[name]
	if !known {
		t.Fatalf("no chain %q: embedded, anvil or geth", name)
	}
	path, err := exec.LookPath(at)
	if err != nil {
		t.Skipf("%s is not installed (make setup): %v", name, err)
	}
	return path
}

// One paid and one cheated job on a chain that is not ours: what differs there
// is found by every run of the tests, the rest by -chain.
func TestOutsideChain(t *testing.T) {
	if outside() {
		t.Skip("the whole suite runs on such a chain")
	}
	program(t)
	_, url := startOutside(t, "anvil")
	t.Setenv("LILYPAD_NETWORK", node.DevName)
	t.Setenv("LILYPAD_RPC", url)
	dir := t.TempDir()
	up := &process{
		name: "up", args: []string{"up", "--docker", "off", "--data", dir, "--log", "info", "--faulty", "wrong-answer"},
		log: filepath.Join(dir, "up.log"), out: filepath.Join(dir, "up.out"),
	}
	up.start(t)
	t.Cleanup(func() {
		up.stop(t)
		if b, err := os.ReadFile(up.log); t.Failed() && err == nil {
			t.Logf("%s", b[max(0, len(b)-8000):])
		}
	})
	m := &market{join: []string{"--data", dir}}
	for _, c := range []struct {
		target, state string
		more          []string
	}{
		{"provider-1", "paid", nil},
		{"provider-17", "fraud", []string{"--scheme", "audit", "--audit", "100%"}},
	} {
		order := append([]string{"cowsay:v0.0.4", "-i", "Message=moo", "--target", node.LocalKey(c.target).Address().String()}, c.more...)
		if report, code := m.order(t, order...).end(t); report.State != c.state {
			t.Errorf("the job of %s is %s, exit code %d, want %s", c.target, report.State, code, c.state)
		}
	}
	if got := execute(t, "contracts", "verify", "--data", dir); got.code != 0 {
		t.Errorf("the contracts on the chain are others: %s", got.err)
	}
	// A data folder that outlived its chain.
	old := t.TempDir()
	if err := os.Mkdir(filepath.Join(old, node.DevName), 0o700); err != nil {
		t.Fatal(err)
	}
	file := altered(t, filepath.Join(dir, node.DevName, node.NetworkFile), "settlement", "0x1111111111111111111111111111111111111111")
	if err := os.Rename(file, filepath.Join(old, node.DevName, node.NetworkFile)); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, execute(t, "up", "--data", old), root.Conflict, "it was started anew", "delete "+filepath.Join(old, node.DevName))
}
