package node_test

import (
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func machines(t *testing.T, c node.ProviderConfig) (*fleet.Fleet, error) {
	t.Helper()
	f, closing, err := node.Machines(t.Context(), t.TempDir(), &c)
	t.Cleanup(func() { _ = closing() })
	return f, err
}

// The mark by which a role's Reap knows its containers is nobody else's.
func TestNode_machinesOfProvidersHaveOwnersOfTheirOwn(t *testing.T) {
	e := dockertest.Fake(t, "1.47", nil, nil)
	provider := func(name, key string, further ...node.MachineConfig) node.ProviderConfig {
		return node.ProviderConfig{Name: name, Key: node.LocalKey(key), Docker: node.DockerOn, DockerHost: e.Host, Machines: further}
	}
	b := node.MachineConfig{Name: "b", DockerHost: e.Host, CPUMilli: 1, RAMMB: 1, DiskMB: 1}
	for _, c := range []node.ProviderConfig{provider("a", "provider-1", b), provider("a", "provider-2"), provider("a-b", "provider-1")} {
		f, err := machines(t, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range f.Executors {
			spec := lilypad.Spec{Engine: lilypad.EngineDocker, Image: "sha256:" + strings.Repeat("a", 64)}
			_, _ = x.Start(t.Context(), executiontest.Job(t, spec)) // it is only written down
		}
	}
	owners := map[string]bool{}
	for _, c := range e.Created() {
		owners[c.Labels["network.lilypad.owner"]] = true
	}
	if len(e.Created()) != 4 || len(owners) != 4 {
		t.Errorf("%d containers of %v", len(e.Created()), owners)
	}
}

// An engine that is listed twice does not sell its cores twice.
func TestNode_machinesOfOneEngineSayTheirShares(t *testing.T) {
	e := dockertest.Fake(t, "1.47", map[string]any{"ID": "one"}, nil)
	share := func(name string) node.MachineConfig {
		return node.MachineConfig{Name: name, DockerHost: e.Host, CPUMilli: 1000, RAMMB: 1000, DiskMB: 1000}
	}
	silent := node.MachineConfig{Name: "b", DockerHost: e.Host}
	for name, c := range map[string]struct {
		config  node.ProviderConfig
		refused bool
	}{
		"a silent second":     {node.ProviderConfig{Docker: node.DockerOff, Machines: []node.MachineConfig{share("a"), silent}}, true},
		"a silent first":      {node.ProviderConfig{Docker: node.DockerOff, Machines: []node.MachineConfig{silent, share("a")}}, true},
		"the provider's own":  {node.ProviderConfig{Docker: node.DockerOn, DockerHost: e.Host, Machines: []node.MachineConfig{share("a")}}, true},
		"shares":              {node.ProviderConfig{Docker: node.DockerOff, Machines: []node.MachineConfig{share("a"), share("c")}}, false},
		"own share and other": {node.ProviderConfig{Docker: node.DockerOn, DockerHost: e.Host, Offer: lilypad.Offer{Capacity: lilypad.Resources{CPUMilli: 1000, RAMMB: 1000, DiskMB: 1000}}, Machines: []node.MachineConfig{share("a")}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			c.config.Name, c.config.Key = "provider", node.LocalKey("provider-1")
			_, err := machines(t, c.config)
			if refused := lilypad.CodeOf(err) == lilypad.Invalid && strings.Contains(lilypad.RemedyOf(err), "share"); refused != c.refused || !c.refused && err != nil {
				t.Errorf("got %v", err)
			}
		})
	}
}
