package node

import (
	"context"
	"log/slog"
	"math/big"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Installed lists the plugins that a process with these files has.
func Installed(files []PluginFile) ([]hostapi.Manifest, error) {
	s, err := newShelf(nil, files)
	if err != nil {
		return nil, err
	}
	var out []hostapi.Manifest
	for _, p := range s.all {
		out = append(out, p.manifest)
	}
	return out, nil
}

// FindPlugin returns the manifest of an installed plugin by hook and by name
// or digest.
func FindPlugin(files []PluginFile, hook hostapi.Hook, ref string) (hostapi.Manifest, error) {
	s, err := newShelf(nil, files)
	if err != nil {
		return hostapi.Manifest{}, err
	}
	p, err := s.find(hook, ref)
	return p.manifest, err
}

// Replay runs a stored transcript's scheme on it again. The result is nil when
// the output is, byte for byte, the recorded one.
func Replay(ctx context.Context, cacheDir string, files []PluginFile, f cases.File, log *slog.Logger) error {
	host, err := pluginhost.New(pluginhost.Config{CacheDir: cacheDir, Log: log})
	if err != nil {
		return err
	}
	defer host.Close()
	s, err := newShelf(host, files)
	if err != nil {
		return err
	}
	p, err := s.load(hostapi.HookMediate, f.Scheme.String(), nil)
	if err != nil {
		return err
	}
	return f.Transcript.Replay(ctx, scheme{post{hook: hostapi.HookMediate, configured: p}})
}

// OpenLedger connects to a network's settlement contract for one account, whose
// transactions an outbox keeps. The caller ends it with stop.
func OpenLedger(ctx context.Context, n Network, key wallet.Account, kept Outbox, log *slog.Logger) (l *evm.Ledger, stop func(), err error) {
	client, queue, stop, err := openQueue(ctx, n, key, kept, log)
	if err != nil {
		return nil, nil, err
	}
	l, err = openLedger(ctx, n, client, queue, log)
	if err != nil {
		stop()
		return nil, nil, err
	}
	return l, stop, nil
}

// ReadLedger connects to a network's settlement contract to read from it. The
// caller ends it with stop.
func ReadLedger(ctx context.Context, n Network, log *slog.Logger) (l *evm.Ledger, stop func(), err error) {
	client, err := chain.New(ctx, n.chain(log))
	if err != nil {
		return nil, nil, err
	}
	if l, err = openLedger(ctx, n, client, nil, log); err != nil {
		client.Close()
		return nil, nil, err
	}
	return l, client.Close, nil
}

func openLedger(ctx context.Context, n Network, client *chain.Client, queue *chain.Queue, log *slog.Logger) (*evm.Ledger, error) {
	return evm.New(ctx, evm.Config{Client: client, Queue: queue, Follower: n.follower(client, n.Settlement, log), Contract: n.Settlement})
}

// openQueue connects to a network's chain and sends for one account until stop.
// It claims no key: what a person sends goes through beside a daemon.
func openQueue(ctx context.Context, n Network, key wallet.Account, kept Outbox, log *slog.Logger) (*chain.Client, *chain.Queue, func(), error) {
	j, err := kept.open(ctx, n, key.Address())
	if err != nil {
		return nil, nil, nil, err
	}
	client, err := chain.New(ctx, n.chain(log))
	if err != nil {
		_ = j.Close()
		return nil, nil, nil, err
	}
	queue := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: j, Log: log})
	run, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { _ = queue.Run(run) }) // what fails is told to who sends
	return client, queue, func() { cancel(); running.Wait(); client.Close(); _ = j.Close() }, nil
}

// gasGift is what a funded account gets for its transactions, in wei, if it
// has less.
var gasGift = big.NewInt(1e18)

// Fund gives tokens of a local network to an account, and what its own
// transactions will cost.
func Fund(ctx context.Context, n Network, to lilypad.Address, amount lilypad.Amount, log *slog.Logger) (settlement.Tx, error) {
	if !n.Local() {
		return settlement.Tx{}, lilypad.Errorf(lilypad.Invalid, "network %s has no faucet", n.Name).Try("send LILY to %s", to)
	}
	client, queue, stop, err := openQueue(ctx, n, LocalKey("faucet"), "", log)
	if err != nil {
		return settlement.Tx{}, err
	}
	defer stop()
	has, err := client.Balance(ctx, to)
	if err != nil {
		return settlement.Tx{}, err
	}
	if has.Cmp(gasGift) < 0 {
		if _, err := queue.Send(ctx, chain.Call{To: to, Value: gasGift}); err != nil {
			return settlement.Tx{}, err
		}
	}
	l, err := openLedger(ctx, n, client, queue, log)
	if err != nil {
		return settlement.Tx{}, err
	}
	return l.Transfer(ctx, to, amount)
}

// Held is what an account has.
type Held struct {
	Address lilypad.Address `json:"address"`
	settlement.Account
	Allowed lilypad.Amount `json:"allowed"` // of the wallet, that the contract may take when the account deposits
	Gas     string         `json:"gas_wei"`
}

// Balance tells what an account holds.
func Balance(ctx context.Context, n Network, who lilypad.Address, log *slog.Logger) (Held, error) {
	out := Held{Address: who}
	client, err := chain.New(ctx, n.chain(log))
	if err != nil {
		return out, err
	}
	defer client.Close()
	l, err := evm.New(ctx, evm.Config{Client: client, Contract: n.Settlement})
	if err != nil {
		return out, err
	}
	if out.Account, err = l.Account(ctx, who); err != nil {
		return out, err
	}
	if out.Allowed, err = l.Allowance(ctx, who); err != nil {
		return out, err
	}
	wei, err := client.Balance(ctx, who)
	if err != nil {
		return out, err
	}
	out.Gas = wei.String()
	return out, nil
}
