package pluginstore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Entry is an enabled plugin and how its operator wants it.
type Entry struct {
	Hook     string           `json:"hook"`
	Name     string           `json:"name"`
	Version  string           `json:"version"`
	Plugin   lilypad.PluginID `json:"plugin"`
	Role     string           `json:"role,omitempty"`     // of the roles that ask the hook; empty: all of them
	Settings json.RawMessage  `json:"settings,omitempty"` // an object
	Grants   []string         `json:"grants,omitempty"`   // capabilities
	Shadow   bool             `json:"shadow,omitempty"`   // it is asked too, and its answers are only compared
	Fallback Fallback         `json:"fallback,omitempty"`
	Retired  bool             `json:"retired,omitempty"` // disabled, but open deals that name it are judged by it
}

// Fallback says what follows when a plugin does not answer.
type Fallback string

const (
	FallbackConfigured Fallback = "configured" // the configured plugin ranks
	FallbackNative     Fallback = "native"     // the node ranks by price itself, without a plugin
	FallbackSkip       Fallback = "skip"       // it is left out: the others decide, or if there is none, nothing forbids the job
	FallbackRefuse     Fallback = "refuse"     // nothing is decided: the job is not matched, taken or allowed
)

// Fallbacks are those that a hook's plugins can have, the default first.
var Fallbacks = map[string][]Fallback{
	"match": {FallbackConfigured, FallbackNative, FallbackRefuse}, // no rule is lost by another order
	"admit": {FallbackRefuse, FallbackSkip},                       // who keeps a rule does not want it to lapse
	"allow": {FallbackRefuse, FallbackSkip},
}

// CheckFallback tells whether a hook's plugins can have a fallback.
//
// # Errors
//
// Invalid.
func CheckFallback(hook string, f Fallback) error {
	can := Fallbacks[hook]
	switch {
	case f == "" || slices.Contains(can, f):
		return nil
	case len(can) == 0:
		return lilypad.Errorf(lilypad.Invalid, "a %s plugin has no fallback: a deal names it, and nobody else may answer", hook).Try("leave out the fallback")
	}
	var words []string
	for _, c := range can {
		words = append(words, string(c))
	}
	return lilypad.Errorf(lilypad.Invalid, "no fallback %q for hook %s", f, hook).Try("use %s", strings.Join(words, " or "))
}

// Roles are the roles that ask a hook and can be named with it.
var Roles = map[string][]string{
	"match":   {"solver"},
	"admit":   {"provider"},
	"allow":   {"creator", "solver", "provider"},
	"mediate": nil, "compare": nil, // whoever holds a deal that names the plugin
}

// NamedByDeals tells of hooks whose plugins deals name: whoever replays a
// verdict must get the same one, so it takes no settings, and no other answers
// in its place.
func (e Entry) NamedByDeals() bool { return e.Hook == "mediate" || e.Hook == "compare" }

// Asks tells whether a role asks this plugin.
func (e Entry) Asks(role string) bool { return e.Role == "" || e.Role == role }

// String is hook/name@version.
func (e Entry) String() string { return e.Hook + "/" + e.Name + "@" + e.Version }

// SettingsMap is Settings as the plugin host takes it; numbers keep all their
// digits.
func (e Entry) SettingsMap() (map[string]any, error) { return ParseSettings(e.Settings) }

// ParseSettings reads a JSON object; no bytes are no settings.
//
// # Errors
//
// Invalid.
func ParseSettings(text []byte) (map[string]any, error) {
	if len(text) == 0 {
		return nil, nil
	}
	var m map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&m); err != nil || m == nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "settings are no JSON object", Err: err}
	}
	return m, nil
}

// maxEntries bounds what is enabled.
const maxEntries = 256

type enabledDoc struct {
	Plugins []Entry `json:"plugins"`
}

// Enabled reads what is enabled, in the order in which it was.
//
// # Errors
//
// Invalid, with the entry that is wrong.
func (s *Store) Enabled() ([]Entry, error) {
	var doc enabledDoc
	if err := s.read(enabledFile, &doc); err != nil {
		return nil, err
	}
	return doc.entries()
}

// parseEnabled reads the text of enabled.json.
func parseEnabled(text []byte) ([]Entry, error) {
	var doc enabledDoc
	if err := decode(text, &doc); err != nil {
		return nil, err
	}
	return doc.entries()
}

func (d enabledDoc) entries() ([]Entry, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	for i := range d.Plugins {
		d.Plugins[i].oneName()
	}
	return d.Plugins, nil
}

// oneName leaves one way to name all roles of a hook that only one role asks.
func (e *Entry) oneName() {
	if len(Roles[e.Hook]) == 1 {
		e.Role = ""
	}
}

func (d enabledDoc) check() error {
	if len(d.Plugins) > maxEntries {
		return lilypad.Errorf(lilypad.Invalid, "%s: %d plugins; at most %d", enabledFile, len(d.Plugins), maxEntries)
	}
	for _, e := range d.Plugins {
		if err := e.check(); err != nil {
			return fmt.Errorf("%s: %.200q: %w", enabledFile, e.String(), err)
		}
	}
	return nil
}

