package settlementtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// gain is what a whole deal, from before it opened, left each party with, in
// LILY: price 1000, stakes 400 and 600, late 200, fee 120 (40 each), solver 60.
type gain struct{ Creator, Provider, Solver, Mediators, Sink int64 }

const audited, unaudited = true, false

var paths = []struct {
	name    string
	bps     uint16
	coin    bool // what the audit coin says
	until   lilypad.State
	end     func(*market, *deal) error
	path    settlement.Path
	outcome lilypad.Outcome
	want    gain
}{
	{"receipt while open", 0, unaudited, lilypad.StateOpen, (*market).settle, settlement.PathReceipt, 0, gain{-1060, 1000, 60, 0, 0}},
	{"receipt when submitted", 0, unaudited, lilypad.StateSubmitted, (*market).settle, settlement.PathReceipt, 0, gain{-1060, 1000, 60, 0, 0}},
	{"receipt when challenged", 0, unaudited, lilypad.StateChallenged, (*market).settle, settlement.PathReceipt, 0, gain{-1060, 1000, 60, 0, 0}},
	{"receipt, audits on, coin no", 5000, unaudited, lilypad.StateOpen, (*market).settle, settlement.PathReceipt, 0, gain{-1060, 1000, 60, 0, 0}},
	{"unserved", 0, unaudited, lilypad.StateOpen, expireLate, settlement.PathUnserved, 0, gain{0, -200, 60, 0, 140}},
	{"unjudged", 0, unaudited, lilypad.StateSubmitted, expireLate, settlement.PathUnjudged, 0, gain{-1060, 1000, 60, 0, 0}},
	{"audit dodged", 5000, audited, lilypad.StateSubmitted, expireLate, settlement.PathUnjudged, 0, gain{-1460, 1000, 60, 0, 400}},
	{"unjudged, audits on, coin no", 5000, unaudited, lilypad.StateSubmitted, expireLate, settlement.PathUnjudged, 0, gain{-1460, 1000, 60, 0, 400}},
	{"no reveal", 0, unaudited, lilypad.StateChallenged, expireLate, settlement.PathNoReveal, 0, gain{0, -600, 60, 0, 540}},
	{"upheld after a challenge", 0, unaudited, lilypad.StateDrawn, by(1, 1, 1), settlement.PathResolved, 1, gain{-1460, 1000, 60, 120, 280}},
	{"upheld after an audit", 5000, audited, lilypad.StateDrawn, by(1, 1, 1), settlement.PathResolved, 1, gain{-1180, 1000, 60, 120, 0}},
	{"upheld, challenged though the coin said no", 5000, unaudited, lilypad.StateDrawn, by(1, 1), settlement.PathResolved, 1, gain{-1460, 1000, 60, 80, 320}},
	{"late", 0, unaudited, lilypad.StateDrawn, by(2, 2, 2), settlement.PathResolved, 2, gain{-1120, 940, 60, 120, 0}},
	{"late, two signers", 0, unaudited, lilypad.StateDrawn, by(2, 2), settlement.PathResolved, 2, gain{-1100, 960, 60, 80, 0}},
	{"refund", 0, unaudited, lilypad.StateDrawn, by(3, 3, 3), settlement.PathResolved, 3, gain{-60, -120, 60, 120, 0}},
	{"fraud", 0, unaudited, lilypad.StateDrawn, by(4, 4, 4), settlement.PathResolved, 4, gain{0, -600, 60, 120, 420}},
	{"fraud after an audit", 5000, audited, lilypad.StateDrawn, by(4, 4), settlement.PathResolved, 4, gain{0, -600, 60, 80, 460}},
	{"fraud with a dissenter, who is paid", 0, unaudited, lilypad.StateDrawn, by(1, 4, 4), settlement.PathResolved, 4, gain{0, -600, 60, 120, 420}},
	{"no verdict after a challenge", 0, unaudited, lilypad.StateDrawn, expireLate, settlement.PathNoVerdict, 0, gain{-560, 500, 60, 0, 0}},
	{"no verdict after an audit", 5000, audited, lilypad.StateDrawn, expireLate, settlement.PathNoVerdict, 0, gain{-1060, 1000, 60, 0, 0}},
}

func by(outcomes ...lilypad.Outcome) func(*market, *deal) error {
	return func(m *market, d *deal) error { return m.resolve(d, outcomes...) }
}

func expireLate(m *market, d *deal) error {
	m.late(d)
	return m.expire(d)
}

func (m *market) holdings() gain {
	lily := func(a lilypad.Amount) int64 { return int64(a / lilypad.LILY) }
	g := gain{Creator: lily(m.free(m.creator)), Provider: lily(m.free(m.provider)), Solver: lily(m.free(m.solver)), Sink: lily(m.free(m.fx.Sink))}
	for _, who := range m.panel.Mediators {
		g.Mediators += lily(m.free(who))
	}
	return g
}

