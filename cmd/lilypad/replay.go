package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/file"
)

func (a *app) replayCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "replay [ID | FILE]", Short: "Ask plugins again what they decided, and compare byte for byte", Args: replayArgs,
		Long: `Replay reads what plugins of this data folder decided, asks each the recorded
question again, and compares answer, fuel and every field of the record. It
exits with an error when one of them differs. ID is a decision's, or the first
digits of it; FILE is what --export has written, on any machine. The network may
run meanwhile.

A plugin is found by the digest in the record: among the built-in ones, in the
plugin store, or at --plugin.`,
		Example: "  lilypad replay --last 10\n  lilypad replay 0x4d39 --referee\n  lilypad replay 0x4d39 --export decision.json\n  lilypad replay decision.json --plugin demo/dist",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.replay(cmd.Context(), args) },
	}
	f := cmd.Flags()
	f.Int("last", 0, "replay this many decisions, the newest")
	f.Bool("all", false, "replay all decisions")
	f.Bool("referee", false, "ask the interpreter, some fifty times slower")
	f.String("plugin", "", "folder or file of the plugin, where it is not installed")
	f.String("export", "", "write the decision to this file, and do not replay it")
	cmd.MarkFlagsMutuallyExclusive("last", "all", "export")
	return cmd
}

func replayArgs(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return lilypad.Errorf(lilypad.Invalid, "want one ID or FILE at most, got %d words", len(args)).Try("lilypad replay %.80s", args[0])
	}
	return nil
}

func (a *app) replay(ctx context.Context, args []string) error {
	n, all := a.v.GetInt("last"), a.v.GetBool("all")
	if many := n > 0 || all; n < 0 || many == (len(args) == 1) {
		return lilypad.Errorf(lilypad.Invalid, "name one decision, or say how many").Try("lilypad replay --last 10")
	}
	if len(args) == 0 {
		return a.replayMany(ctx, n)
	}
	f, err := a.decision(args[0])
	if err != nil {
		return err
	}
	if to := a.v.GetString("export"); to != "" {
		return a.export(ctx, &f.Entry, to)
	}
	r, stop, err := a.replayer()
	if err != nil {
		return err
	}
	defer stop()
	v, err := r.ReplayFile(ctx, &f)
	if err != nil {
		return err
	}
	items, said, err := f.Answers()
	if err != nil {
		return err
	}
	err = a.Result(v, func() {
		a.Line("decision", "%s", v.ID)
		a.Line("plugin", "%s/%s, sha256:%.12s…", v.Hook, v.Plugin, strings.TrimPrefix(f.Record.Module.String(), "sha256:"))
		a.Line("asked by", "%s, %s%s", or(f.Role, "nobody"), f.At.Local().Format(time.DateTime), mute(f.Shadow))
		a.Line("fuel", "%d of %d, %s", f.Record.Fuel, f.Record.Budget, f.Duration.Round(time.Microsecond))
		for i, item := range items {
			a.Line("", "%s: %s", named(item), words(said[i]))
		}
		a.Line("replay", "%s", verdict(v))
	})
	if err == nil && !v.Identical && v.Unanswered == "" {
		err = lilypad.Errorf(lilypad.Conflict, "the decision is not what the plugin decides").Try("lilypad replay %s --json shows each difference", args[0])
	}
	return err
}

// mute marks what decided nothing.
func mute(shadow bool) string {
	if shadow {
		return " (shadow)"
	}
	return ""
}

// named tells what a plugin was asked about.
func named(i decisions.Item) string {
	return strings.TrimSpace(fmt.Sprintf("%.12s… %s", i.ID, i.Name))
}

// words tells what a plugin said.
func words(a decisions.Answer) string {
	out := heading(a.Word)
	if a.Choice != "" {
		out += " " + a.Choice
	}
	if a.Price > 0 {
		out += " at " + a.Price.String() + " LILY"
	}
	return out + suffix(a.Reason)
}

func verdict(v decisions.Verdict) string {
	switch {
	case v.Identical:
		return "identical"
	case v.Unanswered != "":
		return "nothing to repeat: " + v.Unanswered
	}
	d := v.Differences[0]
	out := fmt.Sprintf("%s differs: recorded %s, replayed %s", d.Field, d.Recorded, d.Replayed)
	if more := len(v.Differences) - 1; more > 0 {
		out += fmt.Sprintf(" (and %d more)", more)
	}
	return out
}

