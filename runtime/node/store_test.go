package node_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// market is a local network whose two providers a match plugin can tell apart:
// the first fits a small job better, the second is cheaper.
type market struct {
	*testing.T
	cfg     node.Config
	store   *pluginstore.Store
	creator *api.CreatorClient
}

func startMarket(t *testing.T) market {
	t.Helper()
	dir := t.TempDir()
	cfg, err := node.Local(filepath.Join(dir, "local"), node.LocalOptions{Providers: 2, Mediators: 3, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	cfg.PluginStore = filepath.Join(dir, "plugins")
	for i, size := range []uint32{1, 32} {
		o := &cfg.Providers[i].Offer
		o.Capacity = lilypad.Resources{CPUMilli: 2000 * size, RAMMB: 4096 * size, DiskMB: 8192 * size}
		o.Price -= lilypad.Amount(i) * lilypad.LILY / 10
	}
	n := nodes.Start(t, cfg)
	return market{t, cfg, pluginstore.New(cfg.PluginStore), api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))}
}

// chosen runs a job and tells which provider got it.
func (m market) chosen() (string, error) {
	m.Helper()
	report, err := m.creator.Order(m.Context(), api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "moo"}})
	if err != nil {
		return "", err
	}
	for _, err := range m.creator.Watch(m.Context(), report.Job) {
		if err != nil {
			break // the stream ends with the job
		}
	}
	if report, err = m.creator.Report(m.Context(), report.Job); err != nil || report.State != "paid" {
		m.Fatalf("job ended %s, %v", report.State, err)
	}
	for _, p := range m.cfg.Providers {
		if p.Key.Address() == report.Provider {
			return p.Name, nil
		}
	}
	return "", nil
}

func (m market) wantChosen(name, when string) {
	m.Helper()
	got, err := m.chosen()
	if err != nil || got != name {
		m.Errorf("%s: %s got the job, %v; want %s", when, got, err, name)
	}
}

// wait returns what the process reports once that is as it should be.
func (m market) wait(want func([]node.PluginStatus) bool) []node.PluginStatus {
	m.Helper()
	var report node.PluginReport
	nodes.Until(m, "the process reports other plugins", func() bool {
		text, err := os.ReadFile(filepath.Join(m.cfg.Dir, node.ReportFile))
		report = node.PluginReport{}
		return err == nil && json.Unmarshal(text, &report) == nil && want(report.Plugins)
	})
	return report.Plugins
}

func (m market) enable(e pluginstore.Entry, info hostapi.Manifest, builtin bool) {
	m.Helper()
	if _, err := m.store.Enable(m.Context(), e, info, builtin); err != nil {
		m.Fatal(err)
	}
	m.wait(func(list []node.PluginStatus) bool {
		if len(list) == 0 {
			return false
		}
		got := list[len(list)-1].Entry
		return got.Plugin == e.Plugin && cmp.Equal(fields(m.T, got.Settings), fields(m.T, e.Settings))
	})
}

func fields(t *testing.T, settings json.RawMessage) map[string]any {
	t.Helper()
	values, err := pluginstore.ParseSettings(settings)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func (m market) disable(ref string) {
	m.Helper()
	if _, err := m.store.Disable(m.Context(), ref, false); err != nil {
		m.Fatal(err)
	}
	m.wait(func(list []node.PluginStatus) bool { return len(list) == 0 })
}

// What is enabled while a node runs decides the next job; what cannot be
// loaded does not, nor takes the place of what could; and disabling goes back.
func TestNode_followsThePluginStore(t *testing.T) {
	m := startMarket(t)
	m.wantChosen("provider-2", "as configured, the cheapest")

	folder := filepath.Join(t.TempDir(), "dist")
	if err := variant(t, builtin(t, hostapi.HookMatch, "best-fit"), "demo", "1.0.0").Write(folder); err != nil {
		t.Fatal(err)
	}
	pkg, err := pluginstore.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.store.Install(t.Context(), pkg, folder, true); err != nil {
		t.Fatal(err)
	}
	m.enable(pluginstore.Entry{Plugin: pkg.ID}, pkg.Info, false)
	m.wantChosen("provider-1", "with the enabled plugin, the best fit")

	m.enable(pluginstore.Entry{Plugin: pkg.ID, Settings: []byte(`{"gpu":"many"}`)}, pkg.Info, false)
	status := m.wait(func(list []node.PluginStatus) bool { return len(list) == 1 && list[0].Refused != "" })
	if status[0].Instead != "match/demo@1.0.0" || !strings.Contains(status[0].Refused, "settings") {
		t.Errorf("reported as %+v", status[0])
	}
	m.wantChosen("provider-1", "with settings that it refuses, the last good one")

	m.disable("match/demo")
	m.wantChosen("provider-2", "after disabling, the cheapest again")

	list := builtin(t, hostapi.HookAllow, "list")
	m.enable(pluginstore.Entry{Plugin: list.ID, Role: "creator", Settings: []byte(`{"rules":[{"action":"deny","name":"cowsay:*"}]}`)}, list.Info, true)
	if _, err := m.chosen(); lilypad.CodeOf(err) != lilypad.Unauthorized || !strings.Contains(err.Error(), "allow plugin list") {
		t.Errorf("an allow plugin that denies: %v", err)
	}
	m.disable("allow/list")
	m.wantChosen("provider-2", "after disabling that too")
}
