package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

func (a *app) upCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "up",
		Short: "Keep a local network running: chain, contracts, solver, providers, mediators, creator",
		Long: `Up runs a whole market in one process until Ctrl-C. lilypad run in another
terminal joins it. --faulty adds a provider that misbehaves, to watch a cheat
being caught; it is marked FAULTY everywhere and exists on local networks only.`,
		Example: "  lilypad up\n  lilypad up --providers 5 --faulty wrong-answer\n  lilypad up --plugin match=best-fit",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.up(cmd.Context()) },
	}
	f := cmd.Flags()
	f.Int("providers", 2, "honest providers")
	f.Int("mediators", 3, "mediators")
	f.StringSlice("faulty", nil, "add a provider that misbehaves: wrong-answer, wrong-step, late, silent, vanish or withhold (repeatable)")
	f.String("listen", "127.0.0.1:0", "address of the solver")
	f.Int("port", 0, "port of the chain; 0: any")
	f.String("docker", "", "on, off, or empty for auto: use of a Docker engine")
	f.String("docker-host", "", "address of the Docker engine")
	modelFlags(cmd)
	pluginFlag(cmd)
	mirrorFlag(cmd)
	hostFlags(cmd)
	keepFlags(cmd)
	metricsFlag(cmd)
	return cmd
}

// metricsFlag is of every command that runs a node.
func metricsFlag(cmd *cobra.Command) {
	cmd.Flags().String("metrics", "", "serve Prometheus metrics at this host:port, such as 127.0.0.1:9464")
}

func (a *app) up(ctx context.Context) error {
	if !a.local() {
		return lilypad.Errorf(lilypad.Invalid, "up runs networks of one machine only").Try("lilypad provider --network %s, or another role", a.v.GetString("network"))
	}
	url, err := a.devChain()
	if err != nil {
		return err
	}
	o := node.LocalOptions{
		Chain:     url,
		Providers: a.v.GetInt("providers"), Mediators: a.v.GetInt("mediators"), Listen: a.v.GetString("listen"), Port: a.v.GetInt("port"),
		Docker: node.DockerMode(a.v.GetString("docker")), DockerHost: a.v.GetString("docker-host"),
	}
	for _, name := range a.v.GetStringSlice("faulty") {
		fault, err := provider.ParseFault(name)
		if err != nil {
			return err
		}
		o.Faulty = append(o.Faulty, fault)
	}
	cfg, err := node.Local(a.localDir(), o)
	if err != nil {
		return err
	}
	return a.daemon(ctx, cfg, func(n *node.Node) {
		a.Line("network", "%s, chain %d at %s", n.Network.Name, n.Network.ChainID, n.Network.RPC)
		a.Line("solver", "%s", n.Network.SolverURL)
		for _, p := range n.Providers {
			a.Line("provider", "%s %s%s", p.Name, p.Key.Address(), mark(p.Faulty))
		}
		for _, m := range n.Mediators {
			a.Line("mediator", "%s %s", m.Name, m.Key.Address())
		}
		a.Line("ready", "lilypad run cowsay:v0.0.4 -i Message=hello   (Ctrl-C stops the network)")
	})
}

func mark(f provider.Fault) string {
	if f == provider.Honest {
		return ""
	}
	return fmt.Sprintf(" FAULTY: %s", strings.ToUpper(string(f)))
}

// daemon runs a configuration under its folder's lock until ctx ends.
func (a *app) daemon(ctx context.Context, cfg node.Config, ready func(*node.Node)) (err error) {
	if err := ensurePrivate(cfg.Dir); err != nil {
		return err
	}
	lock, held, err := node.TryLock(cfg.Dir)
	if err != nil {
		return err
	}
	if !held {
		return lilypad.Errorf(lilypad.Conflict, "another process uses the data folder %s", cfg.Dir).Try("stop it, or choose another folder with --data")
	}
	defer lock.Release() //nolint:errcheck // the process ends and with it the lock
	if err := a.apply(&cfg); err != nil {
		return err
	}
	n, err := node.Start(ctx, cfg)
	if err != nil {
		return err
	}
	ready(n)
	if n.MetricsURL != "" {
		a.Line("metrics", "%s", n.MetricsURL)
	}
	select {
	case <-ctx.Done():
		a.Step("stopping; jobs under way are taken up again at the next start")
	case <-n.Done():
	}
	return n.Close()
}

