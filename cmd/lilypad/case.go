package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func (a *app) caseCommand() *cobra.Command {
	group := &cobra.Command{Use: "case", Short: "Look at doubts about results and replay their verdicts", Example: "  lilypad case list\n  lilypad case replay 0x4d39"}
	list := &cobra.Command{
		Use: "list", Short: "List doubts", Example: "  lilypad case list --json", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.caseList(cmd.Context()) },
	}
	show := &cobra.Command{
		Use: "show JOB", Short: "Print each mediator's transcript and verdict", Example: "  lilypad case show 0x4d39", Args: oneArg("JOB", "lilypad case list"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.caseShow(cmd.Context(), args[0], false) },
	}
	replay := &cobra.Command{
		Use: "replay JOB|FILE", Short: "Run each transcript's scheme again and compare, byte for byte", Args: oneArg("JOB or FILE", "lilypad case list"),
		Example: "  lilypad case replay 0x4d39\n  lilypad case replay case.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if c, err := caseFile(args[0]); err != nil {
				return err
			} else if c != nil {
				return a.caseReplayFile(cmd.Context(), c)
			}
			return a.caseShow(cmd.Context(), args[0], true)
		},
	}
	group.AddCommand(list, show, replay, a.caseExportCommand())
	for _, c := range group.Commands() {
		joinFlags(c)
		pluginFlag(c)
	}
	return group
}

// cases asks the solver; the local network is started for it if it must be.
func (a *app) cases(ctx context.Context) (*market, []api.Case, error) {
	plugins := a.v.GetStringSlice("plugin")
	a.v.Set("plugin", []string{}) // they are for the replay, which is here
	m, err := a.join(ctx, true)
	a.v.Set("plugin", plugins)
	if err != nil {
		return nil, nil, err
	}
	list, err := m.solver.Cases(ctx)
	return m, list, err
}

func (a *app) caseList(ctx context.Context) error {
	m, list, err := a.cases(ctx)
	if err != nil {
		return err
	}
	defer m.close()
	return a.Result(list, func() {
		var rows [][]string
		for _, c := range list {
			rows = append(rows, []string{cli.Short(c.Job), c.Provider.String(), fmt.Sprint(len(c.Opinions)), c.State})
		}
		a.Table([]string{"job", "provider", "verdicts", "state"}, rows)
	})
}

// opinion is one mediator's verdict with its transcript.
type opinion struct {
	Mediator   lilypad.Address   `json:"mediator"`
	Outcome    string            `json:"outcome"`
	Reason     string            `json:"reason,omitempty"` // in words, if the scheme is installed here
	Transcript lilypad.Hash      `json:"transcript"`
	File       lilypad.ContentID `json:"file"`
	Case       hostapi.Case      `json:"case"`
	Replayed   *bool             `json:"replayed,omitempty"`
}

func (a *app) caseShow(ctx context.Context, prefix string, replay bool) error {
	m, list, err := a.cases(ctx)
	if err != nil {
		return err
	}
	defer m.close()
	c, err := findCase(list, prefix)
	if err != nil {
		return err
	}
	files, err := a.pluginFiles()
	if err != nil {
		return err
	}
	var opinions []opinion
	for _, o := range c.Opinions {
		op, err := a.open(ctx, m, o, files, replay)
		if err != nil {
			return fmt.Errorf("transcript of mediator %s: %w", o.Mediator, err)
		}
		opinions = append(opinions, op)
	}
	out := struct {
		api.Case
		Opinions []opinion `json:"opinions"`
	}{c, opinions}
	return a.Result(out, func() {
		a.Line("job", "%s", c.Job)
		a.Line("provider", "%s", c.Provider)
		a.Line("state", "%s", c.State)
		a.Line("scheme", "%s", c.Scheme)
		for _, o := range opinions {
			fmt.Fprintln(a.Out)
			a.Line("mediator", "%s", o.Mediator)
			a.Line("verdict", "%s%s", o.Outcome, suffix(o.Reason))
			a.Line("transcript", "%s", o.Transcript)
			if replay {
				a.Line("replay", "the same bytes")
				continue
			}
			for i, e := range o.Case.Events {
				a.Line(fmt.Sprintf("  %d", i), "%s", tell(o.Case.Events, e))
			}
		}
	})
}

