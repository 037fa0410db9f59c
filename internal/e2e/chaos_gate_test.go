package e2e_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"sync"
	"testing"
)

// gate stands between a role and what it speaks to, the solver or the chain. It
// holds one chosen request, before it is passed on or before its answer is, so
// that a process can be killed at that point.
type gate struct {
	url    string
	target *url.URL

	mu   sync.Mutex // guards trap
	trap *trap
}

// trap is what a gate waits for.
type trap struct {
	calls  string // METHOD /path of HTTP, or the method of a JSON-RPC call
	nth    int    // of these calls; 1 is the next
	answer bool   // hold the answer, not the request
	sprung chan struct{}
	gone   chan struct{} // closed when the role is dead: what is held goes nowhere
}

func newGate(t *testing.T, target string) *gate {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{target: u}
	server := httptest.NewServer(g)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	g.url = server.URL
	return g
}

// arm sets a trap; release lets all pass again.
func (g *gate) arm(calls string, nth int, answer bool) *trap {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trap = &trap{calls: calls, nth: nth, answer: answer, sprung: make(chan struct{}), gone: make(chan struct{})}
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

// caught returns the trap if this call is the one it waits for.
func (g *gate) caught(call string) *trap {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.trap == nil || g.trap.calls != call {
		return nil
	}
	if g.trap.nth--; g.trap.nth != 0 {
		return nil
	}
	return g.trap
}

func (t *trap) hold() {
	close(t.sprung)
	<-t.gone
}

var ids = regexp.MustCompile(`0x[0-9a-f]{64}`)

// ServeHTTP implements http.Handler.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") != "" {
		g.tunnel(w, r)
		return
	}
	caught := g.caught(r.Method + " " + ids.ReplaceAllString(r.URL.Path, "ID"))
	if caught != nil && !caught.answer {
		caught.hold()
		panic(http.ErrAbortHandler)
	}
	proxy := httputil.ReverseProxy{
		Rewrite:       func(p *httputil.ProxyRequest) { p.SetURL(g.target) },
		FlushInterval: -1,                         // events are a stream
		ErrorLog:      log.New(io.Discard, "", 0), // cut connections are its work
		ErrorHandler:  func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
		ModifyResponse: func(*http.Response) error {
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
			case caught.answer:
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
