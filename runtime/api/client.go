package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// client sends signed requests to one server.
type client struct {
	base   string
	server lilypad.Address
	signer wallet.Signer
	http   *http.Client
}

func newClient(base string, server lilypad.Address, signer wallet.Signer) client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	return client{strings.TrimRight(base, "/"), server, signer, &http.Client{Transport: transport}}
}

// callTimeout bounds one call that is not a stream.
const callTimeout = 30 * time.Second

// do sends in as JSON, or as it is if it is a loan, and decodes the answer
// into out, if that is not nil.
func (c client) do(ctx context.Context, method, path string, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return c.call(ctx, method, path, in, out)
}

// call is do for as long as ctx lasts.
func (c client) call(ctx context.Context, method, path string, in, out any) error {
	body, err := c.send(ctx, method, path, in)
	if err != nil {
		return err
	}
	defer body.Close()
	if out == nil {
		return nil
	}
	if b, ok := out.(*storage.Block); ok {
		*b, err = receive(body)
		return err
	}
	if err := json.NewDecoder(io.LimitReader(body, 64<<20)).Decode(out); err != nil {
		return &lilypad.Error{Code: lilypad.Unavailable, Msg: fmt.Sprintf("%s %s answers what is not JSON", method, path), Err: err}
	}
	return nil
}

func (c client) send(ctx context.Context, method, path string, in any) (io.ReadCloser, error) {
	kind := octets
	var block storage.Block
	lent, isBlock := in.(*loan)
	if isBlock {
		block = lent.Block
	} else {
		var text []byte
		if in != nil {
			kind = "application/json"
			var err error
			if text, err = json.Marshal(in); err != nil {
				return nil, err
			}
		}
		block = storage.NewBlock(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(block.Bytes()))
	if err != nil {
		return nil, err
	}
	if in != nil {
		req.Header.Set("Content-Type", kind)
	}
	if c.signer != nil {
		if err := signRequest(ctx, req, block, c.server, c.signer); err != nil {
			return nil, err
		}
	}
	if isBlock {
		lent.to(req)
	}
	res, err := c.http.Do(req)
	if err != nil {
		code := lilypad.Unavailable
		if ctx.Err() != nil && errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
			code = lilypad.Timeout
		}
		return nil, &lilypad.Error{Code: code, Msg: c.base + " does not answer", Remedy: "check that it runs and that the address is right", Err: err}
	}
	if res.StatusCode/100 != 2 {
		defer res.Body.Close()
		text, _ := io.ReadAll(io.LimitReader(res.Body, 1<<16))
		return nil, readProblem(res.StatusCode, text)
	}
	return res.Body, nil
}

// stream yields the events of a server-sent stream until it breaks off. The
// last pair carries the error that ended it.
func (c client) stream(ctx context.Context, path string) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		body, err := c.send(ctx, http.MethodGet, path, nil)
		if err != nil {
			yield(Event{}, err)
			return
		}
		defer body.Close()
		lines := bufio.NewScanner(body)
		lines.Buffer(make([]byte, 64<<10), 4<<20)
		for lines.Scan() {
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			if !ok {
				continue
			}
			var e Event
			if err := json.Unmarshal([]byte(data), &e); err != nil {
				yield(Event{}, &lilypad.Error{Code: lilypad.Unavailable, Msg: "event stream of " + c.base, Err: err})
				return
			}
			if !yield(e, nil) {
				return
			}
		}
		err = lines.Err()
		if err == nil {
			err = io.EOF
		}
		yield(Event{}, &lilypad.Error{Code: lilypad.Unavailable, Msg: "event stream of " + c.base + " broke off", Err: err})
	}
}

// Put stores a block at the server; with Get and Has it is a storage.Putter
// and storage.Getter.
func (c client) Put(ctx context.Context, block []byte) (lilypad.Hash, error) {
	b := storage.NewBlock(block)
	return b.ID(), c.PutBlock(ctx, b)
}

