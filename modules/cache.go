package modules

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
)

// cacheFormat is part of every path: what an older version kept is not read,
// and goes as the oldest.
const cacheFormat = "2-"

// maxCache is the default of Config.CacheBytes.
const maxCache = 512 << 20

const wasmFile = "module.wasm"

// passing is what the name of a folder begins with that is not complete yet or
// about to be removed.
const passing = ".new-"

func (r *Resolver) cacheDir(repository, commit string) string {
	key := sha256.Sum256([]byte(repository))
	return filepath.Join(r.cfg.CacheDir, cacheFormat+hex.EncodeToString(key[:8]), commit)
}

// read returns what keep put into dir. The template comes last: dir is moved
// away before it is emptied, so while the template is there all of it was.
func read(dir string) (f files, err error) {
	for name, to := range map[string]*[]byte{wasmFile: &f.wasm, SignaturesFile: &f.signatures} {
		if *to, err = os.ReadFile(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	f.template, err = os.ReadFile(filepath.Join(dir, TemplateFile))
	return f, err
}

// keep makes dir at once, so that a reader finds all of it or nothing.
func (r *Resolver) keep(dir string, f files) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), passing+"*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for name, content := range map[string][]byte{TemplateFile: f.template, wasmFile: f.wasm, SignaturesFile: f.signatures} {
		if content == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(tmp, name), content, 0o600); err != nil {
			return err
		}
	}
	if err := os.Rename(tmp, dir); err != nil {
		if _, there := read(dir); there != nil {
			return err
		} // else another call was faster, with the same bytes
	}
	return r.sweep(dir)
}

// kept is one module of the cache.
type kept struct {
	dir   string
	bytes int64
	at    time.Time
}

func measure(dir string) (kept, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return kept{}, err
	}
	k := kept{dir: dir, at: info.ModTime()}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			k.bytes += info.Size()
		}
	}
	return k, err
}

// sweep removes the oldest modules until the cache is within its bound, but
// never newest, which its caller is about to use.
func (r *Resolver) sweep(newest string) error {
	r.sweeping.Lock()
	defer r.sweeping.Unlock()
	dirs, err := filepath.Glob(filepath.Join(r.cfg.CacheDir, "*", "*"))
	if err != nil {
		return err
	}
	var all []kept
	var total int64
	for _, dir := range dirs {
		k, err := measure(dir)
		if err != nil {
			continue // another process has removed it
		}
		total += k.bytes
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b kept) int { return a.at.Compare(b.at) })
	for _, k := range all {
		if total <= r.cfg.CacheBytes {
			break
		}
		if k.dir == newest {
			continue
		}
		if err := remove(k.dir); err != nil {
			return err
		}
		total -= k.bytes
	}
	return nil
}

// remove moves dir away and then empties it.
func remove(dir string) error {
	away, err := os.MkdirTemp(filepath.Dir(dir), passing+"*")
	if err != nil {
		return &lilypad.Error{Code: lilypad.Internal, Msg: "cache of modules", Err: err}
	}
	defer os.RemoveAll(away)
	if err := os.Rename(dir, filepath.Join(away, "old")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &lilypad.Error{Code: lilypad.Internal, Msg: "cache of modules", Err: err}
	}
	return nil
}
