package api_test

import (
	"bytes"
	"context"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// fakeSolver notes who called what, and answers with err.
type fakeSolver struct {
	mu     sync.Mutex // guards what follows
	calls  []string
	caller lilypad.Address
	err    error
	events func(context.Context, lilypad.Address) iter.Seq[api.Event]
}

func (f *fakeSolver) note(call string, caller lilypad.Address) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls, f.caller = append(f.calls, call), caller
	return f.err
}

func (f *fakeSolver) Network(context.Context) (api.Network, error) {
	return api.Network{Name: "fake"}, f.note("network", lilypad.Address{})
}

func (f *fakeSolver) PutOffer(_ context.Context, c lilypad.Address, _ lilypad.Offer) error {
	return f.note("offer", c)
}

func (f *fakeSolver) Post(_ context.Context, c lilypad.Address, p api.Posting) (api.Job, error) {
	return api.Job{ID: p.ID(), Posting: p}, f.note("post", c)
}

func (f *fakeSolver) Withdraw(_ context.Context, c lilypad.Address, id lilypad.JobID) (api.Job, error) {
	return api.Job{ID: id}, f.note("withdraw", c)
}

func (f *fakeSolver) Answer(_ context.Context, c lilypad.Address, _ lilypad.JobID, _ api.Answer) error {
	return f.note("answer", c)
}

func (f *fakeSolver) Ask(_ context.Context, c lilypad.Address, _ lilypad.JobID, _ api.Question) error {
	return f.note("ask", c)
}

func (f *fakeSolver) Reply(_ context.Context, c lilypad.Address, _ lilypad.JobID, _ api.Reply) error {
	return f.note("reply", c)
}

func (f *fakeSolver) Prove(_ context.Context, c lilypad.Address, _ lilypad.JobID, _ lilypad.ContentID) error {
	return f.note("prove", c)
}

func (f *fakeSolver) Deliver(_ context.Context, c lilypad.Address, _ lilypad.JobID, _ api.Delivery) error {
	return f.note("deliver", c)
}

func (f *fakeSolver) Accept(_ context.Context, c lilypad.Address, _ lilypad.JobID, _ lilypad.Signed[lilypad.Receipt]) error {
	return f.note("accept", c)
}

func (f *fakeSolver) Judge(_ context.Context, c lilypad.Address, _ lilypad.JobID, _ api.Opinion) error {
	return f.note("judge", c)
}

func (f *fakeSolver) Log(_ context.Context, c lilypad.Address, _ lilypad.JobID, _ api.LogChunk) error {
	return f.note("log", c)
}

func (f *fakeSolver) Grant(_ context.Context, c lilypad.Address, _ lilypad.JobID, _ api.Grant) error {
	return f.note("grant", c)
}

func (f *fakeSolver) PutRecipient(_ context.Context, c lilypad.Address, _ api.Recipient) error {
	return f.note("tell key", c)
}

func (f *fakeSolver) Recipient(_ context.Context, of lilypad.Address) (api.Recipient, error) {
	return api.Recipient{Key: lilypad.Hash{of[0]}}, f.note("key", alice.Address())
}

func (f *fakeSolver) Job(_ context.Context, c lilypad.Address, id lilypad.JobID) (api.Job, error) {
	return api.Job{ID: id}, f.note("job", c)
}

func (f *fakeSolver) Why(_ context.Context, c lilypad.Address, id lilypad.JobID) (api.Why, error) {
	return api.Why{Job: id}, f.note("why", c)
}

func (f *fakeSolver) Cases(context.Context) ([]api.Case, error) {
	return []api.Case{}, f.note("cases", lilypad.Address{})
}

func (f *fakeSolver) Events(ctx context.Context, c lilypad.Address) iter.Seq[api.Event] {
	return f.events(ctx, c)
}

// openBlobs is a store without quotas.
type openBlobs struct{ storage.Store }

func (b openBlobs) PutBlock(ctx context.Context, _ lilypad.Address, block storage.Block) error {
	return storage.PutBlock(ctx, b.Store, block)
}

var (
	serverAddress = lilypad.Address{0x5e}
	alice         = settlementtest.Key("alice")
	mallory       = settlementtest.Key("mallory")
)

// edge is a fake solver behind the real handler, with a clock that stands.
type edge struct {
	t      *testing.T
	solver *fakeSolver
	guard  *api.Guard
	now    time.Time
	h      http.Handler
}

func newEdge(t *testing.T) *edge {
	e := &edge{t: t, solver: &fakeSolver{}, now: time.Now().Add(-time.Second)}
	e.guard = api.NewGuard(serverAddress, func() time.Time { return e.now })
	e.h = api.NewSolverHandler(e.solver, openBlobs{memory.New()}, e.guard)
	return e
}

// request makes a request signed by alice for this server.
func (e *edge) request(method, path, body string) *http.Request {
	return e.signedFor(serverAddress, method, path, body)
}

func (e *edge) signedFor(server lilypad.Address, method, path, body string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if err := api.SignRequest(e.t.Context(), r, storage.NewBlock([]byte(body)), server, alice); err != nil {
		e.t.Fatal(err)
	}
	return r
}

// do serves a copy of r with that body.
func (e *edge) do(r *http.Request, body string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	c := r.Clone(r.Context())
	c.Body = http.NoBody
	if body != "" {
		c.Body = readCloser{bytes.NewReader([]byte(body))}
	}
	e.h.ServeHTTP(w, c)
	return w
}

type readCloser struct{ *bytes.Reader }

func (readCloser) Close() error { return nil }
