// Package sqlite keeps a journal in one SQLite file, in pure Go.
//
//	j, err := sqlite.Open(ctx, filepath.Join(dataDir, "journal.db"))
//	if err != nil {
//		return err // a *lilypad.Error with its remedy
//	}
//	defer j.Close()
//
// One process at a time owns the file; beside it lie its write-ahead log and
// an empty lock file, whose lock the system drops when the process dies. The
// log is synced on each commit (synchronous=FULL): an Update that returned
// survives the loss of power as well as kill -9. That costs one sync of the
// disk; see BenchmarkUpdate.
//
// It implements runtime/journal and is imported by runtime/node alone.
package sqlite
