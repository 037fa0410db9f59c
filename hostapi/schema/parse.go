package schema

import (
	"fmt"
	"strconv"
	"strings"
)

type parser struct {
	schema *Schema

	group string
	doc   []string
	open  func(words []string, doc string) error // takes the indented lines

	later []func() error // names to resolve when all is read
}

func (p *parser) file(group, text string) error {
	p.group, p.open, p.doc = group, nil, nil
	for i, raw := range strings.Split(text, "\n") {
		if err := p.line(raw); err != nil {
			return fmt.Errorf("%s.schema:%d: %w", group, i+1, err)
		}
	}
	return nil
}

func (p *parser) line(raw string) error {
	body, doc, commented := strings.Cut(raw, "#")
	doc = strings.TrimSpace(doc)
	words := strings.Fields(body)
	switch {
	case len(words) == 0 && commented:
		p.doc = append(p.doc, doc)
	case len(words) == 0:
		p.doc = nil
	case strings.HasPrefix(body, " "):
		if p.open == nil {
			return fmt.Errorf("an indented line belongs to no declaration")
		}
		return p.open(words, doc)
	default:
		p.open = nil
		err := p.declare(words, strings.Join(p.doc, " "))
		p.doc = nil
		return err
	}
	return nil
}

func (p *parser) declare(w []string, doc string) error {
	s := p.schema
	number := func(i int) int { n, _ := strconv.Atoi(w[i]); return n }
	switch {
	case w[0] == "version" && len(w) == 2:
		_, err := fmt.Sscanf(w[1], "%d.%d", &s.Major, &s.Minor)
		return err
	case w[0] == "alias" && len(w) > 3:
		s.Aliases = append(s.Aliases, &Alias{p.group, w[1], w[2], strings.Join(w[3:], " ")})
	case w[0] == "enum" && len(w) == 3:
		e := &Enum{Group: p.group, Name: w[1], Base: w[2], Doc: doc}
		s.Enums = append(s.Enums, e)
		p.open = e.value
	case w[0] == "element" && len(w) == 3, w[0] == "out" && len(w) == 3:
		p.structure(&Struct{Group: p.group, Name: w[1], Doc: doc, Class: Class(w[0]), Size: number(2)})
	case w[0] == "record" && (len(w) == 4 || len(w) == 6 && w[4] == "since"):
		st := &Struct{Group: p.group, Name: w[1], Doc: doc, Class: Record, Kind: number(2), Size: number(3)}
		p.structure(st)
		return since(&st.Since, st.Name, w[4:])
	case w[0] == "union" && len(w) == 2:
		u := &Union{Group: p.group, Name: w[1], Doc: doc}
		s.Unions = append(s.Unions, u)
		p.open = func(w []string, _ string) error {
			p.name(w[0], func(m *Struct) { u.Members = append(u.Members, m) })
			return nil
		}
	case w[0] == "hook" && len(w) == 3:
		if w[1] != p.group {
			return fmt.Errorf("hook %s stands in the file of %s", w[1], p.group)
		}
		h := &Hook{Name: w[1], Number: number(2), Doc: doc}
		s.Hooks = append(s.Hooks, h)
		p.open = func(w []string, _ string) error { return p.role(h, w) }
	default:
		return fmt.Errorf("%q is no declaration", strings.Join(w, " "))
	}
	return nil
}

func (e *Enum) value(w []string, doc string) error {
	if len(w) != 2 && (len(w) != 4 || w[2] != "since") {
		return fmt.Errorf("a value of enum %s is a name and a number", e.Name)
	}
	n, err := strconv.Atoi(w[1])
	if err != nil {
		return err
	}
	v := Value{Name: w[0], Number: n, Doc: doc}
	err = since(&v.Since, e.Name+"."+v.Name, w[2:])
	e.Values = append(e.Values, v)
	return err
}

// since reads the version behind the word, if they are there.
func since(minor *int, name string, w []string) error {
	if len(w) == 0 {
		return nil
	}
	var major int
	if _, err := fmt.Sscanf(strings.Join(w[1:min(2, len(w))], ""), "%d.%d", &major, minor); err != nil {
		return fmt.Errorf("%s: since which version: %w", name, err)
	}
	return nil
}

func (p *parser) role(h *Hook, w []string) error {
	if len(w) != 2 {
		return fmt.Errorf("hook %s: want context, item or out and a record's name", h.Name)
	}
	slot, ok := map[string]**Struct{"context": &h.Context, "item": &h.Item, "out": &h.Out}[w[0]]
	if !ok {
		return fmt.Errorf("hook %s has no %q", h.Name, w[0])
	}
	p.name(w[1], func(s *Struct) { *slot = s })
	return nil
}

func (p *parser) structure(st *Struct) {
	p.schema.Structs = append(p.schema.Structs, st)
	p.open = func(w []string, doc string) error { return p.field(st, w, doc) }
}

// field reads: offset name type [element] {optional | patched | since M.N}
func (p *parser) field(st *Struct, w []string, doc string) error {
	if len(w) < 3 {
		return fmt.Errorf("a field of %s is an offset, a name and a type", st.Name)
	}
	offset, err := strconv.Atoi(w[0])
	if err != nil {
		return err
	}
	f := &Field{Name: w[1], Offset: offset, Doc: doc, Type: Type{Base: w[2]}}
	st.Fields = append(st.Fields, f)
	rest := w[3:]
	if w[2] == "list" || w[2] == "items" {
		if len(rest) == 0 {
			return fmt.Errorf("%s.%s: a list of what", st.Name, f.Name)
		}
		p.inner(f, rest[0])
		rest = rest[1:]
	} else if _, plain := sizes[w[2]]; !plain {
		p.later = append(p.later, func() error { return p.named(st, f, w[2]) })
	}
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case "optional":
			f.Optional = true
			for _, g := range st.Fields {
				if g != f && g.Optional {
					f.Bit++
				}
			}
		case "patched":
			f.Patched = true
		case "since":
			if err := since(&f.Since, st.Name+"."+f.Name, rest[i:]); err != nil {
				return err
			}
			i++
		default:
			return fmt.Errorf("%s.%s: %q is no property of a field", st.Name, f.Name, rest[i])
		}
	}
	return nil
}

func (p *parser) inner(f *Field, name string) {
	if f.Type.Base == "list" {
		p.name(name, func(s *Struct) { f.Type.Elem = s })
		return
	}
	p.later = append(p.later, func() error {
		for _, u := range p.schema.Unions {
			if u.Name == name {
				f.Type.Union = u
				return nil
			}
		}
		return fmt.Errorf("there is no union %s", name)
	})
}

// named resolves an alias or an enum.
func (p *parser) named(st *Struct, f *Field, name string) error {
	for _, a := range p.schema.Aliases {
		if a.Name == name {
			f.Type = Type{Base: a.Base, Alias: a}
			return nil
		}
	}
	for _, e := range p.schema.Enums {
		if e.Name == name {
			f.Type = Type{Base: e.Base, Enum: e}
			return nil
		}
	}
	return fmt.Errorf("%s.%s: there is no type %s", st.Name, f.Name, name)
}

func (p *parser) name(name string, set func(*Struct)) {
	p.later = append(p.later, func() error {
		for _, s := range p.schema.Structs {
			if s.Name == name {
				set(s)
				return nil
			}
		}
		return fmt.Errorf("there is no record %s", name)
	})
}

func (p *parser) resolve() error {
	for _, f := range p.later {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}
