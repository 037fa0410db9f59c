package main

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// history reads jobs, from a running creator or from what it has stored.
type history interface {
	Reports(ctx context.Context) ([]api.Report, error)
	Report(ctx context.Context, id lilypad.JobID) (api.Report, error)
}

// past opens a history and the store with the results. The caller calls done.
func (a *app) past(ctx context.Context) (h history, blobs storage.Getter, done func() error, err error) {
	nothing := func() error { return nil }
	if a.local() && a.v.GetString("creator-url") == "" {
		lock, held, err := node.TryLock(a.localDir())
		if err != nil {
			return nil, nil, nothing, err
		}
		if held {
			archive, err := node.OpenArchive(ctx, a.localDir())
			if err != nil {
				_ = lock.Release()
				return nil, nil, nothing, err
			}
			return archive, archive.Store, func() error { _ = archive.Close(); return lock.Release() }, nil
		}
	}
	m, err := a.join(ctx, false)
	if err != nil {
		return nil, nil, nothing, err
	}
	return m.creator, m.creator, m.close, nil
}

func (a *app) jobCommand() *cobra.Command {
	group := &cobra.Command{Use: "job", Short: "Look at and cancel jobs", Example: "  lilypad job list\n  lilypad job show 0x4d39"}
	list := &cobra.Command{
		Use: "list", Short: "List your jobs, newest first", Example: "  lilypad job list --json", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.jobList(cmd.Context()) },
	}
	show := &cobra.Command{
		Use: "show JOB", Short: "Tell how a job stands", Example: "  lilypad job show 0x4d39", Args: oneArg("JOB", "lilypad job list"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.jobShow(cmd.Context(), args[0]) },
	}
	logs := &cobra.Command{
		Use: "logs JOB", Short: "Print what a job printed, or is printing", Example: "  lilypad job logs 0x4d39", Args: oneArg("JOB", "lilypad job list"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.jobLogs(cmd.Context(), args[0]) },
	}
	cancel := &cobra.Command{
		Use: "cancel JOB", Short: "Withdraw a job that is not open yet", Example: "  lilypad job cancel 0x4d39", Args: oneArg("JOB", "lilypad job list"),
		Long: "Cancel withdraws the offer of a job that waits for a provider. Once its deal is\nopen the money is locked: it is paid for the result, or comes back at the deadline.",
		RunE: func(cmd *cobra.Command, args []string) error { return a.jobCancel(cmd.Context(), args[0]) },
	}
	why := &cobra.Command{
		Use: "why JOB", Short: "Tell why a job is not matched, rule by rule, and what would match", Example: "  lilypad job why 0x4d39", Args: oneArg("JOB", "lilypad job list"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.jobWhy(cmd.Context(), args[0]) },
	}
	group.AddCommand(list, show, logs, cancel, why)
	for _, c := range group.Commands() {
		joinFlags(c)
	}
	return group
}

func (a *app) jobList(ctx context.Context) error {
	h, _, done, err := a.past(ctx)
	if err != nil {
		return err
	}
	defer done() //nolint:errcheck // read only: closing can lose nothing
	reports, err := h.Reports(ctx)
	if err != nil {
		return err
	}
	return a.Result(reports, func() {
		var rows [][]string
		for _, r := range reports {
			rows = append(rows, []string{cli.Short(r.Job), r.Module.Name, r.State, r.Price.String(), time.Unix(r.Created, 0).Format("2006-01-02 15:04")})
		}
		a.Table([]string{"job", "module", "state", "LILY", "ordered"}, rows)
	})
}

