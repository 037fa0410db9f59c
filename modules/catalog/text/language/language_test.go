package language_test

import (
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/modules/catalog/text/language"
)

func TestModel_Guess(t *testing.T) {
	m := language.Default()
	for text, want := range map[string]string{
		"the quick brown fox jumps over the lazy dog":  "eng",
		"QUI VA PIANO VA SANO E VA LONTANO":            "ita",
		"w Szczebrzeszynie chrząszcz brzmi w trzcinie": "pol",
	} {
		g, ok := m.Guess(text)
		if !ok || g.Code != want || g.Confidence <= 0.5 || g.Confidence > 1 {
			t.Errorf("Guess(%q) = %+v, %v; want %s", text, g, ok, want)
		}
	}
	for _, text := range []string{"", " ", "12 + 3", "\xff\xfe"} {
		if g, ok := m.Guess(text); ok {
			t.Errorf("Guess(%q) = %+v, want none: there is no letter", text, g)
		}
	}
}

// What is no letter, and the case of letters, changes nothing.
func FuzzModel_Guess(f *testing.F) {
	m := language.Default()
	f.Add("Guten Morgen")
	f.Add("\xff\u0130 i")
	f.Fuzz(func(t *testing.T, text string) {
		g, ok := m.Guess(text)
		if ok && !(g.Confidence > 0 && g.Confidence <= 1) {
			t.Errorf("confidence %v", g.Confidence)
		}
		if again, ok2 := m.Guess(strings.TrimSpace(text) + " !"); ok2 != ok || again != g {
			t.Errorf("Guess(%q) = %+v, without what is no letter %+v", text, g, again)
		}
	})
}
