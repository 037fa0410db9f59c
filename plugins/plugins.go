package plugins

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/nearest"
)

//go:embed dist
var dist embed.FS

// The built-in plugins, by hook in the order of hostapi.Hooks. A new one needs
// a line here and go run ./plugins/build.
var names = map[hostapi.Hook][]string{
	hostapi.HookMatch:   {"best-fit", "cheapest", "fair", "locality"},
	hostapi.HookAdmit:   {"quote", "reputation", "standing", "trusted"},
	hostapi.HookAllow:   {"list"},
	hostapi.HookMediate: {"adaptive", "audit", "bisect", "credibility", "escalate", "jackpot", "optimistic", "poco", "replicate"},
	hostapi.HookCompare: {"all-of", "any-of", "exact", "groth16", "image", "numeric", "text"},
}

// maxWasm bounds what a compressed module may unpack to, in bytes.
const maxWasm = 16 << 20

// Plugin is one built-in plugin.
type Plugin struct {
	Manifest hostapi.Manifest
	path     string // in dist, without ending
}

// ID is the digest of the module: its name in deals.
func (p Plugin) ID() lilypad.PluginID {
	var id lilypad.PluginID
	_, _ = hex.Decode(id[:], []byte(p.Manifest.SHA256)) // checked by ParseManifest
	return id
}

// Wasm is the module's bytes, with the digest of its manifest.
//
// # Errors
//
// Internal: the program was built from a damaged dist.
func (p Plugin) Wasm() ([]byte, error) {
	b, err := p.unpack()
	if err != nil {
		return nil, lilypad.Errorf(lilypad.Internal, "built-in plugin %s: %v", p.path, err)
	}
	return b, nil
}

func (p Plugin) unpack() ([]byte, error) {
	packed, err := dist.ReadFile("dist/" + p.path + ".wasm.gz")
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(r, maxWasm))
	if err != nil {
		return nil, err
	}
	if id := lilypad.PluginID(sha256.Sum256(b)); id != p.ID() {
		return nil, fmt.Errorf("digest %s, want %s", id, p.ID())
	}
	return b, nil
}

var all = sync.OnceValues(func() ([]Plugin, error) {
	var list []Plugin
	for _, h := range hostapi.Hooks {
		for _, name := range names[h] {
			path := h.String() + "/" + name
			b, err := dist.ReadFile("dist/" + path + ".json")
			if err != nil {
				return nil, lilypad.Errorf(lilypad.Internal, "built-in plugin %s: %v", path, err)
			}
			m, err := hostapi.ParseManifest(b)
			if err != nil {
				return nil, lilypad.Errorf(lilypad.Internal, "built-in plugin %s: %v", path, err)
			}
			list = append(list, Plugin{m, path})
		}
	}
	return list, nil
})

// List is every built-in plugin, by hook, then by name.
//
// # Errors
//
// Internal: the program was built from a damaged dist.
func List() ([]Plugin, error) {
	list, err := all()
	return slices.Clone(list), err
}

// Lookup is the built-in plugin of a hook and a name.
//
// # Errors
//
// NotFound, with the nearest names, or all when none is near.
func Lookup(hook hostapi.Hook, name string) (Plugin, error) {
	list, err := all()
	if err != nil {
		return Plugin{}, err
	}
	for _, p := range list {
		if p.Manifest.Hook == hook.String() && p.Manifest.Name == name {
			return p, nil
		}
	}
	choice := nearest.Names(name, names[hook], 3)
	if len(choice) == 0 {
		choice = names[hook]
	}
	return Plugin{}, lilypad.Errorf(lilypad.NotFound, "there is no built-in %s plugin %q", hook, name).
		Try("choose %s", strings.Join(choice, " or "))
}

// ByID is the built-in plugin that a deal names.
//
// # Errors
//
// NotFound.
func ByID(id lilypad.PluginID) (Plugin, error) {
	list, err := all()
	if err != nil {
		return Plugin{}, err
	}
	for _, p := range list {
		if p.ID() == id {
			return p, nil
		}
	}
	return Plugin{}, lilypad.Errorf(lilypad.NotFound, "no built-in plugin has the digest %s", id)
}