// decision finds one in a file or in the logs.
func (a *app) decision(ref string) (f decisions.File, err error) {
	if b, openErr := os.Open(ref); openErr == nil {
		defer b.Close()
		return decisions.ReadFile(b)
	}
	e, err := decisions.Find(ref, a.decisionDirs()...)
	if err != nil {
		return f, err
	}
	return decisions.File{ID: e.ID(), Entry: *e}, nil
}

// export writes a decision, and as much of a comparison's trees as is here.
func (a *app) export(ctx context.Context, e *decisions.Entry, to string) error {
	f, missing := decisions.Export(ctx, e, a.trees(e.Role))
	if lilypad.CodeOf(missing) == lilypad.Invalid {
		return missing
	}
	text, err := json.MarshalIndent(f, "", "  ")
	if err == nil {
		err = os.WriteFile(to, append(text, '\n'), 0o600)
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "export", Remedy: "choose another file", Err: err}
	}
	if missing != nil {
		a.Step("note: the file replays only where both trees are: %v", missing)
	}
	out := struct {
		ID     lilypad.Hash `json:"id"`
		File   string       `json:"file"`
		Blocks int          `json:"blocks"`
	}{f.ID, to, len(f.Blocks)}
	return a.Result(out, func() { a.Line("exported", "%s to %s", f.ID, to) })
}

// replayed is what came of many decisions.
type replayed struct {
	Replayed   int                 `json:"replayed"`
	Identical  int                 `json:"identical"`
	Different  int                 `json:"different"`
	Unanswered int                 `json:"unanswered"` // nothing to repeat
	Unreadable int                 `json:"unreadable"` // damaged, or their plugin or trees are not here
	Decisions  []decisions.Verdict `json:"decisions"`  // those that are not identical; all where they are few
	Errors     []string            `json:"errors,omitempty"`
	Gaps       []decisions.Gaps    `json:"gaps,omitempty"` // what the logs have left out
	rows       [][]string
}

const (
	few       = 20 // decisions that are listed whatever comes of them
	maxErrors = 20
)

