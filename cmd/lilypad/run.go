package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

func (a *app) runCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run MODULE[:TAG]",
		Short: "Run a module, pay for it, and print its result",
		Long: `Run orders a job, follows it to its settled payment, prints what it wrote to
stdout, and puts its files into a results folder. It exits with the job's own
exit code if the job ran. A terminal and --json get the first 1 MiB of stdout,
and a word where the rest is; a file or another program gets all of it.`,
		Example: `  lilypad run cowsay:v0.0.4 -i Message="hello lilypad"
  lilypad run thumbnail:v0.1.0 --inputs-path ./pictures -i Width=128
  lilypad run cowsay:v0.0.4 -i Message=moo --scheme replicate --set runs=3,agree=2
  lilypad run cowsay:v0.0.4 -i Message="for your eyes only" --private
  lilypad run github.com/owner/module:v1.2 -i prompt="a frog" --json`,
		Args: oneArg("MODULE", "lilypad run cowsay:v0.0.4 -i Message=hello"),
		RunE: func(cmd *cobra.Command, args []string) error {
			inputs, err := cmd.Flags().GetStringArray("input") // not by viper, which would split at commas
			if err != nil {
				return err
			}
			return a.run(cmd.Context(), args[0], inputs)
		},
	}
	f := cmd.Flags()
	f.StringArrayP("input", "i", nil, "an input of the module's template, KEY=VALUE (repeatable)")
	f.String("inputs-path", "", "folder of input files")
	f.String("executor", "", "wasm or docker; empty: wasm if the module has that form")
	f.String("scheme", "", "how the result is verified: optimistic, audit, replicate, or another mediate plugin")
	f.String("comparator", "", "how two results are compared: exact, numeric, or another compare plugin")
	f.StringSlice("set", nil, "parameters of scheme and comparator, NAME=NUMBER,…")
	f.String("audit", "", "share of results that mediators must see, such as 5%; scheme audit checks no others")
	f.String("max-price", "", "the most to pay, in LILY")
	f.String("provider-stake", "", "what the provider must risk, in LILY")
	f.Bool("private", false, "seal inputs and result, so that the solver cannot read them; no log while the job runs")
	f.String("known", "", "content id of the right result, if it is known: makes the job a canary (lilypad scheme compare)")
	f.String("target", "", "address of the only provider that may take the job")
	f.Uint32("timeout", 0, "seconds that the job may run; 0: the module's")
	f.StringP("output", "o", "", "results folder; empty: one in the data folder")
	f.Bool("skip-allow", false, "leave out this creator's own module check, to watch the others hold (local network)")
	f.String("docker", "", "on, off, or empty for auto: use of a Docker engine, where this command starts the network")
	f.String("docker-host", "", "address of the Docker engine")
	joinFlags(cmd)
	pluginFlag(cmd)
	mirrorFlag(cmd)
	hostFlags(cmd)
	return cmd
}

// oneArg asks for exactly one argument by its name.
func oneArg(name, example string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return lilypad.Errorf(lilypad.Invalid, "want one %s, got %d words", name, len(args)).Try("%s", example)
		}
		return nil
	}
}

// someArgs wants one or more.
func someArgs(name, example string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return lilypad.Errorf(lilypad.Invalid, "want one %s or more", name).Try("%s", example)
		}
		return nil
	}
}

// wordsArgs wants as many words as use names behind its command.
func wordsArgs(use, example string) cobra.PositionalArgs {
	want := strings.Fields(use)[1:]
	return func(_ *cobra.Command, args []string) error {
		if len(args) != len(want) {
			return lilypad.Errorf(lilypad.Invalid, "want %d words, %s, got %d", len(want), strings.Join(want, " "), len(args)).Try("%s", strings.TrimSpace(example))
		}
		return nil
	}
}

// noArgs refuses words behind a command that takes none.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return lilypad.Errorf(lilypad.Invalid, "%s takes no words, got %.80q", cmd.CommandPath(), args[0]).Try("%s --help", cmd.CommandPath())
	}
	return nil
}

