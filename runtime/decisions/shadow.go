package decisions

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

const (
	questions = 64 // wait for shadows at most

	// shadowTime bounds a shadow's answer: who closes its plugin, to disable or
	// replace it, waits for that.
	shadowTime = 5 * time.Second
)

type shadowKey struct{}

type shadowed struct {
	store   storage.Getter
	plugins []*pluginhost.Plugin
}

// WithShadows names plugins of the same hook that are asked, later and beside
// it, whatever the context's plugin is asked. Their answers are logged and
// change nothing. Compare needs the store with the trees; others take nil.
func WithShadows(ctx context.Context, store storage.Getter, plugins ...*pluginhost.Plugin) context.Context {
	if len(plugins) == 0 {
		return ctx
	}
	return context.WithValue(ctx, shadowKey{}, shadowed{store, plugins})
}

// question is an input for a shadow.
type question struct {
	role   string
	input  []byte
	plugin *pluginhost.Plugin
	store  storage.Getter
}

// ask queues a decision's input for the shadows of its context.
func (l *Log) ask(ctx context.Context, d pluginhost.Decision) {
	s, _ := ctx.Value(shadowKey{}).(shadowed)
	for _, p := range s.plugins {
		if p.Manifest().Hook != d.Record.Hook {
			continue
		}
		select {
		case l.shadows <- question{role(ctx), d.Input, p, s.store}:
		default:
			l.shadowsDropped.Add(1)
			l.tally(p, func(s *ShadowStat) { s.Dropped++ })
		}
	}
}

// ShadowStat counts what one shadow was asked since the log was opened.
type ShadowStat struct {
	Plugin     string // name@version
	ID         lilypad.PluginID
	Hook       string
	Answered   uint64
	Unanswered uint64        // it trapped, spent its fuel or broke the wire format
	Dropped    uint64        // it was too slow to be asked, or to answer
	Fuel       uint64        // of what was answered or not
	Time       time.Duration // of these
}

// shadowStats are the counters of shadows.
type shadowStats struct {
	mu sync.Mutex // guards of
	of map[lilypad.PluginID]*ShadowStat
}

func (l *Log) tally(p *pluginhost.Plugin, change func(*ShadowStat)) {
	l.counted.mu.Lock()
	defer l.counted.mu.Unlock()
	s, ok := l.counted.of[p.ID()]
	if !ok {
		m := p.Manifest()
		s = &ShadowStat{Plugin: m.Name + "@" + m.Version, ID: p.ID(), Hook: m.Hook}
		l.counted.of[p.ID()] = s
	}
	change(s)
}

// Shadows are the counters of every shadow that was asked, by name.
func (l *Log) Shadows() []ShadowStat {
	l.counted.mu.Lock()
	defer l.counted.mu.Unlock()
	var list []ShadowStat
	for _, s := range l.counted.of {
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b ShadowStat) int {
		return cmp.Or(cmp.Compare(a.Plugin, b.Plugin), slices.Compare(a.ID[:], b.ID[:]))
	})
	return list
}

// StopShadows has shadows asked no more, and ends what they are being asked.
// Whoever closes their plugins calls it before; Close does it too.
func (l *Log) StopShadows() { l.silence() }

// answer asks the shadows, one question at a time, so that they take little
// from those that decide.
func (l *Log) answer() {
	for {
		select {
		case <-l.asking.Done():
			return
		case q := <-l.shadows:
			l.pass(q)
		}
	}
}

// pass asks one shadow.
func (l *Log) pass(q question) {
	ctx, cancel := context.WithTimeout(As(l.asking, q.role), shadowTime)
	defer cancel()
	var d pluginhost.Decision
	input, err := hostapi.Rewrite(q.input, q.plugin.Minor())
	if err == nil {
		d, err = q.plugin.Replay(ctx, input, q.store)
	}
	e := newEntry(ctx, d, l.config.Now())
	e.Shadow = true
	switch {
	case e.hostFault() || d.Record.Module.IsZero() && ctx.Err() != nil:
		l.shadowsDropped.Add(1) // it was too slow, or replaced meanwhile, perhaps
		l.tally(q.plugin, func(s *ShadowStat) { s.Dropped++ })
	case d.Record.Module.IsZero(): // its version of the hook has no word for what is asked
		l.config.Log.Warn("a shadow cannot be asked", "plugin", q.plugin.Manifest().Name, "error", err)
	default:
		l.tally(q.plugin, func(s *ShadowStat) {
			s.Fuel, s.Time = s.Fuel+d.Record.Fuel, s.Time+d.Duration
			if d.Err == nil {
				s.Answered++
			} else {
				s.Unanswered++
			}
		})
		l.add(e, d.Source)
	}
}
