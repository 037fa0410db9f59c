package gen_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/hostapi/gen"
	"github.com/lilypad-network/lilypad/hostapi/schema"
)

const root = "../.."

func source(path string) ([]byte, error) { return os.ReadFile(filepath.Join(root, path)) }

// What is committed is what the schema says, and nothing generated is left
// over from an earlier schema.
func TestAll_isCommitted(t *testing.T) {
	s, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	files, err := gen.All(s, source)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range files {
		got, err := source(path)
		if err != nil {
			t.Errorf("%v: go generate ./hostapi", err)
			continue
		}
		if diff := cmp.Diff(string(got), string(want)); diff != "" {
			t.Errorf("%s (-committed +generated): go generate ./hostapi\n%s", path, diff)
		}
	}
	for _, pattern := range []string{"hostapi/*_gen.go", "sdk/go/*/*_gen.go", "sdk/go/internal/*/*_gen.go", "sdk/assemblyscript/*/*_gen.ts", "sdk/c/*/*_gen.h", "sdk/rust/*/*_gen.rs"} {
		paths, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if rel, _ := filepath.Rel(root, path); files[rel] == nil {
				t.Errorf("%s is generated from nothing", rel)
			}
		}
	}
}

// Fields of a later minor version are written for plugins that know them, and
// read where they are.
func TestAll_laterMinor(t *testing.T) {
	s, err := schema.Parse(fstest.MapFS{"common.schema": {Data: []byte(`
version 1.2
# something
record thing 1 40
  16 id u64
  24 name str since 1.1
  32 size u32 patched since 1.2
enum tone u8
  low 1
  high 2 since 1.1
  higher 3 since 1.2
record call 2 24 since 1.2
  16 tone tone
`)}})
	if err != nil {
		t.Fatal(err)
	}
	files, err := gen.All(s, source)
	if err != nil {
		t.Fatal(err)
	}
	for path, lines := range map[string][]string{
		"hostapi/common_gen.go": {
			"size := 40", "if minor <= 1 {", "size = 32", "if minor <= 0 {", "size = 24",
			"if w.minor >= 1 {", "if w.minor >= 2 {", "openItem(b, 1, 24, \"thing\")", "func PatchThingSize(item []byte, v uint32) {",
			"func ThingAsStored(minor uint16) bool { return minor >= 2 }", "if minor < 2 {", "1, lastTone(w.minor), \"call.tone\"", "case minor >= 2:\n\t\treturn 3\n\tcase minor >= 1:\n\t\treturn 2\n\t}\n\treturn 1\n",
		},
		"sdk/go/internal/guest/common_gen.go": {"if x.it.Fixed() < 32 {", "if x.it.Fixed() < 36 {", "sizeThingRecord = 24"},
		"sdk/assemblyscript/guest/common_gen.ts": {
			"item.fixed(changetype<usize>(this)) >= 32 ? item.str(changetype<usize>(this), 24) : item.str(item.nothing(), 0);",
			"item.fixed(changetype<usize>(this)) >= 36 ? load<u32>(changetype<usize>(this), 32) : load<u32>(item.nothing(), 0);",
			"SIZE_THING_RECORD: u32 = 24;",
		},
		"sdk/c/lilypad/common_gen.h": {"LILYPAD_THING_RECORD_SIZE = 24", "lilypad_read_str(lilypad_since(x.it, 32), 24)", "lilypad_read_u32(lilypad_since(x.it, 36), 32)"},
		"sdk/rust/src/common_gen.rs": {"const SIZE: usize = 24;", "self.0.since(32).str(24)", "self.0.since(36).u32(32)"},
		"hostapi/SPEC.md":            {"| 24 | name | str | since minor 1 |", "| 32 | size | u32 | patched, since minor 2 |", "| 3 | higher | since minor 2 |", "An item of kind 2 since minor 2, 24 bytes"},
	} {
		for _, line := range lines {
			if !strings.Contains(string(files[path]), line) {
				t.Errorf("%s has no %q:\n%s", path, line, files[path])
			}
		}
	}
}
