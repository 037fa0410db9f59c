package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/decisions"
)

func (a *app) schemeCommand() *cobra.Command {
	group := &cobra.Command{Use: "scheme", Short: "Judge schemes by what they made of live cases", Example: "  lilypad scheme compare"}
	compare := &cobra.Command{
		Use: "compare", Short: "Compare the schemes that decide cases with those in their shadow", Args: noArgs,
		Long: `Compare reads the log of decisions of this data folder. It has, for each scheme and
its settings: how many cases it was shown, in how many the result counts for it, is
doubted, or was still open at the end; how often it agrees with the scheme that
decided; how many runs it asked for, and how long a decision took, in block time.
A shadow orders no runs, so it stays open where it wants more than there were.

Canary jobs tell who is right: their right result is known beforehand.

  lilypad plugin enable mediate/replicate --shadow
  lilypad module run cowsay:v0.0.4 -i Message=moo             # prints the content
  lilypad run cowsay:v0.0.4 -i Message=moo --known CONTENT
  lilypad scheme compare

A false accept is a wrong result that counts, a false reject a right one that does
not. The right content is compared to the byte: choose canaries whose results are
the same on every machine.`,
		Example: "  lilypad scheme compare\n  lilypad scheme compare --role creator --json",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.schemeCompare(cmd.Context()) },
	}
	compare.Flags().String("role", "", "only what this role was asked, such as creator or mediator-1")
	compare.Flags().Int("last", 10_000, "how many decisions to look at, the newest")
	joinFlags(compare)
	group.AddCommand(compare)
	return group
}

func (a *app) schemeCompare(ctx context.Context) error {
	entries, err := a.logged(func(e *decisions.Entry) bool { return e.Record.Hook == hostapi.HookMediate.String() })
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return lilypad.Errorf(lilypad.NotFound, "no scheme has decided anything yet").Try("lilypad run cowsay:v0.0.4 -i Message=moo")
	}
	known, err := a.canaries(ctx)
	if err != nil {
		return err
	}
	reports, err := decisions.CompareSchemes(entries, known)
	if err != nil {
		return err
	}
	return a.Result(reports, func() {
		var rows [][]string
		for _, r := range reports {
			rows = append(rows, schemeRow(r))
		}
		a.Table([]string{"scheme", "", "cases", "upheld", "doubted", "open", "agrees", "runs a case", "seconds", "canaries", "false accepts", "false rejects"}, rows)
	})
}

// canaries asks the creator for jobs whose right result is known.
func (a *app) canaries(ctx context.Context) (map[lilypad.JobID]lilypad.ContentID, error) {
	m, err := a.join(ctx, true)
	if err != nil {
		return nil, err
	}
	defer m.close()
	jobs, err := m.creator.Reports(ctx)
	known := map[lilypad.JobID]lilypad.ContentID{}
	for _, j := range jobs {
		if !j.Known.IsZero() {
			known[j.Job] = j.Known
		}
	}
	return known, err
}

func schemeRow(r decisions.SchemeReport) []string {
	role := "decides"
	if r.Shadow {
		role = "shadow"
	}
	decided := r.Upheld + r.Doubted
	return []string{
		r.Scheme, role, fmt.Sprint(r.Cases), fmt.Sprint(r.Upheld), fmt.Sprint(r.Doubted), fmt.Sprint(r.Open), share(r.Agreed, r.Shared),
		mean(uint64(r.Runs), r.Cases), mean(r.Seconds, decided), fmt.Sprint(r.Known), share(r.FalseAccepts, r.Known), share(r.FalseRejects, r.Known),
	}
}

func share(n, of int) string { return fmt.Sprintf("%d of %d", n, of) }

func mean(sum uint64, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", float64(sum)/float64(of))
}
