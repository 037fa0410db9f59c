package node

import (
	"context"
	"math/big"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/version"
	"github.com/lilypad-network/lilypad/modules/catalog/image"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/creator"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
	"github.com/lilypad-network/lilypad/runtime/execution/wasm"
	"github.com/lilypad-network/lilypad/runtime/mediator"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/solver"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Defaults of the plugin hooks.
const (
	defaultMatch = "cheapest"
	defaultAdmit = "standing"
	defaultAllow = "list"
)

func (n *Node) startSolver(ctx context.Context) error {
	if n.Solver == nil {
		return nil
	}
	c := n.Solver
	if c.Key.Address() != n.Network.Solver {
		return lilypad.Errorf(lilypad.Invalid, "the solver of network %s is %s, this key is %s", n.Network.Name, n.Network.Solver, c.Key.Address())
	}
	room, err := n.room(ctx, "solver", c.Key, 0)
	if err != nil {
		return err
	}
	match, err := n.shelf.configured(hostapi.HookMatch, c.Match, defaultMatch)
	if err != nil {
		return err
	}
	allow, err := n.allower(hostapi.RoleSolver, "solver", c.Allow)
	if err != nil {
		return err
	}
	cfg := solver.Config{
		Network: n.describe(), Ledger: room.ledger, Journal: room.journal, Store: room.store,
		Ranker: &ranker{post: n.post(hostapi.HookMatch, "solver", "solver", match, c.Match.Fallback)}, Allower: allow, Logger: n.Logger, Patience: n.Patience,
	}
	if n.Network.Steered() {
		cfg.Advance = n.client.Advance
	}
	if c.EtherPrice > 0 {
		cfg.Cost = n.gasCost(c.EtherPrice)
	}
	s, err := solver.New(ctx, cfg)
	if err != nil {
		return err
	}
	n.serve("solver", s.Run)
	h := api.NewSolverHandler(s, s.Blobs(), api.NewGuard(n.Network.Solver, time.Now))
	n.Network.SolverURL, err = n.listen("solver", "--listen", or(c.Listen, "127.0.0.1:0"), h)
	return err
}

// gasCost tells what the gas of a deal costs, in a batch of so many, where an
// ether is worth so much.
func (n *Node) gasCost(ether lilypad.Amount) func(context.Context, int) (lilypad.Amount, error) {
	return func(ctx context.Context, batch int) (lilypad.Amount, error) {
		wei, err := n.client.GasPrice(ctx)
		if err != nil {
			return 0, err
		}
		cost := new(big.Int).SetUint64(settlement.GasOfDeal(batch))
		cost.Mul(cost, wei).Mul(cost, new(big.Int).SetUint64(uint64(ether)))
		cost.Add(cost, big.NewInt(1e18-1)).Div(cost, big.NewInt(1e18)) // rounded up
		if !cost.IsUint64() {
			return lilypad.MaxAmount, nil
		}
		return min(lilypad.Amount(cost.Uint64()), lilypad.MaxAmount), nil
	}
}

func (n *Node) describe() api.Network {
	w := n.Network
	return api.Network{
		Name: w.Name, Version: version.Version, Domain: lilypad.Domain{ChainID: w.ChainID, Contract: w.Settlement}, Token: w.Token,
		Solver: w.Solver, Sink: w.Sink, Fee: w.SolverFee, Panel: w.Panel, Windows: w.Windows,
	}
}

func (n *Node) startProviders(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, c := range n.Providers {
		g.Go(func() error { return n.startProvider(ctx, c) })
	}
	return g.Wait()
}

func (n *Node) startProvider(ctx context.Context, c ProviderConfig) error {
	if c.Faulty != provider.Honest && !n.Network.Local() {
		return lilypad.Errorf(lilypad.Invalid, "a faulty provider runs on the local network only")
	}
	room, err := n.room(ctx, c.Name, c.Key, c.Deposit)
	if err != nil {
		return err
	}
	executors, gpus, err := n.executors(ctx, c.Name, c.Docker, c.DockerHost, docker.Config{AllowNetwork: c.Offer.Network, Pull: c.Pull})
	if err != nil {
		return err
	}
	admit, err := n.shelf.configured(hostapi.HookAdmit, c.Admit, defaultAdmit)
	if err != nil {
		return err
	}
	allow, err := n.allower(hostapi.RoleProvider, c.Name, c.Allow)
	if err != nil {
		return err
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	offer, err := n.complete(ctx, c.Offer, executors, gpus)
	if err != nil {
		return err
	}
	p, err := provider.New(ctx, provider.Config{
		Key: c.Key, Ledger: room.ledger, Journal: room.journal, Store: room.store, Market: api.NewSolverClient(n.Network.SolverURL, n.Network.Solver, c.Key),
		Executors: executors, Modules: runnerModules{n.modules}, Allower: allow, Admitter: admitter{n.post(hostapi.HookAdmit, "provider", c.Name, admit, c.Admit.Fallback), c.Zone, n.modules},
		Offer: offer, Dir: n.dir(c.Name, "jobs"), GPUs: gpus, Logger: n.Logger, Faulty: c.Faulty, SignFor: n.signFor(),
		Windows: n.Network.Windows, Known: n.shelf.knows,
	})
	if err != nil {
		return err
	}
	n.serve(c.Name, p.Run)
	return nil
}

// complete fills in what the machine has and the offer does not say.
func (n *Node) complete(ctx context.Context, o lilypad.Offer, xs map[lilypad.Engine]execution.Executor, gpus []execution.GPU) (lilypad.Offer, error) {
	if o.Capacity == (lilypad.Resources{}) {
		capacity, err := hardware.Capacity(n.Dir)
		if err != nil {
			return o, err
		}
		o.Capacity = capacity
	}
	if len(gpus) > 0 {
		o.Capacity.GPUs, o.Capacity.VRAMMB, o.GPUModel = uint32(len(gpus)), gpus[0].VRAMMB, gpus[0].Model
	}
	for _, e := range []lilypad.Engine{lilypad.EngineWasm, lilypad.EngineDocker} {
		if xs[e] != nil {
			o.Engines = append(o.Engines, e)
		}
	}
	o.HardwareClass = hardwareClass(gpus)
	head, err := n.client.Head(ctx)
	o.Since = head.Time
	return o, err
}

// hardwareClass names machines that give the same bits: by GPU model and
// driver; machines without a GPU are one class.
func hardwareClass(gpus []execution.GPU) lilypad.Hash {
	if len(gpus) == 0 {
		return lilypad.Keccak256([]byte("cpu"))
	}
	return lilypad.Keccak256([]byte(gpus[0].Model + "\n" + gpus[0].Driver))
}

// executors opens the engines of a role, under its own name.
func (n *Node) executors(ctx context.Context, owner string, mode DockerMode, host string, cfg docker.Config) (map[lilypad.Engine]execution.Executor, []execution.GPU, error) {
	w, err := wasm.New(ctx, wasm.Config{Modules: n.modules, CacheDir: n.dir("cache", "wasm")})
	if err != nil {
		return nil, nil, err
	}
	n.onClose(w.Close)
	xs := map[lilypad.Engine]execution.Executor{lilypad.EngineWasm: w}
	if mode == DockerOff {
		return xs, nil, nil
	}
	cfg.Owner, cfg.Host, cfg.Images, cfg.Log = owner, host, image.Source{}, n.Logger
	d, err := docker.New(cfg)
	if err != nil {
		return nil, nil, err
	}
	n.onClose(d.Close)
	probe, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	found, err := d.Fingerprint(probe)
	switch {
	case err == nil:
		xs[lilypad.EngineDocker] = d
	case mode == DockerOn:
		return nil, nil, err
	default:
		n.Logger.Debug("no Docker engine", "error", err)
	}
	return xs, found.GPUs, nil
}

func (n *Node) startMediators(ctx context.Context) error {
	for _, c := range n.Mediators {
		room, err := n.room(ctx, c.Name, c.Key, 0)
		if err != nil {
			return err
		}
		executors, gpus, err := n.executors(ctx, c.Name, c.Docker, c.DockerHost, docker.Config{Pull: true})
		if err != nil {
			return err
		}
		m, err := mediator.New(ctx, mediator.Config{
			Key: c.Key, Ledger: room.ledger, Journal: room.journal, Store: room.store, Market: api.NewSolverClient(n.Network.SolverURL, n.Network.Solver, c.Key),
			Modules: runnerModules{n.modules}, Policies: mediatorPolicies{n.policies("mediator", c.Name, room.store)}, Executors: executors,
			Dir: n.dir(c.Name, "jobs"), Class: hardwareClass(gpus), Logger: n.Logger,
		})
		if err != nil {
			return err
		}
		n.serve(c.Name, m.Run)
	}
	return nil
}

func (n *Node) startCreator(ctx context.Context) error {
	if n.Creator == nil {
		return nil
	}
	c := n.Creator
	room, err := n.room(ctx, "creator", c.Key, c.Deposit)
	if err != nil {
		return err
	}
	allow, err := n.allower(hostapi.RoleCreator, "creator", c.Allow)
	if err != nil {
		return err
	}
	if c.Terms == (creator.Terms{}) {
		c.Terms = DefaultTerms
		if n.Network.Local() {
			c.Terms.Expiry = localExpiry
		}
	}
	cr, err := creator.New(ctx, creator.Config{
		Key: c.Key, Ledger: room.ledger, Journal: room.journal, Store: room.store, Market: api.NewSolverClient(n.Network.SolverURL, n.Network.Solver, c.Key),
		Modules: creatorModules{n.modules}, Allower: allow, Policies: creatorPolicies{n.policies("creator", "creator", room.store)},
		Network: n.describe(), Terms: c.Terms, Scheme: c.Scheme, Comparator: c.Comparator, Logger: n.Logger, DoubtAfter: n.Patience / 2, Local: n.Network.Local(),
	})
	if err != nil {
		return err
	}
	n.serve("creator", cr.Run)
	var h http.Handler = api.NewCreatorHandler(cr, ownBlobs{room.store}, api.NewGuard(c.Key.Address(), time.Now), c.Key.Address())
	n.Network.CreatorURL, err = n.listen("creator", "--listen", or(c.Listen, "127.0.0.1:0"), h)
	return err
}

// ownBlobs is a creator's store as its owner sees it: without a quota.
type ownBlobs struct{ storage.Store }

func (b ownBlobs) PutBlock(ctx context.Context, _ lilypad.Address, block []byte) (lilypad.Hash, error) {
	return b.Put(ctx, block)
}

// post is where a role asks a hook.
func (n *Node) post(hook hostapi.Hook, role, who string, p *pluginhost.Plugin, f pluginstore.Fallback) post {
	return post{in: n.lineup, role: role, who: who, hook: hook, configured: p, own: n.lineup.configure(who, p, f)}
}

func (n *Node) policies(role, who string, store storage.Getter) policies {
	return policies{n.shelf, post{in: n.lineup, role: role, who: who, store: store}}
}

// allower joins the network-wide list with the role's own.
func (n *Node) allower(role hostapi.Role, who string, own PluginRef) (allower, error) {
	a := allower{role: role, listing: n.listing, modules: n.modules, now: func(ctx context.Context) (lilypad.Time, error) {
		head, err := n.client.Head(ctx)
		return head.Time, err
	}}
	if n.Network.AllowList != "" {
		settings, err := readAllowList(n.Network.AllowList, n.Network.Steward)
		if err != nil {
			return a, err
		}
		p, err := n.shelf.load(hostapi.HookAllow, defaultAllow, settings)
		if err != nil {
			return a, err
		}
		a.lists = append(a.lists, allowList{"network-wide list", post{who: who, hook: hostapi.HookAllow, configured: p}})
	}
	p, err := n.shelf.configured(hostapi.HookAllow, own, defaultAllow)
	if err != nil {
		return a, err
	}
	a.lists = append(a.lists, allowList{"own list", n.post(hostapi.HookAllow, role.String(), who, p, own.Fallback)})
	return a, nil
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
