package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestTrusted_Admit(t *testing.T) {
	pinned := plugintest.Request{Engine: plugintest.EngineDocker, ImagePinned: true}
	loose, published, stored, signed := pinned, pinned, pinned, pinned
	loose.ImagePinned = false
	published.Publisher = plugintest.Some("lilypad")
	stored.Repository = plugintest.Some("github.com/lilypad/cowsay")
	keyed := pinned
	keyed.Signers = []plugintest.Signer{{Identity: "alice"}, {Identity: "ed25519:00"}}
	signed.Signers = []plugintest.Signer{{Identity: "x", Issuer: "y"}, {Identity: "ci@lilypad", Issuer: "accounts"}}
	take := plugintest.Admission{Answer: plugintest.AnswerTake}
	decline := func(reason uint16) plugintest.Admission {
		return plugintest.Admission{Answer: plugintest.AnswerDecline, Reason: reason}
	}
	const lists = `{"publishers": ["lilypad"], "repositories": ["github.com/lilypad/*"], "signers": [{"identity": "ci@lilypad", "issuer": "accounts"}]}`
	for name, tt := range map[string]struct {
		settings string
		request  plugintest.Request
		want     plugintest.Admission
	}{
		"no lists":              {`{}`, pinned, take},
		"no digest":             {`{}`, loose, decline(notPinned)},
		"no digest is needed":   {`{"pinned": false}`, loose, take},
		"a known publisher":     {lists, published, take},
		"a known repository":    {lists, stored, take},
		"a known signer":        {lists, signed, take},
		"a trusted key":         {`{"signers": [{"identity": "ed25519:00"}]}`, keyed, take},
		"its owner's name":      {`{"signers": [{"identity": "alice"}]}`, keyed, take},
		"another's key":         {`{"signers": [{"identity": "bob"}]}`, keyed, decline(stranger)},
		"a stranger":            {lists, pinned, decline(stranger)},
		"another issuer":        {`{"signers": [{"identity": "ci@lilypad", "issuer": "others"}]}`, signed, decline(stranger)},
		"another publisher":     {`{"publishers": ["lilypa"]}`, published, decline(stranger)},
		"a folder further down": {`{"repositories": ["github.com/*"]}`, stored, decline(stranger)},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newTrusted, tt.settings)
			got := plugintest.Admit(t, h, plugintest.AdmitInput{Node: plugintest.Node{Weekday: plugintest.WeekdayMonday}, Requests: []plugintest.Request{tt.request}})
			if got[0] != tt.want {
				t.Errorf("%+v, want %+v", got[0], tt.want)
			}
		})
	}
}

func TestTrusted_refusesSettings(t *testing.T) {
	if _, err := plugintest.Make(t, newTrusted, `{"repositories": ["["]}`); err == nil {
		t.Error("a pattern that is none was accepted")
	}
}
