// Package pluginhost runs plugins: WebAssembly modules from strangers that
// decide for a node. It loads them, refuses those that break a rule, asks them
// in batches of hostapi records, and checks every answer.
//
// It does not know where plugins come from, which of them an operator chose,
// or what follows from an answer. It measures no fuel: a wall-clock limit
// bounds a call.
//
//	host, err := pluginhost.New(pluginhost.Config{CacheDir: dir, Log: log})
//	…
//	defer host.Close()
//	cheapest, err := host.Load(ctx, pluginhost.Source{Wasm: wasm, Manifest: manifest, Pin: digest})
//	…
//	defer cheapest.Close()
//	scores, err := cheapest.Match(ctx, now, job, offers)
//
// A plugin sees its input and nothing else: no clock, randomness, file,
// network or environment, and no earlier call. So an answer follows from the
// [Record] of its [Decision], and [Plugin.Replay] gives it again.
//
// It uses hostapi for the wire format and runtime/storage for the content of
// results. Roles declare the methods of [Plugin] that they need; runtime/node
// joins the two. RATIONALE.md says why things are as they are.
package pluginhost
