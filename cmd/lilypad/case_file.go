package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func (a *app) caseExportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "export JOB", Short: "Write a case into one file that anyone can replay", Args: oneArg("JOB", "lilypad case list"),
		Long: `Export writes the signed verdicts of a case, the transcripts that they name and the
schemes that decided, modules included. lilypad case replay FILE checks them on any
machine: it needs no network and no node, and starts none.`,
		Example: "  lilypad case export 0x4d39\n  lilypad case export 0x4d39 --output case.json",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.caseExport(cmd.Context(), args[0]) },
	}
	cmd.Flags().StringP("output", "o", "", "file to write (default case-JOB.json)")
	return cmd
}

func (a *app) caseExport(ctx context.Context, prefix string) error {
	m, list, err := a.cases(ctx)
	if err != nil {
		return err
	}
	defer m.close()
	c, err := findCase(list, prefix)
	if err != nil {
		return err
	}
	if len(c.Opinions) == 0 {
		return lilypad.Errorf(lilypad.NotFound, "no mediator has decided the case of job %s yet", c.Job).Try("lilypad case show %s", cli.Short(c.Job))
	}
	files, err := a.pluginFiles()
	if err != nil {
		return err
	}
	f, err := node.NewCaseFile(ctx, m.network.Domain(), c, m.solver, files)
	if err != nil {
		return err
	}
	to := a.v.GetString("output")
	if to == "" {
		to = fmt.Sprintf("case-%.10s.json", c.Job)
	}
	text, err := json.MarshalIndent(f, "", "  ")
	if err == nil {
		err = os.WriteFile(to, append(text, '\n'), 0o600)
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "export", Remedy: "choose another file with --output", Err: err}
	}
	out := struct {
		Job      lilypad.JobID `json:"job"`
		File     string        `json:"file"`
		Bytes    int           `json:"bytes"`
		Verdicts int           `json:"verdicts"`
	}{c.Job, to, len(text) + 1, len(f.Verdicts)}
	return a.Result(out, func() { a.Line("exported", "%d verdicts about job %s to %s", out.Verdicts, out.Job, out.File) })
}

// caseFile reads an exported case; nil when path is no file.
func caseFile(path string) (*node.CaseFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil //nolint:nilerr // then it is a job's id
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, node.MaxCaseFile+1))
	if err != nil || len(b) > node.MaxCaseFile {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: fmt.Sprintf("case file %s cannot be read, or has more than %d bytes", path, node.MaxCaseFile), Err: err}
	}
	c, err := node.ParseCaseFile(b)
	return &c, err
}

func (a *app) caseReplayFile(ctx context.Context, c *node.CaseFile) error {
	log, err := a.logger()
	if err != nil {
		return err
	}
	if err := c.Replay(ctx, filepath.Join(a.v.GetString("data"), "cache", "replay"), log); err != nil {
		return err
	}
	type verdict struct {
		Mediator   lilypad.Address `json:"mediator"`
		Outcome    string          `json:"outcome"`
		Transcript lilypad.Hash    `json:"transcript"`
		Replayed   bool            `json:"replayed"`
	}
	out := struct {
		Domain   lilypad.Domain  `json:"domain"`
		Job      lilypad.JobID   `json:"job"`
		Deal     lilypad.DealID  `json:"deal"`
		Provider lilypad.Address `json:"provider"`
		Verdicts []verdict       `json:"verdicts"`
	}{Domain: c.Domain, Job: c.Job, Deal: c.Deal, Provider: c.Provider}
	for _, v := range c.Verdicts {
		out.Verdicts = append(out.Verdicts, verdict{v.Mediator, v.Verdict.Body.Outcome.String(), v.Verdict.Body.Transcript, true})
	}
	return a.Result(out, func() {
		a.Line("job", "%s", out.Job)
		a.Line("deal", "%s", out.Deal)
		a.Line("contract", "%s on chain %d", out.Domain.Contract, out.Domain.ChainID)
		for _, v := range out.Verdicts {
			fmt.Fprintln(a.Out)
			a.Line("mediator", "%s", v.Mediator)
			a.Line("verdict", "%s, signed", v.Outcome)
			a.Line("transcript", "%s", v.Transcript)
			a.Line("replay", "the same bytes")
		}
	})
}
