// Package pluginhost runs plugins: WebAssembly modules from strangers that
// decide for a node. It loads them, refuses those that break a rule, asks them
// in batches of hostapi records, and checks every answer.
//
// It does not know where plugins come from, which of them an operator chose,
// or what follows from an answer or from its absence.
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
// network or environment, and no earlier call, since every batch begins with
// the same snapshot. So an answer, and the fuel that it took, follow from the
// [Record] of its [Decision]: [Plugin.Replay] gives them again, and
// [Plugin.Referee] does in the interpreter.
//
// A call ends at the latest when its fuel does. A [Refusal] says why there is
// no answer; [Rule.OfHost] tells whether that is to be held against the plugin.
// One that fails repeatedly is left alone for a while ([Breaker]); one that
// nobody asks gives its memory back and is loaded again when it is asked. A
// [Slot] changes versions while calls are made. [Host.Stats] counts it all.
//
// It uses hostapi for the wire format, runtime/fuel to bound a guest,
// runtime/snapshot to restore it, and runtime/storage for the content of
// results. Roles declare the methods of [Plugin] that they need; runtime/node
// joins the two. RATIONALE.md says why things are as they are.
package pluginhost
