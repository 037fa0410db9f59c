package sealing

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"

	"filippo.io/age"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// file is the only one of a sealed tree.
const file = "sealed"

// Seal stores the trees, which store has, sealed to recipients. What it stores
// is another tree each time. A block at a time is in memory.
//
// # Errors
//
// Invalid for a recipient that is no key; those of the store.
func Seal(ctx context.Context, store storage.Store, trees []lilypad.ContentID, to ...lilypad.Hash) (lilypad.ContentID, error) {
	rs, err := recipients(to)
	if err != nil {
		return lilypad.ContentID{}, err
	}
	a := &archive{ctx: ctx, src: store}
	var all []storage.Tree
	for _, id := range trees {
		block, err := store.Get(ctx, lilypad.Hash(id))
		if err != nil {
			return lilypad.ContentID{}, err
		}
		t, err := storage.DecodeTree(block)
		if err != nil {
			return lilypad.ContentID{}, err
		}
		a.unread = append(binary.BigEndian.AppendUint32(a.unread, uint32(len(block))), block...)
		all = append(all, t)
	}
	for _, c := range chunks(all) {
		a.blocks = append(a.blocks, c.id)
	}
	r, err := age.EncryptReader(a, rs...)
	if err != nil {
		return lilypad.ContentID{}, err
	}
	id, _, err := storage.PutFiles(ctx, store, []storage.Entry{{Path: file, Open: func() (io.ReadCloser, error) { return io.NopCloser(r), nil }}})
	return id, err
}

// archive reads what is sealed: the trees' own blocks, each behind its length,
// and the blocks of their files.
type archive struct {
	ctx    context.Context
	src    storage.Getter
	unread []byte
	blocks []lilypad.Hash
}

func (a *archive) Read(p []byte) (int, error) {
	if len(a.unread) == 0 {
		if len(a.blocks) == 0 {
			return 0, io.EOF
		}
		block, err := a.src.Get(a.ctx, a.blocks[0])
		if err != nil {
			return 0, err
		}
		a.unread, a.blocks = block, a.blocks[1:]
	}
	n := copy(p, a.unread)
	a.unread = a.unread[n:]
	return n, nil
}

// chunk is a block of a file.
type chunk struct {
	id   lilypad.Hash
	size uint64
}

// chunks are those of the trees' files, each once.
func chunks(trees []storage.Tree) (out []chunk) {
	seen := map[lilypad.Hash]bool{}
	for _, t := range trees {
		for _, f := range t.Files {
			for i, id := range f.Chunks {
				if !seen[id] {
					seen[id] = true
					out = append(out, chunk{id, min(f.Size-uint64(i)*storage.MaxBlock, storage.MaxBlock)})
				}
			}
		}
	}
	return out
}

// Parcel is what somebody sent.
type Parcel struct {
	Sealed lilypad.ContentID
	Trees  []lilypad.ContentID // that must be inside, in the order of Seal
	Size   uint64              // the most that they may hold together, in bytes
	// Check judges the trees' lists of files before any file is opened; nil:
	// they will do.
	Check func([]storage.Tree) error
}

// Limits bound the sealed tree.
func (p Parcel) Limits() storage.Limits {
	heads := uint64(len(p.Trees)) * (storage.MaxBlock + 4)
	return storage.Limits{Size: p.Size + heads + (p.Size+heads)/1024 + 4096, Files: 1} // age adds 16 bytes to 64 KiB
}

