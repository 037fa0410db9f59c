//go:build corpus

package template_test

import (
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/template"
)

var templates = flag.String("templates", "", "`folder` of templates and their index.tsv")

// Of templates in public use, nearly all must render. They belong to others, so
// the folder is given:
//
//	go test -tags corpus ./modules/template -run public -templates FOLDER
func TestRender_publicTemplates(t *testing.T) {
	dir := *templates
	index, err := os.Open(filepath.Join(dir, "index.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	lines := csv.NewReader(index)
	lines.Comma, lines.LazyQuotes, lines.FieldsPerRecord = '\t', true, -1
	rows, err := lines.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rendered, refused, bad, pardoned := 0, 0, 0, 0
	for _, row := range rows[1:] {
		tmpl, err := os.ReadFile(filepath.Join(dir, row[0]))
		if err != nil {
			t.Fatal(err)
		}
		for _, input := range []string{"plain", "512", `a b's "c"` + "\n\\{{x}}"} {
			inputs := map[string]string{}
			for key := range strings.SplitSeq(row[6], ",") {
				if key != "" {
					inputs[key] = input
				}
			}
			r, err := template.Render(tmpl, inputs)
			switch {
			case err == nil:
				rendered++
				if len(r.Warnings) > 0 {
					pardoned++
				}
				if text := strings.Join(slices.Concat(r.Spec.Entrypoint, r.Spec.Args, r.Spec.Env), "\n"); strings.Contains(text, `"plain"`) {
					t.Errorf("%s: a value kept its quotes: %q", row[0], text)
				}
			case strings.Contains(err.Error(), "line ") && lilypad.RemedyOf(err) != "":
				refused++
				t.Logf("refused: %s: %v; try: %s", row[0], err, lilypad.RemedyOf(err))
			default:
				bad++
				t.Logf("BAD: %s: %v", row[0], err)
			}
		}
	}
	all := rendered + refused + bad
	t.Logf("%d templates, 3 sets of inputs: %d of %d rendered (%d with warnings), %d refused with line and fix, %d neither",
		len(rows)-1, rendered, all, pardoned, refused, bad)
	if (rendered+refused)*100 < all*95 || rendered*100 < all*90 {
		t.Errorf("want 95%% rendered or refused, 90%% rendered")
	}
}
