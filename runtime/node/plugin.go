package node

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
	"github.com/lilypad-network/lilypad/runtime/telemetry"
)

// PluginRef names an installed plugin and how its operator wants it. The zero
// value is the hook's default.
type PluginRef struct {
	Use      string         `json:"use"` // name, or digest
	Settings map[string]any `json:"settings"`
	// Fallback follows when it does not answer: refuse where it is empty.
	Fallback pluginstore.Fallback `json:"fallback"`
}

// check tells whether a hook's plugins can be wanted like that.
func (r PluginRef) check(hook hostapi.Hook) error {
	if r.Fallback == pluginstore.FallbackConfigured {
		return lilypad.Errorf(lilypad.Invalid, "the fallback %q is for plugins that take the place of the configured one", r.Fallback).
			Try("use %s or %s", pluginstore.FallbackNative, pluginstore.FallbackRefuse)
	}
	return pluginstore.CheckFallback(hook.String(), r.Fallback)
}

// PluginFile is a plugin from outside: a wasm file, the digest that it must
// have, and beside it its manifest, as FILE.json or manifest.json.
type PluginFile struct {
	Hook hostapi.Hook
	Path string
	Pin  lilypad.PluginID
}

// ParsePluginFile reads HOOK=FILE.wasm@sha256:DIGEST.
func ParsePluginFile(s string) (PluginFile, error) {
	bad := lilypad.Errorf(lilypad.Invalid, "plugin %.200q is not HOOK=FILE.wasm@sha256:DIGEST or HOOK=NAME", s).
		Try("compute the digest with sha256sum FILE.wasm")
	name, rest, ok := strings.Cut(s, "=")
	at := strings.LastIndexByte(rest, '@')
	if !ok || at < 0 {
		return PluginFile{}, bad
	}
	hook, err := hostapi.ParseHook(name)
	if err != nil {
		return PluginFile{}, lilypad.Errorf(lilypad.Invalid, "no hook %.40q", name).Try("use one of %v", hostapi.Hooks)
	}
	pin, err := lilypad.ParsePluginID(rest[at+1:])
	if err != nil {
		return PluginFile{}, bad
	}
	return PluginFile{Hook: hook, Path: rest[:at], Pin: pin}, nil
}

// installed is one plugin that roles may use.
type installed struct {
	id       lilypad.PluginID
	manifest hostapi.Manifest
	raw      []byte                 // manifest.json, with its digest
	wasm     func() ([]byte, error) // unpacked when it is first wanted
	grants   []string
	retired  bool // found by its digest alone
}

// shelf has every plugin that this process may run.
type shelf struct {
	host *pluginhost.Host
	all  []installed

	mu    sync.Mutex  // guards what follows
	named []installed // that deals may name, from the plugin store; the last one enabled comes first
	open  map[string]*pluginhost.Plugin
}

func newShelf(host *pluginhost.Host, files []PluginFile) (*shelf, error) {
	builtin, err := plugins.List()
	if err != nil {
		return nil, err
	}
	s := &shelf{host: host, open: map[string]*pluginhost.Plugin{}}
	for _, f := range files {
		p, err := f.install()
		if err != nil {
			return nil, err
		}
		s.all = append(s.all, p)
	}
	for _, p := range builtin {
		raw, err := json.Marshal(p.Manifest)
		if err != nil {
			return nil, err
		}
		s.all = append(s.all, installed{id: p.ID(), manifest: p.Manifest, raw: raw, wasm: p.Wasm, grants: p.Manifest.Capabilities})
	}
	return s, nil
}

func (f PluginFile) install() (installed, error) {
	wasm, err := os.ReadFile(f.Path)
	if err != nil {
		return installed{}, &lilypad.Error{Code: lilypad.NotFound, Msg: "plugin file", Err: err}
	}
	if is := lilypad.PluginID(sha256.Sum256(wasm)); is != f.Pin {
		return installed{}, lilypad.Errorf(lilypad.Conflict, "plugin %s has the digest %s, not %s", f.Path, is, f.Pin).
			Try("pass the digest of the file that you mean")
	}
	raw, err := readManifest(f)
	if err != nil {
		return installed{}, err
	}
	m, err := hostapi.ParseManifest(raw)
	if err != nil {
		return installed{}, &lilypad.Error{Code: lilypad.Invalid, Msg: "plugin " + f.Path, Err: err}
	}
	if m.Hook != f.Hook.String() {
		return installed{}, lilypad.Errorf(lilypad.Invalid, "%s is a %s plugin, not %s", f.Path, m.Hook, f.Hook)
	}
	return installed{id: f.Pin, manifest: m, raw: raw, wasm: func() ([]byte, error) { return wasm, nil }, grants: m.Capabilities}, nil
}

// ReadPlugin takes a wasm file of a hook for what it is, with the manifest
// beside it, be that an author's without a digest.
func ReadPlugin(hook hostapi.Hook, path string) (pluginstore.Package, error) {
	wasm, err := os.ReadFile(path)
	if err != nil {
		return pluginstore.Package{}, &lilypad.Error{Code: lilypad.NotFound, Msg: "plugin file", Err: err}
	}
	p, err := PluginFile{Hook: hook, Path: path, Pin: sha256.Sum256(wasm)}.install()
	return pluginstore.Package{ID: p.id, Info: p.manifest, Manifest: p.raw, Wasm: wasm}, err
}

