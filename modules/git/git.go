package git

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/plumbing/transport/file"
	githttp "github.com/go-git/go-git/v5/plumbing/transport/http"
	"github.com/go-git/go-git/v5/storage/memory"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/publicnet"
)

// MaxPack is the most that is read from a server for one request, in bytes.
const MaxPack = 32 << 20

// Config of a Client. Its zero value reaches public hosts by HTTPS.
type Config struct {
	// Mirrors replace "https://HOST" by another URL. They are the operator's
	// own choice: http and private addresses are allowed there.
	Mirrors map[string]string
	Timeout time.Duration // of each step; zero: 30 s
	// AllowFile accepts repositories of this machine, named file:///path. The
	// machine's git program reads them.
	AllowFile bool
}

// Client reaches repositories. Safe for concurrent use.
type Client struct {
	cfg           Config
	public, local transport.Transport
}

// New returns a client.
func New(cfg Config) *Client {
	if cfg.Timeout == 0 {
		cfg.Timeout = 30 * time.Second
	}
	public := &http.Client{Transport: limited{publicnet.Transport()}, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Scheme != "https" {
			return lilypad.Errorf(lilypad.Unauthorized, "redirect to %s without TLS", r.URL.Host)
		}
		return nil
	}}
	return &Client{cfg, githttp.NewClient(public), githttp.NewClient(&http.Client{Transport: limited{http.DefaultTransport}})}
}

// limited bounds the bodies of all answers.
type limited struct{ http.RoundTripper }

func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = &body{res.Body, MaxPack}
	}
	return res, err
}

type body struct {
	io.ReadCloser
	left int
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

var errTooLarge = lilypad.Errorf(lilypad.Exhausted, "the repository sends more than %d MB", MaxPack/1_000_000).
	Try("keep large files out of the module's repository")

// Remote is a repository and the refs that it showed.
type Remote struct {
	Tags, Branches map[string]string // name to commit, or to the object of an annotated tag
	Head           string            // commit of the default branch
	repository     string
	session        transport.UploadPackSession
	can            *capability.List
	timeout        time.Duration
	once           bool // the session is of one request
}

// Dial asks a repository, named as host/path or file:///path, for its refs.
//
// # Errors
//
// NotFound when there is no public repository, Unauthorized for an address that
// is not public or a file that is not allowed, Timeout, and Unavailable when the host does not answer.
func (c *Client) Dial(ctx context.Context, repository string) (*Remote, error) {
	host, path, _ := strings.Cut(repository, "/")
	base, via := "https://"+host, c.public
	if mirror, ok := c.cfg.Mirrors[host]; ok {
		base, via = strings.TrimSuffix(mirror, "/"), c.local
	} else if host == "file:" {
		if !c.cfg.AllowFile {
			return nil, lilypad.Errorf(lilypad.Unauthorized, "%.200q is a repository of this machine", repository).Try("allow it with --allow-file, or push it to a public repository")
		}
		base, via = "file:", file.DefaultClient
	}
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	endpoint, err := transport.NewEndpoint(base + "/" + path)
	if err != nil {
		return nil, explain(ctx, repository, err)
	}
	r := &Remote{repository: repository, timeout: c.cfg.Timeout, once: via == file.DefaultClient}
	if r.session, err = via.NewUploadPackSession(endpoint, nil); err != nil {
		return nil, explain(ctx, repository, err)
	}
	adv, err := r.session.AdvertisedReferencesContext(ctx)
	if err != nil {
		return nil, explain(ctx, repository, err)
	}
	r.can, r.Tags, r.Branches = adv.Capabilities, map[string]string{}, map[string]string{}
	for name, hash := range adv.References {
		if tag, ok := strings.CutPrefix(name, "refs/tags/"); ok {
			r.Tags[tag] = hash.String()
		} else if branch, ok := strings.CutPrefix(name, "refs/heads/"); ok {
			r.Branches[branch] = hash.String()
		}
	}
	for name, hash := range adv.Peeled {
		if tag, ok := strings.CutPrefix(name, "refs/tags/"); ok {
			r.Tags[tag] = hash.String()
		}
	}
	if adv.Head != nil {
		r.Head = adv.Head.String()
	}
	return r, nil
}

// Commit is one commit, its folders, and the files that were fetched of it.
type Commit struct {
	remote *Remote
	store  *memory.Storage
	tree   *object.Tree
}

// Fetch gets a commit by its full hash.
//
// # Errors
//
// NotFound when the server does not give out that commit, and those of Dial.
func (r *Remote) Fetch(ctx context.Context, commit string) (*Commit, error) {
	c := &Commit{remote: r, store: memory.NewStorage()}
	id := plumbing.NewHash(commit)
	if err := r.fetch(ctx, c.store, id, true); err != nil {
		return nil, err
	}
	found, err := object.GetCommit(c.store, id)
	if err != nil {
		return nil, lilypad.Errorf(lilypad.NotFound, "%s has no commit %s", r.repository, commit).Try("name a tag or a branch")
	}
	if c.tree, err = found.Tree(); err != nil {
		return nil, explain(ctx, r.repository, err)
	}
	return c, nil
}

// ErrAbsent says that a commit has no such file.
var ErrAbsent = errors.New("the commit has no such file")

// File reads a file of at most max bytes.
//
// # Errors
//
// NotFound with ErrAbsent, Invalid for a link or a larger file, and those of
// Dial.
func (c *Commit) File(ctx context.Context, path string, max int64) ([]byte, error) {
	entry, err := c.tree.FindEntry(path)
	if errors.Is(err, plumbing.ErrObjectNotFound) { // a folder that the server has left out
		return nil, explain(ctx, c.remote.repository, err)
	}
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.NotFound, Msg: fmt.Sprintf("%s has no file %.100q", c.remote.repository, path), Err: ErrAbsent}
	}
	if !entry.Mode.IsRegular() && entry.Mode.String() != "0100755" {
		return nil, lilypad.Errorf(lilypad.Invalid, "%.100q of %s is not a regular file", path, c.remote.repository)
	}
	blob, err := object.GetBlob(c.store, entry.Hash)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		if err := c.remote.fetch(ctx, c.store, entry.Hash, false); err != nil {
			return nil, fmt.Errorf("file %q: %w", path, err)
		}
		blob, err = object.GetBlob(c.store, entry.Hash)
	}
	if err != nil {
		return nil, explain(ctx, c.remote.repository, err)
	}
	if blob.Size > max {
		return nil, lilypad.Errorf(lilypad.Invalid, "%.100q of %s has %d bytes, the limit is %d", path, c.remote.repository, blob.Size, max)
	}
	reader, err := blob.Reader()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return io.ReadAll(reader)
}

