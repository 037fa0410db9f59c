package pluginhost

import (
	"context"
	"time"

	"github.com/tetratelabs/wazero"
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
