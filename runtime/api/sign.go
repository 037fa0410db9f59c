package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

const (
	// maxBody is the largest request, in bytes: one storage block and some.
	maxBody = 1<<20 + 1<<16
	// maxSkew is how far a request's time may be from the server's clock.
	maxSkew = 2 * time.Minute
	// bodyWithin is how long a sender may take over its body.
	bodyWithin = 30 * time.Second
	// maxNonces bounds what is remembered to refuse replays, in all and of one
	// caller: one must not use up what the others need.
	maxNonces       = 1 << 17
	maxCallerNonces = maxNonces / 8

	headerAddress   = "Lilypad-Address"
	headerTime      = "Lilypad-Time" // milliseconds since the Unix epoch
	headerNonce     = "Lilypad-Nonce"
	headerSignature = "Lilypad-Signature"
)

// requestText is what is signed, as an EIP-191 personal message. The server's
// own address keeps a request for one from being replayed at another.
func requestText(server lilypad.Address, method, target, millis, nonce string, body storage.Block) []byte {
	return fmt.Appendf(nil, "lilypad request\n%s\n%s %s\n%x\n%s\n%s", server, method, target, [32]byte(body.ID()), millis, nonce)
}

// signRequest adds the four headers.
func signRequest(ctx context.Context, r *http.Request, body storage.Block, server lilypad.Address, signer wallet.Signer) error {
	var nonce [16]byte
	rand.Read(nonce[:])
	millis, n := strconv.FormatInt(time.Now().UnixMilli(), 10), hex.EncodeToString(nonce[:])
	sig, err := signer.SignText(ctx, requestText(server, r.Method, r.URL.RequestURI(), millis, n, body))
	if err != nil {
		return err
	}
	text, _ := sig.MarshalText()
	r.Header.Set(headerAddress, signer.Address().String())
	r.Header.Set(headerTime, millis)
	r.Header.Set(headerNonce, n)
	r.Header.Set(headerSignature, string(text))
	return nil
}

// Guard admits only requests that their sender has signed, each once.
type Guard struct {
	// Logger is told of internal errors, which callers do not see; nil: none is.
	Logger *slog.Logger

	server  lilypad.Address
	now     func() time.Time
	started time.Time

	mu    sync.Mutex // guards what follows
	seen  map[request]time.Time
	count map[lilypad.Address]int // of seen, by caller
	swept time.Time
}

// request is what tells one request from another.
type request struct {
	caller lilypad.Address
	nonce  string
}

// NewGuard returns the guard of the server that is known by an address. It
// reads the time from now.
func NewGuard(server lilypad.Address, now func() time.Time) *Guard {
	return &Guard{server: server, now: now, started: now(), seen: map[request]time.Time{}, count: map[lilypad.Address]int{}}
}

type (
	callerKey struct{}
	bodyKey   struct{}
)

// Caller is the address that signed the request being served.
func Caller(ctx context.Context) lilypad.Address {
	a, _ := ctx.Value(callerKey{}).(lilypad.Address)
	return a
}

// served are the blocks of a request: its body, with the digest that its sender
// signed, and one to answer with. They are freed when it is answered. failed is
// told of an internal error; nil: nobody is.
type served struct {
	body, answer storage.Block
	failed       func(error)
}

func servedIn(ctx context.Context) *served {
	if s, ok := ctx.Value(bodyKey{}).(*served); ok {
		return s
	}
	return &served{}
}

// readBody reads to the end. The memory of a block is only for who tells, in
// bytes, that a large one comes.
func readBody(r io.Reader, told int64) (storage.Block, error) {
	if storage.MaxBlock/2 < told && told <= storage.MaxBlock {
		return receive(r)
	}
	b, err := io.ReadAll(r)
	return storage.NewBlock(b), err
}

