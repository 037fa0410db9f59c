package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

const cDir = "sdk/c/lilypad"

// CGuest writes the C SDK's side: one header per hook with views of the input
// and structs for the output, one for what they share, and the dumps of its
// conformance guest.
func CGuest(s *schema.Schema, _ func(string) ([]byte, error)) (Files, error) {
	out := Files{}
	for _, group := range s.Groups() {
		c := cGuest{page: &page{}, s: s, group: group}
		c.f("// Code generated from hostapi/schema; DO NOT EDIT.\n\n#pragma once\n\n#include \"item.h\"\n")
		if group == "common" {
			c.versions()
		} else {
			c.f("#include \"common_gen.h\"\n")
		}
		c.declarations()
		out[cDir+"/"+group+"_gen.h"] = c.braces()
	}
	c := cGuest{page: &page{}, s: s}
	c.conformance()
	out["sdk/c/conformance/dump_gen.h"] = c.braces()
	return out, nil
}

type cGuest struct {
	*page
	s     *schema.Schema
	group string
}

// cPrefix stands before all names of a group.
func cPrefix(group string) string {
	if group == "common" {
		return "lilypad_"
	}
	return group + "_"
}

func (c cGuest) versions() {
	c.f("#define LILYPAD_MAJOR %d\n#define LILYPAD_MINOR %d\n\nenum {", c.s.Major, c.s.Minor)
	for _, h := range c.s.Hooks {
		c.f("\tLILYPAD_HOOK_%s = %d,", strings.ToUpper(h.Name), h.Number)
	}
	c.f("};\n")
}

func (c cGuest) declarations() {
	for _, e := range c.s.Enums {
		if e.Group == c.group {
			c.enum(e)
		}
	}
	for _, st := range c.s.Structs {
		switch {
		case st.Group != c.group:
		case st.Class == schema.Record:
			c.view(st)
		case st.Class == schema.Element:
			c.element(st)
		default:
			c.out(st)
		}
	}
	for _, u := range c.s.Unions {
		if u.Group == c.group {
			c.union(u)
		}
	}
	for _, st := range c.s.Structs {
		if st.Group == c.group && st.Class == schema.Record {
			for _, f := range st.Fields {
				c.accessor(cName(st), f)
			}
			c.f("")
		}
	}
}

// cName is a struct's type. The plain name of a common record is an author's.
func cName(st *schema.Struct) string {
	if st.Group == "common" && st.Class == schema.Record {
		return cPrefix(st.Group) + st.Name + "_record"
	}
	return cPrefix(st.Group) + st.Name
}

// cField is a field's name, or a name beside a keyword.
func cField(f *schema.Field) string {
	if f.Name == "int" {
		return "int_"
	}
	return f.Name
}

func (c cGuest) enum(e *schema.Enum) {
	name := cPrefix(e.Group) + e.Name
	c.f("// %s is %s\ntypedef enum {", name, sentence(e.Doc))
	for _, v := range e.Values {
		c.f("\t%s_%s = %d,%s", strings.ToUpper(name), strings.ToUpper(v.Name), v.Number, remark(v.Doc))
	}
	c.f("} %s;\n", name)
}

// cType is what an author sees of a field: every unsigned number is a
// uint64_t, a hash is a pointer to its bytes.
func cType(f *schema.Field) string {
	if e := f.Type.Enum; e != nil {
		return cPrefix(e.Group) + e.Name
	}
	switch f.Type.Base {
	case "bytes20", "bytes32":
		return "const uint8_t *"
	case "str":
		return "lilypad_str"
	case "bool":
		return "bool"
	case "i64":
		return "int64_t"
	}
	return "uint64_t"
}

// cRead is the expression that reads a scalar of an item.
func cRead(f *schema.Field, it, at string) string {
	if f.Type.Base == "bytes20" || f.Type.Base == "bytes32" {
		return fmt.Sprintf("%s.at + %s", it, at)
	}
	read := fmt.Sprintf("lilypad_read_%s(%s, %s)", f.Type.Base, it, at)
	if f.Type.Enum != nil {
		read = fmt.Sprintf("(%s)%s", cType(f), read)
	}
	return read
}

func (c cGuest) view(st *schema.Struct) {
	name := cName(st)
	c.f("// %s is %s\ntypedef struct {\n\tlilypad_item it;\n} %s;\n", name, sentence(st.Doc), name)
	c.f("enum {\n\t%s_KIND = %d,\n\t%s_SIZE = %d,\n};\n", strings.ToUpper(name), st.Kind, strings.ToUpper(name), st.SizeAt(0))
	c.f("_Static_assert(%d <= sizeof lilypad_nothing, \"lilypad_nothing stands for any record\");\n", st.Size)
}

