package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

func (a *app) contractsCommand() *cobra.Command {
	group := &cobra.Command{
		Use: "contracts", Short: "Deploy a network's contracts, and check what lies on its chain", Example: "  lilypad contracts verify --network arbitrum-sepolia --rpc URL",
		Long: "Contracts come to lie where their code and what their constructors are told make\nthem, whoever deploys them, by CREATE2. A deployment is recorded in\ndeployments/CHAIN.json of the data folder, or comes with this release.",
	}
	deploy := &cobra.Command{
		Use: "deploy", Short: "Make the contracts that are not there yet, and record them",
		Long:    "Deploy may be repeated: what is on the chain already is left alone, so a run that\nwas cut short goes on where it stopped, and a second one sends nothing. It returns\nwhen all is final. A local network's contracts are deployed when it starts.",
		Example: "  lilypad contracts deploy --network arbitrum-sepolia --rpc URL --key 0x5aAe… \\\n    --sink 0xD1aa… --steward 0x90F8… --holder 0x8BA1… --supply 1000000000",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.contractsDeploy(cmd.Context()) },
	}
	f := deploy.Flags()
	keyFlag(deploy, "faucet")
	f.String("sink", "", "account that gets what no party may gain; its owner should run no solver and no mediator")
	f.String("steward", "", "account that keeps the list of modules")
	f.String("holder", "", "account that gets all LILY")
	f.String("supply", "1000000000", "LILY there will ever be")
	f.String("out", "", "folder of the record; empty: deployments in the data folder")
	f.Bool("replace", false, "deploy although the chain has a recorded deployment of other code or another plan")
	yesFlag(deploy, "do not ask before sending")
	verify := &cobra.Command{
		Use: "verify", Short: "Compare the code on the chain with this build, byte for byte",
		Long:    "Verify runs the constructors of this build as the chain ran them and compares what\nthey return with what lies at the recorded addresses. An address vouches for what\nits constructor was told: with anything else it would be another.",
		Example: "  lilypad contracts verify --network local", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.contractsVerify(cmd.Context()) },
	}
	addresses := &cobra.Command{
		Use: "addresses", Short: "Print where the contracts of a network lie",
		Example: "  lilypad contracts addresses --network local --json", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.contractsAddresses(cmd.Context()) },
	}
	group.AddCommand(deploy, verify, addresses)
	return group
}

// plan reads what the constructors are told. Where a record exists it is the
// default.
func (a *app) plan(n node.Network, records string) (evm.Plan, error) {
	var p evm.Plan
	if old, err := node.ReadDeployment(n, records); err == nil {
		p = old.Plan
	} else if lilypad.CodeOf(err) != lilypad.NotFound {
		return p, err
	}
	for flag, to := range map[string]*lilypad.Address{"sink": &p.Sink, "steward": &p.Steward, "holder": &p.Holder} {
		text := a.v.GetString(flag)
		if text == "" {
			continue
		}
		var err error
		if *to, err = lilypad.ParseAddress(text); err != nil {
			return p, fmt.Errorf("--%s: %w", flag, err)
		}
	}
	var err error
	if p.Supply == 0 || a.v.IsSet("supply") {
		p.Supply, err = lilypad.ParseAmount(a.v.GetString("supply"))
	}
	return p, err
}

func (a *app) contractsDeploy(ctx context.Context) error {
	n, err := a.network()
	if err != nil {
		return err
	}
	records := or(a.v.GetString("out"), a.records())
	plan, err := a.plan(n, records)
	if err != nil {
		return err
	}
	d, err := node.PlanDeployment(n, plan)
	if err != nil {
		return err
	}
	key, err := a.key(ctx, a.v.GetString("key"))
	if err != nil {
		return err
	}
	log, err := a.logger()
	if err != nil {
		return err
	}
	if err := a.confirm(n, fmt.Sprintf("This deploys %d contracts on chain %d from %s.", len(d.Contracts), n.ChainID, key.Address()),
		fmt.Sprintf("Sink %s, steward %s, %s LILY to %s.", d.Plan.Sink, d.Plan.Steward, d.Plan.Supply, d.Plan.Holder)); err != nil {
		return err
	}
	err = node.Deploy(ctx, n, d, node.DeployOptions{
		Key: key, Records: records, Replace: a.v.GetBool("replace"), Log: log,
		Progress: func(c evm.Contract) {
			if c.Tx.IsZero() {
				a.Step("%s is at %s", c.Name, c.Address)
			} else {
				a.Step("%s is at %s, made by %s in block %d", c.Name, c.Address, c.Tx, c.Block)
			}
		},
		Wait: func(missing uint64) { a.Step("waiting until it is final: %d blocks", missing) },
	})
	if err != nil {
		return err
	}
	return a.showDeployment(d)
}

func (a *app) contractsVerify(ctx context.Context) error {
	log, err := a.logger()
	if err != nil {
		return err
	}
	return a.onNetwork(ctx, func(n node.Network) error {
		d, err := node.Verify(ctx, n, a.records(), log)
		if err != nil {
			return err
		}
		return a.showDeployment(d)
	})
}

func (a *app) contractsAddresses(ctx context.Context) error {
	return a.onNetwork(ctx, func(n node.Network) error {
		d, err := node.ReadDeployment(n, a.records())
		if err != nil {
			return err
		}
		return a.showDeployment(d)
	})
}

func (a *app) showDeployment(d evm.Deployment) error {
	return a.Result(d, func() {
		var rows [][]string
		for _, c := range d.Contracts {
			rows = append(rows, []string{c.Name, c.Address.String(), c.CodeHash.String()})
		}
		a.Table([]string{"contract", "address", "hash of its code"}, rows)
	})
}
