package devchain

import (
	"testing"
	"time"
)

// SetStale makes blocks stale sooner, until the test ends. No chain may run.
func SetStale(t *testing.T, d time.Duration) {
	old := stale
	stale = d
	t.Cleanup(func() { stale = old })
}
