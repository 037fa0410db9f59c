package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// drainMarket is a network with a provider in a process of its own, which is
// the cheapest, and another.
type drainMarket struct {
	t       *testing.T
	config  node.Config // of the cheap provider
	cheap   *node.Node
	lock    node.Lock
	creator *api.CreatorClient
}

func newDrainMarket(t *testing.T) *drainMarket {
	if testing.Short() {
		t.Skip("starts a chain")
	}
	t.Parallel() // it mostly waits
	network, err := node.Local(t.TempDir(), node.LocalOptions{Providers: 1, Mediators: node.MinMediators, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	n := nodes.Start(t, network)
	m := &drainMarket{t: t, creator: api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))}
	own := network.Providers[0]
	own.Name, own.Key, own.Offer.Price = "provider", node.LocalKey("provider-2"), lilypad.LILY/2
	m.config = node.Config{Dir: t.TempDir(), Network: n.Network, Providers: []node.ProviderConfig{own}}
	m.start()
	t.Cleanup(func() { _ = m.lock.Release() })
	return m
}

// start runs the cheap provider as a daemon does.
func (m *drainMarket) start() {
	m.t.Helper()
	var held bool
	var err error
	if m.lock, held, err = node.TryLock(m.config.Dir); err != nil || !held {
		m.t.Fatal(held, err)
	}
	m.cheap = nodes.Start(m.t, m.config)
}

func (m *drainMarket) stop() {
	m.t.Helper()
	if err := m.cheap.Close(); err != nil {
		m.t.Fatal(err)
	}
	if err := m.lock.Release(); err != nil {
		m.t.Fatal(err)
	}
}

// cutShort runs a command until it tells what it waits for, as Ctrl-C does.
func (m *drainMarket) cutShort(args ...string) error {
	ctx, stop := context.WithCancel(m.t.Context())
	defer stop()
	out := &until{word: "not paid or decided yet", stop: stop}
	root := (&app{Printer: &cli.Printer{Out: out, Err: out}}).command()
	root.SetArgs(append(args, "--data", m.config.Dir))
	return root.ExecuteContext(ctx)
}

func (m *drainMarket) order(o api.Order) lilypad.JobID {
	m.t.Helper()
	o.Scheme = "optimistic"
	r, err := m.creator.Order(m.t.Context(), o)
	if err != nil {
		m.t.Fatal(err)
	}
	return r.Job
}

func (m *drainMarket) until(what string, job lilypad.JobID, come func(api.Report) bool) (r api.Report) {
	m.t.Helper()
	nodes.Until(m.t, what, func() bool {
		var err error
		if r, err = m.creator.Report(m.t.Context(), job); err != nil {
			m.t.Fatal(err)
		}
		return come(r)
	})
	return r
}

// paidTo waits for the end of a job and tells who had it.
func (m *drainMarket) paidTo(job lilypad.JobID) lilypad.Address {
	m.t.Helper()
	r := m.until("the job is not paid", job, func(r api.Report) bool { return r.Done })
	if r.State != "paid" {
		m.t.Fatalf("the job ended as %s: %s", r.State, r.Reason)
	}
	return r.Provider
}

// A job that runs when its provider is drained is run to its end and paid; new
// ones go to another, over a restart too, until the provider takes jobs again.
func TestProvider_drain(t *testing.T) {
	m := newDrainMarket(t)
	cheap, other := node.LocalKey("provider-2").Address(), node.LocalKey("provider-1").Address()
	dir := m.config.Dir
	long := m.order(api.Order{Module: "render:v0.1.0", Inputs: map[string]string{"Width": "320", "Height": "200", "Samples": "6"}, Target: cheap})
	m.until("the job does not run", long, func(r api.Report) bool { return r.State == "running" })

	if err := m.cutShort("provider", "drain", "--wait"); !errors.Is(err, context.Canceled) {
		t.Errorf("a wait that is cut short ends with %v", err)
	}
	if now := must[drained](t, dir, "provider", "drain"); !now.Running || now.State == "serving" || !now.Draining {
		t.Errorf("asked to drain, it tells %+v", now)
	}
	now := must[drained](t, dir, "provider", "drain", "--wait")
	if now.State != "drained" || len(now.Providers) != 1 || len(now.Providers[0].Duties) > 0 {
		t.Errorf("when the wait is over it tells %+v", now)
	}
	l, stop, err := node.ReadLedger(t.Context(), m.cheap.Network, m.cheap.Logger)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if s, err := l.Status(t.Context(), long); err != nil || s.State != lilypad.StateFinal {
		t.Errorf("the deal is %v, %v; want it paid when drain returns", s.State, err)
	}
	if who := m.paidTo(long); who != cheap {
		t.Errorf("the long job was of %s", who)
	}
	if who := m.paidTo(m.order(cow(lilypad.Address{}))); who != other {
		t.Errorf("a new job went to %s, which is drained", who)
	}

	m.stop()
	if out, _, err := lily(t, dir, "provider", "drain"); err != nil || !strings.Contains(out, "does not run") {
		t.Errorf("of one that is stopped it tells %q, %v", out, err)
	}
	m.start()
	if now := must[drained](t, dir, "provider", "drain", "--wait"); now.State != "drained" {
		t.Errorf("after a restart it is %s", now.State)
	}
	if who := m.paidTo(m.order(cow(lilypad.Address{}))); who != other {
		t.Errorf("after a restart a new job went to %s", who)
	}

	if now := must[drained](t, dir, "provider", "drain", "--undo"); now.State != "serving" {
		t.Errorf("after --undo it is %s", now.State)
	}
	nodes.Until(t, "its offer does not come back", func() bool {
		net, err := api.NewSolverClient(m.cheap.Network.SolverURL, m.cheap.Network.Solver, nil).Network(t.Context())
		return err == nil && len(net.Offers) == 2
	})
	if who := m.paidTo(m.order(cow(cheap))); who != cheap {
		t.Errorf("after --undo a job went to %s", who)
	}
}

func TestProvider_drain_refuses(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		says string
		code lilypad.Code
	}{
		"a folder of no provider":   {nil, "no provider has run", lilypad.NotFound},
		"a wait that waits for nil": {[]string{"--undo", "--wait"}, "nothing to wait for", lilypad.Invalid},
		"a word too many":           {[]string{"now"}, "now", lilypad.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := lily(t, filepath.Join(t.TempDir(), "data"), append([]string{"provider", "drain"}, c.args...)...)
			if err == nil || !strings.Contains(err.Error(), c.says) || lilypad.CodeOf(err) != c.code || lilypad.RemedyOf(err) == "" {
				t.Errorf("error %v (%s), try %q", err, lilypad.CodeOf(err), lilypad.RemedyOf(err))
			}
		})
	}
}
