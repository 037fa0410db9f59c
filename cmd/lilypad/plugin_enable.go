package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

func (a *app) enableCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "enable PLUGIN", Short: "Let a plugin decide, also in nodes that run", Args: oneArg("NAME, HOOK/NAME or digest", "lilypad plugin list"),
		Long: `Enable loads an installed or built-in plugin with its settings, and has the
nodes of this data folder use it from their next decision on. A match plugin
takes the place of the configured one. Admit and allow plugins are asked beside
the configured ones, and each may refuse. Mediate and compare plugins can be
named in deals. A shadow is asked too, and its answers are only logged.

When a match plugin does not answer, the configured one ranks (--fallback
configured, the default), the node ranks by price without a plugin (native), or
the job waits (refuse). When an admit or allow plugin does not, the job is
declined (refuse, the default), or the plugin is left out (skip).`,
		Example: "  lilypad plugin enable match/demo --set bonus=5\n  lilypad plugin enable allow/list --role provider --settings rules.json\n  lilypad plugin enable match/demo@1.1.0 --shadow --grant log",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginEnable(cmd, args[0]) },
	}
	f := cmd.Flags()
	f.StringArray("set", nil, "a setting, KEY=VALUE; a value that is JSON is taken as such (repeatable)")
	f.String("settings", "", "file of settings, a JSON object; --set comes on top")
	f.StringSlice("grant", nil, "a capability that it may have, such as log (repeatable)")
	f.String("role", "", "only this role: creator, solver or provider of allow, solver of match, provider of admit")
	f.Bool("shadow", false, "ask it too, and only log its answers")
	f.String("fallback", "", "when it does not answer: configured, native, skip or refuse")
	return cmd
}

func (a *app) disableCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "disable PLUGIN", Short: "Go back to what is configured", Args: oneArg("NAME, HOOK/NAME or digest", "lilypad plugin list"),
		Long: `Disable ends the use of a plugin, also in nodes that run. A mediate or compare
plugin is retired: its name is free, providers take no new deal with it, and
open ones are judged by it until lilypad plugin rm. With --shadow only its
shadow ends.`,
		Example: "  lilypad plugin disable match/demo\n  lilypad plugin disable admit/quote --shadow",
		RunE: func(cmd *cobra.Command, args []string) error {
			ended, err := a.store().Disable(cmd.Context(), args[0], a.v.GetBool("shadow"))
			if err != nil {
				return err
			}
			return a.Result(ended, func() {
				for _, e := range ended {
					what := "disabled"
					if e.NamedByDeals() && !e.Shadow {
						what = "retired"
					}
					a.Line(what, "%s %s%s", e, e.Plugin, mute(e.Shadow))
				}
			})
		},
	}
	cmd.Flags().Bool("shadow", false, "only what it is asked in the shadow of others")
	return cmd
}

func (a *app) pluginEnable(cmd *cobra.Command, ref string) error {
	ctx := cmd.Context()
	k, err := a.find(ctx, ref)
	if err != nil {
		return err
	}
	e := pluginstore.Entry{
		Plugin: k.id, Role: a.v.GetString("role"), Shadow: a.v.GetBool("shadow"),
		Grants: a.v.GetStringSlice("grant"), Fallback: pluginstore.Fallback(a.v.GetString("fallback")),
	}
	pairs, err := cmd.Flags().GetStringArray("set") // not by viper, which would split at commas
	if err != nil {
		return err
	}
	if e.Settings, err = settings(a.v.GetString("settings"), pairs); err != nil {
		return err
	}
	values, err := e.SettingsMap()
	if err != nil {
		return err
	}
	pkg, err := k.pkg()
	if err != nil {
		return err
	}
	if e, err = e.For(k.manifest); err != nil {
		return err
	}
	if err := a.check(ctx, pkg, values, e.Grants, true); err != nil {
		return err
	}
	replaced, err := a.store().Enable(ctx, e, k.manifest, k.builtin)
	if err != nil {
		return err
	}
	for _, o := range replaced {
		a.Step("it takes the place of %s, %s", o, describeEntry(o))
	}
	return a.done("enabled", k.String(), k.id)
}

