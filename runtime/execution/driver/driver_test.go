package driver_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/driver"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
)

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "lilypad-drivertest-")
	if err != nil {
		return "", err
	}
	cmd := exec.Command("go", "build", "-o", filepath.Join(dir, "drivertest"), "./drivertest")
	out, err := cmd.CombinedOutput()
	if err != nil {
		os.Stderr.Write(out)
	}
	return filepath.Join(dir, "drivertest"), err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, _ := build(); path != "" {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// program is the test driver under the name that gives it its manner.
func program(t *testing.T, manner string) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	named := filepath.Join(t.TempDir(), manner)
	if err := os.Symlink(path, named); err != nil {
		t.Fatal(err)
	}
	return named
}

func spec(steps ...string) lilypad.Spec {
	return lilypad.Spec{Engine: lilypad.EngineNoop, Args: steps}
}

func open(t *testing.T, manner string, change ...func(*driver.Config)) *driver.Executor {
	t.Helper()
	cfg := driver.Config{
		Engine: lilypad.EngineNoop, Path: program(t, manner), Pause: time.Millisecond,
		Settings: driver.Settings{Owner: "test", Limits: executiontest.Limits},
	}
	for _, f := range change {
		f(&cfg)
	}
	e, err := driver.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func TestExecutor(t *testing.T) {
	executiontest.Run(t, executiontest.Subject{
		New:  func(t *testing.T) execution.Executor { return open(t, "honest") },
		Spec: spec,
	})
}

func impatient(c *driver.Config) {
	c.Deadlines.Launch, c.Deadlines.Answer = 2*time.Second, 2*time.Second
}

func TestExecutor_tellsWhatIsWrongWithTheDriver(t *testing.T) {
	for _, c := range []struct {
		manner string
		code   lilypad.Code
		want   string
		change func(*driver.Config)
	}{
		{"talks", lilypad.Unavailable, "is no driver", nil},
		{"future", lilypad.Unavailable, "another protocol than version 1", nil},
		{"claims", lilypad.Unavailable, "does not know Open", nil},
		{"mute", lilypad.Unavailable, "was silent for 2s", impatient},
		{"dies", lilypad.Unavailable, "no such [31m cluster", nil},
		{"hangs", lilypad.Timeout, "did not answer Fingerprint", impatient},
		{"crashes", lilypad.Unavailable, "was lost during Fingerprint", nil},
		{"boasts", lilypad.Unavailable, "more than 1048576 bytes", nil},
		{"paints", lilypad.Unavailable, `version "1\x1b[2J"`, nil},
		{"mistakes", lilypad.Unavailable, `serves engine "cobol", not noop`, nil},
		{"honest", lilypad.Unauthorized, "not the program that was pinned", func(c *driver.Config) { c.SHA256 = strings.Repeat("0", 64) }},
	} {
		t.Run(c.manner, func(t *testing.T) {
			t.Parallel()
			e := open(t, c.manner)
			if c.change != nil {
				e = open(t, c.manner, c.change)
			}
			_, err := e.Fingerprint(t.Context())
			if lilypad.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.want) || lilypad.RemedyOf(err) == "" {
				t.Errorf("got %s %q with remedy %q, want %s with %q", lilypad.CodeOf(err), err, lilypad.RemedyOf(err), c.code, c.want)
			}
		})
	}
}