func (a *app) replayMany(ctx context.Context, n int) error {
	r, stop, err := a.replayer()
	if err != nil {
		return err
	}
	defer stop()
	out := &replayed{Decisions: []decisions.Verdict{}}
	told := time.Now()
	for e, err := range newest(n, decisions.Read(a.decisionDirs()...)) {
		var v decisions.Verdict
		if err == nil {
			v, err = r.Replay(ctx, e)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		out.add(e, v, err, n > 0 && n <= few)
		if time.Since(told) > time.Second {
			told = time.Now()
			a.Step("replayed %d: %d identical", out.Replayed, out.Identical)
		}
	}
	if out.Replayed+out.Unreadable == 0 {
		return lilypad.Errorf(lilypad.NotFound, "no decision is logged in %s", strings.Join(a.decisionDirs(), " or ")).Try("lilypad run cowsay:v0.0.4 -i Message=hello, and then again")
	}
	if out.Gaps, err = decisions.ReadGaps(a.decisionDirs()...); err != nil {
		return err
	}
	err = a.Result(out, func() {
		if len(out.rows) > 0 {
			a.Table([]string{"decision", "at", "by", "plugin", ""}, out.rows)
		}
		a.Line("replayed", "%d: %d identical, %d different, %d with nothing to repeat, %d unreadable", out.Replayed, out.Identical, out.Different, out.Unanswered, out.Unreadable)
		for _, text := range out.Errors {
			a.Step("note: %s", text)
		}
		for _, g := range out.Gaps {
			a.Step("note: %s", leftOut(g))
		}
	})
	if err == nil && out.Different+out.Unreadable > 0 {
		err = lilypad.Errorf(lilypad.Conflict, "%d of %d decisions are not confirmed", out.Different+out.Unreadable, out.Replayed+out.Unreadable).Try("lilypad replay ID shows one of them")
	}
	return err
}

// leftOut tells what a log does not have, and what decides that.
func leftOut(g decisions.Gaps) string {
	var out []string
	if g.Rankings > 0 {
		out = append(out, fmt.Sprintf("%d rankings and answers of shadows are not in the log, which keeps %g MB of questions a second of each (--rankings-mb)", g.Rankings, float64(g.Rate)/1e6))
	}
	if g.Shadows > 0 {
		out = append(out, fmt.Sprintf("%d questions found a shadow too slow", g.Shadows))
	}
	return fmt.Sprintf("since %s %s", g.Since.Local().Format(time.DateTime), strings.Join(out, ", and "))
}

// newest ends after n; 0: at the end.
func newest(n int, all iter.Seq2[*decisions.Entry, error]) iter.Seq2[*decisions.Entry, error] {
	return func(yield func(*decisions.Entry, error) bool) {
		i := 0
		for e, err := range all {
			if i++; !yield(e, err) || i == n {
				return
			}
		}
	}
}

func (r *replayed) add(e *decisions.Entry, v decisions.Verdict, err error, list bool) {
	if err != nil {
		text := err.Error()
		if remedy := lilypad.RemedyOf(err); remedy != "" {
			text += "; try: " + remedy
		}
		if r.Unreadable++; len(r.Errors) < maxErrors && !slices.Contains(r.Errors, text) {
			r.Errors = append(r.Errors, text)
		}
		return
	}
	r.Replayed++
	switch {
	case v.Identical:
		r.Identical++
	case v.Unanswered != "":
		r.Unanswered++
	default:
		r.Different++
		list = true
	}
	if list {
		r.Decisions = append(r.Decisions, v)
		r.rows = append(r.rows, []string{cli.Short(v.ID), e.At.Local().Format(time.DateTime), e.Role + mute(e.Shadow), v.Hook + "/" + v.Plugin, verdict(v)})
	}
}

// decisionDirs are the logs of this data folder: the local network's, and
// those of a daemon.
func (a *app) decisionDirs() []string {
	return []string{filepath.Join(a.localDir(), node.DecisionsDir), filepath.Join(a.v.GetString("data"), node.DecisionsDir)}
}

// replayer finds plugins and trees in this data folder. The caller stops it.
func (a *app) replayer() (r *decisions.Replayer, stop func(), err error) {
	host, err := a.pluginHost()
	if err != nil {
		return nil, nil, err
	}
	r = &decisions.Replayer{Host: host, Wasm: a.module, Store: a.trees, Referee: a.v.GetBool("referee")}
	if path := a.v.GetString("plugin"); path != "" {
		p, err := pluginstore.Read(built(path))
		if err != nil {
			_ = host.Close()
			return nil, nil, err
		}
		r.Wasm = func(id lilypad.PluginID) ([]byte, error) {
			if p.ID == id {
				return p.Wasm, nil
			}
			return a.module(id)
		}
	}
	return r, func() { r.Close(); _ = host.Close() }, nil
}

// pluginHost is a host for one command, with its own code cache.
func (a *app) pluginHost() (*pluginhost.Host, error) {
	if err := ensurePrivate(a.v.GetString("data")); err != nil {
		return nil, err
	}
	log, err := a.logger()
	if err != nil {
		return nil, err
	}
	return pluginhost.New(pluginhost.Config{CacheDir: filepath.Join(a.v.GetString("data"), "cache", "plugins"), Log: log})
}

// built is the folder that plugin build fills, where path is its source.
func built(path string) string {
	if dist := filepath.Join(path, "dist"); isFile(filepath.Join(dist, "plugin.wasm")) && !isFile(filepath.Join(path, "plugin.wasm")) {
		return dist
	}
	return path
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// module is the wasm of a plugin that is built in or installed.
func (a *app) module(id lilypad.PluginID) ([]byte, error) {
	if p, err := plugins.ByID(id); err == nil {
		return p.Wasm()
	}
	p, err := a.store().Package(id)
	if lilypad.CodeOf(err) == lilypad.NotFound {
		return nil, lilypad.Errorf(lilypad.NotFound, "the plugin %s is not here", id).Try("name its folder or file with --plugin")
	}
	return p.Wasm, err
}

// trees is where a role of this data folder keeps results; nil when there is
// no such folder.
func (a *app) trees(role string) storage.Getter {
	for _, dir := range []string{a.localDir(), a.v.GetString("data")} {
		blobs := filepath.Join(dir, role, "blobs")
		if info, err := os.Stat(blobs); role == "" || strings.ContainsAny(role, `/\.`) || err != nil || !info.IsDir() {
			continue
		}
		if s, err := file.Open(blobs); err == nil {
			return s
		}
	}
	return nil
}
