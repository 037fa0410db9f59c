package hostapi_test

import (
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
)

const manifest = `{
  "name": "cheapest", "version": "1.0.0", "hook": "match", "api": "1.0", "summary": "by price",
  "capabilities": ["log"],
  "settings": {"type": "object"},
  "reasons": {"7": {"en": "needs {0} MB, has {1}", "de": "braucht {0} MB, hat {1}"}},
  "license": "Apache-2.0", "source": "https://example.org",
  "sha256": "` + "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" + `"
}`

func TestParseManifest(t *testing.T) {
	m, err := hostapi.ParseManifest([]byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	if m.Memory != hostapi.MaxMemory || m.Arena != hostapi.DefaultArena {
		t.Errorf("defaults: memory %d, arena %d", m.Memory, m.Arena)
	}
	for language, want := range map[string]string{
		"en": "needs 3 MB, has 2", "de": "braucht 3 MB, hat 2", "fr": "needs 3 MB, has 2",
	} {
		if got := m.Reasons.Text(7, language, 3, 2); got != want {
			t.Errorf("%s: %q", language, got)
		}
	}
	if got := m.Reasons.Text(8, "en", 3, 2); got != "reason 8 (3, 2)" {
		t.Error(got)
	}
}

func TestParseManifest_refuses(t *testing.T) {
	for name, change := range map[string][3]string{
		"unknown key":        {`"name"`, `"nmae"`, "nmae"},
		"name":               {`"cheapest"`, `"Cheapest"`, "name"},
		"version":            {`"1.0.0"`, `"1.0"`, "version"},
		"hook":               {`"match"`, `"watch"`, "watch"},
		"later version":      {`"api": "1.0"`, `"api": "1.9"`, "1.9"},
		"other version":      {`"api": "1.0"`, `"api": "2.0"`, "2.0"},
		"no version":         {`"api": "1.0"`, `"api": "one"`, "one"},
		"capability":         {`["log"]`, `["clock"]`, "clock"},
		"capability twice":   {`["log"]`, `["log", "log"]`, "twice"},
		"memory":             {`"license"`, `"memory": 67108865, "license"`, "memory"},
		"small arena":        {`"license"`, `"arena": 1024, "license"`, "arena"},
		"arena out of line":  {`"license"`, `"arena": 1000001, "license"`, "arena"},
		"too much fuel":      {`"license"`, `"fuel": {"item": 10000001}, "license"`, "fuel"},
		"phases of a match":  {`"license"`, `"phases": ["review"], "license"`, "phases"},
		"scheme of no phase": {`"match"`, `"mediate"`, "phases"},
		"unknown phase":      {`"hook": "match"`, `"hook": "mediate", "deters": true, "phases": ["dawn"]`, "dawn"},
		"no licence":         {`"Apache-2.0"`, `""`, "license"},
		"digest":             {`00112233`, `0011223G`, "sha256"},
		"digest in capitals": {`aabbccdd`, `AABBCCDD`, "sha256"},
		"reason":             {`"7"`, `"seven"`, "seven"},
	} {
		_, err := hostapi.ParseManifest([]byte(strings.Replace(manifest, change[0], change[1], 1)))
		if err == nil || !strings.Contains(err.Error(), change[2]) {
			t.Errorf("%s: error %v, want one with %q", name, err, change[2])
		}
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add([]byte(manifest))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := hostapi.ParseManifest(b)
		if err != nil {
			return
		}
		if _, err := m.MinorVersion(); err != nil || m.Arena == 0 || m.Memory == 0 {
			t.Errorf("accepted %+v", m)
		}
	})
}
