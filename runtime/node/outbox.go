package node

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/journal/sqlite"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

// Outbox is the folder in which a person's commands keep what they have signed,
// so that one which is cut short loses nothing and sends nothing twice. Empty: in
// memory, for what does no harm when it is done again.
type Outbox string

// open opens what is kept for an account of a network. The caller closes it.
func (o Outbox) open(ctx context.Context, n Network, account lilypad.Address) (journal.Journal, error) {
	if o == "" {
		return memory.New(), nil
	}
	j, err := sqlite.Open(ctx, o.file(n, account))
	if lilypad.CodeOf(err) == lilypad.Conflict {
		return nil, &lilypad.Error{Code: lilypad.Conflict, Msg: "another command sends as " + account.String(), Remedy: "wait until it has ended", Err: err}
	}
	if err != nil {
		return nil, err
	}
	return j, nil
}

func (o Outbox) file(n Network, account lilypad.Address) string {
	return filepath.Join(string(o), fmt.Sprintf("%d-%s-%s.db", n.ChainID, n.Settlement, account))
}

// Unfinished is a transaction of a command that was cut short before it was told
// what became of it.
type Unfinished struct {
	chain.Stored
	Does string `json:"does"` // in words
}

// Status tells how it stands.
func (u Unfinished) Status() string {
	if u.Refused != "" {
		return "given up, as nodes refuse it for good: " + u.Refused
	}
	if u.Block > 0 {
		return fmt.Sprintf("mined in block %d", u.Block)
	}
	return "perhaps not sent yet"
}

// Unfinished lists what is left of commands that were cut short. One that still
// runs is left out.
//
// # Errors
//
// Internal for a damaged file, which it names.
func (o Outbox) Unfinished(ctx context.Context) (out []Unfinished, err error) {
	files, err := os.ReadDir(string(o))
	if errors.Is(err, fs.ErrNotExist) || o == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if filepath.Ext(file.Name()) != ".db" {
			continue
		}
		left, err := unfinished(ctx, filepath.Join(string(o), file.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, left...)
	}
	return out, nil
}

// UnfinishedOf lists those of one account on a network, whatever became of the
// files of others.
//
// # Errors
//
// Those of Unfinished.
func (o Outbox) UnfinishedOf(ctx context.Context, n Network, account lilypad.Address) ([]Unfinished, error) {
	file := o.file(n, account)
	if _, err := os.Stat(file); o == "" || errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return unfinished(ctx, file)
}

func unfinished(ctx context.Context, file string) (out []Unfinished, err error) {
	stored, err := readStored(ctx, file)
	if lilypad.CodeOf(err) == lilypad.Conflict {
		return nil, nil
	}
	if err != nil && lilypad.CodeOf(err) == lilypad.Internal {
		err = &lilypad.Error{
			Code: lilypad.Internal, Msg: "what commands have signed is not known", Err: err,
			Remedy: "look at what the account has sent, then move " + file + " away",
		}
	}
	if err != nil {
		return nil, err
	}
	for _, s := range stored {
		if s.Open {
			out = append(out, Unfinished{s, evm.Describe(s.Call)})
		}
	}
	return out, nil
}

func readStored(ctx context.Context, file string) ([]chain.Stored, error) {
	j, err := sqlite.Open(ctx, file)
	if err != nil {
		return nil, err
	}
	defer j.Close()
	return chain.ReadStored(ctx, j)
}
