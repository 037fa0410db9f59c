package gen

import (
	"fmt"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

// AssemblyScriptConformance writes the dumps and samples of the AssemblyScript
// SDK's conformance guest, as hostapi/conformance/README.md defines them.
func AssemblyScriptConformance(s *schema.Schema, _ func(string) ([]byte, error)) (Files, error) {
	p := &page{}
	p.f("// Code generated from hostapi/schema; DO NOT EDIT.\n")
	for _, h := range s.Hooks {
		p.f("import * as %s from \"../%s\";", h.Name, h.Name)
	}
	p.f("import { absent, element, hexed, number, signed, text, truth } from \"./line\";\n")
	for _, st := range dumped(s) {
		asDump(p, st)
	}
	for _, u := range s.Unions {
		p.f("function dump%s(name: string, x: %s.%s): void {", goName(u.Name), u.Group, goName(u.Name))
		for _, m := range u.Members {
			p.f("  const %s = x.%s;\n  if (%s) dump%s(name + %q, %s);", camel(m.Name), camel(m.Name), camel(m.Name), goName(m.Name), m.Name+".", camel(m.Name))
		}
		p.f("}\n")
	}
	for i, h := range s.Hooks {
		if i > 0 {
			p.f("")
		}
		name := goName(h.Out.Name)
		p.f("export function sample%s(x: %s.%s): %s.%s {", name, h.Name, name, h.Name, name)
		for i, f := range h.Out.Fields {
			class := f.Type.Base
			if e := f.Type.Enum; e != nil {
				class = h.Name + "." + goName(e.Name)
			}
			p.f("  x.%s = <%s>%#x;", camel(f.Name), class, sample(f, i+1))
		}
		p.f("  return x;\n}")
	}
	return Files{asDir + "/conformance/dump_gen.ts": p.Bytes()}, nil
}

func asDump(p *page, st *schema.Struct) {
	p.f("export function dump%s(name: string, x: %s.%s): void {", goName(st.Name), st.Group, goName(st.Name))
	for _, f := range st.Fields {
		value := "x." + camel(f.Name)
		if f.Optional {
			p.f("  if (!x.%s) absent(name + %q);\n  else {", camel("has_"+f.Name), f.Name)
		}
		switch {
		case f.Type.Elem != nil:
			p.f("  const %s = %s;\n  number(name + %q, %s.length);", camel(f.Name), value, f.Name, camel(f.Name))
			p.f("  for (let i = 0; i < %s.length; i++) {\n    const at = element(name + %q, i), e = %s[i];", camel(f.Name), f.Name, camel(f.Name))
			for _, e := range f.Type.Elem.Fields {
				p.f("    %s", asLine(e, "at", "e."+camel(e.Name)))
			}
			p.f("  }")
		case f.Type.Union != nil:
			p.f("  const %s = %s;\n  number(name + %q, %s.length);", camel(f.Name), value, f.Name, camel(f.Name))
			p.f("  for (let i = 0; i < %s.length; i++) dump%s(element(name + %q, i), %s[i]);", camel(f.Name), goName(f.Type.Union.Name), f.Name, camel(f.Name))
		default:
			p.f("  %s", asLine(f, "name", value))
		}
		if f.Optional {
			p.f("  }")
		}
	}
	p.f("}\n")
}

func asLine(f *schema.Field, name, value string) string {
	write := "number"
	switch f.Type.Base {
	case "str":
		write = "text"
	case "i64":
		write = "signed"
	case "bool":
		write = "truth"
	case "bytes20", "bytes32":
		write, value = "hexed", value+".toString()"
	}
	return fmt.Sprintf("%s(%s + %q, %s);", write, name, f.Name, value)
}
