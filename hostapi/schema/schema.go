package schema

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed *.schema frozen/*.lock
var files embed.FS

// Schema is everything that one version of the host API has on the wire, in
// the order of declaration.
type Schema struct {
	Major, Minor int
	Aliases      []*Alias
	Enums        []*Enum
	Structs      []*Struct
	Unions       []*Union
	Hooks        []*Hook
}

// Alias is a scalar with a meaning and a unit.
type Alias struct {
	Group, Name, Base, Doc string
}

// Enum is a closed set of numbers, one beside the other, from 0 or 1.
type Enum struct {
	Group, Name, Base, Doc string
	Values                 []Value
}

// Value is one member of an enum.
type Value struct {
	Name   string
	Number int
	Since  int // the minor version that appended it
	Doc    string
}

// Class tells where a struct may stand.
type Class string

const (
	Element Class = "element" // in a list; its size never changes
	Record  Class = "record"  // an item with header and tail
	Out     Class = "out"     // in an output message
)

// Struct is a layout. Offsets of a record count from its header's start.
type Struct struct {
	Group, Name, Doc string
	Class            Class
	Kind             int // of a record: the number in its header
	Size             int // bytes without the tail, at the newest minor version
	Since            int // the minor version that brought it
	Fields           []*Field
}

// Field is one member of a struct.
type Field struct {
	Name     string
	Offset   int
	Type     Type
	Optional bool
	Bit      int  // of an optional field: its bit in the header
	Patched  bool // overwritten in place by the host
	Since    int  // the minor version that appended it
	Doc      string
}

// Type is what a field holds. Base is one of u8, u16, u32, u64, i64, bool,
// bytes20, bytes32, str, list and items.
type Type struct {
	Base  string
	Alias *Alias  // when it was named by one
	Enum  *Enum   // of an enum, whose Base it has
	Elem  *Struct // of a list
	Union *Union  // of items
}

// Union is an item that is one of several records, told by its kind.
type Union struct {
	Group, Name, Doc string
	Members          []*Struct
}

// Hook is one function that a plugin may export.
type Hook struct {
	Name, Doc          string
	Number             int
	Context, Item, Out *Struct // Context may be nil
}

var sizes = map[string]int{
	"u8": 1, "bool": 1, "u16": 2, "u32": 4, "u64": 8, "i64": 8,
	"bytes20": 20, "bytes32": 32, "str": 8, "list": 8, "items": 8,
}

// Size is the number of bytes that a field of the type takes.
func (t Type) Size() int { return sizes[t.Base] }

// Align is the number that its offset must divide by.
func (t Type) Align() int {
	switch t.Base {
	case "bytes20", "bytes32", "str", "list", "items":
		return 4
	}
	return t.Size()
}

// String is the type as the schema writes it.
func (t Type) String() string {
	switch {
	case t.Elem != nil:
		return "list " + t.Elem.Name
	case t.Union != nil:
		return "items " + t.Union.Name
	case t.Enum != nil:
		return t.Enum.Name
	case t.Alias != nil:
		return t.Alias.Name
	}
	return t.Base
}

// SizeAt is the size of the struct as a minor version knew it.
func (s *Struct) SizeAt(minor int) int {
	end := 0
	if s.Class == Record {
		end = headerSize
	}
	for _, f := range s.Fields {
		if f.Since <= minor {
			end = max(end, f.Offset+f.Type.Size())
		}
	}
	return (end + 7) &^ 7
}

const headerSize = 16

// Load is the schema of this repository, checked.
func Load() (*Schema, error) { return Parse(files) }

// Parse reads all *.schema files at the root of fsys, common.schema first, and
// checks them, also against the files under frozen.
//
// # Errors
//
// The first broken rule, with file and line where it has one.
func Parse(fsys fs.FS) (*Schema, error) {
	names, err := fs.Glob(fsys, "*.schema")
	if err != nil {
		return nil, err
	}
	p := &parser{schema: &Schema{}}
	read := func(name string) error {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		return p.file(strings.TrimSuffix(name, ".schema"), string(b))
	}
	if err := read("common.schema"); err != nil {
		return nil, err
	}
	for _, name := range names {
		if name != "common.schema" {
			if err := read(name); err != nil {
				return nil, err
			}
		}
	}
	if err := p.resolve(); err != nil {
		return nil, err
	}
	slices.SortFunc(p.schema.Hooks, func(a, b *Hook) int { return a.Number - b.Number })
	if err := p.schema.check(); err != nil {
		return nil, err
	}
	return p.schema, p.schema.checkFrozen(fsys)
}

// Groups are the names of the files, common first.
func (s *Schema) Groups() []string {
	out := []string{"common"}
	for _, h := range s.Hooks {
		out = append(out, h.Name)
	}
	return out
}

func (s *Schema) checkFrozen(fsys fs.FS) error {
	locks, err := fs.Glob(fsys, "frozen/*.lock")
	if err != nil {
		return err
	}
	now := map[string]bool{}
	for _, l := range strings.Split(s.Lock(), "\n") {
		now[l] = true
	}
	for _, name := range locks {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		for _, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
			if !now[l] {
				return fmt.Errorf("version %s has %q, which is gone: a layout may only grow", strings.TrimSuffix(path.Base(name), ".lock"), l)
			}
		}
	}
	return nil
}

// Lock is the layout as lines that a later version must still have.
func (s *Schema) Lock() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	for _, h := range s.Hooks {
		context := "none"
		if h.Context != nil {
			context = h.Context.Name
		}
		line("hook %s %d context %s item %s out %s", h.Name, h.Number, context, h.Item.Name, h.Out.Name)
	}
	for _, e := range s.Enums {
		for _, v := range e.Values {
			line("enum %s %s %s %d%s", e.Name, e.Base, v.Name, v.Number, s.since(v.Since))
		}
	}
	for _, st := range s.Structs {
		for minor := st.Since; minor <= s.Minor; minor++ {
			line("%s %s %d size %d at %d.%d", st.Class, st.Name, st.Kind, st.SizeAt(minor), s.Major, minor)
		}
		for _, f := range st.Fields {
			bit := ""
			if f.Optional {
				bit = fmt.Sprintf(" optional %d", f.Bit)
			}
			line("%s.%s %d %s %s%s", st.Name, f.Name, f.Offset, f.Type, f.Type.Base, bit)
		}
	}
	for _, u := range s.Unions {
		for _, m := range u.Members {
			line("union %s %s %d", u.Name, m.Name, m.Kind)
		}
	}
	return b.String()
}

// since ends the line of what came after the first minor version.
func (s *Schema) since(minor int) string {
	if minor == 0 {
		return ""
	}
	return fmt.Sprintf(" since %d.%d", s.Major, minor)
}
