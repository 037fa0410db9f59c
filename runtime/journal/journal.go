package journal

import "context"

// Journal stores documents by table and key. Safe for concurrent use;
// updates are serial. The owner closes it.
type Journal interface {
	// View runs fn on a consistent snapshot.
	View(ctx context.Context, fn func(Reader) error) error
	// Update runs fn and commits what it wrote, durably and all at once, if it
	// returns nil; else nothing changes and Update returns fn's error. fn must
	// wait for nothing and must not begin another transaction.
	Update(ctx context.Context, fn func(Writer) error) error
	Close() error
}

// Reader reads documents. The slices it returns are the caller's. It is valid
// until the function that was given it returns.
type Reader interface {
	// Get returns nil, nil for a key that is not there.
	Get(table, key string) ([]byte, error)
	// Scan calls fn in ascending order of keys from the first one ≥ from,
	// until it returns false. fn may change the table: a key it deletes ahead
	// may still be shown, one it adds may be left out.
	Scan(table, from string, fn func(key string, value []byte) (more bool)) error
}

// Writer also changes them.
type Writer interface {
	Reader
	// Put stores a copy of value; an empty one is stored as such.
	Put(table, key string, value []byte) error
	// Delete removes a key; one that is not there is no error.
	Delete(table, key string) error
}
