package node

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/signing"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/modules/git"
	"github.com/lilypad-network/lilypad/modules/registry"
	"github.com/lilypad-network/lilypad/runtime/execution/modelcache"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// moduleSource is package modules as roles know it. It remembers whose wasm a
// digest is, so that an executor can ask for the bytes by the digest alone.
type moduleSource struct {
	*modules.Resolver
	trusted func() ([]pluginstore.TrustedKey, error)
	log     *slog.Logger

	mu    sync.Mutex // guards known
	known map[lilypad.Hash]lilypad.Module
}

// openModules reaches repositories, and believes the keys of the plugin store.
func (n *Node) openModules(context.Context) error {
	r, err := modules.New(modules.Config{CacheDir: n.dir("cache", "modules"), Images: registry.New(registry.Config{}), Git: git.Config{Mirrors: n.Mirrors}})
	n.modules = &moduleSource{Resolver: r, log: n.Logger, known: map[lilypad.Hash]lilypad.Module{}, trusted: func() ([]pluginstore.TrustedKey, error) {
		if n.PluginStore == "" {
			return nil, nil
		}
		trust, err := pluginstore.New(n.PluginStore).Trust()
		return trust.Keys, err
	}}
	return err
}

// openModels opens the cache that all roles of the process share.
func (n *Node) openModels(context.Context) (err error) {
	n.models, err = modelcache.New(modelcache.Config{
		Dir: n.dir("cache", "models"), MaxBytes: n.Models.MaxBytes, AllowPrivate: n.Models.AllowPrivate, Log: n.Logger,
	})
	return err
}

// signersWithin bounds the wait for a repository that may say who vouches for
// a module.
const signersWithin = 10 * time.Second

// signers are the trusted keys that vouch for a module. What cannot be read or
// does not fit vouches for nothing, and is logged.
func (s *moduleSource) signers(ctx context.Context, m lilypad.Module) []pluginstore.TrustedKey {
	trusted, err := s.trusted()
	if len(trusted) == 0 && err == nil {
		return nil // whatever the repository says
	}
	var text []byte
	var keys []signing.PublicKey
	if err == nil {
		ctx, cancel := context.WithTimeout(ctx, signersWithin)
		defer cancel()
		text, err = s.Signatures(ctx, m)
	}
	if text != nil && err == nil {
		keys, err = modules.Signers(ctx, m, text)
	}
	log := s.log.With("module", m.Name+":"+m.Tag, "repository", m.Repository, "commit", m.Commit)
	if err != nil {
		log.Warn("a module's signature is not believed", "error", err)
	}
	by := slices.DeleteFunc(trusted, func(k pluginstore.TrustedKey) bool { return !slices.Contains(keys, k.Key) })
	if len(keys) > 0 && len(by) == 0 {
		log.Info("a module is signed by nobody who is trusted", "key", keys[0].String())
	}
	return by
}

// signersToWire are signers as plugins know them: by the name that their
// operator gave them, and by their key.
func signersToWire(keys []pluginstore.TrustedKey) (out []hostapi.Signer) {
	for _, k := range keys {
		if k.Name != "" {
			out = append(out, hostapi.Signer{Identity: k.Name})
		}
		out = append(out, hostapi.Signer{Identity: k.Key.String()})
	}
	return out
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
		return r.Spec, r.Notes(), nil
	}
	spec, ok := r.Forms[engine]
	if !ok {
		var has []string
		for _, e := range slices.Sorted(maps.Keys(r.Forms)) {
			has = append(has, string(e))
		}
		return lilypad.Spec{}, nil, lilypad.Errorf(lilypad.Invalid, "module %s has no form for engine %s", m.Name, engine).Try("use --executor %s", strings.Join(has, " or "))
	}
	return spec, r.Notes(), nil
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
