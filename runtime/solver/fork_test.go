package solver_test

import (
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Whatever a reorganisation takes away is done again from what was signed, and
// every deal ends as it would have ended.
func TestSolver_rightsItselfAfterAReorganisation(t *testing.T) {
	for _, lost := range []string{"open", "submit", "challenge", "draw", "receipt", "verdict"} {
		for _, down := range []bool{false, true} {
			name := lost
			if down {
				name += " while it was down"
			}
			t.Run(name, func(t *testing.T) {
				bubble(t, func(t *testing.T) { losesAndRights(t, lost, down) })
			})
		}
	}
}

func losesAndRights(t *testing.T, lost string, down bool) {
	m, p := newMarket(t), providers(1)[0]
	m.join(p, 100)
	id := m.post()
	var back func()
	reach := func(step string) {
		if step == lost {
			back = m.bank.Fork()
		}
	}
	reach("open")
	m.take(p, id)
	doubted := lost == "submit" || lost == "challenge" || lost == "draw" || lost == "verdict"
	var facts settlement.Facts
	if doubted {
		facts = m.disputeBy(id, p, reach)
		reach("verdict")
		if lost == "verdict" {
			m.decide(id)
		}
	} else {
		reach("receipt")
		m.finish(id, p)
	}
	if down {
		m.stop()
	}
	back()
	if down {
		m.start()
		m.listen(p)
	}
	time.Sleep(time.Minute)
	m.settle()
	want := map[string]api.Phase{
		"open": api.PhaseFinal, "receipt": api.PhaseFinal, "submit": api.PhaseRunning,
		"challenge": api.PhaseRunning, "draw": api.PhaseMediation, "verdict": api.PhaseFinal,
	}[lost]
	j := m.job(id)
	if j.Phase != want {
		t.Fatalf("job is %s (%s), want %s", j.Phase, j.Reason, want)
	}
	st, err := m.config.Ledger.Status(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if want == api.PhaseFinal && st.State != lilypad.StateFinal {
		t.Errorf("the deal is %s on chain", st.State)
	}
	if doubted && j.Facts != facts.At(st.State) {
		t.Errorf("it knows %+v of a deal that is %s", j.Facts, st.State)
	}
}
