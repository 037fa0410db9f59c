// Command gotest runs go test in several Go modules, prints what failed, and
// counts. Skipped tests are listed with their reasons, in a file as well, so
// that a whole run can repeat them at its end.
//
//	go run ./internal/testkit/gotest -skips skips.txt . sdk/go -- -timeout=10m ./...
//
// With -strict a skip is a failure, unless its reason begins "needs gpu".
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

func main() {
	file := flag.String("skips", "", "`file` to add the skipped tests to")
	strict := flag.Bool("strict", false, "fail when a test skips for want of anything but a GPU")
	flag.Parse()
	dirs, args := flag.Args(), []string{"./..."}
	if at := slices.Index(dirs, "--"); at >= 0 {
		dirs, args = dirs[:at], dirs[at+1:]
	}
	if err := run(dirs, args, *file, *strict); err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
		os.Exit(1)
	}
}

func run(dirs, args []string, file string, strict bool) error {
	t := tally{out: os.Stdout}
	var failed []error
	for _, dir := range dirs {
		cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
		cmd.Dir, cmd.Stderr = dir, os.Stderr
		events, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		if err := cmd.Start(); err != nil {
			return err
		}
		readErr := t.read(events)
		if err := errors.Join(readErr, cmd.Wait()); err != nil {
			failed = append(failed, fmt.Errorf("go test in %s: %w", dir, err))
		}
	}
	for _, s := range t.skips {
		fmt.Println("skipped:", s)
		if strict && !strings.Contains(s, ": needs gpu") {
			failed = append(failed, fmt.Errorf("skipped %s", s))
		}
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", t.passed, t.failed, len(t.skips))
	if file != "" && len(t.skips) > 0 {
		failed = append(failed, appendLines(file, t.skips))
	}
	return errors.Join(failed...)
}

func appendLines(file string, lines []string) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(lines, "\n") + "\n")
	return errors.Join(err, f.Close())
}

// event is one line of go test -json (go doc test2json).
type event struct {
	Action, Package, Test, Output string
}

type tally struct {
	out            io.Writer
	passed, failed int
	skips          []string
}

// read prints what a run says of its packages and of the tests that fail.
func (t *tally) read(events io.Reader) error {
	output := map[[2]string][]string{} // of tests that have not ended
	lines := bufio.NewScanner(events)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Fprintln(t.out, lines.Text()) // what a broken build prints is no event
			continue
		}
		test := [2]string{e.Package, e.Test}
		switch {
		case e.Action == "build-output", e.Action == "output" && e.Test == "":
			if e.Output != "PASS\n" && !strings.HasPrefix(e.Output, "?") {
				fmt.Fprint(t.out, e.Output)
			}
		case e.Action == "output":
			output[test] = append(output[test], e.Output)
		case e.Test == "":
			if e.Action == "fail" {
				t.unended(output, e.Package)
			}
		case e.Action == "pass", e.Action == "skip", e.Action == "fail":
			t.end(e, output[test])
			delete(output, test)
		}
	}
	return lines.Err()
}

func (t *tally) end(e event, output []string) {
	switch e.Action {
	case "pass":
		t.passed++
	case "skip":
		t.skips = append(t.skips, fmt.Sprintf("%s %s: %s", e.Package, e.Test, reason(output)))
	case "fail":
		t.failed++
		fmt.Fprint(t.out, strings.Join(output, ""))
	}
}

// unended prints the tests that were running when their process died.
func (t *tally) unended(output map[[2]string][]string, pkg string) {
	for test, text := range output {
		if test[0] == pkg {
			fmt.Fprint(t.out, strings.Join(text, ""))
			delete(output, test)
		}
	}
}

// reason is what a test said when it skipped: "    x_test.go:12: reason".
func reason(output []string) string {
	var said []string
	for _, line := range output {
		if _, text, ok := strings.Cut(line, ".go:"); ok {
			_, text, _ = strings.Cut(text, ": ")
			said = append(said, strings.TrimSpace(text))
		}
	}
	return strings.Join(said, " ")
}
