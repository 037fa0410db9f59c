package bisection

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Result is what a program made, as its last state has it in Header.Output.
type Result struct {
	ExitCode    int
	OutOfMemory bool         // it failed for that; its exit code says nothing
	Stdout      lilypad.Hash // SHA-256, like those of the files
	Files       []File       // each path once, in any order
}

// File is an output by its path, with slashes.
type File struct {
	Path string
	Sum  lilypad.Hash
}

// Hash is the Header.Output of a state that ended with the result.
func (r Result) Hash() (h lilypad.Hash) {
	if r.OutOfMemory {
		r.ExitCode = 0
	}
	files := slices.SortedFunc(slices.Values(r.Files), func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	w := sha256.New()
	fmt.Fprintf(w, "%d %t %x\n", r.ExitCode, r.OutOfMemory, r.Stdout[:])
	for _, f := range files {
		fmt.Fprintf(w, "%q %x\n", f.Path, f.Sum[:])
	}
	w.Sum(h[:0])
	return h
}
