package node

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/telemetry"
)

// seat is an enabled plugin in this process.
type seat struct {
	entry   pluginstore.Entry // as it is enabled
	slot    *pluginhost.Slot  // nil: deals name it, or nothing could be loaded
	serving pluginstore.Entry // what the slot holds: entry, or the last good one of its place
	err     error             // why entry is not loaded

	// Guarded by lineup.mu.
	failing error // its last call, unless that was answered
	since   time.Time
	failed  uint64 // calls
}

// configured is the seat of a plugin that a role has in its configuration.
type configured struct {
	who string
	*seat
}

// lineup is what operators have enabled while this process runs.
type lineup struct {
	host    *pluginhost.Host
	log     *slog.Logger
	changed chan struct{} // has a token when the report is out of date

	mu         sync.Mutex // guards what follows, and the counters of seats
	seats      []*seat
	configured []configured // for the report
	missed     map[lilypad.PluginID]pluginhost.Stat
}

var _ telemetry.Plugins = (*lineup)(nil)

func newLineup(host *pluginhost.Host, log *slog.Logger) *lineup {
	return &lineup{host: host, log: log, changed: make(chan struct{}, 1), missed: map[lilypad.PluginID]pluginhost.Stat{}}
}

// Stats are the host's, with the fallbacks of what it could not load.
func (l *lineup) Stats() []pluginhost.Stat {
	stats := l.host.Stats()
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, missed := range l.missed {
		if i := slices.IndexFunc(stats, func(s pluginhost.Stat) bool { return s.ID == id }); i >= 0 {
			stats[i].Fallbacks += missed.Fallbacks
		} else {
			stats = append(stats, missed)
		}
	}
	return stats
}

