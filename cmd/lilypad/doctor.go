package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func (a *app) doctorCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "doctor", Short: "Check this machine and its network, and say how to mend each finding", Args: noArgs,
		Long: `Doctor looks at the data folder's disk, the Docker engine and what it can bound,
GPUs, addresses to listen on, the chain, this machine's clock, the funds of an
account, and the solver. With --config it checks for the role that the file is
of. Nothing is changed. It fails when something is broken.`,
		Example: "  lilypad doctor\n  lilypad doctor --config provider.yaml\n  lilypad doctor --listen 127.0.0.1:8850 --json",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context()) },
	}
	cmd.Flags().String("docker", "", "on, off, or empty for auto: use of a Docker engine")
	cmd.Flags().String("docker-host", "", "address of the Docker engine")
	cmd.Flags().String("key", "", "account whose funds to look at: a name of the local network, or an address")
	cmd.Flags().String("listen", "", "address that a role will listen on")
	metricsFlag(cmd)
	return cmd
}

func (a *app) doctor(ctx context.Context) error {
	log, err := a.logger()
	if err != nil {
		return err
	}
	who, err := accountName(a.v.GetString("key"))
	if err != nil {
		return err
	}
	listen := map[string]string{}
	for _, flag := range []string{"listen", "metrics"} {
		if addr := a.v.GetString(flag); addr != "" {
			listen["--"+flag] = addr
		}
	}
	n, err := a.network()
	checks := node.Doctor(ctx, node.DoctorConfig{
		Dir: a.v.GetString("data"), Network: n, NoNetwork: err,
		Docker: node.DockerMode(a.v.GetString("docker")), DockerHost: a.v.GetString("docker-host"),
		Key: who, Listen: listen, Now: time.Now, Logger: log,
	})
	bad := 0
	for _, c := range checks {
		if c.State == node.Broken {
			bad++
		}
	}
	if err := a.Result(checks, func() {
		var rows [][]string
		for _, c := range checks {
			rows = append(rows, []string{c.Name, string(c.State), c.Finding, c.Remedy})
		}
		a.Table([]string{"check", "state", "finding", "try"}, rows)
	}); err != nil {
		return err
	}
	if bad > 0 {
		return cli.Exit(1)
	}
	return nil
}

// accountName is the address that --key names, which needs no password; zero
// when it names none.
func accountName(name string) (who lilypad.Address, err error) {
	if name == "" {
		return who, nil
	}
	if slices.Contains(node.LocalNames(), name) {
		return node.LocalKey(name).Address(), nil
	}
	if who, err = lilypad.ParseAddress(name); err != nil {
		return who, lilypad.Errorf(lilypad.NotFound, "no account %.60q", name).Try("use creator, provider-1, mediator-1 … on a local network, or an address of lilypad wallet list")
	}
	return who, nil
}
