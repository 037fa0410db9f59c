package file

import (
	"context"
	"os"

	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Stage writes a block as PutBlock does before it commits it.
func Stage(s *Store, b storage.Block) (Write, error) {
	f, err := os.CreateTemp(s.tmp(), "put-*")
	if err != nil {
		return Write{}, err
	}
	_, err = f.Write(b.Bytes())
	return Write{f, s.path(b.ID())}, err
}

// Write is what is committed.
type Write = write

// From is the temporary file.
func (w write) From() *os.File { return w.from }

// Commit makes writes durable.
func Commit(s *Store, writes ...Write) []error { return s.commit(context.Background(), writes) }
