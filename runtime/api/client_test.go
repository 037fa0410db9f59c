package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

var update = flag.Bool("update", false, "rewrite the OpenAPI documents under docs/openapi")

func serve(t *testing.T, solver *fakeSolver) (*httptest.Server, *api.SolverClient) {
	h := api.NewSolverHandler(solver, openBlobs{memory.New()}, api.NewGuard(serverAddress, time.Now))
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s, api.NewSolverClient(s.URL, serverAddress, alice)
}

func TestClient_everyCallReachesTheSolver(t *testing.T) {
	f := &fakeSolver{}
	_, c := serve(t, f)
	id, ctx := lilypad.JobID{1}, t.Context()
	_, e1 := c.Network(ctx)
	_, e2 := c.Post(ctx, api.Posting{Offer: lilypad.Signed[lilypad.JobOffer]{}})
	_, e3 := c.Withdraw(ctx, id)
	_, e4 := c.Job(ctx, id)
	_, e5 := c.Why(ctx, id)
	_, e6 := c.Cases(ctx)
	key, e7 := c.Recipient(ctx, lilypad.Address{7})
	err := errors.Join(e1, e2, e3, e4, e5, e6, e7, c.Grant(ctx, id, api.Grant{Sealed: make([]byte, 1024)}), c.PutRecipient(ctx, api.Recipient{}), c.PutOffer(ctx, lilypad.Offer{}), c.Answer(ctx, id, api.Answer{Reason: "no"}), c.Deliver(ctx, id, api.Delivery{}),
		c.Ask(ctx, id, api.Question{Round: 1, Kind: "commit"}), c.Reply(ctx, id, api.Reply{Round: 1}), c.Prove(ctx, id, lilypad.ContentID{1}),
		c.Accept(ctx, id, lilypad.Signed[lilypad.Receipt]{}), c.Judge(ctx, id, api.Opinion{}), c.Log(ctx, id, api.LogChunk{Stream: "stderr", Data: make([]byte, 48<<10)}))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"network", "post", "withdraw", "job", "why", "cases", "key", "grant", "tell key", "offer", "answer", "deliver", "ask", "reply", "prove", "accept", "judge", "log"}
	if diff := cmp.Diff(want, f.calls); diff != "" {
		t.Error(diff)
	}
	if f.caller != alice.Address() || key.Key != (lilypad.Hash{7}) {
		t.Errorf("called by %s, for key %s", f.caller, key.Key)
	}
}

// A posting survives the way to the solver with its hashes.
func TestClient_Post_keepsWhatWasSigned(t *testing.T) {
	_, c := serve(t, &fakeSolver{})
	want := api.Posting{
		Work: lilypad.Work{
			Needs:      lilypad.Needs{Engine: lilypad.EngineDocker, Labels: []lilypad.Label{{Key: "a", Value: "b"}}},
			Parameters: []lilypad.Param{{Key: "runs", Value: -1 << 63}},
		},
		Panel: lilypad.Panel{Mediators: []lilypad.Address{{1}}, Drawn: 1, Agree: 1}, Module: lilypad.Module{Name: "n", Wasm: lilypad.Hash{2}},
		Exclude: []lilypad.Address{{3}}, Parent: lilypad.JobID{4},
	}
	want.Offer.Body.Nonce, want.Offer.Body.MaxPrice = 1<<64-1, lilypad.MaxAmount
	got, err := c.Post(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.Posting); diff != "" {
		t.Error(diff)
	}
}

func TestClient_errorsKeepCodeAndRemedy(t *testing.T) {
	for code := range lilypad.Codes {
		f := &fakeSolver{err: lilypad.Errorf(code, "the reason").Try("the remedy")}
		_, c := serve(t, f)
		err := c.PutOffer(t.Context(), lilypad.Offer{})
		if lilypad.CodeOf(err) != code || lilypad.RemedyOf(err) != "the remedy" {
			t.Errorf("%s: came back as %s: %v, remedy %q", code, lilypad.CodeOf(err), err, lilypad.RemedyOf(err))
		}
		if want := map[bool]string{false: "the reason", true: "internal error"}[code == lilypad.Internal]; err.Error() != want {
			t.Errorf("%s: %q, want %q", code, err, want)
		}
	}
	for name, hidden := range map[string]error{"no code": io.ErrUnexpectedEOF, "unknown code": lilypad.Errorf("weird", "secret path")} {
		_, c := serve(t, &fakeSolver{err: hidden})
		if err := c.PutOffer(t.Context(), lilypad.Offer{}); lilypad.CodeOf(err) != lilypad.Internal || err.Error() != "internal error" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestClient_blobs(t *testing.T) {
	_, c := serve(t, &fakeSolver{})
	block := bytes.Repeat([]byte{7}, 1<<20)
	id, err := c.Put(t.Context(), block)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.Get(t.Context(), id)
	if err != nil || !bytes.Equal(got, block) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if has, err := c.Has(t.Context(), id); !has || err != nil {
		t.Errorf("has %v, %v", has, err)
	}
	if _, err := c.Get(t.Context(), lilypad.Hash{1}); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("a block that is not there: %v", err)
	}
	if _, err := c.Put(t.Context(), append(block, 1)); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("a block too large: %v", err)
	}
}

