package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
)

// Up spends money that everybody has, so it runs on chains of this machine
// alone; and on a development chain only where that can pay for its accounts.
func TestUp_refusesChainsThatAreNotItsOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("starts chains")
	}
	serve := func(id uint64) string {
		c, err := devchain.New(t.Context(), devchain.Config{ChainID: id, Listen: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		})
		return c.URL()
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, c := range map[string]struct {
		args         []string
		code         lilypad.Code
		says, remedy string
	}{
		"a public network":   {[]string{"--network", "arbitrum-sepolia"}, lilypad.Invalid, "networks of one machine only", "lilypad provider --network arbitrum-sepolia"},
		"a stranger's chain": {[]string{"--network", "dev", "--rpc", serve(5)}, lilypad.Invalid, "chain 5 is not one of this machine's, which the name dev is for", "a name of its own"},
		"no accounts to pay": {[]string{"--network", "dev", "--rpc", serve(1337)}, lilypad.Invalid, "the node of chain 1337 holds no account", "start anvil"},
		"no chain":           {[]string{"--network", "dev", "--rpc", gone.URL}, lilypad.Unavailable, "refused", ""},
		"a port of its own":  {[]string{"--network", "dev", "--port", "8545"}, lilypad.Invalid, "--port is of an embedded chain", "--rpc URL"},
		"local with an URL":  {[]string{"--rpc", gone.URL}, lilypad.Invalid, "runs a chain of its own", "--network dev --rpc " + gone.URL},
		"a network file":     {[]string{"--network", filepath.Join(t.TempDir(), "network.json")}, lilypad.Invalid, "networks of one machine only", "or another role"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := lily(t, t.TempDir(), append([]string{"up", "--docker", "off"}, c.args...)...)
			if lilypad.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) || !strings.Contains(lilypad.RemedyOf(err), c.remedy) {
				t.Errorf("%v (%s), try %q; want %s saying %q, try %q", err, lilypad.CodeOf(err), lilypad.RemedyOf(err), c.code, c.says, c.remedy)
			}
		})
	}
}
