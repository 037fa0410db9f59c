package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

// testKit holds the same codec for an author's tests, in the SDK's own module.
const testKit = "sdk/go/plugintest"

// GoHost writes package hostapi's structs, encoder and decoder, and the same
// once more for the SDK's test kit, which may depend on nothing of ours.
func GoHost(s *schema.Schema, source func(string) ([]byte, error)) (Files, error) {
	out := Files{}
	for dir, pkg := range map[string]string{"hostapi": "hostapi", testKit: "plugintest"} {
		for _, group := range s.Groups() {
			p := &page{}
			p.f(generated, pkg)
			if hostGroup(p, s, group); strings.Contains(p.String(), "fmt.") {
				body := strings.SplitN(p.String(), "\n\n", 2)
				p.Reset()
				p.f("%s\n\n%s", body[0], strings.Replace(body[1], "\n", "\nimport \"fmt\"\n", 1))
			}
			path := dir + "/" + group + "_gen.go"
			b, err := p.source(path)
			if err != nil {
				return nil, err
			}
			out[path] = b
		}
	}
	for _, name := range []string{"wire.go", "settings.go"} {
		b, err := source("hostapi/" + name)
		if err != nil {
			return nil, err
		}
		text := strings.Replace(string(b), "package hostapi\n", "", 1)
		out[testKit+"/"+strings.TrimSuffix(name, ".go")+"_gen.go"] = fmt.Appendf(nil, generated+"%s", "plugintest", text)
	}
	return out, nil
}

func hostGroup(p *page, s *schema.Schema, group string) {
	if group == "common" {
		hostHooks(p, s)
	}
	for _, e := range s.Enums {
		if e.Group == group {
			goEnum(p, e, true)
			hostLast(p, e)
		}
	}
	for _, st := range s.Structs {
		if st.Group == group {
			hostStruct(p, st, s.Minor)
		}
	}
	for _, u := range s.Unions {
		if u.Group == group {
			hostUnion(p, u)
		}
	}
	for _, h := range s.Hooks {
		if h.Name == group {
			hostInput(p, h)
		}
	}
}

func hostHooks(p *page, s *schema.Schema) {
	p.f("// Major and Minor are the version of the host API.\nconst (\nMajor = %d\nMinor = %d\n)\n", s.Major, s.Minor)
	p.f("// Hook is a function that a plugin may export.\ntype Hook uint16\n\nconst (")
	for _, h := range s.Hooks {
		p.f("Hook%s Hook = %d // %s", goName(h.Name), h.Number, h.Doc)
	}
	p.f(")\n\n// Hooks are all there are, in order.\nvar Hooks = []Hook{")
	for _, h := range s.Hooks {
		p.f("Hook%s,", goName(h.Name))
	}
	p.f("}\n\n// String is the hook's name.\nfunc (h Hook) String() string {\nswitch h {")
	for _, h := range s.Hooks {
		p.f("case Hook%s: return %q", goName(h.Name), h.Name)
	}
	p.f("}\nreturn fmt.Sprintf(\"hook %%d\", uint16(h))\n}\n")
}

// goEnum writes the type and its constants, with text it can be read from.
func goEnum(p *page, e *schema.Enum, text bool) {
	name := goName(e.Name)
	p.f("// %s is %s\ntype %s uint8\n\nconst (", name, sentence(e.Doc), name)
	for _, v := range e.Values {
		p.f("%s%s %s = %d%s", name, goName(v.Name), name, v.Number, remark(v.Doc))
	}
	p.f(")\n")
	p.f("// String is the name in the schema.\nfunc (v %s) String() string {\nswitch v {", name)
	for _, v := range e.Values {
		p.f("case %s%s: return %q", name, goName(v.Name), v.Name)
	}
	p.f("}\nreturn \"unset\"\n}\n")
	if !text {
		return
	}
	p.f("func (v %s) MarshalText() ([]byte, error) { return []byte(v.String()), nil }\n", name)
	p.f("func (v *%s) UnmarshalText(b []byte) error {\nswitch string(b) {", name)
	for _, v := range e.Values {
		p.f("case %q: *v = %s%s", v.Name, name, goName(v.Name))
	}
	p.f("default: return fmt.Errorf(\"%s: there is no %%q\", b)\n}\nreturn nil\n}\n", strings.ReplaceAll(e.Name, "_", " "))
}