// Fetch brings a parcel's trees from src to store, and opens them there with
// whichever key fits. What is sealed is not kept once it is open.
//
// # Errors
//
// Invalid when no key opens it, it was cut off or changed, or it holds other
// trees than it must; Exhausted for more than Size; those of Check, and of
// [storage.Copy]. Blocks that were stored before an error stay, but no tree.
func Fetch(ctx context.Context, store storage.Store, src storage.Getter, p Parcel, keys ...Key) error {
	sealed, err := storage.Copy(ctx, store, src, p.Sealed, p.Limits())
	if err != nil {
		return err
	}
	if err := p.open(ctx, store, sealed, keys); err != nil {
		return err
	}
	for _, id := range append(sealed.Blocks(), lilypad.Hash(p.Sealed)) {
		if err := store.Delete(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Which finds the key that opens a sealed tree.
//
// # Errors
//
// Invalid when none does; those of [storage.ReadTree].
func Which(ctx context.Context, src storage.Getter, sealed lilypad.ContentID, keys ...Key) (Key, error) {
	tree, err := storage.ReadTree(ctx, src, sealed)
	if err != nil {
		return Key{}, err
	}
	for _, k := range keys {
		f, err := tree.Open(ctx, src, file)
		if err != nil {
			return Key{}, &lilypad.Error{Code: lilypad.Invalid, Msg: sealed.String() + " is no sealed tree", Err: err}
		}
		from := &source{r: f}
		if _, err = age.Decrypt(from, k.identity); err == nil {
			return k, nil
		}
		if from.err != nil {
			return Key{}, from.err
		}
	}
	return Key{}, lilypad.Errorf(lilypad.Invalid, "no key opens %s", sealed)
}

// open stores what is inside; the trees' own blocks come last.
func (p Parcel) open(ctx context.Context, store storage.Store, sealed storage.Tree, keys []Key) error {
	if len(keys) == 0 {
		return lilypad.Errorf(lilypad.Invalid, "there is no key to open %s", p.Sealed)
	}
	f, err := sealed.Open(ctx, store, file)
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: p.Sealed.String() + " is no sealed tree", Err: err}
	}
	src := &source{r: f}
	r, err := age.Decrypt(src, identities(keys)...)
	if err != nil {
		return src.blame(err)
	}
	blocks, trees, err := p.heads(r)
	if err != nil {
		return src.blame(err)
	}
	if p.Check != nil {
		if err := p.Check(trees); err != nil {
			return err
		}
	}
	if err := unpack(ctx, store, src, r, chunks(trees)); err != nil {
		return err
	}
	// Only its end tells that nothing was cut off.
	if n, err := io.ReadFull(r, make([]byte, 1)); n > 0 {
		return lilypad.Errorf(lilypad.Invalid, "there is more in %s than its trees", p.Sealed)
	} else if !errors.Is(err, io.EOF) {
		return src.blame(err)
	}
	for _, b := range blocks {
		if _, err := store.Put(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// heads reads the trees and compares them with the ids that they must have.
func (p Parcel) heads(r io.Reader) (blocks [][]byte, trees []storage.Tree, err error) {
	size := uint64(0)
	for _, id := range p.Trees {
		var length [4]byte
		if _, err := io.ReadFull(r, length[:]); err != nil {
			return nil, nil, unopened(err)
		}
		n := binary.BigEndian.Uint32(length[:])
		if n > storage.MaxBlock {
			return nil, nil, lilypad.Errorf(lilypad.Invalid, "a tree of %d bytes in %s: at most %d", n, p.Sealed, storage.MaxBlock)
		}
		block := make([]byte, n)
		if _, err := io.ReadFull(r, block); err != nil {
			return nil, nil, unopened(err)
		}
		if sha256.Sum256(block) != id {
			return nil, nil, lilypad.Errorf(lilypad.Invalid, "%s holds another tree than %s", p.Sealed, id)
		}
		t, err := storage.DecodeTree(block)
		if err != nil {
			return nil, nil, err
		}
		blocks, trees = append(blocks, block), append(trees, t)
	}
	for _, c := range chunks(trees) {
		if size += c.size; size > p.Size {
			return nil, nil, lilypad.Errorf(lilypad.Exhausted, "%s holds more than %d bytes", p.Sealed, p.Size)
		}
	}
	return blocks, trees, nil
}

func unpack(ctx context.Context, store storage.Store, src *source, r io.Reader, all []chunk) error {
	w := storage.NewWriter(ctx, store)
	err := func() error {
		for _, c := range all {
			b, err := w.Buffer()
			if err != nil {
				return err
			}
			if _, err := io.ReadFull(r, b[:c.size]); err != nil {
				return src.blame(err)
			}
			if got := w.Put(b[:c.size]); got != c.id {
				return lilypad.Errorf(lilypad.Invalid, "block %s came with the content of %s", c.id, got)
			}
		}
		return nil
	}()
	return cmp.Or(err, w.Wait())
}

// source tells errors of reading from errors in what was read.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// blame is the store's error, or Invalid for what does not open.
func (s *source) blame(err error) error {
	if s.err != nil {
		return s.err
	}
	if lilypad.CodeOf(err) == lilypad.Exhausted || lilypad.CodeOf(err) == lilypad.Invalid {
		return err
	}
	return unopened(err)
}
