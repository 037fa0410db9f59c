package modelcache

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/publicnet"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// Config sets up a Cache.
type Config struct {
	Dir      string // private to the user; best on the file system of the jobs' folders. Required.
	MaxBytes uint64 // of all models together, and so of one job's; zero: 50 GB
	// AllowPrivate fetches over http and from private addresses too, for an
	// operator's own mirror.
	AllowPrivate bool
	Log          *slog.Logger // nil: silent
}

// Cache is a folder of models. Safe for concurrent use.
type Cache struct {
	cfg    Config
	client *http.Client

	mu     sync.Mutex        // guards coming
	coming map[string]uint64 // bytes that those on their way will have, by name
}

var _ execution.Models = (*Cache)(nil)

// New returns a cache, whose folder it makes when it is missing.
//
// # Errors
//
// Invalid without a folder; Conflict when it cannot be made.
func New(cfg Config) (*Cache, error) {
	if cfg.Dir == "" {
		return nil, lilypad.Errorf(lilypad.Invalid, "the cache of models needs a folder")
	}
	if err := os.MkdirAll(filepath.Join(cfg.Dir, locksDir), 0o700); err != nil {
		return nil, &lilypad.Error{Code: lilypad.Conflict, Msg: "folder of models", Err: err, Remedy: "make it writable"}
	}
	cfg.MaxBytes = cmp.Or(cfg.MaxBytes, 50_000_000_000)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	c := &Cache{cfg: cfg, coming: map[string]uint64{}}
	transport := publicnet.Transport()
	if cfg.AllowPrivate {
		transport.DialContext = nil
	}
	c.client = &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return lilypad.Errorf(lilypad.Unavailable, "more than 10 redirects")
		}
		return c.mayFetch(r.URL)
	}}
	return c, nil
}

// Check implements [execution.Models]; it asks no host.
func (c *Cache) Check(_ context.Context, models []lilypad.Model) error {
	room := c.cfg.MaxBytes
	for _, m := range models {
		if m.SHA256.IsZero() || m.Bytes == 0 {
			return lilypad.Errorf(lilypad.Invalid, "model %.200q has no digest or no size", m.Path)
		}
		if m.Bytes > room {
			return lilypad.Errorf(lilypad.Invalid, "the models of the module are larger than the %d MB that are kept here", c.cfg.MaxBytes/1_000_000).
				Try("raise --model-cache, or take another provider")
		}
		room -= m.Bytes
		u, err := url.Parse(m.URL)
		if err != nil {
			return lilypad.Errorf(lilypad.Invalid, "%.200q is no address of a model", m.URL)
		}
		if err := c.mayFetch(u); err != nil {
			return err
		}
	}
	return nil
}

func (c *Cache) mayFetch(u *url.URL) error {
	if u.Hostname() != "" && (u.Scheme == "https" || u.Scheme == "http" && c.cfg.AllowPrivate) {
		return nil
	}
	return lilypad.Errorf(lilypad.Unauthorized, "a model is fetched over https alone, not from %.200q", u.Redacted()).
		Try("--allow-private-models takes http, and private addresses")
}

// Place implements [execution.Models].
func (c *Cache) Place(ctx context.Context, models []lilypad.Model, dir string) error {
	if err := c.Check(ctx, models); err != nil {
		return err
	}
	for _, m := range models {
		if err := c.place(ctx, m, execution.ModelFile(dir, m.Path)); err != nil {
			return err
		}
	}
	return nil
}

func (c *Cache) place(ctx context.Context, m lilypad.Model, to string) (err error) {
	for range tries {
		if err := c.Fetch(ctx, m); err != nil {
			return err
		}
		if err = c.give(m, to); !errors.Is(err, fs.ErrNotExist) { // else it made room for another in between
			return err
		}
	}
	return err
}

// give puts a model at a place, as a link where the file system lets it.
func (c *Cache) give(m lilypad.Model, to string) error {
	from, now := c.file(m), time.Now()
	if err := os.Chtimes(from, now, now); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	// A container's user may be another than ours, whatever our umask is.
	if err := os.Chmod(filepath.Dir(to), 0o755); err != nil { //nolint:gosec // a folder of models is no secret of the job
		return err
	}
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	err := os.Link(from, to)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		err = copyFile(from, to)
	}
	return err
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, modelMode)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// modelMode lets a container read a model, whose user may be another than ours.
const modelMode = 0o444

func (c *Cache) file(m lilypad.Model) string {
	return filepath.Join(c.cfg.Dir, hex.EncodeToString(m.SHA256[:]))
}

// has tells whether the model is here.
func (c *Cache) has(m lilypad.Model) (bool, error) {
	info, err := os.Lstat(c.file(m))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil && uint64(info.Size()) != m.Bytes {
		err = wrongSize(m, info.Size())
	}
	return err == nil, err
}

func wrongSize(m lilypad.Model, is int64) error {
	return lilypad.Errorf(lilypad.Invalid, "model %.200q has %d bytes, its module says %d", m.Path, is, m.Bytes).
		Try("tell the module's author")
}

// Warm is the cache for who fetches nothing for a stranger's job.
func (c *Cache) Warm() execution.Models { return warm{c} }

type warm struct{ *Cache }

// Check refuses models that are not here, too.
func (w warm) Check(ctx context.Context, models []lilypad.Model) error {
	if err := w.Cache.Check(ctx, models); err != nil {
		return err
	}
	for _, m := range models {
		here, err := w.has(m)
		if err != nil {
			return err
		}
		if !here {
			return lilypad.Errorf(lilypad.NotFound, "model %.200q is cold: this machine does not have it and does not fetch for strangers", m.Path)
		}
	}
	return nil
}
