package driver

import (
	"bytes"
	"log/slog"
	"sync"
	"time"
)

// What is kept of a driver's words, and how many lines of them are logged.
const (
	tailBytes      = 512
	linesPerSecond = 20
	maxLine        = 300
	saidMark       = "; it printed: "
)

// tail takes what a driver prints, without end if need be: it keeps the last
// bytes for errors, and logs some lines of each second. Safe for concurrent use.
type tail struct {
	log *slog.Logger

	mu      sync.Mutex // guards what follows
	end     []byte
	line    []byte
	second  time.Time
	lines   int
	dropped int
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end = append(t.end, p[max(0, len(p)-tailBytes):]...)
	t.end = t.end[max(0, len(t.end)-tailBytes):]
	for piece := range bytes.Lines(p) {
		t.line = append(t.line, piece[:min(len(piece), max(0, maxLine-len(t.line)))]...)
		if bytes.HasSuffix(piece, []byte("\n")) {
			t.say()
			t.line = t.line[:0]
		}
	}
	return len(p), nil
}

// say logs a line if the second has room for one.
func (t *tail) say() {
	if now := time.Now(); now.Sub(t.second) >= time.Second {
		if t.dropped > 0 {
			t.log.Warn("driver prints too much", "lines_dropped", t.dropped)
		}
		t.second, t.lines, t.dropped = now, 0, 0
	}
	if t.lines == linesPerSecond {
		t.dropped++
		return
	}
	t.lines++
	t.log.Info("driver says", "line", cut(string(bytes.TrimSpace(t.line))))
}

// last returns the end of what was printed, for an error; empty if there is none.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if text := bytes.TrimSpace(t.end); len(text) > 0 {
		return saidMark + string(text)
	}
	return ""
}
