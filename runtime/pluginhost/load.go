package pluginhost

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"log/slog"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

const (
	maxWasm = 8 << 20
	maxName = 256
)

// Source is a plugin and how its operator wants it.
type Source struct {
	Wasm     []byte           // not to be changed afterwards
	Manifest []byte           // manifest.json
	Pin      lilypad.PluginID // what the operator or a deal names; zero: any
	Settings map[string]any   // by the manifest's schema; what is absent gets its default
	Grants   []string         // capabilities it may have
}

// Open checks everything about a plugin that needs no running: sizes,
// digests, manifest, static policy, settings. It is compiled and started with
// its first call. Close the plugin when it is not needed any more.
//
// # Errors
//
// A [Refusal].
func (h *Host) Open(src Source) (*Plugin, error) {
	fresh, r := h.check(src)
	if r == nil {
		var shared *program
		if shared, r = h.share(fresh); r == nil {
			return &Plugin{host: h, program: shared}, nil
		}
	}
	return nil, fresh.name(r)
}

// Load is Open, and then starts the plugin: validation by the engine, fuel,
// compilation, an instance with its arena, settings and warm-up, whose state
// every batch begins with, and the conformance vectors of the hook. It returns
// when ctx ends, though the engine may be translating for seconds more.
//
// # Errors
//
// A [Refusal].
func (h *Host) Load(ctx context.Context, src Source) (*Plugin, error) {
	p, err := h.Open(src)
	if err != nil {
		return nil, err
	}
	if _, r := p.program.ready(ctx); r != nil {
		p.Close()
		return nil, p.program.name(r)
	}
	return p, nil
}

// check refuses what can be refused without running it, cheapest first.
func (h *Host) check(src Source) (*program, *Refusal) {
	p := &program{host: h, id: sha256.Sum256(src.Wasm), source: src, gate: make(chan struct{}, 1)}
	if len(src.Wasm) > maxWasm {
		return p, refusef(RuleSize, "%d bytes; at most %d", len(src.Wasm), maxWasm)
	}
	if !src.Pin.IsZero() && src.Pin != p.id {
		return p, refusef(RuleDigest, "it is %s; pinned is %s", p.id, src.Pin)
	}
	m, r := parseManifest(src.Manifest)
	if r != nil {
		return p, r
	}
	p.manifest = m
	p.hook, _ = hostapi.ParseHook(m.Hook)      // checked with the manifest
	p.minor, _ = m.MinorVersion()              // too
	want, _ := lilypad.ParsePluginID(m.SHA256) // too
	if want != p.id {
		return p, refusef(RuleDigest, "it is %s; its manifest is for %s", p.id, want)
	}
	if r := p.inspect(src.Grants); r != nil {
		return p, r
	}
	settings, r := resolve(m.Settings, src.Settings)
	if r != nil {
		return p, r
	}
	var err error
	if p.settings, err = settings.Append(nil, p.minor); err != nil {
		return p, refusef(RuleSettings, "%v", err)
	}
	if p.warmUp, err = warmUps[p.hook].Append(nil, p.minor); err != nil {
		return p, refusef(RuleManifest, "no warm-up: %v", err)
	}
	p.identify(src)
	p.constants()
	p.log = h.config.Log.With(slog.String("plugin", p.String()), slog.String("hook", m.Hook))
	p.breaker.config = h.config.Breaker
	return p, nil
}

// identify computes the key under which loads share a program.
func (p *program) identify(src Source) {
	for _, c := range p.manifest.Capabilities {
		if slices.Contains(src.Grants, c) {
			p.granted = append(p.granted, c)
		}
	}
	slices.Sort(p.granted)
	text, err := json.Marshal([]any{p.id, sha256.Sum256(src.Manifest), p.settings, p.granted})
	if err != nil {
		panic(err) // digests, bytes and names always marshal
	}
	p.key = sha256.Sum256(text)
}
