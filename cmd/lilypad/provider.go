package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

func (a *app) providerCommand() *cobra.Command {
	cmd := a.role("provider", "Run a provider: offer this machine and run jobs",
		"  lilypad provider --network ./chain/network.json --data ./provider-1 --key provider-1 --price 1",
		func(cmd *cobra.Command) {
			f := cmd.Flags()
			keyFlag(cmd, "provider-1")
			modelFlags(cmd)
			f.String("price", "1", "price of a job, in LILY")
			f.Uint32("slots", 4, "jobs at once")
			f.Uint32("queue", 8, "jobs that may wait beyond that")
			f.String("deposit", "500", "LILY to keep in the settlement contract for stakes")
			f.String("max-stake", "20", "the largest stake to lock in one deal, in LILY")
			f.Uint32("max-timeout", 3600, "the longest job to take, in seconds")
			f.Uint64("max-input", 10_000, "the most that a job's input files may have, in MB; never more than the disk has room for")
			f.Bool("pull", false, "fetch images from their registries, and models, for jobs")
			f.StringArray("pre-pull", nil, "fetch the image and the models of a module before its jobs, such as cowsay:v0.0.4, also without --pull (repeatable)")
			f.Bool("registry-login", false, "fetch them with what docker login stored: whoever orders may run the images that it opens")
			f.Bool("allow-network", false, "give jobs that ask for it the network (Docker)")
			f.String("region", "", "where the machine is, as jobs may ask for it")
			f.String("docker", "", "on, off, or empty for auto: use of a Docker engine")
			f.String("docker-host", "", "address of the Docker engine")
			f.String("docker-runtime", "", "OCI runtime of the engine for jobs, such as runsc; empty: the engine's default")
			f.StringArray("driver", nil, "run the jobs of an engine in another program: ENGINE=PATH, or ENGINE=PATH@sha256:DIGEST (repeatable)")
			f.String("faulty", "", "misbehave: wrong-answer, wrong-step, late, silent, vanish or withhold (local network only)")
		},
		func(ctx context.Context, c *node.Config) error {
			p, err := a.providerConfig(ctx)
			c.Providers = []node.ProviderConfig{p}
			return err
		})
	cmd.AddCommand(a.initCommand(), a.drainCommand())
	return cmd
}

func (a *app) providerConfig(ctx context.Context) (p node.ProviderConfig, err error) {
	v := a.v
	p = node.ProviderConfig{Name: "provider", Docker: node.DockerMode(v.GetString("docker")), DockerHost: v.GetString("docker-host")}
	if p.Key, err = a.key(ctx, v.GetString("key")); err != nil {
		return p, err
	}
	p.Offer = lilypad.Offer{
		Slots: v.GetUint32("slots"), Queue: v.GetUint32("queue"), MaxTimeout: lilypad.Seconds(v.GetUint32("max-timeout")),
		Network: v.GetBool("allow-network"), Region: v.GetString("region"),
	}
	p.PrePull = v.GetStringSlice("pre-pull")
	p.Login, p.Runtime = v.GetBool("registry-login"), v.GetString("docker-runtime")
	p.Pull, p.MaxInput = v.GetBool("pull"), v.GetUint64("max-input")*1_000_000
	if p.MaxInput == 0 {
		return p, lilypad.Errorf(lilypad.Invalid, "a provider takes some input: its module's template at least").Try("--max-input 1")
	}
	for _, s := range v.GetStringSlice("driver") {
		d, err := node.ParseDriver(s)
		if err != nil {
			return p, err
		}
		p.Drivers = append(p.Drivers, d)
	}
	for flag, to := range map[string]*lilypad.Amount{"price": &p.Offer.Price, "deposit": &p.Deposit, "max-stake": &p.Offer.MaxStake} {
		if *to, err = lilypad.ParseAmount(v.GetString(flag)); err != nil {
			return p, err
		}
	}
	if p.Offer.Price%2 != 0 {
		return p, lilypad.Errorf(lilypad.Invalid, "a price must be an even number of micro-LILY").Try("--price %s", p.Offer.Price+1)
	}
	if name := v.GetString("faulty"); name != "" {
		p.Faulty, err = provider.ParseFault(name)
	}
	return p, err
}
