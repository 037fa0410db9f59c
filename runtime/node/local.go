package node

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// MaxLocal is how many providers and how many mediators a local network has
// accounts for; MinMediators is how many of them it cannot do without.
const (
	MaxLocal     = 16
	MinMediators = 3
)

// localWindow is the span of block time of every deadline there: block time
// runs ahead of the clock, a second per block.
const localWindow lilypad.Seconds = 48 * 3600

// localExpiry is for how long local offers are good, and localSigning for how
// long signed deals are: the first outlasts some windows that a keeper skips,
// the second a rush in which block time runs ahead.
const (
	localExpiry  lilypad.Seconds = 30 * 24 * 3600
	localSigning lilypad.Seconds = 3600
)

// signFor is how long a provider's signature is good; zero: the default.
func (n *Node) signFor() lilypad.Seconds {
	if n.Network.Local() {
		return localSigning
	}
	return 0
}

// LocalOptions shape a local network.
type LocalOptions struct {
	Providers  int              // honest ones; 1 … 16
	Mediators  int              // 3 … 16
	Faulty     []provider.Fault // one more provider each
	Docker     DockerMode
	DockerHost string
	Listen     string // of the solver
	Port       int    // of the chain
	// Chain is the URL of a development chain that another program runs; empty:
	// one is embedded.
	Chain string
}

// LocalKey is a well-known key of the local network: faucet, solver, creator,
// steward, sink, provider-1 … provider-32 or mediator-1 … mediator-16. Anyone
// can compute it, so it is worth nothing anywhere else.
func LocalKey(name string) *wallet.Key {
	h := lilypad.Keccak256([]byte("lilypad local network, account " + name))
	k, err := wallet.ParseKey(hex.EncodeToString(h[:]))
	if err != nil {
		panic(err) // one hash in 2¹²⁸ is no key
	}
	return k
}

// LocalNames lists the accounts of a local network.
func LocalNames() []string {
	names := []string{"faucet", "solver", "creator", "steward", "sink"}
	for i := range 2 * MaxLocal {
		names = append(names, fmt.Sprintf("provider-%d", i+1))
	}
	for i := range MaxLocal {
		names = append(names, fmt.Sprintf("mediator-%d", i+1))
	}
	return names
}

// LocalNetwork is the preset of the local network, with a panel of so many
// mediators of which three are drawn. Contracts and URLs are known once its
// chain runs.
func LocalNetwork(mediators int) Network {
	panel := lilypad.Panel{Drawn: 3, Agree: 2}
	for i := range mediators {
		panel.Mediators = append(panel.Mediators, LocalKey(fmt.Sprintf("mediator-%d", i+1)).Address())
	}
	slices.SortFunc(panel.Mediators, func(a, b lilypad.Address) int { return slices.Compare(a[:], b[:]) })
	return Network{
		Name: LocalName, ChainID: devchain.DefaultChainID, Solver: LocalKey("solver").Address(), SolverFee: lilypad.LILY / 20,
		Sink: LocalKey("sink").Address(), Steward: LocalKey("steward").Address(), Panel: panel,
		Windows: api.Windows{Submit: localWindow, Judge: localWindow, Reveal: localWindow, Mediate: localWindow}, Finality: chain.FinalAtOnce,
	}
}

// devNetwork is [LocalNetwork] on a chain of which only the URL is known.
func devNetwork(mediators int) Network {
	n := LocalNetwork(mediators)
	n.Name, n.ChainID, n.RPC = DevName, 0, "http://127.0.0.1:8545"
	n.Windows = api.Windows{Submit: devWindow, Judge: devWindow, Reveal: devWindow, Mediate: devWindow}
	return n
}

// LocalChain is the chain of a local network by itself: embedded, or the one at
// a URL, where that is not empty.
func LocalChain(mediators int, url string, port int) (Network, *DevChainConfig) {
	if url == "" {
		return LocalNetwork(mediators), &DevChainConfig{Listen: true, Port: port}
	}
	n := devNetwork(mediators)
	n.RPC = url
	return n, &DevChainConfig{URL: url}
}

