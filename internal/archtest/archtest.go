package archtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
)

const module = "github.com/lilypad-network/lilypad"

// Package is what go list tells of one. Paths are as in [Rule].
type Package struct {
	Path, Dir, Name, Doc string
	GoFiles              []string
	Imports, TestImports []string // TestImports are those of either kind of test file
}

// List returns the packages of the Go module in dir.
func List(dir string) ([]Package, error) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Name,Doc,GoFiles,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list in %s: %w: %s", dir, err, stderr.String())
	}
	var packages []Package
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			Package
			ImportPath   string
			XTestImports []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("output of go list: %w", err)
		}
		p.Path = short(p.ImportPath)
		p.Imports = shorten(p.Imports)
		p.TestImports = shorten(append(p.TestImports, p.XTestImports...))
		packages = append(packages, p.Package)
	}
}

func shorten(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = short(p)
	}
	return out
}

// short makes a path relative to the repository's root. Foreign paths stay.
func short(path string) string {
	if path == module {
		return "."
	}
	return strings.TrimPrefix(path, module+"/")
}

// Violations returns the edges of packages that rules forbid, each with the
// rule's reason.
func Violations(packages []Package, rules []Rule) []string {
	ours := map[string]bool{}
	for _, p := range packages {
		ours[p.Path] = true
	}
	var out []string
	for _, r := range rules {
		for _, p := range packages {
			if !matches(r.From, p.Path, ours) || matches(r.Except, p.Path, ours) {
				continue
			}
			imports := p.Imports
			if r.Tests {
				imports = slices.Concat(imports, p.TestImports)
			}
			for _, to := range imports {
				if to != p.Path && matches(r.To, to, ours) && !matches(r.But, to, ours) {
					out = append(out, fmt.Sprintf("%s imports %s: %s", p.Path, to, r.Why))
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Idle returns the patterns of rules that no package and no import matches:
// misspelt, or left behind.
func Idle(packages []Package, rules []Rule) []string {
	ours, seen := map[string]bool{}, map[string]bool{}
	for _, p := range packages {
		ours[p.Path], seen[p.Path] = true, true
		for _, to := range slices.Concat(p.Imports, p.TestImports) {
			seen[to] = true
		}
	}
	var out []string
	for _, r := range rules {
		for _, pattern := range slices.Concat(r.From, r.Except, r.To, r.But) {
			used := false
			for path := range seen {
				used = used || matches([]string{pattern}, path, ours)
			}
			if !used {
				out = append(out, pattern)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func matches(patterns []string, path string, ours map[string]bool) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		switch pattern {
		case Everything:
			return ours[path]
		case Foreign:
			return !ours[path] && !standard(path, ours)
		}
		tree, below := strings.CutSuffix(pattern, "/...")
		return path == pattern || below && !standard(path, ours) && (path == tree || strings.HasPrefix(path, tree+"/"))
	})
}

// standard tells whether a path is of the standard library: its first part has
// no dot. One of them is called runtime, as our heading is.
func standard(path string, ours map[string]bool) bool {
	first, _, _ := strings.Cut(path, "/")
	return !ours[path] && !strings.Contains(first, ".")
}
