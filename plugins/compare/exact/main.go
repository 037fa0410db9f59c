// Command exact finds two results equal when every file has the same bytes and
// the same executable bit. It accepts no wrong result; it rejects a right one
// whenever the job's output is not the same in every run.
package main

import "github.com/lilypad-network/lilypad/sdk/go/compare"

const filesDiffer = 1

type exact struct{}

func (exact) Compare(p compare.Pair) compare.Comparison {
	differ := uint64(0)
	for range p.Differences() {
		differ++
	}
	if differ == 0 {
		return compare.Equal()
	}
	files := max(p.AFiles(), p.BFiles(), 1)
	return compare.Different(min(differ, files)*1_000_000/files).Because(filesDiffer).With(differ, files)
}

func init() {
	compare.Register(func(compare.Settings) (compare.Hook, error) { return exact{}, nil })
}

func main() {}
