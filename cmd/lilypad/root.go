package main

import (
	"bufio"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/internal/nearest"
	"github.com/lilypad-network/lilypad/internal/version"
)

// app is what all commands share.
type app struct {
	*cli.Printer
	v  *viper.Viper
	in *bufio.Reader // of standard input, once it is read

	compiler []string // starts compileCommand; nil: this program does not have it

	atEnd []func() // called when the command has ended, last first
}

// end lets go of what a command held, once it has run.
func (a *app) end(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		defer func() {
			for _, release := range slices.Backward(a.atEnd) {
				release()
			}
			a.atEnd = nil
		}()
		return run(cmd, args)
	}
}

func (a *app) command() *cobra.Command {
	a.v = viper.New()
	root := &cobra.Command{
		Use:   "lilypad",
		Short: "A market for computing, with every policy a plugin",
		Long: `Lilypad runs a job module on somebody's machine and pays for it.

With no network configured it uses the local network: if lilypad up is running
it joins it, else it starts one inside this process.`,
		Example:       "  lilypad run cowsay:v0.0.4 -i Message=\"hello lilypad\"\n  lilypad up",
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.configure(cmd) },
	}
	f := root.PersistentFlags()
	f.String("data", defaultData(), "data folder")
	f.String("network", "local", "local, dev, arbitrum-sepolia, or the file of another network (docs/networks.md)")
	f.String("rpc", "", "URL of a node of the network's chain, in place of the one that the network names")
	f.String("config", "", "configuration file (YAML)")
	f.String("log", "warn", "what to log: debug, info, warn or error")
	f.BoolVar(&a.JSON, "json", false, "print results as JSON")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		wrong := lilypad.Errorf(lilypad.Invalid, "%v", err)
		if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
			var names []string
			cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
			if near := nearest.Names(unknown.GetSpecifiedName(), names, 1); near != nil {
				return wrong.Try("%s --%s", cmd.CommandPath(), near[0])
			}
		}
		return wrong.Try("%s --help", cmd.CommandPath())
	})
	root.AddCommand(
		a.runCommand(), a.upCommand(), a.devchainCommand(), a.solverCommand(), a.providerCommand(), a.mediatorCommand(), a.creatorCommand(),
		a.jobCommand(), a.dealCommand(), a.settlementCommand(), a.caseCommand(), a.schemeCommand(), a.moduleCommand(), a.pluginCommand(), a.replayCommand(), a.simCommand(), a.walletCommand(), a.contractsCommand(), a.clientCommand(), a.doctorCommand(), a.configCommand(), a.versionCommand(), a.compileWasmCommand(),
	)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	a.finish(root)
	return root
}

// remedied gives an error without a remedy the next best: help for what was
// typed wrong, the doctor for the rest.
func remedied(cmd *cobra.Command, err error) error {
	if lilypad.RemedyOf(err) != "" {
		return err
	}
	remedy := "lilypad doctor"
	if code := lilypad.CodeOf(err); code == lilypad.Invalid || code == lilypad.NotFound {
		remedy = cmd.CommandPath() + " --help"
	}
	return &lilypad.Error{Code: lilypad.CodeOf(err), Msg: err.Error(), Remedy: remedy}
}

// finish makes groups refuse words that are no command of theirs, and commands
// let go of what they held.
func (a *app) finish(cmd *cobra.Command) {
	for _, c := range cmd.Commands() {
		a.finish(c)
	}
	if cmd.RunE != nil {
		cmd.RunE = a.end(cmd.RunE)
	}
	if cmd.HasSubCommands() {
		cmd.SuggestionsMinimumDistance = 2
		cmd.Args = cobra.ArbitraryArgs
		itself := cmd.RunE // of a daemon that has commands
		if itself == nil {
			itself = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return itself(cmd, args)
			}
			err := lilypad.Errorf(lilypad.Invalid, "%s has no command %q", cmd.CommandPath(), args[0])
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				return err.Try("%s %s", cmd.CommandPath(), near[0])
			}
			if path := elsewhere(cmd.Root(), args[0]); path != "" {
				return err.Try("%s", path)
			}
			return err.Try("%s --help", cmd.CommandPath())
		}
	}
}

// elsewhere is where a command of a name stands; empty: nowhere.
func elsewhere(cmd *cobra.Command, name string) string {
	for _, c := range cmd.Commands() {
		if c.Name() == name && !c.Hidden {
			return c.CommandPath()
		}
		if path := elsewhere(c, name); path != "" {
			return path
		}
	}
	return ""
}

// configure reads flags, LILYPAD_… variables and the file, in this order.
func (a *app) configure(cmd *cobra.Command) error {
	a.v.SetEnvPrefix("lilypad")
	a.v.SetEnvKeyReplacer(strings.NewReplacer("-", "_", ".", "_"))
	a.v.AutomaticEnv()
	if err := a.v.BindPFlags(cmd.Flags()); err != nil {
		return err
	}
	if file := a.v.GetString("config"); file != "" {
		a.v.SetConfigFile(file)
		if err := a.v.ReadInConfig(); err != nil {
			return &lilypad.Error{Code: lilypad.Invalid, Msg: "configuration file " + file, Err: err}
		}
		if err := checkFile(cmd.Root(), file); err != nil {
			return err
		}
	}
	a.JSON = a.v.GetBool("json")
	return nil
}

// logger writes what operators want to know to Err.
func (a *app) logger() (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(a.v.GetString("log"))); err != nil {
		return nil, lilypad.Errorf(lilypad.Invalid, "no log level %q", a.v.GetString("log")).Try("use debug, info, warn or error")
	}
	return slog.New(slog.NewTextHandler(&cli.Terminal{W: a.Err}, &slog.HandlerOptions{Level: level})), nil
}

func defaultData() string {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "lilypad")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "lilypad-data"
	}
	return filepath.Join(home, ".local", "share", "lilypad")
}

// lockDir is where all of the user's daemons lock their keys, whatever their
// data folders.
func lockDir() (string, error) {
	state := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) { // as its specification has it
		home, err := os.UserHomeDir()
		if err != nil {
			return "", &lilypad.Error{Code: lilypad.Unavailable, Msg: "folder of locks", Remedy: "name a folder in XDG_STATE_HOME", Err: err}
		}
		state = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(state, "lilypad", "locks"), nil
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Tell which version this is", Example: "  lilypad version --json", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			v := struct {
				Version string `json:"version"`
				Commit  string `json:"commit"`
			}{version.Version, version.Commit()}
			return a.Result(v, func() { fmt.Fprintf(a.Out, "lilypad %s (%s)\n", v.Version, v.Commit) })
		},
	}
}
