package pluginhost_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

func hostTime(now uint64) lilypad.Time { return lilypad.Time(now) }

// numbered is a plugin that answers with its number.
func numbered(n int32) pluginhost.Source { return source(honest(store(16, n)...)) }

// number asks the plugin of a slot for its number.
func number(t *testing.T, s *pluginhost.Slot) uint64 {
	t.Helper()
	p, release, err := s.Acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	got, err := p.Allow(context.Background(), 7, seven)
	if err != nil {
		t.Fatal(err)
	}
	return got[0].Arg0
}

func TestSlot_Reload_takesTheNextVersion(t *testing.T) {
	h, ctx := newHost(t, pluginhost.Config{}), context.Background()
	s, err := h.NewSlot(ctx, numbered(1))
	if err != nil {
		t.Fatal(err)
	}
	old, release, err := s.Acquire()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Reload(ctx, numbered(2)); err != nil {
		t.Fatal(err)
	}
	if n := number(t, s); n != 2 {
		t.Errorf("version %d answers, want 2", n)
	}
	wantAllowed(t, old) // who has it keeps it
	release()
	release()
	_, err = old.Allow(ctx, 7, seven)
	wantRefusal(t, err, pluginhost.RuleClosed, "")

	err = s.Reload(ctx, source(honest().with(guestFunc{export: "_initialize", body: unreachable})))
	wantRefusal(t, err, pluginhost.RuleTrap, "_initialize")
	if !strings.Contains(err.Error(), "guest@1.0.0 goes on") {
		t.Errorf("%v does not say what goes on", err)
	}
	if n := number(t, s); n != 2 {
		t.Errorf("version %d answers, want the last good one, 2", n)
	}
	s.Close()
	if _, _, err := s.Acquire(); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("a closed slot: %v, want unavailable", err)
	}
	if err := s.Reload(ctx, numbered(3)); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("a closed slot reloads: %v", err)
	}
}

// Calls, reloads, unloading and the end, all at once.
func TestSlot_hammer(t *testing.T) {
	h, err := pluginhost.New(pluginhost.Config{CacheDir: cache, Calls: 3, Idle: 1})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := h.NewSlot(ctx, numbered(1))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for {
				p, release, err := s.Acquire()
				if err != nil {
					return
				}
				got, err := p.Allow(ctx, 7, []hostapi.Module{module})
				release()
				if err != nil && lilypad.CodeOf(err) != lilypad.Unavailable {
					t.Errorf("got %v, %v", got, err)
				}
			}
		})
	}
	for n := range int32(30) {
		src := numbered(n%3 + 1)
		if n%5 == 4 {
			src = source(honest().with(guestFunc{export: "_initialize", body: unreachable}))
		}
		if err := s.Reload(ctx, src); (err != nil) != (n%5 == 4) {
			t.Errorf("reload %d: %v", n, err)
		}
	}
	s.Close()
	wg.Wait()
	if err := h.Close(); err != nil {
		t.Error(err)
	}
}
