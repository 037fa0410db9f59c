package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/lilypad-network/lilypad"
)

func (a *app) configCommand() *cobra.Command {
	return &cobra.Command{
		Use: "config [COMMAND]", Short: "Show what a command is configured with, and where each value comes from",
		Long: `Config lists every setting of a command, lilypad up if none is named, with its
value here and now: of a flag, of a variable, of the file at --config, or the
default. Any of them can be a key of the file, or LILYPAD_… in capitals.`,
		Example: "  lilypad config\n  lilypad config provider --config lilypad.yaml\n  LILYPAD_PLUGIN_IDLE=1h lilypad config up --json",
		Args:    configArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "up"
			if len(args) == 1 {
				name = args[0]
			}
			return a.showConfig(cmd.Root(), name)
		},
	}
}

func configArgs(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return lilypad.Errorf(lilypad.Invalid, "want one COMMAND at most, got %d words", len(args)).Try("lilypad config %.40s", args[0])
	}
	return nil
}

// configured is one setting.
type configured struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	From  string `json:"from"` // flag, the variable's name, file or default
}

func (a *app) showConfig(root *cobra.Command, name string) error {
	cmd, rest, err := root.Find([]string{name})
	if err != nil || len(rest) > 0 || cmd.HasSubCommands() && !cmd.HasAvailableLocalFlags() { // a group has none
		return lilypad.Errorf(lilypad.Invalid, "lilypad %.40s is no command with settings", name).Try("lilypad config up, or another command of lilypad --help")
	}
	if err := a.v.BindPFlags(cmd.Flags()); err != nil {
		return err
	}
	var list []configured
	flags := map[string]bool{"help": true} // done with
	add := func(f *pflag.Flag) {
		if flags[f.Name] {
			return
		}
		flags[f.Name] = true
		list = append(list, configured{f.Name, fmt.Sprint(a.v.Get(f.Name)), a.from(f)})
	}
	cmd.Flags().VisitAll(add)
	root.PersistentFlags().VisitAll(add)
	for _, key := range a.v.AllKeys() {
		if !flags[key] {
			list = append(list, configured{key, fmt.Sprint(a.v.Get(key)), "file"})
		}
	}
	slices.SortFunc(list, func(x, y configured) int { return cmp.Compare(x.Key, y.Key) })
	return a.Result(list, func() {
		var rows [][]string
		for _, c := range list {
			rows = append(rows, []string{c.Key, c.Value, c.From})
		}
		a.Table([]string{"key", "value", "from"}, rows)
	})
}

// from tells where the value of a flag comes from, in the order that
// configure has.
func (a *app) from(f *pflag.Flag) string {
	variable := "LILYPAD_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
	switch {
	case f.Changed:
		return "flag"
	case os.Getenv(variable) != "": // an empty one counts as none
		return variable
	case a.v.InConfig(f.Name):
		return "file"
	}
	return "default"
}
