package node

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// listing is the steward's list of modules on chain, as this process has
// followed it. A nil listing lists nothing.
type listing struct {
	current chan struct{} // closed when all changes so far are known
	once    sync.Once     // closes current

	mu      sync.Mutex // guards entries
	entries map[lilypad.ModuleID]evm.Listing
}

// followAgain is how long the list rests after it could not be read.
const followAgain = 5 * time.Second

// followModules follows the network's list of modules, where there is one.
func (n *Node) followModules(context.Context) error {
	if n.Network.Modules.IsZero() {
		return nil
	}
	if n.Network.AllowList != "" {
		return lilypad.Errorf(lilypad.Invalid, "network %s keeps its list of modules on chain: the file %s would not be read", n.Network.Name, n.Network.AllowList).
			Try("lilypad module block, for the steward; or an own list in the configuration file")
	}
	l := &listing{current: make(chan struct{}), entries: map[lilypad.ModuleID]evm.Listing{}}
	n.listing = l
	list := evm.ModuleList{Client: n.client, At: n.Network.Modules}
	follower := chain.NewFollower(n.client, []lilypad.Address{list.At}, n.Logger)
	n.serve("list of modules", func(ctx context.Context) error {
		for ctx.Err() == nil {
			err := list.Follow(ctx, follower, func(changes []evm.Listing, current bool) error { l.learn(changes, current); return nil })
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

func (l *listing) learn(changes []evm.Listing, current bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range changes {
		l.entries[c.Module] = c
	}
	if current {
		l.once.Do(func() { close(l.current) })
	}
}

// of returns what the list says of a module, which it knows by
// [modules.Digest]; it waits until the list is known.
func (l *listing) of(ctx context.Context, m lilypad.Module) (evm.Listing, error) {
	id := lilypad.ModuleID(modules.Digest(m))
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
	err = list.Follow(ctx, chain.NewFollower(client, []lilypad.Address{n.Modules}, log), func(changes []evm.Listing, current bool) error {
		for _, c := range changes {
			entries[c.Module] = c
		}
		if current {
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
	client, queue, stop, err := openQueue(ctx, n, steward, log)
	if err != nil {
		return settlement.Tx{}, err
	}
	defer stop()
	return evm.ModuleList{Client: client, At: n.Modules}.Set(ctx, queue, l)
}
