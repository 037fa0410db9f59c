package gen

import (
	"fmt"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

// specHead is the hand-written part, which the tables follow.
const specHead = "hostapi/gen/spec.head.md"

// Spec writes SPEC.md.
func Spec(s *schema.Schema, source func(string) ([]byte, error)) (Files, error) {
	head, err := source(specHead)
	if err != nil {
		return nil, err
	}
	p := &page{}
	p.Write(head)
	p.f("\n<!-- From here on generated from schema/*.schema. -->\n")
	p.f("## Hooks of version %d.%d\n\n| number | hook | context | item | answer | asks |\n|---|---|---|---|---|---|", s.Major, s.Minor)
	for _, h := range s.Hooks {
		context := "none"
		if h.Context != nil {
			context = link(h.Context.Name)
		}
		p.f("| %d | `%s` | %s | %s | %s | %s |", h.Number, h.Name, context, link(h.Item.Name), link(h.Out.Name), h.Doc)
	}
	p.f("\n## Units\n\n| alias | type | unit |\n|---|---|---|")
	for _, a := range s.Aliases {
		p.f("| %s | %s | %s |", a.Name, a.Base, a.Doc)
	}
	for _, group := range s.Groups() {
		p.f("\n## Records: %s", group)
		for _, e := range s.Enums {
			if e.Group == group {
				specEnum(p, e)
			}
		}
		for _, st := range s.Structs {
			if st.Group == group {
				specStruct(p, st)
			}
		}
		for _, u := range s.Unions {
			if u.Group == group {
				var members []string
				for _, m := range u.Members {
					members = append(members, link(m.Name))
				}
				p.f("\n### %s\n\nA union: %s; %s.", u.Name, u.Doc, strings.Join(members, ", "))
			}
		}
	}
	return Files{"hostapi/SPEC.md": p.Bytes()}, nil
}

func link(name string) string { return fmt.Sprintf("[%s](#%s)", name, name) }

func specEnum(p *page, e *schema.Enum) {
	p.f("\n### %s\n\nAn enum of %s: %s.\n\n| number | name | |\n|---|---|---|", e.Name, e.Base, strings.TrimSuffix(e.Doc, "."))
	for _, v := range e.Values {
		doc := v.Doc
		if v.Since > 0 {
			doc = strings.TrimSuffix(fmt.Sprintf("since minor %d; %s", v.Since, doc), "; ")
		}
		p.f("| %d | %s | %s |", v.Number, v.Name, doc)
	}
}

func specStruct(p *page, st *schema.Struct) {
	kind := ""
	if st.Class == schema.Record {
		kind = fmt.Sprintf(" of kind %d", st.Kind)
	}
	if st.Since > 0 {
		kind += fmt.Sprintf(" since minor %d", st.Since)
	}
	p.f("\n### %s\n\nAn %s%s, %d bytes: %s.\n\n| offset | name | type | | |\n|---|---|---|---|---|",
		st.Name, map[schema.Class]string{schema.Record: "item", schema.Element: "element", schema.Out: "answer"}[st.Class],
		kind, st.Size, strings.TrimSuffix(st.Doc, "."))
	for _, f := range st.Fields {
		var marks []string
		if f.Optional {
			marks = append(marks, fmt.Sprintf("optional, bit %d", f.Bit))
		}
		if f.Patched {
			marks = append(marks, "patched")
		}
		if f.Since > 0 {
			marks = append(marks, fmt.Sprintf("since minor %d", f.Since))
		}
		p.f("| %d | %s | %s | %s | %s |", f.Offset, f.Name, f.Type, strings.Join(marks, ", "), fieldDoc(f))
	}
}
