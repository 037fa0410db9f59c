package node

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/creator"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

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
	// Mirrors replace "https://HOST" of module repositories by another URL.
	Mirrors map[string]string
	// LockDir is a folder of all of the user's processes: a key acts for one of
	// them on a network. Empty: no such guard.
	LockDir    string
	Spending   wallet.Spending // limits of the keys of roles; without a folder: none
	Host       HostConfig      // how plugins are run
	Decisions  DecisionsConfig // what is kept of what plugins decided
	Metrics    string          // host:port that serves /metrics; empty: none
	MetricsURL string          // set by Start
	Keep       time.Duration   // how long files of jobs stay after their deals are final; zero: 30 days
	// ExitGas is the gas that a day may cost for deals of others that nobody
	// ends; zero: only deals of this process's keys are ended.
	ExitGas  uint64
	Patience time.Duration // zero: 15 s; how long roles wait for each other
	Models   ModelsConfig
	// Compiler is the command that compiles the wasm modules of jobs: see
	// [wasm.Config]. Empty: this process does.
	Compiler []string
	// WrapJournal stands before the journal of a role, as a test does that ends
	// the process at a write; nil: nothing does.
	WrapJournal func(role string, j journal.Journal) journal.Journal
	Logger      *slog.Logger
}

// HostConfig says how plugins are run. Zero values are the defaults of package
// pluginhost.
type HostConfig struct {
	Idle    time.Duration // a plugin that is not asked so long is not kept in memory; negative: it is
	Breaker pluginhost.Breaker
	Referee int // millionths of the CPUs for running decisions again; zero: 10 000; negative: none
}

// ModelsConfig says how the models of modules are kept. Zero values are the
// defaults of package modelcache.
type ModelsConfig struct {
	MaxBytes     uint64
	AllowPrivate bool // fetch over http, and from private addresses too
}

// DevChainConfig is a development chain, embedded unless URL names another.
type DevChainConfig struct {
	Port   int
	Listen bool
	URL    string // of a chain that another program runs
}

// SolverConfig is a solver.
type SolverConfig struct {
	Key    wallet.Account
	Listen string // host:port
	Match  PluginRef
	Allow  PluginRef
	// EtherPrice is what an ether is worth, in LILY: a deal whose fee does not
	// pay its gas waits. Zero: gas is not counted.
	EtherPrice lilypad.Amount
}

// ProviderConfig is a provider.
type ProviderConfig struct {
	Name       string // of its folder
	Key        wallet.Account
	Offer      lilypad.Offer  // what it does not say is detected
	Deposit    lilypad.Amount // kept in the settlement contract
	Admit      PluginRef
	Allow      PluginRef
	Zone       *time.Location // of its quiet hours; nil: UTC
	Docker     DockerMode
	DockerHost string
	Drivers    []DriverConfig  // engines of the machine it runs on that other programs serve
	Machines   []MachineConfig // beside the one that it runs on
	Pull       bool            // fetch images from their registries, and models, for jobs
	PrePull    []string        // references of modules whose images and models are fetched beforehand
	Login      bool            // with what docker login stored
	Runtime    string          // OCI runtime of Docker jobs; empty: the engine's choice
	MaxInput   uint64          // bytes of a job's input files; zero: 10 GB
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
	Key        wallet.Account
	Docker     DockerMode
	DockerHost string
}

// CreatorConfig is a creator.
type CreatorConfig struct {
	Key     wallet.Account
	Listen  string // host:port of its API; empty: none
	Deposit lilypad.Amount
	Terms   creator.Terms // zero: DefaultTerms
	Allow   PluginRef
	// Scheme and Comparator are used where an order names none; empty: those
	// that the module names, else optimistic and exact.
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