// find returns the job whose id begins with prefix.
func find(ctx context.Context, h history, prefix string) (api.Report, error) {
	if id, err := lilypad.ParseJobID(prefix); err == nil {
		return h.Report(ctx, id)
	}
	reports, err := h.Reports(ctx)
	if err != nil {
		return api.Report{}, err
	}
	prefix, _, _ = strings.Cut(prefix, "…")
	var found []api.Report
	for _, r := range reports {
		if len(prefix) > 2 && strings.HasPrefix(r.Job.String(), prefix) {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		return api.Report{}, lilypad.Errorf(lilypad.NotFound, "%d jobs have an id that begins with %.70q", len(found), prefix).Try("lilypad job list")
	}
	return found[0], nil
}

func (a *app) jobShow(ctx context.Context, prefix string) error {
	h, _, done, err := a.past(ctx)
	if err != nil {
		return err
	}
	defer done() //nolint:errcheck // read only: closing can lose nothing
	r, err := find(ctx, h, prefix)
	if err != nil {
		return err
	}
	return a.Result(r, func() {
		a.Line("job", "%s", r.Job)
		a.Line("module", "%s %s", r.Module.Name, or(r.Module.Commit, r.Module.Digest))
		a.Line("state", "%s%s", money(r), suffix(r.Reason))
		a.Line("verified", "by %s and %s%s", r.Scheme, r.Comparator, suffix(r.Review))
		if r.ExitCode != nil {
			a.Line("exit code", "%d%s", *r.ExitCode, ending(r))
		}
		a.Line("cost", "%s LILY", r.Cost.Total)
		a.deals(r)
	})
}

// ending tells how the run of a job ended.
func ending(r api.Report) string {
	if r.Outputs == nil {
		return ""
	}
	return ", " + r.Outputs.Status.String()
}

func (a *app) deals(r api.Report) {
	var rows [][]string
	for _, d := range r.Deals {
		kind := "job"
		if d.Replica {
			kind = "replica"
		}
		if d.Faulty != "" {
			kind += " FAULTY: " + d.Faulty
		}
		provider := "-"
		if !d.Provider.IsZero() {
			provider = d.Provider.String()
		}
		rows = append(rows, []string{cli.Short(d.Job), provider, d.Price.String(), d.State, kind})
	}
	a.Table([]string{"deal of job", "provider", "LILY", "state", ""}, rows)
}

func (a *app) jobLogs(ctx context.Context, prefix string) error {
	h, blobs, done, err := a.past(ctx)
	if err != nil {
		return err
	}
	defer done() //nolint:errcheck // read only: closing can lose nothing
	r, err := find(ctx, h, prefix)
	if err != nil {
		return err
	}
	out, errs := &cli.Terminal{W: a.Out}, &cli.Terminal{W: a.Err}
	if creator, live := h.(*api.CreatorClient); live && !r.Done {
		return streamLogs(ctx, creator, r.Job, out, errs)
	}
	if r.Result.IsZero() {
		return lilypad.Errorf(lilypad.NotFound, "job %s left no result: it is %s", r.Job, r.State)
	}
	for name, w := range map[string]*cli.Terminal{bundle.Stdout: out, bundle.Stderr: errs} {
		text, _, err := bundle.OpenOutput(ctx, blobs, r.Result, name)
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, text); err != nil {
			return err
		}
	}
	return nil
}

func streamLogs(ctx context.Context, c *api.CreatorClient, id lilypad.JobID, out, errs *cli.Terminal) error {
	for e, err := range c.Watch(ctx, id) {
		if err != nil {
			return nil // the job is done
		}
		var chunk api.LogChunk
		if e.Kind != api.EventLog || json.Unmarshal(e.Data, &chunk) != nil {
			continue
		}
		w := out
		if chunk.Stream == bundle.Stderr {
			w = errs
		}
		if _, err := w.Write(chunk.Data); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) jobCancel(ctx context.Context, prefix string) error {
	m, err := a.join(ctx, false)
	if err != nil {
		return err
	}
	r, err := find(ctx, m.creator, prefix)
	if err != nil {
		return err
	}
	if r, err = m.creator.Cancel(ctx, r.Job); err != nil {
		return err
	}
	return a.Result(r, func() { a.Line("job", "%s is %s", r.Job, r.State) })
}

func (a *app) jobWhy(ctx context.Context, prefix string) error {
	m, err := a.join(ctx, false)
	if err != nil {
		return err
	}
	r, err := find(ctx, m.creator, prefix)
	if err != nil {
		return err
	}
	w, err := m.creator.Why(ctx, r.Job)
	if err != nil {
		return err
	}
	return a.Result(w, func() {
		a.Line("job", "%s is %s; %d offers are in the book", cli.Short(w.Job), w.Phase, w.Offers)
		var rows [][]string
		for _, n := range w.Refusals {
			rows = append(rows, []string{cli.Short(n.Provider), n.By, n.Rule, n.Needs, n.Has})
		}
		if len(rows) > 0 {
			a.Table([]string{"provider", "by", "rule", "needs", "has"}, rows)
		}
		a.Line("nearest", "%s", w.Nearest)
	})
}
