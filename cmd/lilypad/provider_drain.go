package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func (a *app) drainCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "drain", Short: "Have a provider take no new jobs, so that it can be stopped without losing any", Args: noArgs,
		Long: `Drain takes the offer of the provider with this data folder off the solver's
book. Jobs that it has taken run on and are paid; new ones go to others, or wait.
It holds over restarts, until --undo. A provider that does not run will start so.`,
		Example: `  lilypad provider drain --data ./provider-1
  lilypad provider drain --data ./provider-1 --wait && systemctl stop lilypad-provider
  lilypad provider drain --data ./provider-1 --undo`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.drain(cmd.Context()) },
	}
	cmd.Flags().Bool("undo", false, "take new jobs again")
	cmd.Flags().Bool("wait", false, "return when nothing is left to do and all is paid")
	return cmd
}

// drained is where a provider stands.
type drained struct {
	State   string `json:"state"`   // serving, draining or drained
	Running bool   `json:"running"` // whether its process does
	node.ProviderReport
}

func newDrained(r node.ProviderReport, running bool) drained {
	d := drained{"serving", running, r}
	switch {
	case r.Drained:
		d.State = "drained"
	case r.Draining:
		d.State = "draining"
	}
	return d
}

func (a *app) drain(ctx context.Context) error {
	dir, on, wait := a.v.GetString("data"), !a.v.GetBool("undo"), a.v.GetBool("wait")
	if wait && !on {
		return lilypad.Errorf(lilypad.Invalid, "with --undo there is nothing to wait for").Try("leave --wait out")
	}
	if err := node.SetDrain(dir, on); err != nil {
		return err
	}
	now, err := a.heeded(ctx, dir, on)
	if err == nil && wait {
		now, err = a.awaitDrained(ctx, dir, now)
	}
	if err != nil {
		return err
	}
	return a.Result(now, func() { a.printDrained(now) })
}

// heedWithin is how long a running provider may take to see what it is asked.
const heedWithin = 15 * time.Second

// heeded waits until the process, if one runs, has seen what it is asked.
func (a *app) heeded(ctx context.Context, dir string, on bool) (now drained, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, heedWithin, lilypad.Errorf(lilypad.Unavailable, "the provider does not see what it is asked").Try("start it again"))
	defer cancel()
	if e := node.FollowFolder(ctx, dir, func() bool {
		var r node.ProviderReport
		r, err = node.ReadProviderReport(dir)
		switch now = newDrained(r, true); lilypad.CodeOf(err) {
		case lilypad.Unavailable: // it begins
			return true
		case lilypad.NotFound:
			now, err = newDrained(node.ProviderReport{Draining: on}, false), nil
			return false
		}
		return err == nil && r.Draining != on
	}); e != nil {
		return now, context.Cause(ctx)
	}
	return now, err
}

// awaitDrained follows a provider until it has nothing to do.
func (a *app) awaitDrained(ctx context.Context, dir string, now drained) (drained, error) {
	if !now.Running {
		return now, lilypad.Errorf(lilypad.Unavailable, "no provider runs with the data folder %s, so what it has taken is not ended", dir).Try("start it: it will take no new jobs")
	}
	var failed error
	told := -1
	err := node.FollowFolder(ctx, dir, func() bool {
		r, err := node.ReadProviderReport(dir)
		if failed = err; err != nil {
			return lilypad.CodeOf(err) == lilypad.Unavailable // it ends
		}
		now = newDrained(r, true)
		left := 0
		for _, p := range r.Providers {
			left += len(p.Duties)
		}
		if told != left && !r.Drained {
			told = left
			a.Step("%d deals are not paid or decided yet", left)
		}
		return !r.Drained && r.Draining
	})
	switch {
	case err != nil: // Ctrl-C
		a.Step("it drains on; lilypad provider drain --undo has it take jobs again")
		return now, err
	case lilypad.CodeOf(failed) == lilypad.NotFound:
		return now, lilypad.Errorf(lilypad.Unavailable, "the provider was stopped before it was drained").Try("start it again: it ends what it has taken and takes no new jobs")
	case failed == nil && !now.Draining:
		return now, lilypad.Errorf(lilypad.Conflict, "somebody has the provider take jobs again").Try("lilypad provider drain --wait")
	}
	return now, failed
}

func (a *app) printDrained(d drained) {
	if !d.Running {
		a.Line(map[bool]string{true: "draining", false: "serving"}[d.Draining], "the provider does not run; it will do so when it is started")
		return
	}
	var rows [][]string
	for _, p := range d.Providers {
		for _, duty := range p.Duties {
			rows = append(rows, []string{cli.Short(duty.Job), duty.Stage, duty.Module, p.Name})
		}
	}
	switch d.State {
	case "drained":
		a.Line(d.State, "it has nothing to do and takes no new jobs: it can be stopped")
	case "draining":
		a.Line(d.State, "it takes no new jobs; %d deals are not paid or decided yet", len(rows))
	default:
		a.Line(d.State, "it takes new jobs")
	}
	if d.State == "draining" && len(rows) > 0 {
		a.Table([]string{"job", "stage", "module", "provider"}, rows)
	}
}