func (c cGuest) accessor(name string, f *schema.Field) {
	head := func(typ, suffix, args string) string {
		return fmt.Sprintf("static inline %s%s%s_%s%s(%s x%s) {", typ, strings.Repeat(" ", 1-strings.Count(typ, "*")), name, f.Name, suffix, name, args)
	}
	doc := fieldDoc(f)
	if f.Optional {
		doc = strings.TrimPrefix(doc+"; zero when there is none", "; ")
	}
	if doc != "" {
		c.f("// %s", doc)
	}
	it := "x.it"
	if f.Since > 0 {
		it = fmt.Sprintf("lilypad_since(x.it, %d)", f.Offset+f.Type.Size())
	}
	switch {
	case f.Type.Elem != nil:
		elem := cName(f.Type.Elem)
		list := fmt.Sprintf("lilypad_list_of(%s, %d, %d)", it, f.Offset, f.Type.Elem.Size)
		c.f("%s\n\treturn %s.n;\n}", head("uint32_t", "_count", ""), list)
		c.f("%s\n\treturn %s_read(x.it, lilypad_list_at(%s, i));\n}", head(elem, "_at", ", uint32_t i"), elem, list)
	case f.Type.Union != nil:
		union := cPrefix(f.Type.Union.Group) + f.Type.Union.Name
		list := fmt.Sprintf("lilypad_list_of(%s, %d, 4)", it, f.Offset)
		c.f("%s\n\treturn %s.n;\n}", head("uint32_t", "_count", ""), list)
		c.f("%s\n\treturn %s_view(lilypad_nested(x.it, lilypad_list_at(%s, i)));\n}", head(union, "_at", ", uint32_t i"), union, list)
	default:
		c.f("%s\n\treturn %s;\n}", head(cType(f), "", ""), cRead(f, it, fmt.Sprint(f.Offset)))
	}
	if f.Optional {
		c.f("static inline bool %s_has_%s(%s x) {\n\treturn lilypad_has(x.it, %d);\n}", name, f.Name, name, f.Bit)
	}
}

// cFields are the members of a struct that an author sees whole.
func (c cGuest) cFields(st *schema.Struct, typ func(*schema.Field) string) {
	c.f("// %s is %s\ntypedef struct {", cName(st), sentence(st.Doc))
	for _, f := range st.Fields {
		c.f("\t%s %s;%s", typ(f), cField(f), remark(fieldDoc(f)))
	}
	c.f("} %s;\n", cName(st))
}

func (c cGuest) element(st *schema.Struct) {
	c.cFields(st, cType)
	name := cName(st)
	c.f("static inline %s %s_read(lilypad_item it, uint32_t at) {", name, name)
	c.f("\tif (at == LILYPAD_NOWHERE) {\n\t\treturn (%s){0};\n\t}\n\treturn (%s){", name, name)
	for _, f := range st.Fields {
		c.f("\t\t.%s = %s,", cField(f), cRead(f, "it", plus("at", f.Offset)))
	}
	c.f("\t};\n}\n")
}

func (c cGuest) out(st *schema.Struct) {
	c.cFields(st, func(f *schema.Field) string {
		switch {
		case f.Type.Enum != nil:
			return cType(f)
		case f.Type.Base == "bool":
			return "bool"
		case f.Type.Base == "i64":
			return "int64_t"
		}
		return "uint" + strings.TrimPrefix(f.Type.Base, "u") + "_t"
	})
	name := cName(st)
	c.f("enum {\n\t%s_SIZE = %d,\n};\n", strings.ToUpper(name), st.Size)
	c.f("static inline void %s_put(const %s *x, uint8_t *b) {", name, name)
	for _, f := range st.Fields {
		base := strings.NewReplacer("i64", "u64", "bool", "u8").Replace(f.Type.Base)
		c.f("\tlilypad_put_%s(b, %d, (uint%s_t)x->%s);", base, f.Offset, base[1:], cField(f))
	}
	c.f("}\n")
}

