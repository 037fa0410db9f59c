// Package execution is the contract between a node and what runs jobs: an
// [Executor] starts a rendered module in its own folder and tells how it
// ended. Handles can be stored, so a job survives its node.
//
//	handle, err := executor.Start(ctx, execution.Job{ID: id, Spec: spec, Dir: dir})
//	outcome, err := executor.Wait(ctx, handle)
//
// It neither fetches inputs nor judges results. docker, wasm and noop
// implement it; jobrun is what they share, hardware what they measure, and
// executiontest their suite. [Models] brings what is too large for a module.
package execution
