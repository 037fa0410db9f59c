package node

import (
	"context"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/solver"
)

// Desk is a node without roles: it asks plugins as roles do.
type Desk struct {
	node       *Node
	store      *pluginstore.Store
	configured map[hostapi.Hook]*pluginhost.Plugin
	own        map[hostapi.Hook]*seat
}

// NewDesk returns a desk with built-in plugins configured, by their names.
func NewDesk(host *pluginhost.Host, store *pluginstore.Store, configured map[hostapi.Hook]string) (*Desk, error) {
	shelf, err := newShelf(host, nil)
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.DiscardHandler)
	d := &Desk{&Node{Config: Config{Logger: log}, host: host, shelf: shelf, lineup: newLineup(host, log)}, store, map[hostapi.Hook]*pluginhost.Plugin{}, map[hostapi.Hook]*seat{}}
	for hook, name := range configured {
		if d.configured[hook], err = shelf.load(hook, name, nil); err != nil {
			return nil, err
		}
		d.own[hook] = d.node.lineup.configure(hook.String(), d.configured[hook], "")
	}
	return d, nil
}

// Configure takes a plugin as the configured one of its hook.
func (d *Desk) Configure(ctx context.Context, p pluginstore.Package, f pluginstore.Fallback) error {
	hook, err := hostapi.ParseHook(p.Info.Hook)
	if err != nil {
		return err
	}
	loaded, err := d.node.host.Load(ctx, pluginhost.Source{Wasm: p.Wasm, Manifest: p.Manifest, Pin: p.ID})
	if err == nil {
		d.configured[hook], d.own[hook] = loaded, d.node.lineup.configure(hook.String(), loaded, f)
	}
	return err
}

// Configured is what the node would tell of the configured plugins.
func (d *Desk) Configured() []ConfiguredPlugin { return d.node.lineup.report().Configured }

// Adopt reads the store, as a node does when it has changed.
func (d *Desk) Adopt(ctx context.Context) ([]PluginStatus, error) {
	entries, err := d.store.Enabled()
	if err != nil {
		return nil, err
	}
	d.node.adopt(ctx, d.store, entries)
	return d.node.lineup.report().Plugins, nil
}

// Report is what the node would tell.
func (d *Desk) Report() []PluginStatus { return d.node.lineup.report().Plugins }

// Stats are what the node counts.
func (d *Desk) Stats() []pluginhost.Stat { return d.node.lineup.Stats() }

// Close leaves all seats.
func (d *Desk) Close() { d.node.lineup.replace(nil) }

func (d *Desk) post(hook hostapi.Hook, role string) post {
	return post{in: d.node.lineup, role: role, who: role, hook: hook, configured: d.configured[hook], own: d.own[hook]}
}

// Match ranks one offer at a block time and tells which plugin did; none when
// the node ranked itself.
func (d *Desk) Match(ctx context.Context, now lilypad.Time) (by string, err error) {
	item, err := (&hostapi.Offer{Price: 1}).Append(nil, hostapi.Minor)
	if err != nil {
		return "", err
	}
	got, err := ask(ctx, d.post(hostapi.HookMatch, "solver"), func(ctx context.Context, p *pluginhost.Plugin) ([]hostapi.Score, error) {
		return p.MatchStored(ctx, now, matchJob, [][]byte{item})
	})
	if err != nil || len(got) == 0 {
		return "", err
	}
	return got[0].by.Manifest().Name, nil
}

var matchJob = hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 2}

// Ranker is how the solver ranks.
func (d *Desk) Ranker() solver.Ranker {
	return &ranker{post: d.post(hostapi.HookMatch, "solver")}
}

// Allow asks about a module of that name for a role, at a block time.
func (d *Desk) Allow(ctx context.Context, at lilypad.Time, role hostapi.Role, name string) error {
	now := func(context.Context) (lilypad.Time, error) { return at, nil }
	a := allower{role: role, lists: []allowList{{"own list", d.post(hostapi.HookAllow, role.String())}}, now: now, modules: unsigned}
	return a.Allow(ctx, lilypad.Module{Name: name, Tag: "v1"}, lilypad.Needs{Engine: lilypad.EngineWasm})
}

// unsigned knows of no signatures.
var unsigned = &moduleSource{trusted: func() ([]pluginstore.TrustedKey, error) { return nil, nil }}

