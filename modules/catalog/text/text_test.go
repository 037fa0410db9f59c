package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "accept the output as golden")

func TestRun_golden(t *testing.T) {
	everyday, err := os.ReadFile("testdata/everyday.tsv")
	if err != nil {
		t.Fatal(err)
	}
	in := fstest.MapFS{"notes/lines.TXT": {Data: everyday}, "other.txt": {Data: []byte("\n1234\nHello there, my friend\r\n")}, "a.csv": {}}
	for name, c := range map[string]struct{ text, file string }{
		"text":   {text: "Der Mond ist aufgegangen,\ndie goldnen Sternlein prangen"},
		"file":   {file: "other.txt"},
		"first":  {},
		"symbol": {text: "1 + 1 = 2"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			out, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			var stdout bytes.Buffer
			if err := run(in, out, c.text, c.file, &stdout); err != nil {
				t.Fatal(err)
			}
			table, err := os.ReadFile(filepath.Join(dir, "languages.csv"))
			if err != nil {
				t.Fatal(err)
			}
			got, golden := stdout.String()+"\n"+string(table), filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestRun_refuses(t *testing.T) {
	in := fstest.MapFS{"long.txt": {Data: []byte("fine\n" + strings.Repeat("x", maxLine+1))}}
	for name, c := range map[string]struct {
		in         fstest.MapFS
		file, want string
	}{
		"no file":   {fstest.MapFS{"a.csv": {}}, "", "no .txt file"},
		"absent":    {in, "other.txt", "not exist"},
		"climbs":    {in, "../etc/passwd", "../etc/passwd"},
		"long line": {in, "", "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := os.OpenRoot(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			if err := run(c.in, out, "", c.file, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
