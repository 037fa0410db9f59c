package chaos_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm/evmtest"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// window is the block time of every deadline: short enough to pass in a run.
const window lilypad.Seconds = 3600

// market is a chain and the roles on it.
type market struct {
	t      *testing.T
	dir    string
	chain  *devchain.Chain
	client *chain.Client
	base   uint64 // the first block that may be lost
	mirror *evmtest.Mirror
	net    node.Network
	roles  []*role // in the order in which they are started
	log    *tail
	starts sync.WaitGroup // of roles that come back
	coming atomic.Int32   // how many they are
	docker bool           // there is a provider with a Docker engine
}

// role is one node, with one role.
type role struct {
	name    string
	config  node.Config
	proxy   *chaintest.Proxy          // between it and the chain
	running atomic.Pointer[node.Node] // nil: it is silent
}

var (
	creators = []string{"creator", "steward"} // two accounts of the local network
	sellers  = []string{"provider-1", "provider-2", "provider-3", "provider-17", "provider-18", "provider-19", "provider-20"}
)

// unjudgeable is a provider that runs jobs in Docker, which no mediator has.
const unjudgeable = "provider-4"

const wrong, silent = "provider-17", "provider-19"

// faulty are the providers that misbehave, by account.
var faulty = map[string]provider.Fault{
	wrong: provider.WrongAnswer, "provider-18": provider.Late, silent: provider.Silent, "provider-20": provider.Vanish,
}

func newMarket(t *testing.T) *market {
	t.Helper()
	m := &market{t: t, dir: t.TempDir(), net: node.LocalNetwork(5), log: &tail{}}
	m.net.Windows = api.Windows{Submit: window, Judge: window, Reveal: window, Mediate: window}
	m.startChain()
	free := ports.Reserve(t, 1+len(creators))
	m.net.SolverURL = "http://127.0.0.1:" + free[0]
	// Who fails every job is asked again and again.
	match := node.PluginRef{Use: "cheapest", Settings: map[string]any{"max_failures_ppm": 1_000_000}}
	m.add("solver", node.Config{Solver: &node.SolverConfig{Key: node.LocalKey("solver"), Listen: "127.0.0.1:" + free[0], Match: match}})
	for _, name := range sellers {
		m.sell(name, node.DockerOff)
	}
	t.Run("docker", func(t *testing.T) {
		docker.Need(t)
		m.sell(unjudgeable, node.DockerOn)
		m.docker = true
	})
	for i := range m.net.Panel.Mediators {
		name := fmt.Sprintf("mediator-%d", i+1)
		m.add(name, node.Config{Mediators: []node.MediatorConfig{{Name: name, Key: node.LocalKey(name), Docker: node.DockerOff}}})
	}
	for i, name := range creators {
		m.add(name, node.Config{Creator: &node.CreatorConfig{Key: node.LocalKey(name), Listen: "127.0.0.1:" + free[1+i], Deposit: 20_000 * lilypad.LILY}})
	}
	t.Cleanup(m.close)
	for _, r := range m.roles {
		m.start(r)
	}
	return m
}

// sell adds a provider.
func (m *market) sell(name string, docker node.DockerMode) {
	p := node.LocalProvider(1, faulty[name])
	p.Name, p.Key, p.Docker, p.Deposit = name, node.LocalKey(name), docker, 5000*lilypad.LILY
	m.add(name, node.Config{Providers: []node.ProviderConfig{p}})
}

func (m *market) startChain() {
	m.t.Helper()
	var accounts []lilypad.Address
	var grants []evm.Grant
	for _, name := range node.LocalNames() {
		who := node.LocalKey(name).Address()
		accounts = append(accounts, who)
		grants = append(grants, evm.Grant{To: who, Amount: 100_000 * lilypad.LILY})
	}
	var err error
	if m.chain, err = devchain.New(m.t.Context(), devchain.Config{Accounts: accounts, Listen: true}); err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = m.chain.Close() })
	rpc := m.chain.Attach()
	m.t.Cleanup(rpc.Close)
	m.client = chaintest.Dial(m.t, chain.Config{RPC: rpc})
	queue, stop := m.queue("faucet")
	defer stop()
	at, err := evm.Deploy(m.t.Context(), queue, evm.Plan{Sink: m.net.Sink, Supply: 1_000_000_000 * lilypad.LILY}, grants...)
	if err != nil {
		m.t.Fatal(err)
	}
	m.net.Settlement, m.net.Token = at.Settlement, at.Token
	m.base = m.head().Number
	m.mirror = evmtest.NewMirror(rpc, at, m.net.ChainID)
}