// fellBack counts that another answered in the place of a plugin.
func (l *lineup) fellBack(b borrowed) {
	if b.plugin != nil {
		b.plugin.FellBack()
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	e := b.entry
	fallbacks := l.missed[e.Plugin].Fallbacks + 1
	l.missed[e.Plugin] = pluginhost.Stat{Plugin: e.Name + "@" + e.Version, ID: e.Plugin, Hook: e.Hook, Fallbacks: fallbacks}
}

// borrowed is a seat with its plugin, held open for a call.
type borrowed struct {
	*seat
	plugin *pluginhost.Plugin // nil: there is none
	err    error              // why
}

// borrow returns the plugins that a role asks for a hook; release gives them
// back.
func (l *lineup) borrow(role string, hook hostapi.Hook) (active, shadows []borrowed, release func()) {
	if l == nil {
		return nil, nil, func() {}
	}
	var releases []func()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.seats {
		if s.entry.Hook != hook.String() || !s.entry.Asks(role) || s.entry.NamedByDeals() && !s.entry.Shadow {
			continue
		}
		b := borrowed{seat: s, err: s.err}
		if s.slot != nil {
			var done func()
			if b.plugin, done, b.err = s.slot.Acquire(); b.err == nil {
				releases = append(releases, done)
			}
		}
		if s.entry.Shadow {
			shadows = append(shadows, b)
		} else {
			active = append(active, b)
		}
	}
	return active, shadows, func() {
		for _, done := range releases {
			done()
		}
	}
}

// replace seats others. The slots of those that left are closed, which leaves
// calls under way alone.
func (l *lineup) replace(seats []*seat) {
	l.mu.Lock()
	old := l.seats
	l.seats = seats
	l.mu.Unlock()
	for _, s := range old {
		stays := func(o *seat) bool { return o.slot == s.slot }
		if s.slot != nil && !slices.ContainsFunc(seats, stays) {
			s.slot.Close()
		}
	}
	l.touch()
}

// configure seats a role's own plugin.
func (l *lineup) configure(who string, p *pluginhost.Plugin, f pluginstore.Fallback) *seat {
	m := p.Manifest()
	if f == "" {
		f = pluginstore.FallbackRefuse
	}
	s := &seat{entry: pluginstore.Entry{Hook: m.Hook, Name: m.Name, Version: m.Version, Plugin: p.ID(), Fallback: f}}
	l.mu.Lock()
	l.configured = append(l.configured, configured{who, s})
	l.mu.Unlock()
	l.touch()
	return s
}

func (l *lineup) touch() {
	select {
	case l.changed <- struct{}{}:
	default: // it will be written anyway
	}
}

// note remembers how a call went, counts what follows, and tells what that
// is. What changes is logged once, not per call.
func (l *lineup) note(b borrowed, err error) pluginstore.Fallback {
	if b.seat == nil {
		return pluginstore.FallbackRefuse
	}
	fallback := b.entry.Fallback
	if rule(err) == pluginhost.RuleCancelled {
		return fallback
	}
	if b.plugin != nil {
		l.turn(b.seat, err)
	}
	if err != nil && fallback != pluginstore.FallbackRefuse {
		l.fellBack(b)
	}
	return fallback
}

func (l *lineup) turn(s *seat, err error) {
	l.mu.Lock()
	turned := (err == nil) != (s.failing == nil) || rule(err) != rule(s.failing)
	if s.failing = err; err != nil {
		s.failed++
	}
	if turned {
		s.since = time.Now().UTC()
	}
	l.mu.Unlock()
	if !turned {
		return
	}
	if err != nil {
		l.log.Warn("plugin does not answer", "plugin", s.entry.String(), "fallback", string(s.entry.Fallback), "error", err)
	} else {
		l.log.Info("plugin answers again", "plugin", s.entry.String())
	}
	l.touch()
}

func rule(err error) pluginhost.Rule {
	r, ok := errors.AsType[*pluginhost.Refusal](err)
	if !ok {
		return ""
	}
	return r.Rule
}

// post is where a role asks a hook: the plugin that is configured there, and
// those that are enabled.
type post struct {
	in         *lineup // nil: nothing can be enabled
	role       string
	who        string // asks, in the log of decisions, such as provider-1
	hook       hostapi.Hook
	configured *pluginhost.Plugin
	own        *seat          // of the configured one; nil: nothing follows for it
	store      storage.Getter // of the trees of compare
}

// answer is what one plugin said.
type answer[T any] struct {
	said T
	by   *pluginhost.Plugin
}

// ask asks the plugins of a post: of match the one that is enabled, in place
// of the configured one; of other hooks the configured one first, and then
// each that is enabled. What follows when one does not answer, its operator has
// chosen; there may be no answer then.
//
// # Errors
//
// That of a plugin which must answer.
func ask[T any](ctx context.Context, p post, question func(context.Context, *pluginhost.Plugin) (T, error)) ([]answer[T], error) {
	active, shadows, release := p.in.borrow(p.role, p.hook)
	defer release()
	own := borrowed{p.own, p.configured, nil}
	plan := append([]borrowed{own}, active...)
	if p.hook == hostapi.HookMatch && len(active) > 0 {
		plan = active
	}
	ctx = decisions.As(ctx, p.who)
	var out []answer[T]
	watched := p.watched(ctx, shadows)
	for i := 0; i < len(plan); i++ {
		s := plan[i]
		var said T
		err := s.err
		if s.plugin != nil {
			said, err = question(watched, s.plugin)
			watched = ctx // shadows are asked once
		}
		if err == nil {
			out = append(out, answer[T]{said, s.plugin})
		}
		fallback := p.in.note(s, err)
		switch {
		case err == nil && p.hook != hostapi.HookMatch:
		case err == nil:
			return out, nil
		case fallback == pluginstore.FallbackRefuse || ctx.Err() != nil:
			return nil, err
		case fallback == pluginstore.FallbackConfigured:
			plan = append(plan, own)
		}
	}
	return out, nil
}

// watched has the shadows asked what the first plugin is asked.
func (p post) watched(ctx context.Context, shadows []borrowed) context.Context {
	var plugins []*pluginhost.Plugin
	for _, s := range shadows {
		if s.plugin != nil {
			plugins = append(plugins, s.plugin)
		}
	}
	return decisions.WithShadows(ctx, p.store, plugins...)
}