// lastValue is the expression of the last value that a writer's version knows.
func lastValue(e *schema.Enum) string {
	v := e.Values[len(e.Values)-1]
	if v.Since > 0 {
		return "last" + goName(e.Name) + "(w.minor)"
	}
	return fmt.Sprint(v.Number)
}

// hostLast tells up to where a minor version knows the values of an enum that
// has grown.
func hostLast(p *page, e *schema.Enum) {
	if e.Values[len(e.Values)-1].Since == 0 {
		return
	}
	name := goName(e.Name)
	p.f("// last%s is the last value of a minor version.\nfunc last%s(minor uint16) uint8 {\nswitch {", name, name)
	for i := len(e.Values) - 1; i >= 0; i-- {
		if v := e.Values[i]; v.Since == 0 {
			p.f("}\nreturn %d\n}\n", v.Number)
			return
		} else if i == len(e.Values)-1 || v.Since < e.Values[i+1].Since {
			p.f("case minor >= %d: return %d", v.Since, v.Number)
		}
	}
	p.f("}\nreturn 0\n}\n")
}

var goScalars = map[string]string{
	"u8": "uint8", "u16": "uint16", "u32": "uint32", "u64": "uint64", "i64": "int64", "bool": "bool",
	"bytes20": "Bytes20", "bytes32": "Bytes32", "str": "string",
}

func hostType(f *schema.Field) string {
	t := goScalars[f.Type.Base]
	switch {
	case f.Type.Enum != nil:
		t = goName(f.Type.Enum.Name)
	case f.Type.Elem != nil:
		t = "[]" + goName(f.Type.Elem.Name)
	case f.Type.Union != nil:
		t = "[]" + goName(f.Type.Union.Name)
	}
	if f.Optional {
		return "Opt[" + t + "]"
	}
	return t
}

func hostStruct(p *page, st *schema.Struct, minor int) {
	name := goName(st.Name)
	p.f("// %s is %s\ntype %s struct {", name, sentence(st.Doc), name)
	for _, f := range st.Fields {
		omit := ""
		if f.Optional {
			omit = ",omitzero"
		} else if f.Type.Base == "list" || f.Type.Base == "items" {
			omit = ",omitempty"
		}
		p.f("%s %s `json:\"%s%s\"`%s", goName(f.Name), hostType(f), f.Name, omit, remark(fieldDoc(f)))
	}
	p.f("}\n")
	hostPut(p, st)
	hostGet(p, st)
	switch st.Class {
	case schema.Record:
		hostRecord(p, st, minor)
	case schema.Out:
		hostOut(p, st)
	}
}

