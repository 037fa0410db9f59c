// Package pluginstore keeps an operator's plugins on disk: packages by the
// digest of their module, whom the operator trusts, and what is enabled. It
// brings packages from folders and OCI registries and takes them there, and
// refuses those that were changed, or that nobody known has signed.
//
// It runs nothing: whether a module keeps the rules, and whether settings fit
// its schema, is for runtime/pluginhost to say, which the caller asks first.
// It does not know which roles run here; runtime/node follows the store.
//
//	store := pluginstore.New(filepath.Join(data, "plugins"))
//	pkg, err := pluginstore.Read("demo/dist")
//	…
//	err = store.Install(ctx, pkg, "demo/dist", false)
//	…
//	_, err = store.Enable(ctx, pluginstore.Entry{Plugin: pkg.ID}, pkg.Info, false)
//
// In the folder:
//
//	sha256/<digest>/   plugin.wasm, manifest.json, signatures.json, origin
//	trusted.json       keys, and the packages that are taken without one
//	enabled.json       what is enabled: hook, role, settings, grants, shadow, fallback
//	lock               held while one of them is written
//
// A signature is a DSSE envelope over the manifest, which names the module by
// its SHA-256 digest; so the two are signed together. An artifact in a
// registry has the wasm layout of the CNCF.
package pluginstore
