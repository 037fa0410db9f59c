package guest

import "strconv"

// Settings are the operator's, after the manifest's schema has been checked
// and its defaults filled in. A key that is not set reads as zero.
type Settings struct {
	leaves map[string]Setting
	prefix string
}

// ReadSettings reads the argument of lilypad_configure.
func ReadSettings(b []byte) Settings {
	leaves := map[string]Setting{}
	for _, l := range (SettingsRecord{Open(b, kindSettingsRecord, sizeSettingsRecord)}).Settings() {
		leaves[l.Key] = l
	}
	return Settings{leaves: leaves}
}

func (s Settings) leaf(key string, want SettingType) Setting {
	l, ok := s.leaves[s.prefix+key]
	if ok && l.Type != want {
		panic("setting " + s.prefix + key + " is " + l.Type.String() + ", not " + want.String())
	}
	return l
}

// Has tells whether a key is set.
func (s Settings) Has(key string) bool { _, ok := s.leaves[s.prefix+key]; return ok }

// Int is a number.
func (s Settings) Int(key string) int64 { return s.leaf(key, SettingTypeInt).Int }

// Text is a string.
func (s Settings) Text(key string) string { return s.leaf(key, SettingTypeText).Text }

// Bool is true or false.
func (s Settings) Bool(key string) bool { return s.leaf(key, SettingTypeBool).Int == 1 }

// Len is the number of elements of an array.
func (s Settings) Len(key string) int { return int(s.leaf(key, SettingTypeList).Int) }

// At are the settings of the i-th object of an array.
func (s Settings) At(key string, i int) Settings {
	return Settings{s.leaves, s.prefix + key + "." + strconv.Itoa(i) + "."}
}

// Texts are the elements of an array of strings.
func (s Settings) Texts(key string) []string {
	list := make([]string, s.Len(key))
	for i := range list {
		list[i] = s.Text(key + "." + strconv.Itoa(i))
	}
	return list
}
