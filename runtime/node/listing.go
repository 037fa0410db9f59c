package node

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// listing is the steward's list of modules on chain, as this process has
// followed it. A nil listing lists nothing. Safe for concurrent use.
type listing struct {
	journal journal.Journal // keeps what is known, and the place in the event log
	at      lilypad.Address
	current chan struct{} // closed when all changes so far are known
	once    sync.Once     // closes current

	mu      sync.Mutex // guards what follows; not held while the journal writes
	entries map[lilypad.ModuleID]evm.Listing
	place   chain.Cursor
}

const (
	// followAgain is how long the list rests after it could not be read.
	followAgain = 5 * time.Second
	// listingTable of the journal has one document for each list's address.
	listingTable = "modules"
	// saveListing is after how many blocks without a change the place is stored.
	saveListing = 1000
)

// followModules follows the network's list of modules, where there is one.
func (n *Node) followModules(ctx context.Context) error {
	if n.Network.Modules.IsZero() {
		return nil
	}
	if n.Network.AllowList != "" {
		return lilypad.Errorf(lilypad.Invalid, "network %s keeps its list of modules on chain: the file %s would not be read", n.Network.Name, n.Network.AllowList).
			Try("lilypad module block, for the steward; or an own list in the configuration file")
	}
	j, err := n.journal(ctx, "listing")
	if err != nil {
		return err
	}
	if n.listing, err = openListing(ctx, j, n.Network.Modules); err != nil {
		return err
	}
	follower := n.Network.follower(n.client, n.Network.Modules, n.Logger)
	n.serve("list of modules", func(ctx context.Context) error {
		for ctx.Err() == nil {
			err := n.listing.follow(ctx, evm.ModuleList{Client: n.client, At: n.Network.Modules}, follower)
			if ctx.Err() != nil {
				break
			}
			n.Logger.Warn("the list of modules cannot be read; what it said holds", "in", followAgain, "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(followAgain):
			}
		}
		return nil
	})
	return nil
}

// listingDocument is what is stored.
type listingDocument struct {
	Place   chain.Cursor  `json:"place"`
	Entries []evm.Listing `json:"entries"`
}

// openListing reads what an earlier process knew of the list at an address.
func openListing(ctx context.Context, j journal.Journal, at lilypad.Address) (*listing, error) {
	l := &listing{journal: j, at: at, current: make(chan struct{}), entries: map[lilypad.ModuleID]evm.Listing{}}
	var stored listingDocument
	err := j.View(ctx, func(r journal.Reader) error {
		text, err := r.Get(listingTable, at.String())
		if err == nil && text != nil {
			err = json.Unmarshal(text, &stored)
		}
		return err
	})
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "the stored list of modules", Remedy: "delete the folder listing of the data folder: it is read from the chain again", Err: err}
	}
	l.place = stored.Place
	for _, e := range stored.Entries {
		l.entries[e.Module] = e
	}
	return l, nil
}

// follow learns from where it last stopped, until ctx ends.
func (l *listing) follow(ctx context.Context, list evm.ModuleList, f *chain.Follower) error {
	known := l.document()
	ids := make([]lilypad.ModuleID, len(known.Entries))
	for i, e := range known.Entries {
		ids[i] = e.Module
	}
	stored := known.Place.Block
	return list.Follow(ctx, f, known.Place, ids, func(c evm.Changes) error {
		l.learn(c)
		if len(c.Listings) == 0 && c.Cursor.Block < stored+saveListing && stored > 0 {
			return nil
		}
		text, err := json.Marshal(l.document())
		if err == nil {
			err = l.journal.Update(ctx, func(w journal.Writer) error { return w.Put(listingTable, l.at.String(), text) })
		}
		stored = c.Cursor.Block
		return err
	})
}

// document is what is known, as it is stored.
func (l *listing) document() (d listingDocument) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d.Place = l.place
	for _, e := range l.entries {
		d.Entries = append(d.Entries, e)
	}
	return d
}

