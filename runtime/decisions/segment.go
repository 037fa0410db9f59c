package decisions

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"github.com/klauspost/compress/zstd"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

const (
	magic  = "lilydec\x01"
	suffix = ".log"

	frameHead = 4 + 1 + sha256.Size
	// maxContent bounds what a frame unpacks to, in bytes: an input, an output,
	// a manifest, and room for the rest.
	maxContent = 2*hostapi.MaxMessage + hostapi.MaxManifest + 1<<20
)

// Kinds of frames.
const (
	kindSource = 1
	kindEntry  = 2
)

var (
	packer   = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20)))
	unpacker = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxContent)))
)

// appendFrame appends content, whose digest is id.
func appendFrame(dst []byte, kind byte, id lilypad.Hash, content []byte) []byte {
	start := len(dst)
	dst = append(dst, 0, 0, 0, 0, kind)
	dst = append(dst, id[:]...)
	dst = packer.EncodeAll(content, dst)
	binary.LittleEndian.PutUint32(dst[start:], uint32(len(dst)-start-4))
	return dst
}

// frame is one part of a segment, packed.
type frame struct {
	kind   byte
	id     lilypad.Hash
	packed []byte
}

// open unpacks a frame into v.
//
// # Errors
//
// Invalid: its content is not what its digest says.
func (f frame) open(v any) error {
	content, err := unpacker.DecodeAll(f.packed, nil)
	if err == nil && sha256.Sum256(content) != [32]byte(f.id) {
		err = errors.New("its digest is another")
	}
	if err == nil {
		err = decMode.Unmarshal(content, v)
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "decision " + f.id.String() + " is damaged", Err: err}
	}
	return nil
}

// segment is what can be read of a file: its entries, oldest first, and their
// sources.
type segment struct {
	entries []frame
	sources map[lilypad.Hash]frame
}

// split finds the frames in a segment's bytes, up to the first that is not
// whole.
func split(b []byte) segment {
	s := segment{sources: map[lilypad.Hash]frame{}}
	b, ok := bytes.CutPrefix(b, []byte(magic))
	for ok && len(b) >= frameHead {
		n := uint64(binary.LittleEndian.Uint32(b)) + 4
		if n < frameHead || n > uint64(len(b)) {
			break
		}
		f := frame{kind: b[4], id: lilypad.Hash(b[5:frameHead]), packed: b[frameHead:n]}
		switch f.kind {
		case kindEntry:
			s.entries = append(s.entries, f)
		case kindSource:
			s.sources[f.id] = f
		}
		b = b[n:]
	}
	return s
}

// entry unpacks an entry with its source.
func (s segment) entry(f frame) (*Entry, error) {
	e := Entry{named: f.id}
	if err := f.open(&e); err != nil {
		return nil, err
	}
	src, ok := s.sources[e.SourceID]
	if !ok {
		return nil, lilypad.Errorf(lilypad.Invalid, "decision %s is damaged: its plugin's manifest is missing", f.id)
	}
	if err := src.open(&e.Source); err != nil {
		return nil, err
	}
	return &e, nil
}
