package pluginhost

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/tetratelabs/wazero"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// limits are the caps on this plugin's module.
func (p *program) limits() fuel.Limits { return fuel.Limits{MemoryPages: p.manifest.Memory / pageSize} }

// rewritten is the module with its fuel.
func (p *program) rewritten(ctx context.Context) ([]byte, *Refusal) {
	if wasm, ok := p.kept(); ok {
		return wasm, nil
	}
	return p.rewrite(ctx)
}

func (p *program) rewrite(ctx context.Context) ([]byte, *Refusal) {
	src, err := fuel.Parse(p.source.Wasm, p.limits())
	if err != nil {
		return nil, fuelRefusal(err)
	}
	mod, err := src.Rewrite() // first, since it bounds what the engine is asked to do
	if err != nil {
		return nil, fuelRefusal(err)
	}
	for original := range src.Originals(validated) {
		if err := validate(ctx, original); err != nil {
			return nil, refusef(RuleWasm, "%s", plain(err.Error(), maxText))
		}
	}
	return mod.Wasm, nil
}

// sealed is where the rewritten module lies once its code is in the cache;
// empty without one.
func (p *program) sealed() string {
	dir := p.host.config.CacheDir
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "fuel", fmt.Sprintf("%d-%x-%d.wasm", fuel.Version, p.id[:], p.limits().MemoryPages))
}

func (p *program) kept() ([]byte, bool) { return readSealed(p.sealed()) }

func (p *program) keep(wasm []byte) *Refusal {
	if name := p.sealed(); name != "" {
		if err := writeSealed(name, wasm); err != nil {
			return systemFault(err)
		}
	}
	return nil
}

// validated is how much code the engine validates at once, in bytes: it takes
// some forty times as much memory.
const validated = 512 << 10

// validate has the engine look at the module as its author made it: what the
// rewriter drops, because no path leads there, is refused too. The interpreter
// is a sixth of the compiler's work.
func validate(ctx context.Context, wasm []byte) error {
	r := wazero.NewRuntimeWithConfig(ctx, features(wazero.NewRuntimeConfigInterpreter()))
	defer r.Close(ctx)
	_, err := translate(ctx, r, wasm)
	return err
}

func fuelRefusal(err error) *Refusal {
	broken, ok := errors.AsType[*fuel.Error](err)
	if !ok {
		return systemFault(err)
	}
	text := strings.TrimPrefix(broken.Error(), string(broken.Rule)+": ")
	r := refusef(Rule(broken.Rule), "%s", plain(text, maxText))
	r.Err = err
	return r
}

// A sealed file begins with the SHA-256 of the rest, so that one which was cut
// off counts as none. Nobody else can write to the cache.
func readSealed(name string) ([]byte, bool) {
	b, err := os.ReadFile(name)
	if err != nil || len(b) < sha256.Size {
		return nil, false
	}
	sum := sha256.Sum256(b[sha256.Size:])
	return b[sha256.Size:], bytes.Equal(sum[:], b[:sha256.Size])
}

func writeSealed(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return &lilypad.Error{Code: lilypad.Internal, Msg: "plugin cache", Err: err}
	}
	f, err := os.CreateTemp(filepath.Dir(name), "new-")
	if err != nil {
		return &lilypad.Error{Code: lilypad.Internal, Msg: "plugin cache", Err: err}
	}
	sum := sha256.Sum256(content)
	_, err = f.Write(append(sum[:], content...))
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // it is of no use
		return &lilypad.Error{Code: lilypad.Internal, Msg: "plugin cache", Err: err}
	}
	return nil
}
