package pluginhost

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Plugin is a plugin as one holder loaded it. It has a method per hook; the
// one of its own hook answers, the others refuse. Safe for concurrent use.
type Plugin struct {
	host    *Host
	program *program
	closing sync.Once
}

// Close gives the plugin back. The last holder's Close waits for running
// calls and frees it.
func (p *Plugin) Close() { p.closing.Do(func() { p.host.release(p.program) }) }

// ID is the digest of its wasm file.
func (p *Plugin) ID() lilypad.PluginID { return p.program.id }

// Manifest is what it says of itself.
func (p *Plugin) Manifest() hostapi.Manifest { return p.program.manifest }

// Reason is a reason of its answers in words, in English when it has no
// others. It comes from a stranger: one line of printable text of at most
// 1 KiB, and to be shown as the plugin's.
func (p *Plugin) Reason(lang string, number uint16, arg0, arg1 uint64) string {
	return plain(p.program.manifest.Reasons.Text(number, lang, arg0, arg1), maxText)
}

// Decision is one batch that a plugin was asked about, with all that is
// needed to ask it again.
type Decision struct {
	Record   Record
	Plugin   string // name@version
	Input    []byte
	Output   []byte // nil without an answer
	Err      error  // why there is none, or why it does not count
	Duration time.Duration
}

// Replay asks the plugin a recorded input again and returns the bytes of its
// answer, unchecked. Compare needs the store that holds both trees of the
// input; others take nil.
//
// # Errors
//
// Invalid for an input of another hook or version, a [Refusal] otherwise.
func (p *Plugin) Replay(ctx context.Context, input []byte, store storage.Getter) ([]byte, error) {
	h, _, _, err := hostapi.SplitMessage(input)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "recorded input", Err: err}
	}
	if h.Hook != p.program.hook || h.Minor != p.program.minor {
		return nil, lilypad.Errorf(lilypad.Invalid, "the input is for %s.%d; the plugin is for %s.%d", h.Hook, h.Minor, p.program.hook, p.program.minor)
	}
	c := p.program.call()
	if h.Hook == hostapi.HookCompare {
		if err := c.openRecorded(ctx, store, input); err != nil {
			return nil, err
		}
	}
	out, r := p.raw(ctx, c, input)
	if r != nil {
		return nil, p.program.name(r)
	}
	return out, nil
}

// raw is one call into a guest of its own.
func (p *Plugin) raw(ctx context.Context, c *call, input []byte) ([]byte, *Refusal) {
	pool, r := p.program.ready(ctx)
	if r != nil {
		return nil, r
	}
	g, r := pool.take(ctx)
	if r != nil {
		return nil, r
	}
	defer pool.put(g)
	ctx, cancel := context.WithTimeoutCause(ctx, p.host.config.CallTime, errTimeLimit)
	defer cancel()
	return g.run(ctx, c, g.hook, input)
}

// decide asks about one batch, lets check read the answer, and records both.
func (p *Plugin) decide(ctx context.Context, c *call, input []byte, check func(out []byte) *Refusal) error {
	began := time.Now()
	out, r := p.raw(ctx, c, input)
	if r == nil {
		r = check(out)
	}
	var err error
	if r != nil {
		err = p.program.name(r)
	}
	if on := p.host.config.OnDecision; on != nil {
		on(ctx, Decision{
			Record: p.program.record(input, out), Plugin: p.program.String(),
			Input: input, Output: out, Err: err, Duration: time.Since(began),
		})
	}
	return err
}

// batch is a question about items, cut into as many calls as the arena needs.
type batch struct {
	hook    hostapi.Hook
	now     lilypad.Time
	context []byte
	items   [][]byte
	room    int   // bytes of output that an item can need
	call    *call // of a batch that is one call; nil: a new one for each
}

// ask calls the plugin until every item is answered. check reads the answer
// about the items from first up to end.
func (p *Plugin) ask(ctx context.Context, b batch, check func(first, end int, out []byte) *Refusal) error {
	if b.hook != p.program.hook {
		return p.program.name(refusef(RuleExport, "it was asked to %s", b.hook))
	}
	for first := 0; first < len(b.items); {
		end := first + b.fit(first, int(p.program.manifest.Arena))
		if end == first {
			return p.program.name(refusef(RuleArena, "item %d does not fit into %d bytes", first, p.program.manifest.Arena))
		}
		h := hostapi.Header{Hook: b.hook, Minor: p.program.minor, Now: uint64(b.now)}
		input, err := hostapi.AppendMessage(nil, h, b.context, b.items[first:end]...)
		if err != nil {
			return fmt.Errorf("encode %s: %w", b.hook, err)
		}
		c := b.call
		if c == nil {
			c = p.program.call()
		}
		err = p.decide(ctx, c, input, func(out []byte) *Refusal { return check(first, end, out) })
		if err != nil {
			return err
		}
		first = end
	}
	return nil
}

// fit counts the items from first on that the arena holds with their answers.
func (b *batch) fit(first, arena int) (n int) {
	bytes := 0
	for _, item := range b.items[first:] {
		bytes += len(item)
		in := align16(hostapi.MessageSize(len(b.context), n+1, bytes))
		if in+max(outputHeader+(n+1)*b.room, minAnswer) > arena {
			break
		}
		n++
	}
	return n
}

// storable is a generated hostapi struct.
type storable[T any] interface {
	*T
	Append(dst []byte, minor uint16) ([]byte, error)
}

// encode stores items in the version that the plugin knows.
func encode[T any, P storable[T]](p *Plugin, items []T) ([][]byte, error) {
	out := make([][]byte, len(items))
	for i := range items {
		b, err := P(&items[i]).Append(nil, p.program.minor)
		if err != nil {
			return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: fmt.Sprintf("item %d", i), Err: err}
		}
		out[i] = b
	}
	return out, nil
}

// each asks a hook that answers every item with one record.
func each[T, O any, P storable[T]](ctx context.Context, p *Plugin, b batch, items []T, decode func([]byte) ([]O, error), check func(T, O) *Refusal) ([]O, error) {
	var err error
	if b.items, err = encode[T, P](p, items); err != nil {
		return nil, err
	}
	b.room = maxStride
	answers := make([]O, 0, len(items))
	err = p.ask(ctx, b, func(first, end int, out []byte) *Refusal {
		got, err := decode(out)
		if err != nil {
			return refusef(RuleOutput, "%v", err)
		}
		if len(got) != end-first {
			return refusef(RuleOutput, "%d records for %d items", len(got), end-first)
		}
		for i, o := range got {
			if r := check(items[first+i], o); r != nil {
				r.Msg = fmt.Sprintf("item %d: %s", first+i, r.Msg)
				return r
			}
		}
		answers = append(answers, got...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return answers, nil
}

// maxStride is the room for one output record, of this and later versions.
const maxStride = 64
