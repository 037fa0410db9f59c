package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
)

func TestGuard_admitsWhatItsSenderSigned(t *testing.T) {
	e := newEdge(t)
	e.now = time.Now()
	if w := e.do(e.request("GET", "/v1/jobs/"+lilypad.JobID{1}.String(), ""), ""); w.Code != 200 || e.solver.caller != alice.Address() {
		t.Errorf("%d %s, called by %s", w.Code, w.Body, e.solver.caller)
	}
	for _, open := range []string{"/v1/network", "/v1/cases", "/openapi.json"} {
		r, _ := http.NewRequest(http.MethodGet, open, nil)
		if w := e.do(r, ""); w.Code != 200 {
			t.Errorf("%s needs a signature: %d %s", open, w.Code, w.Body)
		}
	}
}

func TestGuard_refuses(t *testing.T) {
	path, body := "/v1/jobs/"+lilypad.JobID{1}.String()+"/answer", `{"reason":"no"}`
	for name, c := range map[string]struct {
		edit func(*edge, *http.Request)
		body string
		want int
	}{
		"no signature":   {func(_ *edge, r *http.Request) { r.Header.Del("Lilypad-Signature") }, body, 403},
		"no address":     {func(_ *edge, r *http.Request) { r.Header.Del("Lilypad-Address") }, body, 403},
		"another's name": {func(_ *edge, r *http.Request) { r.Header.Set("Lilypad-Address", mallory.Address().String()) }, body, 403},
		"body changed":   {func(*edge, *http.Request) {}, `{"reason":"yes"}`, 403},
		"path changed":   {func(_ *edge, r *http.Request) { r.URL.Path = strings.Replace(path, "answer", "log", 1) }, body, 403},
		"query added":    {func(_ *edge, r *http.Request) { r.URL.RawQuery = "x=1" }, body, 403},
		"method changed": {func(_ *edge, r *http.Request) { r.Method = "PUT" }, body, 403},
		"nonce changed":  {func(_ *edge, r *http.Request) { r.Header.Set("Lilypad-Nonce", strings.Repeat("0", 32)) }, body, 403},
		"nonce too long": {func(_ *edge, r *http.Request) { r.Header.Set("Lilypad-Nonce", strings.Repeat("0", 1000)) }, body, 403},
		"time no number": {func(_ *edge, r *http.Request) { r.Header.Set("Lilypad-Time", "now") }, body, 403},
		"time overflows": {func(_ *edge, r *http.Request) { r.Header.Set("Lilypad-Time", "-9223372036854775808") }, body, 403},
		"time changed": {func(_ *edge, r *http.Request) {
			r.Header.Set("Lilypad-Time", strconv.FormatInt(time.Now().UnixMilli()+1, 10))
		}, body, 403},
		"clock behind": {func(e *edge, _ *http.Request) { e.now = e.now.Add(3 * time.Minute) }, body, 403},
		"clock ahead":  {func(e *edge, _ *http.Request) { e.now = e.now.Add(-3 * time.Minute) }, body, 403},
		"before the start": {func(e *edge, _ *http.Request) {
			*e = *newEdge(e.t)
			e.guard = nil
			e.restart(time.Now().Add(time.Second))
		}, body, 503},
		"signed elsewhere": {func(e *edge, r *http.Request) { *r = *e.signedFor(lilypad.Address{0xe1}, "POST", path, body) }, body, 403},
		"too large":        {func(*edge, *http.Request) {}, strings.Repeat("x", api.MaxBody+1), 400},
	} {
		e := newEdge(t)
		r := e.request("POST", path, body)
		c.edit(e, r)
		w := e.do(r, c.body)
		if w.Code != c.want || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s %s, want %d", name, w.Code, w.Header().Get("Content-Type"), w.Body, c.want)
		}
		if len(e.solver.calls) != 0 {
			t.Errorf("%s: it reached the solver", name)
		}
	}
}

// What callers are not told is in the log of who runs the server.
func TestGuard_logsInternalErrors(t *testing.T) {
	for _, c := range []struct {
		err    error
		logged bool
	}{
		{io.ErrUnexpectedEOF, true},
		{lilypad.Errorf(lilypad.Internal, "the disk is odd"), true},
		{lilypad.Errorf(lilypad.NotFound, "no such job"), false},
	} {
		e := newEdge(t)
		var log bytes.Buffer
		e.guard.Logger = slog.New(slog.NewTextHandler(&log, nil))
		e.solver.err = c.err
		e.do(e.request("GET", "/v1/network", ""), "")
		if got := strings.Contains(log.String(), c.err.Error()) && strings.Contains(log.String(), "/v1/network"); got != c.logged {
			t.Errorf("%v: the log has %q", c.err, log.String())
		}
	}
}

// restart gives the edge a guard that began at a time.
func (e *edge) restart(at time.Time) {
	e.now = at
	e.guard = api.NewGuard(serverAddress, func() time.Time { return e.now })
	e.h = api.NewSolverHandler(e.solver, nil, e.guard)
}

func TestGuard_refusesAReplay(t *testing.T) {
	e := newEdge(t)
	r := e.request("DELETE", "/v1/jobs/"+lilypad.JobID{1}.String(), "")
	for i, want := range []int{200, 403, 403} {
		if w := e.do(r, ""); w.Code != want {
			t.Errorf("time %d: %d %s, want %d", i, w.Code, w.Body, want)
		}
	}
	// A server that forgot what it served refuses what was signed before.
	e.restart(time.Now().Add(time.Second))
	if w := e.do(r, ""); w.Code != 503 {
		t.Errorf("after a restart: %d %s", w.Code, w.Body)
	}
	if len(e.solver.calls) != 1 {
		t.Errorf("served %d times", len(e.solver.calls))
	}
}

