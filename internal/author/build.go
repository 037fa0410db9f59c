package author

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// Config is what the tools need beside a folder.
type Config struct {
	Settings map[string]any // that the plugin is loaded with; nil: its defaults
	Progress io.Writer      // nil: nobody wants to know
}

func (c Config) progress() io.Writer { return cmp.Or(c.Progress, io.Discard) }

// Built is a plugin as it would be published.
type Built struct {
	Wasm, Manifest []byte
	LoadTime       time.Duration // checked, compiled for this machine and started, with nothing cached; 0: not loaded
}

// Build compiles the folder, writes dist/plugin.wasm and dist/manifest.json,
// and loads them as a node would.
//
// # Errors
//
// NotFound with the line to run when the language's compiler is missing,
// Invalid with the compiler's words, or the refusal that a node would give.
func (f *Folder) Build(ctx context.Context, c Config) (*Built, error) {
	dir, err := filepath.Abs(f.Dir)
	if err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "lilypad-build-")
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "build", Err: err}
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	if _, err := os.Stat(filepath.Join(dir, sdkFolder)); err != nil {
		return nil, lilypad.Errorf(lilypad.NotFound, "%s has no folder %s", f.Dir, sdkFolder).Try("lilypad plugin sdk update %s", f.Dir)
	}
	out := filepath.Join(tmp, wasmFile)
	if err := f.Language.compile(ctx, compiler{Language: f.Language, dir: dir, tmp: tmp, out: out, progress: c.progress()}); err != nil {
		return nil, err
	}
	b, err := f.keep(out)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	s, err := b.start(ctx, "", c.Settings)
	if err != nil {
		return nil, err
	}
	b.LoadTime = time.Since(began)
	s.close()
	return b, nil
}

// keep moves a module into dist, beside its manifest.
func (f *Folder) keep(out string) (*Built, error) {
	wasm, err := os.ReadFile(out)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "compiled module", Err: err}
	}
	b := &Built{Wasm: wasm}
	if b.Manifest, err = f.seal(b.Digest()); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(f.path(distFolder), 0o755); err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "keep what was built", Err: err}
	}
	for name, content := range map[string][]byte{wasmFile: b.Wasm, manifestFile: b.Manifest} {
		if err := os.WriteFile(f.path(distFolder, name), content, 0o644); err != nil {
			return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "keep what was built", Err: err}
		}
	}
	return b, nil
}

// Digest is the module's SHA-256 in hex.
func (b *Built) Digest() string {
	sum := sha256.Sum256(b.Wasm)
	return hex.EncodeToString(sum[:])
}

// read is what was built in the folder before: NotFound when nothing was,
// Conflict when a source is newer.
func (f *Folder) read() (*Built, error) {
	build := "lilypad plugin build " + f.Dir
	b := &Built{}
	for name, content := range map[string]*[]byte{wasmFile: &b.Wasm, manifestFile: &b.Manifest} {
		var err error
		if *content, err = os.ReadFile(f.path(distFolder, name)); err != nil {
			return nil, (&lilypad.Error{Code: lilypad.NotFound, Msg: "the plugin is not built", Err: err}).Try("%s", build)
		}
	}
	built, err := os.Stat(f.path(distFolder, wasmFile))
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "read", Err: err}
	}
	newer, err := f.newer(built.ModTime())
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "read", Err: err}
	}
	if newer != "" {
		return nil, lilypad.Errorf(lilypad.Conflict, "%s is newer than what is built", newer).Try("%s", build)
	}
	return b, nil
}

// newer names a file of the folder's tree, the SDK's among them, that has
// changed since a time and that what is built depends on.
func (f *Folder) newer(than time.Time) (name string, err error) {
	err = filepath.WalkDir(f.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if path != f.Dir && d.IsDir() && (strings.HasPrefix(base, ".") || base == distFolder || base == "node_modules" || base == vectorFolder) {
			return fs.SkipDir
		}
		isSource := func(suffix string) bool {
			return strings.HasSuffix(base, suffix) && !strings.HasSuffix(base, "_test.go")
		}
		if d.IsDir() || base != manifestFile && !slices.ContainsFunc(f.Language.sources, isSource) {
			return nil
		}
		info, err := d.Info()
		if err == nil && info.ModTime().After(than) {
			name = strings.TrimPrefix(path, f.Dir+string(filepath.Separator))
			return fs.SkipAll
		}
		return err
	})
	return name, err
}

// session is a plugin in a host of its own. One goroutine uses it.
type session struct {
	*pluginhost.Plugin
	host  *pluginhost.Host
	quiet bool                  // calls are not recorded
	calls []pluginhost.Decision // of the last question
}

// start loads the plugin as a node would that grants what the manifest asks
// for. Compiled code is kept in cache; empty: in memory. The caller closes it.
func (b *Built) start(ctx context.Context, cache string, settings map[string]any) (*session, error) {
	m, err := hostapi.ParseManifest(b.Manifest)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "the manifest", Err: err}
	}
	s := &session{}
	s.host, err = pluginhost.New(pluginhost.Config{
		CacheDir: cache, Breaker: pluginhost.Breaker{Faults: -1}, // an author wants to see every fault
		OnDecision: func(_ context.Context, d pluginhost.Decision) { s.calls = append(s.calls, d) },
		Wanted:     func(context.Context) bool { return !s.quiet },
	})
	if err != nil {
		return nil, err
	}
	s.Plugin, err = s.host.Load(ctx, pluginhost.Source{Wasm: b.Wasm, Manifest: b.Manifest, Settings: settings, Grants: m.Capabilities})
	if err != nil {
		return nil, errors.Join(err, s.host.Close())
	}
	return s, nil
}

func (s *session) close() {
	s.Plugin.Close()
	_ = s.host.Close() // it holds memory only
}
