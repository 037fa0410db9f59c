// Code generated from hostapi/schema; DO NOT EDIT.

package hostapi

import "fmt"

// Major and Minor are the version of the host API.
const (
	Major = 1
	Minor = 1
)

// Hook is a function that a plugin may export.
type Hook uint16

const (
	HookMatch   Hook = 1 // Which of the offers that can run a job shall have it.
	HookAdmit   Hook = 2 // Which of the jobs that ranked a provider does it take, and at what price.
	HookAllow   Hook = 3 // Which modules may be sold, bought or run here.
	HookMediate Hook = 4 // How many runs a result takes to be believed, by whom, and what follows.
	HookCompare Hook = 5 // Are two results the same, for this kind of output.
)

// Hooks are all there are, in order.
var Hooks = []Hook{
	HookMatch,
	HookAdmit,
	HookAllow,
	HookMediate,
	HookCompare,
}

// String is the hook's name.
func (h Hook) String() string {
	switch h {
	case HookMatch:
		return "match"
	case HookAdmit:
		return "admit"
	case HookAllow:
		return "allow"
	case HookMediate:
		return "mediate"
	case HookCompare:
		return "compare"
	}
	return fmt.Sprintf("hook %d", uint16(h))
}

// SettingType is how a setting's value is stored.
type SettingType uint8

const (
	SettingTypeInt  SettingType = 1 // the value is in int
	SettingTypeText SettingType = 2 // the value is in text
	SettingTypeBool SettingType = 3 // int is 0 or 1
	SettingTypeList SettingType = 4 // int is the number of elements, which follow as key.0, key.1, …
)

// String is the name in the schema.
func (v SettingType) String() string {
	switch v {
	case SettingTypeInt:
		return "int"
	case SettingTypeText:
		return "text"
	case SettingTypeBool:
		return "bool"
	case SettingTypeList:
		return "list"
	}
	return "unset"
}

func (v SettingType) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *SettingType) UnmarshalText(b []byte) error {
	switch string(b) {
	case "int":
		*v = SettingTypeInt
	case "text":
		*v = SettingTypeText
	case "bool":
		*v = SettingTypeBool
	case "list":
		*v = SettingTypeList
	default:
		return fmt.Errorf("setting type: there is no %q", b)
	}
	return nil
}

// Engine is what runs a job.
type Engine uint8

const (
	EngineWasm   Engine = 1
	EngineDocker Engine = 2
	EngineNoop   Engine = 3
)

// String is the name in the schema.
func (v Engine) String() string {
	switch v {
	case EngineWasm:
		return "wasm"
	case EngineDocker:
		return "docker"
	case EngineNoop:
		return "noop"
	}
	return "unset"
}

func (v Engine) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Engine) UnmarshalText(b []byte) error {
	switch string(b) {
	case "wasm":
		*v = EngineWasm
	case "docker":
		*v = EngineDocker
	case "noop":
		*v = EngineNoop
	default:
		return fmt.Errorf("engine: there is no %q", b)
	}
	return nil
}

// Sameness is a comparator's answer.
type Sameness uint8

const (
	SamenessEqual        Sameness = 1
	SamenessDifferent    Sameness = 2
	SamenessIncomparable Sameness = 3
)

// String is the name in the schema.
func (v Sameness) String() string {
	switch v {
	case SamenessEqual:
		return "equal"
	case SamenessDifferent:
		return "different"
	case SamenessIncomparable:
		return "incomparable"
	}
	return "unset"
}

func (v Sameness) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Sameness) UnmarshalText(b []byte) error {
	switch string(b) {
	case "equal":
		*v = SamenessEqual
	case "different":
		*v = SamenessDifferent
	case "incomparable":
		*v = SamenessIncomparable
	default:
		return fmt.Errorf("sameness: there is no %q", b)
	}
	return nil
}

// Param is an integer agreed in a deal, for a scheme or a comparator.
type Param struct {
	Key   string `json:"key"`
	Value int64  `json:"value"`
}

func (x *Param) put(w *writer, at int) {
	b := (*[16]byte)(w.b[w.start+at:])
	le.PutUint64(b[8:], uint64(x.Value))
	w.str(at+0, x.Key, "param.key")
}

func (x *Param) get(r *reader, at int) {
	x.Key = r.str(at+0, "param.key")
	x.Value = r.i64(at + 8)
}

// Label is what a provider declares about itself, or a job demands.
type Label struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (x *Label) put(w *writer, at int) {
	w.str(at+0, x.Key, "label.key")
	w.str(at+8, x.Value, "label.value")
}

func (x *Label) get(r *reader, at int) {
	x.Key = r.str(at+0, "label.key")
	x.Value = r.str(at+8, "label.value")
}

// Signer is an identity that signed the module.
type Signer struct {
	Identity string `json:"identity"`
	Issuer   string `json:"issuer"`
}

func (x *Signer) put(w *writer, at int) {
	w.str(at+0, x.Identity, "signer.identity")
	w.str(at+8, x.Issuer, "signer.issuer")
}

func (x *Signer) get(r *reader, at int) {
	x.Identity = r.str(at+0, "signer.identity")
	x.Issuer = r.str(at+8, "signer.issuer")
}

// Setting is one leaf of the operator's settings. Keys of nested objects are joined by dots.
type Setting struct {
	Key  string      `json:"key"`
	Text string      `json:"text"`
	Int  int64       `json:"int"`
	Type SettingType `json:"type"`
}

func (x *Setting) put(w *writer, at int) {
	b := (*[32]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], uint64(x.Int))
	w.str(at+0, x.Key, "setting.key")
	w.str(at+8, x.Text, "setting.text")
	w.enum(at+24, uint8(x.Type), 1, 4, "setting.type")
}

func (x *Setting) get(r *reader, at int) {
	x.Key = r.str(at+0, "setting.key")
	x.Text = r.str(at+8, "setting.text")
	x.Int = r.i64(at + 16)
	x.Type = SettingType(r.enum(at+24, 1, 4, "setting.type"))
}

// Settings is all settings of a plugin, sorted by key: the argument of lilypad_configure.
type Settings struct {
	Settings []Setting `json:"settings,omitempty"`
}

func (x *Settings) put(w *writer, at int) {
	for i, at := 0, w.reserve(at+16, len(x.Settings), 32, "settings.settings"); i < len(x.Settings); i++ {
		x.Settings[i].put(w, at+32*i)
	}
}

func (x *Settings) get(r *reader, at int) {
	x.Settings = readList(r, at+16, 32, "settings.settings", (*Setting).get)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Settings) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 24
	w := beginItem(dst, minor, 1, size)
	x.put(w, 0)
	return w.end()
}

// DecodeSettings reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeSettings(b []byte) (Settings, error) {
	var x Settings
	r, err := openItem(b, 1, 24, "settings")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}
