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
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/creator"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
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
		Network: n.describe(), Ledger: room.ledger, Journal: room.journal, Store: room.blocks, // which it sweeps itself
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
	h := api.NewSolverHandler(s, s.Blobs(), n.guard(n.Network.Solver))
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
	machines, err := n.fleet(ctx, &c)
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
	if c.Offer.Since, err = n.since(ctx); err != nil {
		return err
	}
	var models execution.Models = n.models
	if !c.Pull && !n.Network.Local() { // on which all jobs are the operator's own
		models = n.models.Warm()
	}
	p, err := provider.New(ctx, provider.Config{
		Key: c.Key, Ledger: room.ledger, Journal: room.journal, Store: room.store, Market: api.NewSolverClient(n.Network.SolverURL, n.Network.Solver, c.Key),
		Fleet: machines, Modules: runnerModules{n.modules}, Models: models, Allower: allow, Admitter: admitter{n.post(hostapi.HookAdmit, "provider", c.Name, admit, c.Admit.Fallback), c.Zone, n.modules},
		Offer: c.Offer, Dir: n.dir(c.Name, "jobs"), Logger: n.Logger, Faulty: c.Faulty, SignFor: n.signFor(),
		Windows: n.Network.Windows, Known: n.shelf.knows, Draining: Draining(n.Dir), Changed: n.providers.touch,
		MaxInput: c.MaxInput, Disk: func() (uint32, error) { return hardware.Disk(n.Dir) },
	})
	if err != nil {
		return err
	}
	n.stand(c.Name, p)
	n.serve(c.Name, p.Run)
	n.keep(c.Name, room.store, p.Needed)
	return nil
}

func (n *Node) startMediators(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, c := range n.Mediators {
		g.Go(func() error { return n.startMediator(ctx, c) })
	}
	return g.Wait()
}

func (n *Node) startMediator(ctx context.Context, c MediatorConfig) error {
	room, err := n.room(ctx, c.Name, c.Key, 0)
	if err != nil {
		return err
	}
	own, err := n.ownMachine(ctx, owner(c.Name, c.Key.Address()), c.Docker, docker.Config{Host: c.DockerHost, Pull: true})
	if err != nil {
		return err
	}
	own.Offer.Slots = mediatorSlots
	machines, err := fleet.New([]fleet.Machine{own}, GPULocks(n.LockDir))
	if err != nil {
		return err
	}
	m, err := mediator.New(ctx, mediator.Config{
		Key: c.Key, Ledger: room.ledger, Journal: room.journal, Store: room.store, Market: api.NewSolverClient(n.Network.SolverURL, n.Network.Solver, c.Key),
		Modules: runnerModules{n.modules}, Models: n.models, Policies: mediatorPolicies{n.policies("mediator", c.Name, room.store)}, Fleet: machines,
		Dir: n.dir(c.Name, "jobs"), Logger: n.Logger, Keep: n.Keep,
	})
	if err != nil {
		return err
	}
	n.serve(c.Name, m.Run)
	n.keep(c.Name, room.store, m.Needed)
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
		Stepper: &steps{node: n}, Dir: n.dir("creator", "steps"),
	})
	if err != nil {
		return err
	}
	n.serve("creator", cr.Run)
	n.keep("creator", room.store, cr.Needed)
	var h http.Handler = api.NewCreatorHandler(cr, ownBlobs{room.store}, n.guard(c.Key.Address()), c.Key.Address())
	n.Network.CreatorURL, err = n.listen("creator", "--listen", or(c.Listen, "127.0.0.1:0"), h)
	return err
}

// ownBlobs is a creator's store as its owner sees it: without a quota.
type ownBlobs struct{ storage.Store }

func (b ownBlobs) PutBlock(ctx context.Context, _ lilypad.Address, block storage.Block) error {
	return storage.PutBlock(ctx, b.Store, block)
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

// guard checks who calls a server of this node.
func (n *Node) guard(server lilypad.Address) *api.Guard {
	g := api.NewGuard(server, time.Now)
	g.Logger = n.Logger
	return g
}
