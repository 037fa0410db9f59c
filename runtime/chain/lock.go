package chain

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"github.com/lilypad-network/lilypad"
)

// LockKey claims the transactions of an account on a network for this process,
// with a file in dir: a folder of all processes that might have the key, made
// if need be. network is a file name that no other network has; holder tells
// who is refused who has the claim. The claim ends with unlock, which the caller
// must keep, or with the process.
//
// # Errors
//
// Conflict, naming the holder, for an account that is claimed; Unavailable for
// a folder that cannot be written to.
func LockKey(dir, network string, account lilypad.Address, holder string) (unlock func() error, err error) {
	path := filepath.Join(dir, network+"-"+account.String()+".lock")
	file := flock.New(path)
	err = alone(dir, func() error {
		switch held, err := file.TryLock(); {
		case err != nil:
			return err
		case !held:
			return lilypad.Errorf(lilypad.Conflict, "%s sends transactions as %s", holderOf(path), account).
				Try("stop it, or use another key")
		}
		if err := os.WriteFile(path, []byte(holder+"\n"), 0o600); err != nil {
			return errors.Join(err, file.Unlock())
		}
		return nil
	})
	if err != nil {
		if lilypad.CodeOf(err) == lilypad.Conflict {
			return nil, err
		}
		return nil, &lilypad.Error{Code: lilypad.Unavailable, Msg: "lock " + account.String(), Err: err}
	}
	return func() error {
		return alone(dir, func() error {
			_ = os.Remove(path) // a file that stays binds nobody
			return file.Unlock()
		})
	}, nil
}

// alone runs fn while no other process opens, locks or removes a lock in dir:
// a file that another removes must not be locked after all.
func alone(dir string, fn func() error) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	all := flock.New(filepath.Join(dir, "all.lock"))
	if err := all.Lock(); err != nil {
		return err
	}
	return errors.Join(fn(), all.Unlock())
}

// holderOf reads what the process with the claim wrote.
func holderOf(path string) string {
	text, err := os.ReadFile(path)
	if holder := strings.TrimSpace(string(text)); err == nil && holder != "" {
		return holder
	}
	return "another process"
}
