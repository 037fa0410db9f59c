package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

const asDir = "sdk/assemblyscript"

// AssemblyScriptGuest writes the AssemblyScript SDK's side: views of the
// input, classes for the output, one module per hook, and what they share.
// What a hook is asked about and answers with is named a record: the plain
// names are the hook module's, which adds what an author calls.
func AssemblyScriptGuest(s *schema.Schema, _ func(string) ([]byte, error)) (Files, error) {
	out := Files{}
	for _, group := range s.Groups() {
		a := asGuest{page: &page{}, s: s, group: group}
		a.f("// Code generated from hostapi/schema; DO NOT EDIT.\n")
		path := asDir + "/guest/common_gen.ts"
		if group == "common" {
			a.f("import * as item from \"./item\";\n")
			a.versions()
		} else {
			path = asDir + "/" + group + "/" + group + "_gen.ts"
			shared := a.shared()
			a.f("import * as guest from \"../guest\";\nimport { %s } from \"../guest\";\n", shared)
			out[asDir+"/"+group+"/index.ts"] = fmt.Appendf(nil, asIndex, group, shared)
		}
		a.declarations()
		out[path] = append([]byte(strings.TrimRight(a.String(), "\n")), '\n')
	}
	return out, nil
}

// asIndex is what an author imports. It names what comes from elsewhere, which
// a namespace does not see behind a star.
const asIndex = `// Code generated from hostapi/schema; DO NOT EDIT.

export * from "./hook";
export * from "./%s_gen";
export { %s } from "../guest";
export { lilypad_arena, lilypad_configure, Settings } from "../guest";
`

type asGuest struct {
	*page
	s     *schema.Schema
	group string
}

func (a asGuest) versions() {
	a.f("export const MAJOR: u32 = %d;\nexport const MINOR: u32 = %d;\n", a.s.Major, a.s.Minor)
	for _, h := range a.s.Hooks {
		a.f("export const HOOK_%s: u32 = %d;", strings.ToUpper(h.Name), h.Number)
	}
	a.f("")
}

