package e2e_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/runtime/node"
)

var allPoints = flag.Bool("fault-points", false, "kill each role at all of its fault points, not at some")

// point is a moment between a durable write and an effect outside of a process:
// the effect has not happened yet, or it has and the process does not know.
type point struct {
	job    string // paid or fraud: how a job ends that comes by this point
	role   string // makes the call
	to     string // solver or chain
	calls  string
	nth    int
	after  bool   // the call has been answered, and nobody heard it
	victim string // is killed: the role, or who it calls
	often  bool   // also where only some points are tried
	what   string
}

// points are all there are, by the calls that each role makes. Those of the
// transaction queue alone are in runtime/chain: TestQueue_survivesKill.
var points = append(
	around(
		point{job: "paid", role: "creator", to: "solver", calls: "POST /v1/blobs", nth: 1, what: "the order is stored, its inputs are uploaded"},
		point{job: "paid", role: "creator", to: "solver", calls: "POST /v1/jobs", nth: 1, what: "the offer is signed and stored, it is posted"},
		point{job: "paid", role: "creator", to: "solver", calls: "POST /v1/jobs/ID/receipt", nth: 1, what: "the result is accepted, the receipt is given"},
		point{job: "paid", role: "provider-1", to: "solver", calls: "POST /v1/jobs/ID/answer", nth: 1, what: "the deal is signed and stored, it is given"},
		point{job: "paid", role: "provider-1", to: "solver", calls: "POST /v1/jobs/ID/log", nth: 1, what: "the run is stored, its log is streamed"},
		point{job: "paid", role: "provider-1", to: "solver", calls: "POST /v1/blobs", nth: 1, what: "the result is signed and stored, its bytes are uploaded"},
		point{job: "paid", role: "provider-1", to: "solver", calls: "POST /v1/jobs/ID/delivery", nth: 1, often: true, what: "the result is uploaded, it is delivered"},
		point{job: "paid", role: "solver", to: "chain", calls: "eth_sendRawTransaction", nth: 1, often: true, what: "the deal is stored, it is opened"},
		point{job: "paid", role: "solver", to: "chain", calls: "eth_sendRawTransaction", nth: 2, what: "the receipt is stored, the deal is settled"},
		point{job: "fraud", role: "creator", to: "chain", calls: "eth_sendRawTransaction", nth: 1, what: "the result is doubted, the claim is submitted"},
		point{job: "fraud", role: "creator", to: "chain", calls: "eth_sendRawTransaction", nth: 2, what: "the claim is on chain, it is challenged"},
		point{job: "fraud", role: "cheat", to: "chain", calls: "eth_sendRawTransaction", nth: 1, what: "the challenge is seen, the seed is revealed"},
		point{job: "fraud", role: "mediator-1", to: "solver", calls: "POST /v1/blobs", nth: 1, what: "the verdict is signed and stored, its transcript is uploaded"},
		point{job: "fraud", role: "mediator-1", to: "solver", calls: "POST /v1/jobs/ID/opinion", nth: 1, often: true, what: "the verdict is signed and stored, it is given"},
		point{job: "fraud", role: "solver", to: "chain", calls: "eth_sendRawTransaction", nth: 2, what: "the verdicts are stored, the case is resolved"},
	),
	point{job: "paid", role: "solver", to: "chain", calls: "eth_getTransactionReceipt", nth: 1, victim: "solver", what: "the deal is open, the queue looks for it"},
	point{job: "paid", role: "creator", to: "solver", calls: "POST /v1/jobs", nth: 1, after: true, victim: "solver", what: "the job is stored, its creator is answered"},
	point{job: "paid", role: "provider-1", to: "solver", calls: "POST /v1/jobs/ID/answer", nth: 1, after: true, victim: "solver", what: "the deal is stored, its provider is answered"},
	point{job: "paid", role: "provider-1", to: "solver", calls: "POST /v1/jobs/ID/delivery", nth: 1, after: true, victim: "solver", what: "the delivery is stored, its provider is answered"},
	point{job: "paid", role: "creator", to: "solver", calls: "POST /v1/jobs/ID/receipt", nth: 1, after: true, victim: "solver", what: "the receipt is stored, its creator is answered"},
	point{job: "fraud", role: "mediator-1", to: "solver", calls: "POST /v1/jobs/ID/opinion", nth: 1, after: true, victim: "solver", what: "the verdict is stored, its mediator is answered"},
	point{job: "paid", role: "solver", to: "chain", calls: "eth_sendRawTransaction", nth: 1, after: true, victim: "devchain", what: "the chain has the transaction, the solver is answered"},
)

// around makes two points of each call: it is not made, and it is not heard.
func around(calls ...point) (out []point) {
	for _, p := range calls {
		p.victim = p.role
		out = append(out, p)
		p.after, p.often = true, false
		out = append(out, p)
	}
	return out
}

