package e2e_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	root "github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// A network that is not ours to steer: deployed by its operator, recorded, and
// checked by who joins.
func TestContracts(t *testing.T) {
	l := startLocal(t)
	t.Setenv("LILYPAD_PRIVATE_KEY", node.LocalKey("provider-9").Reveal())
	file := written(t, fmt.Sprintf(`{"name":"public","chain_id":%d,"rpc":%q,"finality":"latest","windows":{"submit":60,"judge":60,"reveal":60,"mediate":60}}`, l.network.ChainID, l.network.RPC))
	data := t.TempDir()
	run := func(args ...string) finished {
		t.Helper()
		return execute(t, append(append([]string{"contracts"}, args...), "--network", file, "--data", data)...)
	}
	who := node.LocalKey("provider-9").Address().String()
	deploy := []string{"deploy", "--json", "--yes", "--sink", node.LocalKey("sink").Address().String(), "--steward", who, "--holder", who}

	wantRefusal(t, run("addresses"), root.NotFound, "no contracts are known on chain", "lilypad contracts deploy")
	got := run(deploy...)
	var d struct {
		Contracts []struct{ Name, Address string }
	}
	if err := json.Unmarshal([]byte(got.out), &d); err != nil || len(d.Contracts) < 4 || strings.Count(got.err, "made by 0x") != len(d.Contracts)-1 { // the registry, which is told nothing, is the local network's
		t.Fatalf("deploy: %v: %s%s", err, got.out, got.err)
	}
	if again := run(deploy...); again.out != got.out || strings.Contains(again.err, "made by") {
		t.Errorf("deployed again: %s%s", again.out, again.err)
	}
	for _, args := range [][]string{{"verify", "--json"}, {"addresses", "--json"}} {
		var same struct {
			Contracts []struct{ Name, Address string }
		}
		if res := run(args...); json.Unmarshal([]byte(res.out), &same) != nil || fmt.Sprint(same) != fmt.Sprint(d) {
			t.Errorf("%s: %s%s", args, res.out, res.err)
		}
	}
	other := execute(t, append([]string{"contracts"}, append(deploy, "--sink", who, "--network", file, "--data", data)...)...)
	if other.code != root.Codes[root.Conflict].Exit || !strings.Contains(other.err, "another plan") || !strings.Contains(other.err, "try: add --replace") {
		t.Errorf("another plan: %d: %s", other.code, other.err)
	}
	// The file names no contract: the record does.
	if got := execute(t, "wallet", "balance", who, "--json", "--network", file, "--data", data); !strings.Contains(got.out, `"wallet": 1000000000000000`) {
		t.Errorf("the holder has %s%s", got.out, got.err)
	}
	if got := execute(t, "contracts", "verify", "--network", network(), "--data", filepath.Dir(filepath.Dir(l.networkFile()))); got.code != 0 {
		t.Errorf("the local network's own contracts: %s", got.err)
	}
}
