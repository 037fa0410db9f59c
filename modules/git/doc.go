// Package git reads single files of a public git repository at one commit,
// over HTTPS, without a working copy and where the server can do so without
// the rest of the repository.
//
//	remote, err := client.Dial(ctx, "github.com/owner/name")
//	commit, err := remote.Fetch(ctx, remote.Tags["v1.0.0"])
//	text, err := commit.File(ctx, "README.md", 64<<10)
//
// Repositories are chosen by strangers: addresses, sizes, time and what a pack
// unfolds to are bounded. Object names are checked by go-git against a SHA-1
// that detects collisions. It neither knows modules nor keeps anything; package
// modules does. It imports the root package and internal/publicnet.
package git
