package e2e_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// gate stands between a role and what it speaks to: the solver, the chain or a
// Docker engine. It holds one chosen request, before it is passed on or before
// its answer is, so that a process can be killed at that point.
type gate struct {
	url       string
	target    *url.URL
	transport http.RoundTripper // nil: the usual one

	mu   sync.Mutex // guards what follows
	trap *trap
	cold bool            // it says that the engine has no image, until one was loaded
	made map[string]bool // calls that change something
}

// trap is what a gate waits for.
type trap struct {
	at     moment
	nth    int // of these calls; 1 is the next
	sprung chan struct{}
	gone   chan struct{} // closed when the role is dead: what is held goes nowhere
}

func newGate(t *testing.T, target string) *gate {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{target: u, made: map[string]bool{}}
	if u.Scheme == "unix" {
		dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", u.Path)
		}
		g.target, g.transport = &url.URL{Scheme: "http", Host: "engine"}, &http.Transport{DialContext: dial}
	}
	server := httptest.NewServer(g)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	g.url = server.URL
	return g
}

// arm sets a trap; release lets all pass again.
func (g *gate) arm(at moment) *trap {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trap = &trap{at: at, nth: max(at.nth, 1), sprung: make(chan struct{}), gone: make(chan struct{})}
	return g.trap
}

func (g *gate) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.trap != nil {
		close(g.trap.gone)
		g.trap = nil
	}
}

// A call that found nobody to answer it does not spring a trap for answers.
func TestGate_awaitsAnAnswer(t *testing.T) {
	var up atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		if !up.Load() {
			panic(http.ErrAbortHandler)
		}
	}))
	t.Cleanup(server.Close)
	g := newGate(t, server.URL)
	trap := g.arm(moment{calls: "PUT /x", nth: 2, done: true})
	put := func() error {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, g.url+"/x", nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(r)
		if err == nil {
			_ = answer.Body.Close()
		}
		return err
	}
	_ = put() // the first
	if err := put(); err == nil || trap.isSprung() {
		t.Fatalf("the server is down: sprung %t, error %v", trap.isSprung(), err)
	}
	up.Store(true)
	answered := make(chan error, 1)
	go func() { answered <- put() }()
	select {
	case <-trap.sprung:
	case err := <-answered:
		t.Fatalf("the call was answered past the trap: %v", err)
	}
	g.release()
	if err := <-answered; err == nil {
		t.Error("what was held was answered")
	}
}

// effects lists the calls so far that change something.
func (g *gate) effects() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Collect(maps.Keys(g.made))
}

var reads = regexp.MustCompile(`^(GET|HEAD) |^POST /containers/ID/wait$|^eth_|^net_|^web3_|^$`)

// caught returns the trap if this call is the one it waits for.
func (g *gate) caught(call string) *trap {
	g.mu.Lock()
	defer g.mu.Unlock()
	if call == sends || !reads.MatchString(call) {
		g.made[call] = true
	}
	if g.trap == nil || g.trap.at.calls != call {
		return nil
	}
	if g.trap.nth--; g.trap.nth != 0 {
		return nil
	}
	return g.trap
}

// missed sets a trap again: the call that it caught was never answered.
func (g *gate) missed(t *trap) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t.nth = 1
}

func (t *trap) isSprung() bool {
	select {
	case <-t.sprung:
		return true
	default:
		return false
	}
}

func (t *trap) hold() {
	close(t.sprung)
	<-t.gone
}

// lacks tells whether an engine that has never seen an image would not find it.
func (g *gate) lacks(call string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.cold && strings.HasPrefix(call, "GET /images/") && strings.HasSuffix(call, "ID/json")
}

// cool has the engine lack the image again.
func (g *gate) cool() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cold = true
}

// warm notes that the engine was given an image.
func (g *gate) warm(call string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cold = g.cold && call != "POST /images/load" && call != "POST /images/create"
}

var (
	ids     = regexp.MustCompile(`0x[0-9a-f]{64}|(sha256:)?[0-9a-f]{64}|lilypad-[a-z0-9.-]+`)
	version = regexp.MustCompile(`^/v1\.\d+/`) // of the engine's API
)

// callOf is a request without what differs from job to job.
func callOf(r *http.Request) string {
	return r.Method + " " + ids.ReplaceAllString(version.ReplaceAllString(r.URL.Path, "/"), "ID")
}