func hostPut(p *page, st *schema.Struct) {
	p.f("func (x *%s) put(w *writer, at int) {", goName(st.Name))
	plain, rest := split(st.Fields)
	if len(plain) > 0 {
		// One look at the bounds, and it must be taken before a string moves the buffer.
		p.f("b := (*[%d]byte)(w.b[w.start+at:])", st.SizeAt(0))
	}
	for _, f := range plain {
		value := "x." + goName(f.Name)
		switch bits := 8 * f.Type.Size(); {
		case strings.HasPrefix(f.Type.Base, "bytes"):
			p.f("*(*%s)(b[%d:]) = %s", hostType(f), f.Offset, value)
		case bits == 8:
			p.f("b[%d] = %s", f.Offset, value)
		case f.Type.Base == "i64":
			p.f("le.PutUint64(b[%d:], uint64(%s))", f.Offset, value)
		default:
			p.f("le.PutUint%d(b[%d:], %s)", bits, f.Offset, value)
		}
	}
	for _, f := range rest {
		value, full := "x."+goName(f.Name), st.Name+"."+f.Name
		if f.Since > 0 {
			p.f("if w.minor >= %d {", f.Since)
		}
		if f.Optional {
			p.f("if %s.OK {\nw.has(%d)", value, f.Bit)
			value += ".V"
		}
		switch {
		case f.Type.Enum != nil:
			p.f("w.enum(at+%d, uint8(%s), %d, %s, %q)", f.Offset, value, f.Type.Enum.Values[0].Number, lastValue(f.Type.Enum), full)
		case f.Type.Elem != nil:
			// A loop here, and no function that is given put, keeps the writer off the heap.
			p.f("for i, at := 0, w.reserve(at+%d, len(%s), %d, %q); i < len(%s); i++ {\n%s[i].put(w, at+%d*i)\n}",
				f.Offset, value, f.Type.Elem.Size, full, value, value, f.Type.Elem.Size)
		case f.Type.Union != nil:
			p.f("writeItems(w, at+%d, %q, %s, (*%s).append)", f.Offset, full, value, goName(f.Type.Union.Name))
		case f.Type.Base == "str":
			p.f("w.str(at+%d, %s, %q)", f.Offset, value, full)
		case strings.HasPrefix(f.Type.Base, "bytes"):
			p.f("w.bytes(at+%d, %s[:])", f.Offset, value)
		case f.Type.Base == "i64":
			p.f("w.u64(at+%d, uint64(%s))", f.Offset, value)
		default:
			p.f("w.%s(at+%d, %s)", f.Type.Base, f.Offset, value)
		}
		if f.Optional {
			p.f("}")
		}
		if f.Since > 0 {
			p.f("}")
		}
	}
	p.f("}\n")
}

// split sets apart the numbers and bytes that every version has.
func split(fields []*schema.Field) (plain, rest []*schema.Field) {
	for _, f := range fields {
		if base := f.Type.Base; f.Optional || f.Since > 0 || f.Type.Enum != nil || slices.Contains([]string{"bool", "str", "list", "items"}, base) {
			rest = append(rest, f)
		} else {
			plain = append(plain, f)
		}
	}
	return plain, rest
}

func hostGet(p *page, st *schema.Struct) {
	p.f("func (x *%s) get(r *reader, at int) {", goName(st.Name))
	for _, f := range st.Fields {
		value, full := "x."+goName(f.Name), st.Name+"."+f.Name
		if f.Optional {
			p.f("if %s.OK = r.has(%d); %s.OK {", value, f.Bit, value)
			value += ".V"
		}
		switch {
		case f.Type.Enum != nil:
			v := f.Type.Enum.Values
			p.f("%s = %s(r.enum(at+%d, %d, %d, %q))", value, goName(f.Type.Enum.Name), f.Offset, v[0].Number, v[len(v)-1].Number, full)
		case f.Type.Elem != nil:
			p.f("%s = readList(r, at+%d, %d, %q, (*%s).get)", value, f.Offset, f.Type.Elem.Size, full, goName(f.Type.Elem.Name))
		case f.Type.Union != nil:
			p.f("%s = readItems(r, at+%d, %q, decode%s)", value, f.Offset, full, goName(f.Type.Union.Name))
		case f.Type.Base == "str", f.Type.Base == "bool":
			p.f("%s = r.%s(at+%d, %q)", value, f.Type.Base, f.Offset, full)
		case strings.HasPrefix(f.Type.Base, "bytes"):
			p.f("copy(%s[:], r.at(at+%d, %d))", value, f.Offset, f.Type.Size())
		default:
			p.f("%s = r.%s(at+%d)", value, f.Type.Base, f.Offset)
		}
		if f.Optional {
			p.f("}")
		}
	}
	p.f("}\n")
}