func findCase(list []api.Case, prefix string) (api.Case, error) {
	prefix, _, _ = strings.Cut(prefix, "…")
	var found []api.Case
	for _, c := range list {
		if len(prefix) > 2 && strings.HasPrefix(c.Job.String(), prefix) {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		return api.Case{}, lilypad.Errorf(lilypad.NotFound, "%d cases are about a job whose id begins with %.70q", len(found), prefix).Try("lilypad case list")
	}
	return found[0], nil
}

// open fetches a transcript, checks that it is the one the verdict names, and
// runs it again if that is wanted.
func (a *app) open(ctx context.Context, m *market, o api.Opinion, files []node.PluginFile, replay bool) (opinion, error) {
	f, err := cases.ReadFile(ctx, m.solver, o.Transcript)
	if err != nil {
		return opinion{}, err
	}
	v := o.Verdict.Body
	if f.Transcript.Hash() != v.Transcript {
		return opinion{}, lilypad.Errorf(lilypad.Conflict, "its hash is %s, the signed verdict names %s", f.Transcript.Hash(), v.Transcript)
	}
	facts, err := f.Transcript.Case()
	if err != nil {
		return opinion{}, err
	}
	op := opinion{Mediator: o.Mediator, Outcome: v.Outcome.String(), Reason: reason(files, f), Transcript: v.Transcript, File: o.Transcript, Case: facts}
	if !replay {
		return op, nil
	}
	log, err := a.logger()
	if err != nil {
		return op, err
	}
	if err := node.Replay(ctx, filepath.Join(a.v.GetString("data"), "cache", "replay"), files, f, log); err != nil {
		return op, err
	}
	same := true
	op.Replayed = &same
	return op, nil
}

// reason puts a verdict's reason into the words of the scheme's manifest; empty
// when the scheme is not installed here.
func reason(files []node.PluginFile, f cases.File) string {
	m, err := node.FindPlugin(files, hostapi.HookMediate, f.Scheme.String())
	if err != nil {
		return ""
	}
	actions, err := hostapi.DecodeActions(f.Transcript.Output)
	if err != nil || len(actions) != 1 {
		return "" // a replay will tell
	}
	return m.Reasons.Text(actions[0].Reason, "en", actions[0].Arg0, actions[0].Arg1)
}

// tell puts an event of a transcript into words; all are those of its case.
func tell(all []hostapi.Event, e hostapi.Event) string {
	switch {
	case e.Party != nil:
		return fmt.Sprintf("party %s %s", e.Party.Standing, lilypad.Address(e.Party.Address))
	case e.Ordered != nil:
		return fmt.Sprintf("ordered %s, key %d", e.Ordered.Kind, e.Ordered.Key)
	case e.Result != nil:
		return fmt.Sprintf("result of %d: %s, %s, %d bytes, %d ms", e.Result.Who, lilypad.ContentID(e.Result.Content), e.Result.Status, e.Result.Size, e.Result.WallTime)
	case e.Compared != nil:
		return fmt.Sprintf("compared %d with %d: %s, distance %d ppm", e.Compared.A, e.Compared.B, e.Compared.Sameness, e.Compared.Distance)
	case e.Missing != nil:
		return fmt.Sprintf("no answer to key %d: %s", e.Missing.Key, e.Missing.Why)
	case e.Commit != nil:
		return fmt.Sprintf("%d stands by trace %s of %d steps", e.Commit.Who, lilypad.Hash(e.Commit.Trace), e.Commit.Steps)
	case e.Open != nil:
		return fmt.Sprintf("%d opened node %d of level %d, child %d is taken", e.Open.Who, e.Open.Index, e.Open.Level, e.Open.Child)
	case e.Segment != nil:
		return tellSegment(all, e.Segment)
	case e.Appeal != nil:
		return fmt.Sprintf("appeal, %s LILY paid", lilypad.Amount(e.Appeal.Paid))
	}
	return "time has passed"
}

func tellSegment(all []hostapi.Event, s *hostapi.Segment) string {
	of := ""
	for _, e := range all {
		if c := e.Commit; c != nil && c.Who == s.Who && c.Re == s.Re {
			if of = fmt.Sprintf(" of %d", c.Steps); c.Last == s.Start {
				return fmt.Sprintf("%d is wrong: its trace of %d steps does not end in the files of its result", s.Who, c.Steps)
			}
		}
	}
	return fmt.Sprintf("step %d%s was run again, and %d is wrong: it leads to %s, not to %s", s.Step, of, s.Who, lilypad.Hash(s.Ran), lilypad.Hash(s.Claimed))
}
