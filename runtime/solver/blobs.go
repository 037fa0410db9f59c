package solver

import (
	"context"
	"encoding/json"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

const (
	tableBlocks = "solver.block" // by block: who stored it and when it was last wanted
	tableUsage  = "solver.usage" // by caller: bytes
	sweepEvery  = time.Hour
)

// blobs passes bytes between parties that cannot reach each other, on the
// account of who stored them first.
type blobs struct {
	storage.Store
	*Solver
}

var _ api.Blobs = blobs{}

// blockEntry accounts for a stored block.
type blockEntry struct {
	ID     lilypad.Hash    `json:"-"` // its key
	Caller lilypad.Address `json:"caller"`
	Size   int64           `json:"size"`
	Seen   int64           `json:"seen"` // wall clock, seconds since the Unix epoch
}

// Blobs is the solver's store as callers see it.
func (s *Solver) Blobs() api.Blobs { return blobs{s.Store, s} }

// PutBlock stores a block on the caller's account. One that is already here
// costs nothing and is kept for another full retention.
//
// # Errors
//
// Exhausted when the caller's quota is used up, Invalid for a block that is
// too large.
func (b blobs) PutBlock(ctx context.Context, caller lilypad.Address, block storage.Block) error {
	if err := storage.CheckBlock(block.Bytes()); err != nil {
		return err
	}
	entry := blockEntry{ID: block.ID(), Caller: caller, Size: int64(len(block.Bytes())), Seen: time.Now().Unix()}
	if err := b.accounts.Do(ctx, entry); err != nil {
		return err
	}
	return storage.PutBlock(ctx, b.Store, block)
}

// Has tells who would store a block whether it is here for half the retention
// to come, at least: else storing it again renews it.
func (b blobs) Has(ctx context.Context, id lilypad.Hash) (has bool, err error) {
	if has, err = b.Store.Has(ctx, id); !has || err != nil {
		return false, err
	}
	err = b.Journal.View(ctx, func(r journal.Reader) error {
		var e blockEntry
		found, err := getJSON(r, tableBlocks, id.String(), &e)
		has = !found || e.Seen >= time.Now().Add(-b.Retention/2).Unix()
		return err
	})
	return has, err
}

// GetBlock implements [storage.BlockGetter].
func (b blobs) GetBlock(ctx context.Context, id lilypad.Hash) (storage.Block, error) {
	return storage.GetBlock(ctx, b.Store, id)
}

// account registers blocks in one transaction. One that is above its caller's
// quota leaves the others be.
func (s *Solver) account(ctx context.Context, entries []blockEntry) []error {
	errs := make([]error, len(entries))
	err := s.Journal.Update(ctx, func(w journal.Writer) error {
		for i, entry := range entries {
			if errs[i] = s.register(w, entry); errs[i] != nil && lilypad.CodeOf(errs[i]) != lilypad.Exhausted {
				return errs[i]
			}
		}
		return nil
	})
	if err != nil {
		for i := range errs {
			errs[i] = err
		}
	}
	return errs
}

func (s *Solver) register(w journal.Writer, entry blockEntry) error {
	var old blockEntry
	if found, err := getJSON(w, tableBlocks, entry.ID.String(), &old); err != nil {
		return err
	} else if found {
		entry.Caller = old.Caller
	} else if err := charge(w, entry.Caller, entry.Size, s.Quota); err != nil {
		return err
	}
	return putJSON(w, tableBlocks, entry.ID.String(), entry)
}

// charge adds n bytes, or takes them away, within the quota.
func charge(w journal.Writer, caller lilypad.Address, n, quota int64) error {
	var used int64
	if _, err := getJSON(w, tableUsage, caller.String(), &used); err != nil {
		return err
	}
	if n > 0 && used+n > quota {
		return lilypad.Errorf(lilypad.Exhausted, "%s has stored %d of its %d bytes at this solver", caller, used, quota).
			Try("wait until older jobs' files are removed")
	}
	return putJSON(w, tableUsage, caller.String(), max(used+n, 0))
}

// sweep removes blocks that nobody has wanted for the retention.
func (s *Solver) sweep(ctx context.Context) error {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := s.sweepOnce(ctx, time.Now().Add(-s.Retention).Unix()); err != nil {
				s.Logger.Warn("old blocks were not removed", "error", err)
			}
		}
	}
}

func (s *Solver) sweepOnce(ctx context.Context, before int64) error {
	var old []string
	if err := s.Journal.View(ctx, func(r journal.Reader) error {
		return r.Scan(tableBlocks, "", func(key string, v []byte) bool {
			var e blockEntry
			if json.Unmarshal(v, &e) == nil && e.Seen < before {
				old = append(old, key)
			}
			return true
		})
	}); err != nil {
		return err
	}
	for _, key := range old {
		var id lilypad.Hash
		if err := id.UnmarshalText([]byte(key)); err != nil {
			return err
		}
		if err := s.Journal.Update(ctx, func(w journal.Writer) error {
			var e blockEntry
			if found, err := getJSON(w, tableBlocks, key, &e); err != nil || !found || e.Seen >= before {
				return err // it was wanted again meanwhile
			}
			// Inside the transaction, since PutBlock registers a block in one
			// before it stores it: so neither undoes the other.
			if err := s.Store.Delete(ctx, id); err != nil {
				return err
			}
			if err := charge(w, e.Caller, -e.Size, s.Quota); err != nil {
				return err
			}
			return w.Delete(tableBlocks, key)
		}); err != nil {
			return err
		}
	}
	return nil
}

// getJSON reads a document into v and tells whether it was there.
func getJSON(r journal.Reader, table, key string, v any) (bool, error) {
	b, err := r.Get(table, key)
	if err != nil || b == nil {
		return false, err
	}
	return true, json.Unmarshal(b, v)
}
