package main

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
)

func TestRun_tellsWhyAJobWaits(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a local network")
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	out := &until{word: "why: target 0x", stop: stop}
	root := (&app{Printer: &cli.Printer{Out: out, Err: out}}).command()
	nobody := "0x" + strings.Repeat("1", 40)
	root.SetArgs([]string{"run", "cowsay:v0.0.4", "-i", "Message=moo", "--target", nobody, "--docker", "off", "--data", t.TempDir()})
	err := root.ExecuteContext(ctx)
	if lilypad.CodeOf(err) != lilypad.Timeout || !strings.Contains(err.Error(), "is waiting and rests") {
		t.Errorf("it ended with %v", err)
	}
	if text := out.String(); !strings.Contains(text, out.word) || !strings.Contains(text, "instead of 0x") {
		t.Errorf("it printed\n%s", text)
	}
}

// watched tells how far its reader was read when something first came out.
type watched struct {
	io.Reader
	bytes.Buffer
	read, ahead int
}

func (w *watched) in() io.Reader { return readerFunc(w.readIn) }

func (w *watched) readIn(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	w.read += n
	return n, err
}

func (w *watched) Write(p []byte) (int, error) {
	if w.Buffer.Len() == 0 {
		w.ahead = w.read
	}
	return w.Buffer.Write(p)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// However much a job printed, a pipe gets all of it, as it comes; people and
// JSON get the first, and hear where the rest is.
func TestRun_printsAsMuchAsIsOfUse(t *testing.T) {
	const all = 5*shownStdout + 7
	text := strings.Repeat("moo\n", all/4+1)[:all]
	for _, c := range []struct {
		name         string
		people, json bool
		size         uint64
		printed      string
		told         bool
	}{
		{"pipe", false, false, all, text, false},
		{"people", true, false, all, text[:shownStdout] + "\n", true},
		{"people, little", true, false, 8, text[:8], false},
		{"people, just enough", true, false, shownStdout, text[:shownStdout], false},
		{"JSON", false, true, all, "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var notes bytes.Buffer
			w := &watched{Reader: strings.NewReader(text[:c.size])}
			a := &app{Printer: &cli.Printer{Out: w, Err: &notes, JSON: c.json}}
			out := runResult{StdoutBytes: c.size, ResultsDir: "/results"}
			if err := a.printStdout(w.in(), &out, c.people); err != nil {
				t.Fatal(err)
			}
			if got := w.String(); got != c.printed {
				t.Errorf("it printed %d bytes, want %d", len(got), len(c.printed))
			}
			if want := text[:shownStdout]; c.json && out.Stdout != want {
				t.Errorf("JSON has %d bytes, want %d", len(out.Stdout), len(want))
			}
			if got := strings.Contains(notes.String(), "/results/stdout"); got != c.told {
				t.Errorf("it told %q", notes.String())
			}
			if w.ahead > 1<<20 {
				t.Errorf("it read %d bytes before it printed any", w.ahead)
			}
		})
	}
}

func TestLastLines(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                      nil,
		"\n":                                    nil,
		"a\nb\n":                                {"a", "b"},
		"1\n2\n3\n4\n5\n6":                      {"2", "3", "4", "5", "6"},
		strings.Repeat("x", 1<<20) + "\nlast\n": {strings.Repeat("x", 2042), "last"},
	} {
		file := filepath.Join(t.TempDir(), "stderr")
		write(t, file, text)
		if diff := cmp.Diff(want, lastLines(file)); diff != "" {
			t.Errorf("%.20q: %s", text, diff)
		}
	}
	if got := lastLines(filepath.Join(t.TempDir(), "none")); got != nil {
		t.Errorf("of a file that is not there: %q", got)
	}
}