// Knows tells whether a deal may name a comparator, and whether an open one is
// judged by it.
func (d *Desk) Knows(id lilypad.PluginID) (forNew, forOpen bool) {
	scheme, err := d.node.shelf.find(hostapi.HookMediate, "optimistic")
	if err != nil {
		return false, false
	}
	_, err = d.node.shelf.load(hostapi.HookCompare, id.String(), nil)
	return d.node.shelf.knows(lilypad.Work{Scheme: scheme.id, Comparator: id}) == nil, err == nil
}

// Orders tells whether a creator may order by a scheme.
func (d *Desk) Orders(ctx context.Context, scheme string) error {
	_, err := creatorPolicies{policies{shelf: d.node.shelf}}.Scheme(ctx, scheme)
	return err
}

// Version tells which version of a comparator judges open deals.
func (d *Desk) Version(id lilypad.PluginID) (string, error) {
	p, err := d.node.shelf.load(hostapi.HookCompare, id.String(), nil)
	if err != nil {
		return "", err
	}
	return p.Manifest().Version, nil
}

// Bring adds a package to those of the process; first is called whenever its
// module is wanted.
func (d *Desk) Bring(p pluginstore.Package, first func()) {
	d.node.shelf.all = append(d.node.shelf.all, installed{id: p.ID, manifest: p.Info, raw: p.Manifest, wasm: func() ([]byte, error) {
		first()
		return p.Wasm, nil
	}})
}

// Find tells which comparator a name means.
func (d *Desk) Find(name string) (lilypad.PluginID, error) {
	p, err := d.node.shelf.find(hostapi.HookCompare, name)
	return p.id, err
}

// JoinAdmissions is what a provider makes of several plugins' answers.
func JoinAdmissions(p *pluginhost.Plugin, standing lilypad.Amount, said ...hostapi.Admission) provider.Admission {
	var got []answer[[]hostapi.Admission]
	for _, s := range said {
		got = append(got, answer[[]hostapi.Admission]{[]hostapi.Admission{s}, p})
	}
	return joinAdmissions(standing, got)
}

// Follows is a node that has read the steward's list to its end, and answers a
// role about a module.
func Follows(ctx context.Context, list []evm.Listing, role hostapi.Role, m lilypad.Module) (hostapi.Listing, error) {
	l, err := openListing(ctx, memory.New(), lilypad.Address{1})
	if err != nil {
		return 0, err
	}
	l.learn(evm.Changes{Listings: list, Current: true})
	return l.check(ctx, role, m)
}

// Listing is a node's knowledge of a steward's list, without the node.
type Listing struct{ l *listing }

// OpenListing reads what a journal keeps of the list at an address.
func OpenListing(ctx context.Context, j journal.Journal, at lilypad.Address) (Listing, error) {
	l, err := openListing(ctx, j, at)
	return Listing{l}, err
}

// Follow learns until ctx ends.
func (l Listing) Follow(ctx context.Context, client *chain.Client) error {
	return l.l.follow(ctx, evm.ModuleList{Client: client, At: l.l.at}, chain.NewFollower(client, []lilypad.Address{l.l.at}, nil))
}

// Check answers a solver about a module.
func (l Listing) Check(ctx context.Context, m lilypad.Module) (hostapi.Listing, error) {
	return l.l.check(ctx, hostapi.RoleSolver, m)
}

// Sweep removes what no role needs of deals that have been final for so long.
func (n *Node) Sweep(ctx context.Context, keep time.Duration) error { return n.sweep(ctx, keep) }

// Advance moves a local chain's time on by so much.
func (n *Node) Advance(ctx context.Context, by lilypad.Time) error {
	head, err := n.client.Head(ctx)
	if err != nil {
		return err
	}
	return n.client.Advance(ctx, head.Time+by)
}

// Machines opens a provider's machines, without the node that they are for.
func Machines(ctx context.Context, dir string, c *ProviderConfig) (*fleet.Fleet, func() error, error) {
	ctx, cancel := context.WithCancel(ctx)
	group, ctx := errgroup.WithContext(ctx)
	n := &Node{Config: Config{Dir: dir, Logger: slog.New(slog.DiscardHandler)}, ctx: ctx, cancel: cancel, group: group}
	f, err := n.fleet(ctx, c)
	return f, n.Close, err
}

// PrePull keeps modules warm until ctx ends.
func PrePull(ctx context.Context, refs []string, resolve func(context.Context, string) (lilypad.Module, []byte, error), model func(context.Context, lilypad.Model) error, machines []fleet.Machine, log *slog.Logger) error {
	return prePull{refs, resolve, model, machines, log}.run(ctx)
}
