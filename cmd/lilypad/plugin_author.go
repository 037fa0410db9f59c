package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/author"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// authorCommands are for those who write plugins.
func (a *app) authorCommands() []*cobra.Command {
	begin := &cobra.Command{
		Use: "new DIR", Short: "Begin a plugin in a new folder", Args: oneArg("DIR", "lilypad plugin new --lang go --hook match demo"),
		Long: `New writes the folder of a small working plugin: a source with settings and
a reason, its manifest, calls with the answers they must get, and the SDK. The
last part of DIR is the plugin's name. Nothing is fetched and nothing
overwritten.`,
		Example: "  lilypad plugin new --lang go --hook match demo\n  lilypad plugin new --lang rust --hook compare same-image",
		RunE:    func(_ *cobra.Command, args []string) error { return a.pluginNew(args[0]) },
	}
	begin.Flags().String("lang", "go", "language: "+strings.Join(languages(), ", "))
	begin.Flags().String("hook", "match", "hook: "+strings.Join(hooks(), ", "))
	build := &cobra.Command{
		Use: "build DIR", Short: "Compile a plugin", Args: oneArg("DIR", "lilypad plugin build demo"),
		Long: `Build compiles the folder to DIR/dist/plugin.wasm, the same bytes wherever the
folder lies, writes the manifest with their digest beside it, and loads both as
a node would. It needs the language's compiler.`,
		Example: "  lilypad plugin build demo\n  lilypad plugin build demo --json",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginBuild(cmd, args[0]) },
	}
	inspect := &cobra.Command{
		Use: "inspect HOOK/NAME | DIR | FILE.wasm", Short: "Show what a plugin says of itself, or what is inside of one", Args: oneArg("HOOK/NAME, DIR or FILE.wasm", "lilypad plugin list"),
		Long: `Inspect shows the manifest of an installed or built-in plugin. Of a folder that was built,
or of a wasm file with its manifest beside it, it shows the module's parts, and
whether a node would load it.`,
		Example: "  lilypad plugin inspect mediate/replicate\n  lilypad plugin inspect demo\n  lilypad plugin inspect demo/dist/plugin.wasm",
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := os.Stat(args[0]); err == nil {
				return a.pluginInside(cmd.Context(), args[0])
			}
			return a.pluginInspect(cmd.Context(), args[0])
		},
	}
	pluginFlag(inspect)
	sdk := &cobra.Command{Use: "sdk", Short: "The SDK in a plugin's folder", Example: "  lilypad plugin sdk update demo"}
	sdk.AddCommand(&cobra.Command{
		Use: "update DIR", Short: "Replace a folder's SDK by the one of this program", Args: oneArg("DIR", "lilypad plugin sdk update demo"),
		Example: "  lilypad plugin sdk update demo",
		RunE:    func(_ *cobra.Command, args []string) error { return a.sdkUpdate(args[0]) },
	})
	trials := append(a.proofCommands(), build)
	for _, c := range trials {
		c.Flags().StringArray("set", nil, "a setting, KEY=VALUE; a value that is JSON is taken as such (repeatable)")
		c.Flags().String("settings", "", "file of settings, a JSON object; --set comes on top")
	}
	return append(trials, begin, inspect, sdk)
}

// proofCommands put what was built to the test.
func (a *app) proofCommands() []*cobra.Command {
	test := &cobra.Command{
		Use: "test DIR", Short: "Hold a plugin to its vectors and to what all plugins promise", Args: oneArg("DIR", "lilypad plugin test demo"),
		Long: `Test asks what was built for the answers of DIR/vectors, and then about inputs
made from a seed, with every field at its ends: an answer must be there, and be
the same when asked again, in any order, in any batch or alone, of a fresh
plugin, and of the interpreter as of the compiler, to the same fuel. Of a Go
plugin it runs go test as well.`,
		Example: "  lilypad plugin test demo\n  lilypad plugin test demo --set bonus=5 --seed 7 --count 10000",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginTest(cmd, args[0]) },
	}
	test.Flags().Uint64("seed", 1, "of the inputs that are made")
	test.Flags().Int("count", 1000, "items to make, at least")
	test.Flags().Bool("accept", false, "write what the plugin answers now into the vectors")
	bench := &cobra.Command{
		Use: "bench DIR", Short: "Measure what a plugin costs", Args: oneArg("DIR", "lilypad plugin bench demo"),
		Long: `Bench asks what was built in batches of 1, 100 and 1000 items, and tells time
and fuel per item, memory and the time to load. It fails when a call takes more
fuel than the manifest's budget, which a node would leave without an answer.
With --json it prints one number a line.`,
		Example: "  lilypad plugin bench demo\n  lilypad plugin bench demo --json >> costs.jsonl",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginBench(cmd, args[0]) },
	}
	bench.Flags().Uint64("seed", 1, "of the inputs that are made")
	return []*cobra.Command{test, bench}
}

