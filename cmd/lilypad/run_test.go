package main

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
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

func TestRun_tellsWhyAJobWaits(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a local network")
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	out := &until{word: "why: provider 0x", stop: stop}
	root := (&app{Printer: &cli.Printer{Out: out, Err: out}}).command()
	nobody := "0x" + strings.Repeat("1", 40)
	root.SetArgs([]string{"run", "cowsay:v0.0.4", "-i", "Message=moo", "--target", nobody, "--docker", "off", "--data", t.TempDir()})
	err := root.ExecuteContext(ctx)
	if lilypad.CodeOf(err) != lilypad.Timeout || !strings.Contains(err.Error(), "is waiting and rests") {
		t.Errorf("it ended with %v", err)
	}
	if text := out.text.String(); !strings.Contains(text, out.word) || !strings.Contains(text, "would match with target of 0x") {
		t.Errorf("it printed\n%s", text)
	}
}
