package gen

import (
	"fmt"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

const rustDir = "sdk/rust/src"

// RustGuest writes the Rust SDK's side: views of the input and structs for the
// output, one file per hook that its module includes, one for what they share,
// and the dumps of its conformance guest.
func RustGuest(s *schema.Schema, _ func(string) ([]byte, error)) (Files, error) {
	out := Files{}
	for _, group := range s.Groups() {
		r := rustGuest{page: &page{}, s: s, group: group}
		r.f("// Code generated from hostapi/schema; DO NOT EDIT.\n")
		if group == "common" {
			r.versions()
		}
		r.declarations()
		out[rustDir+"/"+group+"_gen.rs"] = r.rust()
	}
	r := rustGuest{page: &page{}, s: s}
	r.conformance()
	out["sdk/rust/conformance/dump_gen.rs"] = r.rust()
	return out, nil
}

// rust is the page with Rust's indentation.
func (p *page) rust() []byte {
	return []byte(strings.ReplaceAll(string(p.braces()), "\t", "    "))
}

type rustGuest struct {
	*page
	s     *schema.Schema
	group string
}

func (r rustGuest) versions() {
	r.f("/// The version of the host API.\npub const MAJOR: u16 = %d;\npub const MINOR: u16 = %d;\n", r.s.Major, r.s.Minor)
	for _, h := range r.s.Hooks {
		r.f("pub const HOOK_%s: u16 = %d;", strings.ToUpper(h.Name), h.Number)
	}
	r.f("")
}

func (r rustGuest) declarations() {
	for _, e := range r.s.Enums {
		if e.Group == r.group {
			r.enum(e)
		}
	}
	for _, st := range r.s.Structs {
		switch {
		case st.Group != r.group:
		case st.Class == schema.Record:
			r.view(st)
		case st.Class == schema.Element:
			r.element(st)
		default:
			r.out(st)
		}
	}
	for _, u := range r.s.Unions {
		if u.Group == r.group {
			r.union(u)
		}
	}
}

// rustName turns a schema name into a type's.
func rustName(name string) string {
	var b strings.Builder
	for _, w := range strings.Split(name, "_") {
		b.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return b.String()
}

// rustStruct is a struct's type. The plain name of a common record is an
// author's, and Result is Rust's.
func rustStruct(st *schema.Struct) string {
	if st.Class == schema.Record && (st.Group == "common" || st.Name == "result") {
		return rustName(st.Name) + "Record"
	}
	return rustName(st.Name)
}

// rustField is a field's name; a keyword is written raw.
func rustField(f *schema.Field) string {
	if f.Name == "type" {
		return "r#type"
	}
	return f.Name
}

// enum is open, since a later minor version may bring a value.
func (r rustGuest) enum(e *schema.Enum) {
	name := rustName(e.Name)
	r.f("/// %s\n#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]\npub struct %s(pub u8);\n\nimpl %s {", rustDoc(e.Doc), name, name)
	for _, v := range e.Values {
		if v.Doc != "" {
			r.f("/// %s.", v.Doc)
		}
		r.f("pub const %s: %s = %s(%d);", strings.ToUpper(v.Name), name, name, v.Number)
	}
	r.f("}\n")
}

// rustDoc is a doc as a sentence.
func rustDoc(doc string) string {
	if doc == "" {
		return "Described in hostapi/SPEC.md."
	}
	return strings.ToUpper(doc[:1]) + strings.TrimSuffix(doc[1:], ".") + "."
}

// rustType is what an author sees of a field: every unsigned number is a u64.
func rustType(f *schema.Field) string {
	switch {
	case f.Type.Enum != nil:
		return rustName(f.Type.Enum.Name)
	case f.Type.Elem != nil:
		return "List<'a, " + rustStruct(f.Type.Elem) + borrowed(f.Type.Elem) + ">"
	case f.Type.Union != nil:
		return "List<'a, " + rustName(f.Type.Union.Name) + "<'a>>"
	}
	switch f.Type.Base {
	case "bytes20":
		return "&'a [u8; 20]"
	case "bytes32":
		return "&'a [u8; 32]"
	case "str":
		return "&'a str"
	case "bool", "i64":
		return f.Type.Base
	}
	return "u64"
}

// borrowed is the lifetime of a struct that holds texts.
func borrowed(st *schema.Struct) string {
	for _, f := range st.Fields {
		if f.Type.Base == "str" || strings.HasPrefix(f.Type.Base, "bytes") {
			return "<'a>"
		}
	}
	return ""
}

// rustRead is the expression that reads a field of an item.
func rustRead(f *schema.Field, it, at string) string {
	switch {
	case f.Type.Enum != nil:
		return fmt.Sprintf("%s(%s.u8(%s) as u8)", rustType(f), it, at)
	case f.Type.Elem != nil:
		return fmt.Sprintf("List::new(%s, %s, %d, %s::read)", it, at, f.Type.Elem.Size, rustStruct(f.Type.Elem))
	case f.Type.Union != nil:
		return fmt.Sprintf("List::new(%s, %s, 4, |it, at| %s::view(it.nested(at)))", it, at, rustName(f.Type.Union.Name))
	}
	return fmt.Sprintf("%s.%s(%s)", it, f.Type.Base, at)
}

func (r rustGuest) view(st *schema.Struct) {
	name := rustStruct(st)
	r.f("/// %s\n#[derive(Clone, Copy)]\npub struct %s<'a>(Item<'a>);\n\nimpl<'a> %s<'a> {", rustDoc(st.Doc), name, name)
	r.f("pub(crate) const KIND: u64 = %d;\npub(crate) const SIZE: usize = %d;\n", st.Kind, st.SizeAt(0))
	for _, f := range st.Fields {
		r.accessor(f)
	}
	r.f("}\n")
}

func (r rustGuest) accessor(f *schema.Field) {
	doc := fieldDoc(f)
	if f.Optional {
		doc = strings.TrimPrefix(doc+"; zero when there is none", "; ")
	}
	if doc != "" {
		r.f("/// %s.", doc)
	}
	r.f("pub fn %s(self) -> %s {", rustField(f), rustType(f))
	read := rustRead(f, "self.0", fmt.Sprint(f.Offset))
	if f.Since > 0 {
		read = rustRead(f, fmt.Sprintf("self.0.since(%d)", f.Offset+f.Type.Size()), fmt.Sprint(f.Offset))
	}
	r.f("%s\n}\n", read)
	if f.Optional {
		r.f("/// Tells that there is one.\npub fn has_%s(self) -> bool {\nself.0.has(%d)\n}\n", f.Name, f.Bit)
	}
}

// fields are the members of a struct that an author sees whole.
func (r rustGuest) fields(st *schema.Struct, derive string, typ func(*schema.Field) string) {
	r.f("/// %s\n#[derive(%s)]\npub struct %s%s {", rustDoc(st.Doc), derive, rustStruct(st), borrowed(st))
	for _, f := range st.Fields {
		if doc := fieldDoc(f); doc != "" {
			r.f("/// %s.", doc)
		}
		r.f("pub %s: %s,", rustField(f), typ(f))
	}
	r.f("}\n")
}

func (r rustGuest) element(st *schema.Struct) {
	r.fields(st, "Clone, Copy, Debug, PartialEq, Eq", rustType)
	life := borrowed(st)
	r.f("impl%s %s%s {\npub(crate) fn read(it: Item%s, at: usize) -> Self {\nSelf {", life, rustStruct(st), life, life)
	for _, f := range st.Fields {
		r.f("%s: %s,", rustField(f), rustRead(f, "it", plus("at", f.Offset)))
	}
	r.f("}\n}\n}\n")
}

func (r rustGuest) out(st *schema.Struct) {
	r.fields(st, "Clone, Copy, Debug, Default, PartialEq, Eq", func(f *schema.Field) string {
		if f.Type.Enum != nil {
			return rustType(f)
		}
		return f.Type.Base
	})
	r.f("impl %s {\npub(crate) const SIZE: usize = %d;\n\npub(crate) fn put(&self, b: &mut [u8]) {", rustStruct(st), st.Size)
	for _, f := range st.Fields {
		value := "self." + rustField(f)
		switch {
		case f.Type.Enum != nil:
			value += ".0"
		case f.Type.Base == "bool":
			value = "u8::from(" + value + ")"
		}
		r.f("b[%d..%d].copy_from_slice(&%s.to_le_bytes());", f.Offset, f.Offset+f.Type.Size(), value)
	}
	r.f("}\n}\n")
}

func (r rustGuest) union(u *schema.Union) {
	name := rustName(u.Name)
	shared := sharedFields(u)
	r.f("/// %s\n#[derive(Clone, Copy)]\npub struct %s<'a>(Item<'a>);\n\nimpl<'a> %s<'a> {", rustDoc(u.Doc), name, name)
	r.f("/// Checks what is known of the item's kind, and of one of later days what\n/// all kinds share.\npub(crate) fn view(it: Item<'a>) -> Self {\nSelf(it.least(match it.kind() {")
	for _, m := range u.Members {
		r.f("%s::KIND => %s::SIZE,", rustStruct(m), rustStruct(m))
	}
	r.f("_ => %d,\n}))\n}\n", sharedSize(shared))
	for _, f := range shared {
		r.accessor(f)
	}
	for _, m := range u.Members {
		n := rustStruct(m)
		r.f("/// The event as a %s, if it is one.\npub fn %s(self) -> Option<%s<'a>> {\nif self.0.kind() == %s::KIND {\nSome(%s(self.0))\n} else {\nNone\n}\n}\n", m.Name, m.Name, n, n, n)
	}
	r.f("}\n")
}

// conformance writes the dumps and samples that hostapi/conformance/README.md
// defines.
func (r rustGuest) conformance() {
	r.f("// Code generated from hostapi/schema; DO NOT EDIT.\n")
	for _, st := range dumped(r.s) {
		r.dump(st)
	}
	for _, u := range r.s.Unions {
		r.f("fn dump_%s(name: &str, x: lilypad::%s::%s) {", u.Name, rustModule(u.Group), rustName(u.Name))
		for _, m := range u.Members {
			r.f("if let Some(m) = x.%s() {\ndump_%s(&format!(\"{}%s.\", name), m);\n}", m.Name, m.Name, m.Name)
		}
		r.f("}\n")
	}
	for _, h := range r.s.Hooks {
		name := "lilypad::" + rustModule(h.Name) + "::" + rustStruct(h.Out)
		r.f("const SAMPLE_%s: %s = %s {", strings.ToUpper(h.Out.Name), name, name)
		for i, f := range h.Out.Fields {
			value := sampleLiteral(f, i+1)
			if e := f.Type.Enum; e != nil {
				value = fmt.Sprintf("lilypad::%s::%s(%s)", rustModule(h.Name), rustName(e.Name), value)
			}
			r.f("%s: %s,", rustField(f), value)
		}
		r.f("};\n")
	}
}

// rustModule is a group's module; a keyword is written raw.
func rustModule(group string) string {
	if group == "match" {
		return "r#match"
	}
	return group
}

func (r rustGuest) dump(st *schema.Struct) {
	r.f("fn dump_%s(name: &str, x: lilypad::%s::%s) {", st.Name, rustModule(st.Group), rustStruct(st))
	for _, f := range st.Fields {
		get := "x." + rustField(f) + "()"
		if f.Optional {
			r.f("if !x.has_%s() {\nabsent(name, %q);\n} else {", f.Name, f.Name)
		}
		switch {
		case f.Type.Elem != nil:
			r.f("number(name, %q, %s.len() as u64);\nfor (i, e) in %s.enumerate() {\nlet at = element(name, %q, i);", f.Name, get, get, f.Name)
			for _, e := range f.Type.Elem.Fields {
				r.line(e, "&at", "e."+rustField(e))
			}
			r.f("}")
		case f.Type.Union != nil:
			r.f("number(name, %q, %s.len() as u64);\nfor (i, e) in %s.enumerate() {\ndump_%s(&element(name, %q, i), e);\n}", f.Name, get, get, f.Type.Union.Name, f.Name)
		default:
			r.line(f, "name", get)
		}
		if f.Optional {
			r.f("}")
		}
	}
	r.f("}\n")
}

func (r rustGuest) line(f *schema.Field, name, value string) {
	switch {
	case f.Type.Enum != nil:
		r.f("number(%s, %q, %s.0 as u64);", name, f.Name, value)
	case f.Type.Base == "str":
		r.f("hexed(%s, %q, %s.as_bytes());", name, f.Name, value)
	case f.Type.Base == "i64":
		r.f("signed(%s, %q, %s);", name, f.Name, value)
	case strings.HasPrefix(f.Type.Base, "bytes"):
		r.f("hexed(%s, %q, %s);", name, f.Name, value)
	default:
		r.f("number(%s, %q, %s as u64);", name, f.Name, value)
	}
}
