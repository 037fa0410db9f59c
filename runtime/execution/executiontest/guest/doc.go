// Command guest is the program that executiontest runs in an engine. Its
// arguments are steps: those of noop, and some that a hostile job would take.
package main
