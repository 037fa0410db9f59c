package simulation

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/nearest"
)

// maxFile bounds a file that somebody else wrote, in bytes.
const maxFile = 1 << 20

// form is a schema that was read.
type form struct {
	doc    any
	schema *jsonschema.Schema
}

var (
	scenarioForm = sync.OnceValues(func() (form, error) { return compile(Schema) })
	checkForm    = sync.OnceValues(func() (form, error) { return compile(CheckSchema) })
)

func compile(text []byte) (f form, err error) {
	if f.doc, err = jsonschema.UnmarshalJSON(bytes.NewReader(text)); err != nil {
		return f, err
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("file.json", f.doc); err != nil {
		return f, err
	}
	f.schema, err = c.Compile("file.json")
	return f, err
}

// strict reads YAML that a schema describes. kind names it in errors.
func strict(text []byte, schema func() (form, error), kind string) (any, error) {
	f, err := schema()
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s: more than %d bytes", kind, maxFile)
	}
	var root, more yaml.Node
	documents := yaml.NewDecoder(bytes.NewReader(text))
	if err := documents.Decode(&root); err != nil && !errors.Is(err, io.EOF) {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s: %s", kind, oneLine(err))
	}
	if len(root.Content) != 1 {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s: it is empty", kind).Try("lilypad sim new")
	}
	if err := documents.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s: more than one document", kind).Try("a file for each")
	}
	if err := known(root.Content[0], f.doc, kind); err != nil {
		return nil, err
	}
	var value any
	if err := root.Decode(&value); err != nil {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s: %s", kind, oneLine(err))
	}
	doc, err := numbers(value)
	if err != nil {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s: %v", kind, err)
	}
	return doc, located(f.schema.Validate(doc), root.Content[0], kind)
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// numbers brings YAML's types to those of JSON.
func numbers(v any) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(text))
}

// known refuses aliases, which could unfold to anything, numbers that are none,
// and keys that the schema has no property for.
func known(n *yaml.Node, schema any, kind string) error {
	form, _ := schema.(map[string]any)
	switch n.Kind {
	case yaml.AliasNode:
		return lilypad.Errorf(lilypad.Invalid, "%s, line %d: an alias; write it out", kind, n.Line)
	case yaml.ScalarNode:
		var f float64
		if n.ShortTag() == "!!float" && n.Decode(&f) == nil && (math.IsNaN(f) || math.IsInf(f, 0)) {
			return lilypad.Errorf(lilypad.Invalid, "%s, line %d: %s is no number", kind, n.Line, n.Value)
		}
	case yaml.SequenceNode:
		for _, e := range n.Content {
			if err := known(e, form["items"], kind); err != nil {
				return err
			}
		}
	case yaml.MappingNode:
		choices, _ := form["anyOf"].([]any)
		for _, c := range choices {
			if c := c.(map[string]any); c["properties"] != nil {
				form = c
			}
		}
		properties, closed := form["properties"].(map[string]any)
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			below, ok := properties[key.Value]
			if !ok && closed {
				err := lilypad.Errorf(lilypad.Invalid, "%s, line %d: there is no key %.40q", kind, key.Line, key.Value)
				names := slices.Sorted(maps.Keys(properties))
				if near := nearest.Names(key.Value, names, 1); near != nil {
					names = near
				}
				return err.Try("%s", strings.Join(names, ", "))
			}
			if !ok {
				below = form["additionalProperties"]
			}
			if err := known(n.Content[i+1], below, kind); err != nil {
				return err
			}
		}
	}
	return nil
}

// located says in which line a value does not fit its schema.
func located(err error, root *yaml.Node, kind string) error {
	v, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return err
	}
	for len(v.Causes) > 0 {
		v = v.Causes[0]
	}
	at := root
	for _, part := range v.InstanceLocation {
		at = child(at, part)
	}
	where := strings.Join(v.InstanceLocation, ".")
	if where != "" {
		where += ": "
	}
	return lilypad.Errorf(lilypad.Invalid, "%s, line %d: %s%s", kind, at.Line, where, why(v))
}

// why is what does not fit, without where.
func why(v *jsonschema.ValidationError) string {
	_, text, found := strings.Cut(v.Error(), "': ")
	if !found {
		text = v.Error()
	}
	return text
}

func child(n *yaml.Node, part string) *yaml.Node {
	if i, err := strconv.Atoi(part); err == nil && n.Kind == yaml.SequenceNode && i < len(n.Content) {
		return n.Content[i]
	}
	for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
		if n.Content[i].Value == part {
			return n.Content[i+1]
		}
	}
	return n
}
