package hostapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Flatten turns settings as JSON into the sorted leaves that a plugin gets:
// keys of nested objects joined by dots, elements of arrays under their
// position, an array's own key holding its length. Empty input is no settings.
//
// # Errors
//
// The JSON is no object, or holds null or a number that is no 64-bit integer:
// a plugin sees no fractions.
func Flatten(settings []byte) (Settings, error) {
	var out Settings
	if len(bytes.TrimSpace(settings)) == 0 {
		return out, nil
	}
	d := json.NewDecoder(bytes.NewReader(settings))
	d.UseNumber()
	var root map[string]any
	if err := d.Decode(&root); err != nil {
		return out, fmt.Errorf("settings: %w", err)
	}
	if _, err := d.Token(); err != io.EOF || root == nil {
		return out, fmt.Errorf("settings: want one object")
	}
	if err := flatten(&out.Settings, "", root); err != nil {
		return Settings{}, err
	}
	slices.SortFunc(out.Settings, func(a, b Setting) int { return bytes.Compare([]byte(a.Key), []byte(b.Key)) })
	return out, nil
}

func flatten(out *[]Setting, key string, v any) error {
	add := func(s Setting) { s.Key = key; *out = append(*out, s) }
	under := func(name string) string {
		if key == "" {
			return name
		}
		return key + "." + name
	}
	switch v := v.(type) {
	case string:
		add(Setting{Type: SettingTypeText, Text: v})
	case bool:
		n := int64(0)
		if v {
			n = 1
		}
		add(Setting{Type: SettingTypeBool, Int: n})
	case json.Number:
		n, err := strconv.ParseInt(v.String(), 10, 64)
		if err != nil {
			return fmt.Errorf("setting %s: %s is no 64-bit integer", key, v)
		}
		add(Setting{Type: SettingTypeInt, Int: n})
	case []any:
		add(Setting{Type: SettingTypeList, Int: int64(len(v))})
		for i, e := range v {
			if err := flatten(out, under(strconv.Itoa(i)), e); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name == "" || strings.Contains(name, ".") {
				return fmt.Errorf("setting %s: a name is not empty and has no dot", under(name))
			}
			if err := flatten(out, under(name), v[name]); err != nil {
				return err
			}
		}
	default:
		return fmt.Errorf("setting %s: null is no value", key)
	}
	return nil
}
