package node

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// openStore adopts what is enabled in the plugin store, and follows it.
func (n *Node) openStore(ctx context.Context) error {
	n.lineup = newLineup(n.host, n.Logger)
	if n.PluginStore == "" {
		return nil
	}
	store := pluginstore.New(n.PluginStore)
	entries, err := store.Enabled()
	if err != nil {
		return err
	}
	n.adopt(ctx, store, entries)
	n.onClose(func() error { n.lineup.replace(nil); return nil })
	n.serve("plugin store", func(ctx context.Context) error {
		return store.Follow(ctx, func() {
			entries, err := store.Enabled()
			if err != nil {
				n.Logger.Error("the plugin store cannot be read; what was enabled stays so", "error", err)
				return
			}
			n.adopt(ctx, store, entries)
		})
	})
	n.serve("plugin report", n.reportPlugins)
	return nil
}

// adopt makes the enabled plugins the ones that are asked: it takes away what
// must not be any more, and then loads the others. Of those that cannot be
// loaded it tells, and the last good one of their place stays.
func (n *Node) adopt(ctx context.Context, store *pluginstore.Store, entries []pluginstore.Entry) {
	a := adoption{Node: n, store: store, taken: map[*pluginhost.Slot]bool{}}
	a.old = a.remaining(ctx, n.lineup.seats, entries) // only adopt changes them
	n.lineup.replace(a.old)
	seats := make([]*seat, len(entries))
	var named []installed
	for i, e := range entries {
		if !e.NamedByDeals() || e.Shadow {
			continue
		}
		pkg, err := a.find(ctx, e.Plugin)
		if seats[i] = (&seat{entry: e, err: err}); err == nil {
			pkg.retired, pkg.grants = e.Retired, e.Grants
			named = append(named, pkg)
		}
	}
	n.shelf.name(named)
	for i, e := range entries {
		if seats[i] == nil {
			seats[i] = a.seat(ctx, e)
		}
		if s := seats[i]; s.err != nil {
			n.Logger.Warn("enabled plugin is not used", "plugin", e.String(), "instead", s.instead(), "error", s.err)
		}
	}
	n.lineup.replace(seats)
}

// remaining are the seats that entries have too. Those whose plugin must not
// be asked any more are empty, so that nothing is decided past a rule.
func (a adoption) remaining(ctx context.Context, seats []*seat, entries []pluginstore.Entry) (out []*seat) {
	for _, s := range seats {
		if !slices.ContainsFunc(entries, s.entry.SameSeat) {
			continue
		}
		if s.slot != nil {
			if _, err := a.find(ctx, s.serving.Plugin); err != nil {
				s = &seat{entry: s.entry, err: err}
			}
		}
		out = append(out, s)
	}
	return out
}

// adoption takes over from old seats.
type adoption struct {
	*Node
	store *pluginstore.Store
	old   []*seat
	taken map[*pluginhost.Slot]bool // by a new seat
}

// find returns a plugin of the store that may be run, or else a built-in one.
func (a adoption) find(ctx context.Context, id lilypad.PluginID) (installed, error) {
	p, err := a.store.Trusted(ctx, id)
	if i := slices.IndexFunc(a.shelf.all, func(p installed) bool { return p.id == id }); i >= 0 && err != nil && lilypad.CodeOf(err) == lilypad.NotFound {
		return a.shelf.all[i], nil
	}
	return installed{id: p.ID, manifest: p.Info, raw: p.Manifest, wasm: func() ([]byte, error) { return p.Wasm, nil }}, err
}

// seat loads an enabled plugin into the slot of its place.
func (a adoption) seat(ctx context.Context, e pluginstore.Entry) *seat {
	s := &seat{entry: e}
	src, err := a.source(ctx, e)
	i := slices.IndexFunc(a.old, func(o *seat) bool {
		return o.slot != nil && !a.taken[o.slot] && o.serving.SameSeat(e)
	})
	if i >= 0 {
		a.taken[a.old[i].slot] = true
	}
	switch {
	case i < 0 && err == nil:
		s.slot, err = a.host.NewSlot(ctx, src)
	case i >= 0 && err == nil && reflect.DeepEqual(a.old[i].serving, e):
		if a.old[i].err == nil {
			return a.old[i]
		}
		s.slot = a.old[i].slot // a later one was enabled in vain, and disabled
	case i >= 0 && err == nil:
		s.slot, err = a.old[i].slot, a.old[i].slot.Reload(ctx, src)
	case i >= 0:
		s.slot = a.old[i].slot
	}
	if s.err = err; err == nil {
		s.serving = e
		a.Logger.Info("plugin is enabled", "plugin", e.String(), "digest", e.Plugin.String(), "shadow", e.Shadow)
		return s
	}
	if i >= 0 {
		s.serving = a.old[i].serving
	}
	return s
}

