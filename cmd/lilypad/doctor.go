package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func (a *app) doctorCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "doctor", Short: "Check this machine and its network, and say how to mend each finding", Example: "  lilypad doctor", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context()) },
	}
	cmd.Flags().String("docker-host", "", "address of the Docker engine")
	return cmd
}

func (a *app) doctor(ctx context.Context) error {
	log, err := a.logger()
	if err != nil {
		return err
	}
	n, err := a.network()
	checks := node.Doctor(ctx, node.DoctorConfig{
		Dir: a.v.GetString("data"), Network: n, NoNetwork: err, DockerHost: a.v.GetString("docker-host"), Now: time.Now, Logger: log,
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