func (a *app) run(ctx context.Context, module string, inputs []string) (err error) {
	order, err := a.order(module, inputs)
	if err != nil {
		return err
	}
	if dir := a.v.GetString("output"); dir != "" {
		if err := ensureDir(dir); err != nil { // before anything is paid
			return err
		}
	}
	m, err := a.join(ctx, true)
	if err != nil {
		return err
	}
	defer func() {
		if stop := m.close(); err == nil {
			err = stop
		}
	}()
	report, err := a.place(ctx, m, order)
	if err != nil {
		return err
	}
	for _, w := range report.Warnings {
		a.Step("note: %s", w)
	}
	report, err = a.follow(ctx, m, report)
	if err != nil {
		return err
	}
	return a.present(ctx, m, report)
}

// place gives the order to the creator. One that does not answer, or whose
// solver does not, may be starting: it is told again, and the order's nonce
// makes sure that it is one job. Only the waiting is bounded: an answer takes as
// long as a person takes to agree to the offer.
func (a *app) place(ctx context.Context, m *market, o api.Order) (api.Report, error) {
	o.Nonce = rand.Uint64N(math.MaxUint64) + 1
	enough := time.After(joinWithin)
	for waits := false; ; waits = true {
		report, err := a.tryPlace(ctx, m, o)
		if err == nil || !a.gone(ctx, m, err) {
			return report, err
		}
		if !waits {
			a.Step("%v (waiting)", err)
		}
		select {
		case <-ctx.Done():
			return report, err
		case <-enough:
			return report, err
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// gone tells whether an error means that the creator or its solver is not
// there, and not that somebody else is not.
func (a *app) gone(ctx context.Context, m *market, err error) bool {
	e, ok := errors.AsType[*lilypad.Error](err)
	if !ok || e.Code != lilypad.Unavailable {
		return false
	}
	if e.Err != nil {
		return true // no answer at all; one of the creator's has no cause
	}
	_, err = m.solver.Network(ctx)
	return err != nil
}

func (a *app) tryPlace(ctx context.Context, m *market, o api.Order) (r api.Report, err error) {
	if dir := a.v.GetString("inputs-path"); dir != "" {
		a.Step("storing input files")
		if o.Files, _, err = storage.PutDir(ctx, m.creator, dir); err != nil {
			return r, err
		}
	}
	return m.creator.Order(ctx, o)
}

func (a *app) order(module string, inputs []string) (o api.Order, err error) {
	v := a.v
	o = api.Order{
		Module: module, Engine: lilypad.Engine(v.GetString("executor")), Scheme: v.GetString("scheme"), Comparator: v.GetString("comparator"),
		Timeout: lilypad.Seconds(v.GetUint32("timeout")), SkipAllow: v.GetBool("skip-allow"), Private: v.GetBool("private"),
	}
	if o.Engine != "" && o.Engine != lilypad.EngineWasm && o.Engine != lilypad.EngineDocker {
		return o, lilypad.Errorf(lilypad.Invalid, "no executor %q", o.Engine).Try("use wasm or docker")
	}
	if o.Inputs, err = parsePairs("input", inputs); err != nil {
		return o, err
	}
	pairs, err := parsePairs("parameter", v.GetStringSlice("set"))
	if err != nil {
		return o, err
	}
	o.Params = map[string]int64{}
	for k, text := range pairs {
		if o.Params[k], err = strconv.ParseInt(text, 10, 64); err != nil {
			return o, lilypad.Errorf(lilypad.Invalid, "parameter %s=%.40q is not a whole number", k, text)
		}
	}
	if o.AuditBPS, err = parseRate(v.GetString("audit")); err != nil {
		return o, err
	}
	for flag, to := range map[string]*lilypad.Amount{"max-price": &o.MaxPrice, "provider-stake": &o.ProviderStake} {
		if text := v.GetString(flag); text != "" {
			if *to, err = lilypad.ParseAmount(text); err != nil {
				return o, err
			}
		}
	}
	if text := v.GetString("known"); text != "" {
		if o.Known, err = lilypad.ParseContentID(text); err != nil {
			return o, err
		}
	}
	if text := v.GetString("target"); text != "" {
		o.Target, err = lilypad.ParseAddress(text)
	}
	return o, err
}

// follow tells how the job goes until it is done. When the creator is gone it
// waits for it.
func (a *app) follow(ctx context.Context, m *market, r api.Report) (api.Report, error) {
	state, waited, told := "", time.Time{}, false
	stderr := &cli.Terminal{W: a.Err}
	id := r.Job // r changes under the timer
	unexplained := time.AfterFunc(explainAfter, func() { a.explain(ctx, m, id) })
	defer unexplained.Stop()
	for !r.Done {
		for e, err := range m.creator.Watch(ctx, r.Job) {
			if err != nil {
				break
			}
			waited = time.Time{}
			switch e.Kind {
			case api.EventChanged:
				var fresh api.Report // what is absent is zero
				if err := json.Unmarshal(e.Data, &fresh); err != nil {
					return r, err
				}
				r = fresh
				if now := r.State + r.Reason; now != state && !r.Done {
					state = now
					unexplained.Reset(explainAfter)
					a.Step("job %s: %s%s", cli.Short(r.Job), r.State, suffix(r.Reason))
				}
			case api.EventLog:
				var c api.LogChunk
				if json.Unmarshal(e.Data, &c) == nil && c.Stream == bundle.Stderr {
					_, _ = stderr.Write(c.Data)
				}
			}
		}
		if ctx.Err() != nil {
			return r, a.interrupted(m, r)
		}
		if r.Done {
			break
		}
		if m.node != nil {
			select {
			case <-m.node.Done():
				return r, m.node.Wait()
			default:
			}
		}
		switch gone := time.Since(waited); {
		case waited.IsZero():
			waited = time.Now()
		case gone > 2*time.Second && !told:
			told = true
			a.Step("the creator does not answer; the job is safe with it (waiting)")
		case gone > time.Minute:
			return r, lilypad.Errorf(lilypad.Unavailable, "the creator has not answered for a minute").Try("start it again, then lilypad job show %s", r.Job)
		}
		time.Sleep(500 * time.Millisecond)
	}
	return r, nil
}

// explainAfter is how long a job may stand still before people are told why.
const explainAfter = 3 * time.Second

// explain tells what keeps a job from being matched, if it still waits.
func (a *app) explain(ctx context.Context, m *market, id lilypad.JobID) {
	w, err := m.creator.Why(ctx, id)
	if err == nil && w.Phase == api.PhaseWaiting {
		a.Step("why: %s", w.Nearest)
	}
}

// interrupted says what Ctrl-C leaves behind.
func (a *app) interrupted(m *market, r api.Report) error {
	goes := "goes on"
	if m.node != nil {
		goes = "rests, and goes on with lilypad up"
	}
	return lilypad.Errorf(lilypad.Timeout, "interrupted: job %s is %s and %s", r.Job, r.State, goes).Try("lilypad job show %s, or lilypad job cancel %s", r.Job, r.Job)
}

// shownStdout is how much of a job's stdout a terminal and JSON get, in bytes.
// All of it is a file of the results folder.
const shownStdout = 1 << 20

// runResult is what run prints as JSON.
type runResult struct {
	api.Report
	Stdout      string `json:"stdout"`       // the first of it
	StdoutBytes uint64 `json:"stdout_bytes"` // all of it
	ResultsDir  string `json:"results_dir"`
}

// present prints the result and exits as the job did.
func (a *app) present(ctx context.Context, m *market, r api.Report) error {
	out := runResult{Report: r}
	out.Timings = spans(r.Timings)
	if r.Review != "" {
		a.Step("verified by %s and %s: %s", r.Scheme, r.Comparator, r.Review)
	}
	var stdout io.Reader = strings.NewReader("")
	if !r.Result.IsZero() {
		var err error
		if out.ResultsDir, err = a.fetchResult(ctx, m, r); err != nil {
			return err
		}
		if stdout, out.StdoutBytes, err = bundle.OpenOutput(ctx, m.creator, r.Result, bundle.Stdout); err != nil {
			return err
		}
	}
	screen, _ := a.Out.(*os.File)
	if err := a.printStdout(stdout, &out, screen != nil && term.IsTerminal(int(screen.Fd()))); err != nil {
		return err
	}
	if err := a.Result(out, func() {
		if !r.Provider.IsZero() {
			a.Line("provider", "%s%s", r.Provider, faulty(r.Deals))
			a.Line("price", "%s LILY", r.Price)
		}
		a.Line("deal", "%s%s", money(r), suffix(r.Reason))
		if out.ResultsDir != "" {
			a.Line("results", "%s", out.ResultsDir)
		}
	}); err != nil {
		return err
	}
	switch {
	case r.ExitCode != nil && !r.Result.IsZero():
		if r.Outputs != nil && r.Outputs.Status != lilypad.StatusSucceeded {
			a.Step("the job ended with exit code %d%s", *r.ExitCode, ending(r))
			for _, line := range lastLines(filepath.Join(out.ResultsDir, bundle.Stderr)) {
				a.Step("  %s", line)
			}
		}
		if *r.ExitCode != 0 {
			return cli.Exit(*r.ExitCode & 0xff)
		}
		return nil
	case r.State == string(api.PhaseWithdrawn):
		return lilypad.Errorf(lilypad.Conflict, "job %s was withdrawn%s", r.Job, suffix(r.Reason)).Try("lilypad job why %s", r.Job)
	}
	return lilypad.Errorf(lilypad.Unavailable, "job %s ended %s without a result", r.Job, r.State).Try("lilypad deal show %s", r.Job)
}

// printStdout prints what a job printed, piece by piece, or puts it into out for
// JSON. People and JSON get the first of it, and a word where the rest is; a
// file or another program gets all.
func (a *app) printStdout(stdout io.Reader, out *runResult, people bool) error {
	var text strings.Builder
	var to io.Writer = &cli.Terminal{W: a.Out}
	if a.JSON {
		to = &text
	}
	bounded := people || a.JSON
	if bounded {
		stdout = io.LimitReader(stdout, shownStdout)
	}
	if _, err := io.Copy(to, stdout); err != nil {
		return err
	}
	out.Stdout = text.String()
	if bounded && out.StdoutBytes > shownStdout {
		if !a.JSON {
			fmt.Fprintln(a.Out) // it was cut anywhere
		}
		a.Step("the job printed %d bytes, these are the first %d: see %s", out.StdoutBytes, shownStdout, filepath.Join(out.ResultsDir, bundle.Stdout))
	}
	return nil
}

// lastLines are the last of a file, at most five; none if it cannot be read.
func lastLines(path string) []string {
	const most = 2048 // bytes
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.Size() > most {
		_, _ = file.Seek(-most, io.SeekEnd)
	}
	text, _ := io.ReadAll(io.LimitReader(file, most))
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	if lines = lines[max(0, len(lines)-5):]; lines[0] == "" && len(lines) == 1 {
		return nil
	}
	return lines
}

// money tells how a job stands, and whether its money may still move back.
func money(r api.Report) string {
	if r.Settled == nil {
		return r.State
	}
	return r.State + ", " + r.Settled.String()
}

// spans turns the moments since the order into what each step took.
func spans(at map[string]int64) map[string]int64 {
	out, last := map[string]int64{}, int64(0)
	for _, step := range []string{"match", "open", "run", "settle"} {
		if t, ok := at[step]; ok {
			out[step], last = max(t-last, 0), max(t, last)
		}
	}
	out["total"] = at["total"]
	return out
}

// fetchResult writes the job's files into its results folder.
func (a *app) fetchResult(ctx context.Context, m *market, r api.Report) (string, error) {
	dir := a.v.GetString("output")
	if dir == "" {
		dir = filepath.Join(a.v.GetString("data"), "results", r.Job.String()[2:])
		if _, err := os.Stat(dir); err == nil {
			return dir, nil // fetched before
		}
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return dir, storage.Extract(ctx, m.creator, r.Result, dir, storage.Limits{})
}

func faulty(deals []api.DealReport) string {
	for _, d := range deals {
		if d.Faulty != "" && !d.Replica {
			return fmt.Sprintf(" (FAULTY: %s)", d.Faulty)
		}
	}
	return ""
}

func suffix(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}
