package template

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lilypad-network/lilypad"
)

// Limits, in bytes but for MaxInputs.
const (
	MaxTemplate = 64 << 10
	MaxOutput   = 4 << 20 // of the rendered text, inputs included
	MaxInputs   = 256     // keys that a template may read
)

// Rendered is a template with its inputs filled in.
type Rendered struct {
	// Spec is the wasm form if there is one, for any machine can run it.
	Spec  lilypad.Spec
	Forms map[lilypad.Engine]lilypad.Spec
	// WasmPath is where the template's repository has the wasm file, if it does.
	WasmPath    string
	Author      string
	Description string
	Inputs      []Input
	Warnings    []Warning      // what was mended or ignored
	odd         map[string]int // how often, by text; of all, not the first ones alone
}

// Notes are the warnings for people.
func (r *Rendered) Notes() (notes []string) {
	for _, w := range r.Warnings {
		notes = append(notes, w.String())
	}
	return notes
}

// Input is a key that the template reads.
type Input struct {
	Key      string `json:"key"` // as the template first spells it; letter case is free
	Required bool   `json:"required"`
	Default  string `json:"default,omitempty"`
	Line     int    `json:"line"`
}

// Render fills inputs into a template. Keys match in any letter case.
//
// # Errors
//
// Invalid, with line and remedy: for a template that cannot be read, for an
// input that is missing, that the template does not have, or that is not text.
func Render(tmpl []byte, inputs map[string]string) (Rendered, error) {
	s := source(tmpl)
	tree, err := s.parse()
	if err != nil {
		return Rendered{}, err
	}
	r := Rendered{Inputs: s.inputs(tree)}
	if len(r.Inputs) > MaxInputs {
		return Rendered{}, s.refuse(0, "gather them in an input file", "it reads %d inputs, the limit is %d", len(r.Inputs), MaxInputs)
	}
	params, stray := match(r.Inputs, inputs)
	e := &eval{source: s, inputs: params}
	if err := e.list(tree); err != nil {
		return Rendered{}, err
	}
	if err := e.complete(r.Inputs); err != nil {
		return Rendered{}, cmp.Or(stray, err)
	}
	root, warnings, err := readJSON(s, e.out)
	if err != nil {
		return Rendered{}, err
	}
	b := &builder{source: s, warn: warnings}
	b.build(root, &r)
	if err := cmp.Or(b.err, stray); err != nil { // what is wrong with the template comes first
		return Rendered{}, err
	}
	for engine, spec := range r.Forms {
		spec.Params = named(r.Inputs, params)
		r.Forms[engine] = spec
	}
	r.Spec = r.Forms[lilypad.EngineDocker]
	if wasm, ok := r.Forms[lilypad.EngineWasm]; ok {
		r.Spec = wasm
	}
	r.Warnings, r.odd = b.warn.list, b.warn.count
	return r, nil
}

// Inspect renders a template as far as it can be without inputs: those that
// are required are given as "1".
//
// # Errors
//
// Those of Render.
func Inspect(tmpl []byte) (Rendered, error) {
	s := source(tmpl)
	tree, err := s.parse()
	if err != nil {
		return Rendered{}, err
	}
	given := map[string]string{}
	for _, in := range s.inputs(tree) {
		if in.Required {
			given[in.Key] = "1"
		}
	}
	return Render(tmpl, given)
}

// match returns the inputs by lower-case key, and what is wrong with the others.
func match(known []Input, inputs map[string]string) (out map[string]string, stray error) {
	var keys []string
	for _, in := range known {
		keys = append(keys, in.Key)
	}
	out = map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(inputs)) {
		low := strings.ToLower(key)
		_, twice := out[low]
		var wrong error
		switch text := inputs[key]; {
		case !slices.ContainsFunc(keys, func(k string) bool { return strings.ToLower(k) == low }):
			wrong = lilypad.Errorf(lilypad.Invalid, "the module has no input %.60q", key).Try("%s", hint(key, keys, "input"))
		case twice:
			wrong = lilypad.Errorf(lilypad.Invalid, "input %.60q is given twice", key).Try("give it once: letter case does not matter")
		case !utf8.ValidString(text) || strings.Contains(text, "\x00"):
			wrong = lilypad.Errorf(lilypad.Invalid, "input %.60q is not text", key).Try("encode it, for example as base64, or give it as a file")
		default:
			out[low] = text
		}
		stray = cmp.Or(stray, wrong)
	}
	return out, stray
}

// named returns the inputs that were given, by the template's own keys.
func named(known []Input, params map[string]string) map[string]string {
	out := map[string]string{}
	for _, in := range known {
		if text, ok := params[strings.ToLower(in.Key)]; ok {
			out[in.Key] = text
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// complete reports the inputs that were needed and not given.
func (e *eval) complete(known []Input) error {
	if len(e.missing) == 0 {
		return nil
	}
	var names, flags []string
	seen := map[string]bool{}
	for _, m := range e.missing {
		if low := strings.ToLower(m.key); !seen[low] {
			seen[low] = true
			names = append(names, m.key+" (line "+strconv.Itoa(e.line(m.pos))+")")
			flags = append(flags, "-i "+m.key+"=…")
		}
	}
	verb := " is missing"
	if len(names) > 1 {
		verb = " are missing"
	}
	problem := strings.Join(names, ", ") + verb
	return &Fault{
		e.at(e.missing[0].pos), problem,
		lilypad.Errorf(lilypad.Invalid, "template: %s", problem).Try("add %s; the template reads %s", strings.Join(flags, " "), describe(known)),
	}
}

func describe(known []Input) string {
	var all []string
	for _, in := range known {
		switch {
		case in.Required:
			all = append(all, in.Key+" (required)")
		case in.Default != "":
			all = append(all, in.Key+" (default "+strconv.Quote(in.Default)+")")
		default:
			all = append(all, in.Key)
		}
	}
	return strings.Join(all, ", ")
}
