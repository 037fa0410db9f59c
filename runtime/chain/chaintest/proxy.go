package chaintest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/lilypad-network/lilypad"
)

// Proxy stands between a client and a node and does harm on demand. Faults of
// single methods need PlainHTTP: inside a WebSocket it sees nothing.
type Proxy struct {
	URL string // http://…; the same with ws: works too

	mu     sync.Mutex // guards all below
	faults Faults
	target *url.URL
	conns  map[net.Conn]struct{} // WebSockets
	calls  map[string]int
}

// Faults are what a Proxy does wrong. The zero value is an honest proxy.
type Faults struct {
	Down      bool            // nobody answers, open connections are cut
	PlainHTTP bool            // no WebSocket
	Refuse    map[string]bool // methods that get status 503
	Swallow   map[string]bool // methods that are answered, but never reach the node
	LogRange  uint64          // the most blocks of an eth_getLogs; 0: any
	Indexing  int             // how many receipts are refused for indexing
	// Code is told in place of what lies at these addresses.
	Code map[lilypad.Address][]byte
}

// NewProxy listens on a free port until the test ends.
func NewProxy(t testing.TB, target string, faults Faults) *Proxy {
	t.Helper()
	p := &Proxy{conns: map[net.Conn]struct{}{}, calls: map[string]int{}}
	p.Point(t, target)
	p.Set(faults)
	server := httptest.NewUnstartedServer(p)
	server.Config.ConnState = p.track
	server.Start()
	t.Cleanup(func() {
		p.Drop()
		server.CloseClientConnections()
		server.Close()
	})
	p.URL = server.URL
	return p
}

// Point sends what comes from now on to another node.
func (p *Proxy) Point(t testing.TB, target string) {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	p.target = u
	p.mu.Unlock()
	p.Drop()
}

// Set replaces the faults.
func (p *Proxy) Set(f Faults) {
	p.mu.Lock()
	p.faults = f
	p.mu.Unlock()
	if f.Down {
		p.Drop()
	}
}

// Drop cuts every open WebSocket.
func (p *Proxy) Drop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		c.Close()
		delete(p.conns, c)
	}
}

// Calls tells how often a method was called over plain HTTP.
func (p *Proxy) Calls(method string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls[method]
}

func (p *Proxy) track(c net.Conn, state http.ConnState) {
	if state == http.StateHijacked {
		p.mu.Lock()
		p.conns[c] = struct{}{}
		p.mu.Unlock()
	}
}

// ServeHTTP implements http.Handler.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	const most = 16 << 20
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var call struct {
		ID     json.RawMessage   `json:"id"`
		Method string            `json:"method"`
		Params []json.RawMessage `json:"params"`
	}
	_ = json.Unmarshal(body, &call) // an upgrade has no body

	p.mu.Lock()
	p.calls[call.Method]++
	f, target := p.faults, p.target
	indexing := call.Method == "eth_getTransactionReceipt" && f.Indexing > 0
	if indexing {
		p.faults.Indexing--
	}
	p.mu.Unlock()

	answer := func(format string, args ...any) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,%s}`, call.ID, fmt.Sprintf(format, args...))
	}
	switch {
	case f.Down, f.Refuse[call.Method], f.PlainHTTP && r.Header.Get("Upgrade") != "":
		w.WriteHeader(http.StatusServiceUnavailable)
	case f.Swallow[call.Method]:
		answer(`"result":"0x%064x"`, 0)
	case call.Method == "eth_getCode" && f.Code[address(call.Params)] != nil:
		answer(`"result":"0x%x"`, f.Code[address(call.Params)])
	case indexing:
		answer(`"error":{"code":-32000,"message":"transaction indexing is in progress"}`)
	case call.Method == "eth_getLogs" && f.LogRange > 0 && blocks(call.Params) > f.LogRange:
		answer(`"error":{"code":-32005,"message":"block range too large"}`)
	default:
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		proxy := &httputil.ReverseProxy{
			Rewrite:  func(pr *httputil.ProxyRequest) { pr.SetURL(target) },
			ErrorLog: log.New(io.Discard, "", 0), // cut connections are its work
		}
		proxy.ServeHTTP(w, r)
	}
}

func address(params []json.RawMessage) (a lilypad.Address) {
	if len(params) > 0 {
		_ = json.Unmarshal(params[0], &a) // of no address it is zero
	}
	return a
}

func blocks(params []json.RawMessage) uint64 {
	var q struct {
		FromBlock hexutil.Uint64 `json:"fromBlock"`
		ToBlock   hexutil.Uint64 `json:"toBlock"`
	}
	if len(params) == 0 || json.Unmarshal(params[0], &q) != nil {
		return 0
	}
	return uint64(q.ToBlock-q.FromBlock) + 1
}
