package sqlite

import (
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/lilypad-network/lilypad"
)

var (
	errDamaged = errors.New("integrity check")
	errForeign = errors.New("it is another program's database")
	errVersion = errors.New("it was written by another version")
)

// explain turns what SQLite or the disk says into one line with one remedy.
func explain(path string, err error) error {
	e := &lilypad.Error{
		Op: "journal", Code: lilypad.Internal, Msg: "cannot use " + path, Err: err,
		Remedy: "look at the cause, then start again: nothing was changed",
	}
	say := func(code lilypad.Code, msg, remedy string) error {
		e.Code, e.Msg, e.Remedy = code, fmt.Sprintf(msg, path), remedy
		return e
	}
	var fault *sqlite.Error
	code := 0
	if errors.As(err, &fault) {
		code = fault.Code() & 0xff // the rest are details of the same fault
	}
	var denied *fs.PathError
	switch {
	case code == lib.SQLITE_BUSY || code == lib.SQLITE_LOCKED:
		return say(lilypad.Conflict, "%s is in use by another process",
			"stop the other lilypad that uses this data folder, or choose another folder")
	case errors.Is(err, errForeign):
		return say(lilypad.Conflict, "%s is not a lilypad journal", "choose another data folder")
	case errors.Is(err, errVersion):
		return say(lilypad.Conflict, "%s is of another journal version", "run the version of lilypad that wrote it")
	case code == lib.SQLITE_CORRUPT || code == lib.SQLITE_NOTADB || errors.Is(err, errDamaged):
		return say(lilypad.Internal, "%s is damaged",
			"restore it from a backup, or move it away to start empty: deals that were open then end by their deadlines")
	case code == lib.SQLITE_FULL:
		return say(lilypad.Exhausted, "the disk of %s is full", "free some space and start again")
	case code == lib.SQLITE_READONLY || code == lib.SQLITE_CANTOPEN || code == lib.SQLITE_PERM || code == lib.SQLITE_IOERR || errors.As(err, &denied):
		return say(lilypad.Unavailable, "the disk does not let %s be written",
			"make its folder writable for this user, or choose another data folder")
	}
	return e
}
