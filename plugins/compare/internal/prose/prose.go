package prose

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

// MaxText bounds the bytes of a text, whose words take many times their bytes
// of memory; maxShingle the words of a run, for the same reason.
const (
	MaxText    = 256 << 10
	maxShingle = 8
)

// MaxWork bounds the cells of all tables of edits of a result: characters of
// one text times those of the other. Two texts of 32 Ki each are as much. What
// else is done costs as many cells for each character.
const (
	MaxWork      = 1<<30 + 1<<15*perCharacter
	perCharacter = 2000
)

// New is the kind with the limits of a pair.
func New(l judge.Limits) judge.Kind { return &kind{Limits: l} }

type kind struct {
	judge.Limits
	work uint64 // so far
}

func (k *kind) Judge(_ string, a, b []byte) (compare.Comparison, bool) {
	if !isText(a) || !isText(b) {
		return compare.Comparison{}, false
	}
	if c, over := judge.Larger(uint64(len(a)), uint64(len(b)), MaxText); over {
		return c, true
	}
	textA, textB := k.normal(a), k.normal(b)
	x, y := []rune(textA), []rune(textB)
	short, long := min(len(x), len(y)), max(len(x), len(y))
	// What is longer by so much needs no table: who writes without end is no
	// more out of reach than others.
	if c := k.edits(long-short, long); c.Sameness == compare.SamenessDifferent {
		return c, true
	}
	if k.work += uint64(short) * (uint64(long) + perCharacter); k.work > MaxWork {
		return compare.Incomparable().Because(judge.TooLong).With(uint64(short), uint64(long)), true
	}
	run := int(min(max(k.Get("shingle"), 1), maxShingle))
	words := unshared(shingles(textA, run), shingles(textB, run))
	return judge.Worse(k.edits(distance(x, y), long), k.Verdict("words", words)), true
}

func (k *kind) edits(n, of int) compare.Comparison {
	return k.Verdict("edit", judge.Share(judge.Edits, uint64(n), uint64(of)))
}

func isText(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }

// normal is a text without what does not count.
func (k *kind) normal(b []byte) string {
	s := string(b)
	if k.Get("keep_case") == 0 {
		s = strings.ToLower(s)
	}
	if k.Get("keep_space") == 0 {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

// shingles are the runs of so many words, or all words if there are fewer.
func shingles(s string, n int) map[string]bool {
	list, set := strings.Fields(s), map[string]bool{}
	n = max(1, min(n, len(list)))
	for i := 0; i+n <= len(list); i++ {
		set[strings.Join(list[i:i+n], " ")] = true
	}
	return set
}

// unshared is the share of shingles that are in one set only.
func unshared(a, b map[string]bool) judge.Measure {
	both := 0
	for s := range a {
		if b[s] {
			both++
		}
	}
	all := len(a) + len(b) - both
	return judge.Share(judge.Words, uint64(all-both), uint64(all))
}
