package e2e_test

import (
	"encoding/json"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// telling is a story on its way to a point.
type telling struct {
	*gatedMarket
	p     point
	s     story
	input string
	run   *run            // nil: nothing is ordered yet
	trap  <-chan struct{} // closed when the point is reached
	deal  *nextDeal
	pass  func() // called while the point is awaited
}

// ordered sets the trap and orders the job.
func ordered(t *testing.T, l *telling) {
	t.Helper()
	l.trap = l.arm(t, l.p.at)
	l.place(t)
}

// place orders the job and waits for the moment away, if the story has one.
func (l *telling) place(t *testing.T) {
	t.Helper()
	var alone *trap
	if l.s.away.role != "" {
		alone = l.gateOf(l.s.away).arm(l.s.away)
	}
	l.run = l.order(t, append(slices.Clone(l.s.order), "-i", l.input)...)
	if alone == nil {
		return
	}
	l.await(t, l.s.away, alone.sprung)
	for _, name := range l.s.roles {
		l.roles[name].kill(t)
	}
	if l.s.shown != nil {
		l.s.shown(t, l)
	}
	l.gateOf(l.s.away).release()
	if l.deal != nil {
		l.pass = func() { l.deal.moveTime(t) }
	}
}

// await waits until a trap has sprung, and calls pass meanwhile.
func (l *telling) await(t *testing.T, at moment, sprung <-chan struct{}) {
	t.Helper()
	for late := time.After(jobWithin); ; {
		select {
		case <-sprung:
			return
		case <-late:
			t.Errorf("%s never came by: %s", at.role, at.calls)
			if l.run != nil {
				report, code := l.run.end(t)
				t.Logf("the job ended %s, exit code %d: %s", report.State, code, report.Reason)
			}
			t.FailNow()
		case <-time.After(20 * time.Millisecond):
			l.pass()
		}
	}
}

// runOut ends an open deal that nobody serves.
func runOut(t *testing.T, l *telling) {
	t.Helper()
	nodes.Until(t, "the deal is not open", func() bool { return l.deal.moveTime(t) })
}

// expire has a signed deal run out before the solver opens it.
func expire(t *testing.T, l *telling) {
	t.Helper()
	l.place(t)
	l.roles[l.p.victim].kill(t)
	l.advance(t, time.Hour+time.Second, 1)
	l.trap = l.arm(t, l.p.at)
}

// lapse waits until the provider knows that, and no block can open the deal.
func lapse(t *testing.T, l *telling) {
	t.Helper()
	p := l.roles[l.p.victim]
	nodes.Until(t, "the deal does not lapse", func() bool {
		r, err := node.ReadProviderReport(l.folder(l.p.victim))
		return err == nil && r.PID == p.cmd.Process.Pid && len(r.Providers[0].Duties) == 0
	})
	const final = 64 // blocks on it, in an embedded chain
	l.advance(t, time.Second, final)
}

// expireAndAsk has the job of such a deal proposed again.
func expireAndAsk(t *testing.T, l *telling) {
	t.Helper()
	l.place(t)
	l.roles[l.p.victim].kill(t)
	l.advance(t, time.Hour+time.Second, 1)
	l.roles[l.p.victim].start(t)
	lapse(t, l)
	l.trap = l.arm(t, l.p.at)
	l.roles["solver"].start(t)
}

// advance moves block time on, so far in each of so many blocks.
func (m *gatedMarket) advance(t *testing.T, by time.Duration, blocks int) {
	t.Helper()
	n, err := node.ReadNetwork(m.network)
	if err != nil {
		t.Fatal(err)
	}
	client, err := chain.New(t.Context(), chain.Config{URL: n.RPC, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	head, err := client.Head(t.Context())
	for i := range blocks {
		if err == nil {
			err = client.Advance(t.Context(), head.Time+lilypad.Time(by/time.Second)*lilypad.Time(i+1))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// drainAway has the provider drain while its deal is not open yet, by a command
// that waits for the end of it.
func drainAway(t *testing.T, l *telling) {
	t.Helper()
	command := &process{
		name: "drain", args: []string{"provider", "drain", "--wait", "--data", l.folder(l.p.victim)},
		log: l.folder("drain.log"), out: l.folder("drain.out"), ready: func() bool {
			r, err := node.ReadProviderReport(l.folder(l.p.victim))
			return err == nil && r.Draining
		},
	}
	command.start(t)
	command.kill(t) // nothing hangs on its waiting
}

// drained wants a provider that was told to drain to have done so, over its
// death, and has it take jobs again.
func drained(t *testing.T, l *telling) {
	t.Helper()
	l.drained(t)
	l.undrain(t)
}

func (l *telling) drained(t *testing.T) {
	t.Helper()
	f := execute(t, "provider", "drain", "--wait", "--json", "--data", l.folder(l.p.victim))
	var is struct{ State string }
	if err := json.Unmarshal([]byte(f.out), &is); err != nil || f.code != 0 || is.State != "drained" {
		t.Fatalf("it is %q, %v, exit code %d: %s", is.State, err, f.code, f.err)
	}
}

func (l *telling) undrain(t *testing.T) {
	t.Helper()
	if f := execute(t, "provider", "drain", "--undo", "--data", l.folder(l.p.victim)); f.code != 0 {
		t.Fatalf("it does not take jobs again: %s", f.err)
	}
}

// undrain has a provider that is drained take jobs again.
func undrain(t *testing.T, l *telling) {
	t.Helper()
	l.drained(t)
	l.trap = l.arm(t, l.p.at)
	l.undrain(t)
}

// join starts a provider for the first time, up to the point.
func join(t *testing.T, l *telling) {
	t.Helper()
	l.trap = l.arm(t, l.p.at)
	l.roles[l.p.victim].start(t)
}

// renewed is a provider that joined long ago.
func renewed(t *testing.T, l *telling) {
	t.Helper()
	l.trap = l.early[l.p.victim]
}

// leave ends a provider that was needed for one story.
func leave(t *testing.T, l *telling) {
	t.Helper()
	l.roles[l.p.victim].stop(t)
	delete(l.roles, l.p.victim)
}
