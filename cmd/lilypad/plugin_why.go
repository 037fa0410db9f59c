package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

func (a *app) whyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "why PLUGIN", Short: "Tell why a plugin is, or is not, in use", Args: oneArg("HOOK/NAME or digest", "lilypad plugin list"),
		Long: `Why goes through what must be so for a plugin to decide, in order: that it is
installed, trusted, enabled, not in another's place, and loaded and answering in
the nodes of this data folder. Where none runs, it loads the plugin itself.`,
		Example: "  lilypad plugin why match/demo",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginWhy(cmd.Context(), args[0]) },
	}
}

// finding is one answer of plugin why.
type finding struct {
	Question string `json:"question"`
	Yes      bool   `json:"yes"`
	Because  string `json:"because"`
}

func (a *app) pluginWhy(ctx context.Context, ref string) error {
	k, err := a.find(ctx, ref)
	if err != nil {
		return err
	}
	out := struct {
		Plugin   string           `json:"plugin"`
		Digest   lilypad.PluginID `json:"digest"`
		InUse    bool             `json:"in_use"`
		Findings []finding        `json:"findings"`
	}{Plugin: k.String(), Digest: k.id}
	if out.Findings, err = a.findings(ctx, k); err != nil {
		return err
	}
	logged, err := a.whyLogged(k, out.Findings)
	if err != nil {
		return err
	}
	out.Findings = append(out.Findings, logged...)
	out.InUse = !slices.ContainsFunc(out.Findings, func(f finding) bool { return !f.Yes })
	return a.Result(out, func() {
		a.Line("plugin", "%s %s", out.Plugin, out.Digest)
		for _, f := range out.Findings {
			word := "no: "
			if f.Yes {
				word = "yes: "
			}
			a.Line(f.Question, "%s", word+f.Because)
		}
	})
}

func (a *app) findings(ctx context.Context, k known) ([]finding, error) {
	pkg, err := k.pkg()
	if err != nil {
		return []finding{{"trusted", false, err.Error()}}, nil
	}
	list := []finding{a.whyTrusted(ctx, k)}
	entries, err := a.store().Enabled()
	if err != nil {
		return nil, err
	}
	reports, err := a.reports()
	if err != nil {
		return nil, err
	}
	mine := slices.DeleteFunc(slices.Clone(entries), func(e pluginstore.Entry) bool { return e.Plugin != k.id })
	if len(mine) == 0 {
		f := notEnabled(k, entries)
		if uses := configuredFor(k, reports); len(uses) > 0 && f.Because == "" {
			return append(list, uses...), nil
		}
		f.Because = or(f.Because, "nobody has enabled it; lilypad plugin enable "+k.manifest.Hook+"/"+k.manifest.Name)
		return append(list, f), nil
	}
	for _, e := range mine {
		list = append(list, finding{"enabled", !e.Retired, describeEntry(e)})
	}
	for _, r := range reports {
		list = append(list, r.loaded(k.id)...)
	}
	if len(reports) > 0 {
		return list, nil
	}
	for _, e := range mine {
		values, err := e.SettingsMap()
		if err == nil {
			err = a.check(ctx, pkg, values, e.Grants, true)
		}
		f := finding{"loads", err == nil, "no node of this data folder runs; one that starts will use it"}
		if err != nil {
			f.Because = err.Error()
		}
		list = append(list, f)
	}
	return list, nil
}

// whyLogged tells of what the log of decisions lacks of a plugin that ranks, or
// is a shadow.
func (a *app) whyLogged(k known, found []finding) (list []finding, err error) {
	shadow := slices.ContainsFunc(found, func(f finding) bool { return strings.Contains(f.Because, asShadow) })
	if k.manifest.Hook != "match" && !shadow {
		return nil, nil
	}
	gaps, err := decisions.ReadGaps(a.decisionDirs()...)
	for _, g := range gaps {
		list = append(list, finding{"logged", true, "in part: " + leftOut(g)})
	}
	return list, err
}

// nodeReport is what a running node of the data folder says.
type nodeReport struct {
	dir string
	node.PluginReport
}