func TestGuard_boundsWhatItRemembers(t *testing.T) {
	e := newEdge(t)
	api.FillNonces(e.guard, api.MaxNonces)
	path := "/v1/jobs/" + lilypad.JobID{1}.String()
	w := e.do(e.request("GET", path, ""), "")
	if w.Code != 503 {
		t.Errorf("a full guard answers %d %s, want try again", w.Code, w.Body)
	}
	e.now = e.now.Add(115 * time.Second) // the old ones are not old enough
	if w := e.do(e.request("GET", path, ""), ""); w.Code != 503 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	e.now = e.now.Add(6 * time.Second) // now they could not be served again anyway
	if w := e.do(e.request("GET", path, ""), ""); w.Code != 200 {
		t.Errorf("%d %s after old requests may be forgotten", w.Code, w.Body)
	}
}

// One caller cannot use up what the others need.
func TestGuard_boundsEachCaller(t *testing.T) {
	e := newEdge(t)
	path := "/v1/jobs/" + lilypad.JobID{1}.String()
	api.FillCaller(e.guard, lilypad.Address{9}, api.MaxCallerNonces)
	if w := e.do(e.request("GET", path, ""), ""); w.Code != 200 {
		t.Errorf("another's requests gave %d %s", w.Code, w.Body)
	}
	api.FillCaller(e.guard, alice.Address(), api.MaxCallerNonces)
	if w := e.do(e.request("GET", path, ""), ""); w.Code != 503 {
		t.Errorf("a caller that asks too often gets %d", w.Code)
	}
}

func TestHandler_answersProblems(t *testing.T) {
	for name, c := range map[string]struct{ method, path, body string }{
		"unknown path":     {"GET", "/v1/nothing", ""},
		"unknown method":   {"PATCH", "/v1/offer", "{}"},
		"no JSON":          {"PUT", "/v1/offer", "{"},
		"null":             {"PUT", "/v1/offer", "null"},
		"wrong type":       {"PUT", "/v1/offer", `{"provider":1}`},
		"bad address":      {"PUT", "/v1/offer", `{"provider":"0x12"}`},
		"unknown field":    {"PUT", "/v1/offer", `{"evil":1}`},
		"bad id":           {"GET", "/v1/jobs/0x12", ""},
		"negative amount":  {"PUT", "/v1/offer", `{"price":-1}`},
		"deep nesting":     {"POST", "/v1/jobs", strings.Repeat("[", 100_000)},
		"log stream":       {"POST", "/v1/jobs/" + lilypad.JobID{}.String() + "/log", `{"stream":"evil","data":""}`},
		"bad blob id":      {"GET", "/v1/blobs/xyz", ""},
		"blob not here":    {"GET", "/v1/blobs/" + lilypad.Hash{1}.String(), ""},
		"blob over a file": {"POST", "/v1/blobs", strings.Repeat("x", 1<<20+1)},
	} {
		e := newEdge(t)
		w := e.do(e.request(c.method, c.path, c.body), c.body)
		var p struct{ Status int }
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != w.Code || w.Code < 400 || w.Code >= 500 || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s %.200s", name, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		if len(e.solver.calls) != 0 {
			t.Errorf("%s: it reached the solver as %v", name, e.solver.calls)
		}
	}
}

// FuzzHandler sends hostile bodies to every operation that takes one: no panic,
// and what is not taken is a problem.
func FuzzHandler(f *testing.F) {
	paths := []string{"PUT /v1/offer", "POST /v1/jobs"}
	for _, op := range []string{"answer", "delivery", "receipt", "opinion", "log"} {
		paths = append(paths, fmt.Sprintf("POST /v1/jobs/%s/%s", lilypad.JobID{1}, op))
	}
	posting, _ := json.Marshal(api.Posting{Module: lilypad.Module{Name: "cowsay"}})
	for i := range paths {
		f.Add(uint8(i), []byte(`{}`))
		f.Add(uint8(i), posting)
		f.Add(uint8(i), []byte(`{"reason":"no","price":1,"deal":null,"result":{"body":{},"signature":"0x"}}`))
		f.Add(uint8(i), []byte(`[[[[`))
	}
	f.Fuzz(func(t *testing.T, op uint8, body []byte) {
		e := newEdge(t)
		method, path, _ := strings.Cut(paths[int(op)%len(paths)], " ")
		w := e.do(e.request(method, path, string(body)), string(body))
		if w.Code >= 500 || w.Code >= 400 && w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %s %s", method, path, w.Code, w.Header(), w.Body)
		}
	})
}

// FuzzGuard sends hostile headers: whoever gets through must have signed.
func FuzzGuard(f *testing.F) {
	f.Add("0x00", "1", "00000000000000000000000000000000", "0x00", "/v1/jobs")
	f.Add(alice.Address().String(), "1700000000000", strings.Repeat("a", 32), "0x"+strings.Repeat("11", 64), "/v1/events")
	f.Fuzz(func(t *testing.T, addr, millis, nonce, sig, path string) {
		e := newEdge(t)
		r, err := http.NewRequest(http.MethodGet, "/", nil)
		if err != nil {
			return
		}
		r.URL.Path = "/v1/jobs/" + path
		for k, v := range map[string]string{"Lilypad-Address": addr, "Lilypad-Time": millis, "Lilypad-Nonce": nonce, "Lilypad-Signature": sig} {
			r.Header.Set(k, v)
		}
		if w := e.do(r, ""); w.Code < 400 {
			t.Errorf("admitted: %d", w.Code)
		}
	})
}
