package reconcile_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad/internal/reconcile"
)

func TestGroup_Wake_neverRunsAKeyTwiceAtOnce(t *testing.T) {
	var running, most, runs atomic.Int32
	g := reconcile.New(slog.New(slog.DiscardHandler), func(ctx context.Context, key int) (time.Duration, error) {
		most.Store(max(most.Load(), running.Add(1)))
		time.Sleep(time.Microsecond)
		running.Add(-1)
		runs.Add(1)
		return 0, nil
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = g.Run(ctx) }()
	var wakers sync.WaitGroup
	for range 8 {
		wakers.Go(func() {
			for range 500 {
				g.Wake(1)
			}
		})
	}
	wakers.Wait()
	before := runs.Load()
	g.Wake(1)
	for runs.Load() == before {
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-done
	if most.Load() != 1 {
		t.Errorf("%d steps of one key ran at once", most.Load())
	}
}

func TestGroup_Run_retriesAfterAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var took []time.Duration
		g := reconcile.New(slog.New(slog.DiscardHandler), func(ctx context.Context, key string) (time.Duration, error) {
			took = append(took, time.Since(start))
			switch len(took) {
			case 1, 2:
				return 0, errors.New("not yet")
			case 3:
				return time.Minute, nil
			}
			return 0, nil
		})
		ctx, cancel := context.WithCancel(t.Context())
		g.Wake("job")
		go func() { time.Sleep(time.Hour); cancel() }()
		if err := g.Run(ctx); err != nil {
			t.Fatal(err)
		}
		want := []time.Duration{0, 250 * time.Millisecond, 750 * time.Millisecond, time.Minute + 750*time.Millisecond}
		if len(took) != len(want) {
			t.Fatalf("ran at %v, want %v", took, want)
		}
		for i := range want {
			if took[i] != want[i] {
				t.Errorf("run %d at %v, want %v", i, took[i], want[i])
			}
		}
	})
}
