package template

// scope has the variables of the branches around, the innermost last.
type scope[T any] []variable[T]

type variable[T any] struct {
	name string
	of   T
}

// set gives a variable a value: the innermost of that name, or a new one.
func (s *scope[T]) set(name string, of T, assign bool) {
	if v := s.get(name); assign && v != nil {
		*v = of
		return
	}
	*s = append(*s, variable[T]{name, of})
}

// get returns the innermost variable of a name, nil if there is none.
func (s scope[T]) get(name string) *T {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i].name == name {
			return &s[i].of
		}
	}
	return nil
}

// leave returns what ends the variables that begin from now on.
func (s *scope[T]) leave() func() {
	n := len(*s)
	return func() { *s = (*s)[:n] }
}