func (g gain) since(b gain) gain {
	return gain{g.Creator - b.Creator, g.Provider - b.Provider, g.Solver - b.Solver, g.Mediators - b.Mediators, g.Sink - b.Sink}
}

func testPaths(t *testing.T, m *market) {
	for _, row := range paths {
		t.Run(row.name, func(t *testing.T) {
			m.t = t
			d := m.deal()
			if row.bps > 0 {
				d = m.audits(row.coin)
			}
			before := m.holdings()
			m.reach(d, row.until)
			m.ok(row.end(m, d))
			if diff := cmp.Diff(row.want, m.holdings().since(before)); diff != "" {
				t.Error(diff)
			}
			want := settlement.Status{State: lilypad.StateFinal, Path: row.path, Outcome: row.outcome}
			if diff := cmp.Diff(want, m.status(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
	m.t = t
}

// Each move is legal in the block at its deadline and not in the next; the
// exit is legal from the next on.
func testDeadlines(t *testing.T, m *market) {
	for _, row := range []struct {
		state lilypad.State
		after lilypad.Seconds // the window that began with the state
		move  func(*market, *deal) error
	}{
		{lilypad.StateOpen, 1000, (*market).submit},
		{lilypad.StateSubmitted, 2000, (*market).challenge},
		{lilypad.StateChallenged, 3000, (*market).reveal},
		{lilypad.StateDrawn, 4000, by(1, 1)},
	} {
		t.Run(row.state.String(), func(t *testing.T) {
			m.t = t
			onTime, tooLate := m.deal(), m.deal()
			m.reach(onTime, row.state)
			head, err := m.as(m.stranger).Head(m.ctx())
			m.ok(err)
			if got, want := m.status(onTime).Deadline, head.Time+lilypad.Time(row.after); got != want {
				t.Errorf("deadline %d, want %d", got, want)
			}
			m.justInTime(onTime)
			m.wantCode(m.expire(onTime), lilypad.Conflict)
			m.ok(row.move(m, onTime))

			m.reach(tooLate, row.state)
			m.late(tooLate)
			m.wantCode(row.move(m, tooLate), lilypad.Conflict)
			m.ok(m.expire(tooLate))
		})
	}
	m.t = t
}

// A receipt has no deadline, beats a challenge, and loses to a draw.
func testReceiptWins(t *testing.T, m *market) {
	for _, state := range []lilypad.State{lilypad.StateOpen, lilypad.StateSubmitted, lilypad.StateChallenged} {
		d := m.deal()
		m.reach(d, state)
		m.late(d)
		if err := m.settle(d); err != nil {
			t.Errorf("settle a deal that is %s and late: %v", state, err)
		}
		m.wantCode(m.expire(d), lilypad.Conflict)
	}
	d := m.deal()
	m.reach(d, lilypad.StateDrawn)
	m.wantReason(m.settle(d), settlement.ReasonState)
	m.ok(m.resolve(d, 4, 4))
	m.wantReason(m.settle(d), settlement.ReasonState)
}

func testAuditCoin(t *testing.T, m *market) {
	yes := m.audits(true)
	m.reach(yes, lilypad.StateOpen)
	m.wantReason(m.settle(yes), settlement.ReasonAudit)
	m.ok(m.submit(yes))
	m.wantReason(m.settle(yes), settlement.ReasonAudit)
	m.ok(m.challenge(yes))
	m.wantReason(m.settle(yes), settlement.ReasonAudit)
	m.ok(m.reveal(yes))
	m.ok(m.resolve(yes, 1, 1))
}

// What has happened cannot happen again, and nothing happens out of turn.
func testRepeats(t *testing.T, m *market) {
	moves := []struct {
		name string
		from lilypad.State
		do   func(*market, *deal) error
	}{
		{"open", lilypad.StateNone, (*market).open},
		{"submit", lilypad.StateOpen, (*market).submit},
		{"challenge", lilypad.StateSubmitted, (*market).challenge},
		{"reveal", lilypad.StateChallenged, (*market).reveal},
		{"resolve", lilypad.StateDrawn, by(3, 3)},
	}
	d := m.deal()
	for step := range len(moves) + 1 {
		before := m.status(d)
		for i, move := range moves {
			if i == step {
				continue
			}
			if err := move.do(m, d); lilypad.CodeOf(err) != lilypad.Conflict {
				t.Errorf("%s while %s: error %v, want conflict", move.name, before.State, err)
			}
		}
		if step == 0 || step == len(moves) {
			m.wantCode(m.expire(d), lilypad.Conflict)
			m.wantReason(m.settle(d), settlement.ReasonState)
		}
		if diff := cmp.Diff(before, m.status(d)); diff != "" {
			t.Error(diff)
		}
		if step < len(moves) {
			m.ok(moves[step].do(m, d))
		}
	}
}

func (m *market) wantReason(err error, reason string) {
	m.t.Helper()
	if err == nil || err.Error() != reason {
		m.t.Errorf("got %v, want it skipped because %s", err, reason)
	}
}
