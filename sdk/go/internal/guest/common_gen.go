// Code generated from hostapi/schema; DO NOT EDIT.

package guest

const (
	Major = 1
	Minor = 1
)

const (
	HookMatch   = 1
	HookAdmit   = 2
	HookAllow   = 3
	HookMediate = 4
	HookCompare = 5
)

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

// Param is an integer agreed in a deal, for a scheme or a comparator.
type Param struct {
	Key   string
	Value int64
}

func ReadParam(it Item, at int) Param {
	return Param{
		Key:   it.Str(at + 0),
		Value: it.I64(at + 8),
	}
}

// Label is what a provider declares about itself, or a job demands.
type Label struct {
	Key   string
	Value string
}

func ReadLabel(it Item, at int) Label {
	return Label{
		Key:   it.Str(at + 0),
		Value: it.Str(at + 8),
	}
}

// Signer is an identity that signed the module.
type Signer struct {
	Identity string
	Issuer   string
}

func ReadSigner(it Item, at int) Signer {
	return Signer{
		Identity: it.Str(at + 0),
		Issuer:   it.Str(at + 8),
	}
}

// Setting is one leaf of the operator's settings. Keys of nested objects are joined by dots.
type Setting struct {
	Key  string
	Text string
	Int  int64
	Type SettingType
}

func ReadSetting(it Item, at int) Setting {
	return Setting{
		Key:  it.Str(at + 0),
		Text: it.Str(at + 8),
		Int:  it.I64(at + 16),
		Type: SettingType(it.U8(at + 24)),
	}
}

// SettingsRecord is all settings of a plugin, sorted by key: the argument of lilypad_configure.
type SettingsRecord struct{ it Item }

const (
	kindSettingsRecord = 1
	sizeSettingsRecord = 24
)

func (x SettingsRecord) Settings() []Setting {
	return List(x.it, 16, 32, ReadSetting)
}
