// Package journal is the durable state of a role: small documents in named
// tables, changed in transactions, read back after a crash.
//
// It knows nothing of jobs or deals; each role owns its tables. sqlite keeps
// them in one file, memory in a map; journaltest is their suite. It imports
// nothing of the project, and every role may import it.
//
//	err := j.Update(ctx, func(w journal.Writer) error {
//		return w.Put("deals", id.String(), document)
//	})
package journal
