package decisions

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"

	"github.com/klauspost/compress/zstd"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

const (
	magic  = "lilydec\x02"
	suffix = ".log"

	frameSum  = 4 + 1 // bytes that a head's checksum covers
	frameID   = frameSum + crc32.Size
	frameHead = frameID + sha256.Size
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
	castagnoli = crc32.MakeTable(crc32.Castagnoli)

	packer   = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20)))
	unpacker = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxContent)))
)

// appendFrame appends content, whose digest is id.
func appendFrame(dst []byte, kind byte, id lilypad.Hash, content []byte) []byte {
	start := len(dst)
	dst = append(dst, 0, 0, 0, 0, kind, 0, 0, 0, 0)
	dst = append(dst, id[:]...)
	dst = packer.EncodeAll(content, dst)
	head := dst[start:]
	binary.LittleEndian.PutUint32(head, uint32(len(head)))
	binary.LittleEndian.PutUint32(head[frameSum:], crc32.Checksum(head[:frameSum], castagnoli))
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
	damage  error // Invalid; nil: there is nothing else in it
}

// split finds the frames in a segment's bytes. It ends before a head that is
// damaged, and before what the writer, or a crash, has left at the very end:
// a part of a frame, or zeros.
func split(b []byte) segment {
	s := segment{sources: map[lilypad.Hash]frame{}}
	if torn(b, len(magic)) {
		return s
	}
	rest, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		s.damage = lilypad.Errorf(lilypad.Invalid, "it does not begin as one of this version")
		return s
	}
	for !torn(rest, frameHead) {
		n, sum := uint64(binary.LittleEndian.Uint32(rest)), binary.LittleEndian.Uint32(rest[frameSum:])
		if sum != crc32.Checksum(rest[:frameSum], castagnoli) || n < frameHead {
			s.damage = lilypad.Errorf(lilypad.Invalid, "its last %d bytes cannot be read", len(rest))
			break
		}
		if n > uint64(len(rest)) {
			break
		}
		f := frame{kind: rest[4], id: lilypad.Hash(rest[frameID:frameHead]), packed: rest[frameHead:n]}
		switch f.kind {
		case kindEntry:
			s.entries = append(s.entries, f)
		case kindSource:
			s.sources[f.id] = f
		default:
			s.damage = lilypad.Errorf(lilypad.Invalid, "%s is neither a decision nor a source", f.id)
		}
		rest = rest[n:]
	}
	return s
}

// torn tells whether less than a head of n bytes was written; a file system
// may have made room for more and not filled it.
func torn(b []byte, n int) bool { return len(bytes.TrimRight(b, "\x00")) < n }

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
