package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad/modules/catalog/text/language"
)

const (
	maxLines = 1_000_000
	maxLine  = 64 << 10 // bytes
)

// run looks at a text or, if it is empty, at the lines of a file of in, writes
// languages.csv to out, and a summary to stdout.
func run(in fs.FS, out *os.Root, text, file string, stdout io.Writer) error {
	var from io.Reader = strings.NewReader(strings.Join(strings.Fields(text), " "))
	if text == "" {
		var err error
		if file == "" {
			if file, err = first(in); err != nil {
				return err
			}
		}
		f, err := in.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		from = f
	}
	to, err := out.Create("languages.csv")
	if err != nil {
		return err
	}
	summary, err := judge(from, to)
	if err := errors.Join(err, to.Close()); err != nil {
		return err
	}
	_, err = io.WriteString(stdout, summary)
	return err
}

// first is the first text file in lexical order.
func first(in fs.FS) (found string, err error) {
	err = fs.WalkDir(in, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.EqualFold(path.Ext(name), ".txt") {
			found = name
			return fs.SkipAll
		}
		return err
	})
	if err == nil && found == "" {
		err = errors.New("no text was given, and no .txt file is among the inputs")
	}
	return found, err
}

// judge writes a record for each line that has a letter, and returns the
// summary: of one line its language, of many how often there was which.
func judge(from io.Reader, to io.Writer) (summary string, err error) {
	model, count := language.Default(), map[string]int{}
	var last language.Guess
	w := csv.NewWriter(to)
	_ = w.Write([]string{"line", "code", "language", "confidence"}) // Flush tells
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		if n++; n > maxLines {
			return "", fmt.Errorf("more than %d lines", maxLines)
		}
		g, ok := model.Guess(lines.Text())
		if !ok {
			continue
		}
		_ = w.Write([]string{strconv.Itoa(n), g.Code, g.Name, strconv.FormatFloat(g.Confidence, 'f', 3, 64)})
		count[g.Name]++
		last = g
	}
	if err := lines.Err(); err != nil {
		return "", fmt.Errorf("line %d: %w", n+1, err)
	}
	w.Flush()
	if n == 1 && len(count) == 1 {
		return fmt.Sprintf("%s (%s), confidence %.3f\n", last.Name, last.Code, last.Confidence), w.Error()
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(count)) {
		fmt.Fprintf(&b, "%s %d\n", name, count[name])
	}
	return b.String(), w.Error()
}
