// Package cli is how the program speaks to people: quiet tables, one accent
// colour, errors of one line with a remedy, and nothing that a stranger's text
// could do to a terminal. It knows no commands.
package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/lilypad-network/lilypad"
)

// Printer writes results to Out and everything else to Err.
type Printer struct {
	Out, Err io.Writer
	JSON     bool // results are JSON
	Colour   bool // on Err and Out
}

// NewPrinter returns a printer for the process's own streams. It uses colour
// on a terminal, unless NO_COLOR is set.
func NewPrinter() *Printer {
	return &Printer{
		Out: os.Stdout, Err: os.Stderr,
		Colour: os.Getenv("NO_COLOR") == "" && term.IsTerminal(int(os.Stdout.Fd())) && term.IsTerminal(int(os.Stderr.Fd())),
	}
}

// Result prints v as JSON if that is asked for, else what text prints.
func (p *Printer) Result(v any, text func()) error {
	if !p.JSON {
		text()
		return nil
	}
	e := json.NewEncoder(p.Out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// Line prints a label and a value.
func (p *Printer) Line(label, format string, args ...any) {
	fmt.Fprintf(p.Out, "%-10s %s\n", label, Plain(fmt.Sprintf(format, args...)))
}

// Step tells on Err what is going on.
func (p *Printer) Step(format string, args ...any) {
	fmt.Fprintln(p.Err, p.dim(Plain(fmt.Sprintf(format, args...))))
}

// Table prints rows under a header.
func (p *Printer) Table(header []string, rows [][]string) {
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.ToUpper(strings.Join(header, "\t")))
	for _, r := range rows {
		for i, cell := range r {
			r[i] = Plain(cell)
		}
		fmt.Fprintln(w, strings.Join(r, "\t"))
	}
	_ = w.Flush() // a broken pipe ends the program anyway
}

// Fail prints an error and what to do about it.
func (p *Printer) Fail(err error) {
	fmt.Fprintln(p.Err, p.accent("error:"), Plain(strings.ReplaceAll(err.Error(), "\n", "; ")))
	if remedy := lilypad.RemedyOf(err); remedy != "" {
		fmt.Fprintln(p.Err, "try:", Plain(remedy))
	}
}

// ExitCode is the exit status for an error, by the code table.
func ExitCode(err error) int {
	if exit, ok := errors.AsType[Exit](err); ok {
		return int(exit)
	}
	return lilypad.Codes[lilypad.CodeOf(err)].Exit
}

// Exit is an error that only sets the exit status.
type Exit int

func (e Exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func (p *Printer) dim(s string) string    { return p.colour("2", s) }
func (p *Printer) accent(s string) string { return p.colour("31", s) }

func (p *Printer) colour(code, s string) string {
	if !p.Colour {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// Plain makes a stranger's text harmless on a terminal: one line, no control
// characters, no direction marks.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return '·'
		}
		return r
	}, s)
}

// Terminal writes a stranger's output: new lines stay, other control
// characters do not. The beginning of a character waits for the rest of it.
type Terminal struct {
	W    io.Writer
	held []byte
}

func (t *Terminal) Write(b []byte) (int, error) {
	text := slices.Concat(t.held, b)
	whole := len(text) - cut(text)
	t.held = bytes.Clone(text[whole:])
	for line := range strings.SplitAfterSeq(string(text[:whole]), "\n") {
		text, nl := strings.CutSuffix(line, "\n")
		out := Plain(text)
		if nl {
			out += "\n"
		}
		if _, err := io.WriteString(t.W, out); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

// cut is how many bytes at the end of b begin a character that goes on.
func cut(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

// Short shortens an id for people.
func Short(id fmt.Stringer) string {
	s := id.String()
	if len(s) <= 14 {
		return s
	}
	return s[:10] + "…" + s[len(s)-4:]
}
