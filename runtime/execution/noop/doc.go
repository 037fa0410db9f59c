// Package noop is an executor that runs no program: a job's arguments are its
// steps, carried out by the node itself. It is for tests of the roles, and for
// measuring what the market costs without the work.
//
// It is no sandbox, since nothing foreign runs in it. The steps:
//
//	print:TEXT      a line on stdout
//	warn:TEXT       a line on stderr
//	write:PATH=TEXT a file in an output
//	copy:FROM=TO    a file from /inputs to an output
//	wait            until the job is stopped or its time is up
//	exit:CODE       end here
//
// It stands on jobrun and passes executiontest like wasm and docker.
package noop
