package schema_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

const good = `
version 1.1
enum colour u8
  red 1
  blue 2
  grey 3 since 1.1
element pair 16
  0 key str
  8 value i64
record thing 1 48
  16 id bytes20
  36 colour colour
  40 name str optional since 1.1
record more 2 24 since 1.1
  16 id u64
`

func parse(text string, locks ...string) (*schema.Schema, error) {
	fsys := fstest.MapFS{"common.schema": {Data: []byte(text)}}
	for _, l := range locks {
		fsys["frozen/1.0.lock"] = &fstest.MapFile{Data: []byte(l)}
	}
	return schema.Parse(fsys)
}

func TestLoad(t *testing.T) {
	s, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Hooks) != 5 || s.Hooks[0].Name != "match" || s.Hooks[4].Name != "compare" {
		t.Errorf("hooks %v", s.Hooks)
	}
}

func TestParse_refuses(t *testing.T) {
	for name, tt := range map[string]struct{ old, new, want string }{
		"no version":            {"version 1.1", "", "version"},
		"a word of no meaning":  {"version 1.1", "version 1.1\nrecrod x 2 16", "no declaration"},
		"a stray field":         {"version 1.1", "version 1.1\n  0 x u8", "belongs to no"},
		"overlap":               {"36 colour colour", "32 colour colour", "belongs to id"},
		"the header":            {"16 id bytes20", "12 id bytes20", "the header"},
		"misaligned":            {"8 value i64", "4 value i64", "divide"},
		"beyond the end":        {"40 name str", "48 name str", "leave"},
		"a size too large":      {"record thing 1 48", "record thing 1 56", "size is 56"},
		"unknown type":          {"colour colour", "colour color", "no type color"},
		"unknown property":      {"optional since", "optionel since", "no property"},
		"a version to come":     {"optional since 1.1", "optional since 1.2", "minor version 2"},
		"a record to come":      {"24 since 1.1", "24 since 1.2", "minor version 2"},
		"a value to come":       {"grey 3 since 1.1", "grey 3 since 1.2", "minor version 2"},
		"a value of before":     {"grey 3 since 1.1", "grey 3 since 1.1\n  black 4", "out of turn"},
		"a hole in an enum":     {"blue 2", "blue 7", "follow"},
		"an enum from afar":     {"red 1", "red 7", "follow"},
		"a field twice":         {"8 value i64", "8 key i64", "twice"},
		"an optional element":   {"8 value i64", "8 value i64 optional", "only a record"},
		"an element that grows": {"8 value i64", "8 value i64 since 1.1", "never grows"},
		"a patched string":      {"name str optional", "name str patched", "scalar"},
		"a list of nothing":     {"name str optional", "name list what", "no record what"},
		"kind zero":             {"record thing 1 48", "record thing 0 48", "kind 0"},
		"since which":           {"optional since 1.1", "optional since", "which version"},
		"a value since which":   {"grey 3 since 1.1", "grey 3 since one", "which version"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(good, tt.old) {
				t.Fatalf("the schema has no %q", tt.old)
			}
			_, err := parse(strings.Replace(good, tt.old, tt.new, 1))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

// A layout that was frozen may grow and do nothing else.
func TestParse_frozen(t *testing.T) {
	first := strings.NewReplacer("version 1.1", "version 1.0", "  grey 3 since 1.1\n", "", "record more 2 24 since 1.1\n  16 id u64\n", "", "  40 name str optional since 1.1\n", "", "thing 1 48", "thing 1 40").Replace(good)
	s, err := parse(first)
	if err != nil {
		t.Fatal(err)
	}
	lock := s.Lock()
	if _, err := parse(good, lock); err != nil {
		t.Errorf("an appended field: %v", err)
	}
	for name, change := range map[string][2]string{
		"a field moves":      {"36 colour colour", "36 tone colour"},
		"a value is gone":    {"  blue 2\n  grey 3 since 1.1\n", ""},
		"a value is renamed": {"blue 2", "green 2"},
		"a kind changes":     {"thing 1 48", "thing 3 48"},
		"an element's type":  {"8 value i64", "8 value u64"},
		"a new field in old": {"40 name str optional since 1.1", "40 name str optional"},
	} {
		if _, err := parse(strings.Replace(good, change[0], change[1], 1), lock); err == nil || !strings.Contains(err.Error(), "only grow") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parse(text)
		if err == nil && s.Lock() == "" && len(s.Structs) > 0 {
			t.Error("a schema with records has no lock")
		}
	})
}
