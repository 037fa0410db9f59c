package node

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog"
)

// moduleSource is package modules as roles know it. It remembers whose wasm a
// digest is, so that an executor can ask for the bytes by the digest alone.
type moduleSource struct {
	*modules.Resolver

	mu    sync.Mutex // guards known
	known map[lilypad.Hash]lilypad.Module
}

func newModuleSource(r *modules.Resolver) *moduleSource {
	return &moduleSource{Resolver: r, known: map[lilypad.Hash]lilypad.Module{}}
}

// maxKnown bounds how many modules are remembered.
const maxKnown = 1024

// Verify checks a module's claims and remembers it.
func (s *moduleSource) Verify(ctx context.Context, m lilypad.Module, template []byte) error {
	if err := s.Resolver.Verify(ctx, m, template); err != nil || m.Wasm.IsZero() {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= maxKnown {
		clear(s.known) // they are verified again with their next job
	}
	s.known[m.Wasm] = m
	return nil
}

// Wasm returns the WASI command with that digest, of the catalog or of a
// module that was verified here. NotFound for another.
func (s *moduleSource) Wasm(ctx context.Context, digest lilypad.Hash) ([]byte, error) {
	s.mu.Lock()
	m, ok := s.known[digest]
	s.mu.Unlock()
	if !ok {
		return catalog.Wasm(ctx, digest)
	}
	return s.Resolver.Wasm(ctx, m)
}

// Resolve pins a reference.
func (s *moduleSource) Resolve(ctx context.Context, ref string) (lilypad.Module, []byte, error) {
	r, err := s.Resolver.Resolve(ctx, ref)
	return r.Module, r.Template, err
}

// render returns the job for an engine, or for the module's first form that
// the machine prefers if that is empty.
func render(template []byte, params map[string]string, engine lilypad.Engine, m lilypad.Module) (lilypad.Spec, []string, error) {
	r, err := modules.Render(m, template, params)
	if err != nil {
		return lilypad.Spec{}, nil, err
	}
	if engine == "" {
		return r.Spec, r.Warnings, nil
	}
	spec, ok := r.Forms[engine]
	if !ok {
		var has []string
		for _, e := range slices.Sorted(maps.Keys(r.Forms)) {
			has = append(has, string(e))
		}
		return lilypad.Spec{}, nil, lilypad.Errorf(lilypad.Invalid, "module %s has no form for engine %s", m.Name, engine).Try("use --executor %s", strings.Join(has, " or "))
	}
	return spec, r.Warnings, nil
}

// creatorModules renders with warnings.
type creatorModules struct{ *moduleSource }

func (creatorModules) Render(template []byte, params map[string]string, engine lilypad.Engine, m lilypad.Module) (lilypad.Spec, []string, error) {
	return render(template, params, engine, m)
}

// runnerModules renders what others have agreed on.
type runnerModules struct{ *moduleSource }

func (runnerModules) Render(template []byte, params map[string]string, engine lilypad.Engine, m lilypad.Module) (lilypad.Spec, error) {
	spec, _, err := render(template, params, engine, m)
	return spec, err
}
