package node_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

// A block is of what runs, by whatever tag it is ordered.
func TestListing_blocksTheSameBytesUnderAnotherTag(t *testing.T) {
	e, err := catalog.Lookup("cowsay", "")
	if err != nil {
		t.Fatal(err)
	}
	cow := e.Module()
	r, err := modules.New(modules.Config{CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	list := []evm.Listing{{Module: lilypad.ModuleID(modules.Digest(cow)), Standing: evm.Blocked, Reason: "it says too much"}}
	for _, tag := range []string{cow.Tag, ""} {
		m := cow
		m.Tag = tag
		if err := r.Verify(t.Context(), m, e.Template); err != nil {
			t.Fatal(err)
		}
		_, err := node.Follows(t.Context(), list, hostapi.RoleSolver, m)
		if lilypad.CodeOf(err) != lilypad.Unauthorized || !strings.Contains(err.Error(), list[0].Reason) {
			t.Errorf("ordered as %q: %v, want a refusal", tag, err)
		}
	}
	list[0].Standing = evm.Listed
	if got, err := node.Follows(t.Context(), list, hostapi.RoleSolver, cow); err != nil || got != hostapi.ListingListed {
		t.Errorf("a listed module is %v, %v", got, err)
	}
	list[0] = evm.Listing{Module: lilypad.ModuleID(modules.Written(cow)), Standing: evm.Blocked, Reason: "it says too much"}
	cow.Image = "example/cow@sha256:" + strings.Repeat("ab", 32) // any image of its tag
	if _, err := node.Follows(t.Context(), list, hostapi.RoleSolver, cow); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("another image of a blocked template: %v, want a refusal", err)
	}
	list[0].Standing = evm.Listed
	if got, err := node.Follows(t.Context(), list, hostapi.RoleSolver, cow); err != nil || got != hostapi.ListingUnlisted {
		t.Errorf("any image of a listed template is %v, %v", got, err)
	}
	cow.Wasm[0]++
	if got, err := node.Follows(t.Context(), list, hostapi.RoleSolver, cow); err != nil || got != hostapi.ListingUnlisted {
		t.Errorf("a module of other bytes is %v, %v", got, err)
	}
}

// Roles ask while the list changes and the chain goes back: none waits for ever,
// and none goes by a block that has left the chain, be it before their eyes or
// while the process was down.
func TestListing_underReadersAndReorganisations(t *testing.T) {
	net := chaintest.Start(t, 1)
	at, err := evm.Deploy(t.Context(), net.Queue(t, net.Keys[0]), evm.Plan{Sink: lilypad.Address{1}, Supply: lilypad.LILY})
	if err != nil {
		t.Fatal(err)
	}
	h := &listingHammer{t: t, net: net, list: evm.ModuleList{Client: net.Client, At: at.Modules}, journal: memory.New()}
	stop := h.start()
	for range 3 {
		undo := h.block()
		h.await(lilypad.Unauthorized)
		undo()
		h.await("")
	}
	undo := h.block()
	h.await(lilypad.Unauthorized)
	stop()
	undo()
	defer h.start()()
	h.await("")
}

// listingHammer is a list with many readers.
type listingHammer struct {
	t       *testing.T
	net     *chaintest.Net
	list    evm.ModuleList
	journal journal.Journal
	listing node.Listing
}

var hammered = lilypad.Module{Name: "cow", Tag: "v1"}

// start follows the list, and asks about it from many sides, until stop.
func (h *listingHammer) start() (stop func()) {
	var err error
	if h.listing, err = node.OpenListing(h.t.Context(), h.journal, h.list.At); err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(h.t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		if err := h.listing.Follow(ctx, h.net.Client); !errors.Is(err, context.Canceled) {
			h.t.Errorf("follow: %v", err)
		}
	})
	for range 8 {
		all.Go(func() {
			for ctx.Err() == nil {
				if _, err := h.listing.Check(ctx, hammered); err != nil && ctx.Err() == nil && lilypad.CodeOf(err) != lilypad.Unauthorized {
					h.t.Errorf("check: %v", err)
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	return func() { cancel(); all.Wait() }
}

// block has the steward block the module; undo makes the chain forget that.
func (h *listingHammer) block() (undo func()) {
	h.t.Helper()
	for h.head()%32 < 4 || h.head()%32 > 16 { // a final block stays: leave room above one
		if err := h.net.Chain.Advance(h.t.Context(), h.now()+1); err != nil {
			h.t.Fatal(err)
		}
	}
	before := h.head()
	queue := chain.NewQueue(chain.QueueConfig{Client: h.net.Client, Key: h.net.Keys[0], Journal: memory.New()})
	stop := chaintest.RunQueue(h.t, queue)
	id := lilypad.ModuleID(modules.Digest(hammered))
	if _, err := h.list.Set(h.t.Context(), queue, evm.Listing{Module: id, Standing: evm.Blocked, Reason: "it says too much"}); err != nil {
		h.t.Fatal(err)
	}
	stop() // or it would send again what the chain forgets
	return func() {
		depth := int(h.head() - before)
		if err := h.net.Chain.Reorganise(h.t.Context(), devchain.Fork{Depth: depth, Blocks: depth + 1, Forget: true}); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *listingHammer) header() chain.Header {
	h.t.Helper()
	head, err := h.net.Client.Head(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return head
}

func (h *listingHammer) head() uint64      { return h.header().Number }
func (h *listingHammer) now() lilypad.Time { return h.header().Time }

// await waits until roles are answered so.
func (h *listingHammer) await(code lilypad.Code) {
	h.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		_, err := h.listing.Check(h.t.Context(), hammered)
		if err == nil && code == "" || err != nil && lilypad.CodeOf(err) == code {
			return
		}
		if time.Now().After(end) {
			h.t.Fatalf("the module is %v, want %q", err, code)
		}
	}
}