func (l *listing) learn(c evm.Changes) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range c.Listings {
		l.entries[e.Module] = e
	}
	l.place = c.Cursor
	if c.Current {
		l.once.Do(func() { close(l.current) })
	}
}

// of returns what the list says of a module, which it knows by
// [modules.Digest], and blocks by [modules.Written] too; it waits until the list
// is known.
func (l *listing) of(ctx context.Context, m lilypad.Module) (evm.Listing, error) {
	id, written := lilypad.ModuleID(modules.Digest(m)), lilypad.ModuleID(modules.Written(m))
	if l == nil {
		return evm.Listing{Module: id}, nil
	}
	select {
	case <-l.current:
	case <-ctx.Done():
		return evm.Listing{}, &lilypad.Error{Code: lilypad.Unavailable, Msg: "the network's list of modules is not read yet", Err: context.Cause(ctx)}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if e := l.entries[written]; e.Standing == evm.Blocked {
		return e, nil
	}
	return l.entries[id], nil
}

// check refuses a blocked module, and tells plugins what the list says.
func (l *listing) check(ctx context.Context, role hostapi.Role, m lilypad.Module) (hostapi.Listing, error) {
	entry, err := l.of(ctx, m)
	if err != nil {
		return 0, err
	}
	switch entry.Standing {
	case evm.Blocked:
		return 0, lilypad.Errorf(lilypad.Unauthorized, "the %s does not allow module %s: the network's steward has blocked it: %s", role, m.Name+":"+m.Tag, entry.Reason).
			Try("lilypad module standing")
	case evm.Listed:
		return hostapi.ListingListed, nil
	}
	return hostapi.ListingUnlisted, nil
}

// errRead ends a Follow that has read all there is.
var errRead = errors.New("the list is read")

// Standings reads a network's list of modules: what is listed or blocked now.
//
// # Errors
//
// NotFound for a network without one on chain.
func Standings(ctx context.Context, n Network, log *slog.Logger) ([]evm.Listing, error) {
	client, err := n.dialList(ctx, log)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	list := evm.ModuleList{Client: client, At: n.Modules}
	entries := map[lilypad.ModuleID]evm.Listing{}
	err = list.Follow(ctx, n.follower(client, n.Modules, log), chain.Cursor{}, nil, func(c evm.Changes) error {
		for _, l := range c.Listings {
			entries[l.Module] = l
		}
		if c.Current {
			return errRead
		}
		return nil
	})
	if !errors.Is(err, errRead) {
		return nil, err
	}
	out := []evm.Listing{}
	for _, l := range entries {
		if l.Standing != evm.Unlisted {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b evm.Listing) int { return slices.Compare(a.Module[:], b.Module[:]) })
	return out, nil
}

func (n Network) dialList(ctx context.Context, log *slog.Logger) (*chain.Client, error) {
	if n.Modules.IsZero() {
		return nil, lilypad.Errorf(lilypad.NotFound, "network %s keeps no list of modules on chain", n.Name).Try("lilypad module sign-list, for a list in a file")
	}
	return chain.New(ctx, n.chain(log))
}

// SetStanding changes a network's list of modules, as its steward.
//
// # Errors
//
// Unauthorized, naming the steward, for another's key; NotFound for a network
// without a list on chain.
func SetStanding(ctx context.Context, n Network, steward wallet.Account, l evm.Listing, log *slog.Logger) (settlement.Tx, error) {
	if n.Modules.IsZero() {
		_, err := n.dialList(ctx, log)
		return settlement.Tx{}, err
	}
	client, queue, stop, err := openQueue(ctx, n, steward, "", log)
	if err != nil {
		return settlement.Tx{}, err
	}
	defer stop()
	return evm.ModuleList{Client: client, At: n.Modules}.Set(ctx, queue, l)
}