// localPlan is what the contracts of local networks are told.
func localPlan() evm.Plan {
	return evm.Plan{
		Sink: LocalKey("sink").Address(), Steward: LocalKey("steward").Address(), Holder: LocalKey("faucet").Address(), Supply: 1_000_000_000 * lilypad.LILY,
	}
}

func localAccounts() (all []lilypad.Address) {
	for _, name := range LocalNames() {
		all = append(all, LocalKey(name).Address())
	}
	return all
}

// Local configures a whole network in one process.
//
// # Errors
//
// Invalid for more or fewer providers or mediators than there can be.
func Local(dir string, o LocalOptions) (Config, error) {
	if o.Providers < 1 || o.Providers > MaxLocal || o.Mediators < MinMediators || o.Mediators > MaxLocal || len(o.Faulty) > MaxLocal {
		return Config{}, lilypad.Errorf(lilypad.Invalid, "a local network has 1 to %d providers, 3 to %d mediators and at most %d faulty ones", MaxLocal, MaxLocal, MaxLocal)
	}
	n, dev := LocalChain(o.Mediators, o.Chain, o.Port)
	c := Config{
		Dir: dir, Network: n, DevChain: dev,
		Solver:  &SolverConfig{Key: LocalKey("solver"), Listen: o.Listen},
		Creator: &CreatorConfig{Key: LocalKey("creator"), Listen: "127.0.0.1:0", Deposit: 1000 * lilypad.LILY},
	}
	for i := range o.Providers {
		c.Providers = append(c.Providers, LocalProvider(i+1, provider.Honest))
	}
	for i, f := range o.Faulty {
		c.Providers = append(c.Providers, LocalProvider(MaxLocal+i+1, f))
	}
	for i := range c.Providers {
		c.Providers[i].Docker, c.Providers[i].DockerHost = o.Docker, o.DockerHost
	}
	for i := range o.Mediators {
		name := fmt.Sprintf("mediator-%d", i+1)
		c.Mediators = append(c.Mediators, MediatorConfig{Name: name, Key: LocalKey(name), Docker: o.Docker, DockerHost: o.DockerHost})
	}
	return c, nil
}

// LocalProvider configures the n-th provider of a local network. A faulty one
// is cheaper than all honest ones, so that it is the first to be chosen.
func LocalProvider(n int, fault provider.Fault) ProviderConfig {
	name := fmt.Sprintf("provider-%d", n)
	p := ProviderConfig{
		Name: name, Key: LocalKey(name), Deposit: 500 * lilypad.LILY, Faulty: fault,
		Offer: lilypad.Offer{Price: lilypad.LILY, MaxStake: 20 * lilypad.LILY, MaxTimeout: 3600, Slots: 8, Queue: 8},
	}
	if fault != provider.Honest {
		p.Offer.Price = lilypad.LILY * 9 / 10
	}
	return p
}

// Lock holds a data folder for one process.
type Lock struct{ f *flock.Flock }

// TryLock takes a data folder, which it makes if it must. held is false when
// another process has it.
func TryLock(dir string) (lock Lock, held bool, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Lock{}, false, &lilypad.Error{Code: lilypad.Conflict, Msg: "data folder", Remedy: "choose one that can be written to with --data", Err: err}
	}
	f := flock.New(filepath.Join(dir, "lock"))
	held, err = f.TryLock()
	if err != nil {
		return Lock{}, false, &lilypad.Error{Code: lilypad.Conflict, Msg: "data folder " + dir, Remedy: "choose one that can be written to with --data", Err: err}
	}
	return Lock{f}, held, nil
}

// Release lets the folder go.
func (l Lock) Release() error {
	if l.f == nil {
		return errors.New("not locked")
	}
	return l.f.Unlock()
}
