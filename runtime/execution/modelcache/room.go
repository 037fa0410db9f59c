package modelcache

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
)

// spare is what a model leaves free on the disk, in MB.
const spare = 1000

// room makes room for a model of which have bytes are here, and keeps it until
// done is called.
//
// # Errors
//
// Unavailable when too much is in use, or on the disk.
func (c *Cache) room(m lilypad.Model, have uint64) (done func(), err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	free, err := hardware.Disk(c.cfg.Dir)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(c.file(m)) + partSuffix
	entries, err := c.entries()
	if err != nil {
		return nil, err
	}
	used := m.Bytes
	for _, bytes := range c.coming {
		used += bytes
	}
	for _, e := range entries {
		if _, counted := c.coming[e.Name()]; !counted && e.Name() != name {
			used += uint64(e.Size())
		}
	}
	missing := (m.Bytes - min(have, m.Bytes)) / 1_000_000
	for _, e := range entries {
		if used <= c.cfg.MaxBytes && uint64(free) >= missing+spare {
			break
		}
		if _, busy := c.coming[e.Name()]; busy || e.Name() == name || !c.drop(e) {
			continue
		}
		used -= uint64(e.Size())
		free += uint32(e.Size() / 1_000_000)
	}
	if used > c.cfg.MaxBytes {
		return nil, lilypad.Errorf(lilypad.Unavailable, "no room for model %.200q: jobs use the others that are kept", m.Path).Try("raise --model-cache")
	}
	if uint64(free) < missing+spare {
		return nil, lilypad.Errorf(lilypad.Unavailable, "no room for model %.200q: the disk has %d MB free", m.Path, free).Try("make room on the disk")
	}
	c.coming[name] = m.Bytes
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.coming, name)
	}, nil
}

// entries are the files of the cache, what was used longest ago first.
func (c *Cache) entries() (out []fs.FileInfo, err error) {
	list, err := os.ReadDir(c.cfg.Dir)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, info)
	}
	slices.SortFunc(out, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	return out, nil
}

// drop removes a model that no job uses, or a part that nobody fetches.
func (c *Cache) drop(e fs.FileInfo) bool {
	name := filepath.Join(c.cfg.Dir, e.Name())
	if strings.HasSuffix(name, partSuffix) {
		lock := c.lock(e.Name())
		if held, err := lock.TryLock(); !held || err != nil {
			return false
		}
		defer lock.Unlock() //nolint:errcheck // it ends with the process
	} else if links(e) > 1 {
		return false
	}
	if os.Remove(name) != nil {
		return false
	}
	c.cfg.Log.Info("model removed to make room", "file", e.Name(), "bytes", e.Size(), "used", e.ModTime())
	return true
}
