package pluginhost

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/lilypad-network/lilypad/hostapi"
)

// resolve checks settings against a manifest's schema and fills in its
// defaults: the settings that the guest is configured with.
func resolve(rawSchema []byte, settings map[string]any) (hostapi.Settings, *Refusal) {
	out, err := fill(rawSchema, settings)
	if err != nil {
		return out, refusef(RuleSettings, "%s", plain(err.Error(), maxText))
	}
	return out, nil
}

func fill(rawSchema []byte, settings map[string]any) (none hostapi.Settings, err error) {
	values, err := object(settings)
	if err != nil {
		return none, err
	}
	if rawSchema == nil {
		if len(values) > 0 {
			return none, fmt.Errorf("it takes none, and has %s", strings.Join(slices.Sorted(maps.Keys(values)), ", "))
		}
		return none, nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(rawSchema))
	if err != nil {
		return none, err
	}
	if err := noReferences(doc); err != nil {
		return none, err
	}
	schema, err := compileSchema(doc)
	if err != nil {
		return none, err
	}
	fillDefaults(doc, values)
	if err := schema.Validate(values); err != nil {
		return none, describe(err)
	}
	text, err := json.Marshal(values)
	if err != nil {
		return none, err
	}
	return hostapi.Flatten(text)
}

// object turns settings of any Go types into the values that a schema knows.
func object(settings map[string]any) (map[string]any, error) {
	text, err := json.Marshal(settings)
	if err != nil || settings == nil {
		return map[string]any{}, err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	values, _ := value.(map[string]any)
	return values, err
}

const schemaURL = "settings.json"

func compileSchema(doc any) (*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.UseLoader(noLoader{})
	if err := c.AddResource(schemaURL, doc); err != nil {
		return nil, fmt.Errorf("the manifest's schema: %w", err)
	}
	s, err := c.Compile(schemaURL)
	if err != nil {
		return nil, fmt.Errorf("the manifest's schema: %w", err)
	}
	return s, nil
}

// noReferences keeps the cost of a schema in proportion to its length: chains
// of references can double it with every line.
func noReferences(doc any) error {
	switch v := doc.(type) {
	case map[string]any:
		for key, nested := range v {
			if key == "$ref" || key == "$dynamicRef" || key == "$recursiveRef" {
				return fmt.Errorf("the manifest's schema: %s is not supported", key)
			}
			if err := noReferences(nested); err != nil {
				return err
			}
		}
	case []any:
		for _, nested := range v {
			if err := noReferences(nested); err != nil {
				return err
			}
		}
	}
	return nil
}

// noLoader keeps a schema from reading files.
type noLoader struct{}

func (noLoader) Load(url string) (any, error) {
	return nil, fmt.Errorf("a schema refers to nothing outside the manifest, and this one to %s", url)
}

// fillDefaults sets what a schema's properties have a default for, in nested
// objects too.
func fillDefaults(schema any, values map[string]any) {
	s, _ := schema.(map[string]any)
	properties, _ := s["properties"].(map[string]any)
	for key, p := range properties {
		property, _ := p.(map[string]any)
		if _, set := values[key]; !set {
			if d, ok := property["default"]; ok {
				values[key] = d
			}
		}
		if nested, ok := values[key].(map[string]any); ok {
			nested = maps.Clone(nested) // a default belongs to the schema
			fillDefaults(property, nested)
			values[key] = nested
		}
	}
}

// describe names the first setting that is wrong, and why.
func describe(err error) error {
	v, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return err
	}
	for len(v.Causes) > 0 {
		v = v.Causes[0]
	}
	where := strings.Join(v.InstanceLocation, ".")
	if where == "" {
		where = "settings"
	}
	_, why, found := strings.Cut(v.Error(), "': ")
	if !found {
		why = v.Error()
	}
	return fmt.Errorf("%s: %s", where, why)
}
