package conformance

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
)

//go:embed testdata
var testdata embed.FS

// Call is one call of a hook: the same input and answers, twice.
type Call struct {
	Name      string          `json:"-"` // hook, then what is special about it
	Hook      string          `json:"hook"`
	Input     json.RawMessage `json:"input"`  // a hostapi.MatchInput and so on
	Output    json.RawMessage `json:"output"` // a list of hostapi.Score and so on
	InputHex  string          `json:"input_hex"`
	OutputHex string          `json:"output_hex"`
}

// Refused are bytes that break a rule.
type Refused struct {
	Hook string `json:"hook"`
	Side string `json:"side"` // input: by host and guest; output: by the host
	Rule string `json:"rule"`
	Hex  string `json:"hex"`
}

// Calls are the vectors under testdata/calls, by name.
//
// # Errors
//
// A file is no vector.
func Calls() ([]Call, error) {
	names, err := fs.Glob(testdata, "testdata/calls/*.json")
	if err != nil {
		return nil, err
	}
	list := make([]Call, len(names))
	for i, name := range names {
		if err := read(name, &list[i]); err != nil {
			return nil, err
		}
		list[i].Name = name[len("testdata/calls/") : len(name)-len(".json")]
	}
	return list, nil
}

// Refusals are the vectors of testdata/refused.json.
//
// # Errors
//
// The file is no list of vectors.
func Refusals() ([]Refused, error) {
	var list []Refused
	return list, read("testdata/refused.json", &list)
}

func read(name string, v any) error {
	b, err := testdata.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