// ServeHTTP implements http.Handler.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") != "" {
		g.tunnel(w, r)
		return
	}
	call := callOf(r)
	if g.lacks(call) {
		http.Error(w, `{"message":"No such image"}`, http.StatusNotFound)
		return
	}
	caught := g.caught(call)
	if caught != nil && !caught.at.done {
		caught.hold()
		panic(http.ErrAbortHandler)
	}
	proxy := httputil.ReverseProxy{
		Transport:     g.transport,
		Rewrite:       func(p *httputil.ProxyRequest) { p.SetURL(g.target) },
		FlushInterval: -1,                         // events are a stream
		ErrorLog:      log.New(io.Discard, "", 0), // cut connections are its work
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) {
			if caught != nil {
				g.missed(caught)
			}
			panic(http.ErrAbortHandler)
		},
		ModifyResponse: func(*http.Response) error {
			g.warm(call)
			if caught == nil {
				return nil
			}
			caught.hold()
			return errors.New("the caller is dead")
		},
	}
	proxy.ServeHTTP(w, r)
}

// tunnel passes a WebSocket on, message by message.
func (g *gate) tunnel(w http.ResponseWriter, r *http.Request) {
	node, err := net.Dial("tcp", g.target.Host)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer node.Close()
	role, buffered, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer role.Close()
	r.Host = g.target.Host
	if err := r.Write(node); err != nil {
		return
	}
	awaited := &awaitedAnswer{}
	var both sync.WaitGroup
	both.Go(func() {
		defer role.Close()
		defer node.Close()
		fromNode := bufio.NewReader(node)
		response, err := http.ReadResponse(fromNode, r)
		if err != nil {
			return
		}
		defer response.Body.Close()
		if response.Write(role) == nil {
			_ = eachFrame(fromNode, role, awaited.check)
		}
	})
	both.Go(func() {
		defer role.Close()
		defer node.Close()
		_ = eachFrame(buffered.Reader, node, func(text []byte) {
			caught := g.caught(rpcMethod(text))
			switch {
			case caught == nil:
			case caught.at.done:
				awaited.set(rpcID(text), caught)
			default:
				caught.hold()
				_ = node.Close() // what was held goes nowhere
			}
		})
	})
	both.Wait()
}

// awaitedAnswer is the id of the call whose answer is held.
type awaitedAnswer struct {
	mu   sync.Mutex // guards all
	id   string
	trap *trap
}

func (a *awaitedAnswer) set(id string, t *trap) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.id, a.trap = id, t
}

func (a *awaitedAnswer) check(text []byte) {
	a.mu.Lock()
	t, id := a.trap, a.id
	a.mu.Unlock()
	if t != nil && rpcID(text) == id {
		t.hold()
	}
}

var (
	rpcMethods = regexp.MustCompile(`"method":"(\w+)"`)
	rpcIDs     = regexp.MustCompile(`"id":(\d+)`)
)

func rpcMethod(text []byte) string { return submatch(rpcMethods, text) }
func rpcID(text []byte) string     { return submatch(rpcIDs, text) }

func submatch(r *regexp.Regexp, text []byte) string {
	if m := r.FindSubmatch(text); m != nil {
		return string(m[1])
	}
	return ""
}

// eachFrame copies WebSocket frames (RFC 6455) and shows each to look first.
func eachFrame(from *bufio.Reader, to io.Writer, look func(text []byte)) error {
	for {
		head := make([]byte, 2, 14)
		if _, err := io.ReadFull(from, head); err != nil {
			return err
		}
		size := uint64(head[1] & 0x7f)
		if wide := map[uint64]int{126: 2, 127: 8}[size]; wide > 0 {
			ext := make([]byte, wide)
			if _, err := io.ReadFull(from, ext); err != nil {
				return err
			}
			head = append(head, ext...)
			size = binary.BigEndian.Uint64(append(make([]byte, 8-wide), ext...))
		}
		var mask []byte
		if head[1]&0x80 != 0 {
			mask = make([]byte, 4)
			if _, err := io.ReadFull(from, mask); err != nil {
				return err
			}
			head = append(head, mask...)
		}
		const most = 32 << 20
		if size > most {
			return fmt.Errorf("frame of %d bytes", size)
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(from, body); err != nil {
			return err
		}
		text := bytes.Clone(body)
		for i := range mask {
			for j := i; j < len(text); j += 4 {
				text[j] ^= mask[i]
			}
		}
		look(text)
		if _, err := to.Write(append(head, body...)); err != nil {
			return err
		}
	}
}
