package node

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
)

// Network says where a market is: its chain, its contracts and its solver.
type Network struct {
	Name       string          `json:"name"`
	ChainID    uint64          `json:"chain_id"`
	RPC        string          `json:"rpc"` // URL of the chain
	Settlement lilypad.Address `json:"settlement"`
	Token      lilypad.Address `json:"token"`
	Sink       lilypad.Address `json:"sink"`
	// Since is the block in which the contracts were made: events are read from
	// there. 0: the chain is asked.
	Since      uint64          `json:"since,omitempty"`
	Solver     lilypad.Address `json:"solver"`
	SolverURL  string          `json:"solver_url"`
	SolverFee  lilypad.Amount  `json:"solver_fee"`
	CreatorURL string          `json:"creator_url,omitempty"` // of the creator that runs with it; local only
	Panel      lilypad.Panel   `json:"panel"`
	Windows    api.Windows     `json:"windows"`
	// Finality and MaxTx are rules of the chain; see [chain.Config].
	Finality chain.Finality `json:"finality,omitempty"`
	MaxTx    int            `json:"max_tx,omitempty"` // bytes
	// AllowList is the file of the network-wide module list; Steward signs it.
	AllowList string `json:"allow_list,omitempty"`
	// Modules is the list of modules on chain. With one no file is read.
	Modules lilypad.Address `json:"modules,omitzero"`
	Steward lilypad.Address `json:"steward,omitzero"`
}

// Names of the presets.
const (
	LocalName           = "local"            // a network that a machine has to itself, on an embedded chain
	DevName             = "dev"              // the same on a development chain that another program runs
	ArbitrumSepoliaName = "arbitrum-sepolia" // a public test chain
)

// forcedInclusion is how long Arbitrum's sequencer can keep a transaction out;
// whoever must act within a window needs more than that, in seconds.
const forcedInclusion lilypad.Seconds = 24 * 3600

// arbitrumWindow is the span of every deadline on an Arbitrum chain.
const arbitrumWindow = forcedInclusion + 2*3600

// devWindow is the span of every deadline where nobody can move time. The job's
// own time limit comes on top where it matters.
const devWindow lilypad.Seconds = 120

// Preset is the network of that name, as far as a name can tell: chain, rules
// and windows.
func Preset(name string) (n Network, known bool) {
	switch name {
	case LocalName:
		return LocalNetwork(MinMediators), true
	case DevName:
		return devNetwork(MinMediators), true
	case ArbitrumSepoliaName:
		return Network{
			Name: name, ChainID: 421614, Finality: chain.Finalized, MaxTx: 95_000,
			Windows: api.Windows{Submit: arbitrumWindow, Judge: arbitrumWindow, Reveal: arbitrumWindow, Mediate: arbitrumWindow},
		}, true
	}
	return Network{}, false
}

// Local tells whether this is a network of one machine, where keys are well
// known and money is worth nothing. A name alone makes none: the chain has to be
// one that no public network has, and what is signed for it is good nowhere else.
func (n Network) Local() bool {
	return n.Steered() || n.Name == DevName && (n.ChainID == 0 || slices.Contains(devChains, n.ChainID))
}

// Steered tells whether block time can be moved.
func (n Network) Steered() bool { return n.Name == LocalName && n.ChainID == devchain.DefaultChainID }

// devChains are the ids of development chains: those of geth and of this
// program, of anvil and Hardhat, and of Arbitrum's development node.
var devChains = []uint64{devchain.DefaultChainID, 31337, 412346}

// fileName is one that no other network has which may exist at the same time.
// Local networks have equal contracts and keys, and ports of their own.
func (n Network) fileName() string {
	name := fmt.Sprintf("%d-%s", n.ChainID, n.Settlement)
	if !n.Local() {
		return name
	}
	at := n.RPC
	if u, err := url.Parse(n.RPC); err == nil {
		at = or(u.Port(), at)
	}
	return name + "-" + url.QueryEscape(at)
}

// Domain is what statements for this network are signed under.
func (n Network) Domain() lilypad.Domain {
	return lilypad.Domain{ChainID: n.ChainID, Contract: n.Settlement}
}

// chain is how its node is reached.
func (n Network) chain(log *slog.Logger) chain.Config {
	return chain.Config{URL: n.RPC, ChainID: n.ChainID, Finality: n.Finality, MaxTx: n.MaxTx, Log: log}
}

// follower follows contracts of the network.
func (n Network) follower(client *chain.Client, contract lilypad.Address, log *slog.Logger) *chain.Follower {
	f := chain.NewFollower(client, []lilypad.Address{contract}, log)
	f.Since = n.Since
	return f
}

// NetworkFile is where a process tells others of its network.
const NetworkFile = "network.json"

