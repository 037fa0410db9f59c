package archtest_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/internal/archtest"
)

const root = "../.."

func list(t *testing.T, dir string) []archtest.Package {
	t.Helper()
	packages, err := archtest.List(dir)
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

func TestRules(t *testing.T) {
	packages := list(t, root)
	for _, v := range archtest.Violations(packages, archtest.Rules) {
		t.Error(v)
	}
	for _, p := range archtest.Idle(packages, archtest.Rules) {
		t.Errorf("no package matches the pattern %q of a rule", p)
	}
}

// A rule that cannot be broken keeps nothing.
func TestViolations_findsPlantedEdges(t *testing.T) {
	packages := list(t, root)
	for _, c := range []struct{ from, to string }{
		{"runtime/solver", "runtime/provider"},
		{"runtime/creator", "runtime/mediator"},
		{"runtime/provider", "runtime/execution/docker"},
		{"runtime/creator", "runtime/settlement/evm"},
		{"runtime/mediator", "runtime/node"},
		{"runtime/settlement", "runtime/chain"},
		{"runtime/cases", "runtime/chain"},
		{"runtime/api", "runtime/solver"},
		{"runtime/provider", "github.com/tetratelabs/wazero"},
		{"runtime/solver", "github.com/ethereum/go-ethereum/common"},
		{"runtime/node", "github.com/docker/docker/client"},
		{"runtime/node", "github.com/spf13/viper"},
		{"runtime/solver", "runtime/journal/sqlite"},
		{"runtime/solver", "runtime/settlement/settlementtest"},
		{"runtime/node", "testing"},
		{"modules", "runtime/execution"},
		{"modules/catalog", "modules/template"},
		{"hostapi", "."},
		{"hostapi", "github.com/fxamacker/cbor/v2"},
		{"internal/reconcile", "runtime/journal"},
		{".", "hostapi"},
		{".", "log/slog"},
		{"runtime/node", "log"},
		{"runtime/node", "cmd/lilypad"},
	} {
		planted := slices.Clone(packages)
		at := slices.IndexFunc(planted, func(p archtest.Package) bool { return p.Path == c.from })
		if at < 0 {
			t.Errorf("there is no package %s", c.from)
			continue
		}
		planted[at].Imports = append(slices.Clone(planted[at].Imports), c.to)
		want := c.from + " imports " + c.to + ": "
		found := slices.ContainsFunc(archtest.Violations(planted, archtest.Rules), func(v string) bool { return strings.HasPrefix(v, want) })
		if !found {
			t.Errorf("%s may import %s", c.from, c.to)
		}
	}
}

// An author of a plugin downloads nothing of ours but the SDK.
func TestGuests(t *testing.T) {
	guests, err := filepath.Glob(filepath.Join(root, "plugins", "*", "go.mod"))
	if err != nil || len(guests) == 0 {
		t.Fatalf("no Go module under plugins: %v", err)
	}
	rules := []archtest.Rule{
		{From: []string{"sdk/go/..."}, To: []string{"*", "foreign"}, But: []string{"sdk/go/..."}, Tests: true, Why: "the SDK has no dependency"},
		{From: []string{"plugins/..."}, Except: []string{"plugins/compare/groth16"}, To: []string{"*", "foreign"}, But: []string{"sdk/go/...", "plugins/..."}, Tests: true, Why: "a plugin stands on the SDK alone"},
		{From: []string{"plugins/compare/groth16"}, To: []string{"*", "foreign"}, But: []string{"sdk/go/...", "github.com/consensys/gnark-crypto/..."}, Tests: true, Why: "pairings are a library's work; nothing else is"},
	}
	for _, mod := range append(guests, filepath.Join(root, "sdk", "go", "go.mod")) {
		packages := list(t, filepath.Dir(mod))
		if len(packages) == 0 {
			t.Errorf("%s has no package", mod)
		}
		for _, v := range archtest.Violations(packages, rules) {
			t.Error(v)
		}
		checkPackages(t, packages)
	}
	b, err := os.ReadFile(filepath.Join(root, "sdk", "go", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"require", "replace"} {
		if bytes.Contains(b, []byte(word)) {
			t.Errorf("sdk/go/go.mod has a %s", word)
		}
	}
	if b, err = os.ReadFile(filepath.Join(root, "go.mod")); err != nil || bytes.Contains(b, []byte("\nreplace")) {
		t.Errorf("go.mod has a replace line, which go install refuses (%v)", err)
	}
}

func TestPackages(t *testing.T) { checkPackages(t, list(t, root)) }

func checkPackages(t *testing.T, packages []archtest.Package) {
	t.Helper()
	for _, p := range packages {
		if p.Doc == "" && len(p.GoFiles) > 0 {
			t.Errorf("%s has no package comment", p.Path)
		}
		if own := p.Name + ".go"; len(p.GoFiles) > 1 && !slices.Contains(p.GoFiles, "doc.go") && !slices.Contains(p.GoFiles, own) {
			t.Errorf("%s has several files and neither doc.go nor %s to look into first", p.Path, own)
		}
		if why, ok := archtest.ForbiddenNames[p.Name]; ok {
			t.Errorf("%s: a package named %s %s", p.Path, p.Name, why)
		}
	}
}

func TestRooms(t *testing.T) {
	var got, want []string
	for _, dir := range []string{".", "runtime"} {
		entries, err := os.ReadDir(filepath.Join(root, dir))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.IsDir() && !skipped(e.Name()) {
				got = append(got, filepath.ToSlash(filepath.Join(dir, e.Name())))
			}
		}
	}
	for room := range archtest.Rooms {
		want = append(want, room)
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rooms (-listed +there); a new room needs an ADR:\n%s", diff)
	}
	for _, room := range got {
		if strings.Contains(room, "/") {
			continue
		}
		b, err := os.ReadFile(filepath.Join(root, room, "README.md"))
		if err != nil {
			t.Error(err)
		} else if n := bytes.Count(b, []byte("\n")); n > archtest.MaxReadme {
			t.Errorf("%s/README.md has %d lines; one screen is %d", room, n, archtest.MaxReadme)
		}
	}
}

func TestLengths(t *testing.T) {
	used := map[string]bool{}
	tooLong := func(what string, lines, limit int) {
		if lines <= limit {
			return
		}
		used[what] = true
		if archtest.Long[what] == "" {
			t.Errorf("%s has %d lines, more than %d, and no reason", what, lines, limit)
		}
	}
	walk(t, func(name string, b []byte) {
		if !slices.Contains([]string{".go", ".sol", ".mjs", ".sh", ".schema"}, filepath.Ext(name)) {
			return
		}
		set := token.NewFileSet()
		var file *ast.File
		if filepath.Ext(name) == ".go" {
			var err error
			if file, err = parser.ParseFile(set, name, b, parser.ParseComments|parser.SkipObjectResolution); err != nil {
				t.Error(err)
				return
			}
			if ast.IsGenerated(file) {
				return
			}
		}
		tooLong(name, bytes.Count(b, []byte("\n")), archtest.MaxFile)
		if file == nil || strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				tooLong(name+":"+f.Name.Name, set.Position(f.End()).Line-set.Position(f.Pos()).Line+1, archtest.MaxFunction)
			}
		}
	})
	for what := range archtest.Long {
		if !used[what] {
			t.Errorf("%s is not long any more: remove its reason", what)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`) // one to a file of ours

func TestLinks(t *testing.T) {
	found := 0
	walk(t, func(name string, b []byte) {
		if filepath.Ext(name) != ".md" {
			return
		}
		for _, m := range link.FindAllSubmatch(b, -1) {
			found++
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(name), string(m[1]))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	if found == 0 {
		t.Error("no document links to another")
	}
}

// walk calls fn with each file that git keeps, by its path from the root.
func walk(t *testing.T, fn func(name string, content []byte)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && skipped(d.Name()):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(path)
		if err == nil {
			fn(filepath.ToSlash(name), b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// skipped tells the folders that git ignores.
func skipped(name string) bool {
	return strings.HasPrefix(name, ".") || slices.Contains([]string{"bin", "tools", "node_modules", "out", "cache"}, name)
}