// fetch asks for one object: a commit without its history, and where the
// server can, without the files.
func (r *Remote) fetch(ctx context.Context, store *memory.Storage, want plumbing.Hash, commit bool) error {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	req := packp.NewUploadPackRequest()
	req.Wants = []plumbing.Hash{want}
	if err := req.Capabilities.Set(capability.Agent, capability.DefaultAgent()); err != nil {
		return err
	}
	if commit && r.can.Supports(capability.Shallow) {
		req.Depth = packp.DepthCommits(1)
		if err := req.Capabilities.Set(capability.Shallow); err != nil {
			return err
		}
	}
	if commit && !r.once && r.can.Supports(capability.Filter) && r.can.Supports(capability.AllowReachableSHA1InWant) {
		req.Filter = packp.FilterBlobNone()
		if err := req.Capabilities.Set(capability.Filter); err != nil {
			return err
		}
	}
	res, err := r.session.UploadPack(ctx, req)
	if err != nil {
		return r.notOurs(ctx, want, err)
	}
	defer res.Close()
	pack, err := io.ReadAll(io.LimitReader(res, MaxPack+1))
	if err == nil && len(pack) > MaxPack {
		err = errTooLarge
	}
	if err != nil {
		return explain(ctx, r.repository, err)
	}
	if err := unpack(store, pack); err != nil {
		return explain(ctx, r.repository, err)
	}
	return nil
}

// notOurs tells an object that the server refuses from other failures: servers
// say so in words, in place of a pack, and name the object.
func (r *Remote) notOurs(ctx context.Context, want plumbing.Hash, err error) error {
	if err = explain(ctx, r.repository, err); lilypad.CodeOf(err) != lilypad.Unavailable || !strings.Contains(err.Error(), want.String()) {
		return err
	}
	return &lilypad.Error{
		Code: lilypad.NotFound, Msg: r.repository + " does not give out commit " + want.String(), Err: err,
		Remedy: "check the commit, or name a tag or a branch",
	}
}

func explain(ctx context.Context, repository string, err error) error {
	known, isOurs := errors.AsType[*lilypad.Error](err)
	switch {
	case isOurs:
		return fmt.Errorf("%s: %w", repository, known)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return lilypad.Errorf(lilypad.Timeout, "%s takes too long", repository).Try("try again, or read it elsewhere with --git-mirror HOST=URL")
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, transport.ErrRepositoryNotFound), errors.Is(err, transport.ErrAuthenticationRequired), errors.Is(err, transport.ErrAuthorizationFailed),
		errors.Is(err, transport.ErrEmptyRemoteRepository):
		return lilypad.Errorf(lilypad.NotFound, "there is no public repository %s", repository).Try("check the name")
	}
	return &lilypad.Error{
		Code: lilypad.Unavailable, Msg: repository + " does not answer", Err: err,
		Remedy: "check the network and try again, or use a module of the catalog",
	}
}
