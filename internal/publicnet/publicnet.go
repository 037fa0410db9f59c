// Package publicnet is an HTTP transport for addresses that others chose: it
// reaches the public Internet and nothing behind this machine's firewall.
//
//	client := &http.Client{Transport: publicnet.Transport()}
//
// The check is on the address that is dialled, so a name that resolves to a
// private address and a redirect to one are refused alike. Proxies of the
// environment are not used, for they would dial instead. It imports the root
// package.
package publicnet

import (
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"github.com/lilypad-network/lilypad"
)

// Transport returns a transport that dials public addresses alone. What it
// refuses is Unauthorized.
func Transport() *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !Public(at.Addr()) {
			return lilypad.Errorf(lilypad.Unauthorized, "%s is not a public address", at.Addr()).
				Try("use a public host, or set a mirror for this one")
		}
		return nil
	}}
	return &http.Transport{
		DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 30 * time.Second, MaxResponseHeaderBytes: 1 << 20,
		IdleConnTimeout: 30 * time.Second,
	}
}

// special are the ranges that netip does not know as private: shared address
// space (RFC 6598), this network, protocol assignments, benchmarking, reserved;
// and the prefixes that carry an IPv4 address within: NAT64, 6to4, Teredo.
var special = func() (out []netip.Prefix) {
	for _, p := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4",
		"64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10",
	} {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}()

// Public tells whether an address can be reached by anyone.
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
