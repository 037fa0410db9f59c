package main

import (
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

// The limits of the manifest: what is not seen is paid, half a text refunded,
// another one slashed.
func TestText_Compare(t *testing.T) {
	h := plugintest.New(t, newText, `{}`)
	story := strings.Fields("once there was a market where machines sold their nights to strangers who never saw them and every morning somebody asked whether the work had been done at all")
	half := append([]string{}, story[:15]...)
	word := append([]string{}, story...)
	word[14] = "never"
	for name, tt := range map[string]struct {
		b    string
		want plugintest.Sameness
	}{
		"other space": {"  " + strings.ToUpper(strings.Join(story, "\r\n")), plugintest.SamenessEqual},
		"one word":    {strings.Join(word, " "), plugintest.SamenessIncomparable},
		"half":        {strings.Join(half, " "), plugintest.SamenessIncomparable},
		"another":     {strings.Repeat("yes no ", 12), plugintest.SamenessDifferent},
		"no text":     {"\xff", plugintest.SamenessDifferent},
	} {
		got := plugintest.Compare(t, h, plugintest.Tree{"story.txt": strings.Join(story, " ")}, plugintest.Tree{"story.txt": tt.b})
		if got.Sameness != tt.want {
			t.Errorf("%s: %+v, want %s", name, got, tt.want)
		}
	}
}
