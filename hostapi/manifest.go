package hostapi

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Sizes of a plugin in bytes.
const (
	DefaultArena = 1 << 20
	MaxArena     = 16 << 20
	MaxMemory    = 64 << 20
	MaxManifest  = 256 << 10
)

// Fuel is what a call of a plugin may spend: one unit per plain instruction,
// more for what costs more. A budget is Base, and Item per item, and Byte per
// byte of input, and never more than MaxFuel.
type Fuel struct {
	Base uint64 `json:"base,omitempty"`
	Item uint64 `json:"item,omitempty"`
	Byte uint64 `json:"byte,omitempty"`
}

// DefaultFuel is what a manifest that names no fuel gets: some milliseconds,
// and some microseconds per item and per kilobyte.
var DefaultFuel = Fuel{Base: 20_000_000, Item: 100_000, Byte: 200}

// MaxFuel bounds the budget of one call: seconds of one core.
const MaxFuel = 10_000_000_000

// Budget is what a call about items of so many bytes may spend.
func (f Fuel) Budget(items, bytes int) uint64 {
	return min(f.Base+f.Item*uint64(items)+f.Byte*uint64(bytes), MaxFuel)
}

// Manifest says what a plugin is, for the host and for people. It lies beside
// the plugin as manifest.json.
type Manifest struct {
	Name         string          `json:"name"`    // lower case, digits and dashes
	Version      string          `json:"version"` // MAJOR.MINOR.PATCH
	Hook         string          `json:"hook"`
	API          string          `json:"api"` // version of the host API, such as 1.0
	Summary      string          `json:"summary"`
	Capabilities []string        `json:"capabilities,omitempty"`
	Memory       uint32          `json:"memory,omitempty"`   // most bytes; 0: MaxMemory
	Arena        uint32          `json:"arena,omitempty"`    // bytes; 0: DefaultArena
	Fuel         Fuel            `json:"fuel,omitzero"`      // of one call; none: DefaultFuel
	Settings     json.RawMessage `json:"settings,omitempty"` // JSON Schema of an object
	Reasons      Reasons         `json:"reasons,omitempty"`
	Deters       *bool           `json:"deters,omitempty"` // mediate: a cheat has something to fear
	Phases       []string        `json:"phases,omitempty"` // mediate: where it works
	License      string          `json:"license"`
	Source       string          `json:"source"`
	SHA256       string          `json:"sha256,omitempty"` // of the wasm module, in hex; empty in a source, before it is built
}

// Reasons are words for reason numbers, per language. {0} and {1} stand for
// the two arguments.
type Reasons map[uint16]map[string]string

// Text is the reason in a language, in English when it has no other, or its
// number when it has no words.
func (r Reasons) Text(reason uint16, language string, arg0, arg1 uint64) string {
	words, ok := r[reason][language]
	if !ok {
		words, ok = r[reason]["en"]
	}
	if !ok {
		return fmt.Sprintf("reason %d (%d, %d)", reason, arg0, arg1)
	}
	return strings.NewReplacer("{0}", strconv.FormatUint(arg0, 10), "{1}", strconv.FormatUint(arg1, 10)).Replace(words)
}

var (
	nameRule    = regexp.MustCompile(`^[a-z][a-z0-9-]{0,62}$`)
	versionRule = regexp.MustCompile(`^\d{1,6}\.\d{1,6}\.\d{1,6}$`)
	phases      = []string{"review", "mediation", "simulation"}
)

// ParseManifest reads and checks a manifest and fills in its defaults.
//
// # Errors
//
// The first rule that it breaks, with the key.
func ParseManifest(b []byte) (Manifest, error) {
	var m Manifest
	if len(b) > MaxManifest {
		return m, fmt.Errorf("manifest: %d bytes, of at most %d", len(b), MaxManifest)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, fmt.Errorf("manifest: %w", err)
	}
	if m.Memory == 0 {
		m.Memory = MaxMemory
	}
	if m.Arena == 0 {
		m.Arena = DefaultArena
	}
	if m.Fuel == (Fuel{}) {
		m.Fuel = DefaultFuel
	}
	return m, m.check()
}

func (m Manifest) check() error {
	_, digest := hex.DecodeString(m.SHA256)
	_, hook := ParseHook(m.Hook)
	_, api := m.MinorVersion()
	mediate := m.Hook == HookMediate.String()
	for _, r := range []struct {
		broken bool
		rule   string
	}{
		{!nameRule.MatchString(m.Name), "name: want lower case letters, digits and dashes"},
		{!versionRule.MatchString(m.Version), "version: want MAJOR.MINOR.PATCH"},
		{hook != nil, fmt.Sprintf("hook: there is no %q", m.Hook)},
		{api != nil, fmt.Sprintf("api: %v", api)},
		{m.SHA256 != "" && (len(m.SHA256) != 64 || digest != nil || strings.ToLower(m.SHA256) != m.SHA256), "sha256: want 64 hex digits in lower case"},
		{m.Memory > MaxMemory, fmt.Sprintf("memory: at most %d", MaxMemory)},
		{m.Arena < 1<<16 || m.Arena > MaxArena || m.Arena%16 != 0, fmt.Sprintf("arena: from %d to %d, in steps of 16", 1<<16, MaxArena)},
		{m.Fuel.Base > MaxFuel || m.Fuel.Item > MaxFuel/1000 || m.Fuel.Byte > MaxFuel/1_000_000, fmt.Sprintf("fuel: at most %d, %d per item and %d per byte", MaxFuel, MaxFuel/1000, MaxFuel/1_000_000)},
		{mediate != (m.Deters != nil) || mediate != (len(m.Phases) > 0), "deters, phases: a mediate plugin has both, no other has one"},
		{m.License == "" || m.Source == "", "license, source: say both"},
	} {
		if r.broken {
			return fmt.Errorf("manifest: %s", r.rule)
		}
	}
	if err := each("capabilities", m.Capabilities, Capabilities); err != nil {
		return err
	}
	return each("phases", m.Phases, phases)
}

// each checks that every name is known and stands once.
func each(key string, names, known []string) error {
	for i, n := range names {
		if !slices.Contains(known, n) {
			return fmt.Errorf("manifest: %s: there is no %q, only %s", key, n, strings.Join(known, ", "))
		}
		if slices.Contains(names[:i], n) {
			return fmt.Errorf("manifest: %s: %q stands twice", key, n)
		}
	}
	return nil
}

// MinorVersion is the minor version of the host API that the plugin speaks:
// the one that its input is written in.
//
// # Errors
//
// API is no version, or one that this host does not speak.
func (m Manifest) MinorVersion() (uint16, error) {
	major, minor, ok := strings.Cut(m.API, ".")
	n, err := strconv.ParseUint(minor, 10, 16)
	if !ok || err != nil {
		return 0, fmt.Errorf("%q is no version", m.API)
	}
	if major != strconv.Itoa(Major) || n > Minor {
		return 0, fmt.Errorf("the plugin speaks %s, this host %d.0 to %d.%d", m.API, Major, Major, Minor)
	}
	return uint16(n), nil
}
