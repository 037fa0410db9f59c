package simulation

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/lilypad-network/lilypad"
)

// Point is one combination of the values of a sweep.
type Point struct {
	Set      []Setting
	Scenario *Scenario

	doc []byte // the whole scenario, as JSON with sorted keys
}

// Setting is a key of a scenario, as a path, with its value.
type Setting struct {
	Key   string `json:"key"`
	Value any    `json:"value"`
}

// Text is the value in a few words, such as "replicate agree=2 runs=3".
func (s Setting) Text() string { return words(s.Value) }

func words(v any) string {
	switch v := v.(type) {
	case map[string]any:
		list := []string{}
		if name, ok := v["name"]; ok {
			list = append(list, words(name))
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if inner, ok := v[k].(map[string]any); ok {
				list = append(list, words(inner))
			} else if k != "name" {
				list = append(list, k+"="+words(v[k]))
			}
		}
		return strings.Join(list, " ")
	case []any:
		list := make([]string, len(v))
		for i := range v {
			list[i] = words(v[i])
		}
		return strings.Join(list, ", ")
	}
	return fmt.Sprint(v)
}

// ID names the point and the scheme that decides in it, so that a result can
// be found again: 32 hexadecimal digits.
func (p *Point) ID(scheme lilypad.PluginID) string {
	sum := sha256.Sum256(append(p.doc, scheme[:]...))
	return hex.EncodeToString(sum[:16])
}

// maxPoints bounds a sweep.
const maxPoints = 10_000

// Points reads a scenario in YAML and combines the values of its sweep: in
// the order of the keys, the last changes fastest. Without a sweep there is one
// point.
//
// # Errors
//
// Those of [Parse], and Invalid for a key or value that makes no scenario, or
// too many points.
func Points(text []byte) ([]Point, error) {
	doc, err := strict(text, scenarioForm, "scenario")
	if err != nil {
		return nil, err
	}
	root, _ := doc.(map[string]any) // by the schema
	sweep, _ := root["sweep"].(map[string]any)
	delete(root, "sweep")
	keys := slices.Sorted(maps.Keys(sweep))
	n := 1
	for _, key := range keys {
		values, _ := sweep[key].([]any)
		if n *= len(values); n > maxPoints {
			return nil, lilypad.Errorf(lilypad.Invalid, "sweep: more than %d combinations", maxPoints)
		}
	}
	points := make([]Point, n)
	for i := range points {
		rest := i
		for _, key := range slices.Backward(keys) {
			values, _ := sweep[key].([]any)
			points[i].Set = append(points[i].Set, Setting{key, values[rest%len(values)]})
			rest /= len(values)
		}
		slices.Reverse(points[i].Set)
		if err := points[i].fill(root); err != nil {
			return nil, err
		}
	}
	return points, nil
}

// fill makes the point's scenario out of that of the file.
func (p *Point) fill(root any) error {
	f, err := scenarioForm()
	if err != nil {
		return err
	}
	text, err := json.Marshal(root)
	if err != nil {
		return err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	for _, s := range p.Set {
		if err := set(doc, strings.Split(s.Key, "."), s); err != nil {
			return err
		}
	}
	if v, ok := errors.AsType[*jsonschema.ValidationError](f.schema.Validate(doc)); ok {
		for len(v.Causes) > 0 {
			v = v.Causes[0]
		}
		return lilypad.Errorf(lilypad.Invalid, "sweep: %s: %s", strings.Join(v.InstanceLocation, "."), why(v))
	}
	if p.doc, err = json.Marshal(doc); err != nil {
		return err
	}
	p.Scenario, err = decode(doc)
	return err
}

// set puts a value where a path leads. In a list a part of it is a name, a
// kind or a position.
func set(doc any, path []string, s Setting) error {
	switch at := doc.(type) {
	case map[string]any:
		if len(path) == 1 {
			at[path[0]] = s.Value
			return nil
		}
		if at[path[0]] == nil {
			at[path[0]] = map[string]any{}
		}
		return set(at[path[0]], path[1:], s)
	case []any:
		for i, e := range at {
			member, _ := e.(map[string]any)
			if len(path) > 1 && (member["name"] == path[0] || member["name"] == nil && member["kind"] == path[0] || strconv.Itoa(i) == path[0]) {
				return set(e, path[1:], s)
			}
		}
	}
	return lilypad.Errorf(lilypad.Invalid, "sweep: %s leads nowhere: there is no %s", s.Key, path[0]).
		Try("a path such as deals.audit_bps, or providers.NAME.rate")
}
