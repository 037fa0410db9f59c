// Package modelcache keeps the models of modules: large files that lie outside
// of their images. Each is fetched once, is verified while it comes, and lies
// here under its SHA-256 digest; jobs get it by a link in their own folder.
//
//	cache, err := modelcache.New(modelcache.Config{Dir: dir, Log: log})
//	err = cache.Place(ctx, spec.Models, job.Dir)
//
// A model whose file has a link is in use, also after a restart of the node;
// what was used longest ago goes first when the room is needed. Several
// processes may share a folder. It runs nothing and knows no image. The node
// gives it to the roles as [execution.Models]; see docs/adr/0018.
package modelcache