func TestExecutor_startsThePinnedProgram(t *testing.T) {
	file, err := os.ReadFile(program(t, "honest"))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(file)
	e := open(t, "honest", func(c *driver.Config) { c.SHA256 = hex.EncodeToString(sum[:]) })
	if _, err := e.Fingerprint(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestExecutor_givesSettingsButNoSecrets(t *testing.T) {
	t.Setenv("LILYPAD_PASSPHRASE", "open sesame")
	f, err := open(t, "settings", func(c *driver.Config) { c.AllowNetwork = true }).Fingerprint(t.Context())
	if want := "test true false 65536 "; err != nil || f.Version != want {
		t.Errorf("driver has %q, %v; want %q", f.Version, err, want)
	}
}

func TestExecutor_keepsAnErrorWhole(t *testing.T) {
	err := open(t, "honest").Check(t.Context(), spec())
	if lilypad.CodeOf(err) != lilypad.NotFound || lilypad.RemedyOf(err) != "build it" || !strings.Contains(err.Error(), "no such image") {
		t.Errorf("got %v, remedy %q", err, lilypad.RemedyOf(err))
	}
}

func TestExecutor_survivesAFlood(t *testing.T) {
	var logged bytes.Buffer
	e := open(t, "floods", func(c *driver.Config) { c.Log = slog.New(slog.NewTextHandler(&logged, nil)) })
	if _, err := e.Fingerprint(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := executiontest.Start(t, e, executiontest.Job(t, spec("print:still here")))
	if o := executiontest.Wait(t, e, h); o.End != execution.Succeeded {
		t.Errorf("ended %s: %s", o.End, o.Reason)
	}
	e.Close()
	if logged.Len() == 0 || logged.Len() > 1<<20 {
		t.Errorf("of 120 MB that it printed %d bytes were logged", logged.Len())
	}
}

func TestExecutor_Wait_takesTheJobBack(t *testing.T) {
	for _, manner := range []string{"dies-in-wait", "freezes"} {
		t.Run(manner, func(t *testing.T) {
			if manner == "freezes" && testing.Short() {
				t.Skip("a frozen driver is found out after 20 s")
			}
			t.Parallel()
			e := open(t, manner)
			o := executiontest.Wait(t, e, executiontest.Start(t, e, executiontest.Job(t, spec("wait"))))
			if o.ExitCode != 42 {
				t.Errorf("ended %+v, want what the second life tells", o)
			}
		})
	}
}

func TestExecutor_Wait_tellsWhenTheJobDied(t *testing.T) {
	e := open(t, "honest")
	job := executiontest.Job(t, spec("wait"))
	h := executiontest.Start(t, e, job)
	if err := e.KillDriver(); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Wait(t.Context(), h); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Fatalf("wait: %v, want NotFound", err)
	}
	job.Spec = spec("print:again")
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Errorf("ended %s when started again", o.End)
	}
}

func TestExecutor_Start_mayBeTriedAgain(t *testing.T) {
	e, job := open(t, "dies-in-start"), executiontest.Job(t, spec("print:moo"))
	_, err := e.Start(t.Context(), job)
	if lilypad.CodeOf(err) != lilypad.Unavailable || lilypad.RemedyOf(err) == "" {
		t.Fatalf("got %v, want Unavailable with a remedy", err)
	}
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Errorf("ended %s", o.End)
	}
}

func TestExecutor_Wait_refusesAnInventedEnd(t *testing.T) {
	e := open(t, "invents")
	h := executiontest.Start(t, e, executiontest.Job(t, spec()))
	if o, err := e.Wait(t.Context(), h); lilypad.CodeOf(err) != lilypad.Unavailable || o.End != "" {
		t.Errorf("got %+v, %v", o, err)
	}
}

func TestExecutor_pausesBetweenLives(t *testing.T) {
	e := open(t, "crashes", func(c *driver.Config) { c.Pause = time.Hour })
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
	defer stop()
	if _, err := e.Fingerprint(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the end of the caller's time", err)
	}
}

func TestExecutor_Close_endsTheDriver(t *testing.T) {
	e := open(t, "honest")
	if _, err := e.Fingerprint(t.Context()); err != nil {
		t.Fatal(err)
	}
	pid := e.DriverPID()
	e.Close()
	if syscall.Kill(pid, 0) == nil {
		t.Errorf("process %d is left", pid)
	}
	if _, err := e.Fingerprint(t.Context()); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("a closed executor gives %v", err)
	}
}

func TestNew_refuses(t *testing.T) {
	for name, c := range map[string]struct {
		cfg  driver.Config
		code lilypad.Code
	}{
		"no engine":     {driver.Config{Path: "/bin/true"}, lilypad.Invalid},
		"relative path": {driver.Config{Engine: "docker", Path: "true"}, lilypad.Invalid},
		"bad pin":       {driver.Config{Engine: "docker", Path: "/bin/true", SHA256: "beef"}, lilypad.Invalid},
		"no program":    {driver.Config{Engine: "docker", Path: "/nowhere"}, lilypad.NotFound},
	} {
		if _, err := driver.New(c.cfg); lilypad.CodeOf(err) != c.code {
			t.Errorf("%s: got %v, want %s", name, err, c.code)
		}
	}
}
