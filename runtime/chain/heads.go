package chain

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad"
)

// heads is the one subscription to new blocks. Its goroutine lives from
// newHeads to close.
type heads struct {
	client *Client
	cancel context.CancelFunc
	done   chan struct{}

	mu       sync.Mutex // guards all below
	last     Header
	watchers map[chan Header]struct{}
}

const (
	pollBehindEvents = 15 * time.Second
	pollAlone        = 5 * time.Second
)

func newHeads(c *Client) *heads {
	ctx, cancel := context.WithCancel(context.Background())
	h := &heads{client: c, cancel: cancel, done: make(chan struct{}), watchers: map[chan Header]struct{}{}}
	go h.run(ctx)
	return h
}

func (h *heads) close() {
	h.cancel()
	<-h.done
}

func (h *heads) watch() (<-chan Header, func()) {
	ch := make(chan Header, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watchers[ch] = struct{}{}
	if h.last != (Header{}) {
		ch <- h.last
	}
	return ch, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watchers, ch)
	}
}

// publish tells every watcher of a head that is new, or of any head where the
// connection is: what was sent before it broke may be lost.
func (h *heads) publish(head Header, reconnected bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if head == h.last && !reconnected {
		return
	}
	h.last = head
	for ch := range h.watchers {
		select {
		case <-ch:
		default:
		}
		ch <- head
	}
}

func (h *heads) run(ctx context.Context) {
	defer close(h.done)
	for pause := firstPause; ctx.Err() == nil; pause = min(2*pause, longestWait) {
		start := time.Now()
		err := h.follow(ctx)
		if ctx.Err() != nil {
			return
		}
		h.client.cfg.Log.Warn("block events interrupted", "err", err)
		if time.Since(start) > longestWait {
			pause = firstPause
		}
		sleep(ctx, pause)
	}
}

// follow publishes heads until the connection breaks. The poll is the safety
// net under the subscription, and all there is over plain HTTP.
func (h *heads) follow(ctx context.Context) error {
	events := make(chan wireHeader, 64)
	var broken <-chan error
	period := pollBehindEvents
	attempt, cancel := context.WithTimeout(ctx, firstTimeout)
	sub, err := h.client.rpc.EthSubscribe(attempt, events, "newHeads")
	cancel() // of the request, not of the subscription
	switch {
	case err == nil:
		defer sub.Unsubscribe()
		broken = sub.Err()
	case errors.Is(err, rpc.ErrNotificationsUnsupported):
		period = pollAlone
	default:
		return err
	}
	if h.client.cfg.Poll != 0 {
		period = h.client.cfg.Poll
	}
	poll := time.NewTicker(period)
	defer poll.Stop()
	for reconnected := true; ; reconnected = false {
		head, err := h.client.Head(ctx)
		if err != nil {
			return err
		}
		h.publish(head, reconnected)
		for waiting := true; waiting; {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case err := <-broken:
				return &lilypad.Error{Code: lilypad.Unavailable, Msg: "block subscription", Err: err}
			case event := <-events:
				// One below the last waited here while the head was asked for.
				if next := event.header(); next.Number >= head.Number {
					head = next
					h.publish(head, false)
				}
			case <-poll.C:
				waiting = false
			}
		}
	}
}