func hostRecord(p *page, st *schema.Struct, minor int) {
	name := goName(st.Name)
	p.f("// Append appends the record as an item of a minor version, to be stored\n// or put into a message.")
	p.f("//\n// # Errors\n//\n// A value that the record cannot hold.")
	p.f("func (x *%s) Append(dst []byte, minor uint16) ([]byte, error) {", name)
	if st.Since > 0 {
		p.f("if minor < %d { return dst, fmt.Errorf(\"%s: minor version %%d does not have it\", minor) }", st.Since, st.Name)
	}
	p.f("size := %d", st.Size)
	for m := minor - 1; m >= st.Since; m-- {
		if st.SizeAt(m) != st.SizeAt(m+1) {
			p.f("if minor <= %d { size = %d }", m, st.SizeAt(m))
		}
	}
	p.f("w := beginItem(dst, minor, %d, size)\nx.put(w, 0)\nreturn w.end()\n}\n", st.Kind)
	p.f("// Decode%s reads a stored item of any minor version.", name)
	p.f("//\n// # Errors\n//\n// The first rule of SPEC.md that b breaks.")
	p.f("func Decode%s(b []byte) (%s, error) {\nvar x %s\nr, err := openItem(b, %d, %d, %q)\nif err != nil {\nreturn x, err\n}\nx.get(r, 0)\nreturn x, r.err\n}\n",
		name, name, name, st.Kind, st.SizeAt(0), st.Name)
	if slices.ContainsFunc(st.Fields, func(f *schema.Field) bool { return f.Patched }) {
		hostKept(p, st)
	}
	for _, f := range st.Fields {
		if f.Patched {
			p.f("// Patch%s%s overwrites the field in a stored item, which must be an\n// undamaged %s.", name, goName(f.Name), st.Name)
			p.f("func Patch%s%s(item []byte, v %s) {\n(&writer{b: item}).%s(%d, v)\n}\n", name, goName(f.Name), hostType(f), f.Type.Base, f.Offset)
		}
	}
}

// hostKept is for what a host stores before it knows who will read it.
func hostKept(p *page, st *schema.Struct) {
	since := st.Since
	for _, f := range st.Fields {
		since = max(since, f.Since)
	}
	same := fmt.Sprintf("minor >= %d", since)
	if since == 0 {
		same = "true"
	}
	name := goName(st.Name)
	p.f("// %sAsStored tells that an item of a minor version is as one of Minor.", name)
	p.f("func %sAsStored(minor uint16) bool { return %s }\n", name, same)
}

func hostOut(p *page, st *schema.Struct) {
	name := goName(st.Name)
	p.f("// Append%ss appends an output message.", name)
	p.f("//\n// # Errors\n//\n// A value that a record cannot hold.")
	p.f("func Append%ss(dst []byte, minor uint16, list []%s) ([]byte, error) {", name, name)
	p.f("return appendOutput(dst, minor, len(list), %d, func(w *writer, i, at int) { list[i].put(w, at) })\n}\n", st.Size)
	p.f("// Decode%ss reads an output message, which must be b and nothing more.", name)
	p.f("//\n// # Errors\n//\n// The first rule of SPEC.md that b breaks.")
	p.f("func Decode%ss(b []byte) ([]%s, error) {\nn, stride, err := openOutput(b, %d)\nif n == 0 {\nreturn nil, err\n}", name, name, st.SizeAt(0))
	p.f("list, r := make([]%s, n), reader{b: b, fixed: outputHeader}\nfor i := range list {\nat := r.fixed\nr.fixed += stride", name)
	p.f("if list[i].get(&r, at); r.err != nil {\nreturn nil, fmt.Errorf(\"record %%d: %%w\", i, r.err)\n}\n}\nreturn list, nil\n}\n")
}

