package dist_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/sdk/dist"
)

// What is unpacked is what the repository has, and enough to build hello.
func TestUnpack(t *testing.T) {
	needs := map[string][]string{
		"go":             {"go.mod", "match/match.go", "internal/guest/serve.go", "hello/main.go"},
		"rust":           {"src/lib.rs", "hello/lib.rs"},
		"c":              {"lilypad/match.h", "hello/main.c"},
		"assemblyscript": {"package.json", "package-lock.json", ".npmrc", "match/index.ts", "hello/main.ts"},
	}
	for _, language := range dist.Languages {
		t.Run(language, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "a", "b")
			if err := dist.Unpack(language, dir); err != nil {
				t.Fatal(err)
			}
			for _, name := range append(needs[language], "README.md") {
				if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
					t.Error(err)
				}
			}
			err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				name, err := filepath.Rel(dir, path)
				if err != nil {
					return err
				}
				got, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				want, err := os.ReadFile(filepath.Join("..", language, name))
				if err != nil || string(got) != string(want) {
					t.Errorf("%s is not what ../%s has (%v): go run ./sdk/dist/build", name, language, err)
				}
				if strings.HasSuffix(name, "_test.go") || strings.Contains(name, "node_modules") {
					t.Errorf("%s is no author's business", name)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
			if err := dist.Unpack(language, dir); lilypad.CodeOf(err) != lilypad.Conflict {
				t.Errorf("onto itself: %v", err)
			}
		})
	}
	if err := dist.Unpack("../go", t.TempDir()); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("no language: %v", err)
	}
}

// A link that lies in the folder leads nowhere else.
func TestUnpack_followsNoLink(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(dir, "match")); err != nil {
		t.Skip("needs symbolic links: ", err)
	}
	if err := dist.Unpack("go", dir); err == nil {
		t.Error("it was written through a link")
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestVersion(t *testing.T) {
	version, err := dist.Version()
	if err != nil || len(version) != 64 {
		t.Errorf("%q, %v", version, err)
	}
}
