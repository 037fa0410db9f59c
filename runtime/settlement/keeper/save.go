package keeper

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

const (
	tableDeals = "patrol.deal"
	tableMeta  = "patrol.meta"
	keyBook    = "book"
	// saveEvery is after how many blocks what events told is stored: a crash
	// before has them read again.
	saveEvery = 1000
)

// book is what a patrol keeps beside the deals.
type book struct {
	Place settlement.Cursor `json:"place"`
	Day   lilypad.Time      `json:"day"`   // of block time
	Spent uint64            `json:"spent"` // gas on that day, for others
	Of    []lilypad.Address `json:"of"`    // whose deals are watched; none: everybody's

	saved uint64 // block
	dirty map[lilypad.JobID]struct{}
}

func (b *book) changed(id lilypad.JobID) {
	if b.dirty == nil {
		b.dirty = map[lilypad.JobID]struct{}{}
	}
	b.dirty[id] = struct{}{}
}

func (p *Patrol) load(ctx context.Context) error {
	var damaged error
	err := p.Journal.View(ctx, func(r journal.Reader) error {
		v, err := r.Get(tableMeta, keyBook)
		if err != nil || v == nil {
			return err
		}
		if damaged = json.Unmarshal(v, &p.book); damaged != nil {
			return nil
		}
		p.saved = p.Place.Block
		return r.Scan(tableDeals, "", func(_ string, v []byte) bool {
			d := new(watched)
			damaged = json.Unmarshal(v, d)
			p.deals[d.Job] = d
			return damaged == nil
		})
	})
	p.begin()
	if err == nil && damaged != nil {
		err = &lilypad.Error{Code: lilypad.Internal, Msg: "the patrol's journal is damaged", Remedy: "delete it: the chain tells all of it again", Err: damaged}
	}
	return err
}

// begin has the chain tell all of it again where other deals were watched so far.
func (p *Patrol) begin() {
	var of []lilypad.Address
	for _, a := range p.Accounts {
		if p.Gas < gasOfExit {
			of = append(of, a.Address())
		}
	}
	if slices.Equal(of, p.Of) {
		return
	}
	p.Of, p.Place, p.saved = of, settlement.Cursor{}, 0
	for id := range p.deals {
		p.forget(id)
	}
}

func (p *Patrol) saveSometimes(ctx context.Context) error {
	if p.Place.Block >= p.saved && p.Place.Block < p.saved+saveEvery {
		return nil
	}
	return p.save(ctx)
}

// save stores what has changed and the place after it, together.
func (p *Patrol) save(ctx context.Context) error {
	err := p.Journal.Update(context.WithoutCancel(ctx), func(w journal.Writer) error {
		for id := range p.dirty {
			d := p.deals[id]
			if d == nil {
				if err := w.Delete(tableDeals, id.String()); err != nil {
					return err
				}
			} else if err := put(w, tableDeals, id.String(), d); err != nil {
				return err
			}
		}
		return put(w, tableMeta, keyBook, p.book)
	})
	if err == nil {
		p.saved = p.Place.Block
		clear(p.dirty)
	}
	return err
}

func put(w journal.Writer, table, key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.Put(table, key, b)
}
