package node

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/execution/modelcache"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/journal/sqlite"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
	"github.com/lilypad-network/lilypad/runtime/settlement/survey"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/file"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Node is the services of one process. Close stops them.
type Node struct {
	Config
	devchain *devchain.Chain
	client   *chain.Client
	follower *chain.Follower
	host     *pluginhost.Host
	shelf    *shelf
	lineup   *lineup
	listing  *listing // nil: the network has none on chain
	modules  *moduleSource
	models   *modelcache.Cache
	tracer   trace.Tracer
	survey   atomic.Pointer[survey.Tracker] // nil: no metrics, or not yet

	decisions *decisions.Log

	ctx    context.Context // of all services
	cancel context.CancelFunc
	group  *errgroup.Group

	mu       sync.Mutex       // guards what follows while roles start
	closers  []func() error   // called last first, after all services have ended
	accounts []keeper.Account // of all roles
	kept     []kept

	providers providers
}

// Start opens what the configuration names and starts its services. It returns
// when they serve; the caller closes the node.
//
// # Errors
//
// One error with a remedy: a port or folder in use, another chain, another
// contract version, a journal that cannot be read.
func Start(ctx context.Context, c Config) (_ *Node, err error) {
	if c.Dir, err = filepath.Abs(c.Dir); err != nil { // jobs run in other folders
		return nil, err
	}
	if c.Patience == 0 {
		c.Patience = 15 * time.Second
	}
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	group, run := errgroup.WithContext(run)
	n := &Node{Config: c, ctx: run, cancel: cancel, group: group, providers: providers{changed: make(chan struct{}, 1)}}
	if err := n.start(ctx); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	return n, nil
}

func (n *Node) start(ctx context.Context) error {
	if err := writable(n.dir("cache")); err != nil {
		return err
	}
	for _, open := range []func(context.Context) error{n.openTracer, n.openDecisions, n.openPlugins, n.openStore, n.openModules, n.openModels, n.serveMetrics, n.openChain, n.deploy, n.followModules, n.limitKeys, n.surveySettlement, n.startSolver, n.startProviders, n.startMediators, n.startCreator, n.startKeeping, n.followDrain} {
		if err := open(ctx); err != nil {
			return err
		}
	}
	if n.DevChain != nil || n.Network.Local() && n.Solver != nil {
		return n.Network.write(n.dir(NetworkFile))
	}
	return nil
}

// Wait blocks until a service fails or the node is closed.
func (n *Node) Wait() error { return n.group.Wait() }

// Done is closed when a service has failed or the node is being closed.
func (n *Node) Done() <-chan struct{} { return n.ctx.Done() }

// Close stops all services and returns what went wrong.
func (n *Node) Close() error {
	n.cancel()
	err := n.group.Wait()
	for _, fn := range slices.Backward(n.closers) {
		err = errors.Join(err, fn())
	}
	n.closers = nil
	return err
}

func (n *Node) onClose(fn func() error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.closers = append(n.closers, fn)
}

