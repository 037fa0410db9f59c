package node_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// fakeFetcher is an engine whose registry is away at first.
type fakeFetcher struct {
	execution.Executor
	mu      sync.Mutex
	away    int
	fetched []string
}

func (f *fakeFetcher) have() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.fetched)
}

func (f *fakeFetcher) Fetch(_ context.Context, image string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.away--; f.away >= 0 {
		return errors.New("registry does not answer")
	}
	f.fetched = append(f.fetched, image)
	return nil
}

var (
	plain     = []byte(`{"job": {"Spec": {"Docker": {"Image": "a/b:1"}}}}`)
	withModel = []byte(`{"wasm": "tool.wasm", "models": [{"url": "https://models.example.org/w", "sha256": "` + strings.Repeat("ab", 32) + `", "bytes": 7, "path": "/models/w"}]}`)
)

// An owner's modules are warm on each of its machines, although a registry was
// away or a tag moves.
func TestPrePull_keepsModulesWarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := &fakeFetcher{}, &fakeFetcher{away: 1}
		var moved atomic.Bool
		resolve := func(_ context.Context, ref string) (lilypad.Module, []byte, error) {
			switch {
			case ref == "gone:v1":
				return lilypad.Module{}, nil, lilypad.Errorf(lilypad.NotFound, "no such module")
			case ref == "cow:wasm":
				return lilypad.Module{}, withModel, nil
			case moved.Load():
				return lilypad.Module{Image: "moved"}, plain, nil
			}
			return lilypad.Module{Image: "first"}, plain, nil
		}
		var mu sync.Mutex
		var models []string
		model := func(_ context.Context, m lilypad.Model) error {
			mu.Lock()
			defer mu.Unlock()
			models = append(models, m.URL)
			return nil
		}
		machines := []fleet.Machine{
			{Executors: map[lilypad.Engine]execution.Executor{lilypad.EngineDocker: near, lilypad.EngineWasm: nil}},
			{Executors: map[lilypad.Engine]execution.Executor{lilypad.EngineDocker: far}},
		}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		done := make(chan error, 1)
		go func() {
			done <- node.PrePull(ctx, []string{"gone:v1", "cow:wasm", "cow:latest"}, resolve, model, machines, slog.New(slog.DiscardHandler))
		}()
		time.Sleep(time.Minute)
		synctest.Wait()
		if diff := cmp.Diff([]string{"first"}, near.have()); diff != "" || len(far.have()) > 0 {
			t.Errorf("%s, %v", diff, far.have())
		}
		mu.Lock()
		if diff := cmp.Diff([]string{"https://models.example.org/w"}, models); diff != "" {
			t.Error(diff)
		}
		mu.Unlock()
		moved.Store(true)
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if diff := cmp.Diff([]string{"moved"}, far.have()); diff != "" {
			t.Error(diff)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
