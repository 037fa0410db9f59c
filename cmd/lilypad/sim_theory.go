package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/simulation/theory"
)

func (a *app) simTheoryCommand() *cobra.Command {
	var about, example strings.Builder
	about.WriteString("Theory evaluates a rule that was published, or derived, for schemes. In brackets:\nwhere a rule is from, and what is taken for a parameter that is not given.\n")
	for _, r := range theory.Rules() {
		fmt.Fprintf(&about, "\n  %s: %s (%s)\n", r.Name, r.About, r.Source)
		for _, p := range r.Params {
			fmt.Fprintf(&about, "    %-8s %s", p.Name, p.About)
			if p.Default != "" {
				fmt.Fprintf(&about, " (%s)", p.Default)
			}
			about.WriteByte('\n')
		}
		fmt.Fprintf(&example, "  lilypad sim theory %s --set %s\n", r.Name, r.Example)
	}
	example.WriteString("  lilypad sim theory credibility --set f=0.2,groups=10/1 --json")
	cmd := &cobra.Command{
		Use: "theory NAME", Short: "Evaluate the closed form of a published rule",
		Args: oneArg("NAME", "lilypad sim theory deterrence --set rho=2.5"),
		Long: strings.TrimSuffix(about.String(), "\n"), Example: example.String(),
		RunE: func(_ *cobra.Command, args []string) error { return a.simTheory(args[0]) },
	}
	cmd.Flags().StringSlice("set", nil, "parameters, NAME=NUMBER,…")
	return cmd
}

func (a *app) simTheory(name string) error {
	rule, err := theory.Lookup(name)
	if err != nil {
		return err
	}
	set := a.v.GetStringSlice("set")
	settings, err := parsePairs("parameter", set)
	if err != nil {
		return err
	}
	if len(settings) < len(set) {
		return lilypad.Errorf(lilypad.Invalid, "a parameter is given twice").Try("lilypad sim theory %s --set %s", rule.Name, rule.Example)
	}
	figures, err := rule.Evaluate(settings)
	if err != nil {
		return err
	}
	return a.Result(figures, func() {
		var rows [][]string
		for _, k := range slices.Sorted(maps.Keys(figures)) {
			rows = append(rows, []string{k, fmt.Sprintf("%.8g", figures[k])})
		}
		a.Table([]string{"figure", "value"}, rows)
	})
}
