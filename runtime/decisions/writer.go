package decisions

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
)

// rankingsDir is the folder in a log's for what would crowd out the rest.
const rankingsDir = "rankings"

// writers are a log's two streams. One goroutine uses them.
type writers struct {
	rest, rankings *writer
	failing        bool // the last entry was not taken
	dirty          bool // something is not synced yet
}

func (w *writers) of(e *Entry) *writer {
	if e.ranking() {
		return w.rankings
	}
	return w.rest
}

// writer fills segments.
type writer struct {
	config  Config // its own folder and limits
	file    *os.File
	began   time.Time
	size    int64
	sources map[lilypad.Hash]bool // that the segment has
	dirty   bool
	buf     []byte
}

// newWriter writes to a folder of a log with so many quarters of its limit.
func newWriter(c Config, dir string, quarters int64) *writer {
	c.Dir, c.MaxBytes = filepath.Join(c.Dir, dir), max(c.MaxBytes*quarters/4, 1)
	return &writer{config: c}
}

// prepare makes the folder and removes what is too old or too much. A segment
// begins with its first entry.
func (w *writer) prepare() error {
	if err := os.MkdirAll(w.config.Dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(w.config.Dir, ".writable-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()), w.sweep(0))
}

func (w *writer) sweep(room int64) error {
	return sweep(w.config.Dir, w.config.MaxBytes, room, w.config.Now().Add(-w.config.MaxAge))
}

// begin starts a segment, and makes room for it.
func (w *writer) begin() error {
	if err := os.MkdirAll(w.config.Dir, 0o700); err != nil {
		return err
	}
	w.began = w.config.Now()
	if err := w.sweep(w.share()); err != nil {
		return err
	}
	f, err := w.create()
	if err != nil {
		return err
	}
	if _, err := f.WriteString(magic); err != nil {
		return errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	w.file, w.size, w.sources = f, int64(len(magic)), map[lilypad.Hash]bool{}
	return nil
}

// create makes a file that sorts behind all others, even if the clock was set
// back.
func (w *writer) create() (*os.File, error) {
	at := w.began
	names, err := segments(w.config.Dir)
	if err != nil {
		return nil, err
	}
	if n := len(names); n > 0 && filepath.Base(names[n-1]) >= segmentName(at) {
		at = segmentTime(names[n-1]).Add(1)
	}
	return os.OpenFile(filepath.Join(w.config.Dir, segmentName(at)), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
}

// share is how large and, in time, how long a segment gets: enough of them
// that the oldest is a small part.
func (w *writer) share() int64 { return w.config.MaxBytes / 16 }

func (w *writer) full() bool {
	return w.size >= w.share() || w.config.Now().Sub(w.began) > w.config.MaxAge/16
}

// put appends an entry, and its source if the segment does not have it, by a
// single write: after a crash both are there or the last frame is cut off.
func (w *writer) put(e *Entry) error {
	if w.file == nil || w.full() {
		w.end()
		if err := w.begin(); err != nil {
			return err
		}
	}
	w.buf = w.buf[:0]
	if !w.sources[e.SourceID] {
		w.buf = appendFrame(w.buf, kindSource, e.SourceID, encode(&e.Source))
	}
	w.buf = appendFrame(w.buf, kindEntry, e.ID(), encode(e))
	if _, err := w.file.Write(w.buf); err != nil {
		if w.file.Truncate(w.size) != nil {
			w.end() // nothing could be read behind a part of a frame
		}
		return err
	}
	w.size += int64(len(w.buf))
	w.sources[e.SourceID] = true
	w.dirty = true
	return nil
}

func (w *writer) sync() {
	if w.dirty && w.file != nil {
		if err := w.file.Sync(); err != nil {
			w.config.Log.Error("the log of decisions is not on disk", "error", err)
		}
		w.dirty = false
	}
}

// end closes the segment; the next entry begins another.
func (w *writer) end() {
	if w.file == nil {
		return
	}
	w.sync()
	if err := w.file.Close(); err != nil {
		w.config.Log.Error("the log of decisions is not on disk", "error", err)
	}
	w.file = nil
}

// segmentName sorts by time.
func segmentName(at time.Time) string { return fmt.Sprintf("%016x%s", at.UnixNano(), suffix) }

// segmentTime is the time in a name that segments has listed.
func segmentTime(name string) time.Time {
	at, _ := strconv.ParseInt(strings.TrimSuffix(filepath.Base(name), suffix), 16, 64)
	return time.Unix(0, at)
}

// segments lists the files of a log, oldest first.
func segments(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		stem, ok := strings.CutSuffix(e.Name(), suffix)
		if _, err := strconv.ParseInt(stem, 16, 64); ok && err == nil && e.Type().IsRegular() {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return slices.Clip(out), nil
}

// sweep removes the oldest segments until the others, and room for as many
// bytes more, are within the limits.
func sweep(dir string, limit int64, room int64, oldest time.Time) error {
	names, err := segments(dir)
	if err != nil {
		return err
	}
	for _, name := range slices.Backward(names) {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if room += info.Size(); room <= limit && !info.ModTime().Before(oldest) {
			continue
		}
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return nil
}