// PutBlock implements [storage.BlockPutter]: the digest is what the request's
// signature needs.
func (c client) PutBlock(ctx context.Context, b storage.Block) error {
	var got lilypad.Hash
	lent := &loan{Block: b}
	err := c.do(ctx, http.MethodPost, "/v1/blobs", lent, &got)
	lent.readers.Wait()
	if err == nil && got != b.ID() {
		err = lilypad.Errorf(lilypad.Invalid, "%s took block %s for %s", c.base, b.ID(), got)
	}
	return err
}

// Get fetches a block. Invalid when the server gives other bytes.
func (c client) Get(ctx context.Context, id lilypad.Hash) ([]byte, error) {
	b, err := c.GetBlock(ctx, id)
	return b.Bytes(), err
}

// GetBlock implements [storage.BlockGetter].
func (c client) GetBlock(ctx context.Context, id lilypad.Hash) (storage.Block, error) {
	var b storage.Block
	if err := c.do(ctx, http.MethodGet, "/v1/blobs/"+id.String(), nil, &b); err != nil {
		return storage.Block{}, err
	}
	if b.ID() != id {
		return storage.Block{}, lilypad.Errorf(lilypad.Invalid, "%s gives other bytes for block %s", c.base, id)
	}
	return b, nil
}

// Has tells whether the server has a block.
func (c client) Has(ctx context.Context, id lilypad.Hash) (has bool, err error) {
	return has, c.do(ctx, http.MethodGet, "/v1/blobs/"+id.String()+"/exists", nil, &has)
}

// SolverClient calls a solver. Errors carry the solver's code; Unavailable
// when it does not answer. Safe for concurrent use.
type SolverClient struct{ client }

// NewSolverClient returns a client for the solver with that address at a base
// URL. A nil signer may read what is open to all.
func NewSolverClient(base string, solver lilypad.Address, signer wallet.Signer) *SolverClient {
	return &SolverClient{newClient(base, solver, signer)}
}

func jobURL(id lilypad.JobID, rest string) string { return "/v1/jobs/" + id.String() + rest }

func (c *SolverClient) Network(ctx context.Context) (n Network, err error) {
	return n, c.do(ctx, http.MethodGet, "/v1/network", nil, &n)
}

func (c *SolverClient) PutOffer(ctx context.Context, o lilypad.Offer) error {
	return c.do(ctx, http.MethodPut, "/v1/offer", o, nil)
}

func (c *SolverClient) Post(ctx context.Context, p Posting) (j Job, err error) {
	return j, c.do(ctx, http.MethodPost, "/v1/jobs", p, &j)
}

func (c *SolverClient) Withdraw(ctx context.Context, id lilypad.JobID) (j Job, err error) {
	return j, c.do(ctx, http.MethodDelete, jobURL(id, ""), nil, &j)
}

func (c *SolverClient) Answer(ctx context.Context, id lilypad.JobID, a Answer) error {
	return c.do(ctx, http.MethodPost, jobURL(id, "/answer"), a, nil)
}

func (c *SolverClient) Deliver(ctx context.Context, id lilypad.JobID, d Delivery) error {
	return c.do(ctx, http.MethodPost, jobURL(id, "/delivery"), d, nil)
}

func (c *SolverClient) Accept(ctx context.Context, id lilypad.JobID, r lilypad.Signed[lilypad.Receipt]) error {
	return c.do(ctx, http.MethodPost, jobURL(id, "/receipt"), r, nil)
}

func (c *SolverClient) Judge(ctx context.Context, id lilypad.JobID, o Opinion) error {
	return c.do(ctx, http.MethodPost, jobURL(id, "/opinion"), o, nil)
}

func (c *SolverClient) Ask(ctx context.Context, id lilypad.JobID, q Question) error {
	return c.do(ctx, http.MethodPost, jobURL(id, "/question"), q, nil)
}

func (c *SolverClient) Reply(ctx context.Context, id lilypad.JobID, r Reply) error {
	return c.do(ctx, http.MethodPost, jobURL(id, "/reply"), r, nil)
}

