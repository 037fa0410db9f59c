package node

import (
	"context"
	"log/slog"
	"os"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/creator"
	"github.com/lilypad-network/lilypad/runtime/journal/sqlite"
	"github.com/lilypad-network/lilypad/runtime/storage/file"
)

// Archive is what a creator has stored, readable while it does not run. The
// caller closes it.
type Archive struct {
	*creator.Creator // only Report and Reports work
	Store            *file.Store
	journal          *sqlite.Journal
}

// OpenArchive opens the creator in a process's data folder. NotFound when
// there never was one.
func OpenArchive(ctx context.Context, dir string) (*Archive, error) {
	c := Config{Dir: dir}
	if _, err := os.Stat(c.dir("creator", "journal.db")); err != nil {
		return nil, lilypad.Errorf(lilypad.NotFound, "no job was ever ordered from %s", dir).Try("lilypad run cowsay:v0.0.4 -i Message=hello")
	}
	j, err := sqlite.Open(ctx, c.dir("creator", "journal.db"))
	if err != nil {
		return nil, err
	}
	store, err := file.Open(c.dir("creator", "blobs"))
	if err != nil {
		_ = j.Close()
		return nil, err
	}
	cr, err := creator.New(ctx, creator.Config{Journal: j, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		_ = j.Close()
		return nil, err
	}
	return &Archive{Creator: cr, Store: store, journal: j}, nil
}

// Close closes the journal.
func (a *Archive) Close() error { return a.journal.Close() }
