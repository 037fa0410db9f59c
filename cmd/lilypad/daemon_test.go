package main

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/lilypad-network/lilypad/internal/cli"
)

// until calls stop once word was written.
type until struct {
	word string
	stop func()

	mu   sync.Mutex // guards text: steps come from several goroutines
	text strings.Builder
}

func (u *until) Write(b []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.text.Write(b)
	if strings.Contains(u.text.String(), u.word) {
		u.stop()
	}
	return len(b), nil
}

func (u *until) String() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.text.String()
}

// startDaemon runs a command until the test ends, and returns what it has
// printed once it serves, which a word in it tells.
func startDaemon(t *testing.T, serving string, args ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a chain")
	}
	ctx, stop := context.WithCancel(t.Context())
	serves, ended := make(chan struct{}), make(chan error, 1)
	out := &until{word: serving, stop: sync.OnceFunc(func() { close(serves) })}
	root := (&app{Printer: &cli.Printer{Out: out, Err: out}}).command()
	root.SetArgs(args)
	go func() { ended <- root.ExecuteContext(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case <-serves:
	case err := <-ended:
		ended <- nil
		t.Fatalf("lilypad %s ends before it serves: %v", args[0], err)
	}
	return out.String()
}

// startLocal keeps a local network running in a data folder.
func startLocal(t *testing.T) (data string) {
	t.Helper()
	data = t.TempDir()
	startDaemon(t, "ready", "up", "--docker", "off", "--data", data)
	return data
}
