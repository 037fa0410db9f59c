// Package modules finds a kind of job by what people call it, pins it, and
// checks another party's claim about it.
//
//	r, err := modules.New(modules.Config{CacheDir: dir})
//	found, err := r.Resolve(ctx, "cowsay:v0.0.4")
//	job, err := modules.Render(found.Module, found.Template, inputs)
//
// A reference is NAME:TAG. Without a slash NAME is in the catalog that comes
// with the program, or else the repository lilypad-module-NAME of
// github.com/lilypad-tech; with one it is https://NAME. TAG is a tag, branch or
// commit and is resolved to a commit once. Where the operator allows it there
// are also folders, ./path, and repositories of this machine, file:///path. What was found at a commit is kept
// on disk, oldest out, so that it mostly needs no network again.
//
// Only the pinned [lilypad.Module] is signed. Whoever gets one from another
// party calls Verify before it runs anything.
//
// Publishers sign what a module runs with [Sign], and the file travels in the
// repository; [Signers] tells whose signatures fit, not whom to believe. By its
// [Digest] a steward lists or blocks a module.
//
// It does not run modules, fetch their inputs or judge whether they are
// allowed. template reads their file, catalog holds the built-in ones, git and
// registry reach the network. Roles import it; it imports no room of runtime.
package modules