// serve runs a service until the node ends.
func (n *Node) serve(name string, run func(context.Context) error) {
	n.group.Go(func() error {
		if err := run(n.ctx); err != nil && n.ctx.Err() == nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}

func (n *Node) openPlugins(context.Context) (err error) {
	n.host, err = pluginhost.New(pluginhost.Config{
		CacheDir: n.dir("cache", "plugins"), Log: n.Logger, OnDecision: n.decided, Wanted: n.wanted,
		Idle: n.Host.Idle, Breaker: n.Host.Breaker, Sample: n.Host.sample(), OnDisagreement: n.doubted,
	})
	if err != nil {
		return err
	}
	n.onClose(n.host.Close)
	n.shelf, err = newShelf(n.host, n.Plugins)
	return err
}

func (n *Node) openChain(ctx context.Context) (err error) {
	cfg := n.Network.chain(n.Logger)
	if n.DevChain != nil && n.DevChain.URL == "" {
		n.devchain, err = devchain.New(ctx, devchain.Config{
			Dir: n.dir("chain"), ChainID: n.Network.ChainID, Accounts: localAccounts(), Listen: n.DevChain.Listen, Port: n.DevChain.Port, Log: n.Logger,
		})
		if err != nil {
			return err
		}
		n.onClose(n.devchain.Close)
		cfg.URL, cfg.RPC, n.Network.RPC = "", n.devchain.Attach(), n.devchain.URL()
	}
	if n.client, err = chain.New(ctx, cfg); err != nil {
		return err
	}
	n.onClose(func() error { n.client.Close(); return nil })
	if n.DevChain != nil && n.DevChain.URL != "" {
		if n.Network.ChainID = n.client.ChainID(); !n.Network.Local() {
			return errNotLocal(n.Network)
		}
		return n.client.Endow(ctx, localAccounts(), endowment)
	}
	return nil
}

// endowment is what an account gets for its transactions on a development
// chain that another program runs, in wei.
var endowment = new(big.Int).Mul(big.NewInt(10), big.NewInt(1e18))

// deploy puts the contracts on a new local chain. Where a network file tells
// of them, they are there already.
func (n *Node) deploy(ctx context.Context) error {
	if n.Network.Settlement.IsZero() {
		if old, err := ReadNetwork(n.dir(NetworkFile)); err == nil {
			n.Network.Settlement, n.Network.Token, n.Network.Modules = old.Settlement, old.Token, old.Modules
		}
	}
	if !n.Network.Settlement.IsZero() {
		if at, err := evm.Inspect(ctx, n.client, n.Network.Settlement); err == nil {
			n.Network.Token, n.Network.Sink = at.Token, at.Sink
			n.follow()
			return nil
		} else if n.DevChain == nil {
			return err
		} else if n.DevChain.URL != "" {
			return lilypad.Errorf(lilypad.Conflict, "the chain at %s lacks the contract of the data folder: it was started anew", n.DevChain.URL).
				Try("delete %s, or choose another folder with --data", n.Dir)
		}
	}
	if n.DevChain == nil {
		return lilypad.Errorf(lilypad.Invalid, "network %s names no settlement contract", n.Network.Name).Try("lilypad contracts deploy, or pass --network FILE of the network to join")
	}
	queue, stop, err := n.faucet(ctx)
	if err != nil {
		return err
	}
	defer stop()
	grants := []evm.Grant{{To: LocalKey("creator").Address(), Amount: 10_000 * lilypad.LILY}}
	for i := range 2 * MaxLocal {
		grants = append(grants, evm.Grant{To: LocalKey(fmt.Sprintf("provider-%d", i+1)).Address(), Amount: 10_000 * lilypad.LILY})
	}
	at, err := evm.Deploy(ctx, queue, localPlan(), grants...)
	if err != nil {
		return err
	}
	n.Network.Settlement, n.Network.Token, n.Network.Modules = at.Settlement, at.Token, at.Modules
	n.follow()
	return n.Network.write(n.dir(NetworkFile))
}

func (n *Node) follow() {
	n.follower = n.Network.follower(n.client, n.Network.Settlement, n.Logger)
}

// faucet sends for the account that has everything on a local chain. The
// caller stops it.
func (n *Node) faucet(ctx context.Context) (*chain.Queue, func(), error) {
	j, err := n.journal(ctx, "faucet")
	if err != nil {
		return nil, nil, err
	}
	queue := chain.NewQueue(chain.QueueConfig{Client: n.client, Key: LocalKey("faucet"), Journal: j, Log: n.Logger})
	run, cancel := context.WithCancel(n.ctx)
	var running sync.WaitGroup
	running.Go(func() { _ = queue.Run(run) }) // what fails is told to who sends
	return queue, func() { cancel(); running.Wait() }, nil
}

// journal opens the journal of a role; it is closed with the node.
func (n *Node) journal(ctx context.Context, role string) (journal.Journal, error) {
	if err := os.MkdirAll(n.dir(role), 0o700); err != nil {
		return nil, err
	}
	j, err := sqlite.Open(ctx, n.dir(role, "journal.db"))
	if err != nil {
		return nil, err
	}
	n.onClose(j.Close)
	if n.WrapJournal != nil {
		return n.WrapJournal(role, j), nil
	}
	return j, nil
}

// rooms are what every role has of its own.
type rooms struct {
	journal journal.Journal
	blocks  *file.Store
	store   *storage.Collector // of blocks
	ledger  *evm.Ledger
	dir     string
}

// room opens journal, store and ledger of a role that acts for a key.
func (n *Node) room(ctx context.Context, role string, key wallet.Account, deposit lilypad.Amount) (rooms, error) {
	r := rooms{dir: n.dir(role)}
	err := n.claim(key.Address())
	if err != nil {
		return r, err
	}
	if r.journal, err = n.journal(ctx, role); err != nil {
		return r, err
	}
	if r.blocks, err = file.Open(n.dir(role, "blobs")); err != nil {
		return r, err
	}
	r.store = storage.NewCollector(r.blocks)
	queue := chain.NewQueue(chain.QueueConfig{Client: n.client, Key: key, Journal: r.journal, Log: n.Logger})
	n.serve("transactions of "+role, queue.Run)
	r.ledger, err = evm.New(ctx, evm.Config{Client: n.client, Queue: queue, Follower: n.follower, Contract: n.Network.Settlement})
	if err != nil {
		return r, err
	}
	n.mu.Lock()
	n.accounts = append(n.accounts, r.ledger)
	n.mu.Unlock()
	return r, fill(ctx, r.ledger, deposit)
}

// claim keeps other processes of this user from acting for a key on the
// network while the node runs.
func (n *Node) claim(key lilypad.Address) error {
	if n.LockDir == "" {
		return nil
	}
	unlock, err := chain.LockKey(n.LockDir, n.Network.fileName(), key, fmt.Sprintf("process %d with the data folder %s", os.Getpid(), n.Dir))
	if lilypad.CodeOf(err) == lilypad.Unavailable {
		return &lilypad.Error{Code: lilypad.Unavailable, Msg: "claim a key", Remedy: "name a folder that can be written to in XDG_STATE_HOME", Err: err}
	}
	if err == nil {
		n.onClose(unlock)
	}
	return err
}

// fill deposits what is missing to have that much free, as far as the wallet
// has it.
func fill(ctx context.Context, l *evm.Ledger, want lilypad.Amount) error {
	if want == 0 {
		return nil
	}
	if err := l.AwaitLeft(ctx); err != nil { // an earlier deposit may be on its way
		return err
	}
	a, err := l.Account(ctx, l.Address())
	if err != nil {
		return err
	}
	// Half of it will do: what is locked in deals comes back.
	if add := min(want-min(want, a.Free), a.Wallet); a.Free < want/2 && add > 0 {
		_, err = l.Deposit(ctx, add)
	}
	return err
}

// listen serves a handler until the node ends and returns its URL. flag is how
// its address is chosen.
func (n *Node) listen(name, flag, addr string, h http.Handler) (string, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return "", &lilypad.Error{Code: lilypad.Conflict, Msg: name + " cannot listen on " + addr, Remedy: "choose another address with " + flag + ", or stop the program that uses it", Err: err}
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
	n.serve(name, func(ctx context.Context) error {
		stop := context.AfterFunc(ctx, func() { _ = server.Close() })
		defer stop()
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	return "http://" + l.Addr().String(), nil
}
