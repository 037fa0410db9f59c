package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// trialCommands tell what a plugin would have done.
func (a *app) trialCommands() []*cobra.Command {
	try := &cobra.Command{
		Use: "try PLUGIN", Short: "See what a plugin would have decided, before it does", Args: oneArg("FOLDER, HOOK/NAME or digest", "lilypad plugin try admit/quote"),
		Long: `Try asks a plugin what the ones in charge were asked, and compares: of admit, the
jobs that it would have taken and refused, why, and what they would have earned;
of match, whom it would have ranked first; of the other hooks, its answers. It
changes nothing. PLUGIN is a folder that was built, an installed plugin or a
built-in one; other settings of the one in use can be tried too.

A provider's slots are kept: a job that only one of the two takes keeps its
place for its time limit, or for --busy. Jobs that found no place then, or were
never offered, are not in the log. Earned is the sum of the prices of what was
taken; what the plugin asks more for is counted apart, since nobody knows whether
the market would have paid it.

--against sample asks about 1000 jobs that never were, the same everywhere, for
a provider that has none yet. It compares with the plugin standing, which is the
default.`,
		Example: "  lilypad plugin try demo --against recorded\n  lilypad plugin try admit/quote --set gpu_hour=500000 --against sample\n  lilypad plugin try admit/standing --set price_floor=1500000 --role provider-1",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginTry(cmd, args[0]) },
	}
	f := try.Flags()
	f.String("against", "recorded", "what to ask it: recorded or sample")
	f.StringArray("set", nil, "a setting, KEY=VALUE; a value that is JSON is taken as such (repeatable)")
	f.String("settings", "", "file of settings, a JSON object; --set comes on top")
	f.String("role", "", "only what this role was asked, such as provider-1")
	f.Int("last", 10_000, "how many recorded questions to ask, the newest")
	f.Duration("busy", 0, "how long a job keeps its slot; 0: its time limit")
	report := &cobra.Command{
		Use: "shadow", Short: "Compare plugins that run in the shadow of others with those that decide", Args: noArgs,
		Long: `Shadow reports what plugins that are enabled with --shadow would have decided
differently, from the log of decisions of this data folder.`,
		Example: "  lilypad plugin enable admit/quote --shadow\n  lilypad plugin shadow",
		RunE:    func(*cobra.Command, []string) error { return a.pluginShadow() },
	}
	report.Flags().String("role", "", "only what this role was asked, such as provider-1")
	report.Flags().Int("last", 10_000, "how many decisions to look at, the newest")
	return []*cobra.Command{try, report}
}

func (a *app) pluginTry(cmd *cobra.Command, ref string) error {
	ctx := cmd.Context()
	pkg, err := a.anyPackage(ctx, ref)
	if err != nil {
		return err
	}
	pairs, err := cmd.Flags().GetStringArray("set")
	if err != nil {
		return err
	}
	text, err := settings(a.v.GetString("settings"), pairs)
	if err != nil {
		return err
	}
	values, err := pluginstore.ParseSettings(text)
	if err != nil {
		return err
	}
	entries, err := a.questions(pkg.Info)
	if err != nil {
		return err
	}
	host, err := a.pluginHost()
	if err != nil {
		return err
	}
	defer host.Close()
	p, err := host.Load(ctx, pluginhost.Source{Wasm: pkg.Wasm, Manifest: pkg.Manifest, Pin: pkg.ID, Settings: values, Grants: pkg.Info.Capabilities})
	if err != nil {
		return err
	}
	trial := decisions.Trial{Plugin: p, Busy: a.v.GetDuration("busy"), Store: a.trees}
	if a.v.GetString("against") == "sample" {
		if trial.First, err = openDefault(ctx, host); err != nil {
			return err
		}
	}
	began := time.Now()
	trial.Progress = a.progress(began)
	report, err := trial.Run(ctx, entries)
	if err != nil {
		return err
	}
	a.Step("asked %d questions in %s", len(entries), time.Since(began).Round(time.Millisecond))
	return a.Result(report, func() { a.showReport(report) })
}

// anyPackage reads a folder or file, an installed plugin or a built-in one.
func (a *app) anyPackage(ctx context.Context, ref string) (pluginstore.Package, error) {
	if _, err := os.Stat(ref); err == nil {
		return pluginstore.Read(built(ref))
	}
	k, err := a.find(ctx, ref)
	if err != nil {
		return pluginstore.Package{}, err
	}
	return k.pkg()
}

// questions are what a plugin is tried on.
func (a *app) questions(m hostapi.Manifest) ([]*decisions.Entry, error) {
	switch against := a.v.GetString("against"); {
	case against == "sample" && m.Hook != hostapi.HookAdmit.String():
		return nil, lilypad.Errorf(lilypad.Invalid, "the sample has jobs for admit plugins; %s is for %s", m.Name, m.Hook).Try("lilypad plugin try %s --against recorded", m.Name)
	case against == "sample":
		return decisions.Sample(), nil
	case against != "recorded":
		return nil, lilypad.Errorf(lilypad.Invalid, "there is nothing %q to try a plugin on", against).Try("--against recorded, or --against sample")
	}
	found, err := a.logged(func(e *decisions.Entry) bool { return e.Record.Hook == m.Hook && !e.Shadow })
	if err == nil && len(found) == 0 {
		err = lilypad.Errorf(lilypad.NotFound, "no decision of the hook %s is logged in %s", m.Hook, strings.Join(a.decisionDirs(), " or "))
		if m.Hook == hostapi.HookAdmit.String() {
			err = lilypad.Errorf(lilypad.NotFound, "%v", err).Try("--against sample")
		}
	}
	return found, err
}