func TestClient_Get_checksTheBytes(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("other bytes")) }))
	defer s.Close()
	b, err := api.NewSolverClient(s.URL, serverAddress, alice).Get(t.Context(), lilypad.Hash{1})
	if lilypad.CodeOf(err) != lilypad.Invalid || b != nil {
		t.Errorf("%q, %v, want invalid", b, err)
	}
}

func TestClient_hostileServers(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   lilypad.Code
	}{
		"no JSON":        {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, lilypad.Unavailable},
		"wrong type":     {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"id":7}`)) }, lilypad.Unavailable},
		"plain 404":      {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "gone", http.StatusNotFound) }, lilypad.NotFound},
		"plain 502":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, lilypad.Unavailable},
		"unknown status": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(299 + 119) }, lilypad.Unavailable},
		"unknown code": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = w.Write([]byte(`{"code":"evil","detail":"x"}`))
		}, lilypad.Invalid},
		"hung up": {func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }, lilypad.Unavailable},
	} {
		s := httptest.NewServer(c.answer)
		_, err := api.NewSolverClient(s.URL+"/", serverAddress, alice).Job(t.Context(), lilypad.JobID{1})
		s.Close()
		if err == nil || lilypad.CodeOf(err) != c.want {
			t.Errorf("%s: %v (%s), want %s", name, err, lilypad.CodeOf(err), c.want)
		}
	}
}

// Each stream breaks off after one event; the reader connects again and hears
// all of them.
func TestClient_Follow_connectsAgain(t *testing.T) {
	var streams atomic.Uint32
	f := &fakeSolver{events: func(_ context.Context, who lilypad.Address) iter.Seq[api.Event] {
		return func(yield func(api.Event) bool) {
			n := byte(streams.Add(1))
			yield(api.Event{Kind: api.EventLog, Job: lilypad.JobID{n}}.WithData(api.LogChunk{Stream: "stdout", Data: bytes.Repeat([]byte("<&>"), 20_000)}))
		}
	}}
	_, c := serve(t, f)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var heard []byte
	err := c.Follow(ctx, slog.New(slog.DiscardHandler), func(e api.Event) {
		var chunk api.LogChunk
		if json.Unmarshal(e.Data, &chunk) != nil || len(chunk.Data) != 60_000 {
			t.Errorf("event %s damaged", e.Job)
		}
		if heard = append(heard, e.Job[0]); len(heard) == 3 {
			cancel()
		}
	})
	if err != nil || !bytes.Equal(heard, []byte{1, 2, 3}) {
		t.Errorf("heard %v, %v", heard, err)
	}
}

func TestHub(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := api.NewHub[string]()
		ctx, cancel := context.WithCancel(t.Context())
		var heard []api.EventKind
		done := make(chan struct{})
		go func() {
			defer close(done)
			for e := range hub.Events(ctx, "a", func() []api.Event { return []api.Event{{Kind: "first"}} }) {
				heard = append(heard, e.Kind)
			}
		}()
		synctest.Wait()
		hub.Publish(api.Event{Kind: "mine"}, "a", "b")
		hub.Publish(api.Event{Kind: "another's"}, "b")
		if !hub.Listening("a") || hub.Listening("b") {
			t.Error("the hub does not know who listens")
		}
		time.Sleep(31 * time.Second)
		synctest.Wait()
		cancel()
		<-done
		if diff := cmp.Diff([]api.EventKind{"first", "mine", api.EventHeartbeat}, heard); diff != "" {
			t.Error(diff)
		}
		if hub.Listening("a") {
			t.Error("who has left still listens")
		}
	})
}

func TestCreatorHandler_servesOnlyItsOwner(t *testing.T) {
	h := api.NewCreatorHandler(nil, openBlobs{memory.New()}, api.NewGuard(alice.Address(), time.Now), alice.Address())
	s := httptest.NewServer(h)
	defer s.Close()
	c := api.NewCreatorClient(s.URL, mallory)
	if _, err := c.Report(t.Context(), lilypad.JobID{1}); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("%v, want unauthorized", err)
	}
	if _, err := c.Put(t.Context(), []byte("x")); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("%v, want unauthorized", err)
	}
	if _, err := api.NewCreatorClient(s.URL, alice).Put(t.Context(), []byte("x")); err != nil {
		t.Error(err)
	}
}

// The documents are what integrators read; -update writes them anew.
func TestOpenAPI_isDocumented(t *testing.T) {
	e := newEdge(t)
	creator := api.NewCreatorHandler(nil, openBlobs{memory.New()}, api.NewGuard(serverAddress, time.Now), alice.Address())
	for name, h := range map[string]http.Handler{"solver": e.h, "creator": creator} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, e.request("GET", "/openapi.json", ""))
		var doc bytes.Buffer
		if err := json.Indent(&doc, w.Body.Bytes(), "", "  "); err != nil || w.Code != 200 {
			t.Fatal(w.Code, err)
		}
		path := filepath.Join("..", "..", "docs", "openapi", name+".json")
		if *update {
			if err := os.WriteFile(path, append(doc.Bytes(), '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), doc.String()+"\n"); diff != "" {
			t.Errorf("%s differs; run go test ./runtime/api -run OpenAPI -update\n%s", path, diff)
		}
	}
}
