package api

import (
	"net/http"
	"strconv"

	"github.com/lilypad-network/lilypad"
)

// SignRequest is what a client does to its requests.
var SignRequest = signRequest

const (
	MaxNonces       = maxNonces
	MaxCallerNonces = maxCallerNonces
	MaxBody         = maxBody
)

// FillCaller makes it remember as many of one caller.
func FillCaller(g *Guard, who lilypad.Address, n int) {
	for i := range n {
		g.seen[request{who, strconv.Itoa(i)}] = g.now()
		g.count[who]++
	}
}

// FillNonces makes the guard remember as many requests as it may.
func FillNonces(g *Guard, n int) {
	for i := range n {
		var key [32]byte
		key[0], key[1], key[2], key[3] = byte(i), byte(i>>8), byte(i>>16), 'x'
		r := request{caller: lilypad.Address(key[:20])}
		g.seen[r] = g.now()
		g.count[r.caller]++
	}
}

// SetTransport has requests go another way.
func SetTransport(c *SolverClient, t http.RoundTripper) { c.http.Transport = t }