// shared names the common types that this group uses.
func (a asGuest) shared() string {
	var names []string
	for _, st := range a.s.Structs {
		for _, f := range st.Fields {
			if st.Group != a.group {
				continue
			}
			if e := f.Type.Enum; e != nil && e.Group == "common" {
				names = append(names, goName(e.Name))
			}
			if e := f.Type.Elem; e != nil && e.Group == "common" {
				names = append(names, goName(e.Name))
			}
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

func (a asGuest) declarations() {
	for _, e := range a.s.Enums {
		if e.Group == a.group {
			a.enum(e)
		}
	}
	for _, st := range a.s.Structs {
		switch {
		case st.Group != a.group:
		case st.Class == schema.Record:
			a.view(st)
		case st.Class == schema.Element:
			a.element(st)
		default:
			a.out(st)
		}
	}
	for _, u := range a.s.Unions {
		if u.Group == a.group {
			a.union(u)
		}
	}
}

func (a asGuest) enum(e *schema.Enum) {
	a.doc("", goName(e.Name)+" is "+sentence(e.Doc))
	a.f("export enum %s {", goName(e.Name))
	for _, v := range e.Values {
		a.f("  %s = %d,%s", goName(v.Name), v.Number, remark(v.Doc))
	}
	a.f("}\n")
}

// doc writes a comment that tools show.
func (a asGuest) doc(indent, text string) {
	if text != "" {
		a.f("%s/** %s */", indent, text)
	}
}

// pkg qualifies a name of the shared module.
func (a asGuest) pkg() string {
	if a.group == "common" {
		return "item."
	}
	return "guest."
}

// className is the name of a struct's class.
func (a asGuest) className(st *schema.Struct) string {
	asked := slices.ContainsFunc(a.s.Hooks, func(h *schema.Hook) bool { return h.Item == st || h.Out == st })
	if asked || st.Class == schema.Record && st.Group == "common" {
		return goName(st.Name) + "Record"
	}
	return goName(st.Name)
}

// camel is the schema's name as a property.
func camel(name string) string {
	words := strings.Split(name, "_")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}

// shout is the name as a constant.
func shout(prefix, class string) string {
	var b strings.Builder
	b.WriteString(prefix)
	for _, r := range class {
		if 'A' <= r && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}

// asType is what an author sees: every unsigned number is a u64.
func (a asGuest) asType(f *schema.Field) string {
	switch {
	case f.Type.Enum != nil:
		return goName(f.Type.Enum.Name)
	case f.Type.Elem != nil:
		return a.pkg() + "List<" + goName(f.Type.Elem.Name) + ">"
	case f.Type.Union != nil:
		return a.pkg() + "Items<" + goName(f.Type.Union.Name) + ">"
	}
	switch f.Type.Base {
	case "bytes20", "bytes32":
		return a.pkg() + goName(f.Type.Base)
	case "str":
		return "string"
	case "bool", "i64":
		return f.Type.Base
	}
	return "u64"
}

// read is the expression that reads a field of the item at address it, of
// which at, if it is not empty, tells where the field's struct begins.
func (a asGuest) read(f *schema.Field, it, at string) string {
	from, sum := it, fmt.Sprint(f.Offset)
	if at != "" {
		from, sum = it+" + "+at, at+" + "+sum
	}
	load := func(base string) string { return fmt.Sprintf("load<%s>(%s, %d)", base, from, f.Offset) }
	switch {
	case f.Type.Elem != nil:
		return fmt.Sprintf("new %s(%s, %s, %d)", a.asType(f), it, sum, f.Type.Elem.Size)
	case f.Type.Union != nil:
		return fmt.Sprintf("new %s(%s, %s, least%s)", a.asType(f), it, sum, goName(f.Type.Union.Name))
	case f.Type.Enum != nil:
		return fmt.Sprintf("<%s>%s", a.asType(f), load("u8"))
	}
	switch f.Type.Base {
	case "str":
		return fmt.Sprintf("%sstr(%s, %s)", a.pkg(), it, sum)
	case "bool":
		return load("u8") + " != 0"
	case "bytes20", "bytes32":
		return fmt.Sprintf("changetype<%s>(%s + %d)", a.asType(f), from, f.Offset)
	}
	return load(f.Type.Base)
}

// asThis is the address of a view's item.
const asThis = "changetype<usize>(this)"

func (a asGuest) view(st *schema.Struct) {
	name := a.className(st)
	a.f("export const %s: u32 = %d;\nexport const %s: u32 = %d;\n", shout("KIND", name), st.Kind, shout("SIZE", name), st.SizeAt(0))
	a.doc("", goName(st.Name)+" is "+sentence(st.Doc))
	a.f("@unmanaged\nexport class %s {", name)
	for _, f := range st.Fields {
		a.getter(f)
	}
	a.f("}\n")
}

func (a asGuest) getter(f *schema.Field) {
	text := fieldDoc(f)
	if f.Optional {
		text = strings.TrimPrefix(text+"; zero when there is none", "; ")
	}
	a.doc("  ", text)
	read := a.read(f, asThis, "")
	if f.Since > 0 {
		fixed := fmt.Sprintf("%sfixed(%s) >= %d", a.pkg(), asThis, f.Offset+f.Type.Size())
		none := a.read(&schema.Field{Type: f.Type}, a.pkg()+"nothing()", "")
		read = fixed + " ? " + read + " : " + none
	}
	a.f("  get %s(): %s { return %s; }", camel(f.Name), a.asType(f), read)
	if f.Optional {
		a.doc("  ", "has"+goName(camel(f.Name))+" tells that there is one.")
		a.f("  get %s(): bool { return %shas(%s, %d); }", camel("has_"+f.Name), a.pkg(), asThis, f.Bit)
	}
}

func (a asGuest) element(st *schema.Struct) {
	a.doc("", goName(st.Name)+" is "+sentence(st.Doc))
	a.f("export class %s extends %sElement {", goName(st.Name), a.pkg())
	for _, f := range st.Fields {
		a.doc("  ", fieldDoc(f))
		a.f("  get %s(): %s { return %s; }", camel(f.Name), a.asType(f), a.read(f, "this.it", "this.at"))
	}
	a.f("}\n")
}

func (a asGuest) out(st *schema.Struct) {
	name := a.className(st)
	a.f("export const %s: u32 = %d;\n", shout("SIZE", name), st.Size)
	a.doc("", goName(st.Name)+" is "+sentence(st.Doc))
	a.f("export class %s {", name)
	for _, f := range st.Fields {
		class := f.Type.Base
		if f.Type.Enum != nil {
			class = goName(f.Type.Enum.Name)
		}
		a.f("  %s: %s;%s", camel(f.Name), class, remark(fieldDoc(f)))
	}
	a.f("\n  /** put writes it to its place in the answer, if it has one. */\n  put(at: usize): void {\n    if (!at) return;")
	for _, f := range st.Fields {
		value := "this." + camel(f.Name)
		base := f.Type.Base
		if f.Type.Enum != nil || base == "bool" {
			base, value = "u8", "<u8>"+value
		}
		a.f("    store<%s>(at, %s, %d);", base, value, f.Offset)
	}
	a.f("  }\n}\n")
}

func (a asGuest) union(u *schema.Union) {
	name := goName(u.Name)
	shared := sharedFields(u)
	a.doc("", fmt.Sprintf("least%s is what an item needs of its kind, or of one of later days for what all kinds share.", name))
	a.f("function least%s(kind: u32): u32 {\n  switch (kind) {", name)
	for _, m := range u.Members {
		a.f("    case %d: return %d;", m.Kind, m.SizeAt(0))
	}
	a.f("  }\n  return %d;\n}\n", sharedSize(shared))
	a.doc("", name+" is "+sentence(u.Doc))
	a.f("@unmanaged\nexport class %s {", name)
	for _, f := range shared {
		a.getter(f)
	}
	for _, m := range u.Members {
		a.doc("  ", fmt.Sprintf("%s is the %s as one; null when it is none.", camel(m.Name), u.Name))
		a.f("  get %s(): %s | null { return guest.kind(%s) == %d ? changetype<%s>(%s) : null; }", camel(m.Name), goName(m.Name), asThis, m.Kind, goName(m.Name), asThis)
	}
	a.f("}\n")
}
