package bundle

import (
	"context"
	"crypto/sha256"
	"io"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// ReadClaim reads what a result says of its run in steps: the root of its trace,
// and what its files come to.
//
// # Errors
//
// NotFound for a result without a trace, Invalid for one that no run in steps
// leaves, and those of reading it.
func ReadClaim(ctx context.Context, src storage.Getter, out lilypad.Outputs) (bisection.Claim, error) {
	var c bisection.Claim
	t, err := storage.ReadTree(ctx, src, out.Plain)
	if err != nil {
		return c, err
	}
	root, err := readFile(ctx, src, t, Trace, 66)
	if err != nil {
		return c, err
	}
	if err := c.Trace.UnmarshalText(root); err != nil {
		return c, err
	}
	r := bisection.Result{OutOfMemory: out.Status == lilypad.StatusOutOfMemory}
	if r.ExitCode, err = ReadExitCode(ctx, src, out.Plain); err != nil {
		return c, err
	}
	if out.Status == lilypad.StatusTimedOut || (out.Status == lilypad.StatusSucceeded) != (r.ExitCode == 0) {
		return c, lilypad.Errorf(lilypad.Invalid, "a job that %s with exit code %d did not run in steps to its end", out.Status, r.ExitCode)
	}
	for _, f := range t.Files {
		if f.Path == Trace || f.Path == ExitCode {
			continue
		}
		sum, err := hashFile(ctx, src, t, f.Path)
		if err != nil {
			return c, err
		}
		if f.Path == Stdout {
			r.Stdout = sum
		} else {
			r.Files = append(r.Files, bisection.File{Path: f.Path, Sum: sum})
		}
	}
	c.Output = r.Hash()
	return c, nil
}

func hashFile(ctx context.Context, src storage.Getter, t storage.Tree, path string) (h lilypad.Hash, err error) {
	r, err := t.Open(ctx, src, path)
	if err != nil {
		return h, err
	}
	w := sha256.New()
	_, err = io.Copy(w, r)
	w.Sum(h[:0])
	return h, err
}
