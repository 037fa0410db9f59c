package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	readmeCommand = regexp.MustCompile(`(?m)^    lilypad (run .*)$`)
	shellWord     = regexp.MustCompile(`(?:[^\s"]|"[^"]*")+`)
)

// The commands in the READMEs of the catalog do what they are there for, on a
// network that has neither Docker nor GPU.
func TestCatalog_readmes(t *testing.T) {
	program(t)
	dir := t.TempDir()
	up := &process{
		name: "up", args: []string{"up", "--data", dir, "--docker", "off", "--log", "info"},
		log: filepath.Join(dir, "up.log"), out: filepath.Join(dir, "up.out"),
	}
	up.start(t)
	t.Cleanup(func() { up.stop(t) })
	readmes, err := filepath.Glob("../../modules/catalog/*/README.md")
	if err != nil || len(readmes) == 0 {
		t.Fatal("no README in the catalog", err)
	}
	for _, path := range readmes {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		commands := readmeCommand.FindAllStringSubmatch(string(text), -1)
		if len(commands) == 0 {
			t.Errorf("%s has no command", path)
		}
		for _, c := range commands {
			if strings.Contains(c[1], "--executor docker") || strings.Contains(c[1], "thumbnail") {
				continue // needs an engine, or pictures of the reader's own
			}
			args := []string{"--data", dir}
			for _, word := range shellWord.FindAllString(c[1], -1) {
				word = strings.ReplaceAll(word, `"`, "")
				if rest, ok := strings.CutPrefix(word, "modules/"); ok {
					word = filepath.Join("../../modules", rest)
				}
				args = append(args, word)
			}
			r := execute(t, args...)
			if r.code != 0 || !strings.Contains(r.out, "deal       paid") && !strings.Contains(r.out, "deal       upheld") {
				t.Errorf("%s\nexit %d: %s%s", c[1], r.code, r.out, r.err)
			}
		}
	}
}
