package template_test

import (
	"cmp"
	"encoding/csv"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/template"
)

var templates = flag.String("templates", "../../../shared/corpus/modules", "`folder` of public templates, from this one, with index.tsv and examples.tsv")

// Templates in public use belong to others, so they are not part of this
// repository. Beside a checkout, or where the flag says, is a folder of them;
// without it there is nothing to promise here.
func publicTable(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join(*templates, name))
	if asked := flag.Lookup("templates"); errors.Is(err, fs.ErrNotExist) && asked.Value.String() == asked.DefValue {
		t.Logf("no public templates: %v", err)
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := csv.NewReader(file)
	lines.Comma, lines.LazyQuotes, lines.FieldsPerRecord = '\t', true, -1
	rows, err := lines.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// at returns a column of a row, which may be short.
func at(row []string, column int) string {
	if column >= len(row) {
		return ""
	}
	return row[column]
}

func public(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(*templates, file))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Of templates in public use nearly all render, and of the others the line and
// the fix are told.
func TestRender_publicTemplates(t *testing.T) {
	rows := publicTable(t, "index.tsv")
	rendered, refused, bad, pardoned := 0, 0, 0, 0
	for _, row := range rows[min(1, len(rows)):] {
		tmpl := public(t, row[0])
		for _, input := range []string{"plain", "512", `a b's "c"` + "\n\\{{x}}"} {
			inputs := map[string]string{}
			for key := range strings.SplitSeq(at(row, 6), ",") {
				if key != "" {
					inputs[key] = input
				}
			}
			r, err := template.Render(tmpl, inputs)
			fault, placed := errors.AsType[*template.Fault](err)
			switch {
			case err == nil:
				rendered++
				if len(r.Warnings) > 0 {
					pardoned++
				}
				if text := strings.Join(slices.Concat(r.Spec.Entrypoint, r.Spec.Args, r.Spec.Env), "\n"); strings.Contains(text, `"plain"`) {
					t.Errorf("%s: a value kept its quotes: %q", row[0], text)
				}
			case placed && fault.Line > 0 && lilypad.RemedyOf(err) != "":
				refused++
				t.Logf("refused: %s: %v; try: %s", row[0], err, lilypad.RemedyOf(err))
			default:
				bad++
				t.Errorf("neither rendered nor refused with line and fix: %s: %v", row[0], err)
			}
		}
	}
	all := rendered + refused + bad
	t.Logf("%d templates, 3 sets of inputs: %d of %d rendered (%d with warnings), %d refused with line and fix, %d neither",
		max(0, len(rows)-1), rendered, all, pardoned, refused, bad)
	if rendered*100 < all*90 {
		t.Errorf("want 90%% rendered")
	}
}

// input is one -i of a command that a README shows.
var input = regexp.MustCompile(`-i\s+(\w+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S+)`)

// The commands of their READMEs give the jobs that they promise: each input is
// somewhere in the job, as it was typed.
func TestRender_publicExamples(t *testing.T) {
	rows := publicTable(t, "index.tsv")
	for _, example := range publicTable(t, "examples.tsv") {
		var tmpl []byte
		for _, row := range rows {
			// An example of a tag that is not here is tried on what is.
			if at(row, 1) == example[0] && (tmpl == nil || at(row, 9) == at(example, 1)) {
				tmpl = public(t, row[0])
			}
		}
		command := at(example, 2)
		inputs := map[string]string{}
		for _, m := range input.FindAllStringSubmatch(command, -1) {
			inputs[m[1]] = strings.Trim(m[2], `"'`)
		}
		if tmpl == nil {
			continue
		}
		r, err := template.Render(tmpl, inputs)
		if err != nil {
			t.Logf("%-44s %v\n\t%s\n\ttry: %s", example[0], err, command, lilypad.RemedyOf(err))
			if lilypad.RemedyOf(err) == "" {
				t.Errorf("%s: %v has no remedy", command, err)
			}
			continue
		}
		job := strings.Join(slices.Concat(r.Spec.Entrypoint, r.Spec.Args, r.Spec.Env), "\n")
		t.Logf("%-44s %s\n\t%s\n\t%q env %q\n\t%+v net %v out %v %ds; %q", example[0], command, cmp.Or(r.Spec.Image, "wasm"),
			slices.Concat(r.Spec.Entrypoint, r.Spec.Args), r.Spec.Env, r.Spec.Resources, r.Spec.Network, r.Spec.Outputs, r.Spec.Timeout, r.Notes())
		for key, text := range inputs {
			if !strings.Contains(job, text) && !strings.Contains(strings.Join(r.Notes(), "\n"), "inputs are not fetched") {
				t.Errorf("%s: the input %s=%q is nowhere in the job: %s", command, key, text, job)
			}
		}
	}
}
