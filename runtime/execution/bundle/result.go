package bundle

import (
	"context"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// MaxResult is more than the executors of this release let a job with such
// needs leave behind, in bytes: its disk, or a gigabyte where it names less,
// and both streams.
func MaxResult(n lilypad.Needs) uint64 {
	return max(uint64(n.DiskMB), 1000)*1_000_000 + streams
}

const (
	streams = 64 << 20
	mostMB  = 10_000
	// MaxBytes is what a job's input files may hold, and what its result: every
	// mediator takes as much, so that no deal is beyond judging.
	MaxBytes = mostMB*1_000_000 + streams
)

// CheckNeeds refuses a job whose result may be above [MaxBytes].
//
// # Errors
//
// Invalid, with a remedy.
func CheckNeeds(n lilypad.Needs) error {
	if MaxResult(n) <= MaxBytes {
		return nil
	}
	return lilypad.Errorf(lilypad.Invalid, "a result may take %d MB of disk: mediators look at no more than %d", n.DiskMB, mostMB).
		Try("let the module ask for less disk")
}

// Fetch brings the two trees of a result from src to dst. What its provider has
// signed must be true of them, and no job with such needs may leave more.
//
// # Errors
//
// Invalid when the size is another, or the plain tree is not the blob without
// stderr: else what is compared would not be what is delivered. Exhausted above
// [MaxResult], and those of [storage.Copy]. Nothing of a tree that is refused
// is fetched but its list of files.
func Fetch(ctx context.Context, dst interface {
	storage.Putter
	storage.Getter
}, src storage.Getter, out lilypad.Outputs, n lilypad.Needs,
) error {
	if err := CheckSize(out, n); err != nil {
		return err
	}
	blob, err := storage.ReadTree(ctx, src, out.Blob)
	if err != nil {
		return err
	}
	plain, err := storage.ReadTree(ctx, src, out.Plain)
	if err != nil {
		return err
	}
	if err := check(blob, plain, out); err != nil {
		return err
	}
	for _, id := range []lilypad.ContentID{out.Plain, out.Blob} {
		if _, err := storage.Copy(ctx, dst, src, id, storage.Limits{}); err != nil {
			return err
		}
	}
	return nil
}

// FetchSealed is Fetch for a result that its provider has sealed.
//
// # Errors
//
// Invalid, too, when no key opens it or it is another than was signed.
func FetchSealed(ctx context.Context, store storage.Store, src storage.Getter, sealed lilypad.ContentID, out lilypad.Outputs, n lilypad.Needs, keys ...sealing.Key) error {
	if err := CheckSize(out, n); err != nil {
		return err
	}
	return sealing.Fetch(ctx, store, src, Parcel(sealed, out), keys...)
}

// Parcel is a sealed result on its way.
func Parcel(sealed lilypad.ContentID, out lilypad.Outputs) sealing.Parcel {
	return sealing.Parcel{
		Sealed: sealed, Trees: []lilypad.ContentID{out.Blob, out.Plain}, Size: out.Size,
		Check: func(trees []storage.Tree) error { return check(trees[0], trees[1], out) },
	}
}

// SealResult seals a result that store has to recipients.
func SealResult(ctx context.Context, store storage.Store, out lilypad.Outputs, to ...lilypad.Hash) (lilypad.ContentID, error) {
	return sealing.Seal(ctx, store, []lilypad.ContentID{out.Blob, out.Plain}, to...)
}

// CheckSize refuses a result that says to be larger than the job may leave.
//
// # Errors
//
// Exhausted.
func CheckSize(out lilypad.Outputs, n lilypad.Needs) error {
	if most := MaxResult(n); out.Size > most {
		return lilypad.Errorf(lilypad.Exhausted, "a result of %d bytes: the job may leave at most %d", out.Size, most)
	}
	return nil
}

// check compares a result's trees with what was signed, and with each other.
func check(blob, plain storage.Tree, out lilypad.Outputs) error {
	if size := blob.Size(); size != out.Size {
		return lilypad.Errorf(lilypad.Invalid, "the result has %d bytes, not %d as signed", size, out.Size)
	}
	compared := slices.DeleteFunc(slices.Clone(blob.Files), func(f storage.File) bool { return f.Path == Stderr })
	if !slices.EqualFunc(compared, plain.Files, sameFile) {
		return lilypad.Errorf(lilypad.Invalid, "the result delivers other files than it lets be compared")
	}
	return nil
}

func sameFile(a, b storage.File) bool {
	return a.Path == b.Path && a.Executable == b.Executable && a.Size == b.Size && slices.Equal(a.Chunks, b.Chunks)
}
