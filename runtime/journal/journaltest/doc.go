// Package journaltest is the contract of runtime/journal as a suite. An
// implementation's test calls it and adds only what is its own, such as
// reopening a file.
//
//	journaltest.Run(t, func(t *testing.T) journal.Journal { return memory.New() })
package journaltest
