package cli_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
)

func TestPlain_disarmsControlCharacters(t *testing.T) {
	for in, want := range map[string]string{
		"a cow":                       "a cow",
		"\x1b[2Jgone":                 "·[2Jgone",
		"two\nlines":                  "two·lines",
		"right\u202eleft":             "right·left",
		"tab\there \u00fc \U0001F42E": "tab here \u00fc \U0001F42E",
	} {
		if got := cli.Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTerminal_keepsLines(t *testing.T) {
	var out bytes.Buffer
	fmt.Fprint(&cli.Terminal{W: &out}, "one\ntwo\x1b]0;title\x07\n")
	if got, want := out.String(), "one\ntwo·]0;title·\n"; got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

// What comes in pieces is written as if it came at once, but for a character
// that never ends.
func TestTerminal_Write_keepsCharacters(t *testing.T) {
	text := strings.Repeat("ü€\U0001F42E\n\x1b\xff", 20_000)
	var want bytes.Buffer
	fmt.Fprint(&cli.Terminal{W: &want}, text)
	for name, r := range map[string]io.Reader{
		"large": struct{ io.Reader }{strings.NewReader(text + "\xf0\x9f")}, "byte by byte": iotest.OneByteReader(strings.NewReader(text)),
	} {
		var got bytes.Buffer
		if _, err := io.Copy(&cli.Terminal{W: &got}, r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%s: it is not what was to be written", name)
		}
	}
}

func TestPrinter_Fail_namesTheRemedy(t *testing.T) {
	var out bytes.Buffer
	p := &cli.Printer{Out: &out, Err: &out}
	p.Fail(fmt.Errorf("start: %w", lilypad.Errorf(lilypad.Conflict, "port 80 is in use").Try("stop the other program")))
	if got, want := out.String(), "error: start: port 80 is in use\ntry: stop the other program\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestExitCode_isTotal(t *testing.T) {
	seen := map[int]bool{0: true, 1: true, 2: true}
	for code := range lilypad.Codes {
		n := cli.ExitCode(lilypad.Errorf(code, "x"))
		if seen[n] {
			t.Errorf("exit code %d of %s is taken", n, code)
		}
		seen[n] = true
	}
	if got := cli.ExitCode(cli.Exit(3)); got != 3 {
		t.Errorf("a job's own code 3 became %d", got)
	}
	if !strings.Contains(cli.Exit(3).Error(), "3") {
		t.Error("an exit does not say its status")
	}
}
