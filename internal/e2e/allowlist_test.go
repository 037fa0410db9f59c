package e2e_test

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	root "github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

const (
	denyCows  = `{"rules": [{"action": "allow", "name": "thumbnail:*"}, {"action": "deny", "name": "cowsay:*"}]}`
	allowCows = `{"rules": [{"action": "allow", "name": "cowsay:*"}], "otherwise": "deny"}`
)

// Each role holds its list alone: the network-wide one, which it may have when
// others lack it, and its own. A creator that skips its own check lies to the
// others, a solver without a list lies to the providers.
func TestAllowlist(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three nodes per case: left out by -short")
	}
	dir := t.TempDir()
	list := signedList(t, "steward", denyCows)
	var own node.PluginRef
	if err := json.Unmarshal([]byte(denyCows), &own.Settings); err != nil {
		t.Fatal(err)
	}
	url, _ := startChain(t)
	c := node.Config{Dir: filepath.Join(dir, "chain")}
	c.Network, c.DevChain = node.LocalChain(3, url, 0)
	chain := nodes.Start(t, c)
	blockOnChain(t, chain.Network, "cowsay:v0.0.4", "it says too much")
	for _, c := range []struct {
		name                      string
		network                   map[string]string // the network-wide list that a role has
		follows                   string            // the role that follows the list on chain, where the module is blocked
		solver, creator, provider node.PluginRef
		skip                      bool
		refused                   string
	}{
		{name: "creator, by the network's list", network: map[string]string{"creator": list}, refused: "the creator does not allow module cowsay:v0.0.4: network-wide list, rule 2 of the list"},
		{name: "creator, by its own", creator: own, refused: "the creator does not allow module cowsay:v0.0.4: own list, rule 2 of the list"},
		{name: "solver, by the network's list", network: map[string]string{"creator": list, "solver": list}, skip: true, refused: "the solver does not allow module cowsay:v0.0.4: network-wide list, rule 2 of the list"},
		{name: "solver, by its own", solver: own, refused: "the solver does not allow module cowsay:v0.0.4: own list, rule 2 of the list"},
		{name: "provider, by the network's list", network: map[string]string{"creator": list, "provider": list}, skip: true, refused: "the provider does not allow module cowsay:v0.0.4: network-wide list, rule 2 of the list"},
		{name: "provider, by its own", provider: own, refused: "the provider does not allow module cowsay:v0.0.4: own list, rule 2 of the list"},
		{
			name: "provider, by its own where the network's allows it", network: map[string]string{"provider": signedList(t, "steward", allowCows)}, provider: own,
			refused: "the provider does not allow module cowsay:v0.0.4: own list, rule 2 of the list",
		},
		{name: "creator, by the list on chain", follows: "creator", refused: "the creator does not allow module cowsay:v0.0.4: the network's steward has blocked it: it says too much"},
		{name: "solver, by the list on chain", follows: "solver", refused: "the solver does not allow module cowsay:v0.0.4: the network's steward has blocked it: it says too much"},
		{name: "provider, by the list on chain", follows: "provider", refused: "the provider does not allow module cowsay:v0.0.4: the network's steward has blocked it: it says too much"},
	} {
		t.Run(c.name, func(t *testing.T) {
			with := func(role string) node.Network {
				n := chain.Network
				if n.AllowList = c.network[role]; c.follows != role {
					n.Modules = root.Address{}
				}
				return n
			}
			s := nodes.Start(t, node.Config{Dir: filepath.Join(dir, "solver"), Network: with("solver"), Solver: &node.SolverConfig{Key: node.LocalKey("solver"), Allow: c.solver}})
			sells := node.LocalProvider(1, provider.Honest)
			sells.Allow, sells.Docker = c.provider, node.DockerOff
			p := with("provider")
			p.SolverURL = s.Network.SolverURL
			nodes.Start(t, node.Config{Dir: filepath.Join(dir, "provider"), Network: p, Providers: []node.ProviderConfig{sells}})
			b := with("creator")
			b.SolverURL = s.Network.SolverURL
			buys := nodes.Start(t, node.Config{Dir: filepath.Join(dir, "creator"), Network: b, Creator: &node.CreatorConfig{Key: node.LocalKey("creator"), Deposit: 100 * root.LILY, Allow: c.creator}})
			creator := api.NewCreatorClient(buys.Network.CreatorURL, node.LocalKey("creator"))
			order := api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "moo"}, SkipAllow: c.skip}
			if got := nodes.Refusal(t, creator, order); !strings.Contains(got, c.refused) {
				t.Errorf("refused with %q, want %q", got, c.refused)
			}
		})
	}
}

// blockOnChain puts a module on the steward's list.
func blockOnChain(t *testing.T, n node.Network, ref, reason string) {
	t.Helper()
	resolver, err := modules.New(modules.Config{CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	m, err := resolver.Resolve(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	l := evm.Listing{Module: root.ModuleID(modules.Digest(m.Module)), Standing: evm.Blocked, Reason: reason}
	if _, err := node.SetStanding(t.Context(), n, node.LocalKey("steward"), l, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
}

// signedList is the file of a network-wide list that an account signed.
func signedList(t *testing.T, by, rules string) string {
	t.Helper()
	signed, err := node.SignAllowList(t.Context(), []byte(rules), node.LocalKey(by))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "list.json")
	if err := os.WriteFile(file, signed, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
