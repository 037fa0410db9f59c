package executiontest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/runtime/execution"
)

// RunHostile tests an engine that runs foreign code with a guest that means
// harm. The guest's own steps are described in its source.
func RunHostile(t *testing.T, s Subject) {
	for _, c := range []struct {
		name  string
		steps []string
		end   execution.End
		why   string // in the outcome's reason
	}{
		{"memory hog", []string{"alloc:4000"}, execution.OutOfMemory, ""},
		{"endless loop", []string{"spin"}, execution.TimedOut, ""},
		{"log flood", []string{"flood"}, execution.Failed, "stdout passed its limit"},
		{"disk filler", []string{"fill:/outputs/big"}, execution.Failed, "limit of 2000000 bytes"},
		{"litterer", []string{"litter:/outputs"}, execution.Failed, "limit of 100 files"},
		{"burrower", []string{"burrow:/outputs"}, execution.Failed, ""},
		{"write to inputs", []string{"write:/inputs/x=y"}, execution.Failed, ""},
		{"write outside outputs", []string{"write:/elsewhere/x=y"}, execution.Failed, ""},
		{"network", []string{"dial:192.0.2.1:80"}, execution.Failed, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := outputs(s.Spec(c.steps...))
			spec.Timeout = 10
			if c.end == execution.TimedOut {
				spec.Timeout = 1
			}
			e, job := s.New(t), Job(t, spec)
			o := Wait(t, e, Start(t, e, job))
			if o.End != c.end || !strings.Contains(o.Reason, c.why) {
				t.Errorf("%v = %q (%s), want %q (%s); stderr %.300s", c.steps, o.End, o.Reason, c.end, c.why, Text(t, job, "stderr"))
			}
			if c.why != "" {
				exceeded(t, job)
			}
		})
	}
	t.Run("odd file name", func(t *testing.T) {
		e, job := s.New(t), Job(t, outputs(s.Spec("odd:/outputs")))
		if o := Wait(t, e, Start(t, e, job)); o.End != execution.Failed {
			t.Errorf("a file name with control bytes: %+v", o)
		}
		if left, err := os.ReadDir(filepath.Join(job.Dir, "outputs/outputs")); err != nil || len(left) > 0 {
			t.Errorf("outputs hold %v, %v", left, err)
		}
	})
	t.Run("link out of the outputs", func(t *testing.T) {
		e, job := s.New(t), Job(t, outputs(s.Spec("symlink:/etc/passwd=/outputs/leak", "copy:/outputs/leak=/outputs/copy")))
		if o := Wait(t, e, Start(t, e, job)); o.End != execution.Failed {
			t.Errorf("a link out of the outputs: %+v", o)
		}
		if left, err := os.ReadDir(filepath.Join(job.Dir, "outputs/outputs")); err != nil || len(left) > 0 {
			t.Errorf("outputs hold %v, %v", left, err)
		}
	})
}

// exceeded checks that a job which passed a limit leaves what each run of it
// leaves, however late it was caught.
func exceeded(t *testing.T, job execution.Job) {
	t.Helper()
	check(t, "exit code", Text(t, job, "exitCode"), "153")
	check(t, "stdout", Text(t, job, "stdout"), "")
	if left, err := os.ReadDir(filepath.Join(job.Dir, "outputs/outputs")); err != nil || len(left) > 0 {
		t.Errorf("outputs hold %v, %v", left, err)
	}
}
