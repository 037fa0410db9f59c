package author_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/author"
)

// begin starts a plugin in a folder outside of the repository, where no
// module can be fetched.
func begin(t *testing.T, language string, hook hostapi.Hook) *author.Folder {
	t.Helper()
	t.Setenv("GOPROXY", "off")
	f, err := author.New(author.Plan{Dir: filepath.Join(t.TempDir(), "demo"), Language: language, Hook: hook})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// build skips the test on a machine that lacks the compiler.
func build(t *testing.T, f *author.Folder) *author.Built {
	t.Helper()
	b, err := f.Build(t.Context(), author.Config{Progress: t.Output()})
	if lilypad.CodeOf(err) == lilypad.NotFound && f.Language.Name != "go" {
		t.Skipf("needs %s: %v", f.Language.Name, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// borrow spares an AssemblyScript plugin to fetch its compiler.
func borrow(t *testing.T, f *author.Folder) {
	t.Helper()
	if f.Language.Name != "assemblyscript" {
		return
	}
	modules, err := filepath.Abs("../../sdk/assemblyscript/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(modules); err != nil {
		t.Skip("needs assemblyscript: no Node packages (make setup)")
	}
	if err := os.Symlink(modules, filepath.Join(f.Dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
}

// TestNew_works: what is begun can be built, the same bytes in any folder, and
// holds what it promises, in every language and for every hook.
func TestNew_works(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles plugins")
	}
	for _, l := range author.Languages {
		for _, h := range hostapi.Hooks {
			t.Run(l.Name+"/"+h.String(), func(t *testing.T) {
				f := begin(t, l.Name, h)
				borrow(t, f)
				b := build(t, f)
				r, err := f.Test(t.Context(), author.Config{}, author.Trial{Seed: 3, Count: 60})
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range r.Checks {
					if len(c.Wrong) > 0 || c.Checked == 0 {
						t.Errorf("%+v", c)
					}
				}
				if r.Fuel == 0 || r.Fuel > 500_000 {
					t.Errorf("a call takes %d ppm of its budget", r.Fuel)
				}
				in, err := b.Inside()
				if err != nil || in.Rewritten <= in.Size || !slices.ContainsFunc(in.Exports, func(e string) bool { return strings.HasPrefix(e, h.Export()+" (") }) {
					t.Errorf("inside of it: %+v, %v", in, err)
				}
				if h != hostapi.HookMatch {
					return
				}
				elsewhere := begin(t, l.Name, h)
				borrow(t, elsewhere)
				if again := build(t, elsewhere); again.Digest() != b.Digest() {
					t.Errorf("built %s, and in another folder %s", b.Digest(), again.Digest())
				}
			})
		}
	}
}

func TestNew_refuses(t *testing.T) {
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "notes.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		plan author.Plan
		code lilypad.Code
		word string
	}{
		"a folder with something in it": {author.Plan{Dir: full, Language: "go", Hook: hostapi.HookMatch}, lilypad.Conflict, "not empty"},
		"a language without an SDK":     {author.Plan{Dir: filepath.Join(t.TempDir(), "demo"), Language: "zig", Hook: hostapi.HookMatch}, lilypad.Invalid, "zig"},
		"a name that breaks the rule":   {author.Plan{Dir: filepath.Join(t.TempDir(), "Demo_1"), Language: "go", Hook: hostapi.HookMatch}, lilypad.Invalid, "lower case"},
		"a name that breaks the JSON":   {author.Plan{Dir: filepath.Join(t.TempDir(), `de"mo`), Language: "go", Hook: hostapi.HookMatch}, lilypad.Invalid, "name"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := author.New(tt.plan)
			if lilypad.CodeOf(err) != tt.code || !strings.Contains(err.Error(), tt.word) || lilypad.RemedyOf(err) == "" {
				t.Errorf("got %v, try %q", err, lilypad.RemedyOf(err))
			}
			if entries, err := os.ReadDir(tt.plan.Dir); err == nil && len(entries) > 1 {
				t.Errorf("it wrote %v", entries)
			}
		})
	}
}

// On a machine without the compiler the error says what to run.
func TestFolder_Build_namesWhatIsMissing(t *testing.T) {
	for _, l := range author.Languages {
		t.Run(l.Name, func(t *testing.T) {
			f := begin(t, l.Name, hostapi.HookMatch)
			t.Setenv("PATH", t.TempDir())
			_, err := f.Build(t.Context(), author.Config{})
			if lilypad.CodeOf(err) != lilypad.NotFound || !strings.Contains(lilypad.RemedyOf(err), "apt-get install") {
				t.Errorf("got %v, try %q", err, lilypad.RemedyOf(err))
			}
		})
	}
}

func TestFolder_Build_showsWhatTheCompilerSays(t *testing.T) {
	f := begin(t, "go", hostapi.HookMatch)
	change(t, f, "main.go", "match.Rank(score)", "match.Rnk(score)")
	var progress strings.Builder
	_, err := f.Build(t.Context(), author.Config{Progress: &progress})
	if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(progress.String(), "undefined: match.Rnk") || !strings.Contains(err.Error(), "undefined: match.Rnk") {
		t.Errorf("got %v; said %q", err, progress.String())
	}
}

// change edits a file of a plugin.
func change(t *testing.T, f *author.Folder, name, from, to string) {
	t.Helper()
	name = filepath.Join(f.Dir, name)
	b, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(b), from) {
		t.Fatalf("%s has no %q: %v", name, from, err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(b), from, to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Each broken plugin fails the check that is for it.
func TestFolder_Test_findsBrokenPlugins(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles plugins")
	}
	for name, tt := range map[string]struct {
		hook           hostapi.Hook
		file, from, to string
		wrong          []string // the checks that must fail
	}{
		"remembers the last item": {
			hostapi.HookMatch, "main.go",
			"	return match.Rank(score)\n}", "	last += score\n	return match.Rank(last)\n}\n\nvar last int64",
			[]string{"go test", "vectors", "in any order", "in any batch, and alone"},
		},
		"panics on a long text": {
			hostapi.HookMatch, "main.go",
			"	return match.Rank(score)", "	if len(o.Region()) > 99 {\n		panic(\"too long\")\n	}\n	return match.Rank(score)",
			[]string{"every input has an answer"},
		},
		"asks for more than the standing price": {
			hostapi.HookAdmit, "main.go", "/ 100 * (100 - p.discount)", "/ 100 * (100 + p.discount)",
			[]string{"go test", "vectors", "every input has an answer"},
		},
		"waits at its deadline": {
			hostapi.HookMediate, "main.go", "	if c.Expired() {\n		return p.doubt(top, votes)\n	}\n", "",
			[]string{"vectors", "every input has an answer"},
		},
		"reads what is no parameter of the pair": {
			hostapi.HookCompare, "main.go", "if p.counts(d.Path)", "if n, ok := pair.Param(\"unknown\"); ok && n/n != 1 || p.counts(d.Path)",
			[]string{"every input has an answer"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := begin(t, "go", tt.hook)
			change(t, f, tt.file, tt.from, tt.to)
			build(t, f)
			r, err := f.Test(t.Context(), author.Config{}, author.Trial{Seed: 1, Count: 200})
			if err != nil {
				t.Fatal(err)
			}
			wrong := map[string][]string{}
			for _, c := range r.Checks {
				if len(c.Wrong) > 0 {
					wrong[c.Name] = c.Wrong
				}
			}
			if len(wrong) != len(tt.wrong) || r.OK() {
				t.Errorf("%d checks fail, want %q: %.2000q", len(wrong), tt.wrong, wrong)
			}
			for _, name := range tt.wrong {
				if wrong[name] == nil {
					t.Errorf("it passes %q", name)
				}
			}
			kept, err := filepath.Glob(filepath.Join(f.Dir, "dist", "wrong", "*.json"))
			if err != nil || len(kept) == 0 && tt.hook != hostapi.HookCompare {
				t.Errorf("no input was kept: %v", err)
			}
		})
	}
}

// What fails can be kept as a vector, and what is accepted holds.
func TestFolder_Test_accepts(t *testing.T) {
	f := begin(t, "go", hostapi.HookMatch)
	change(t, f, "vectors/price.json", `"score": -9500`, `"score": 7`)
	build(t, f)
	vectors := func(accept bool) author.Check {
		r, err := f.Test(t.Context(), author.Config{}, author.Trial{Count: 1, Accept: accept})
		if err != nil {
			t.Fatal(err)
		}
		return r.Checks[1]
	}
	want := []string{"price: record 1: score is -9500, want 7"}
	if diff := cmp.Diff(want, vectors(false).Wrong); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	vectors(true)
	if c := vectors(false); len(c.Wrong) > 0 || c.Checked != 2 {
		t.Errorf("after it was accepted: %+v", c)
	}
	change(t, f, "vectors/price.json", `"offers"`, `"ofers"`)
	if _, err := f.Test(t.Context(), author.Config{}, author.Trial{Count: 1}); lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "ofers") {
		t.Errorf("a misspelt key: %v", err)
	}
}

func TestFolder_Bench(t *testing.T) {
	f := begin(t, "go", hostapi.HookMatch)
	if _, err := f.Bench(t.Context(), author.Config{}, 1); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("before it is built: %v", err)
	}
	build(t, f)
	costs, err := f.Bench(t.Context(), author.Config{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if costs.Over() || costs.Cold <= 0 || costs.Warm <= 0 || costs.Memory == 0 || len(costs.Lines()) != 3+4*3 {
		t.Errorf("%+v", costs)
	}
	for i, m := range costs.Measures {
		if m.Batch != []int{1, 100, 1000}[i] || m.Time <= 0 || m.Fuel <= 0 || m.Fuel > m.Budget {
			t.Errorf("%+v", m)
		}
	}
	change(t, f, "manifest.json", `{"base": 1000000, "item": 20000, "byte": 100}`, `{"base": 1000, "item": 10, "byte": 0}`)
	if f, err = author.Open(f.Dir); err != nil {
		t.Fatal(err)
	}
	later(t, f)
	again, err := f.Bench(t.Context(), author.Config{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !again.Over() {
		t.Errorf("a budget of nothing is not over: %+v", again)
	}
	for i, m := range again.Measures {
		if m.Fuel != costs.Measures[i].Fuel {
			t.Errorf("%v fuel, and before %v", m.Fuel, costs.Measures[i].Fuel)
		}
	}
	if _, err := f.Build(t.Context(), author.Config{}); err == nil || !strings.Contains(err.Error(), "fuel") {
		t.Errorf("a node would load it: %v", err)
	}
}

// later makes what is built newer than its source.
func later(t *testing.T, f *author.Folder) {
	t.Helper()
	now := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(f.Dir, "dist", "plugin.wasm"), now, now); err != nil {
		t.Fatal(err)
	}
}

func TestFolder_Test_refusesAnOldBuild(t *testing.T) {
	f := begin(t, "go", hostapi.HookMatch)
	build(t, f)
	now := time.Now().Add(time.Hour)
	for name, old := range map[string]bool{
		"main.go": true, "manifest.json": true, "go.mod": true, "rules/deep/rule.go": true, "sdk/new.go": true,
		"README.md": false, "rules/rule_test.go": false, "vectors/new.json": false, "dist/left.go": false, ".git/hook.go": false,
	} {
		path := filepath.Join(f.Dir, name)
		had, readErr := os.ReadFile(path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, had, 0o600), os.Chtimes(path, now, now)); err != nil {
			t.Fatal(err)
		}
		// What is fresh fails later: its schema does not know the setting.
		_, err := f.Test(t.Context(), author.Config{Settings: map[string]any{"no": "setting"}}, author.Trial{})
		refused := lilypad.CodeOf(err) == lilypad.Conflict && strings.Contains(lilypad.RemedyOf(err), "plugin build")
		if err == nil || refused != old || old && !strings.HasPrefix(err.Error(), name+" is newer") {
			t.Errorf("%s is new: %v", name, err)
		}
		if readErr != nil {
			_ = os.Remove(path)
		} else if err := os.Chtimes(path, now.Add(-2*time.Hour), now.Add(-2*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
}

// An author's flags reach the compiler, and none of them takes the SDK away.
func TestFolder_Build_keepsTheAuthorsFlags(t *testing.T) {
	f := begin(t, "go", hostapi.HookMatch)
	t.Setenv("GOFLAGS", "-mod=vendor -tags=broken")
	if err := os.WriteFile(filepath.Join(f.Dir, "broken.go"), []byte("//go:build broken\n\npackage main\n\nvar _ = nothingOfThatName\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Build(t.Context(), author.Config{}); err == nil || !strings.Contains(err.Error(), "nothingOfThatName") {
		t.Errorf("the tag is not set: %v", err)
	}
	t.Setenv("GOFLAGS", "-mod=vendor")
	build(t, f)
}

func TestInspect_tellsWhatANodeWouldSay(t *testing.T) {
	f := begin(t, "go", hostapi.HookCompare)
	build(t, f)
	in, err := author.Inspect(t.Context(), f.Dir)
	if err != nil || in.Refusal != "" || in.Manifest == nil || in.MaxMemory != 64<<20 {
		t.Errorf("%+v, %v", in, err)
	}
	if !slices.Contains(in.Imports, "lilypad.tree_diff (i32 i32 i32 i32 i32) (i32)") || len(in.Sections) < 10 {
		t.Errorf("imports %q, sections %v", in.Imports, in.Sections)
	}
	file := filepath.Join(f.Dir, "dist", "plugin.wasm")
	change(t, f, "dist/manifest.json", `"tree_diff"`, `"log"`)
	if in, err = author.Inspect(t.Context(), file); err != nil || !strings.Contains(in.Refusal, "tree_diff") {
		t.Errorf("a capability that is not listed: %q, %v", in.Refusal, err)
	}
	if err := os.WriteFile(file, []byte("\x00asm\x01\x00\x00\x00\x01\x7f"), 0o644); err != nil {
		t.Fatal(err)
	}
	if in, err = author.Inspect(t.Context(), file); err != nil || in.Refusal == "" || in.Rewritten != 0 {
		t.Errorf("a damaged module: %+v, %v", in, err)
	}
	if _, err := author.Inspect(t.Context(), "nothing.wasm"); !errors.Is(err, os.ErrNotExist) || lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("no module: %v", err)
	}
}

func TestFolder_UpdateSDK(t *testing.T) {
	f := begin(t, "c", hostapi.HookMatch)
	u, err := f.UpdateSDK()
	if err != nil || len(u.Changed) > 0 || u.From != u.To || u.To == "" {
		t.Errorf("%+v, %v", u, err)
	}
	change(t, f, "sdk/VERSION", u.To, "old")
	change(t, f, "sdk/lilypad/match.h", "match_refuse", "match_deny")
	if err := os.WriteFile(filepath.Join(f.Dir, "sdk", "gone.h"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	want := &author.Update{From: "old", To: u.To, Changed: []string{"VERSION", "gone.h", "lilypad/match.h"}}
	for range 2 {
		u, err := f.UpdateSDK()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, u); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		want = &author.Update{From: want.To, To: want.To}
	}
	if err := os.RemoveAll(filepath.Join(f.Dir, "sdk")); err != nil {
		t.Fatal(err)
	}
	if u, err := f.UpdateSDK(); err != nil || u.From != "" || len(u.Changed) == 0 {
		t.Errorf("where there was none: %+v, %v", u, err)
	}
	entries, err := os.ReadDir(f.Dir)
	if err != nil || slices.ContainsFunc(entries, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), "sdk.") }) {
		t.Errorf("it left %v, %v", entries, err)
	}
}

// A new Go plugin pins the toolchain that its SDK does.
func TestNew_pinsTheToolchainOfTheSDK(t *testing.T) {
	f := begin(t, "go", hostapi.HookMatch)
	pins := map[string]bool{}
	for _, name := range []string{"go.mod", "sdk/go.mod"} {
		b, err := os.ReadFile(filepath.Join(f.Dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		_, pin, _ := strings.Cut(string(b), "\ntoolchain ")
		pin, _, _ = strings.Cut(pin, "\n")
		pins[pin] = true
	}
	if len(pins) != 1 || pins[""] {
		t.Errorf("pinned: %v", pins)
	}
}
