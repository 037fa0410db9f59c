package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func (a *app) pluginCommand() *cobra.Command {
	group := &cobra.Command{Use: "plugin", Short: "Write, install, enable and look at plugins", Example: "  lilypad plugin list\n  lilypad plugin inspect admit/standing"}
	group.AddCommand(a.storeCommands()...)
	group.AddCommand(a.authorCommands()...)
	group.AddCommand(a.trialCommands()...)
	return group
}

// pluginFiles are the plugins from outside, of file and flags.
func (a *app) pluginFiles() ([]node.PluginFile, error) {
	var files []node.PluginFile
	for _, s := range append(a.v.GetStringSlice("plugins"), a.v.GetStringSlice("plugin")...) {
		if !strings.Contains(s, "@") {
			continue // a choice among those that are there
		}
		f, err := node.ParsePluginFile(s)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func (a *app) pluginInspect(ref string) error {
	files, err := a.pluginFiles()
	if err != nil {
		return err
	}
	hookName, name, _ := strings.Cut(ref, "/")
	hook, err := hostapi.ParseHook(hookName)
	if err != nil {
		return lilypad.Errorf(lilypad.Invalid, "%q is not HOOK/NAME", ref).Try("lilypad plugin list")
	}
	m, err := node.FindPlugin(files, hook, name)
	if err != nil {
		return err
	}
	return a.Result(m, func() {
		a.Line("plugin", "%s/%s %s", m.Hook, m.Name, m.Version)
		a.Line("", "%s", m.Summary)
		a.Line("digest", "sha256:%s", m.SHA256)
		a.Line("may use", "%s", or(strings.Join(m.Capabilities, ", "), "nothing"))
		if m.Deters != nil {
			a.Line("works in", "%s; deters cheats: %v", strings.Join(m.Phases, ", "), *m.Deters)
		}
		a.Line("source", "%s", m.Source)
		a.Line("licence", "%s", m.License)
		for _, n := range slices.Sorted(maps.Keys(m.Reasons)) {
			a.Line("reason", "%d: %s", n, m.Reasons[n]["en"])
		}
		var settings bytes.Buffer
		if json.Indent(&settings, m.Settings, "", "  ") != nil {
			settings.WriteString("none")
		}
		fmt.Fprintf(a.Out, "settings   %s\n", &settings)
	})
}

func (a *app) moduleCommand() *cobra.Command {
	group := &cobra.Command{Use: "module", Short: "Look at job modules", Example: "  lilypad module list\n  lilypad module inspect thumbnail:v0.1.0"}
	list := &cobra.Command{
		Use: "list", Short: "List the catalog", Example: "  lilypad module list --json", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.moduleList() },
	}
	inspect := &cobra.Command{
		Use: "inspect MODULE[:TAG]", Short: "Show a module's inputs, needs and pins", Example: "  lilypad module inspect cowsay:v0.0.4", Args: oneArg("MODULE", "lilypad module list"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.moduleInspect(cmd, args[0]) },
	}
	sign := &cobra.Command{
		Use: "sign-list FILE", Short: "Sign a network-wide module list, as the network's steward", Args: oneArg("FILE", "lilypad module sign-list rules.json > list.json"),
		Long:    "Sign-list reads settings of the allow plugin list, such as\n  {\"rules\": [{\"action\": \"deny\", \"name\": \"cowsay:*\"}]}\nand prints the signed list that --allow-list takes.",
		Example: "  lilypad module sign-list rules.json > list.json\n  lilypad up --allow-list list.json",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.signList(cmd.Context(), args[0]) },
	}
	sign.Flags().String("key", "steward", "account: a name of the local network, or an address in the keystore")
	group.AddCommand(list, inspect, sign)
	return group
}

func (a *app) moduleList() error {
	list := []lilypad.Module{}
	for _, e := range catalog.List() {
		list = append(list, e.Module())
	}
	return a.Result(list, func() {
		var rows [][]string
		for _, m := range list {
			rows = append(rows, []string{m.Name + ":" + m.Tag, m.Wasm.String()[:14], m.Image[:19]})
		}
		a.Table([]string{"module", "wasm", "image"}, rows)
	})
}

func (a *app) moduleInspect(cmd *cobra.Command, ref string) error {
	r, err := modules.New(modules.Config{CacheDir: filepath.Join(a.v.GetString("data"), "cache", "modules")})
	if err != nil {
		return err
	}
	found, err := r.Resolve(cmd.Context(), ref)
	if err != nil {
		return err
	}
	seen, err := inspectTemplate(found.Template)
	if err != nil {
		return err
	}
	out := struct {
		ID     lilypad.ModuleID `json:"id"`
		Module lilypad.Module   `json:"module"`
		inspected
	}{found.Module.ID(), found.Module, seen}
	return a.Result(out, func() {
		m := out.Module
		a.Line("module", "%s:%s", m.Name, m.Tag)
		a.Line("id", "%s", out.ID)
		a.Line("source", "%s %s", m.Repository, m.Commit)
		a.Line("image", "%s", or(m.Image, "none"))
		if !m.Wasm.IsZero() {
			a.Line("wasm", "sha256:%s", m.Wasm.String()[2:])
		}
		for _, f := range out.Forms {
			a.Line("form", "%s: %d MB, %d milli-CPU, %d GPUs, %d s, network %v", f.Engine, f.Resources.RAMMB, f.Resources.CPUMilli, f.Resources.GPUs, f.Timeout, f.Network)
		}
		var rows [][]string
		for _, in := range out.Inputs {
			need := "required"
			if !in.Required {
				need = fmt.Sprintf("default %q", in.Default)
			}
			rows = append(rows, []string{in.Key, need, fmt.Sprint(in.Line)})
		}
		slices.SortFunc(rows, func(x, y []string) int { return strings.Compare(x[0], y[0]) })
		a.Table([]string{"input", "", "line"}, rows)
		for _, w := range out.Warnings {
			a.Step("note: %s", w)
		}
	})
}
