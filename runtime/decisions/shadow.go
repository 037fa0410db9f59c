package decisions

import (
	"context"
	"time"

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
		}
	}
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
	d, err := q.plugin.Replay(ctx, q.input, q.store)
	e := newEntry(ctx, d, l.config.Now())
	e.Shadow = true
	switch {
	case e.hostFault() || d.Record.Module.IsZero() && ctx.Err() != nil:
		l.shadowsDropped.Add(1) // it was too slow, or replaced meanwhile, perhaps
	case d.Record.Module.IsZero(): // an input of another version of the hook
		l.config.Log.Warn("a shadow cannot be asked", "plugin", q.plugin.Manifest().Name, "error", err)
	default:
		l.add(e, d.Source)
	}
}