// Wrap checks each request before next sees it. Paths in open need no
// signature.
func (g *Guard) Wrap(next http.Handler, open ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn := http.NewResponseController(w)
		_ = conn.SetReadDeadline(time.Now().Add(bodyWithin)) // not every connection has deadlines
		body, err := readBody(http.MaxBytesReader(w, r.Body, maxBody), r.ContentLength)
		_ = conn.SetReadDeadline(time.Time{})
		if err != nil {
			writeProblem(w, lilypad.Errorf(lilypad.Invalid, "the request body is larger than %d bytes or was cut off", maxBody))
			return
		}
		in := &served{body: body, failed: func(err error) {
			if g.Logger != nil && r.Context().Err() == nil { // who has gone may have broken it off
				g.Logger.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err)
			}
		}}
		defer func() { // nobody reads a request that is answered
			in.body.Free()
			in.answer.Free()
		}()
		r.Body = io.NopCloser(bytes.NewReader(body.Bytes()))
		if r.Header.Get(headerSignature) == "" && isOpen(r.URL.Path, open) {
			next.ServeHTTP(w, r)
			return
		}
		caller, err := g.check(r, body)
		if err != nil {
			writeProblem(w, err)
			return
		}
		ctx := context.WithValue(r.Context(), callerKey{}, caller)
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, bodyKey{}, in)))
	})
}

func isOpen(path string, open []string) bool {
	for _, o := range open {
		if path == o || strings.HasSuffix(o, "/") && strings.HasPrefix(path, o) {
			return true
		}
	}
	return false
}

func (g *Guard) check(r *http.Request, body storage.Block) (lilypad.Address, error) {
	var sig lilypad.Signature
	addr, err := lilypad.ParseAddress(r.Header.Get(headerAddress))
	if err != nil || sig.UnmarshalText([]byte(r.Header.Get(headerSignature))) != nil {
		return addr, lilypad.Errorf(lilypad.Unauthorized, "the request is not signed").Try("sign it as docs/protocol.md says")
	}
	millis, nonce := r.Header.Get(headerTime), r.Header.Get(headerNonce)
	ms, err := strconv.ParseInt(millis, 10, 64)
	if err != nil || len(nonce) != 32 {
		return addr, lilypad.Errorf(lilypad.Unauthorized, "the request has no usable time or nonce")
	}
	at := time.UnixMilli(ms)
	if skew := g.now().Sub(at); skew > maxSkew || skew < -maxSkew {
		return addr, lilypad.Errorf(lilypad.Unauthorized, "the request's clock differs by %s from the server's", skew.Round(time.Second)).
			Try("set this machine's clock, for example with an NTP service")
	}
	if at.Before(g.started.Truncate(time.Millisecond)) {
		return addr, lilypad.Errorf(lilypad.Unavailable, "the request was signed before this server started").Try("send it again")
	}
	who, err := wallet.RecoverText(requestText(g.server, r.Method, r.URL.RequestURI(), millis, nonce, body), sig)
	if err != nil || who != addr {
		return addr, lilypad.Errorf(lilypad.Unauthorized, "the signature is not by %s over this request", addr).
			Try("check which key is used, and which server is asked")
	}
	return addr, g.once(request{addr, nonce}, at)
}

// once refuses a request that was seen while its time is still acceptable.
func (g *Guard) once(r request, at time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, replay := g.seen[r]; replay {
		return lilypad.Errorf(lilypad.Unauthorized, "this request was already served: replay refused")
	}
	full := func() bool { return len(g.seen) >= maxNonces || g.count[r.caller] >= maxCallerNonces }
	if now := g.now(); full() && now.Sub(g.swept) > time.Second {
		g.swept = now
		for old, t := range g.seen {
			if now.Sub(t) > maxSkew {
				g.forget(old)
			}
		}
	}
	if full() {
		return lilypad.Errorf(lilypad.Unavailable, "the server has had too many requests in %s", 2*maxSkew).Try("send it again later")
	}
	g.seen[r] = at
	g.count[r.caller]++
	return nil
}

// forget needs g.mu.
func (g *Guard) forget(r request) {
	delete(g.seen, r)
	if g.count[r.caller]--; g.count[r.caller] == 0 {
		delete(g.count, r.caller)
	}
}
