package template

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/nearest"
)

// functions are what actions may call: the reference's subst, and those of
// text/template that make sense of texts. js and html return their argument,
// for nothing here is pasted into a text that needs quoting.
var functions = map[string]func([]value) (value, error){
	"subst": format, "printf": format,
	"js": concat, "html": concat, "print": concat,
	"urlquery": urlquery,
	"eq":       func(args []value) (value, error) { return equal(args, true) },
	"default":  fallbackTo,
	"ne":       func(args []value) (value, error) { return equal(args, false) },
	"and":      func(args []value) (value, error) { return first(args, false) },
	"or":       func(args []value) (value, error) { return first(args, true) },
	"not": func(args []value) (value, error) {
		if len(args) != 1 {
			return value{}, errArguments
		}
		return boolean(!args[0].truth), nil
	},
}

var errArguments = lilypad.Errorf(lilypad.Invalid, "wrong number of arguments").Try("give the function what it needs, as in {{ subst \"K=%%s\" .Key }}")

// concat joins its arguments.
func concat(args []value) (v value, err error) {
	if len(args) == 0 {
		return v, errArguments
	}
	for _, a := range args {
		if a.missing != "" {
			return a, nil
		}
		v.parts = append(v.parts, a.parts...)
	}
	v.truth = v.String() != ""
	return v, nil
}

// format is Sprintf for texts: its verbs %s, %v, %d and %q all put in the text
// itself.
func format(args []value) (v value, err error) {
	if len(args) == 0 {
		return v, errArguments
	}
	pattern, args := args[0], args[1:]
	if pattern.missing != "" || pattern.hasInput() {
		return v, lilypad.Errorf(lilypad.Invalid, "an input may not be a format").Try(`write the format in the template, as in {{ subst "K=%%s" .Key }}`)
	}
	text := pattern.String()
	for {
		before, rest, found := strings.Cut(text, "%")
		v.parts = append(v.parts, part{text: before})
		if !found {
			break
		}
		switch {
		case rest == "" || strings.IndexByte("svdq%", rest[0]) < 0:
			return v, lilypad.Errorf(lilypad.Invalid, "the format verb %%%.1s is not supported", rest).Try("use %%s")
		case rest[0] == '%':
			v.parts = append(v.parts, part{text: "%"})
		case len(args) == 0:
			return v, errArguments
		case args[0].missing != "":
			return args[0], nil
		default:
			v.parts, args = append(v.parts, args[0].parts...), args[1:]
		}
		text = rest[1:]
	}
	if len(args) > 0 {
		return v, errArguments
	}
	v.truth = true
	return v, nil
}

func urlquery(args []value) (value, error) {
	v, err := concat(args)
	if err != nil || v.missing != "" {
		return v, err
	}
	return value{parts: []part{{url.QueryEscape(v.String()), v.hasInput()}}, truth: v.truth}, nil
}

// equal compares the first argument with each other one. An input that was not
// given equals the empty text.
func equal(args []value, want bool) (value, error) {
	if len(args) < 2 || (!want && len(args) > 2) {
		return value{}, errArguments
	}
	for _, a := range args[1:] {
		if same(a, args[0]) {
			return boolean(want), nil
		}
	}
	return boolean(!want), nil
}

// same compares texts. Authors who know that the reference implementation has
// inputs in quotes compare them with a text in quotes.
func same(a, b value) bool {
	if a.hasInput() != b.hasInput() {
		if b.hasInput() {
			a, b = b, a
		}
		if quoted, err := json.Marshal(a.String()); err == nil && string(quoted) == b.String() {
			return true
		}
	}
	return a.String() == b.String()
}

// fallbackTo is the default of other template libraries: the second argument,
// or the first if that is empty.
func fallbackTo(args []value) (value, error) {
	if len(args) != 2 {
		return value{}, errArguments
	}
	if args[1].String() == "" {
		return args[0], nil
	}
	return args[1], nil
}

// noFunction says what to do in place of a function that does not exist, which
// may be an input without its dot where it stands alone.
func noFunction(name string, alone bool) string {
	switch name {
	case "toJson", "toJSON", "tojson", "json", "quote", "squote", "toString", "safe", "safeJS", "jsonEscape":
		return "write {{ .Key }}: an input is quoted already"
	case "range", "len", "slice", "call", "lt", "le", "gt", "ge", "split", "join", "list", "dict":
		return "inputs are plain texts: let the program that is run read them"
	case "env", "expandenv", "now", "uuidv4", "readFile", "include":
		return "ask for an input instead: a job is the same wherever it is rendered"
	}
	known := slices.Sorted(maps.Keys(functions))
	if alone && nearest.Names(name, known, 1) == nil {
		return "write {{ ." + name + " }} for an input; functions are " + strings.Join(known, ", ")
	}
	return hint(name, known, "function")
}

// first returns the first argument of that truth, else the last one.
func first(args []value, truth bool) (value, error) {
	if len(args) == 0 {
		return value{}, errArguments
	}
	for _, a := range args {
		if a.truth == truth {
			return a, nil
		}
	}
	return args[len(args)-1], nil
}

// hint says what a wrong word may have meant, or what exists.
func hint(word string, known []string, what string) string {
	switch near := nearest.Names(word, known, 3); {
	case near != nil:
		return "did you mean " + strings.Join(near, ", ") + "?"
	case len(known) == 0:
		return "leave it out: there is no " + what
	}
	return "use one of " + strings.Join(known, ", ")
}
