// Package author is the tool box of who writes plugins: it begins a plugin's
// folder in one of the SDK's languages, compiles it, tries it in the host that
// a node has, measures it, and looks into what came of it.
//
// It does not publish, install or run plugins for a market; that is
// runtime/pluginstore's and the node's. It needs a language's own compiler and
// installs none.
//
//	folder, err := author.New(author.Plan{Dir: "demo", Language: "go", Hook: hostapi.HookMatch})
//	…
//	built, err := folder.Build(ctx, author.Config{Progress: os.Stderr})
//	…
//	report, err := folder.Test(ctx, author.Config{}, author.Trial{Seed: 1, Count: 1000})
//
// A folder is a source with its manifest.json, the SDK under sdk, calls with
// their answers under vectors, and what was built under dist. Each language's
// templates lie under templates; manifest and vectors of a hook are the same
// in all, so a new plugin answers alike in each.
//
// Its place: over runtime/pluginhost, runtime/fuel, hostapi and sdk/dist; only
// the program uses it.
package author
