//go:build !race

package pluginhost_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

func ExampleHost_Load() {
	ctx := context.Background()
	host, err := pluginhost.New(pluginhost.Config{})
	if err != nil {
		panic(err)
	}
	defer host.Close()

	cheapest, err := plugins.Lookup(hostapi.HookMatch, "cheapest")
	if err != nil {
		panic(err)
	}
	wasm, err := cheapest.Wasm()
	if err != nil {
		panic(err)
	}
	manifest, err := json.Marshal(cheapest.Manifest)
	if err != nil {
		panic(err)
	}
	plugin, err := host.Load(ctx, pluginhost.Source{
		Wasm: wasm, Manifest: manifest, Pin: cheapest.ID(),
		Settings: map[string]any{"region_bonus": 5},
		Grants:   cheapest.Manifest.Capabilities,
	})
	if err != nil {
		panic(err)
	}
	defer plugin.Close()

	job := hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 20, Region: hostapi.Some("eu")}
	scores, err := plugin.Match(ctx, 0, job, []hostapi.Offer{{Price: 10}, {Price: 14, Region: hostapi.Some("eu")}})
	if err != nil {
		panic(err)
	}
	fmt.Println(scores[0].Decision, scores[1].Score > scores[0].Score)
	// Output: rank true
}