// settings joins a file and KEY=VALUE pairs. Keys keep their case.
func settings(file string, pairs []string) (json.RawMessage, error) {
	values := map[string]any{}
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, &lilypad.Error{Code: lilypad.NotFound, Msg: "settings", Err: err}
		}
		if values, err = pluginstore.ParseSettings(text); err != nil {
			return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: file, Remedy: `write an object like {"bonus": 5}`, Err: err}
		}
	}
	given, err := parsePairs("setting", pairs)
	if err != nil {
		return nil, err
	}
	for key, text := range given {
		if json.Valid([]byte(text)) {
			values[key] = json.RawMessage(text)
		} else {
			values[key] = text
		}
	}
	if len(values) == 0 {
		return nil, nil
	}
	return json.Marshal(values)
}

// listed is one line of plugin list.
type listed struct {
	hostapi.Manifest
	Installed bool                     `json:"installed"` // in the plugin store; else built in, or named by --plugin
	Origin    string                   `json:"origin,omitempty"`
	SignedBy  []pluginstore.TrustedKey `json:"signed_by,omitempty"`
	Refused   string                   `json:"refused,omitempty"` // why it may not be run
	Enabled   []pluginstore.Entry      `json:"enabled,omitempty"`
	unsigned  bool
}

func (a *app) listCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "List the plugins that are built in, installed and enabled", Example: "  lilypad plugin list --json", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.pluginList(cmd.Context()) },
	}
	pluginFlag(cmd)
	return cmd
}

func (a *app) pluginList(ctx context.Context) error {
	files, err := a.pluginFiles()
	if err != nil {
		return err
	}
	own, err := node.Installed(files)
	if err != nil {
		return err
	}
	stored, err := a.store().Installed(ctx)
	if err != nil {
		return err
	}
	entries, err := a.store().Enabled()
	if err != nil {
		return err
	}
	list := []listed{}
	for _, m := range own {
		list = append(list, listed{Manifest: m})
	}
	for _, i := range stored {
		l := listed{Manifest: i.Manifest, Installed: true, Origin: i.Origin, SignedBy: i.SignedBy, unsigned: i.Unsigned}
		if l.SHA256 = strings.TrimPrefix(i.ID.String(), "sha256:"); i.Untrusted != nil {
			l.Refused = i.Untrusted.Error()
		}
		list = append(list, l)
	}
	for i := range list {
		for _, e := range entries {
			if e.Plugin.String() == "sha256:"+list[i].SHA256 {
				list[i].Enabled = append(list[i].Enabled, e)
			}
		}
	}
	return a.Result(list, func() {
		var rows [][]string
		for _, l := range list {
			rows = append(rows, []string{l.Hook, l.Name, l.Version, l.SHA256[:12], l.use(), l.trust(), l.Summary})
		}
		a.Table([]string{"hook", "name", "version", "sha256", "use", "signed by", ""}, rows)
	})
}

// use says what a plugin is enabled for.
func (l listed) use() string {
	var uses []string
	for _, e := range l.Enabled {
		switch {
		case e.Retired:
			uses = append(uses, "retired")
		case e.Shadow:
			uses = append(uses, strings.TrimSpace("shadow "+e.Role))
		default:
			uses = append(uses, strings.TrimSpace("enabled "+e.Role))
		}
	}
	return or(strings.Join(uses, ", "), "-")
}

func (l listed) trust() string {
	switch {
	case l.Refused != "":
		return "refused: " + l.Refused
	case !l.Installed:
		return "-"
	case l.unsigned && len(l.SignedBy) == 0:
		return "nobody"
	}
	return keyNames(l.SignedBy)
}