func hostUnion(p *page, u *schema.Union) {
	name := goName(u.Name)
	p.f("// %s is %s\n// Exactly one field is set.\ntype %s struct {", name, sentence(u.Doc), name)
	for _, m := range u.Members {
		p.f("%s *%s `json:\"%s,omitempty\"`", goName(m.Name), goName(m.Name), m.Name)
	}
	p.f("}\n\nfunc (x *%s) append(dst []byte, minor uint16) ([]byte, error) {\nswitch {", name)
	for _, m := range u.Members {
		p.f("case x.%s != nil: return x.%s.Append(dst, minor)", goName(m.Name), goName(m.Name))
	}
	p.f("}\nreturn dst, fmt.Errorf(\"%s: none of its fields is set\")\n}\n", u.Name)
	p.f("func decode%s(b []byte) (%s, error) {\nvar x %s\nvar err error\nswitch kind := (&reader{b: b, fixed: len(b)}).u16(6); kind {", name, name, name)
	for _, m := range u.Members {
		p.f("case %d:\nvar m %s\nm, err = Decode%s(b)\nx.%s = &m", m.Kind, goName(m.Name), goName(m.Name), goName(m.Name))
	}
	p.f("default: err = fmt.Errorf(\"%s: there is no kind %%d\", kind)\n}\nreturn x, err\n}\n", u.Name)
}

// hostInput writes the whole call as one value.
func hostInput(p *page, h *schema.Hook) {
	name, item := goName(h.Name), goName(h.Item.Name)
	p.f("// %sInput is one call of the hook.\ntype %sInput struct {\nNow uint64 `json:\"now\"` // block time in seconds", name, name)
	context := "nil"
	if h.Context != nil {
		p.f("%s %s `json:\"%s\"`", goName(h.Context.Name), goName(h.Context.Name), h.Context.Name)
		context = "context"
	}
	p.f("%ss []%s `json:\"%ss,omitempty\"`\n}\n", item, item, h.Item.Name)
	p.f("// Append appends the input message.\n//\n// # Errors\n//\n// A value that a record cannot hold, or a message above MaxMessage.")
	p.f("func (in *%sInput) Append(dst []byte, minor uint16) ([]byte, error) {", name)
	if h.Context != nil {
		p.f("context, err := in.%s.Append(nil, minor)\nif err != nil {\nreturn dst, err\n}", goName(h.Context.Name))
	}
	p.f("items := make([][]byte, len(in.%ss))\nfor i := range items {", item)
	p.f("b, err := in.%ss[i].Append(nil, minor)\nif err != nil {\nreturn dst, fmt.Errorf(\"%s %%d: %%w\", i, err)\n}\nitems[i] = b\n}", item, h.Item.Name)
	p.f("return AppendMessage(dst, Header{Hook%s, minor, in.Now}, %s, items...)\n}\n", name, context)

	p.f("// Decode%sInput reads an input message.\n//\n// # Errors\n//\n// The first rule of SPEC.md that b breaks.", name)
	p.f("func Decode%sInput(b []byte) (%sInput, error) {\nvar in %sInput", name, name, name)
	ctx := "_"
	if h.Context != nil {
		ctx = "context"
	}
	p.f("h, %s, items, err := SplitMessage(b)\nif err != nil {\nreturn in, err\n}", ctx)
	p.f("if h.Hook != Hook%s {\nreturn in, fmt.Errorf(\"a message for %%s, want %s\", h.Hook)\n}\nin.Now = h.Now", name, h.Name)
	if h.Context != nil {
		p.f("if in.%s, err = Decode%s(context); err != nil {\nreturn in, err\n}", goName(h.Context.Name), goName(h.Context.Name))
	}
	p.f("in.%ss = make([]%s, len(items))\nfor i := range items {\nif in.%ss[i], err = Decode%s(items[i]); err != nil {\nreturn in, fmt.Errorf(\"%s %%d: %%w\", i, err)\n}\n}\nreturn in, nil\n}\n",
		item, item, item, item, h.Item.Name)
}
