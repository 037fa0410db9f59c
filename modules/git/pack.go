package git

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/storage/memory"

	"github.com/lilypad-network/lilypad"
)

// Limits on what a pack unfolds to: objects, and bytes of all of them.
const (
	maxObjects = 100_000
	maxInflate = 64 << 20
)

// unpack stores the objects of a pack. It measures first: the parser inflates
// every object, and a delta may name a target of any size.
func unpack(store *memory.Storage, pack []byte) error {
	if err := measure(pack); err != nil {
		return err
	}
	parser, err := packfile.NewParserWithStorage(packfile.NewScanner(bytes.NewReader(pack)), store)
	if err != nil {
		return err
	}
	_, err = parser.Parse()
	return err
}

// measure adds up the sizes that a pack's objects declare, which the scanner
// holds them to.
func measure(pack []byte) error {
	s := packfile.NewScanner(bytes.NewReader(pack))
	_, objects, err := s.Header()
	if err != nil {
		return err
	}
	if objects > maxObjects {
		return errBomb
	}
	total := uint64(0)
	for range objects {
		h, err := s.NextObjectHeader()
		if err != nil {
			return err
		}
		if total += uint64(h.Length); h.Length < 0 || total > maxInflate {
			return errBomb
		}
		if h.Type != plumbing.OFSDeltaObject && h.Type != plumbing.REFDeltaObject {
			continue
		}
		var delta bytes.Buffer
		if _, _, err := s.NextObject(&delta); err != nil {
			return err
		}
		target, err := targetSize(delta.Bytes())
		if err != nil {
			return err
		}
		if total += target; target > maxInflate || total > maxInflate {
			return errBomb
		}
	}
	return nil
}

// targetSize reads the second number of a delta
// (https://git-scm.com/docs/pack-format, "Deltified representation").
func targetSize(delta []byte) (uint64, error) {
	_, n := binary.Uvarint(delta)
	if n <= 0 {
		return 0, fmt.Errorf("bad delta")
	}
	size, n := binary.Uvarint(delta[n:])
	if n <= 0 {
		return 0, fmt.Errorf("bad delta")
	}
	return size, nil
}

var errBomb = lilypad.Errorf(lilypad.Exhausted, "the repository unfolds to more than %d MB or %d objects", maxInflate/1_000_000, maxObjects).
	Try("keep large files out of the module's repository")
