package driver

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	plugin "github.com/hashicorp/go-plugin"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// Version is the newest version of the protocol that the node speaks. Node and
// driver take the newest that both know.
const Version = 1

// handshake is what go-plugin asks of a driver before all else. The cookie
// keeps people from starting one by hand; it is no secret.
var handshake = plugin.HandshakeConfig{MagicCookieKey: "LILYPAD_DRIVER", MagicCookieValue: "executor"}

// DirVariable names to a driver a folder of its own, which is removed when it
// has ended.
const DirVariable = "LILYPAD_DRIVER_DIR"

const pluginName = "executor"

// Bounds of the border. sdk/driver has the same.
const (
	maxRequest = 4 << 20 // bytes of a message to the driver
	maxAnswer  = 1 << 20 // bytes of a message from it
	maxChunk   = 32 << 10

	pingPeriod = 10 * time.Second // and as long for the answer, before a silent driver is lost
)

// Settings are the node's rules for all jobs, which a driver keeps.
type Settings struct {
	// Owner marks what belongs to this node, as in docker.Config.
	Owner        string
	AllowNetwork bool // jobs that ask for the network may have it
	Pull         bool // images may be fetched
	Limits       jobrun.Limits
}

// Deadlines bound what a driver may take; zero fields have the defaults given.
type Deadlines struct {
	Launch time.Duration // from its start to its handshake; 30 s
	Answer time.Duration // of the calls that do no work; 30 s
	Start  time.Duration // of Start, which may fetch an image; 30 min
	Reap   time.Duration // 5 min
}

// Config sets up an Executor.
type Config struct {
	Engine lilypad.Engine // what the driver must serve. Required
	Path   string         // of the program, absolute. Required
	SHA256 string         // of the program, in hex; empty: not checked

	Settings
	Deadlines Deadlines
	// Pause is how long the first restart waits; each further one twice as
	// long, up to 30 s. 250 ms when zero.
	Pause time.Duration
	Log   *slog.Logger // nil: silent
}

// Executor runs jobs in a driver. Close ends the driver; jobs that outlive it
// run on. The driver starts with the first call.
type Executor struct {
	cfg  Config
	log  *slog.Logger
	lock chan struct{} // holds one element while now, failures and closed change

	now      *session // nil: none yet
	failures int      // lives of the driver that were short, in a row
	closed   bool
	endings  sync.WaitGroup

	mu   sync.Mutex
	jobs map[execution.Handle]bool // that run, to be taken back after a restart
}

var (
	_ execution.Executor = (*Executor)(nil)
	_ execution.Checker  = (*Executor)(nil)
)

// New returns an executor. It does not start the driver yet.
//
// # Errors
//
// Invalid for a Config that breaks its rules; NotFound when there is no such
// program.
func New(cfg Config) (*Executor, error) {
	if sum, err := hex.DecodeString(cfg.SHA256); err != nil || len(sum) != 0 && len(sum) != sha256.Size {
		return nil, lilypad.Errorf(lilypad.Invalid, "the pin %.80q of driver %s is no SHA-256 in hex", cfg.SHA256, cfg.Path).
			Try("sha256sum %s", cfg.Path)
	}
	if cfg.Engine == "" || !filepath.IsAbs(cfg.Path) {
		return nil, lilypad.Errorf(lilypad.Invalid, "a driver needs its engine and an absolute path, not %q and %q", cfg.Engine, cfg.Path)
	}
	if info, err := os.Stat(cfg.Path); err != nil || info.IsDir() {
		return nil, lilypad.Errorf(lilypad.NotFound, "there is no driver %s", cfg.Path).Try("see docs/drivers.md for how to build one")
	}
	d := &cfg.Deadlines
	d.Launch = cmp.Or(d.Launch, 30*time.Second)
	d.Answer = cmp.Or(d.Answer, 30*time.Second)
	d.Start = cmp.Or(d.Start, 30*time.Minute)
	d.Reap = cmp.Or(d.Reap, 5*time.Minute)
	cfg.Pause = cmp.Or(cfg.Pause, 250*time.Millisecond)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Executor{
		cfg: cfg, log: cfg.Log.With("driver", filepath.Base(cfg.Path)),
		lock: make(chan struct{}, 1), jobs: map[execution.Handle]bool{},
	}, nil
}

// Close lets the driver end, and waits for that for some seconds. It returns nil.
func (e *Executor) Close() error {
	e.lock <- struct{}{}
	e.closed = true
	s := e.now
	<-e.lock
	if s != nil {
		s.end()
	}
	e.endings.Wait()
	return nil
}

// keep notes a job that runs; drop one that does not.
func (e *Executor) keep(h execution.Handle) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.jobs[h] = true
}

func (e *Executor) drop(h execution.Handle) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.jobs, h)
}

func (e *Executor) kept() (handles []execution.Handle) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for h := range e.jobs {
		handles = append(handles, h)
	}
	return handles
}

// sleep waits, or returns the error of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
