// Package simulation runs a market of thousands of providers through a scheme,
// to learn what the scheme lets pass, what it costs and whom it makes rich.
//
//	s, err := simulation.Parse(yaml)
//	result, err := simulation.Run(ctx, s, plugin, simulation.Options{Workers: 2})
//
// Cases are those of production: the same wasm decides, the engine of
// runtime/cases performs what it wants, and runtime/settlement says what each
// deal pays. Only what nobody can know is modelled: who cheats, how often, and
// whether wrong answers agree. There are no bytes of results, so a comparator
// is not run: results are the same when their content is.
//
// A scenario and its seed determine every byte of a result, for any number of
// workers: the market is cut into shards that know nothing of each other, and
// all sums are of integers (ADR 19).
//
// It knows no plugin host: who calls it loads the scheme. Its format is
// docs/simulator.md.
package simulation
