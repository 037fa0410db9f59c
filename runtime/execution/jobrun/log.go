package jobrun

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
)

// Log is one stream of a running job: a file with an upper limit that readers
// can follow. Safe for concurrent use.
type Log struct {
	full   func()      // called when a write did not fit
	failed func(error) // called when the host did not take a write

	mu     sync.Mutex // guards all below, and orders the writes
	file   *os.File
	room   int64
	grown  chan struct{} // closed and replaced when the file has grown or ended
	closed bool
}

var errLogFull = errors.New("log is full")

func newLog(path string, limit int64, full func(), failed func(error)) (*Log, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	return &Log{file: f, room: limit, grown: make(chan struct{}), full: full, failed: failed}, nil
}

// Write appends p, or as much of it as the limit allows.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return 0, os.ErrClosed
	}
	fits := p[:min(int64(len(p)), l.room)]
	n, err := l.file.Write(fits)
	l.room -= int64(n)
	close(l.grown)
	l.grown = make(chan struct{})
	switch {
	case err != nil:
		l.failed(err)
	case n < len(p):
		l.full()
		err = errLogFull
	}
	return n, err
}

func (l *Log) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	close(l.grown)
	return l.file.Close()
}

// follow copies the whole log to w until it has ended.
func (l *Log) follow(ctx context.Context, path string, w io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for {
		l.mu.Lock()
		grown, closed := l.grown, l.closed
		l.mu.Unlock()
		if _, err := io.Copy(w, f); err != nil || closed {
			return err
		}
		select {
		case <-grown:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
