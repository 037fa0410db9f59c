package e2e_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// A job of cowsay is over too soon to be killed in its middle: thumbnails of
// this picture take some seconds.
const pictureSide = 1100

func picture(t *testing.T) (dir string) {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, pictureSide, pictureSide))
	for y := range pictureSide {
		for x := range pictureSide {
			img.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), uint8(x ^ y), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.png"), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// outcome is what a person would see of a job.
type outcome struct {
	State string
	Exit  int              // of lilypad run
	Gains map[string]int64 // micro-LILY, of each party, by the chain
}

func TestCrash(t *testing.T) {
	m, files := startMarket(t), picture(t)
	const price, fee, verdicts = 1_000_000, 50_000, 1_200_000
	paid := outcome{"paid", 0, map[string]int64{"creator": -price - fee, "provider-1": price, "solver": fee}}
	cow := []string{"cowsay:v0.0.4", "-i", "Message=moo"}
	long := []string{"thumbnail:v0.1.0", "--inputs-path", files, "-i", "Width=1024"}
	honest := append(slices.Clone(long), "--target", node.LocalKey("provider-1").Address().String())
	// Mediators have not run a cow before: each must compile it first, which
	// leaves time to kill them.
	cheated := append(slices.Clone(cow), "--target", node.LocalKey("provider-17").Address().String(), "--scheme", "audit", "--audit", "100%")
	for _, c := range []struct {
		name  string
		order []string
		state string   // kill when the job is in it
		kill  []string // roles
		want  outcome
	}{
		{"devchain", honest, "running", []string{"devchain"}, paid},
		{"solver", honest, "running", []string{"solver"}, paid},
		{"provider", honest, "running", []string{"provider-1"}, paid},
		{"creator", honest, "running", []string{"creator"}, paid},
		{"all at once", honest, "running", []string{"devchain", "solver", "provider-1", "creator", "mediator-1"}, paid},
		// Two of three must agree, so the case stands still until they are back.
		{"mediator", cheated, "in mediation", []string{"mediator-1", "mediator-2"}, outcome{"fraud", 69, map[string]int64{
			"cheat": -5_000_000, "mediators": 2 * verdicts / 3, "sink": 5_000_000 - 2*verdicts/3 - fee, "solver": fee,
		}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := m.holdings(t)
			r := m.order(t, c.order...)
			r.await(t, ": "+c.state)
			if c.state == "in mediation" {
				m.awaitDraw(t)
			}
			for _, name := range c.kill {
				m.roles[name].kill(t)
			}
			if c.state == "in mediation" && len(m.opinions(t)) > 1 {
				t.Fatal("the case was decided before its mediators were killed")
			}
			for _, name := range c.kill {
				m.roles[name].start(t)
			}
			report, code := r.end(t)
			got := outcome{report.State, code, m.holdings(t).change(before)}
			if c.want.State == "fraud" && got.Gains["mediators"] == verdicts { // the third verdict came in time
				c.want.Gains["mediators"], c.want.Gains["sink"] = verdicts, 5_000_000-verdicts-fee
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("the job ended differently (-want +got):\n%s", diff)
			}
			for name, p := range m.roles {
				if !p.alive() {
					t.Fatalf("%s has ended", name)
				}
			}
		})
	}
	short := append(slices.Clone(cow), "--target", node.LocalKey("provider-1").Address().String())
	for _, c := range []struct {
		role  string
		after int // ms since lilypad run was started
	}{
		{"creator", 0},
		{"solver", 0},
		{"devchain", 0},
		{"creator", 60},
		{"solver", 80},
		{"devchain", 100},
		{"provider-1", 120},
		{"creator", 160},
		{"solver", 200},
		{"devchain", 240},
		{"provider-1", 280},
	} {
		t.Run(fmt.Sprintf("%s after %d ms", c.role, c.after), func(t *testing.T) {
			before := m.holdings(t)
			r := m.order(t, short...)
			time.Sleep(time.Duration(c.after) * time.Millisecond) // any moment will do
			m.roles[c.role].kill(t)
			m.roles[c.role].start(t)
			report, code := r.end(t)
			if diff := cmp.Diff(paid, outcome{report.State, code, m.holdings(t).change(before)}); diff != "" {
				t.Errorf("the job ended differently (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("chain after payment", func(t *testing.T) { // its last blocks may be lost
		before := m.holdings(t)
		report, code := m.order(t, short...).end(t)
		m.roles["devchain"].kill(t)
		m.roles["devchain"].start(t)
		nodes.Until(t, "the chain lost the payment", func() bool { return m.holdings(t).change(before)["provider-1"] == price })
		if diff := cmp.Diff(paid, outcome{report.State, code, m.holdings(t).change(before)}); diff != "" {
			t.Errorf("the job ended differently (-want +got):\n%s", diff)
		}
	})
}

// run is lilypad run as a process.
type run struct {
	cmd   *exec.Cmd
	out   bytes.Buffer
	lines chan string // of its stderr
}

// order starts lilypad run.
func (m *market) order(t *testing.T, args ...string) *run {
	t.Helper()
	r := &run{cmd: exec.CommandContext(t.Context(), program(t), slices.Concat([]string{"run", "--json"}, args, m.join)...), lines: make(chan string, 100)}
	errs, w := io.Pipe()
	r.cmd.Stdout, r.cmd.Stderr = &r.out, w
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(r.lines)
		for s := bufio.NewScanner(errs); s.Scan(); {
			r.lines <- s.Text()
		}
	}()
	t.Cleanup(func() { _ = w.Close() })
	go func() {
		_ = r.cmd.Wait() // the state is in cmd
		_ = w.Close()
	}()
	return r
}

// jobWithin is how long a job may take, its deadlines and a restart included.
const jobWithin = 4 * time.Minute

// await waits until the run says something.
func (r *run) await(t *testing.T, text string) {
	t.Helper()
	late := time.After(jobWithin)
	var seen []string
	for {
		select {
		case line, more := <-r.lines:
			seen = append(seen, line)
			if strings.Contains(line, text) {
				return
			}
			if !more {
				t.Fatalf("the run never said %q: %s", text, strings.Join(seen, "; "))
			}
		case <-late:
			t.Fatalf("the run does not say %q: %s", text, strings.Join(seen, "; "))
		}
	}
}

// end waits for the end of the run.
func (r *run) end(t *testing.T) (api.Report, int) {
	t.Helper()
	late := time.After(jobWithin)
	var seen []string
	for {
		select {
		case line, more := <-r.lines:
			if more {
				seen = append(seen, line)
				continue
			}
			var report api.Report
			if err := json.Unmarshal(r.out.Bytes(), &report); err != nil {
				t.Fatalf("no report: %s", strings.Join(seen, "; "))
			}
			return report, r.cmd.ProcessState.ExitCode()
		case <-late:
			t.Fatalf("the job does not end: %s", strings.Join(seen, "; "))
		}
	}
}

// cases are the doubts that there were.
func (m *market) cases(t *testing.T) []api.Case {
	t.Helper()
	n, err := node.ReadNetwork(m.network)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := api.NewSolverClient(n.SolverURL, n.Solver, nil).Cases(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// openCase is the doubt that is under way.
func (m *market) openCase(t *testing.T) api.Case {
	t.Helper()
	for _, c := range m.cases(t) {
		if c.State == "in mediation" {
			return c
		}
	}
	return api.Case{}
}

func (m *market) opinions(t *testing.T) []api.Opinion {
	t.Helper()
	return m.openCase(t).Opinions
}

// awaitDraw waits until the mediators are drawn.
func (m *market) awaitDraw(t *testing.T) {
	t.Helper()
	nodes.Until(t, "no mediators were drawn", func() bool { return len(m.openCase(t).Drawn) > 0 })
}
