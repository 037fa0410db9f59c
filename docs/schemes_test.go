package docs_test

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
)

var shown = regexp.MustCompile("(?m)^\\$ (lilypad .*)\n((?:[^`$].*\n)*)")

// TestSchemes_printWhatThePagesShow runs the commands of the pages, which tell
// no more than the program says.
func TestSchemes_printWhatThePagesShow(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	folder, err := program()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("schemes/*.md")
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	for _, page := range pages {
		for _, m := range shown.FindAllStringSubmatch(read(t, page), -1) {
			commands++
			out, err := exec.Command(filepath.Join(folder, "lilypad"), strings.Fields(m[1])[1:]...).CombinedOutput()
			if err != nil || string(out) != m[2] {
				t.Errorf("%s: %s: %v\n%swant\n%s", page, m[1], err, out, m[2])
			}
		}
	}
	if commands < len(pages) {
		t.Errorf("%d commands on %d pages", commands, len(pages))
	}
}

func TestSchemes_havePages(t *testing.T) {
	list, err := plugins.List()
	if err != nil {
		t.Fatal(err)
	}
	index := read(t, "schemes/README.md")
	for _, p := range list {
		if p.Manifest.Hook != hostapi.HookMediate.String() {
			continue
		}
		name := p.Manifest.Name
		if !strings.Contains(index, "["+name+"]("+name+".md)") {
			t.Errorf("the index has no line for %s", name)
		}
		if page := read(t, "schemes/"+name+".md"); !strings.Contains(page, "**Source**") || !strings.Contains(page, "eterrence**") {
			t.Errorf("the page of %s lacks source or deterrence", name)
		}
	}
}