// maxNetworkFile bounds a network file, in bytes: a panel of 32 takes 2 000.
const maxNetworkFile = 1 << 16

// ReadNetwork reads a network file. It may name a preset, whose values stand
// where the file is silent.
//
// # Errors
//
// NotFound when there is none; Invalid for one that is damaged, or that names
// what cannot be.
func ReadNetwork(path string) (Network, error) {
	b, err := ReadBounded(path, maxNetworkFile)
	if errors.Is(err, fs.ErrNotExist) {
		return Network{}, lilypad.Errorf(lilypad.NotFound, "no network file %s", path).Try("start the network first, for example with lilypad up")
	}
	var n Network
	if err == nil {
		n, err = ParseNetwork(b)
	}
	if err != nil {
		wrong := &lilypad.Error{Code: lilypad.Invalid, Msg: "network file " + path, Err: err}
		return Network{}, wrong.Try("%s", or(lilypad.RemedyOf(err), "get it again from whoever runs the network"))
	}
	return n, nil
}

// ReadBounded reads a file of at most so many bytes, and of a larger one no more
// than that.
//
// # Errors
//
// Invalid for a larger file; those of the file system.
func ReadBounded(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(b)) > most {
		return nil, lilypad.Errorf(lilypad.Invalid, "file %s has more than %d bytes", path, most)
	}
	return b, err
}

// ParseNetwork is [ReadNetwork] for the text of a file.
func ParseNetwork(text []byte) (n Network, err error) {
	if len(text) > maxNetworkFile {
		return n, lilypad.Errorf(lilypad.Invalid, "%d bytes: at most %d", len(text), maxNetworkFile)
	}
	var base struct {
		Preset string `json:"preset"`
	}
	if err := json.Unmarshal(text, &base); err != nil {
		return n, err
	}
	if base.Preset != "" {
		var known bool
		if n, known = Preset(base.Preset); !known || n.Local() {
			return n, lilypad.Errorf(lilypad.Invalid, "no preset %.40q for a file", base.Preset).Try("write %s, or none", ArbitrumSepoliaName)
		}
	}
	if err := json.Unmarshal(text, &n); err != nil {
		return n, err
	}
	if n.Finality == "" && !n.Local() {
		n.Finality = chain.Finalized
	}
	return n, n.check()
}

func (n Network) write(path string) error { return writeJSON(path, n) }

func (n Network) check() error {
	if n.Finality != "" {
		if err := n.Finality.Check(); err != nil {
			return err
		}
	}
	w := n.Windows
	switch {
	case n.Name == "" || len(n.Name) > 64:
		return lilypad.Errorf(lilypad.Invalid, "a network's name has 1 to 64 characters")
	case n.ChainID == 0:
		return lilypad.Errorf(lilypad.Invalid, "no chain_id")
	case (n.Name == LocalName || n.Name == DevName) && !n.Local():
		return errNotLocal(n)
	case n.MaxTx < 0:
		return lilypad.Errorf(lilypad.Invalid, "max_tx is negative")
	case w.Submit == 0 || w.Judge == 0 || w.Reveal == 0 || w.Mediate == 0:
		return lilypad.Errorf(lilypad.Invalid, "a window of no time")
	}
	return nil
}

// errNotLocal is of a network that a preset of this machine does not fit.
func errNotLocal(n Network) error {
	return lilypad.Errorf(lilypad.Invalid, "chain %d is not one of this machine's, which the name %s is for", n.ChainID, n.Name).
		Try("give the network a name of its own, and a file (docs/networks.md)")
}

// FindNetwork is the preset of that name or the network of a file. Its chain
// is reached at rpc, where that is not empty. Contracts that neither names are
// those of the chain's deployment; records is [ReadDeployment]'s.
//
// # Errors
//
// Those of [ReadNetwork]; Invalid when nothing tells how to reach the chain.
func FindNetwork(name, rpc, records string) (Network, error) {
	n, known := Preset(name)
	if !known {
		var err error
		if n, err = ReadNetwork(name); err != nil {
			return n, err
		}
	}
	n.RPC = or(rpc, n.RPC)
	if n.RPC == "" {
		return n, lilypad.Errorf(lilypad.Invalid, "network %s needs the URL of a node of chain %d", n.Name, n.ChainID).
			Try("pass --rpc URL, or set LILYPAD_RPC")
	}
	if n.Settlement.IsZero() {
		d, err := ReadDeployment(n, records)
		if err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
			return n, err
		}
		at := d.Addresses()
		n.Settlement, n.Token, n.Sink, n.Modules, n.Steward = at.Settlement, at.Token, at.Sink, at.Modules, d.Plan.Steward
		n.Since = d.Since()
	}
	return n, nil
}
