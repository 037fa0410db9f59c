// Package jobrun is what the executors share: the checks that every job must
// pass, the job's folder on the host, its bounded logs, and the [Table] of
// jobs that run now, with their time limit and their ending.
//
// It runs nothing by itself: an executor gives it a function that does.
//
//	handle, err := table.Start(job, func(ctx context.Context, r *jobrun.Run) (jobrun.Exit, error) {
//		fmt.Fprintln(r.Stdout, "moo")
//		return jobrun.Exit{}, nil
//	})
//
// A handle is "id@folder", so an ended job is found again by its folder, after
// a restart too. noop, wasm and docker are built on it; it imports only
// execution and the root package.
package jobrun
