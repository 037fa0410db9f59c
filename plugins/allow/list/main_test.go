package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestList_Rule(t *testing.T) {
	cow := plugintest.Module{
		ID: plugintest.Bytes32{0xAB}, Name: "cowsay:v0.0.4", Repository: "github.com/lilypad-tech/lilypad-module-cowsay",
		Publisher: "lilypad-tech", Signers: []plugintest.Signer{{Identity: "release@example.org"}},
		Role: plugintest.RoleProvider, Engine: plugintest.EngineWasm, Listing: plugintest.ListingUnlisted,
	}
	onChain := cow
	onChain.Listing = plugintest.ListingBlocked
	deny := func(rule uint32) plugintest.Ruling {
		return plugintest.Ruling{Permission: plugintest.PermissionDeny, Rule: rule, Reason: byRule, Arg0: uint64(rule)}
	}
	allowed := func(rule uint32) plugintest.Ruling {
		return plugintest.Ruling{Permission: plugintest.PermissionAllow, Rule: rule, Reason: byRule, Arg0: uint64(rule)}
	}
	abstain := plugintest.Ruling{Permission: plugintest.PermissionAbstain}
	const id = "0xAB00000000000000000000000000000000000000000000000000000000000000"
	for name, tt := range map[string]struct {
		settings string
		module   plugintest.Module
		want     plugintest.Ruling
	}{
		"no rules":               {`{}`, cow, abstain},
		"id":                     {`{"rules": [{"action": "deny", "id": "` + id + `"}]}`, cow, deny(1)},
		"name":                   {`{"rules": [{"action": "deny", "name": "cowsay:*"}]}`, cow, deny(1)},
		"repository":             {`{"rules": [{"action": "deny", "repository": "github.com/lilypad-tech/*"}]}`, cow, deny(1)},
		"pattern in the middle":  {`{"rules": [{"action": "deny", "repository": "github.com/*/lilypad-*-cowsay"}]}`, cow, deny(1)},
		"prefix only":            {`{"rules": [{"action": "deny", "repository": "github.com/lilypad-tech"}]}`, cow, abstain},
		"publisher":              {`{"rules": [{"action": "deny", "publisher": "lilypad-tech"}]}`, cow, deny(1)},
		"signer":                 {`{"rules": [{"action": "deny", "signer": "*@example.org"}]}`, cow, deny(1)},
		"all of a rule must fit": {`{"rules": [{"action": "deny", "name": "cowsay:*", "publisher": "other"}]}`, cow, abstain},
		"first rule decides": {
			`{"rules": [{"action": "deny", "name": "dog*"}, {"action": "allow", "name": "cow*"}, {"action": "deny", "name": "*"}]}`,
			cow, allowed(2),
		},
		"otherwise": {`{"otherwise": "deny"}`, cow, plugintest.Ruling{Permission: plugintest.PermissionDeny, Reason: byDefault}},
		"blocked on chain before all rules": {
			`{"rules": [{"action": "allow", "name": "*"}]}`, onChain,
			plugintest.Ruling{Permission: plugintest.PermissionDeny, Reason: blocked},
		},
		"listing is not followed": {`{"follow_listing": false}`, onChain, abstain},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newList, tt.settings)
			if got := plugintest.Allow(t, h, tt.module, cow)[0]; got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestList_refusesEmptyRule(t *testing.T) {
	if _, err := plugintest.Make(t, newList, `{"rules": [{"action": "deny"}]}`); err == nil {
		t.Error("a rule that fits nothing was accepted")
	}
}

func TestLike(t *testing.T) {
	for _, tt := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "x", true},
		{"x", "x", true},
		{"x", "xy", false},
		{"*", "", true},
		{"a*b", "ab", true},
		{"a*b", "ba", false},
		{"a*a", "a", false},
		{"a*b*c", "axbyc", true},
		{"a*b*c", "acb", false},
		{"*b*", "abc", true},
	} {
		if got := like(tt.pattern, tt.text); got != tt.want {
			t.Errorf("like(%q, %q) = %v", tt.pattern, tt.text, got)
		}
	}
}
