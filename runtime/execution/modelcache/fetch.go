package modelcache

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/lilypad-network/lilypad"
)

const (
	partSuffix = ".part"
	locksDir   = "locks"
	lockPoll   = 200 * time.Millisecond
	tries      = 5                // in a row that come to nothing
	silence    = time.Minute      // after which a host counts as gone
	tellEvery  = 10 * time.Second // how far a model is
)

// Fetch brings a model here, unless it is. What an earlier try brought is not
// asked for again.
//
// # Errors
//
// Invalid for bytes that are not the model's, Unauthorized for a place that may
// not be asked, NotFound when its host does not have it, Unavailable when it
// does not answer or there is no room now.
func (c *Cache) Fetch(ctx context.Context, m lilypad.Model) error {
	if err := c.Check(ctx, []lilypad.Model{m}); err != nil {
		return err
	}
	if here, err := c.has(m); here || err != nil {
		return err
	}
	lock := c.lock(filepath.Base(c.file(m)))
	if _, err := lock.TryLockContext(ctx, lockPoll); err != nil {
		return err
	}
	defer lock.Unlock() //nolint:errcheck // it ends with the process
	if here, err := c.has(m); here || err != nil {
		return err // another has fetched it meanwhile
	}
	part, err := os.OpenFile(c.file(m)+partSuffix, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer part.Close()
	info, err := part.Stat()
	if err != nil {
		return err
	}
	d := download{Cache: c, model: m, file: part, hash: sha256.New(), log: c.cfg.Log.With("model", m.SHA256), left: uint64(info.Size())}
	defer d.leave()
	if err := d.run(ctx); err != nil {
		return fmt.Errorf("fetch model %s: %w", m.Path, err)
	}
	if err := errors.Join(part.Chmod(modelMode), part.Sync()); err != nil {
		return err
	}
	return os.Rename(part.Name(), c.file(m))
}

// lock is for who fetches the model of that name, or removes a part of it. Few
// models share one.
func (c *Cache) lock(name string) *flock.Flock {
	return flock.New(filepath.Join(c.cfg.Dir, locksDir, name[:2]))
}

// download fills a part.
type download struct {
	*Cache
	model lilypad.Model
	file  *os.File
	hash  hash.Hash
	have  uint64
	told  time.Time
	log   *slog.Logger
	left  uint64 // by an earlier try
	done  func() // gives the room back; nil: there is none yet
	full  error  // there is no room
}

// enter makes room, once the host has said that it has the model: others go for
// none that is not to be had.
func (d *download) enter() error {
	if d.done == nil {
		d.done, d.full = d.room(d.model, d.left)
	}
	return d.full
}

func (d *download) leave() {
	if d.done != nil {
		d.done()
	}
}

func (d *download) run(ctx context.Context) error {
	n, err := io.Copy(d.hash, d.file)
	if err != nil {
		return err
	}
	d.have = uint64(n)
	kept := d.have > 0
	if d.have > d.model.Bytes {
		if err := d.restart(); err != nil {
			return err
		}
	}
	d.log.Info("model is fetched", "from", d.model.URL, "bytes", d.have, "of", d.model.Bytes)
	for {
		if err := d.all(ctx); err != nil {
			return err
		}
		sum := lilypad.Hash(d.hash.Sum(nil))
		if sum == d.model.SHA256 {
			d.log.Info("model is here", "bytes", d.have)
			return nil
		}
		if err := d.restart(); err != nil {
			return err
		}
		if !kept {
			return lilypad.Errorf(lilypad.Invalid, "it has the SHA-256 %s, its module says %s", sum, d.model.SHA256).Try("tell the module's author")
		}
		kept = false // what an earlier try left may have been of another file
	}
}

// restart forgets what is here.
func (d *download) restart() error {
	d.hash.Reset()
	d.have = 0
	_, err := d.file.Seek(0, io.SeekStart)
	return errors.Join(err, d.file.Truncate(0))
}

// all asks until the part has all bytes.
func (d *download) all(ctx context.Context) error {
	for failed := 0; d.have < d.model.Bytes; {
		before := d.have
		err := d.some(ctx)
		if d.full != nil || lasts(err) || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		if failed++; d.have > before {
			failed = 0
		}
		if failed == tries {
			return &lilypad.Error{Code: lilypad.Unavailable, Msg: "its host breaks off", Err: err, Remedy: "try again: what has come is kept"}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(failed) * time.Second):
		}
	}
	return nil
}

// lasts tells whether asking again would be no use.
func lasts(err error) bool {
	switch lilypad.CodeOf(err) {
	case lilypad.Invalid, lilypad.Unauthorized, lilypad.NotFound, lilypad.Exhausted:
		return err != nil
	}
	return false
}

// some asks once for what is missing, and keeps what comes of it.
func (d *download) some(caller context.Context) error {
	ctx, stop := context.WithCancel(caller)
	defer stop()
	watch := time.AfterFunc(silence, stop)
	defer watch.Stop()
	res, err := d.ask(ctx)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if err := d.answered(res); err != nil {
		return err
	}
	if err := d.enter(); err != nil {
		return err
	}
	buf := make([]byte, 256<<10)
	for {
		n, err := res.Body.Read(buf)
		watch.Reset(silence)
		if d.have+uint64(n) > d.model.Bytes {
			return errors.Join(wrongSize(d.model, int64(d.have)+int64(n)), d.restart())
		}
		if _, err := d.file.Write(buf[:n]); err != nil {
			return &lilypad.Error{Code: lilypad.Exhausted, Msg: "keep a model", Err: err, Remedy: "make room on the disk"}
		}
		d.hash.Write(buf[:n])
		d.have += uint64(n)
		d.tell()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (d *download) ask(ctx context.Context) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, d.model.URL, nil)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "address of a model", Err: err}
	}
	r.Header.Set("Accept-Encoding", "identity")
	if d.have > 0 {
		r.Header.Set("Range", fmt.Sprintf("bytes=%d-", d.have))
	}
	res, err := d.client.Do(r)
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err // without the address, which the log has
	}
	return res, err
}

// answered makes the part fit what the host is about to send (RFC 9110,
// sections 14 and 15).
func (d *download) answered(res *http.Response) error {
	code := res.StatusCode
	switch {
	case code == http.StatusPartialContent && strings.HasPrefix(res.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", d.have)):
		return nil
	case code == http.StatusPartialContent, code == http.StatusRequestedRangeNotSatisfiable:
		return errors.Join(fmt.Errorf("its host answers %s to a range", res.Status), d.restart())
	case code == http.StatusOK && res.ContentLength >= 0 && uint64(res.ContentLength) != d.model.Bytes:
		return wrongSize(d.model, res.ContentLength)
	case code == http.StatusOK:
		return d.restart()
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return lilypad.Errorf(lilypad.Unauthorized, "its host gives it not to everyone: %s", res.Status).Try("tell the module's author")
	case code >= 400 && code < 500 && code != http.StatusTooManyRequests && code != http.StatusRequestTimeout:
		return lilypad.Errorf(lilypad.NotFound, "its host does not have it: %s", res.Status).Try("tell the module's author")
	}
	return fmt.Errorf("its host answers %s", res.Status)
}

func (d *download) tell() {
	if now := time.Now(); now.Sub(d.told) >= tellEvery {
		if !d.told.IsZero() {
			d.log.Info("model is on its way", "bytes", d.have, "of", d.model.Bytes)
		}
		d.told = now
	}
}