func (a adoption) source(ctx context.Context, e pluginstore.Entry) (src pluginhost.Source, err error) {
	p, err := a.find(ctx, e.Plugin)
	if err != nil {
		return src, err
	}
	src = pluginhost.Source{Manifest: p.raw, Pin: p.id, Grants: e.Grants}
	if src.Settings, err = e.SettingsMap(); err != nil {
		return src, err
	}
	src.Wasm, err = p.wasm()
	return src, err
}

// ReportFile is where a process tells what became of the enabled plugins.
const ReportFile = "plugins.json"

// PluginReport tells what became of the enabled plugins in a running process.
type PluginReport struct {
	PID     int            `json:"pid"`
	Written time.Time      `json:"written"`
	Plugins []PluginStatus `json:"plugins"`
	// Configured are asked where nothing is enabled in their place.
	Configured []ConfiguredPlugin `json:"configured"`
}

// ConfiguredPlugin is one that the configuration names for a role, or the
// default.
type ConfiguredPlugin struct {
	Who    string           `json:"who"` // such as provider-1
	Hook   string           `json:"hook"`
	Plugin lilypad.PluginID `json:"plugin"`
	// Fallback is what follows when it does not answer.
	Fallback pluginstore.Fallback `json:"fallback"`
	Trouble
}

// Trouble is how a plugin's calls have gone.
type Trouble struct {
	Failing string    `json:"failing,omitempty"` // why its last call has no answer
	Since   time.Time `json:"since,omitzero"`    // when it began, or ceased, to fail
	Failed  uint64    `json:"failed,omitempty"`  // calls without an answer
}

// PluginStatus is what became of one enabled plugin.
type PluginStatus struct {
	Entry   pluginstore.Entry `json:"entry"`
	Refused string            `json:"refused,omitempty"` // why it is not loaded
	Instead string            `json:"instead,omitempty"` // the one that is asked then: hook/name@version
	Trouble
}

// reportPlugins writes the report when it changes, until ctx ends.
func (n *Node) reportPlugins(ctx context.Context) error {
	path := n.dir(ReportFile)
	for {
		select {
		case <-ctx.Done():
			_ = os.Remove(path) // absent if it was never written
			return nil
		case <-n.lineup.changed:
		}
		if err := writeJSON(path, n.lineup.report()); err != nil {
			n.Logger.Warn("the report on plugins is not written", "error", err)
		}
	}
}

func (l *lineup) report() PluginReport {
	r := PluginReport{PID: os.Getpid(), Written: time.Now().UTC()}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.configured {
		r.Configured = append(r.Configured, ConfiguredPlugin{c.who, c.entry.Hook, c.entry.Plugin, c.entry.Fallback, c.trouble()})
	}
	for _, s := range l.seats {
		p := PluginStatus{Entry: s.entry, Instead: s.instead(), Trouble: s.trouble()}
		if s.err != nil {
			p.Refused = s.err.Error()
		}
		r.Plugins = append(r.Plugins, p)
	}
	return r
}

// trouble is read under lineup.mu.
func (s *seat) trouble() Trouble {
	t := Trouble{Since: s.since, Failed: s.failed}
	if s.failing != nil {
		t.Failing = s.failing.Error()
	}
	return t
}

// instead names what is asked while the entry cannot be.
func (s *seat) instead() string {
	if s.err == nil || s.slot == nil {
		return ""
	}
	return s.serving.String()
}

// ReadPluginReport reads what the process of a data folder reports.
//
// # Errors
//
// NotFound when none runs there.
func ReadPluginReport(dir string) (r PluginReport, err error) {
	return r, readReport(dir, ReportFile, "runs plugins", &r)
}

// CheckPlugin loads a package as a node would, with those settings and grants,
// and returns why it is refused. Without start it checks what needs no running.
//
// # Errors
//
// A [pluginhost.Refusal].
func CheckPlugin(ctx context.Context, cacheDir string, p pluginstore.Package, settings map[string]any, grants []string, start bool) error {
	host, err := pluginhost.New(pluginhost.Config{CacheDir: cacheDir})
	if err != nil {
		return err
	}
	src := pluginhost.Source{Wasm: p.Wasm, Manifest: p.Manifest, Pin: p.ID, Settings: settings, Grants: grants}
	open := func() (*pluginhost.Plugin, error) { return host.Open(src) }
	if start {
		open = func() (*pluginhost.Plugin, error) { return host.Load(ctx, src) }
	}
	plugin, err := open()
	if err == nil {
		plugin.Close()
	}
	return errors.Join(err, host.Close())
}

// BuiltinPackage is a built-in plugin as a package.
func BuiltinPackage(p plugins.Plugin) (pluginstore.Package, error) {
	wasm, err := p.Wasm()
	if err != nil {
		return pluginstore.Package{}, err
	}
	text, err := json.Marshal(p.Manifest)
	if err != nil {
		return pluginstore.Package{}, err
	}
	return pluginstore.NewPackage(wasm, text, nil)
}