// readManifest finds the manifest beside the file. An author's manifest has no
// digest yet: then it is the one that the operator pinned.
func readManifest(f PluginFile) ([]byte, error) {
	var doc map[string]json.RawMessage
	candidates := []string{strings.TrimSuffix(f.Path, ".wasm") + ".json", filepath.Join(filepath.Dir(f.Path), "manifest.json")}
	for _, name := range candidates {
		b, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		if err := json.Unmarshal(b, &doc); err != nil {
			return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "manifest " + name, Err: err}
		}
		if _, has := doc["sha256"]; !has {
			doc["sha256"] = json.RawMessage(fmt.Sprintf("%q", strings.TrimPrefix(f.Pin.String(), "sha256:")))
		}
		return json.Marshal(doc)
	}
	return nil, lilypad.Errorf(lilypad.NotFound, "no manifest beside %s", f.Path).Try("put it at %s", strings.Join(candidates, " or "))
}

// name sets what deals may name beside the others, in the order in which it
// was enabled.
func (s *shelf) name(named []installed) {
	named = slices.Clone(named)
	slices.Reverse(named)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.named = named
}

// list is what can be named now: those from the store come first, and what is
// retired there last.
func (s *shelf) list() []installed {
	s.mu.Lock()
	defer s.mu.Unlock()
	var current, retired []installed
	for _, p := range s.named {
		if p.retired {
			retired = append(retired, p)
		} else {
			current = append(current, p)
		}
	}
	return slices.Concat(current, s.all, retired)
}

// find returns the plugin of a hook with that name or digest.
func (s *shelf) find(hook hostapi.Hook, ref string) (installed, error) {
	var names []string
	for _, p := range s.list() {
		if p.manifest.Hook != hook.String() {
			continue
		}
		if p.id.String() == ref || strings.TrimPrefix(p.id.String(), "sha256:") == ref || p.manifest.Name == ref && !p.retired {
			return p, nil
		}
		names = append(names, p.manifest.Name)
	}
	slices.Sort(names)
	return installed{}, lilypad.Errorf(lilypad.NotFound, "no %s plugin %.100q is installed", hook, ref).
		Try("use one of %s, or bring one with lilypad plugin install FOLDER and lilypad plugin enable %s/NAME", strings.Join(slices.Compact(names), ", "), hook)
}

// knows tells whether scheme and comparator of a deal are installed.
func (s *shelf) knows(w lilypad.Work) error {
	for hook, id := range map[hostapi.Hook]lilypad.PluginID{hostapi.HookMediate: w.Scheme, hostapi.HookCompare: w.Comparator} {
		p, err := s.find(hook, id.String())
		if err == nil && p.retired {
			err = lilypad.Errorf(lilypad.NotFound, "the %s plugin %s is retired here", hook, p.manifest.Name).Try("name another")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// configured opens the plugin that an operator wants for a hook, or the
// hook's default.
func (s *shelf) configured(hook hostapi.Hook, ref PluginRef, byDefault string) (*pluginhost.Plugin, error) {
	if err := ref.check(hook); err != nil {
		return nil, err
	}
	return s.load(hook, or(ref.Use, byDefault), ref.Settings)
}

// load opens a plugin; the same one with the same manifest, grants and settings
// is opened once.
func (s *shelf) load(hook hostapi.Hook, ref string, settings map[string]any) (*pluginhost.Plugin, error) {
	p, err := s.find(hook, ref)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(settings)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "settings of plugin " + ref, Err: err}
	}
	key := fmt.Sprintf("%s %x %q %s", p.id, sha256.Sum256(p.raw), p.grants, text)
	s.mu.Lock()
	defer s.mu.Unlock()
	if open, ok := s.open[key]; ok {
		return open, nil
	}
	wasm, err := p.wasm()
	if err != nil {
		return nil, err
	}
	open, err := s.host.Open(pluginhost.Source{Wasm: wasm, Manifest: p.raw, Pin: p.id, Settings: settings, Grants: p.grants})
	if err != nil {
		return nil, err
	}
	s.open[key] = open
	return open, nil
}

// recorder catches the decision of one call by its context.
type recorder struct{ input, output []byte }

type recorderKey struct{}

func (r *recorder) context(ctx context.Context) context.Context {
	return context.WithValue(ctx, recorderKey{}, r)
}

// decided is told of every batch that a plugin of this node was asked about.
func (n *Node) decided(ctx context.Context, d pluginhost.Decision) {
	telemetry.Span(ctx, n.tracer, d)
	if r, ok := ctx.Value(recorderKey{}).(*recorder); ok {
		r.input, r.output = d.Input, d.Output
	}
	n.decisions.Observe(ctx, d)
}

// refereed is the share of the CPUs that may go into running decisions again,
// in millionths.
const refereed = 10_000

func (c HostConfig) sample() float64 { return float64(max(cmp.Or(c.Referee, refereed), 0)) / 1e6 }

// doubted is told of a decision that the interpreter does not confirm.
func (n *Node) doubted(d pluginhost.Disagreement) {
	n.Logger.Error("the wasm engine contradicts itself about a decision: do not rely on this machine", "plugin", d.Decision.Plugin,
		"hook", d.Decision.Record.Hook, "input", d.Decision.Record.Input, "fuel", d.Decision.Record.Fuel, "referee_fuel", d.Referee.Record.Fuel)
}