func (c cGuest) union(u *schema.Union) {
	name := cPrefix(u.Group) + u.Name
	c.f("// %s is %s\ntypedef struct {\n\tlilypad_item it;\n} %s;\n", name, sentence(u.Doc), name)
	shared := sharedFields(u)
	c.f("// %s_view checks what is known of the item's kind, and of one of later\n// days what all kinds share.", name)
	c.f("static inline %s %s_view(lilypad_item it) {\n\tuint32_t size = %d;\n\tswitch (lilypad_kind(it)) {", name, name, sharedSize(shared))
	for _, m := range u.Members {
		c.f("\tcase %s_KIND:\n\t\tsize = %s_SIZE;\n\t\tbreak;", strings.ToUpper(cName(m)), strings.ToUpper(cName(m)))
	}
	c.f("\t}\n\treturn (%s){lilypad_least(it, size)};\n}\n", name)
	for _, f := range shared {
		c.accessor(name, f)
	}
	for _, m := range u.Members {
		c.f("static inline bool %s_is_%s(%s x) {\n\treturn lilypad_kind(x.it) == %s_KIND;\n}", name, m.Name, name, strings.ToUpper(cName(m)))
		c.f("// only of an %s that is one\nstatic inline %s %s_as_%s(%s x) {\n\treturn (%s){x.it};\n}", u.Name, cName(m), name, m.Name, name, cName(m))
	}
	c.f("")
}

// conformance writes the dumps and samples that hostapi/conformance/README.md
// defines.
func (c cGuest) conformance() {
	c.f("// Code generated from hostapi/schema; DO NOT EDIT.\n\n#pragma once\n\n#include \"dump.h\"\n")
	for _, h := range c.s.Hooks {
		c.f("#include \"lilypad/%s_gen.h\"", h.Name)
	}
	c.f("")
	list := dumped(c.s)
	slices.SortStableFunc(list, func(a, b *schema.Struct) int { return nested(a) - nested(b) }) // C has no forward use
	unions := c.s.Unions
	for _, st := range list {
		if nested(st) > 0 {
			for _, u := range unions {
				c.dumpUnion(u)
			}
			unions = nil
		}
		c.dump(st)
	}
	for _, h := range c.s.Hooks {
		c.f("static const %s sample_%s = {", cName(h.Out), h.Out.Name)
		for i, f := range h.Out.Fields {
			value := sampleLiteral(f, i+1)
			if f.Type.Base == "u64" {
				value += "u"
			}
			c.f("\t.%s = %s,", cField(f), value)
		}
		c.f("};\n")
	}
}

// nested is 1 for a record that has others inside.
func nested(st *schema.Struct) int {
	if slices.ContainsFunc(st.Fields, func(f *schema.Field) bool { return f.Type.Union != nil }) {
		return 1
	}
	return 0
}

func (c cGuest) dumpUnion(u *schema.Union) {
	name := cPrefix(u.Group) + u.Name
	c.f("static void dump_%s(%s x) {", name, name)
	for _, m := range u.Members {
		c.f("\tif (%s_is_%s(x)) {\n\t\tuint32_t back = enter(%q);\n\t\tdump_%s(%s_as_%s(x));\n\t\tleave(back);\n\t}", name, m.Name, m.Name, cName(m), name, m.Name)
	}
	c.f("}\n")
}

func (c cGuest) dump(st *schema.Struct) {
	c.f("static void dump_%s(%s x) {", cName(st), cName(st))
	for _, f := range st.Fields {
		get := cName(st) + "_" + f.Name
		if f.Optional {
			c.f("\tif (!%s_has_%s(x)) {\n\t\tabsent(%q);\n\t} else {", cName(st), f.Name, f.Name)
		}
		switch {
		case f.Type.Elem != nil:
			c.f("\tnumber(%q, %s_count(x));\n\tfor (uint32_t i = 0; i < %s_count(x); i++) {\n\t\tuint32_t back = enter_element(%q, i);\n\t\t%s e = %s_at(x, i);", f.Name, get, get, f.Name, cName(f.Type.Elem), get)
			for _, e := range f.Type.Elem.Fields {
				c.line(e, "e."+cField(e))
			}
			c.f("\t\tleave(back);\n\t}")
		case f.Type.Union != nil:
			union := cPrefix(f.Type.Union.Group) + f.Type.Union.Name
			c.f("\tnumber(%q, %s_count(x));\n\tfor (uint32_t i = 0; i < %s_count(x); i++) {\n\t\tuint32_t back = enter_element(%q, i);\n\t\tdump_%s(%s_at(x, i));\n\t\tleave(back);\n\t}", f.Name, get, get, f.Name, union, get)
		default:
			c.line(f, get+"(x)")
		}
		if f.Optional {
			c.f("\t}")
		}
	}
	c.f("}\n")
}

func (c cGuest) line(f *schema.Field, value string) {
	switch f.Type.Base {
	case "str":
		c.f("\ttext(%q, %s);", f.Name, value)
	case "i64":
		c.f("\tsigned_number(%q, %s);", f.Name, value)
	case "bytes20", "bytes32":
		c.f("\thexed(%q, %s, %d);", f.Name, value, f.Type.Size())
	default:
		c.f("\tnumber(%q, %s);", f.Name, value)
	}
}
