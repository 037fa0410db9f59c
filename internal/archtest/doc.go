// Package archtest holds the shape of the repository as data, and the test
// that keeps it: which room may import which and why, what every package and
// folder must have, how long a file may be.
//
// It checks what go list and the file system say, not how code behaves. To
// allow a new edge, change rules.go in the same commit and give the reason:
//
//	{From: in("modules/..."), To: in("runtime/..."), Why: "…"}
//
// Nothing imports it.
package archtest
