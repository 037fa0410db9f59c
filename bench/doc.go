// Command bench measures the plugin host and the matcher beside systems that
// others would take for the same work, and the simulator. It prints a table,
// and the same as lines of JSON; docs/benchmarks.md explains the figures.
//
//	make bench BENCH=plugin
//	make bench BENCH=engine
//
// It is no test: nothing fails when a machine is slow. It is a Go module of
// its own, so that the dependencies of the peers are nobody else's.
package main
