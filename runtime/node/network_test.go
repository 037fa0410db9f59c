package node_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// What a preset promises of deadlines and finality decides whether money can be
// lost to a sequencer.
func TestPreset(t *testing.T) {
	for name, want := range map[string]struct {
		window         lilypad.Seconds
		finality       chain.Finality
		local, steered bool
	}{
		node.LocalName:           {48 * 3600, chain.FinalAtOnce, true, true},
		node.DevName:             {120, chain.FinalAtOnce, true, false},
		node.ArbitrumSepoliaName: {26 * 3600, chain.Finalized, false, false},
	} {
		n, known := node.Preset(name)
		if !known || n.Name != name || n.Finality != want.finality || n.Local() != want.local || n.Steered() != want.steered {
			t.Errorf("%s: %+v", name, n)
		}
		for _, w := range []lilypad.Seconds{n.Windows.Submit, n.Windows.Judge, n.Windows.Reveal, n.Windows.Mediate} {
			if w != want.window {
				t.Errorf("%s: a window of %d s, want %d", name, w, want.window)
			}
		}
	}
	if _, known := node.Preset("mainnet"); known {
		t.Error("there is a preset mainnet")
	}
}

func TestParseNetwork(t *testing.T) {
	const windows = `"windows":{"submit":1,"judge":1,"reveal":1,"mediate":1}`
	for name, c := range map[string]struct{ text, says string }{
		"all by itself":          {`{"name":"n","chain_id":5,` + windows + `}`, ""},
		"on a preset":            {`{"preset":"arbitrum-sepolia"}`, ""},
		"no JSON":                {`{"name":`, "unexpected end"},
		"unknown preset":         {`{"preset":"moon"}`, `no preset "moon"`},
		"preset of this machine": {`{"preset":"local"}`, "no preset"},
		"local's name elsewhere": {`{"name":"local","chain_id":42161,` + windows + `}`, "not one of this machine's"},
		"dev's name elsewhere":   {`{"name":"dev","chain_id":42161,` + windows + `}`, "not one of this machine's"},
		"no name":                {`{"chain_id":5,` + windows + `}`, "name"},
		"no chain":               {`{"name":"n",` + windows + `}`, "chain_id"},
		"no windows":             {`{"name":"n","chain_id":5}`, "window"},
		"a window of nothing":    {`{"preset":"arbitrum-sepolia","windows":{"judge":0}}`, "window"},
		"unknown finality":       {`{"preset":"arbitrum-sepolia","finality":"soon"}`, "finality"},
		"negative size":          {`{"preset":"arbitrum-sepolia","max_tx":-1}`, "max_tx"},
		"bad address":            {`{"preset":"arbitrum-sepolia","solver":"0x12"}`, "40 hexadecimal"},
		"too large":              {strings.Repeat(" ", 1<<16) + `{}`, "at most 65536"},
	} {
		n, err := node.ParseNetwork([]byte(c.text))
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		if err == nil && n.Finality != chain.Finalized {
			t.Errorf("%s: money is final at %q, though nobody said so", name, n.Finality)
		}
	}
	own, err := node.ParseNetwork([]byte(`{"preset":"arbitrum-sepolia","name":"cows","windows":{"submit":7,"judge":8,"reveal":9,"mediate":10}}`))
	if err != nil || own.Name != "cows" || own.Windows.Reveal != 9 || own.ChainID != 421614 || own.MaxTx != 95_000 {
		t.Errorf("a file does not stand above its preset: %+v, %v", own, err)
	}
}

// A file is never read beyond its bound.
func TestReadNetwork_isBounded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "network.json")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, 1<<33); err != nil {
		t.Fatal(err)
	}
	if _, err := node.ReadNetwork(file); lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "more than 65536 bytes") {
		t.Errorf("error %v", err)
	}
}

func FuzzParseNetwork(f *testing.F) {
	f.Add([]byte(`{"preset":"arbitrum-sepolia","panel":{"mediators":["0x1111111111111111111111111111111111111111"],"drawn":3,"agree":2}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		n, err := node.ParseNetwork(text)
		if err == nil && (n.ChainID == 0 || n.Name == "" || n.Windows.Judge == 0 || n.Finality == "" && !n.Local()) {
			t.Errorf("taken: %+v", n)
		}
	})
}

func TestFindNetwork(t *testing.T) {
	_, err := node.FindNetwork(node.ArbitrumSepoliaName, "", t.TempDir())
	if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(lilypad.RemedyOf(err), "--rpc") {
		t.Errorf("without a node: %v, remedy %q", err, lilypad.RemedyOf(err))
	}
	file := filepath.Join(t.TempDir(), "cows.json")
	if err := os.WriteFile(file, []byte(`{"preset":"arbitrum-sepolia","name":"cows","rpc":"https://a.example"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for rpc, want := range map[string]string{"": "https://a.example", "https://b.example": "https://b.example"} {
		if n, err := node.FindNetwork(file, rpc, t.TempDir()); err != nil || n.RPC != want || n.Name != "cows" {
			t.Errorf("with %q: %+v, %v", rpc, n, err)
		}
	}
}
