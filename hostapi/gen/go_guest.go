package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

const (
	guestDir  = "sdk/go/internal/guest"
	guestPath = "github.com/lilypad-network/lilypad/sdk/go/internal/guest"
)

// GoGuest writes the Go SDK's side: views of the input, structs for the
// output, one package per hook, and what they share in an internal one.
func GoGuest(s *schema.Schema, _ func(string) ([]byte, error)) (Files, error) {
	out := Files{}
	for _, group := range s.Groups() {
		p, path := &page{}, guestDir+"/common_gen.go"
		g := guest{page: p, s: s, group: group}
		if group == "common" {
			p.f(generated, "guest")
			g.versions()
		} else {
			path = "sdk/go/" + group + "/" + group + "_gen.go"
			p.f(generated, group)
			p.f("import %q\n", guestPath)
			g.shared()
		}
		g.declarations()
		b, err := p.source(path)
		if err != nil {
			return nil, err
		}
		out[path] = b
	}
	return out, nil
}

type guest struct {
	*page
	s     *schema.Schema
	group string
}

// pkg qualifies a name of the internal package.
func (g guest) pkg() string {
	if g.group == "common" {
		return ""
	}
	return "guest."
}

func (g guest) versions() {
	g.f("const (\nMajor = %d\nMinor = %d\n)\n\nconst (", g.s.Major, g.s.Minor)
	for _, h := range g.s.Hooks {
		g.f("Hook%s = %d", goName(h.Name), h.Number)
	}
	g.f(")\n")
}

// shared gives this package names for the common types that it uses.
func (g guest) shared() {
	var used []string
	for _, st := range g.s.Structs {
		for _, f := range st.Fields {
			if st.Group != g.group {
				continue
			}
			if e := f.Type.Enum; e != nil && e.Group == "common" && !slices.Contains(used, e.Name) {
				used = append(used, e.Name)
				n := goName(e.Name)
				g.f("// %s is %s\ntype %s = guest.%s\n\nconst (", n, sentence(e.Doc), n, n)
				for _, v := range e.Values {
					g.f("%s%s = guest.%s%s", n, goName(v.Name), n, goName(v.Name))
				}
				g.f(")\n")
			}
			if e := f.Type.Elem; e != nil && e.Group == "common" && !slices.Contains(used, e.Name) {
				used = append(used, e.Name)
				n := goName(e.Name)
				g.f("// %s is %s\ntype %s = guest.%s\n", n, sentence(e.Doc), n, n)
			}
		}
	}
}

func (g guest) declarations() {
	for _, e := range g.s.Enums {
		if e.Group == g.group {
			goEnum(g.page, e, false)
		}
	}
	for _, st := range g.s.Structs {
		switch {
		case st.Group != g.group:
		case st.Class == schema.Record:
			g.view(st)
		case st.Class == schema.Element:
			g.element(st)
		default:
			g.out(st)
		}
	}
	for _, u := range g.s.Unions {
		if u.Group == g.group {
			g.union(u)
		}
	}
}

func (g guest) enumName(f *schema.Field) string { return goName(f.Type.Enum.Name) }

// guestType is what an author sees: every unsigned number is a uint64.
func (g guest) guestType(f *schema.Field) string {
	switch {
	case f.Type.Enum != nil:
		return g.enumName(f)
	case f.Type.Elem != nil:
		return "[]" + goName(f.Type.Elem.Name)
	case f.Type.Union != nil:
		return "[]" + goName(f.Type.Union.Name)
	}
	switch f.Type.Base {
	case "bytes20":
		return "[20]byte"
	case "bytes32":
		return "[32]byte"
	case "str":
		return "string"
	case "bool", "i64":
		return goScalars[f.Type.Base]
	}
	return "uint64"
}

// read is the expression that reads a field of it, at an offset from at.
func (g guest) read(f *schema.Field, it, at string) string {
	method := map[string]string{
		"u8": "U8", "u16": "U16", "u32": "U32", "u64": "U64", "i64": "I64", "bool": "Bool",
		"str": "Str", "bytes20": "Bytes20", "bytes32": "Bytes32",
	}[f.Type.Base]
	switch {
	case f.Type.Elem != nil:
		read := "read"
		if f.Type.Elem.Group == "common" {
			read = g.pkg() + "Read"
		}
		return fmt.Sprintf("%sList(%s, %s%d, %d, %s%s)", g.pkg(), it, at, f.Offset, f.Type.Elem.Size, read, goName(f.Type.Elem.Name))
	case f.Type.Union != nil:
		name := goName(f.Type.Union.Name)
		return fmt.Sprintf("%sItems(%s, %s%d, view%s)", g.pkg(), it, at, f.Offset, name)
	case f.Type.Enum != nil:
		return fmt.Sprintf("%s(%s.U8(%s%d))", g.enumName(f), it, at, f.Offset)
	}
	return fmt.Sprintf("%s.%s(%s%d)", it, method, at, f.Offset)
}

