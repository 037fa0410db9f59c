// Package executiontest is the contract of [execution.Executor] as tests, and
// a guest program to try an engine with.
//
// An implementation's test is
//
//	executiontest.Run(t, executiontest.Subject{New: open, Spec: spec})
//
// and, when it runs foreign code, also [RunHostile]. It imports execution and
// jobrun; only tests import it.
package executiontest