func (a *app) devchainCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "devchain", Short: "Run only the local chain with the contracts",
		Long:    "Devchain runs a chain for one machine and deploys the contracts. It writes\n" + node.NetworkFile + " into its data folder, which other roles read with --network.\nWith --network dev it deploys them on a development chain that runs already.",
		Example: "  lilypad devchain --data ./chain --port 8545",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !a.local() {
				return lilypad.Errorf(lilypad.Invalid, "devchain is for networks of one machine").Try("lilypad contracts deploy --network %s", a.v.GetString("network"))
			}
			url, err := a.devChain()
			if err != nil {
				return err
			}
			cfg := node.Config{Dir: a.v.GetString("data")}
			cfg.Network, cfg.DevChain = node.LocalChain(a.v.GetInt("mediators"), url, a.v.GetInt("port"))
			if url := a.v.GetString("solver-url"); url != "" {
				cfg.Network.SolverURL = url
			}
			return a.daemon(cmd.Context(), cfg, func(n *node.Node) {
				a.Line("chain", "%d at %s", n.Network.ChainID, n.Network.RPC)
				a.Line("contract", "%s", n.Network.Settlement)
				a.Line("network", "%s", filepath.Join(cfg.Dir, node.NetworkFile))
			})
		},
	}
	cmd.Flags().Int("port", 8545, "port of the chain; 0: any")
	cmd.Flags().Int("mediators", 3, "mediators of the panel")
	cmd.Flags().String("solver-url", "http://127.0.0.1:8850", "where the network's solver will be")
	return cmd
}

// role makes the command of one daemon on an existing network.
func (a *app) role(use, short, example string, flags func(*cobra.Command), configure func(context.Context, *node.Config) error) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Example: example, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			n, err := a.network()
			if err != nil {
				return err
			}
			cfg := node.Config{Dir: a.v.GetString("data"), Network: n}
			if err := configure(cmd.Context(), &cfg); err != nil {
				return err
			}
			return a.daemon(cmd.Context(), cfg, func(n *node.Node) {
				a.Line("network", "%s, chain %d", n.Network.Name, n.Network.ChainID)
				switch {
				case n.Solver != nil:
					a.Line(use, "%s at %s", n.Solver.Key.Address(), n.Network.SolverURL)
				case n.Creator != nil:
					a.Line(use, "%s at %s", n.Creator.Key.Address(), n.Network.CreatorURL)
				case len(n.Providers) > 0:
					a.Line(use, "%s%s", n.Providers[0].Key.Address(), mark(n.Providers[0].Faulty))
					if node.Draining(n.Dir) {
						a.Line("drained", "it takes no new jobs until lilypad provider drain --undo --data %s", n.Dir)
					}
				default:
					a.Line(use, "%s", n.Mediators[0].Key.Address())
				}
			})
		},
	}
	flags(cmd)
	pluginFlag(cmd)
	mirrorFlag(cmd)
	hostFlags(cmd)
	keepFlags(cmd)
	metricsFlag(cmd)
	return cmd
}

func (a *app) solverCommand() *cobra.Command {
	return a.role("solver", "Run a solver: match jobs and offers, open and settle deals",
		"  lilypad solver --network ./chain/network.json --data ./solver --listen 127.0.0.1:8850",
		func(cmd *cobra.Command) {
			cmd.Flags().String("listen", "127.0.0.1:8850", "address of its API")
			cmd.Flags().String("ether-price", "0", "what an ether is worth, in LILY: deals whose fee does not pay their gas wait (0: open all)")
			keyFlag(cmd, "solver")
		},
		func(ctx context.Context, c *node.Config) error {
			key, err := a.key(ctx, a.v.GetString("key"))
			if err != nil {
				return err
			}
			ether, err := lilypad.ParseAmount(a.v.GetString("ether-price"))
			c.Solver = &node.SolverConfig{Key: key, Listen: a.v.GetString("listen"), EtherPrice: ether}
			return err
		})
}

func (a *app) mediatorCommand() *cobra.Command {
	return a.role("mediator", "Run a mediator: settle doubts about results",
		"  lilypad mediator --network ./chain/network.json --data ./mediator-1 --key mediator-1",
		func(cmd *cobra.Command) {
			keyFlag(cmd, "mediator-1")
			modelFlags(cmd)
			cmd.Flags().String("docker", "", "on, off, or empty for auto: use of a Docker engine")
			cmd.Flags().String("docker-host", "", "address of the Docker engine")
		},
		func(ctx context.Context, c *node.Config) error {
			key, err := a.key(ctx, a.v.GetString("key"))
			c.Mediators = []node.MediatorConfig{{Name: "mediator", Key: key, Docker: node.DockerMode(a.v.GetString("docker")), DockerHost: a.v.GetString("docker-host")}}
			return err
		})
}

func (a *app) creatorCommand() *cobra.Command {
	return a.role("creator", "Run a creator: a service that orders jobs for you",
		"  lilypad creator --network ./chain/network.json --data ./creator --listen 127.0.0.1:8860",
		func(cmd *cobra.Command) {
			cmd.Flags().String("listen", "127.0.0.1:8860", "address of its API")
			keyFlag(cmd, "creator")
			yesFlag(cmd, "sign offers without asking; set limits with lilypad wallet limits first")
			cmd.Flags().String("deposit", "500", "LILY to keep in the settlement contract")
		},
		func(ctx context.Context, c *node.Config) error {
			key, err := a.askingKey(ctx, c.Network)
			if err != nil {
				return err
			}
			deposit, err := lilypad.ParseAmount(a.v.GetString("deposit"))
			c.Creator = &node.CreatorConfig{Key: key, Listen: a.v.GetString("listen"), Deposit: deposit}
			return err
		})
}