func (e Entry) check() error {
	if _, err := hostapi.ParseHook(e.Hook); err != nil || e.Plugin.IsZero() {
		return lilypad.Errorf(lilypad.Invalid, "it names no plugin and hook")
	}
	if e.Role != "" && !slices.Contains(Roles[e.Hook], e.Role) {
		return lilypad.Errorf(lilypad.Invalid, "no role %q asks a %s plugin", e.Role, e.Hook).Try("leave out --role%s", or(" or name ", strings.Join(Roles[e.Hook], ", ")))
	}
	for _, g := range e.Grants {
		if !slices.Contains(hostapi.Capabilities, g) {
			return lilypad.Errorf(lilypad.Invalid, "there is no capability %q to grant", g).Try("grant of %s", strings.Join(hostapi.Capabilities, ", "))
		}
	}
	if _, err := e.SettingsMap(); err != nil {
		return err
	}
	switch {
	case e.NamedByDeals() && len(e.Settings) > 0:
		return lilypad.Errorf(lilypad.Invalid, "a %s plugin takes no settings: a deal names it, and its parameters", e.Hook).Try("lilypad run --set KEY=VALUE")
	case e.Retired && (!e.NamedByDeals() || e.Shadow):
		return lilypad.Errorf(lilypad.Invalid, "only what deals name can be retired")
	}
	return CheckFallback(e.Hook, e.Fallback)
}

func or(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// For completes an entry for a plugin, and checks what needs no running of it:
// that every capability is granted that it declares, and no other.
//
// # Errors
//
// A [Refusal] by RuleGrant, Invalid.
func (e Entry) For(m hostapi.Manifest) (Entry, error) {
	e.Hook, e.Name, e.Version, e.Retired = m.Hook, m.Name, m.Version, false
	if can := Fallbacks[m.Hook]; e.Fallback == "" && len(can) > 0 && !e.Shadow {
		e.Fallback = can[0]
	}
	for _, c := range m.Capabilities {
		if !slices.Contains(e.Grants, c) {
			return e, refusef(RuleGrant, "%s wants %s, which is not granted", e, c).try("pass --grant %s if it may", strings.Join(m.Capabilities, " --grant "))
		}
	}
	for _, g := range e.Grants {
		if !slices.Contains(m.Capabilities, g) {
			return e, lilypad.Errorf(lilypad.Invalid, "%s does not ask for %s", e, g).Try("leave out --grant %s", g)
		}
	}
	err := e.check()
	e.oneName()
	return e, err
}

// Enable enables a plugin as [Entry.For] completes its entry: one that is
// installed and trusted, unless builtin is set. It returns the entries that it
// took the place of: the other one that ranks for the solver, another version
// of it, or itself, with other settings or as a shadow.
//
// # Errors
//
// A [Refusal], NotFound, Invalid.
func (s *Store) Enable(ctx context.Context, e Entry, m hostapi.Manifest, builtin bool) (replaced []Entry, err error) {
	if e, err = e.For(m); err != nil {
		return nil, err
	}
	err = s.change(ctx, func() error {
		if !builtin {
			if _, err := s.Trusted(ctx, e.Plugin); err != nil {
				return err
			}
		}
		entries, err := s.Enabled()
		if err != nil {
			return err
		}
		var rest []Entry
		for _, o := range entries {
			if o.SameSeat(e) || o.shadows(e) {
				replaced = append(replaced, o)
			} else {
				rest = append(rest, o)
			}
		}
		return s.writeEnabled(append(rest, e))
	})
	return replaced, err
}

// SameSeat tells whether two entries cannot be enabled at once: they are one
// plugin, both rank for the solver, or they are versions of one plugin that
// decide. Versions that deals name are different plugins. A shadow never has
// the seat of one that decides.
func (e Entry) SameSeat(o Entry) bool {
	switch {
	case e.Shadow != o.Shadow || e.Hook != o.Hook || e.Role != o.Role:
		return false
	case e.Plugin == o.Plugin:
		return true
	case e.NamedByDeals() || e.Shadow:
		return false
	}
	return e.Hook == "match" || e.Name == o.Name
}

// shadows tells whether an entry is the shadow of a plugin that decides.
func (e Entry) shadows(o Entry) bool {
	return e.Shadow && !o.Shadow && e.Plugin == o.Plugin && e.Hook == o.Hook && e.Role == o.Role
}

// Disable ends the use of a plugin, named as for [Store.Find]. What open deals
// may name is retired instead: no new deal names it, and it is there until it
// is removed. shadows ends only what it is asked in the shadow of others. It
// returns the entries that it ended.
//
// # Errors
//
// NotFound.
func (s *Store) Disable(ctx context.Context, ref string, shadows bool) (ended []Entry, err error) {
	err = s.change(ctx, func() error {
		entries, err := s.Enabled()
		if err != nil {
			return err
		}
		var rest []Entry
		for _, e := range entries {
			if e.Retired || !e.Named(ref) || shadows && !e.Shadow {
				rest = append(rest, e)
				continue
			}
			ended = append(ended, e)
			if e.NamedByDeals() && !e.Shadow {
				e.Retired = true
				rest = append(rest, e)
			}
		}
		if len(ended) == 0 && shadows {
			return lilypad.Errorf(lilypad.NotFound, "no plugin %.100q is a shadow", ref).Try("lilypad plugin list")
		}
		if len(ended) == 0 {
			return lilypad.Errorf(lilypad.NotFound, "no plugin %.100q is enabled", ref).Try("lilypad plugin list")
		}
		return s.writeEnabled(rest)
	})
	return ended, err
}

// Named tells whether a person means this entry.
func (e Entry) Named(ref string) bool {
	return Named(ref, e.Plugin, hostapi.Manifest{Hook: e.Hook, Name: e.Name, Version: e.Version})
}

func (s *Store) writeEnabled(entries []Entry) error {
	doc := enabledDoc{Plugins: entries}
	if err := doc.check(); err != nil {
		return err
	}
	return s.write(enabledFile, doc)
}
