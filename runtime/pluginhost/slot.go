package pluginhost

import (
	"context"
	"fmt"
	"sync"
)

// Slot holds the current version of a plugin. Its source can change while
// calls are made: each call keeps the version that it began with. Safe for
// concurrent use.
type Slot struct {
	host *Host

	reload sync.Mutex // one reload at a time; taken before mu

	mu      sync.Mutex // guards what follows
	current *version   // nil after Close
}

// version is a plugin with those who use it; the slot is one of them.
type version struct {
	plugin *Plugin
	users  int // guarded by Slot.mu
}

// NewSlot loads the first version.
//
// # Errors
//
// A [Refusal].
func (h *Host) NewSlot(ctx context.Context, src Source) (*Slot, error) {
	p, err := h.Load(ctx, src)
	if err != nil {
		return nil, err
	}
	return &Slot{host: h, current: &version{p, 1}}, nil
}

// Acquire returns the current version, and what is to be called when it is
// not used any more. The version stays open until then.
//
// # Errors
//
// A [Refusal] once the slot is closed.
func (s *Slot) Acquire() (p *Plugin, release func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.current
	if v == nil {
		return nil, nil, &Refusal{Plugin: "of a slot", Rule: RuleClosed, Msg: "it was closed"}
	}
	v.users++
	return v.plugin, sync.OnceFunc(func() { s.leave(v) }), nil
}

// leave takes a user away; the last one closes the version.
func (s *Slot) leave(v *version) {
	s.mu.Lock()
	v.users--
	last := v.users == 0
	s.mu.Unlock()
	if last {
		v.plugin.Close()
	}
}

// Reload loads another version beside the current one, and takes it from then
// on. Callers who have the old one keep it until they release it.
//
// # Errors
//
// A [Refusal], which says which version goes on: the current one.
func (s *Slot) Reload(ctx context.Context, src Source) error {
	s.reload.Lock()
	defer s.reload.Unlock()
	old, release, err := s.Acquire()
	if err != nil {
		return err
	}
	defer release()
	p, err := s.host.Load(ctx, src)
	if err != nil {
		return fmt.Errorf("%s goes on: %w", old.program, err)
	}
	s.swap(&version{p, 1})
	return nil
}

// Close closes the slot. The version is closed when nobody uses it.
func (s *Slot) Close() {
	s.reload.Lock()
	defer s.reload.Unlock()
	s.swap(nil)
}

// swap puts another version in the place of the current one. The caller holds
// reload.
func (s *Slot) swap(v *version) {
	s.mu.Lock()
	old := s.current
	s.current = v
	s.mu.Unlock()
	if old != nil {
		s.leave(old)
	}
}
