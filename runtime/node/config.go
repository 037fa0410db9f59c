package node

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/creator"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Network says where a market is: its chain, its contracts and its solver.
type Network struct {
	Name       string          `json:"name"`
	ChainID    uint64          `json:"chain_id"`
	RPC        string          `json:"rpc"` // URL of the chain
	Settlement lilypad.Address `json:"settlement"`
	Token      lilypad.Address `json:"token"`
	Sink       lilypad.Address `json:"sink"`
	Solver     lilypad.Address `json:"solver"`
	SolverURL  string          `json:"solver_url"`
	SolverFee  lilypad.Amount  `json:"solver_fee"`
	CreatorURL string          `json:"creator_url,omitempty"` // of the creator that runs with it; local only
	Panel      lilypad.Panel   `json:"panel"`
	Windows    api.Windows     `json:"windows"`
	// AllowList is the file of the network-wide module list; Steward signs it.
	AllowList string          `json:"allow_list,omitempty"`
	Steward   lilypad.Address `json:"steward,omitzero"`
}

// Local tells whether this is a local network, where keys are well known and
// time can be moved.
func (n Network) Local() bool { return n.Name == LocalName }

// NetworkFile is where a process tells others of its network.
const NetworkFile = "network.json"

// ReadNetwork reads a network file. NotFound when there is none.
func ReadNetwork(path string) (Network, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Network{}, lilypad.Errorf(lilypad.NotFound, "no network file %s", path).Try("start the network first, for example with lilypad up")
	}
	if err != nil {
		return Network{}, &lilypad.Error{Code: lilypad.Invalid, Msg: "network file", Err: err}
	}
	var n Network
	if err := json.Unmarshal(b, &n); err != nil {
		return Network{}, &lilypad.Error{Code: lilypad.Invalid, Msg: "network file " + path, Remedy: "get it again from whoever runs the network", Err: err}
	}
	return n, nil
}

func (n Network) write(path string) error { return writeJSON(path, n) }

// writeJSON replaces a file at once, so that no reader sees half of it.
func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// Config says what a process runs. A nil role is not run.
type Config struct {
	Dir       string  // data folder of this process
	Network   Network // with a DevChain, what it does not say is filled in
	DevChain  *DevChainConfig
	Solver    *SolverConfig
	Providers []ProviderConfig
	Mediators []MediatorConfig
	Creator   *CreatorConfig
	Plugins   []PluginFile // installed beside the built-in ones
	// PluginStore is the folder of the plugins that operators install and
	// enable while this process runs; empty: none.
	PluginStore string
	Decisions   DecisionsConfig // what is kept of what plugins decided
	Metrics     string          // host:port that serves /metrics; empty: none
	MetricsURL  string          // set by Start
	Patience    time.Duration   // zero: 15 s; how long roles wait for each other
	Logger      *slog.Logger
}

// DevChainConfig is an embedded chain.
type DevChainConfig struct {
	Port   int
	Listen bool
}

// SolverConfig is a solver.
type SolverConfig struct {
	Key    *wallet.Key
	Listen string // host:port
	Match  PluginRef
	Allow  PluginRef
}

// ProviderConfig is a provider.
type ProviderConfig struct {
	Name       string // of its folder
	Key        *wallet.Key
	Offer      lilypad.Offer  // what it does not say is detected
	Deposit    lilypad.Amount // kept in the settlement contract
	Admit      PluginRef
	Allow      PluginRef
	Zone       *time.Location // of its quiet hours; nil: UTC
	Docker     DockerMode
	DockerHost string
	Pull       bool // fetch images from their registries for jobs
	Faulty     provider.Fault
}

// DockerMode says whether a role uses a Docker engine.
type DockerMode string

const (
	DockerAuto DockerMode = ""    // if one answers
	DockerOn   DockerMode = "on"  // it must answer
	DockerOff  DockerMode = "off" // not even if one answers
)

// MediatorConfig is a mediator.
type MediatorConfig struct {
	Name       string
	Key        *wallet.Key
	Docker     DockerMode
	DockerHost string
}

// CreatorConfig is a creator.
type CreatorConfig struct {
	Key     *wallet.Key
	Listen  string // host:port of its API; empty: none
	Deposit lilypad.Amount
	Terms   creator.Terms // zero: DefaultTerms
	Allow   PluginRef
	// Scheme and Comparator are used where an order names none; empty:
	// optimistic and exact.
	Scheme, Comparator string
}

// DefaultTerms are what a creator offers when nothing else is said.
var DefaultTerms = creator.Terms{
	MaxPrice: 2 * lilypad.LILY, CreatorStake: 2 * lilypad.LILY, ProviderStake: 5 * lilypad.LILY,
	LatePenalty: lilypad.LILY / 2, MediationFee: lilypad.LILY * 6 / 5, Expiry: 3600,
}

func (c *Config) dir(parts ...string) string {
	return filepath.Join(append([]string{c.Dir}, parts...)...)
}
