package decisions

import (
	"context"

	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// questions is how many wait for shadows at most.
const questions = 64

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
		}
	}
}

// answer asks the shadows, one question at a time, so that they take little
// from those that decide.
func (l *Log) answer() {
	for {
		select {
		case <-l.open.Done():
			return
		case q := <-l.shadows:
			d, err := q.plugin.Replay(l.open, q.input, q.store)
			if d.Record.Module.IsZero() { // an input of another version of the hook
				l.config.Log.Warn("a shadow cannot be asked", "plugin", q.plugin.Manifest().Name, "error", err)
				continue
			}
			e := newEntry(As(l.open, q.role), d, l.config.Now())
			if e.Shadow = true; e.hostFault() {
				l.shadowsDropped.Add(1) // it was replaced meanwhile, perhaps
				continue
			}
			l.add(e, d.Source)
		}
	}
}
