package api_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad/runtime/api"
)

// A caller cannot hold streams without end: one more ends another.
func TestHub_boundsTheStreamsOfOneKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := api.NewHub[string]()
		ctx, cancel := context.WithCancel(t.Context())
		var streams sync.WaitGroup
		var mu sync.Mutex
		open := 0
		for range 40 {
			streams.Go(func() {
				mu.Lock()
				open++
				mu.Unlock()
				for range h.Events(ctx, "a", func() []api.Event { return nil }) {
				}
				mu.Lock()
				open--
				mu.Unlock()
			})
		}
		synctest.Wait()
		mu.Lock()
		if open != 16 {
			t.Errorf("%d streams are open, want 16", open)
		}
		mu.Unlock()
		cancel()
		streams.Wait()
		if h.Listening("a") {
			t.Error("ended streams still listen")
		}
	})
}
