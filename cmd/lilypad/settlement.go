package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad/runtime/settlement/survey"
)

func (a *app) settlementCommand() *cobra.Command {
	group := &cobra.Command{Use: "settlement", Short: "Look at what settling costs and holds", Example: "  lilypad settlement stats"}
	stats := &cobra.Command{
		Use: "stats", Short: "Tell gas per job, batch sizes, locked money and exits pending, from the chain's events",
		Long:    "Stats reads the events of the last blocks and the transactions behind them. Gas is\nwhat was paid, shared out evenly among the deals that a transaction moved.",
		Example: "  lilypad settlement stats --blocks 10000 --json", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.onLedger(cmd.Context(), func(_ *market, l survey.Ledger) error {
				t := survey.NewTracker(l, a.v.GetUint64("blocks"))
				if err := t.Read(cmd.Context(), a.blocksRead()); err != nil {
					return err
				}
				s := t.Stats()
				return a.Result(s, func() { a.showStats(s) })
			})
		},
	}
	joinFlags(stats)
	stats.Flags().Uint64("blocks", 50_000, "how many of the last blocks to read; 0: all")
	group.AddCommand(stats)
	return group
}

func (a *app) showStats(s survey.Stats) {
	a.Line("blocks", "%d to %d", s.From.Number, s.Head.Number)
	a.Line("deals", "%d opened, %d ended, %d of them for good, %d live", s.Opened, s.Ended, s.Final, s.Live)
	for _, name := range slices.Sorted(maps.Keys(s.Ends)) {
		a.Line("", "%d %s", s.Ends[name], name)
	}
	a.Line("gas", "%d a job, all transactions of its deal", s.GasPerJob)
	var rows [][]string
	for _, b := range []struct {
		name string
		survey.Batches
	}{{"open", s.Opens}, {"settle", s.Settles}} {
		rows = append(rows, []string{b.name, fmt.Sprint(b.Transactions), fmt.Sprint(b.Jobs), fmt.Sprintf("%.1f", b.Mean), fmt.Sprint(b.Largest), fmt.Sprint(b.GasPerJob)})
	}
	a.Table([]string{"batches", "transactions", "jobs", "mean", "largest", "gas a job"}, rows)
	a.Line("skipped", "%d entries", s.Skipped)
	a.Line("locked", "%s LILY in %d deals%s", s.Locked, s.Live-s.Untold, untold(s.Untold))
	a.Line("exits", "%d deals are past their deadline: anyone may end them", s.Exits)
}

func untold(n uint64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("; of %d more the chain does not tell", n)
}