func languages() (names []string) {
	for _, l := range author.Languages {
		names = append(names, l.Name)
	}
	return names
}

func hooks() (names []string) {
	for _, h := range hostapi.Hooks {
		names = append(names, h.String())
	}
	return names
}

func (a *app) pluginNew(dir string) error {
	hook, err := hostapi.ParseHook(a.v.GetString("hook"))
	if err != nil {
		return lilypad.Errorf(lilypad.Invalid, "%v", err).Try("--hook %s", strings.Join(hooks(), ", --hook "))
	}
	f, err := author.New(author.Plan{Dir: dir, Language: a.v.GetString("lang"), Hook: hook})
	if err != nil {
		return err
	}
	out := struct {
		Dir      string `json:"dir"`
		Language string `json:"language"`
		Source   string `json:"source"`
	}{dir, f.Language.Name, filepath.Join(dir, f.Language.Source)}
	return a.Result(out, func() {
		a.Line("source", "%s", out.Source)
		a.Line("manifest", "%s", filepath.Join(dir, "manifest.json"))
		a.Line("next", "lilypad plugin build %s", dir)
	})
}

// author opens a plugin's folder and reads the settings to load it with.
func (a *app) author(cmd *cobra.Command, dir string) (*author.Folder, author.Config, error) {
	c := author.Config{Progress: &cli.Terminal{W: a.Err}}
	pairs, err := cmd.Flags().GetStringArray("set")
	if err != nil {
		return nil, c, err
	}
	text, err := settings(a.v.GetString("settings"), pairs)
	if err != nil {
		return nil, c, err
	}
	if c.Settings, err = pluginstore.ParseSettings(text); err != nil {
		return nil, c, err
	}
	f, err := author.Open(dir)
	return f, c, err
}

func (a *app) pluginBuild(cmd *cobra.Command, dir string) error {
	f, c, err := a.author(cmd, dir)
	if err != nil {
		return err
	}
	a.Step("compile %s with the %s compiler", dir, f.Language.Name)
	b, err := f.Build(cmd.Context(), c)
	if err != nil {
		return err
	}
	in, err := b.Inside()
	if err != nil {
		return err
	}
	in.File, in.Manifest = filepath.Join(dir, "dist", "plugin.wasm"), &f.Manifest
	out := struct {
		*author.Inside
		LoadTime time.Duration `json:"load_ns"`
	}{in, b.LoadTime}
	return a.Result(out, func() {
		a.showModule(in)
		for _, s := range in.Exports {
			a.Line("export", "%s", s)
		}
		fuel := f.Manifest.Fuel
		a.Line("fuel", "budget of a call: %d, and %d per item, and %d per byte", fuel.Base, fuel.Item, fuel.Byte)
		a.Line("load", "%s, with nothing cached", b.LoadTime.Round(time.Millisecond))
	})
}

