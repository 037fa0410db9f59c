package schema

import "fmt"

func (s *Schema) check() error {
	if s.Major == 0 {
		return fmt.Errorf("no version is declared")
	}
	names, kinds := map[string]bool{}, map[int]string{}
	for _, e := range s.Enums {
		if err := e.check(s.Minor); err != nil {
			return err
		}
	}
	for _, st := range s.Structs {
		if names[st.Name] {
			return fmt.Errorf("%s is declared twice", st.Name)
		}
		names[st.Name] = true
		if st.Class == Record {
			if other, taken := kinds[st.Kind]; taken || st.Kind == 0 {
				return fmt.Errorf("%s: kind %d is taken by %q or zero", st.Name, st.Kind, other)
			}
			kinds[st.Kind] = st.Name
		}
		if err := st.check(s.Minor); err != nil {
			return err
		}
	}
	numbers := map[int]bool{}
	for _, h := range s.Hooks {
		if h.Item == nil || h.Out == nil || h.Out.Class != Out || numbers[h.Number] {
			return fmt.Errorf("hook %s needs an item, an out record and a number of its own", h.Name)
		}
		numbers[h.Number] = true
	}
	for _, u := range s.Unions {
		for _, m := range u.Members {
			if m.Class != Record {
				return fmt.Errorf("union %s: %s is no record", u.Name, m.Name)
			}
		}
	}
	return nil
}

func (e *Enum) check(minor int) error {
	if e.Base != "u8" {
		return fmt.Errorf("enum %s: its base is %s, want u8", e.Name, e.Base)
	}
	for i, v := range e.Values {
		if first := e.Values[0].Number; first > 1 || v.Number != first+i {
			return fmt.Errorf("enum %s: numbers must follow one another from 0 or 1 at %s", e.Name, v.Name)
		}
		if v.Since > minor || i > 0 && v.Since < e.Values[i-1].Since {
			return fmt.Errorf("enum %s: %s came in minor version %d, out of turn in a schema of %d", e.Name, v.Name, v.Since, minor)
		}
	}
	return nil
}

func (st *Struct) check(minor int) error {
	if st.Since > minor {
		return fmt.Errorf("%s: it came in minor version %d, in a schema of %d", st.Name, st.Since, minor)
	}
	owner := make([]string, st.Size)
	if st.Class == Record {
		for i := range min(headerSize, st.Size) {
			owner[i] = "the header"
		}
	}
	seen := map[string]bool{}
	since := 0
	for _, f := range st.Fields {
		name := st.Name + "." + f.Name
		switch {
		case seen[f.Name]:
			return fmt.Errorf("%s is declared twice", name)
		case f.Type.Size() == 0:
			return fmt.Errorf("%s: type %s has no size", name, f.Type)
		case f.Offset%f.Type.Align() != 0:
			return fmt.Errorf("%s: offset %d does not divide by %d", name, f.Offset, f.Type.Align())
		case f.Offset < 0 || f.Offset+f.Type.Size() > st.Size:
			return fmt.Errorf("%s: %d bytes at %d leave the %d of the record", name, f.Type.Size(), f.Offset, st.Size)
		case f.Since > minor || f.Since < since:
			return fmt.Errorf("%s: appended in minor version %d, after one of %d, in a schema of %d", name, f.Since, since, minor)
		case st.Class != Record && f.Optional:
			return fmt.Errorf("%s: only a record has optional fields", name)
		case st.Class == Element && f.Since > 0:
			return fmt.Errorf("%s: an element never grows", name)
		case st.Class == Out && (f.Type.Base == "str" || f.Type.Base == "list"), f.Type.Base == "items" && st.Class != Record, f.Type.Base == "list" && st.Class == Element:
			return fmt.Errorf("%s: %s has no tail for a %s", name, st.Class, f.Type.Base)
		case f.Type.Elem != nil && f.Type.Elem.Class != Element:
			return fmt.Errorf("%s: %s is no element", name, f.Type.Elem.Name)
		case f.Patched && (f.Optional || f.Type.Base == "str" || f.Type.Base == "list" || f.Type.Base == "items"):
			return fmt.Errorf("%s: only a plain scalar can be patched", name)
		}
		for i := range f.Type.Size() {
			if o := owner[f.Offset+i]; o != "" {
				return fmt.Errorf("%s: byte %d belongs to %s", name, f.Offset+i, o)
			}
			owner[f.Offset+i] = f.Name
		}
		seen[f.Name], since = true, f.Since
	}
	if want := st.SizeAt(minor); st.Size != want {
		return fmt.Errorf("%s: its size is %d, its fields end at %d", st.Name, st.Size, want)
	}
	return nil
}