func (p point) String() string {
	when := ", but not yet"
	if p.after {
		when = ", and it is killed before it knows"
	}
	return p.victim + ": " + p.what + when
}

// gatedMarket is a market whose roles speak through gates.
type gatedMarket struct {
	*market
	gates map[string]map[string]*gate // by role, and by what it speaks to
}

func startGated(t *testing.T) *gatedMarket {
	t.Helper()
	program(t)
	dir, ports := t.TempDir(), freePorts(t, 3)
	m := &gatedMarket{
		market: &market{dir: dir, network: filepath.Join(dir, "devchain", node.NetworkFile), roles: map[string]*process{}},
		gates:  map[string]map[string]*gate{},
	}
	m.join = []string{"--network", m.network, "--creator-url", "http://127.0.0.1:" + ports[2], "--data", filepath.Join(dir, "run")}
	t.Cleanup(func() { m.stop(t) })
	m.run(t, "devchain", "devchain", "--port", ports[0], "--solver-url", "http://127.0.0.1:"+ports[1])
	m.gated(t, "solver", "solver", "--listen", "127.0.0.1:"+ports[1])
	m.gated(t, "provider-1", "provider", "--key", "provider-1", "--docker", "off")
	m.gated(t, "provider-2", "provider", "--key", "provider-2", "--docker", "off")
	m.gated(t, "cheat", "provider", "--key", "provider-17", "--price", "1.5", "--faulty", "wrong-answer", "--docker", "off")
	for _, name := range []string{"mediator-1", "mediator-2", "mediator-3"} {
		m.gated(t, name, "mediator", "--key", name, "--docker", "off")
	}
	m.gated(t, "creator", "creator", "--listen", "127.0.0.1:"+ports[2])
	return m
}

// gated starts a role whose network file leads to its own gates.
func (m *gatedMarket) gated(t *testing.T, name, command string, args ...string) {
	t.Helper()
	n, err := node.ReadNetwork(m.network)
	if err != nil {
		t.Fatal(err)
	}
	m.gates[name] = map[string]*gate{"chain": newGate(t, n.RPC), "solver": newGate(t, n.SolverURL)}
	n.RPC, n.SolverURL = m.gates[name]["chain"].url, m.gates[name]["solver"].url
	file := filepath.Join(m.dir, name+"-network.json")
	text, err := json.Marshal(n)
	if err == nil {
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	m.run(t, name, append([]string{command, "--network", file}, args...)...)
}

// Wherever a role dies between writing down what it will do and learning that
// it is done, the job ends as it would have, and everybody is paid once.
func TestKill_atEachFaultPoint(t *testing.T) {
	m := startGated(t)
	const price, fee, verdicts = 1_000_000, 50_000, 1_200_000
	for _, p := range points {
		t.Logf("fault point: %s", p)
	}
	for i, p := range points {
		if !*allPoints && !p.often {
			continue
		}
		t.Run(strings.ReplaceAll(p.String(), " ", "_"), func(t *testing.T) {
			message := fmt.Sprint("Message=moo ", i) // a job of its own, whose bytes nobody has yet
			args := []string{"cowsay:v0.0.4", "-i", message, "--target", node.LocalKey("provider-1").Address().String()}
			want := outcome{"paid", 0, map[string]int64{"creator": -price - fee, "provider-1": price, "solver": fee}}
			if p.job == "fraud" {
				args = []string{"cowsay:v0.0.4", "-i", message, "--target", node.LocalKey("provider-17").Address().String(), "--scheme", "audit", "--audit", "100%"}
				want = outcome{"fraud", 69, map[string]int64{
					"cheat": -5_000_000, "mediators": 2 * verdicts / 3, "sink": 5_000_000 - 2*verdicts/3 - fee, "solver": fee,
				}}
			}
			before := m.holdings(t)
			g := m.gates[p.role][p.to]
			trap := g.arm(p.calls, p.nth, p.after)
			r := m.order(t, args...)
			select {
			case <-trap.sprung:
			case <-time.After(jobWithin):
				t.Fatalf("%s never came by", p.role)
			}
			m.roles[p.victim].kill(t)
			g.release()
			m.roles[p.victim].start(t)
			report, code := r.end(t)
			got := outcome{report.State, code, m.holdings(t).change(before)}
			if want.State == "fraud" && got.Gains["mediators"] == verdicts { // the third verdict came in time
				want.Gains["mediators"], want.Gains["sink"] = verdicts, 5_000_000-verdicts-fee
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the job ended differently (-want +got):\n%s", diff)
			}
			for name, role := range m.roles {
				if !role.alive() {
					t.Fatalf("%s has ended", name)
				}
			}
		})
	}
}
