package node

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

// DrainFile is in the data folder of a process whose providers are to take no
// new jobs; ProvidersFile is where the process tells where they stand.
const (
	DrainFile     = "drain.json"
	ProvidersFile = "providers.json"
)

// ProviderReport tells where the providers of a running process stand.
type ProviderReport struct {
	PID       int                `json:"pid"`
	Written   time.Time          `json:"written"`
	Draining  bool               `json:"draining"` // as the process has seen
	Drained   bool               `json:"drained"`  // all of them: it may be stopped
	Providers []ProviderStanding `json:"providers"`
}

// ProviderStanding is one provider of a process.
type ProviderStanding struct {
	Name    string          `json:"name"`
	Address lilypad.Address `json:"address"`
	provider.Standing
}

// providers are those of a process.
type providers struct {
	changed chan struct{} // has a token when the report is out of date
	all     []named       // guarded by Node.mu
}

type named struct {
	name string
	*provider.Provider
}

// SetDrain asks the providers of a data folder to take no new jobs, or to take
// them again; the one that runs there and those that will.
//
// # Errors
//
// NotFound when no provider has run in the folder, Conflict when it cannot be
// written to.
func SetDrain(dir string, on bool) error {
	entries, err := os.ReadDir(dir) // a missing folder has none
	ran := slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		_, err := os.Stat(filepath.Join(dir, e.Name(), "journal.db"))
		return strings.HasPrefix(e.Name(), "provider") && err == nil
	})
	if err != nil || !ran {
		return lilypad.Errorf(lilypad.NotFound, "no provider has run with the data folder %s", dir).Try("name its folder with --data; that of lilypad up is the folder local in yours")
	}
	path := filepath.Join(dir, DrainFile)
	if on {
		if _, err := os.Stat(path); err == nil {
			return nil // since then
		}
		err = writeJSON(path, map[string]time.Time{"since": time.Now().UTC()})
	} else if err = os.Remove(path); errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "data folder", Remedy: "run this as the user of the provider", Err: err}
	}
	return nil
}

// Draining tells whether the providers of a data folder are asked to take no
// new jobs.
func Draining(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, DrainFile))
	return err == nil
}

// ReadProviderReport reads where the providers of a data folder stand.
//
// # Errors
//
// NotFound when none runs there, Unavailable when a process holds the folder
// and does not tell: it begins, or ends.
func ReadProviderReport(dir string) (r ProviderReport, err error) {
	err = readReport(dir, ProvidersFile, "runs a provider", &r)
	if lilypad.CodeOf(err) == lilypad.NotFound && taken(dir) {
		err = lilypad.Errorf(lilypad.Unavailable, "the process that holds %s does not tell where its providers stand", dir).Try("wait until it runs")
	}
	return r, err
}

// readReport reads what the process of a data folder tells of itself.
func readReport(dir, name, does string, to any) error {
	none := lilypad.Errorf(lilypad.NotFound, "no process in %s %s", dir, does)
	text, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) || err == nil && !taken(dir) { // it crashed
		return none
	}
	if err == nil {
		err = json.Unmarshal(text, to)
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "report " + name, Err: err}
	}
	return nil
}

// taken tells whether a process holds a data folder.
func taken(dir string) bool {
	lock, held, err := TryLock(dir)
	if held {
		_ = lock.Release()
	}
	return err == nil && !held
}

// lookEvery is the safety net under a folder whose changes nobody tells.
const lookEvery = 2 * time.Second

// FollowFolder calls fn at once and whenever a file of a folder may have
// changed, until it returns false or ctx ends.
func FollowFolder(ctx context.Context, dir string, fn func() bool) error {
	var events chan fsnotify.Event
	var failures chan error
	if w, err := fsnotify.NewWatcher(); err == nil {
		defer w.Close()
		if w.Add(dir) == nil {
			events, failures = w.Events, w.Errors
		}
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for fn() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-events:
		case <-failures: //nolint:errcheck // the tick finds what was lost
		case <-tick.C:
		}
	}
	return nil
}

// followDrain does what the drain file says, and tells where the providers stand.
func (n *Node) followDrain(context.Context) error {
	if len(n.Providers) == 0 {
		return nil
	}
	n.serve("drain", func(ctx context.Context) error {
		err := FollowFolder(ctx, n.Dir, func() bool {
			on := Draining(n.Dir)
			for _, p := range n.providers.all { // no role starts any more
				p.Drain(on)
			}
			return true
		})
		if ctx.Err() != nil {
			return nil
		}
		return err
	})
	n.serve("provider report", n.reportProviders)
	n.providers.touch()
	return nil
}

const reportPause = 500 * time.Millisecond

// reportProviders writes the report when it changes, until ctx ends.
func (n *Node) reportProviders(ctx context.Context) error {
	path := n.dir(ProvidersFile)
	var told []byte
	for {
		select {
		case <-ctx.Done():
			_ = os.Remove(path) // absent if it was never written
			return nil
		case <-n.providers.changed:
		}
		r := n.ProviderReport()
		now, err := json.Marshal(r)
		if err == nil && string(now) == string(told) {
			continue
		}
		told = now
		r.PID, r.Written = os.Getpid(), time.Now().UTC()
		if err := writeJSON(path, r); err != nil {
			n.Logger.Warn("the report on providers is not written", "error", err)
		}
		select { // a busy provider changes all the time
		case <-ctx.Done():
		case <-time.After(reportPause):
		}
	}
}

// ProviderReport tells where the providers of the node stand.
func (n *Node) ProviderReport() ProviderReport {
	r := ProviderReport{Draining: Draining(n.Dir), Drained: true}
	n.mu.Lock()
	all := slices.Clone(n.providers.all)
	n.mu.Unlock()
	slices.SortFunc(all, func(a, b named) int { return cmp.Compare(a.name, b.name) })
	for _, p := range all {
		s := p.Standing()
		r.Drained, r.Draining = r.Drained && s.Drained(), r.Draining && s.Draining
		r.Providers = append(r.Providers, ProviderStanding{p.name, p.Key.Address(), s})
	}
	return r
}

// stand has a provider appear in the report.
func (n *Node) stand(name string, p *provider.Provider) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.providers.all = append(n.providers.all, named{name, p})
}

func (p *providers) touch() {
	select {
	case p.changed <- struct{}{}:
	default: // it will be written anyway
	}
}
