package author

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

const vectorFolder = "vectors"

// vector is a call that the author wrote down with the answers it must get.
// Input and output are in the form of the host API's conformance vectors.
type vector struct {
	Hook     string          `json:"hook"`
	Settings map[string]any  `json:"settings,omitempty"` // over the manifest's defaults
	Input    json.RawMessage `json:"input"`
	Trees    []trees         `json:"trees,omitempty"` // compare: of each pair
	Output   json.RawMessage `json:"output,omitempty"`

	name     string // of its file, without .json
	question question
	want     []any
}

// trees are two results: what each file holds, by its path.
type trees struct {
	A map[string]string `json:"a"`
	B map[string]string `json:"b"`
}

// vectors are those of the folder, by name.
func (f *Folder) vectors(ctx context.Context) ([]vector, error) {
	names, err := filepath.Glob(f.path(vectorFolder, "*.json"))
	if err != nil {
		return nil, err
	}
	list := make([]vector, len(names))
	for i, name := range names {
		b, err := os.ReadFile(name)
		if err == nil {
			list[i], err = parseVector(ctx, f.hook(), b)
		}
		if err != nil {
			return nil, (&lilypad.Error{Code: lilypad.Invalid, Msg: name, Err: err}).Try("compare it with the vectors of lilypad plugin new")
		}
		list[i].name = strings.TrimSuffix(filepath.Base(name), ".json")
	}
	return list, nil
}

// decode reads JSON strictly: a misspelt key is an error, a number keeps its
// digits.
func decode(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	d.UseNumber()
	return d.Decode(v)
}

func parseVector(ctx context.Context, hook hostapi.Hook, text []byte) (vector, error) {
	v := vector{question: newQuestion(hook)}
	if err := decode(text, &v); err != nil {
		return v, err
	}
	if v.Hook != hook.String() {
		return v, fmt.Errorf("a vector of %q, want %q", v.Hook, hook)
	}
	if err := decode(v.Input, v.question.input); err != nil {
		return v, fmt.Errorf("input: %w", err)
	}
	if err := v.plant(ctx); err != nil {
		return v, err
	}
	want, err := parseAnswers(hook, v.Output)
	if err != nil {
		return v, fmt.Errorf("output: %w", err)
	}
	v.want = want
	return v, nil
}

// plant stores the trees of a comparison.
func (v *vector) plant(ctx context.Context) error {
	in, ok := v.question.input.(*hostapi.CompareInput)
	if !ok || len(v.Trees) != len(in.Pairs) {
		if ok || len(v.Trees) > 0 {
			return fmt.Errorf("%d trees for %d items; only pairs have some, one a and b each", len(v.Trees), v.question.len())
		}
		return nil
	}
	store := memory.New()
	v.question.store = store
	for i, t := range v.Trees {
		for _, side := range []struct {
			root  *hostapi.Bytes32
			files map[string]string
		}{{&in.Pairs[i].ARoot, t.A}, {&in.Pairs[i].BRoot, t.B}} {
			var entries []storage.Entry
			for _, path := range slices.Sorted(maps.Keys(side.files)) {
				entries = append(entries, storage.Bytes(path, []byte(side.files[path])))
			}
			id, _, err := storage.PutFiles(ctx, store, entries)
			if err != nil {
				return err
			}
			*side.root = hostapi.Bytes32(id)
		}
	}
	return nil
}

// parseAnswers reads the records of an output; of no text there are none.
func parseAnswers(h hostapi.Hook, text []byte) ([]any, error) {
	switch h {
	case hostapi.HookMatch:
		return list[hostapi.Score](text)
	case hostapi.HookAdmit:
		return list[hostapi.Admission](text)
	case hostapi.HookAllow:
		return list[hostapi.Ruling](text)
	case hostapi.HookMediate:
		return list[hostapi.Action](text)
	default:
		return list[hostapi.Comparison](text)
	}
}

func list[T any](text []byte) ([]any, error) {
	var out []T
	if len(text) == 0 {
		return nil, nil
	}
	err := decode(text, &out)
	return boxed(out, err)
}

// records are answers as an output lists them: the actions of all cases.
func records(answers []any) (out []any) {
	for i, a := range answers {
		actions, ok := a.([]hostapi.Action)
		if !ok {
			out = append(out, a)
			continue
		}
		for _, action := range actions {
			action.Item = uint32(i)
			out = append(out, action)
		}
	}
	return out
}

// differences tell in words where answers are not the wanted ones.
func differences(want, got []any) []string {
	var out []string
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			out = append(out, fmt.Sprintf("record %d: there is none, want %s", i, text(want[i])))
		case i >= len(want):
			out = append(out, fmt.Sprintf("record %d: got %s, want none", i, text(got[i])))
		default:
			w, g := reflect.ValueOf(want[i]), reflect.ValueOf(got[i])
			for k := range w.NumField() {
				if field := w.Type().Field(k); !w.Field(k).Equal(g.Field(k)) {
					out = append(out, fmt.Sprintf("record %d: %s is %v, want %v", i, field.Tag.Get("json"), g.Field(k), w.Field(k)))
				}
			}
		}
	}
	return out
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// save writes a vector into the folder and returns the file.
func (f *Folder) save(v vector, path ...string) (string, error) {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return "", err
	}
	file := f.path(path...)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return "", &lilypad.Error{Code: lilypad.Internal, Msg: "vector", Err: err}
	}
	if err := os.WriteFile(file, append(b, '\n'), 0o644); err != nil {
		return "", &lilypad.Error{Code: lilypad.Internal, Msg: "vector", Err: err}
	}
	return file, nil
}
