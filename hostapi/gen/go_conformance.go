package gen

import (
	"fmt"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

// GoConformance writes the dumps and samples of the Go SDK's conformance
// guest, as hostapi/conformance/README.md defines them.
func GoConformance(s *schema.Schema, _ func(string) ([]byte, error)) (Files, error) {
	const path = "sdk/go/conformance/dump_gen.go"
	p := &page{}
	p.f(generated, "main")
	p.f("import (")
	for _, h := range s.Hooks {
		p.f("%q", strings.TrimSuffix(guestPath, "internal/guest")+h.Name)
	}
	p.f(")\n")
	for _, st := range dumped(s) {
		goDump(p, st)
	}
	for _, u := range s.Unions {
		p.f("func dump%s(name string, x %s.%s) {", goName(u.Name), u.Group, goName(u.Name))
		for _, m := range u.Members {
			p.f("if m, ok := x.%s(); ok {\ndump%s(name+%q, m)\n}", goName(m.Name), goName(m.Name), m.Name+".")
		}
		p.f("}\n")
	}
	for _, h := range s.Hooks {
		name := goName(h.Out.Name)
		p.f("var sample%s = %s.%s{", name, h.Name, name)
		for i, f := range h.Out.Fields {
			p.f("%s: %s,", goName(f.Name), sampleLiteral(f, i+1))
		}
		p.f("}\n")
	}
	b, err := p.source(path)
	return Files{path: b}, err
}

// dumped are the records that a conformance guest logs.
func dumped(s *schema.Schema) []*schema.Struct {
	var list []*schema.Struct
	for _, h := range s.Hooks {
		if h.Context != nil {
			list = append(list, h.Context)
		}
		list = append(list, h.Item)
	}
	for _, u := range s.Unions {
		list = append(list, u.Members...)
	}
	return list
}

func goDump(p *page, st *schema.Struct) {
	p.f("func dump%s(name string, x %s.%s) {", goName(st.Name), st.Group, goName(st.Name))
	for _, f := range st.Fields {
		value := "x." + goName(f.Name) + "()"
		if f.Optional {
			p.f("if !x.Has%s() {\nabsent(name+%q)\n} else {", goName(f.Name), f.Name)
		}
		switch {
		case f.Type.Elem != nil:
			p.f("number(name+%q, uint64(len(%s)))\nfor i, e := range %s {\nat := element(name+%q, i)", f.Name, value, value, f.Name)
			for _, e := range f.Type.Elem.Fields {
				goLine(p, e, "at", "e."+goName(e.Name))
			}
			p.f("}")
		case f.Type.Union != nil:
			p.f("number(name+%q, uint64(len(%s)))\nfor i, e := range %s {\ndump%s(element(name+%q, i), e)\n}", f.Name, value, value, goName(f.Type.Union.Name), f.Name)
		default:
			goLine(p, f, "name", value)
		}
		if f.Optional {
			p.f("}")
		}
	}
	p.f("}\n")
}

func goLine(p *page, f *schema.Field, name, value string) {
	switch base := f.Type.Base; base {
	case "str", "i64", "bool":
		p.f("%s(%s+%q, %s)", map[string]string{"str": "text", "i64": "signed", "bool": "truth"}[base], name, f.Name, value)
	case "bytes20", "bytes32":
		p.f("%s(%s+%q, %s)", base, name, f.Name, value)
	default:
		p.f("number(%s+%q, uint64(%s))", name, f.Name, value)
	}
}

// sampleLiteral is sample as Go, Rust and C write it.
func sampleLiteral(f *schema.Field, n int) string {
	v := sample(f, n)
	switch f.Type.Base {
	case "bool":
		return fmt.Sprint(v == 1)
	case "i64":
		return fmt.Sprint(int64(v))
	}
	return fmt.Sprint(v)
}

// sample is the number that a conformance guest answers with in field number
// n, counted from 1.
func sample(f *schema.Field, n int) uint64 {
	if e := f.Type.Enum; e != nil {
		return uint64(e.Values[0].Number + n%len(e.Values))
	}
	if f.Type.Base == "bool" {
		return uint64(n % 2)
	}
	v := uint64(0)
	for k := f.Type.Size() - 1; k >= 0; k-- {
		v = v<<8 | uint64(byte(16*n+k))
	}
	return v
}
