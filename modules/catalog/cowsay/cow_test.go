package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "accept the output as golden")

func TestSay(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := say(strings.TrimSuffix(string(a.Files[0].Data), "\n"))
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "stdout", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func FuzzSay(f *testing.F) {
	f.Add("hello lilypad")
	f.Add("\x1b[2J\xff " + strings.Repeat("long", 30))
	f.Fuzz(func(t *testing.T, message string) {
		bubble := strings.TrimSuffix(say(message), cow)
		width := -1
		for line := range strings.Lines(bubble) {
			line = strings.TrimSuffix(line, "\n")
			if strings.ContainsFunc(line, func(r rune) bool { return printable(r) != r }) {
				t.Fatalf("line %q cannot be printed", line)
			}
			if n := utf8.RuneCountInString(line); n > columns+4 {
				t.Fatalf("line %q is %d wide", line, n)
			} else if strings.ContainsAny(line[:1], `<|/\`) && width >= 0 && n != width {
				t.Fatalf("line %q is %d wide, the one before %d", line, n, width)
			} else if strings.ContainsAny(line[:1], `<|/\`) {
				width = n
			}
		}
	})
}