func (a *app) pluginTest(cmd *cobra.Command, dir string) error {
	f, c, err := a.author(cmd, dir)
	if err != nil {
		return err
	}
	count := a.v.GetInt("count")
	if count < 1 {
		return lilypad.Errorf(lilypad.Invalid, "--count %d is not positive", count).Try("--count 1000")
	}
	r, err := f.Test(cmd.Context(), c, author.Trial{Seed: a.v.GetUint64("seed"), Count: count, Accept: a.v.GetBool("accept")})
	if err != nil {
		return err
	}
	err = a.Result(r, func() {
		for _, check := range r.Checks {
			if len(check.Wrong) == 0 {
				fmt.Fprintf(a.Out, "ok    %s (%d)\n", check.Name, check.Checked)
				continue
			}
			fmt.Fprintf(a.Out, "FAIL  %s\n", check.Name)
			for _, w := range check.Wrong {
				fmt.Fprintf(a.Out, "      %s\n", cli.Plain(w))
			}
		}
		a.Line("seed", "%d", r.Seed)
		a.Line("fuel", "at most %.1f %% of the budget of a call", float64(r.Fuel)/1e4)
	})
	if err != nil || r.OK() {
		return err
	}
	return lilypad.Errorf(lilypad.Invalid, "the plugin breaks what it promises").
		Try("lilypad plugin test %s --seed %d, after a change and a build", dir, r.Seed)
}

func (a *app) pluginBench(cmd *cobra.Command, dir string) error {
	f, c, err := a.author(cmd, dir)
	if err != nil {
		return err
	}
	costs, err := f.Bench(cmd.Context(), c, a.v.GetUint64("seed"))
	if err != nil {
		return err
	}
	if a.JSON {
		e := json.NewEncoder(a.Out)
		for _, l := range costs.Lines() {
			if err := e.Encode(l); err != nil {
				return err
			}
		}
	} else {
		a.showCosts(costs)
	}
	if costs.Over() {
		return lilypad.Errorf(lilypad.Exhausted, "a call takes more fuel than the manifest's budget, and a node would give it none").
			Try("raise fuel in %s, or do less", filepath.Join(dir, "manifest.json"))
	}
	return nil
}

func (a *app) showCosts(costs *author.Costs) {
	var rows [][]string
	for _, m := range costs.Measures {
		rows = append(rows, []string{
			fmt.Sprint(m.Batch), fmt.Sprintf("%.0f ns", m.Time), fmt.Sprintf("%.0f", m.Fuel),
			fmt.Sprintf("%.0f", m.Budget), fmt.Sprintf("%.1f %%", float64(m.Share)/1e4),
		})
	}
	a.Table([]string{"batch", "time per item", "fuel per item", "budget per item", "largest share"}, rows)
	a.Line("load", "%s, %s when compiled before", costs.Cold.Round(time.Millisecond), costs.Warm.Round(time.Millisecond))
	a.Line("memory", "%d KiB", costs.Memory>>10)
}

func (a *app) pluginInside(ctx context.Context, path string) error {
	in, err := author.Inspect(ctx, path)
	if err != nil {
		return err
	}
	return a.Result(in, func() {
		a.showModule(in)
		for _, s := range in.Sections {
			a.Line("section", "%s: %d bytes", s.Name, s.Size)
		}
		for _, s := range in.Imports {
			a.Line("import", "%s", s)
		}
		for _, s := range in.Exports {
			a.Line("export", "%s", s)
		}
		a.Line("memory", "%d KiB, at most %d", in.Memory>>10, in.MaxMemory>>10)
		a.Line("a node", "%s", cmp.Or(in.Refusal, "would load it"))
	})
}

func (a *app) showModule(in *author.Inside) {
	if m := in.Manifest; m != nil {
		a.Line("plugin", "%s/%s %s: %s", m.Hook, m.Name, m.Version, m.Summary)
	}
	a.Line("file", "%s", in.File)
	a.Line("digest", "sha256:%s", in.SHA256)
	a.Line("size", "%d bytes", in.Size)
	if in.Rewritten > 0 {
		a.Line("with fuel", "%d bytes, %+d %%", in.Rewritten, 100*in.Rewritten/in.Size-100)
	}
}

func (a *app) sdkUpdate(dir string) error {
	f, err := author.Open(dir)
	if err != nil {
		return err
	}
	u, err := f.UpdateSDK()
	if err != nil {
		return err
	}
	return a.Result(u, func() {
		a.Line("from", "%s", cmp.Or(u.From, "unknown"))
		a.Line("to", "%s", u.To)
		a.Line("changed", "%d files", len(u.Changed))
		for _, name := range u.Changed {
			a.Line("", "%s", name)
		}
	})
}
