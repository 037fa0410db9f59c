package main

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

func newHost(cache string) (*pluginhost.Host, error) {
	return pluginhost.New(pluginhost.Config{CacheDir: cache})
}

// source is a built-in plugin with settings.
func source(hook hostapi.Hook, name string, settings map[string]any) (pluginhost.Source, error) {
	p, err := plugins.Lookup(hook, name)
	if err != nil {
		return pluginhost.Source{}, err
	}
	wasm, err := p.Wasm()
	if err != nil {
		return pluginhost.Source{}, err
	}
	manifest, err := json.Marshal(p.Manifest)
	return pluginhost.Source{Wasm: wasm, Manifest: manifest, Settings: settings}, err
}

func builtIn(ctx context.Context, host *pluginhost.Host, hook hostapi.Hook, name string, settings map[string]any) (*pluginhost.Plugin, error) {
	src, err := source(hook, name, settings)
	if err != nil {
		return nil, err
	}
	return host.Load(ctx, src)
}

// guest is the example "cheapest" of an SDK in another language. Its manifest
// is the built-in plugin's, with its own digest.
func guest(ctx context.Context, host *pluginhost.Host, lang string, settings map[string]any) (*pluginhost.Plugin, error) {
	wasm, err := unpack(root + "/sdk/guests/" + lang + "/cheapest.wasm.gz")
	if err != nil {
		return nil, err
	}
	src, err := source(hostapi.HookMatch, "cheapest", settings)
	if err != nil {
		return nil, err
	}
	var manifest map[string]any
	if err := json.Unmarshal(src.Manifest, &manifest); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(wasm)
	manifest["sha256"] = hex.EncodeToString(sum[:])
	if src.Manifest, err = json.Marshal(manifest); err != nil {
		return nil, err
	}
	src.Wasm = wasm
	return host.Load(ctx, src)
}

func unpack(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return io.ReadAll(z)
}

// resident and peak are what this process holds in memory, and the most it
// ever held, in MiB (proc(5)).
func resident() float64 { return status("VmRSS:") }
func peak() float64     { return status("VmHWM:") }

func status(field string) float64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, field); ok {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}

// cpu is the time that all cores gave this process.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
