package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// A cheat sells a job that runs in steps. The creator plays it against a
// replica, and the mediators end the case without running the job.
func TestDispute(t *testing.T) {
	for fault, says := range map[string]string{
		"wrong-answer": "does not end in the files of its result",
		"wrong-step":   "step 7 of 51 was run again",
	} {
		t.Run(fault, func(t *testing.T) { dispute(t, fault, says) })
	}
}

func dispute(t *testing.T, fault, says string) {
	t.Helper()
	program(t)
	dir := t.TempDir()
	up := &process{
		name: "up", args: []string{"up", "--docker", "off", "--data", dir, "--log", "info", "--faulty", fault},
		log: filepath.Join(dir, "up.log"), out: filepath.Join(dir, "up.out"),
	}
	up.start(t)
	t.Cleanup(func() {
		up.stop(t)
		if b, err := os.ReadFile(up.log); t.Failed() && err == nil {
			t.Logf("%s", b[max(0, len(b)-16000):])
		}
	})
	m := &market{join: []string{"--data", dir}}
	report, _ := m.order(t, "render:v0.1.0", "-i", "Width=64", "-i", "Height=48", "-i", "Samples=2",
		"--scheme", "bisect", "--target", node.LocalKey("provider-17").Address().String()).end(t)
	if report.State != "fraud" {
		t.Errorf("the job is %s, want fraud", report.State)
	}
	var shown struct {
		Opinions []struct {
			Outcome string       `json:"outcome"`
			Case    hostapi.Case `json:"case"`
		} `json:"opinions"`
	}
	got := execute(t, "case", "show", report.Job.String(), "--data", dir, "--json")
	if err := json.Unmarshal([]byte(got.out), &shown); err != nil || len(shown.Opinions) == 0 {
		t.Fatalf("no opinion: %v %s %s", err, got.out, got.err)
	}
	for _, o := range shown.Opinions {
		segment := false
		for _, e := range o.Case.Events {
			segment = segment || e.Segment != nil && e.Segment.Who == 0
			if e.Ordered != nil && e.Ordered.Kind == hostapi.ActionKindExecute {
				t.Error("a mediator ran the job")
			}
		}
		if o.Outcome != "fraud" || !segment {
			t.Errorf("an opinion is %s, by a step: %v", o.Outcome, segment)
		}
	}
	if text := execute(t, "case", "show", report.Job.String(), "--data", dir).out; !strings.Contains(text, says) {
		t.Errorf("case show does not say what happened:\n%s", text)
	}
	if got := execute(t, "case", "replay", report.Job.String(), "--data", dir); got.code != 0 {
		t.Errorf("replay: %s", got.err)
	}
}