// queue sends as an account, until stop.
func (m *market) queue(name string) (q *chain.Queue, stop func()) {
	q = chain.NewQueue(chain.QueueConfig{Client: m.client, Key: node.LocalKey(name), Journal: memory.New()})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = q.Run(ctx) })
	return q, func() { cancel(); running.Wait() }
}

func (m *market) head() chain.Header {
	m.t.Helper()
	h, err := m.client.Head(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	return h
}

func (m *market) add(name string, c node.Config) {
	m.t.Helper()
	r := &role{name: name, proxy: chaintest.NewProxy(m.t, m.chain.URL(), chaintest.Faults{})}
	c.Dir, c.Network, c.Patience = filepath.Join(m.dir, name), m.net, 3*time.Second
	c.Network.RPC = r.proxy.URL
	c.Logger = slog.New(slog.NewTextHandler(m.log, &slog.HandlerOptions{Level: slog.LevelInfo})).With("role", name)
	r.config = c
	m.roles = append(m.roles, r)
}

// start returns once the role serves.
func (m *market) start(r *role) {
	m.t.Helper()
	if r.running.Load() != nil {
		return
	}
	n, err := node.Start(context.Background(), r.config)
	if err != nil {
		m.t.Errorf("start %s: %v", r.name, err)
		return
	}
	r.running.Store(n)
}

// startSoon returns at once.
func (m *market) startSoon(r *role) {
	m.coming.Add(1)
	m.starts.Go(func() {
		defer m.coming.Add(-1)
		m.start(r)
	})
}

func (m *market) stop(r *role) {
	m.t.Helper()
	n := r.running.Swap(nil)
	if n == nil {
		return
	}
	if err := n.Close(); err != nil {
		m.t.Errorf("%s ended badly: %v", r.name, err)
	}
}

// ended names a role that has ended by itself.
func (m *market) ended() error {
	for _, r := range m.roles {
		n := r.running.Load()
		if n == nil {
			continue
		}
		select {
		case <-n.Done():
			return fmt.Errorf("%s has ended by itself: %w", r.name, n.Wait())
		default:
		}
	}
	return nil
}

func (m *market) close() {
	m.starts.Wait()
	for i := len(m.roles) - 1; i >= 0; i-- {
		m.stop(m.roles[i])
	}
	if m.t.Failed() {
		m.t.Logf("the end of the log:\n%s", m.log)
	}
}

func (m *market) buyer(name string) *api.CreatorClient {
	for _, r := range m.roles {
		if r.name == name {
			return api.NewCreatorClient("http://"+r.config.Creator.Listen, node.LocalKey(name))
		}
	}
	m.t.Fatalf("no creator %s", name)
	return nil
}

// seed is that of a creator's job: see runtime/creator.
func seed(k *wallet.Key, nonce uint64) lilypad.Hash {
	return k.Seed(append([]byte("creator seed"), byte(nonce>>56), byte(nonce>>48), byte(nonce>>40), byte(nonce>>32), byte(nonce>>24), byte(nonce>>16), byte(nonce>>8), byte(nonce)))
}

// tail keeps the end of a log.
type tail struct {
	mu  sync.Mutex // guards buf
	buf bytes.Buffer
}

func (l *tail) Write(b []byte) (int, error) {
	const most = 1 << 20
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.buf.Len() > 2*most {
		rest := bytes.Clone(l.buf.Bytes()[l.buf.Len()-most:])
		l.buf.Reset()
		l.buf.Write(rest)
	}
	return l.buf.Write(b)
}

func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buf.Bytes()
	return string(b[max(0, len(b)-64<<10):])
}
