package node_test

import (
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func TestParseDriver(t *testing.T) {
	sum := strings.Repeat("ab", 32)
	for text, want := range map[string]node.DriverConfig{
		"docker=/opt/d":                {Engine: lilypad.EngineDocker, Path: "/opt/d"},
		"docker=/opt/d@sha256:" + sum:  {Engine: lilypad.EngineDocker, Path: "/opt/d", SHA256: sum},
		"docker=/opt/a=b":              {Engine: lilypad.EngineDocker, Path: "/opt/a=b"},
		"docker=":                      {},
		"/opt/d":                       {},
		"=/opt/d":                      {},
		"wasm=/opt/d":                  {},
		"docker=/opt/d@sha256:" + "ab": {},
	} {
		got, err := node.ParseDriver(text)
		if got != want || (err == nil) != (want.Path != "") {
			t.Errorf("%s: got %+v, %v; want %+v", text, got, err, want)
		}
		if err != nil && (lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "") {
			t.Errorf("%s: %v has no code or remedy", text, err)
		}
	}
}
