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

// Memory is what a guest has when a call begins, in bytes; 0 while the plugin
// is not loaded.
func (p *Plugin) Memory() int {
	if live := p.program.live.Load(); live != nil {
		return live.state.image.Size()
	}
	return 0
}

// Reason is a reason of its answers in words, in English when it has no
// others. It comes from a stranger: one line of printable text of at most
// 1 KiB, and to be shown as the plugin's.
func (p *Plugin) Reason(lang string, number uint16, arg0, arg1 uint64) string {
	return plain(p.program.manifest.Reasons.Text(number, lang, arg0, arg1), maxText)
}

// FellBack counts an answer that its operator's choice gave in its place.
func (p *Plugin) FellBack() { p.program.tally.count(func(s *Stat) { s.Fallbacks++ }) }

// Replay asks the plugin a recorded input again. Output and fuel of the
// decision must be those that were recorded; the answer is not checked. Compare
// needs the store that holds both trees of the input; others take nil.
//
// # Errors
//
// Invalid for an input of another hook or version. Otherwise a [Refusal]; then
// the decision is complete but for the output.
func (p *Plugin) Replay(ctx context.Context, input []byte, store storage.Getter) (Decision, error) {
	q, err := p.program.recorded(ctx, input, store)
	if err != nil {
		return Decision{}, err
	}
	t := turn{began: time.Now(), keep: true}
	r := p.program.turn(ctx, q, &t, func([]byte) *Refusal { return nil })
	t.end()
	d := p.program.decision(q, &t, r)
	return d, d.Err
}

// batch is a question about items, cut into as many calls as the arena needs.
type batch struct {
	hook    hostapi.Hook
	now     lilypad.Time
	context []byte
	items   [][]byte
	room    int // bytes of output that an item can need
	content content
}

// ask calls the plugin until every item is answered. check reads the answer
// about the items from first up to end.
func (p *Plugin) ask(ctx context.Context, b batch, check func(first, end int, out []byte) *Refusal) error {
	pr := p.program
	if b.hook != pr.hook {
		return pr.name(refusef(RuleExport, "it was asked to %s", b.hook))
	}
	for first := 0; first < len(b.items); {
		end := first + b.fit(first, int(pr.manifest.Arena))
		if end == first {
			return pr.name(refusef(RuleArena, "item %d does not fit into %d bytes", first, pr.manifest.Arena))
		}
		r := p.part(ctx, &b, first, end, check)
		if r != nil && r.Rule == RuleFuel && end-first > 1 {
			r = p.alone(ctx, &b, first, end, check)
		}
		if r != nil {
			return pr.name(r)
		}
		first = end
	}
	return nil
}

// part asks about some items in one call.
func (p *Plugin) part(ctx context.Context, b *batch, first, end int, check func(first, end int, out []byte) *Refusal) *Refusal {
	q := question{
		header:  hostapi.Header{Hook: b.hook, Minor: p.program.minor, Now: uint64(b.now)},
		context: b.context, items: b.items[first:end], content: b.content,
	}
	return p.decide(ctx, &q, func(out []byte) *Refusal { return check(first, end, out) })
}

// alone asks about each item in a call of its own, so that none is judged by
// what another spent.
func (p *Plugin) alone(ctx context.Context, b *batch, first, end int, check func(first, end int, out []byte) *Refusal) *Refusal {
	for i := first; i < end; i++ {
		if r := p.part(ctx, b, i, i+1, check); r != nil {
			if r.Rule == RuleFuel {
				r.Msg = fmt.Sprintf("item %d alone: %s", i, r.Msg)
			}
			return r
		}
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

// scratch is where the items of a batch are encoded.
type scratch struct {
	buf   []byte
	items [][]byte
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// maxScratch bounds what a scratch keeps between batches, in bytes.
const maxScratch = 4 << 20

func (s *scratch) free() {
	if cap(s.buf) > maxScratch {
		return
	}
	clear(s.items)
	s.buf, s.items = s.buf[:0], s.items[:0]
	scratches.Put(s)
}

// encode stores items in the version that the plugin knows.
func encode[T any, P storable[T]](p *Plugin, s *scratch, items []T) error {
	for i := range items {
		start := len(s.buf)
		b, err := P(&items[i]).Append(s.buf, p.program.minor)
		if err != nil {
			return &lilypad.Error{Code: lilypad.Invalid, Msg: fmt.Sprintf("item %d", i), Err: err}
		}
		s.buf = b // when it moved, the items before it stay where they were
		s.items = append(s.items, b[start:])
	}
	return nil
}

// each asks a hook that answers every item with one record.
func each[T, O any, P storable[T]](ctx context.Context, p *Plugin, b batch, items []T, decode func([]byte) ([]O, error), check func(T, O) *Refusal) ([]O, error) {
	s := scratches.Get().(*scratch)
	defer s.free()
	if err := encode[T, P](p, s, items); err != nil {
		return nil, err
	}
	b.items = s.items
	return records(ctx, p, b, decode, func(i int, o O) *Refusal { return check(items[i], o) })
}

// records asks about encoded items, and wants one record for each, which check
// may look at if there is one.
func records[O any](ctx context.Context, p *Plugin, b batch, decode func([]byte) ([]O, error), check func(i int, o O) *Refusal) ([]O, error) {
	b.room = maxStride
	var answers []O
	err := p.ask(ctx, b, func(first, end int, out []byte) *Refusal {
		got, err := decode(out)
		if err != nil {
			return refusef(RuleOutput, "%v", err)
		}
		if len(got) != end-first {
			return refusef(RuleOutput, "%d records for %d items", len(got), end-first)
		}
		for i := 0; check != nil && i < len(got); i++ {
			if r := check(first+i, got[i]); r != nil {
				r.Msg = fmt.Sprintf("item %d: %s", first+i, r.Msg)
				return r
			}
		}
		if answers == nil {
			answers = got
		} else {
			answers = append(answers, got...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return answers, nil
}

// maxStride is the room for one output record, of this and later versions.
const maxStride = 64
