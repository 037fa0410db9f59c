package pluginhost

import (
	"bytes"
	"context"
	"time"

	"github.com/tetratelabs/wazero"

	"github.com/lilypad-network/lilypad/runtime/storage"
)

// ParseManifest gives a fuzz test the parser of foreign bytes.
func ParseManifest(text []byte) bool {
	_, r := parseManifest(text)
	return r == nil
}

// Translate is validation and compilation by the engine.
func Translate(ctx context.Context, r wazero.Runtime, wasm []byte) error {
	_, err := translate(ctx, r, wasm)
	return err
}

// Sample has the referee judge a decision, as if it had been made just now.
func (p *Plugin) Sample(d Decision) bool {
	if !p.host.sampler.due(time.Now()) {
		return false
	}
	p.host.sampler.take(p.program, nil, d, nil)
	return true
}

// InstantiateNothing has the engine panic: it is given no code.
func (p *Plugin) InstantiateNothing() error {
	_, r := p.program.instantiate(context.Background(), p.program.live.Load().runtime, nil)
	if r == nil {
		return nil
	}
	return p.program.name(r)
}

// Translating tells whether the engine is at work.
func (h *Host) Translating() bool { return len(h.translating) > 0 }

// Hold keeps a plugin from being closed until release is called.
func (p *Plugin) Hold() (release func()) {
	p.program.gate <- struct{}{}
	return p.program.unlock
}

// Held counts the programs that have holders.
func (h *Host) Held() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.programs)
}

// Anew is Replay in an instance that goes through its whole start.
func (p *Plugin) Anew(ctx context.Context, input []byte, store storage.Getter) (Decision, error) {
	pr := p.program
	q, err := pr.recorded(ctx, input, store)
	if err != nil {
		return Decision{}, err
	}
	live, r := pr.ready(ctx)
	if r != nil {
		return Decision{}, pr.name(r)
	}
	g, r := pr.fresh(ctx, live.runtime, live.code)
	if r != nil {
		return Decision{}, pr.name(r)
	}
	defer g.close()
	t := turn{keep: true, snapshot: g.digest()}
	out, r := g.answer(ctx, q, &t)
	t.output = bytes.Clone(out)
	d := pr.decision(q, &t, r)
	return d, d.Err
}
