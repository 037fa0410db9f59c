package pluginstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/lilypad-network/lilypad"
)

// pollEvery is the safety net under a file system that sends no events.
const pollEvery = 5 * time.Second

// Follow calls changed now and whenever the store has changed, one call at a
// time, until ctx ends.
//
// # Errors
//
// Conflict when the folder cannot be made. None when ctx ends.
func (s *Store) Follow(ctx context.Context, changed func()) error {
	if err := os.MkdirAll(filepath.Join(s.dir, packagesDir), 0o700); err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "plugin store", Remedy: "choose a data folder that can be written to with --data", Err: err}
	}
	var events chan fsnotify.Event
	var failures chan error
	if w, err := fsnotify.NewWatcher(); err == nil {
		defer w.Close()
		if errors.Join(w.Add(s.dir), w.Add(filepath.Join(s.dir, packagesDir))) == nil {
			events, failures = w.Events, w.Errors
		}
	}
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	var seen []byte
	for {
		if now := s.fingerprint(); !bytes.Equal(now, seen) {
			seen = now
			changed()
		}
		select {
		case <-ctx.Done():
			return nil
		case <-events:
		case <-failures: //nolint:errcheck // the poll finds what was lost
		case <-poll.C:
		}
	}
}

// fingerprint changes with what is enabled, trusted and there.
func (s *Store) fingerprint() []byte {
	h := sha256.New()
	for _, name := range []string{enabledFile, trustFile} {
		text, _ := os.ReadFile(filepath.Join(s.dir, name))
		sum := sha256.Sum256(text)
		h.Write(sum[:])
	}
	_ = fs.WalkDir(os.DirFS(filepath.Join(s.dir, packagesDir)), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == "." || strings.HasPrefix(d.Name(), ".") { // gone, or being written
			return nil
		}
		if info, err := d.Info(); err == nil {
			fmt.Fprintln(h, path, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return h.Sum(nil)
}