func (c *SolverClient) Prove(ctx context.Context, id lilypad.JobID, proof lilypad.ContentID) error {
	return c.do(ctx, http.MethodPost, jobURL(id, "/proof"), proof, nil)
}

func (c *SolverClient) Log(ctx context.Context, id lilypad.JobID, l LogChunk) error {
	return c.do(ctx, http.MethodPost, jobURL(id, "/log"), l, nil)
}

func (c *SolverClient) Grant(ctx context.Context, id lilypad.JobID, g Grant) error {
	return c.do(ctx, http.MethodPost, jobURL(id, "/grant"), g, nil)
}

func (c *SolverClient) PutRecipient(ctx context.Context, r Recipient) error {
	return c.do(ctx, http.MethodPut, "/v1/recipient", r, nil)
}

func (c *SolverClient) Recipient(ctx context.Context, of lilypad.Address) (r Recipient, err error) {
	return r, c.do(ctx, http.MethodGet, "/v1/recipients/"+of.String(), nil, &r)
}

func (c *SolverClient) Job(ctx context.Context, id lilypad.JobID) (j Job, err error) {
	return j, c.do(ctx, http.MethodGet, jobURL(id, ""), nil, &j)
}

func (c *SolverClient) Why(ctx context.Context, id lilypad.JobID) (w Why, err error) {
	return w, c.do(ctx, http.MethodGet, jobURL(id, "/why"), nil, &w)
}

func (c *SolverClient) Cases(ctx context.Context) (cs []Case, err error) {
	return cs, c.do(ctx, http.MethodGet, "/v1/cases", nil, &cs)
}

// Events yields the signer's events; the last pair has the error that ended
// the stream.
func (c *SolverClient) Events(ctx context.Context) iter.Seq2[Event, error] {
	return c.stream(ctx, "/v1/events")
}

// Follow hands the signer's events to fn and connects again whenever the
// stream breaks off, until ctx ends.
func (c *SolverClient) Follow(ctx context.Context, log *slog.Logger, fn func(Event)) error {
	wait := firstReconnect
	for ctx.Err() == nil {
		for e, err := range c.Events(ctx) {
			if err != nil {
				if ctx.Err() == nil {
					log.Warn("event stream lost", "in", wait, "error", err)
				}
				break
			}
			wait = firstReconnect
			fn(e)
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
			wait = min(2*wait, lastReconnect)
		}
	}
	return nil
}

const (
	firstReconnect = 100 * time.Millisecond
	lastReconnect  = 5 * time.Second
)

// CreatorClient calls one's own creator. Safe for concurrent use.
type CreatorClient struct{ client }

// NewCreatorClient returns a client for its owner's creator at a base URL.
func NewCreatorClient(base string, owner wallet.Signer) *CreatorClient {
	return &CreatorClient{newClient(base, owner.Address(), owner)}
}

func (c *CreatorClient) Order(ctx context.Context, o Order) (r Report, err error) {
	return r, c.call(ctx, http.MethodPost, "/v1/jobs", o, &r) // a person may be asked first
}

func (c *CreatorClient) Reports(ctx context.Context) (rs []Report, err error) {
	return rs, c.do(ctx, http.MethodGet, "/v1/jobs", nil, &rs)
}

func (c *CreatorClient) Report(ctx context.Context, id lilypad.JobID) (r Report, err error) {
	return r, c.do(ctx, http.MethodGet, jobURL(id, ""), nil, &r)
}

func (c *CreatorClient) Cancel(ctx context.Context, id lilypad.JobID) (r Report, err error) {
	return r, c.do(ctx, http.MethodDelete, jobURL(id, ""), nil, &r)
}

func (c *CreatorClient) Why(ctx context.Context, id lilypad.JobID) (w Why, err error) {
	return w, c.do(ctx, http.MethodGet, jobURL(id, "/why"), nil, &w)
}

// Watch yields how a job goes until it is done.
func (c *CreatorClient) Watch(ctx context.Context, id lilypad.JobID) iter.Seq2[Event, error] {
	return c.stream(ctx, jobURL(id, "/events"))
}
