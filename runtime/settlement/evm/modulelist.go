package evm

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/contracts/bindings/modulelist"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

var (
	modulesABI = modulelist.NewModuleList()
	// standingChanged is the signature of the list's one event.
	standingChanged = func() common.Hash {
		abi, err := modulelist.ModuleListMetaData.ParseABI()
		if err != nil {
			panic(err) // the binding is generated from it
		}
		return abi.Events["StandingChanged"].ID
	}()
)

// Standing is what a steward says of a module.
type Standing uint8

// Standings, numbered as the contract does.
const (
	Unlisted Standing = iota // nothing
	Listed
	Blocked // refused in new deals
)

func (s Standing) String() string {
	return [...]string{"unlisted", "listed", "blocked"}[min(s, Blocked)]
}

// MarshalText implements encoding.TextMarshaler.
func (s Standing) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Standing) UnmarshalText(text []byte) error {
	for *s = Unlisted; *s < Blocked && s.String() != string(text); *s++ {
	}
	if s.String() != string(text) {
		return lilypad.Errorf(lilypad.Invalid, "no standing %.20q", text)
	}
	return nil
}

// Listing is a module on the list.
type Listing struct {
	Module   lilypad.ModuleID `json:"module"`
	Standing Standing         `json:"standing"`
	Reason   string           `json:"reason,omitempty"` // a stranger's words; at most 256 bytes
}

// ModuleList is the list of modules that a network's steward keeps on chain.
type ModuleList struct {
	Client *chain.Client
	At     lilypad.Address
}

// Steward is who may change the list.
func (m ModuleList) Steward(ctx context.Context) (lilypad.Address, error) {
	who, err := view(ctx, m.Client, m.At, modulesABI.PackOwner(), modulesABI.UnpackOwner)
	return lilypad.Address(who), err
}

// Standing reads one module's entry.
func (m ModuleList) Standing(ctx context.Context, id lilypad.ModuleID) (Listing, error) {
	out, err := view(ctx, m.Client, m.At, modulesABI.PackStandingOf(id), modulesABI.UnpackStandingOf)
	return Listing{Module: id, Standing: Standing(out.Standing), Reason: out.Reason}, err
}

// Set changes an entry; queue sends for the steward. A block needs a reason.
//
// # Errors
//
// Unauthorized, naming the steward, for anybody else; Invalid for a missing or
// long reason.
func (m ModuleList) Set(ctx context.Context, queue *chain.Queue, l Listing) (settlement.Tx, error) {
	if l.Standing == Blocked && l.Reason == "" || len(l.Reason) > 256 {
		return settlement.Tx{}, lilypad.Errorf(lilypad.Invalid, "a reason of 1 to 256 bytes is needed to block a module").Try("--reason TEXT-OR-URL")
	}
	steward, err := m.Steward(ctx)
	if err != nil {
		return settlement.Tx{}, err
	}
	if steward != queue.Address() {
		return settlement.Tx{}, lilypad.Errorf(lilypad.Unauthorized, "the steward of the module list is %s, not %s", steward, queue.Address()).Try("--key %s", steward)
	}
	return sendTo(ctx, queue, m.At, modulesABI.PackSetStanding(l.Module, uint8(l.Standing), l.Reason))
}

// Changes are what Follow tells.
type Changes struct {
	Listings []Listing    // in order
	Current  bool         // all changes so far are told
	Cursor   chain.Cursor // the place after them
}

// Follow tells every change of the list after a cursor, until ctx ends or fn
// fails. known are the modules of which was told before. After a reorganisation
// entries are told again as they are now.
func (m ModuleList) Follow(ctx context.Context, f *chain.Follower, after chain.Cursor, known []lilypad.ModuleID, fn func(Changes) error) error {
	told := map[lilypad.ModuleID]bool{}
	for _, id := range known {
		told[id] = true
	}
	return f.Follow(ctx, after, func(b chain.Batch) error {
		c := Changes{Current: b.Cursor.Block >= b.Head.Number, Cursor: b.Cursor}
		for i := range b.Logs {
			l, ok, err := m.decode(&b.Logs[i])
			if err != nil {
				return err
			}
			if ok {
				told[l.Module] = true
				c.Listings = append(c.Listings, l)
			}
		}
		if b.Rewound { // what is known may have been said on blocks that are gone
			c.Listings = nil
			for id := range told {
				l, err := m.Standing(ctx, id)
				if err != nil {
					return err
				}
				c.Listings = append(c.Listings, l)
			}
		}
		return fn(c)
	})
}

func (m ModuleList) decode(log *types.Log) (l Listing, ok bool, err error) {
	if lilypad.Address(log.Address) != m.At || len(log.Topics) == 0 || log.Topics[0] != standingChanged {
		return l, false, nil
	}
	v, err := modulesABI.UnpackStandingChangedEvent(log)
	if err != nil {
		return l, false, fmt.Errorf("event of the module list: %w", err)
	}
	return Listing{Module: v.Module, Standing: Standing(min(v.Standing, uint8(Blocked))), Reason: v.Reason}, true, nil
}
