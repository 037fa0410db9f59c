package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

// trapVariable has this test binary take the place of lilypad provider, with a
// journal that ends the process at a write: a gate sees none of those.
const trapVariable = "LILYPAD_E2E_JOURNAL_TRAP"

// journalTrap kills its process when it journals something, before that is
// committed or after.
type journalTrap struct {
	Write string // see writes
	Nth   int    // of these since the process began; 1 is the first
	Done  bool
	Seen  string // file of all writes, a line each

	mu sync.Mutex // guards Nth
}

// runTrapped is lilypad provider with those arguments, until a signal or the trap.
func runTrapped(spec string, args []string) error {
	trap := &journalTrap{}
	if err := json.Unmarshal([]byte(spec), trap); err != nil {
		return err
	}
	c, err := trappedConfig(args)
	if err != nil {
		return err
	}
	c.WrapJournal = func(role string, j journal.Journal) journal.Journal {
		if role != c.Providers[0].Name {
			return j // what those keep is the chain's word, and is read again
		}
		return trappedJournal{j, trap}
	}
	lock, held, err := node.TryLock(c.Dir)
	if err != nil || !held {
		return errors.Join(err, fmt.Errorf("folder %s is held: %t", c.Dir, held))
	}
	defer lock.Release() //nolint:errcheck // the process ends and with it the lock
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	n, err := node.Start(ctx, c)
	if err != nil {
		return err
	}
	fmt.Println("serves")
	select {
	case <-ctx.Done():
	case <-n.Done():
	}
	return n.Close()
}

// trappedConfig is what lilypad provider makes of the flags that are used here.
func trappedConfig(args []string) (c node.Config, err error) {
	p := node.ProviderConfig{
		Name: "provider", Deposit: 500 * lilypad.LILY,
		Offer: lilypad.Offer{Slots: 4, Queue: 8, MaxStake: 20 * lilypad.LILY, MaxTimeout: 3600},
	}
	f := flag.NewFlagSet(args[0], flag.ContinueOnError)
	f.StringVar(&c.Dir, "data", "", "")
	f.BoolVar(&p.Pull, "pull", false, "")
	f.StringVar((*string)(&p.Docker), "docker", "", "")
	f.StringVar(&p.DockerHost, "docker-host", "", "")
	f.StringVar((*string)(&p.Faulty), "faulty", string(provider.Honest), "")
	f.Func("network", "", func(file string) (err error) { c.Network, err = node.ReadNetwork(file); return err })
	f.Func("key", "", func(name string) error { p.Key = node.LocalKey(name); return nil })
	f.Func("config", "", func(file string) error {
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return json.Unmarshal(b, &struct{ Admit *node.PluginRef }{&p.Admit})
	})
	f.Func("git-mirror", "", func(s string) error {
		host, url, _ := strings.Cut(s, "=")
		c.Mirrors = map[string]string{host: url}
		return nil
	})
	price, level := f.String("price", "1", ""), slog.LevelInfo
	f.TextVar(&level, "log", level, "")
	if err = f.Parse(args[1:]); err != nil {
		return c, err
	}
	p.Offer.Price, err = lilypad.ParseAmount(*price)
	c.Logger = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	c.Providers = []node.ProviderConfig{p}
	return c, err
}

// trappedJournal is a journal with a trap in it.
type trappedJournal struct {
	journal.Journal
	trap *journalTrap
}

func (j trappedJournal) Update(ctx context.Context, fn func(journal.Writer) error) error {
	var spring bool
	err := j.Journal.Update(ctx, func(w journal.Writer) error {
		writes := &writes{Writer: w}
		if err := fn(writes); err != nil {
			return err
		}
		spring = j.trap.springs(writes.all)
		if spring && !j.trap.Done {
			die()
		}
		return nil
	})
	if spring && err == nil {
		die()
	}
	return err
}

// die ends the process as kill -9 does: nothing is run any more.
func die() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// springs notes what is written and tells whether that is what it waits for.
func (t *journalTrap) springs(writes []string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	f, err := os.OpenFile(t.Seen, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = f.WriteString(strings.Join(append(writes, ""), "\n"))
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		panic(err)
	}
	if slices.Contains(writes, t.Write) {
		t.Nth--
		return t.Nth == 0
	}
	return false
}

// writes names what an update of a provider's journal puts there:
//
//   - of a job its stage, or what it has reached within that: running, when it
//     is stored where it runs; uploaded; or the state of its deal on chain
//   - transaction, one that is to be sent, or mined, one that was
type writes struct {
	journal.Writer
	all []string
}

func (w *writes) Put(table, key string, value []byte) error {
	name, err := nameOf(table, value)
	if err == nil && name != "" {
		w.all = append(w.all, name)
	}
	return errors.Join(err, w.Writer.Put(table, key, value))
}

func nameOf(table string, value []byte) (string, error) {
	var v struct {
		Stage, Handle string        // of a job
		Uploaded      bool          // likewise
		State         lilypad.State // likewise, on chain
		Block         uint64        // of a transaction
	}
	switch table {
	case "provider.job", "transactions":
		if err := json.Unmarshal(value, &v); err != nil {
			return "", err
		}
	}
	switch {
	case table == "transactions" && v.Block > 0:
		return "mined", nil
	case table == "transactions":
		return "transaction", nil
	case table == "provider.job" && v.Stage == "open" && v.Handle != "":
		return "running", nil
	case v.Stage == "delivered" && v.State > lilypad.StateOpen:
		return v.State.String(), nil
	case v.Stage == "delivered" && v.Uploaded:
		return "uploaded", nil
	}
	return v.Stage, nil // empty: only the place in the event log
}
