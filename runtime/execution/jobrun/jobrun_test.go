package jobrun_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// A job that floods its log has a result, and each run of it the same one.
func TestTable_Wait_failsWhatPassedALimit(t *testing.T) {
	table := jobrun.NewTable(jobrun.Limits{LogBytes: 10})
	defer table.Close()
	job := executiontest.Job(t, lilypad.Spec{Outputs: []lilypad.Output{{Name: "o", Path: "/o"}}})
	h, err := table.Start(job, func(_ context.Context, r *jobrun.Run) (jobrun.Exit, error) {
		if err := os.WriteFile(filepath.Join(job.Dir, "outputs/o/half"), []byte("done"), 0o644); err != nil {
			t.Error(err)
		}
		n, err := r.Stdout.Write([]byte("0123456789ab"))
		if n != 10 || err == nil {
			t.Errorf("wrote %d, %v; want 10 and an error", n, err)
		}
		return jobrun.Exit{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	o, err := table.Wait(t.Context(), h)
	if err != nil || o.End != execution.Failed || o.ExitCode != 153 || !strings.Contains(o.Reason, "limit of 10 bytes") {
		t.Errorf("ended %+v, %v; want failed for its log", o, err)
	}
	for name, want := range map[string]string{"stdout": "", "exitCode": "153", "stderr": "stdout passed its limit of 10 bytes\n"} {
		if got := executiontest.Text(t, job, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if left, err := os.ReadDir(filepath.Join(job.Dir, "outputs/o")); err != nil || len(left) > 0 {
		t.Errorf("outputs hold %v, %v", left, err)
	}
}

// That the host's disk is full is no way for a job to end.
func TestTable_Wait_refusesWhatTheHostCannotWrite(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no file here is always full:", err)
	}
	table := jobrun.NewTable(jobrun.Limits{})
	defer table.Close()
	job := executiontest.Job(t, lilypad.Spec{})
	if err := os.Symlink("/dev/full", filepath.Join(job.Dir, "stdout")); err != nil {
		t.Fatal(err)
	}
	h, err := table.Start(job, func(_ context.Context, r *jobrun.Run) (jobrun.Exit, error) {
		if _, err := r.Stdout.Write([]byte("moo")); err == nil {
			t.Error("a full disk took a write")
		}
		return jobrun.Exit{Code: 1}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if o, err := table.Wait(t.Context(), h); err != nil || o.End != execution.Refused || !strings.Contains(o.Reason, "cannot write stdout") {
		t.Errorf("ended %+v, %v; want refused for its log", o, err)
	}
}

func TestTable_Wait_tellsEveryEnd(t *testing.T) {
	table := jobrun.NewTable(jobrun.Limits{})
	defer table.Close()
	for name, c := range map[string]struct {
		exit jobrun.Exit
		err  error
		want execution.Outcome
	}{
		"succeeded":        {want: execution.Outcome{End: execution.Succeeded}},
		"failed":           {exit: jobrun.Exit{Code: 7}, want: execution.Outcome{End: execution.Failed, ExitCode: 7}},
		"out of memory":    {exit: jobrun.Exit{Code: 2, OutOfMemory: true}, want: execution.Outcome{End: execution.OutOfMemory, ExitCode: 137}},
		"bore a refusal":   {exit: jobrun.Exit{OutOfMemory: true}, want: execution.Outcome{End: execution.Succeeded}},
		"timed out":        {err: fmt.Errorf("run: %w", context.DeadlineExceeded), want: execution.Outcome{End: execution.TimedOut, ExitCode: 124}},
		"wrote too much":   {err: jobrun.Exceeded("outputs are large"), want: execution.Outcome{End: execution.Failed, ExitCode: 153, Reason: "outputs are large"}},
		"the host's fault": {err: os.ErrPermission, want: execution.Outcome{End: execution.Refused, ExitCode: 130, Reason: "permission denied"}},
	} {
		t.Run(name, func(t *testing.T) {
			job := executiontest.Job(t, lilypad.Spec{})
			h, err := table.Start(job, func(context.Context, *jobrun.Run) (jobrun.Exit, error) { return c.exit, c.err })
			if err != nil {
				t.Fatal(err)
			}
			got, err := table.Wait(t.Context(), h)
			got.WallMS = 0
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v; want %+v", got, err, c.want)
			}
			if code := executiontest.Text(t, job, "exitCode"); code != strconv.Itoa(c.want.ExitCode) {
				t.Errorf("exitCode is %q", code)
			}
		})
	}
}

func TestTable_Close_leavesNoOutcome(t *testing.T) {
	table := jobrun.NewTable(jobrun.Limits{})
	job := executiontest.Job(t, lilypad.Spec{})
	h, err := table.Start(job, func(ctx context.Context, _ *jobrun.Run) (jobrun.Exit, error) {
		<-ctx.Done()
		return jobrun.Exit{}, fmt.Errorf("ask the engine: %w", ctx.Err())
	})
	if err != nil {
		t.Fatal(err)
	}
	table.Close()
	if err := jobrun.NewTable(jobrun.Limits{}).Recover(h); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("recover: %v, want not found", err)
	}
	if _, err := table.Start(job, nil); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("start after close: %v, want unavailable", err)
	}
}

func TestTable_Wait_refusesBrokenOutcome(t *testing.T) {
	job := executiontest.Job(t, lilypad.Spec{})
	if err := os.WriteFile(filepath.Join(job.Dir, "outcome.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := jobrun.NewTable(jobrun.Limits{}).Wait(t.Context(), jobrun.HandleOf(job)); lilypad.CodeOf(err) != lilypad.Internal {
		t.Errorf("got %v, want internal", err)
	}
}

// TestTable_hammer is for the race detector.
func TestTable_hammer(t *testing.T) {
	table := jobrun.NewTable(jobrun.Limits{})
	defer table.Close()
	var all sync.WaitGroup
	for range 50 {
		job := executiontest.Job(t, lilypad.Spec{})
		all.Go(func() {
			h, err := table.Start(job, func(ctx context.Context, r *jobrun.Run) (jobrun.Exit, error) {
				ctx, stop := r.Begin(ctx, time.Now())
				defer stop()
				for i := range 20 {
					fmt.Fprintln(r.Stdout, i)
				}
				return jobrun.Exit{}, context.Cause(ctx)
			})
			if err != nil {
				t.Error(err)
				return
			}
			for range 3 {
				all.Go(func() {
					var out, errOut bytes.Buffer
					if err := table.Logs(t.Context(), h, &out, &errOut); err != nil {
						t.Error(err)
					}
				})
			}
			if rand.IntN(2) == 0 {
				if err := table.Stop(h); err != nil {
					t.Error(err)
				}
			}
			if o, err := table.Wait(t.Context(), h); err != nil || o.End == execution.Refused {
				t.Errorf("%+v, %v", o, err)
			}
		})
	}
	all.Wait()
}

func FuzzCheckPath(f *testing.F) {
	for _, p := range []string{"a/b", "../a", "a//b", "a\x00", "a\nb", `a\b`, strings.Repeat("a/", 40)} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if jobrun.CheckPath(p, 8) != nil {
			return
		}
		if !filepath.IsLocal(p) || filepath.ToSlash(filepath.Clean(p)) != p || strings.ContainsAny(p, "\x00\n\r\x1b\\") || strings.Count(p, "/") > 7 {
			t.Errorf("accepted %q", p)
		}
	})
}
