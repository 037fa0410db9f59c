package decisions

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// Entry is one decision: what a plugin was asked, what it said, and what its
// answer followed from.
type Entry struct {
	Record   pluginhost.Record `json:"record"`
	Plugin   string            `json:"plugin"` // name@version
	Role     string            `json:"role"`   // who asked, such as provider-1
	At       time.Time         `json:"at"`     // wall clock, UTC
	Duration time.Duration     `json:"duration"`
	Shadow   bool              `json:"shadow,omitempty"` // it was asked beside the one that decides
	Input    []byte            `json:"input"`
	Output   []byte            `json:"output"`          // nil without an answer
	Rule     pluginhost.Rule   `json:"rule,omitempty"`  // that it broke
	Error    string            `json:"error,omitempty"` // why there is no answer, or why it does not count
	SourceID lilypad.Hash      `json:"source_id"`

	Source Source `json:"source" cbor:"-"`

	named lilypad.Hash // as it was logged, perhaps by an earlier version; zero: compute it
}

// Source is how the plugin of a decision was opened. Its wasm is not here: the
// record names it.
type Source struct {
	Manifest json.RawMessage `json:"manifest"`
	Settings json.RawMessage `json:"settings"` // an object, or null
	Grants   []string        `json:"grants"`
}

// ID is the SHA-256 of the entry's content, which includes that of its source.
func (e *Entry) ID() lilypad.Hash {
	if !e.named.IsZero() {
		return e.named
	}
	return sha256.Sum256(encode(e))
}

// id is what an entry refers to its source by.
func (s *Source) id() lilypad.Hash { return sha256.Sum256(encode(s)) }

// complete fills in what an entry says of the decision's plugin.
func (e *Entry) complete(src pluginhost.Source) error {
	settings, err := json.Marshal(src.Settings)
	if err != nil {
		return fmt.Errorf("settings of %s: %w", e.Plugin, err)
	}
	manifest, err := json.Marshal(json.RawMessage(src.Manifest)) // as an export will have it
	if err != nil {
		return fmt.Errorf("manifest of %s: %w", e.Plugin, err)
	}
	e.Source = Source{Manifest: manifest, Settings: settings, Grants: src.Grants}
	e.SourceID = e.Source.id()
	return nil
}

// newEntry is an entry but for its source.
func newEntry(ctx context.Context, d pluginhost.Decision, now time.Time) *Entry {
	e := &Entry{
		Record: d.Record, Plugin: d.Plugin, Role: role(ctx), At: now.UTC().Round(0), Duration: d.Duration,
		Input: d.Input, Output: d.Output,
	}
	if d.Err != nil {
		e.Error = strings.ToValidUTF8(d.Err.Error(), "?")
		if r, ok := errors.AsType[*pluginhost.Refusal](d.Err); ok {
			e.Rule = r.Rule
		}
	}
	return e
}

// hook is Invalid for a record of none.
func (e *Entry) hook() (hostapi.Hook, error) {
	h, err := hostapi.ParseHook(e.Record.Hook)
	if err != nil {
		return 0, &lilypad.Error{Code: lilypad.Invalid, Msg: "decision", Err: err}
	}
	return h, nil
}

var (
	encMode = must(cbor.EncOptions{Sort: cbor.SortCoreDeterministic, Time: cbor.TimeRFC3339Nano}.EncMode())
	decMode = must(cbor.DecOptions{MaxNestedLevels: 8}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // constant options
	}
	return v
}

func encode(v any) []byte { return must(encMode.Marshal(v)) }

type roleKey struct{}

// As names the role for which plugins are asked with a context.
func As(ctx context.Context, role string) context.Context {
	return context.WithValue(ctx, roleKey{}, role)
}

func role(ctx context.Context) string {
	name, _ := ctx.Value(roleKey{}).(string)
	return name
}
