package e2e_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
)

// built is the program, built once.
var built struct {
	sync.Once
	dir string
	err error
}

func TestMain(m *testing.M) {
	if spec := os.Getenv(trapVariable); spec != "" {
		if err := runTrapped(spec, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	state, err := os.MkdirTemp("", "lilypad-e2e-state-")
	if err == nil {
		err = os.Setenv("XDG_STATE_HOME", state) // locks of keys, of daemons that get killed
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(state)
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// program returns the path of the program.
func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("needs the built program: left out by -short")
	}
	built.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "lilypad-e2e-"); built.err != nil {
			return
		}
		out, err := exec.Command("go", "build", "-o", built.dir, "github.com/lilypad-network/lilypad/cmd/lilypad").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("build the program: %w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "lilypad")
}

// finished is how a run of the program ended.
type finished struct {
	out, err string
	code     int
}

// execute runs the program to its end.
func execute(t *testing.T, args ...string) finished {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program(t), args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatal(err)
	}
	return finished{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// process is a daemon that can be killed and started again.
type process struct {
	name    string
	args    []string
	program string      // empty: ours
	trap    string      // for a journal, see trapVariable; empty: none
	ready   func() bool // that it serves; nil: it has printed a line
	log     string      // file of its stderr, over all its lives
	out     string      // file of its stdout, of its last life
	cmd     *exec.Cmd
	ended   chan struct{}
}

// start starts the process and waits until it says that it serves.
func (p *process) start(t *testing.T) {
	t.Helper()
	out, err := os.Create(p.out)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	p.cmd = exec.Command(p.path(t), p.args...)
	if p.trap != "" {
		p.cmd = exec.Command(os.Args[0], p.args...)
		p.cmd.Env = append(os.Environ(), trapVariable+"="+p.trap)
	}
	p.cmd.Stdout, p.cmd.Stderr = out, log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	p.ended = ended
	go func() {
		_ = p.cmd.Wait() // the state is in cmd
		close(ended)
	}()
	serves := p.ready
	if serves == nil {
		serves = func() bool {
			b, err := os.ReadFile(p.out)
			return err == nil && bytes.Contains(b, []byte("\n"))
		}
	}
	nodes.Until(t, p.name+" does not serve", func() bool {
		switch {
		case p.alive():
			return serves()
		case p.trap != "" && p.killed():
			return true // as it began
		}
		t.Fatalf("%s has ended before it served", p.name)
		return false
	})
}

func (p *process) path(t *testing.T) string {
	t.Helper()
	if p.program != "" {
		return p.program
	}
	return program(t)
}

func (p *process) alive() bool {
	if p.ended == nil {
		return false
	}
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// killed tells of a process that has ended whether kill -9 ended it.
func (p *process) killed() bool {
	status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}

// kill ends the process as a power cut would, if its trap has not done so.
func (p *process) kill(t *testing.T) {
	t.Helper()
	if p.trap != "" && !p.alive() {
		if !p.killed() {
			t.Fatalf("%s has ended before its trap sprang", p.name)
		}
		return
	}
	if err := p.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	<-p.ended
}

// stop asks the process to end and reports one that does not, or not well.
func (p *process) stop(t *testing.T) {
	t.Helper()
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // one that is gone is found below
	select {
	case <-p.ended:
	case <-time.After(nodes.Within):
		t.Errorf("%s does not end", p.name)
		p.kill(t)
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("%s ended with %d", p.name, code)
	}
}
