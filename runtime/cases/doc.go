// Package cases runs one doubt about a result: it shows the transcript to a
// scheme, performs what the scheme asks for, writes down what came of it, and
// goes on until there is a verdict. Creators and mediators share it, each with
// its own transcript.
//
// It knows no chain and no network: whoever owns the case runs the executions
// and stores the transcript. A scheme is a pure function of the transcript, so
// [Replay] gives the same bytes to anyone at any time.
package cases
