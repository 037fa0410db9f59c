package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad/runtime/journal"
)

const (
	applicationID = 0x4c494c59 // "LILY"
	schemaVersion = 1
	page          = 256 // rows that Scan reads at a time
)

// Journal is a journal.Journal in a file.
type Journal struct {
	path   string
	lock   *sql.DB
	reads  *sql.DB
	writes *sql.DB // one connection: SQLite has one writer, so they queue here
}

var _ journal.Journal = (*Journal)(nil)

// Open opens the journal at path and makes it, with its folder, if it is not
// there. It reads the whole file once to check it.
//
// # Errors
//
// Always a *lilypad.Error with a remedy: Conflict when another process has the
// file open or it belongs to something else, Internal when it is damaged,
// Unavailable when the disk refuses.
func Open(ctx context.Context, path string) (*Journal, error) {
	j := &Journal{path: path}
	if err := j.open(ctx); err != nil {
		j.Close()
		return nil, explain(path, err)
	}
	return j, nil
}

func (j *Journal) open(ctx context.Context) (err error) {
	if err := os.MkdirAll(filepath.Dir(j.path), 0o700); err != nil {
		return err
	}
	if err := writable(filepath.Dir(j.path)); err != nil {
		return err
	}
	if j.lock, err = dial(j.path+".lock", ""); err != nil {
		return err
	}
	if _, err := j.lock.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil { // held until its idle connection is closed
		return err
	}
	const durable = "&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
	if j.writes, err = dial(j.path, durable+"&_txlock=immediate"); err != nil {
		return err
	}
	j.writes.SetMaxOpenConns(1)
	if err := j.prepare(ctx); err != nil {
		return err
	}
	j.reads, err = dial(j.path, "&_pragma=busy_timeout(10000)&_pragma=query_only(1)")
	return err
}

// prepare makes the schema in an empty file and checks it in any other.
func (j *Journal) prepare(ctx context.Context) error {
	var id, version, tables int
	for _, q := range []struct {
		into  *int
		query string
	}{
		{&id, "PRAGMA application_id"},
		{&version, "PRAGMA user_version"},
		{&tables, "SELECT count(*) FROM sqlite_schema"},
	} {
		if err := j.writes.QueryRowContext(ctx, q.query).Scan(q.into); err != nil {
			return err
		}
	}
	switch {
	case id == 0 && tables == 0:
		_, err := j.writes.ExecContext(ctx, fmt.Sprintf(`BEGIN IMMEDIATE;
			CREATE TABLE documents (tab TEXT, key TEXT, value BLOB NOT NULL, PRIMARY KEY (tab, key)) WITHOUT ROWID;
			PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT`, applicationID, schemaVersion))
		return err
	case id != applicationID:
		return errForeign
	case version != schemaVersion:
		return errVersion
	}
	var found string
	if err := j.writes.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, found)
	}
	t, err := j.writes.BeginTx(ctx, nil) // a file that is read-only says so here
	if err != nil {
		return err
	}
	return t.Rollback()
}

// writable tells a read-only folder from a lock that is taken: SQLite calls
// both busy.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

func dial(path, options string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: "mode=rwc" + options}
	return sql.Open("sqlite", name.String())
}

func (j *Journal) View(ctx context.Context, fn func(journal.Reader) error) error {
	return j.run(ctx, j.reads, func(t *tx) error { return fn(t) })
}

func (j *Journal) Update(ctx context.Context, fn func(journal.Writer) error) error {
	return j.run(ctx, j.writes, func(t *tx) error { return fn(t) })
}

func (j *Journal) run(ctx context.Context, db *sql.DB, fn func(*tx) error) error {
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return j.fault(ctx, err)
	}
	defer func() { _ = t.Rollback() }() // a no-op after Commit
	if err := fn(&tx{ctx, j, t}); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return j.fault(ctx, err)
	}
	return nil
}

// fault explains an error of SQLite, but a cancelled context is just that.
func (j *Journal) fault(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return explain(j.path, err)
}

// Close waits for what runs and writes the log back into the file.
func (j *Journal) Close() error {
	var errs []error
	for _, db := range []*sql.DB{j.reads, j.writes, j.lock} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if err := errors.Join(errs...); err != nil {
		return explain(j.path, err)
	}
	return nil
}

type tx struct {
	ctx context.Context
	j   *Journal
	*sql.Tx
}

func (t *tx) Get(table, key string) ([]byte, error) {
	v := []byte{}
	err := t.QueryRowContext(t.ctx, "SELECT value FROM documents WHERE tab = ? AND key = ?", table, key).Scan(&v)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, t.j.fault(t.ctx, err)
	}
	return append([]byte{}, v...), nil // an empty blob is scanned as nil
}

// Scan reads a page and lets go of it before it calls fn, so that fn may write.
func (t *tx) Scan(table, from string, fn func(string, []byte) bool) error {
	for op := ">="; ; op = ">" {
		rows, err := t.page(table, op, from)
		if err != nil {
			return t.j.fault(t.ctx, err)
		}
		for _, r := range rows {
			if !fn(r.key, r.value) {
				return nil
			}
			from = r.key
		}
		if len(rows) < page {
			return nil
		}
	}
}

type row struct {
	key   string
	value []byte
}

func (t *tx) page(table, op, from string) (out []row, err error) {
	rows, err := t.QueryContext(t.ctx, "SELECT key, value FROM documents WHERE tab = ? AND key "+op+" ? ORDER BY key LIMIT ?", table, from, page)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		r := row{}
		if err := rows.Scan(&r.key, &r.value); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func (t *tx) Put(table, key string, value []byte) error {
	return t.exec("INSERT INTO documents VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
		table, key, append([]byte{}, value...)) // nil would be NULL
}

func (t *tx) Delete(table, key string) error {
	return t.exec("DELETE FROM documents WHERE tab = ? AND key = ?", table, key)
}

func (t *tx) exec(query string, args ...any) error {
	if _, err := t.ExecContext(t.ctx, query, args...); err != nil {
		return t.j.fault(t.ctx, err)
	}
	return nil
}
