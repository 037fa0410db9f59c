package main

import (
	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func (a *app) walletLimits() *cobra.Command {
	cmd := &cobra.Command{
		Use: "limits ACCOUNT", Short: "Show or set how much a role's key may put at risk by itself",
		Long: `Limits bound what a role that runs with this data folder may sign: per deal, and in
any 24 hours. At risk is the most that can be lost: of a creator's offer the
highest price, the solver's fee and the stake; of a provider's deal its stake. A
change holds from the next signature. 0 takes a limit away.`,
		Example: "  lilypad wallet limits creator\n  lilypad wallet limits creator --per-deal 5 --per-day 100",
		Args:    oneArg("ACCOUNT", "lilypad wallet list"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.limits(cmd, args[0]) },
	}
	cmd.Flags().String("per-deal", "", "LILY that one deal may put at risk")
	cmd.Flags().String("per-day", "", "LILY that the deals of 24 hours may put at risk together")
	return cmd
}

func (a *app) limits(cmd *cobra.Command, who string) error {
	at, err := address(who)
	if err != nil {
		return err
	}
	s := a.spending()
	limits, spent, err := s.Limits(at)
	if err != nil {
		return err
	}
	changed := false
	for flag, to := range map[string]*lilypad.Amount{"per-deal": &limits.PerDeal, "per-day": &limits.PerDay} {
		if !cmd.Flags().Changed(flag) {
			continue
		}
		if *to, err = lilypad.ParseAmount(a.v.GetString(flag)); err != nil {
			return err
		}
		changed = true
	}
	if changed {
		if err := ensurePrivate(a.v.GetString("data")); err != nil {
			return err
		}
		if err := s.SetLimits(at, limits); err != nil {
			return err
		}
	}
	out := struct {
		Address lilypad.Address `json:"address"`
		wallet.Limits
		Spent lilypad.Amount `json:"spent"` // in the last 24 hours
	}{at, limits, spent}
	return a.Result(out, func() {
		a.Line("address", "%s", at)
		a.Line("per deal", "%s", limited(limits.PerDeal))
		a.Line("per day", "%s", limited(limits.PerDay))
		a.Line("at risk", "%s LILY, by what was signed in the last 24 hours", spent)
	})
}

func limited(a lilypad.Amount) string {
	if a == 0 {
		return "no limit"
	}
	return a.String() + " LILY"
}
