package memory

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/lilypad-network/lilypad/runtime/journal"
)

// Journal is a journal.Journal in memory.
type Journal struct {
	// mu is held for reading during a View and for writing during an Update.
	mu     sync.RWMutex
	tables tables
}

// tables never hold a slice that a caller has seen; a nil value is a deletion
// in a transaction's layer.
type tables map[string]map[string][]byte

var _ journal.Journal = (*Journal)(nil)

// New returns an empty journal.
func New() *Journal { return &Journal{tables: tables{}} }

func (j *Journal) View(ctx context.Context, fn func(journal.Reader) error) error {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return fn(&tx{base: j.tables})
}

func (j *Journal) Update(ctx context.Context, fn func(journal.Writer) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &tx{base: j.tables, layer: tables{}}
	if err := fn(t); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for name, rows := range t.layer {
		into := j.tables.table(name)
		maps.Copy(into, rows)
		maps.DeleteFunc(into, func(_ string, v []byte) bool { return v == nil })
	}
	return nil
}

// Close does nothing: what was stored is gone with the last reference.
func (j *Journal) Close() error { return nil }

func (t tables) table(name string) map[string][]byte {
	if t[name] == nil {
		t[name] = map[string][]byte{}
	}
	return t[name]
}

// tx is a layer of changes over the committed tables.
type tx struct{ base, layer tables }

func (t *tx) Get(table, key string) ([]byte, error) {
	if v, ok := t.layer[table][key]; ok {
		return slices.Clone(v), nil
	}
	return slices.Clone(t.base[table][key]), nil
}

func (t *tx) Scan(table, from string, fn func(string, []byte) bool) error {
	rows := maps.Clone(t.base[table])
	if rows == nil {
		rows = map[string][]byte{}
	}
	maps.Copy(rows, t.layer[table])
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		if v := rows[key]; v != nil && key >= from && !fn(key, slices.Clone(v)) {
			break
		}
	}
	return nil
}

func (t *tx) Put(table, key string, value []byte) error {
	t.layer.table(table)[key] = append([]byte{}, value...)
	return nil
}

func (t *tx) Delete(table, key string) error {
	t.layer.table(table)[key] = nil
	return nil
}
