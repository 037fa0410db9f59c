package hostapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
)

func ExampleFlatten() {
	s, err := hostapi.Flatten([]byte(`{"rules": [{"name": "cow*"}], "follow": true, "most": -3}`))
	if err != nil {
		panic(err)
	}
	for _, l := range s.Settings {
		fmt.Printf("%s %s %d %q\n", l.Key, l.Type, l.Int, l.Text)
	}
	// Output:
	// follow bool 1 ""
	// most int -3 ""
	// rules list 1 ""
	// rules.0.name text 0 "cow*"
}

func TestFlatten_refuses(t *testing.T) {
	for _, text := range []string{
		`[]`, `null `, `{"a": null}`, `{"a": 1.5}`, `{"a": 9223372036854775808}`, `{"a": 1} {}`, `{"a.b": 1}`, `{"": 1}`, `{"a": {"b.c": 1}}`, `{"a"`,
	} {
		if s, err := hostapi.Flatten([]byte(text)); err == nil {
			t.Errorf("%s became %v", text, s)
		}
	}
	for _, text := range []string{``, ` `, `{}`} {
		if s, err := hostapi.Flatten([]byte(text)); err != nil || len(s.Settings) != 0 {
			t.Errorf("%q became %v, %v", text, s, err)
		}
	}
}

func FuzzFlatten(f *testing.F) {
	f.Add([]byte(`{"a": [1, "x", {"b": true}], "c": ""}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := hostapi.Flatten(b)
		if err != nil {
			return
		}
		if !slices.IsSortedFunc(s.Settings, func(a, b hostapi.Setting) int { return strings.Compare(a.Key, b.Key) }) {
			t.Errorf("%v is not sorted", s.Settings)
		}
		for i := range s.Settings {
			if i > 0 && s.Settings[i].Key == s.Settings[i-1].Key {
				t.Errorf("%s stands twice", s.Settings[i].Key)
			}
		}
	})
}
