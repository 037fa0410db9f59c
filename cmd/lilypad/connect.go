package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// market is a connection to a running network.
type market struct {
	network node.Network
	creator *api.CreatorClient // one's own
	solver  *api.SolverClient
	key     wallet.Account
	node    *node.Node // if this process runs it
}

// close stops what this process started.
func (m *market) close() error {
	if m.node == nil {
		return nil
	}
	return m.node.Close()
}

// joinFlags let a command name the creator to talk to.
func joinFlags(cmd *cobra.Command) {
	cmd.Flags().String("creator-url", "", "the creator's address, where it is not the local network's")
	keyFlag(cmd, "creator")
}

// join connects to the network that was asked for. The local one is started in
// this process if it does not run and start is set.
func (a *app) join(ctx context.Context, start bool) (*market, error) {
	key, err := a.key(ctx, a.v.GetString("key"))
	if err != nil {
		return nil, err
	}
	return a.joinAs(ctx, key, start)
}

// joinAs is join for a key.
func (a *app) joinAs(ctx context.Context, key wallet.Account, start bool) (*market, error) {
	if !a.local() {
		n, err := a.network()
		if err != nil {
			return nil, err
		}
		return a.connect(n, key)
	}
	if err := ensurePrivate(a.v.GetString("data")); err != nil {
		return nil, err
	}
	lock, held, err := node.TryLock(a.localDir())
	if err != nil {
		return nil, err
	}
	if !held {
		return a.joinLocal(ctx, key)
	}
	if !start {
		_ = lock.Release()
		return nil, lilypad.Errorf(lilypad.Unavailable, "the local network does not run").Try("lilypad up")
	}
	url, err := a.devChain()
	if err != nil {
		return nil, err
	}
	cfg, err := node.Local(a.localDir(), node.LocalOptions{Chain: url, Providers: 2, Mediators: 3, Docker: node.DockerMode(a.v.GetString("docker")), DockerHost: a.v.GetString("docker-host")})
	if err != nil {
		return nil, err
	}
	if err := a.apply(&cfg); err != nil {
		return nil, err
	}
	a.Step("starting a local network in this process (lilypad up keeps one running)")
	n, err := node.Start(ctx, cfg)
	if err != nil {
		return nil, err
	}
	m, err := a.connect(n.Network, key)
	m.node = n
	return m, err
}

// joinWithin is how long another process may take to start its network.
const joinWithin = 20 * time.Second

// joinLocal waits until the process that holds the local network serves it.
func (a *app) joinLocal(ctx context.Context, key wallet.Account) (*market, error) {
	if plugins := a.v.GetStringSlice("plugin"); len(plugins) > 0 {
		return nil, lilypad.Errorf(lilypad.Conflict, "the local network runs in another process, which does not have %s", plugins[0]).
			Try("stop it and start it with: lilypad up --plugin %s", plugins[0])
	}
	path := filepath.Join(a.localDir(), node.NetworkFile)
	ctx, cancel := context.WithTimeout(ctx, joinWithin)
	defer cancel()
	changes, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	defer changes.Close()
	if err := changes.Add(a.localDir()); err != nil {
		return nil, err
	}
	for {
		n, err := node.ReadNetwork(path)
		if err == nil && n.SolverURL != "" && n.CreatorURL != "" {
			m, _ := a.connect(n, key)
			if _, err = m.solver.Network(ctx); err == nil {
				return m, nil
			}
		}
		select {
		case <-ctx.Done():
			return nil, lilypad.Errorf(lilypad.Unavailable, "another process holds the local network but does not answer").
				Try("end it, or use another folder with --data")
		case <-changes.Events: // its process rewrites the file when it serves
		case <-time.After(joinAgain):
		}
	}
}

// joinAgain is the safety net under a file that nobody rewrites.
const joinAgain = 5 * time.Second

func (a *app) connect(n node.Network, key wallet.Account) (*market, error) {
	url := or(a.v.GetString("creator-url"), n.CreatorURL)
	m := &market{network: n, key: key, solver: api.NewSolverClient(n.SolverURL, n.Solver, key), creator: api.NewCreatorClient(url, key)}
	return m, nil
}

func ensurePrivate(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "data folder", Remedy: "choose one that can be written to with --data", Err: err}
	}
	return nil
}
