package decisions

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Replayer asks plugins again what they were asked. One goroutine uses it; it
// keeps the plugins open until Close.
type Replayer struct {
	Host *pluginhost.Host
	// Wasm returns the module with a digest: NotFound when it is not here.
	Wasm func(lilypad.PluginID) ([]byte, error)
	// Store returns where a role keeps result trees; nil when there is none.
	Store func(role string) storage.Getter
	// Referee asks the interpreter, which shares no code with the compiler.
	Referee bool

	open map[key]*pluginhost.Plugin
}

type key struct {
	module lilypad.PluginID
	source lilypad.Hash
}

// Verdict tells how a replay went.
type Verdict struct {
	ID          lilypad.Hash `json:"id"`
	Plugin      string       `json:"plugin"`
	Hook        string       `json:"hook"`
	Identical   bool         `json:"identical"`
	Differences []Difference `json:"differences,omitempty"`
	// Unanswered is why there is nothing to repeat: the host could not ask.
	Unanswered string `json:"unanswered,omitempty"`
}

// Difference is one thing that a replay did not repeat.
type Difference struct {
	Field    string `json:"field"` // of the record, or output
	Recorded string `json:"recorded"`
	Replayed string `json:"replayed"`
}

// hostFaults are refusals that tell of the host, or of the moment, and not of
// the plugin.
var hostFaults = []pluginhost.Rule{
	pluginhost.RuleSystem, pluginhost.RulePool, pluginhost.RuleBreaker, pluginhost.RuleClosed, pluginhost.RuleBlob, pluginhost.RuleCancelled,
}

func (e *Entry) hostFault() bool { return e.Output == nil && slices.Contains(hostFaults, e.Rule) }

// Replay asks an entry's plugin the recorded input and compares what the
// record and the answer say, field by field and byte by byte.
//
// # Errors
//
// What keeps it from being asked: NotFound without its module or its trees, a
// [pluginhost.Refusal] for one that cannot be opened, Unavailable when the
// host is at fault.
func (r *Replayer) Replay(ctx context.Context, e *Entry) (Verdict, error) {
	v := Verdict{ID: e.ID(), Plugin: e.Plugin, Hook: e.Record.Hook}
	if e.hostFault() {
		v.Unanswered = e.Error
		return v, nil
	}
	p, err := r.plugin(e)
	if err != nil {
		return v, err
	}
	store, err := r.store(e)
	if err != nil {
		return v, err
	}
	ask := p.Replay
	if r.Referee {
		ask = p.Referee
	}
	d, err := ask(ctx, e.Input, store)
	if refusal, ok := errors.AsType[*pluginhost.Refusal](err); err != nil && (!ok || slices.Contains(hostFaults, refusal.Rule)) {
		return v, err
	}
	v.Differences = differences(*e, d)
	v.Identical = len(v.Differences) == 0
	return v, nil
}

// ReplayFile replays an exported decision, with the trees that it carries. One
// that was changed since has another id than the one that it bears.
//
// # Errors
//
// As of [Replayer.Replay].
func (r *Replayer) ReplayFile(ctx context.Context, f *File) (Verdict, error) {
	own := *r
	if len(f.Blocks) > 0 {
		own.Store = func(string) storage.Getter { return f.trees() }
	}
	v, err := own.Replay(ctx, &f.Entry)
	r.open = own.open
	if id := v.ID; err == nil && id != f.ID {
		v.ID, v.Identical, v.Unanswered = f.ID, false, ""
		v.Differences = append(v.Differences, Difference{"id", f.ID.String(), id.String()})
	}
	return v, err
}

// store finds what the plugin reads.
func (r *Replayer) store(e *Entry) (store storage.Getter, err error) {
	if r.Store != nil {
		store = r.Store(e.Role)
	}
	roots, err := e.roots()
	if err == nil && len(roots) > 0 && store == nil {
		err = lilypad.Errorf(lilypad.NotFound, "the trees %s and %s are not here", roots[0], roots[1]).
			Try("replay a file that lilypad replay --export has written where they are")
	}
	return store, err
}

// plugin opens the plugin of an entry as it was opened then.
func (r *Replayer) plugin(e *Entry) (*pluginhost.Plugin, error) {
	k := key{e.Record.Module, e.Source.id()}
	if p, ok := r.open[k]; ok {
		return p, nil
	}
	wasm, err := r.Wasm(e.Record.Module)
	if err != nil {
		return nil, err
	}
	var settings map[string]any
	digits := json.NewDecoder(bytes.NewReader(e.Source.Settings))
	digits.UseNumber() // of 64 bits, which a float64 would round
	if err := digits.Decode(&settings); err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "settings of the decision", Err: err}
	}
	p, err := r.Host.Open(pluginhost.Source{Wasm: wasm, Manifest: e.Source.Manifest, Pin: e.Record.Module, Settings: settings, Grants: e.Source.Grants})
	if err != nil {
		return nil, err
	}
	if r.open == nil {
		r.open = map[key]*pluginhost.Plugin{}
	}
	r.open[k] = p
	return p, nil
}

// Close gives the plugins back. The host and the stores are the caller's.
func (r *Replayer) Close() {
	for _, p := range r.open {
		p.Close()
	}
	r.open = nil
}

// differences compares an entry with the same question, asked again. Another
// version of the rewriter is none: what it must not change is compared.
func differences(e Entry, d pluginhost.Decision) (out []Difference) {
	e.Record.Rewriter = d.Record.Rewriter
	was, is := fields(e.Record), fields(d.Record)
	both := maps.Clone(was)
	maps.Copy(both, is)
	for _, name := range slices.Sorted(maps.Keys(both)) {
		if was[name] != is[name] {
			out = append(out, Difference{"record." + name, was[name], is[name]})
		}
	}
	switch {
	case e.Output == nil && d.Output != nil:
		out = append(out, Difference{"output", "none: " + e.Error, fmt.Sprintf("%d bytes", len(d.Output))})
	case e.Output != nil && d.Output == nil:
		out = append(out, Difference{"output", fmt.Sprintf("%d bytes", len(e.Output)), "none: " + d.Err.Error()})
	case !bytes.Equal(e.Output, d.Output):
		at, n := 0, min(len(e.Output), len(d.Output))
		for at < n && e.Output[at] == d.Output[at] {
			at++
		}
		out = append(out, Difference{fmt.Sprintf("output from byte %d", at), around(e.Output, at), around(d.Output, at)})
	}
	return out
}

// around shows a few bytes.
func around(b []byte, at int) string {
	return fmt.Sprintf("%x (of %d bytes)", b[at:min(at+8, len(b))], len(b))
}

// fields are a record's by their names in JSON, whatever the host records.
func fields(r pluginhost.Record) map[string]string {
	var raw map[string]json.RawMessage
	text, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(text, &raw)
	}
	if err != nil {
		panic(err) // a record is plain values
	}
	out := map[string]string{}
	for name, v := range raw {
		out[name] = string(bytes.Trim(v, `"`))
	}
	return out
}
