package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // provider.zone works on machines without it

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/nearest"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// fileConfig is what a configuration file may say beside the flags: plugins,
// for all roles and for one.
type fileConfig struct {
	Match    node.PluginRef
	Admit    node.PluginRef
	Allow    node.PluginRef
	Mediate  node.PluginRef
	Compare  node.PluginRef
	Plugins  []string // as --plugin
	Solver   struct{ Allow *node.PluginRef }
	Creator  struct{ Allow *node.PluginRef }
	Provider struct {
		Allow    *node.PluginRef
		Zone     string
		Machines []node.MachineConfig // beside the one that it runs on
	}
	Decisions struct {
		MaxMB  int64         `mapstructure:"max_mb"`
		MaxAge time.Duration `mapstructure:"max_age"`
	}
}

// hostFlags are about how plugins are run, and what is kept of it.
func hostFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.Duration("plugin-idle", 10*time.Minute, "drop a plugin from memory that nobody asked for so long; 0: never")
	f.Int("breaker-faults", 5, "leave a plugin alone after so many traps and broken answers; 0: never")
	f.Duration("breaker-within", time.Minute, "when they happen in such a time")
	f.Duration("breaker-cool", 30*time.Second, "leave it alone so long, then ask once")
	f.Uint32("referee-ppm", 10_000, "millionths of the CPUs for running decisions again in the interpreter, up to 20000")
	f.Float64("rankings-mb", 4, "MB of questions a second that the log keeps of rankings")
}

// keepFlags are about what a node keeps, and what it does for others.
func keepFlags(cmd *cobra.Command) {
	cmd.Flags().Duration("keep", 30*24*time.Hour, "keep the files of jobs so long after their deals are final; results that you ordered stay")
	cmd.Flags().Uint64("exit-gas", 0, "gas a day for ending deals of others that nobody ends, such as 5000000 (0: only deals of your keys)")
}

// keeping reads them.
func (a *app) keeping(c *node.Config) error {
	c.Keep, c.ExitGas = a.v.GetDuration("keep"), a.v.GetUint64("exit-gas")
	if a.v.Get("keep") != nil && c.Keep <= 0 {
		return lilypad.Errorf(lilypad.Invalid, "keep cannot be %s", c.Keep).Try("leave it out for 30 days")
	}
	return nil
}

// host reads the flags of hostFlags.
func (a *app) host(c *node.Config) error {
	v := a.v
	if v.Get("breaker-cool") == nil {
		return nil // a command that runs no plugins
	}
	h := node.HostConfig{
		Idle: v.GetDuration("plugin-idle"), Referee: int(v.GetUint32("referee-ppm")),
		Breaker: pluginhost.Breaker{Faults: v.GetInt("breaker-faults"), Within: v.GetDuration("breaker-within"), Cool: v.GetDuration("breaker-cool")},
	}
	rate := v.GetFloat64("rankings-mb")
	for name, good := range map[string]bool{
		"plugin-idle": h.Idle >= 0, "breaker-faults": h.Breaker.Faults >= 0, "breaker-within": h.Breaker.Within > 0, "breaker-cool": h.Breaker.Cool > 0,
		"referee-ppm": h.Referee <= 20_000, "rankings-mb": int(rate*1e6) > 0 && rate <= 1000,
	} {
		if !good {
			return lilypad.Errorf(lilypad.Invalid, "%s cannot be %s", name, v.GetString(name)).Try("leave it out, or see lilypad up --help")
		}
	}
	for _, n := range []*int{&h.Breaker.Faults, &h.Referee} {
		if *n == 0 {
			*n = -1 // the defaults are in the flags
		}
	}
	if h.Idle == 0 {
		h.Idle = -1
	}
	c.Host, c.Decisions.Rankings = h, int(rate*1e6)
	return nil
}

// checkFile refuses a configuration file with keys that nobody reads.
func checkFile(root *cobra.Command, file string) error {
	own := viper.New()
	own.SetConfigFile(file)
	err := own.ReadInConfig()
	var f fileConfig
	var seen mapstructure.Metadata
	if err == nil {
		err = own.Unmarshal(&f, func(c *mapstructure.DecoderConfig) { c.Metadata = &seen })
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "configuration file " + file, Err: err}
	}
	known := []string{"match", "admit", "allow", "mediate", "compare", "plugins", "solver", "creator", "provider", "decisions"}
	addFlags(root, &known)
	for _, key := range seen.Unused {
		if slices.Contains(known, key) {
			continue
		}
		wrong := lilypad.Errorf(lilypad.Invalid, "configuration file %s: nothing reads the key %q", file, strings.ToLower(key))
		if near := nearest.Names(key, known, 1); near != nil {
			return wrong.Try("write %s", near[0])
		}
		return wrong.Try("remove it; docs/config.md has all keys")
	}
	return nil
}