func (g guest) view(st *schema.Struct) {
	name := goName(st.Name)
	if g.group == "common" {
		name += "Record" // the plain name is an author's
	}
	items := slices.IndexFunc(st.Fields, func(f *schema.Field) bool { return f.Type.Union != nil })
	if items < 0 {
		g.f("// %s is %s\ntype %s struct{ it %sItem }\n", name, sentence(st.Doc), name, g.pkg())
	} else {
		g.opened(st.Fields[items], name, sentence(st.Doc))
	}
	g.f("const (\nkind%s = %d\nsize%s = %d\n)\n", name, st.Kind, name, st.SizeAt(0))
	for _, f := range st.Fields {
		g.accessor(name, f)
	}
}

// opened is a view whose list of items is read once.
func (g guest) opened(f *schema.Field, name, doc string) {
	field := strings.ToLower(f.Name)
	g.f("// %s is %s\ntype %s struct {\nit %sItem\n%s %s\n}\n", name, doc, name, g.pkg(), field, g.guestType(f))
	g.f("func open%s(it %sItem) %s { return %s{it, %s} }\n", name, g.pkg(), name, name, g.read(f, "it", ""))
}

func (g guest) accessor(name string, f *schema.Field) {
	field := goName(f.Name)
	remark := fieldDoc(f)
	if f.Optional {
		remark = strings.TrimPrefix(remark+"; zero when there is none", "; ")
	}
	if remark != "" {
		g.f("// %s: %s.", field, strings.TrimSuffix(remark, "."))
	}
	g.f("func (x %s) %s() %s {", name, field, g.guestType(f))
	if f.Since > 0 {
		g.f("if x.it.Fixed() < %d {\nvar none %s\nreturn none\n}", f.Offset+f.Type.Size(), g.guestType(f))
	}
	read := g.read(f, "x.it", "")
	if f.Type.Union != nil {
		read = "x." + strings.ToLower(f.Name)
	}
	g.f("return %s\n}\n", read)
	if f.Optional {
		g.f("// Has%s tells that there is one.\nfunc (x %s) Has%s() bool { return x.it.Has(%d) }\n", field, name, field, f.Bit)
	}
}

func (g guest) element(st *schema.Struct) {
	name := goName(st.Name)
	g.f("// %s is %s\ntype %s struct {", name, sentence(st.Doc), name)
	for _, f := range st.Fields {
		g.f("%s %s%s", goName(f.Name), g.guestType(f), remark(fieldDoc(f)))
	}
	export := "read"
	if st.Group == "common" {
		export = "Read"
	}
	g.f("}\n\nfunc %s%s(it %sItem, at int) %s {\nreturn %s{", export, name, g.pkg(), name, name)
	for _, f := range st.Fields {
		g.f("%s: %s,", goName(f.Name), g.read(f, "it", "at+"))
	}
	g.f("}\n}\n")
}

func (g guest) out(st *schema.Struct) {
	name := goName(st.Name)
	g.f("// %s is %s\ntype %s struct {", name, sentence(st.Doc), name)
	for _, f := range st.Fields {
		g.f("%s %s%s", goName(f.Name), hostType(f), remark(fieldDoc(f)))
	}
	g.f("}\n\nconst size%s = %d\n\nfunc (x *%s) put(b %sItem) {", name, st.Size, name, g.pkg())
	for _, f := range st.Fields {
		value, base := "x."+goName(f.Name), f.Type.Base
		if f.Type.Enum != nil {
			value = "uint8(" + value + ")"
		}
		if base == "i64" {
			base, value = "u64", "uint64("+value+")"
		}
		g.f("b.Put%s(%d, %s)", strings.ToUpper(base), f.Offset, value)
	}
	g.f("}\n")
}

func (g guest) union(u *schema.Union) {
	name := goName(u.Name)
	g.f("// %s is %s\ntype %s struct{ it %sItem }\n", name, sentence(u.Doc), name, g.pkg())
	shared := sharedFields(u)
	for _, f := range shared {
		g.accessor(name, f)
	}
	g.f("// view%s checks what is known of the item's kind, and of one of later days\n// what all kinds share.", name)
	g.f("func view%s(it %sItem) %s {\nsize := %d\nswitch it.Kind() {", name, g.pkg(), name, sharedSize(shared))
	for _, m := range u.Members {
		g.f("case kind%s: size = size%s", goName(m.Name), goName(m.Name))
	}
	g.f("}\nreturn %s{it.Least(size)}\n}\n", name)
	for _, m := range u.Members {
		n := goName(m.Name)
		g.f("// %s is the event as a %s, and whether it is one.\nfunc (x %s) %s() (%s, bool) { return %s{x.it}, x.it.Kind() == kind%s }\n", n, m.Name, name, n, n, n, n)
	}
}

// sharedFields are those that every member of a union has.
func sharedFields(u *schema.Union) []*schema.Field {
	var list []*schema.Field
	for _, f := range u.Members[0].Fields {
		if !slices.ContainsFunc(u.Members, func(m *schema.Struct) bool { return !hasField(m, f) }) {
			list = append(list, &schema.Field{Name: f.Name, Offset: f.Offset, Type: f.Type})
		}
	}
	return list
}

// sharedSize is the size of the fixed part that holds them.
func sharedSize(shared []*schema.Field) int {
	return (&schema.Struct{Class: schema.Record, Fields: shared}).SizeAt(0)
}

func hasField(st *schema.Struct, f *schema.Field) bool {
	return slices.ContainsFunc(st.Fields, func(o *schema.Field) bool {
		return o.Name == f.Name && o.Offset == f.Offset && o.Type == f.Type
	})
}
