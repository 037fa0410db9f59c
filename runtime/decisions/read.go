package decisions

import (
	"cmp"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Read gives the decisions of logs, newest first, whether or not they are being
// written. A damaged one is an error in its place; the others follow.
func Read(dirs ...string) iter.Seq2[*Entry, error] {
	return func(yield func(*Entry, error) bool) {
		var all []*stream
		for _, dir := range streams(dirs) {
			next, stop := iter.Pull2(readStream(dir))
			defer stop()
			s := &stream{next: next}
			s.advance()
			all = append(all, s)
		}
		for {
			var newest *stream
			for _, s := range all {
				if s.ok && (newest == nil || newest.err == nil && (s.err != nil || s.entry.At.After(newest.entry.At))) {
					newest = s
				}
			}
			if newest == nil || !yield(newest.entry, newest.err) {
				return
			}
			newest.advance()
		}
	}
}

// stream is the next decision of a folder.
type stream struct {
	next  func() (*Entry, error, bool)
	entry *Entry
	err   error
	ok    bool
}

func (s *stream) advance() { s.entry, s.err, s.ok = s.next() }

// streams are the folders of logs that have segments.
func streams(logs []string) (dirs []string) {
	for _, dir := range logs {
		dirs = append(dirs, dir, filepath.Join(dir, rankingsDir))
	}
	return dirs
}

// readStream gives the decisions of one folder, newest first.
func readStream(dir string) iter.Seq2[*Entry, error] {
	return func(yield func(*Entry, error) bool) {
		for s, err := range readSegments(dir) {
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			if s.damage != nil && !yield(nil, s.damage) {
				return
			}
			for _, f := range slices.Backward(s.entries) {
				if !yield(s.entry(f)) {
					return
				}
			}
		}
	}
}

// readSegments gives what is there of every segment, newest first.
func readSegments(dirs ...string) iter.Seq2[segment, error] {
	return func(yield func(segment, error) bool) {
		for _, dir := range dirs {
			names, err := segments(dir)
			if err != nil {
				if !errors.Is(err, fs.ErrNotExist) && !yield(segment{}, err) {
					return
				}
				continue
			}
			for _, name := range slices.Backward(names) {
				b, err := os.ReadFile(name)
				if errors.Is(err, fs.ErrNotExist) {
					continue // swept meanwhile
				}
				s := split(b)
				if s.damage != nil {
					s.damage = &lilypad.Error{Code: lilypad.Invalid, Msg: "segment " + name + " of the log is damaged", Remedy: "move it away, when all that it still has was read", Err: s.damage}
				}
				if !yield(s, err) {
					return
				}
			}
		}
	}
}

// minPrefix is how many digits of an id are enough to look for it.
const minPrefix = 4

// Find returns the decision whose id begins with prefix.
//
// # Errors
//
// Invalid for fewer than 4 digits, for a damaged decision, and when it is not
// in what can be read of a damaged log; NotFound when there is none, Conflict
// when there are several.
func Find(prefix string, dirs ...string) (*Entry, error) {
	prefix, _, _ = strings.Cut(prefix, "…")
	if prefix = "0x" + strings.ToLower(strings.TrimPrefix(prefix, "0x")); len(prefix) < len("0x")+minPrefix {
		return nil, lilypad.Errorf(lilypad.Invalid, "%q is too short for the id of a decision", prefix).Try("give %d digits or more", minPrefix)
	}
	var found *frame
	var in segment
	var damage error
	for s, err := range readSegments(streams(dirs)...) {
		if err != nil {
			return nil, err
		}
		damage = cmp.Or(damage, s.damage)
		for _, f := range s.entries {
			if !strings.HasPrefix(f.id.String(), prefix) {
				continue
			}
			if found != nil && found.id != f.id {
				return nil, lilypad.Errorf(lilypad.Conflict, "several decisions have ids that begin with %s", prefix).Try("give more digits")
			}
			found, in = &f, s
		}
	}
	if found == nil && damage != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "decision " + prefix + " is not in what can be read", Err: damage}
	}
	if found == nil {
		return nil, lilypad.Errorf(lilypad.NotFound, "no decision has an id that begins with %.70s", prefix).Try("lilypad replay --last 10")
	}
	return in.entry(*found)
}