// addFlags collects the names of all flags that a file may set.
func addFlags(cmd *cobra.Command, names *[]string) {
	add := func(f *pflag.Flag) {
		if f.Name != "config" && f.Name != "input" && f.Name != "help" {
			*names = append(*names, f.Name)
		}
	}
	cmd.Flags().VisitAll(add)
	cmd.PersistentFlags().VisitAll(add)
	for _, c := range cmd.Commands() {
		addFlags(c, names)
	}
}

// pluginFlag adds --plugin to a command that starts roles.
func pluginFlag(cmd *cobra.Command) {
	cmd.Flags().StringArray("plugin", nil, "set a hook: HOOK=NAME, or HOOK=FILE.wasm@sha256:DIGEST (repeatable)")
	cmd.Flags().String("allow-list", "", "file of the network-wide module list, signed by the network's steward")
}

// apply puts plugins, lists and the rest of the file into a configuration.
func (a *app) apply(c *node.Config) error {
	var f fileConfig
	if err := a.v.Unmarshal(&f); err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "configuration", Err: err}
	}
	refs := map[hostapi.Hook]*node.PluginRef{
		hostapi.HookMatch: &f.Match, hostapi.HookAdmit: &f.Admit, hostapi.HookAllow: &f.Allow, hostapi.HookMediate: &f.Mediate, hostapi.HookCompare: &f.Compare,
	}
	for _, s := range append(f.Plugins, a.v.GetStringSlice("plugin")...) {
		if err := set(c, refs, s); err != nil {
			return err
		}
	}
	if list := a.v.GetString("allow-list"); list != "" {
		c.Network.AllowList = list
	}
	if c.Solver != nil {
		c.Solver.Match, c.Solver.Allow = f.Match, orRef(f.Solver.Allow, f.Allow)
	}
	if c.Creator != nil {
		c.Creator.Allow, c.Creator.Scheme, c.Creator.Comparator = orRef(f.Creator.Allow, f.Allow), f.Mediate.Use, f.Compare.Use
	}
	zone, err := time.LoadLocation(f.Provider.Zone)
	if err != nil {
		return lilypad.Errorf(lilypad.Invalid, "no time zone %q", f.Provider.Zone).Try("name one like Europe/Paris")
	}
	for i := range c.Providers {
		p := &c.Providers[i]
		p.Admit, p.Allow, p.Zone, p.Machines = f.Admit, orRef(f.Provider.Allow, f.Allow), zone, f.Provider.Machines
	}
	c.PluginStore, c.Spending, c.Compiler = a.storeDir(), a.spending(), a.compiler
	if c.LockDir, err = lockDir(); err != nil {
		return err
	}
	if c.Mirrors, err = a.mirrors(); err != nil {
		return err
	}
	c.Decisions = node.DecisionsConfig{MaxBytes: f.Decisions.MaxMB * 1_000_000, MaxAge: f.Decisions.MaxAge}
	if err := a.host(c); err != nil {
		return err
	}
	if err := a.keeping(c); err != nil {
		return err
	}
	if c.Models, err = a.models(); err != nil {
		return err
	}
	c.Metrics = a.v.GetString("metrics")
	c.Logger, err = a.logger()
	return err
}

// set takes HOOK=NAME or HOOK=FILE@DIGEST.
func set(c *node.Config, refs map[hostapi.Hook]*node.PluginRef, s string) error {
	name, rest, _ := strings.Cut(s, "=")
	if hook, err := hostapi.ParseHook(name); err == nil && rest != "" && !strings.ContainsAny(rest, "@/") {
		refs[hook].Use = rest
		return nil
	}
	file, err := node.ParsePluginFile(s)
	if err != nil {
		return err
	}
	c.Plugins = append(c.Plugins, file)
	refs[file.Hook].Use = file.Pin.String()
	return nil
}

func orRef(own *node.PluginRef, shared node.PluginRef) node.PluginRef {
	if own != nil {
		return *own
	}
	return shared
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// parsePairs reads KEY=VALUE; only the first = divides.
func parsePairs(what string, list []string) (map[string]string, error) {
	out := map[string]string{}
	for _, s := range list {
		k, v, ok := strings.Cut(s, "=")
		if !ok || k == "" {
			return nil, lilypad.Errorf(lilypad.Invalid, "%s %.80q is not KEY=VALUE", what, s)
		}
		out[k] = v
	}
	return out, nil
}

// parseRate reads a share such as 5% in basis points.
func parseRate(s string) (uint16, error) {
	var percent float64
	if s == "" {
		return 0, nil
	}
	n, err := fmt.Sscanf(s, "%g%%", &percent)
	if err != nil || n != 1 || !strings.HasSuffix(s, "%") || percent < 0 || percent > 100 {
		return 0, lilypad.Errorf(lilypad.Invalid, "audit rate %.20q is not a share such as 5%%", s)
	}
	return uint16(percent*100 + 0.5), nil
}

// ensureDir makes a folder that a person named.
func ensureDir(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "folder", Remedy: "choose one that can be written to", Err: err}
	}
	return nil
}
