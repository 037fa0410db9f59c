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

// rewritten is the module with its fuel. Of one that was rewritten before, the
// bytes lie in the cache.
func (p *program) rewritten(ctx context.Context) ([]byte, *Refusal) {
	name := ""
	if dir := p.host.config.CacheDir; dir != "" {
		name = filepath.Join(dir, "fuel", fmt.Sprintf("%d-%x-%d.wasm", fuel.Version, p.id[:], p.limits().MemoryPages))
		if wasm, ok := readSealed(name); ok {
			return wasm, nil
		}
	}
	mod, err := fuel.Rewrite(p.source.Wasm, p.limits()) // first, since it bounds what the engine is asked to do
	if err != nil {
		return nil, fuelRefusal(err)
	}
	if err := validate(ctx, p.source.Wasm); err != nil {
		return nil, refusef(RuleWasm, "%s", plain(err.Error(), maxText))
	}
	if name != "" {
		if err := writeSealed(name, mod.Wasm); err != nil {
			return nil, systemFault(err)
		}
	}
	return mod.Wasm, nil
}

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
