package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
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

// manifest finds a plugin of the store, a built-in one, or one of --plugin.
func (a *app) manifest(ctx context.Context, ref string) (m hostapi.Manifest, err error) {
	k, err := a.find(ctx, ref)
	if err == nil {
		m = k.manifest
		m.SHA256 = strings.TrimPrefix(k.id.String(), "sha256:")
		return m, nil
	}
	hookName, name, _ := strings.Cut(ref, "/")
	hook, wrong := hostapi.ParseHook(hookName)
	files, fileErr := a.pluginFiles()
	if lilypad.CodeOf(err) != lilypad.NotFound || wrong != nil || fileErr != nil || len(files) == 0 {
		return m, errors.Join(fileErr, err)
	}
	return node.FindPlugin(files, hook, name)
}

func (a *app) pluginInspect(ctx context.Context, ref string) error {
	m, err := a.manifest(ctx, ref)
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
