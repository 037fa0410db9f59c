package api

import (
	"context"
	"encoding/json"
	"iter"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
)

const (
	// hubBuffer is how many events a reader may be behind before its stream is
	// ended; it connects again and is told the state anew.
	hubBuffer = 256
	// maxListeners is how many streams one key may hold; one more ends another.
	maxListeners = 16
	// heartbeatEvery keeps idle streams alive through proxies.
	heartbeatEvery = 30 * time.Second
)

// Hub hands events to whoever listens under a key. A slow listener is cut off
// and never holds up the others. Safe for concurrent use.
type Hub[K comparable] struct {
	mu        sync.Mutex // guards listeners
	listeners map[K]map[chan Event]struct{}
}

// NewHub returns an empty hub.
func NewHub[K comparable]() *Hub[K] {
	return &Hub[K]{listeners: map[K]map[chan Event]struct{}{}}
}

// Publish hands e to the listeners of each key.
func (h *Hub[K]) Publish(e Event, keys ...K) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, k := range keys {
		for ch := range h.listeners[k] {
			select {
			case ch <- e:
			default:
				close(ch)
				delete(h.listeners[k], ch)
			}
		}
	}
}

// Listening tells whether anyone listens under a key.
func (h *Hub[K]) Listening(key K) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.listeners[key]) > 0
}

// Events yields what first returns, then what is published under key and
// heartbeats, until ctx ends or the reader is cut off. first is called after
// listening began, so nothing falls between.
func (h *Hub[K]) Events(ctx context.Context, key K, first func() []Event) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		ch := h.listen(key)
		defer h.leave(key, ch)
		for _, e := range first() {
			if !yield(e) {
				return
			}
		}
		beat := time.NewTicker(heartbeatEvery)
		defer beat.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-beat.C:
				if !yield(Event{Kind: EventHeartbeat}) {
					return
				}
			case e, ok := <-ch:
				if !ok || !yield(e) {
					return
				}
			}
		}
	}
}

func (h *Hub[K]) listen(key K) chan Event {
	ch := make(chan Event, hubBuffer)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.listeners[key] == nil {
		h.listeners[key] = map[chan Event]struct{}{}
	}
	for old := range h.listeners[key] {
		if len(h.listeners[key]) < maxListeners {
			break
		}
		close(old)
		delete(h.listeners[key], old)
	}
	h.listeners[key][ch] = struct{}{}
	return ch
}

func (h *Hub[K]) leave(key K, ch chan Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.listeners[key], ch)
	if len(h.listeners[key]) == 0 {
		delete(h.listeners, key)
	}
}

// Changed is the event that tells a job's parties to read it again.
func Changed(id lilypad.JobID) Event { return Event{Kind: EventChanged, Job: id} }

// WithData returns e carrying v as JSON.
func (e Event) WithData(v any) Event {
	e.Data, _ = json.Marshal(v) // our own types marshal
	return e
}