func (a *app) reports() (list []nodeReport, err error) {
	for _, dir := range []string{a.v.GetString("data"), a.localDir()} {
		r, err := node.ReadPluginReport(dir)
		switch {
		case err == nil:
			list = append(list, nodeReport{dir, r})
		case lilypad.CodeOf(err) != lilypad.NotFound:
			return nil, err
		}
	}
	return list, nil
}

// configuredFor lists who has a plugin in its configuration.
func configuredFor(k known, reports []nodeReport) (list []finding) {
	for _, r := range reports {
		for _, c := range r.Configured {
			if c.Plugin != k.id {
				continue
			}
			f := finding{"configured", true, "for " + c.Who + " in " + r.dir}
			f.trouble(c.Trouble, c.Fallback)
			if !slices.Contains(list, f) {
				list = append(list, f)
			}
		}
	}
	return list
}

// trouble adds how the calls have gone.
func (f *finding) trouble(t node.Trouble, fallback pluginstore.Fallback) {
	since := t.Since.Local().Format(time.TimeOnly)
	switch {
	case t.Failing != "":
		f.Yes = false
		f.Because += fmt.Sprintf("; no answer since %s, %d in all; fallback %s: %s", since, t.Failed, fallback, t.Failing)
	case t.Failed > 0:
		f.Because += fmt.Sprintf("; %d calls had no answer, none since %s", t.Failed, since)
	}
}

func (a *app) whyTrusted(ctx context.Context, k known) finding {
	if k.builtin {
		return finding{"installed", true, "it is built in"}
	}
	found, err := a.store().Find(ctx, k.id.String())
	if err != nil {
		return finding{"installed", false, err.Error()}
	}
	by := "signed by " + keyNames(found.SignedBy)
	if len(found.SignedBy) == 0 {
		by = "taken unsigned"
	}
	return finding{"installed", true, "from " + or(found.Origin, "an unknown place") + ", " + by}
}

// notEnabled names what has the place that the plugin could have, if any.
func notEnabled(k known, entries []pluginstore.Entry) finding {
	could := pluginstore.Entry{Hook: k.manifest.Hook, Name: k.manifest.Name, Plugin: k.id}
	for _, e := range entries {
		if e.SameSeat(could) {
			return finding{"enabled", false, fmt.Sprintf("%s is enabled in its place", e)}
		}
	}
	return finding{Question: "enabled"}
}

const asShadow = "as a shadow: its answers are only logged"

func describeEntry(e pluginstore.Entry) string {
	said := []string{"for " + or(e.Role, "all roles that ask")}
	if roles := pluginstore.Roles[e.Hook]; len(roles) == 1 {
		said[0] = "for the " + roles[0]
	}
	switch {
	case e.Retired:
		said = []string{"retired: only deals that name it already are judged by it"}
	case e.Shadow:
		said = append(said, asShadow)
	}
	if len(e.Settings) > 0 {
		var text strings.Builder
		_ = json.NewEncoder(&text).Encode(e.Settings) // valid, and made compact
		said = append(said, "settings "+strings.TrimSpace(text.String()))
	}
	if len(e.Grants) > 0 {
		said = append(said, "granted "+strings.Join(e.Grants, " "))
	}
	if e.Fallback != "" {
		said = append(said, "fallback "+string(e.Fallback))
	}
	return strings.Join(said, ", ")
}

// loaded tells what a running process makes of a plugin.
func (r nodeReport) loaded(id lilypad.PluginID) (list []finding) {
	who := fmt.Sprintf("process %d in %s", r.PID, r.dir)
	for _, p := range r.Plugins {
		if p.Entry.Plugin != id {
			continue
		}
		f := finding{"in use", true, who + " has it loaded"}
		switch {
		case p.Refused != "":
			f.Yes, f.Because = false, who+": "+p.Refused
			if p.Instead != "" {
				f.Because += "; it stays with " + p.Instead
			}
		default:
			f.trouble(p.Trouble, p.Entry.Fallback)
		}
		list = append(list, f)
	}
	if list == nil {
		list = []finding{{"in use", false, who + " has not taken it up yet; it may be loading it: ask again"}}
	}
	return list
}