// maxLogged bounds what a trial holds in memory, in bytes: rankings are large.
const maxLogged = 512 << 20

// logged are the newest decisions that fit, as many as --last says.
func (a *app) logged(fits func(*decisions.Entry) bool) (found []*decisions.Entry, err error) {
	n, role, damaged, bytes := a.v.GetInt("last"), a.v.GetString("role"), 0, 0
	if n <= 0 {
		return nil, lilypad.Errorf(lilypad.Invalid, "--last is the number of decisions to look at").Try("--last 1000")
	}
	for e, err := range decisions.Read(a.decisionDirs()...) {
		switch {
		case err != nil:
			damaged++
		case (role == "" || e.Role == role) && fits(e):
			found = append(found, e)
			bytes += len(e.Input) + len(e.Output)
		}
		if len(found) == n || bytes > maxLogged {
			a.Step("note: looking at the newest %d", len(found))
			break
		}
	}
	if damaged > 0 {
		a.Step("note: %d damaged decisions were left out", damaged)
	}
	return found, nil
}

// progress tells of long trials.
func (a *app) progress(told time.Time) func(done, of int) {
	return func(done, of int) {
		if time.Since(told) > time.Second {
			told = time.Now()
			a.Step("asked %d of %d", done, of)
		}
	}
}

// openDefault opens what decides for a provider that chose nothing.
func openDefault(ctx context.Context, host *pluginhost.Host) (*pluginhost.Plugin, error) {
	b, err := plugins.Lookup(hostapi.HookAdmit, "standing")
	if err != nil {
		return nil, err
	}
	pkg, err := node.BuiltinPackage(b)
	if err != nil {
		return nil, err
	}
	return host.Load(ctx, pluginhost.Source{Wasm: pkg.Wasm, Manifest: pkg.Manifest, Pin: pkg.ID})
}

func (a *app) pluginShadow() error {
	entries, err := a.logged(func(*decisions.Entry) bool { return true })
	if err != nil {
		return err
	}
	reports, err := decisions.ShadowReports(entries)
	if err != nil {
		return err
	}
	if len(reports) == 0 {
		return lilypad.Errorf(lilypad.NotFound, "no plugin was asked in the shadow of another").Try("lilypad plugin enable PLUGIN --shadow, and wait for a job")
	}
	return a.Result(reports, func() {
		for i, r := range reports {
			if i > 0 {
				fmt.Fprintln(a.Out)
			}
			a.showReport(r)
		}
	})
}

// maxChanges is how many kinds of difference people are shown.
const maxChanges = 10

func (a *app) showReport(r *decisions.Report) {
	a.Line("plugin", "%s/%s", r.Hook, r.Plugin)
	a.Line("same", "%d of %d", r.Same, r.Seen)
	fmt.Fprintln(a.Out)
	rows := [][]string{{"seen", fmt.Sprint(r.Seen), fmt.Sprint(r.Seen), ""}}
	row := func(name string, was, is int64, show func(int64) string) {
		rows = append(rows, []string{name, show(was), show(is), signed(is-was, show)})
	}
	count := func(n int64) string { return fmt.Sprint(n) }
	all := maps.Clone(r.Was.Words)
	maps.Copy(all, r.Is.Words)
	if r.Hook == hostapi.HookAdmit.String() {
		all["take"], all["decline"] = 0, 0 // what a provider looks for
	}
	for _, w := range slices.Sorted(maps.Keys(all)) {
		row(heading(w), int64(r.Was.Words[w]), int64(r.Is.Words[w]), count)
	}
	money := func(n int64) string { return lilypad.Amount(n).String() + " LILY" }
	switch r.Hook {
	case hostapi.HookAdmit.String():
		row("earned", int64(r.Was.Price), int64(r.Is.Price), money)
		if r.Was.Quoted+r.Is.Quoted > 0 {
			row("asked for", int64(r.Was.Quoted), int64(r.Is.Quoted), money)
		}
	case hostapi.HookMatch.String():
		row("price of first choices", int64(r.Was.Price), int64(r.Is.Price), money)
	}
	a.Table([]string{"", "was", "would be", ""}, rows)
	if r.Fault != "" {
		fmt.Fprintln(a.Out)
		a.Line("no answer", "%s", r.Fault)
	}
	for _, c := range r.Changes[:min(len(r.Changes), maxChanges)] {
		a.showChange(c, money)
	}
	if more := len(r.Changes) - maxChanges; more > 0 {
		a.Step("note: %d more kinds of difference; --json has them", more)
	}
}

func (a *app) showChange(c decisions.Change, money func(int64) string) {
	fmt.Fprintln(a.Out)
	price := ""
	if c.Price != 0 {
		price = ", " + signed(c.Price, money)
	}
	fmt.Fprintln(a.Out, cli.Plain(fmt.Sprintf("%d × %s → %s%s%s", c.Count, heading(c.Was), heading(c.Is), price, suffix(c.Reason))))
	for _, e := range c.Examples {
		a.Line("", "%s: %s → %s", named(e.Item), words(e.Was), words(e.Is))
	}
}

// headings are the words of admit as a provider thinks of them.
var headings = map[string]string{"take": "taken", "decline": "refused", "quote": "asked for more"}

func heading(word string) string { return or(headings[word], word) }

func signed(n int64, show func(int64) string) string {
	switch {
	case n < 0:
		return "-" + show(-n)
	case n > 0:
		return "+" + show(n)
	}
	return ""
}
