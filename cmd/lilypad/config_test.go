package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// lilypadWith runs a command with a configuration file and returns what it
// printed.
func lilypadWith(t *testing.T, config string, args ...string) (string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lilypad.yaml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	root := (&app{Printer: &cli.Printer{Out: &out, Err: &out}}).command()
	root.SetArgs(append(args, "--config", file))
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

func TestConfig_refusesKeysThatNobodyReads(t *testing.T) {
	for config, want := range map[string]string{
		"admitt: {use: standing}":              `nothing reads the key "admitt"`,
		"admit: {use: x, setings: {a: 1}}":     `nothing reads the key "admit.setings"`,
		"provider: {zonne: UTC}":               `nothing reads the key "provider.zonne"`,
		"provider: {machines: [{slot: 1}]}":    `nothing reads the key "provider.machines[0].slot"`,
		"decisions: {max_age: 1h, max_gb: 1}":  `nothing reads the key "decisions.max_gb"`,
		"input: [Message=moo]":                 `nothing reads the key "input"`,
		"admit: [standing]":                    "expected a map",
		"admit: {use: standing":                "yaml",
		"max-price: 3\nlisten: 127.0.0.1:8850": "", // flags of other commands
	} {
		_, err := lilypadWith(t, config, "version")
		switch {
		case want == "" && err != nil:
			t.Errorf("%q is refused: %v", config, err)
		case want != "" && (lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: %v, want %q", config, err, want)
		}
	}
}

func TestConfig_suggestsTheNearestKey(t *testing.T) {
	_, err := lilypadWith(t, "admitt: {use: standing}", "version")
	if got := lilypad.RemedyOf(err); got != "write admit" {
		t.Errorf("%q", got)
	}
}

func TestConfig_precedence(t *testing.T) {
	if out, err := lilypadWith(t, "json: true", "version"); err != nil || !strings.HasPrefix(out, "{") {
		t.Errorf("the file is ignored: %q, %v", out, err)
	}
	t.Setenv("LILYPAD_JSON", "false")
	if out, err := lilypadWith(t, "json: true", "version"); err != nil || strings.HasPrefix(out, "{") {
		t.Errorf("the variable does not come before the file: %q, %v", out, err)
	}
	if out, err := lilypadWith(t, "", "version", "--json"); err != nil || !strings.HasPrefix(out, "{") {
		t.Errorf("the flag does not come before the variable: %q, %v", out, err)
	}
}

func TestConfig_tellsWhereValuesComeFrom(t *testing.T) {
	t.Setenv("LILYPAD_PLUGIN_IDLE", "1h")
	out, err := lilypadWith(t, "breaker-faults: 9\nadmit: {use: trusted}", "config", "provider", "--json", "--log", "info")
	if err != nil {
		t.Fatal(err)
	}
	var list []configured
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	for _, want := range []configured{
		{"plugin-idle", "1h", "LILYPAD_PLUGIN_IDLE"},
		{"breaker-faults", "9", "file"},
		{"admit.use", "trusted", "file"},
		{"breaker-cool", "30s", "default"},
		{"log", "info", "flag"},
		{"referee-ppm", "10000", "default"},
	} {
		if !slices.Contains(list, want) {
			t.Errorf("no %+v in %s", want, out)
		}
	}
	for _, wrong := range [][]string{{"config", "plugin"}, {"config", "nothing"}, {"config", "up", "provider"}} {
		if _, err := lilypadWith(t, "", wrong...); lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "" {
			t.Errorf("%v: %v", wrong, err)
		}
	}
}

func TestConfig_ofThePluginHost(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string // in the error
		host node.HostConfig
	}{
		{nil, "", node.HostConfig{Idle: 10 * time.Minute, Breaker: pluginhost.Breaker{Faults: 5, Within: time.Minute, Cool: 30 * time.Second}, Referee: 10_000}},
		{[]string{"--plugin-idle=0", "--breaker-faults=0", "--referee-ppm=0"}, "", node.HostConfig{Idle: -1, Breaker: pluginhost.Breaker{Faults: -1, Within: time.Minute, Cool: 30 * time.Second}, Referee: -1}},
		{[]string{"--referee-ppm=20001"}, "referee-ppm cannot be 20001", node.HostConfig{}},
		{[]string{"--breaker-cool=0"}, "breaker-cool cannot be 0", node.HostConfig{}},
		{[]string{"--plugin-idle=-1s"}, "plugin-idle cannot be -1s", node.HostConfig{}},
		{[]string{"--rankings-mb=0"}, "rankings-mb cannot be 0", node.HostConfig{}},
	} {
		a := &app{Printer: &cli.Printer{Out: io.Discard, Err: io.Discard}, v: viper.New()}
		cmd := &cobra.Command{Use: "up"}
		hostFlags(cmd)
		if err := errors.Join(cmd.ParseFlags(c.args), a.v.BindPFlags(cmd.Flags())); err != nil {
			t.Fatal(err)
		}
		var got node.Config
		err := a.host(&got)
		switch {
		case c.want == "" && (err != nil || got.Host != c.host || got.Decisions.Rankings != 4_000_000):
			t.Errorf("%v: %+v, %d, %v", c.args, got.Host, got.Decisions.Rankings, err)
		case c.want != "" && (lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%v: %v, want %q", c.args, err, c.want)
		}
	}
}

func TestConfig_ofWhatIsKept(t *testing.T) {
	for args, want := range map[string]node.Config{
		"":                            {Keep: 30 * 24 * time.Hour},
		"--keep=36h --exit-gas=70000": {Keep: 36 * time.Hour, ExitGas: 70_000},
		"--keep=0":                    {},
		"--keep=-1h":                  {},
	} {
		a := &app{Printer: &cli.Printer{Out: io.Discard, Err: io.Discard}, v: viper.New()}
		cmd := &cobra.Command{Use: "up"}
		keepFlags(cmd)
		if err := errors.Join(cmd.ParseFlags(strings.Fields(args)), a.v.BindPFlags(cmd.Flags())); err != nil {
			t.Fatal(err)
		}
		var got node.Config
		err := a.keeping(&got)
		if bad := want.Keep == 0; bad != (err != nil) || bad && lilypad.RemedyOf(err) == "" || !bad && (got.Keep != want.Keep || got.ExitGas != want.ExitGas) {
			t.Errorf("%q: keep %s, gas %d, %v", args, got.Keep, got.ExitGas, err)
		}
	}
}

// Daemons meet where no data folder is, and not where each was started.
func TestLockDir(t *testing.T) {
	t.Setenv("HOME", "/home/frog")
	for state, want := range map[string]string{
		"":               "/home/frog/.local/state/lilypad/locks",
		"/run/frog":      "/run/frog/lilypad/locks",
		"relative/state": "/home/frog/.local/state/lilypad/locks",
	} {
		t.Setenv("XDG_STATE_HOME", state)
		if got, err := lockDir(); err != nil || got != want {
			t.Errorf("%q: %s, %v; want %s", state, got, err, want)
		}
	}
	t.Setenv("XDG_STATE_HOME", "")
	t.Setenv("HOME", "")
	if _, err := lockDir(); lilypad.CodeOf(err) != lilypad.Unavailable || lilypad.RemedyOf(err) == "" {
		t.Errorf("without a home: %v", err)
	}
}

func TestConfig_ofMachines(t *testing.T) {
	a := &app{Printer: &cli.Printer{Out: io.Discard, Err: io.Discard}, v: viper.New()}
	a.v.SetConfigType("yaml")
	a.v.Set("data", t.TempDir())
	a.v.Set("log", "error")
	if err := a.v.ReadConfig(strings.NewReader(`
provider:
  machines:
    - {name: rack-2, docker_host: "tcp://10.0.0.7:2376", nvidia_smi: ./smi.sh, slots: 2, cpu_milli: 32000, ram_mb: 128000, disk_mb: 500000}
    - {name: rack-3, docker_host: "unix:///run/other.sock"}
`)); err != nil {
		t.Fatal(err)
	}
	cfg := node.Config{Providers: []node.ProviderConfig{{Name: "provider"}}}
	if err := a.apply(&cfg); err != nil {
		t.Fatal(err)
	}
	want := []node.MachineConfig{
		{Name: "rack-2", DockerHost: "tcp://10.0.0.7:2376", NvidiaSMI: "./smi.sh", Slots: 2, CPUMilli: 32_000, RAMMB: 128_000, DiskMB: 500_000},
		{Name: "rack-3", DockerHost: "unix:///run/other.sock"},
	}
	if got := cfg.Providers[0].Machines; !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
