package docs_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// The page's numbers are those of the contract's rules, each end is there, and
// so is what each state allows.
func TestMoney_isWhatIsPaid(t *testing.T) {
	page := read(t, "money.md")
	put := table(t, page, "| what | who puts it in | LILY |")
	amount := func(row int) lilypad.Amount {
		a, err := lilypad.ParseAmount(put[row][2])
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	o := lilypad.JobOffer{
		Solver: lilypad.Address{1}, MaxPrice: amount(0), SolverFee: amount(1), CreatorStake: amount(2), ProviderStake: amount(3), LatePenalty: amount(4), MediationFee: amount(5),
	}
	if err := o.Check(3); lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "creator and judge") {
		t.Errorf("terms of the example: %v", err) // it names no parties, and is good otherwise
	}
	want := map[string][]string{}
	for _, bps := range []uint16{0, 5000} {
		o.AuditBPS = bps
		s := settlement.Standing{Offer: o, Price: o.MaxPrice, Drawn: 3, Status: settlement.Status{State: lilypad.StateOpen}}
		ways, err := s.Ways()
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range ways {
			name := w.Name
			if bps > 0 && name == "unjudged" {
				name += ", with audits"
			}
			want[name] = []string{
				name, signed(w.Creator, o.MaxPrice+o.SolverFee+o.CreatorStake), signed(w.Provider, o.ProviderStake),
				signed(w.Mediators, 0), signed(o.SolverFee, 0), signed(w.Sink, 0),
			}
		}
	}
	rows := table(t, page, "| end | creator | provider | mediators | solver | sink |")
	for _, row := range rows {
		if got, want := strings.Join(row, " | "), strings.Join(want[row[0]], " | "); got != want {
			t.Errorf("the page says %s\nthe contract pays %s", got, want)
		}
		if name, _, _ := strings.Cut(row[0], ","); !strings.Contains(page, "\n- **"+name+"**:") {
			t.Errorf("%s is not put in words", row[0])
		}
	}
	if len(rows) != len(want) {
		t.Errorf("the page has %d ends, the contract %d", len(rows), len(want))
	}
	statesOnPage(t, page)
}

// statesOnPage checks the table of states against the moves.
func statesOnPage(t *testing.T, page string) {
	rows := table(t, page, "| state | until the deadline | after it |")
	ends := map[lilypad.State]string{
		lilypad.StateOpen: "unserved", lilypad.StateSubmitted: "unjudged", lilypad.StateChallenged: "no reveal", lilypad.StateDrawn: "no verdict",
	}
	for i, state := range []lilypad.State{lilypad.StateOpen, lilypad.StateSubmitted, lilypad.StateChallenged, lilypad.StateDrawn} {
		moves := settlement.Standing{Status: settlement.Status{State: state, Deadline: 5}}.Moves()
		who := strings.TrimPrefix(strings.Fields(strings.TrimPrefix(rows[i][1], "the "))[0], "the ")
		if who != moves[0].Who || !strings.Contains(rows[i][2], ends[state]) || !strings.Contains(moves[1].What, ends[state]) {
			t.Errorf("the page says %v, the contract %+v", rows[i], moves)
		}
		pays := strings.Contains(fmt.Sprint(moves), "receipt")
		if want := state != lilypad.StateDrawn; pays != want {
			t.Errorf("a receipt pays in state %s: %v", state, pays)
		}
	}
}

// table reads the cells below a header of a page.
func table(t *testing.T, page, header string) (rows [][]string) {
	t.Helper()
	_, rest, ok := strings.Cut(page, header+"\n")
	if !ok {
		t.Fatalf("no table %s", header)
	}
	for _, line := range strings.Split(rest, "\n")[1:] {
		if !strings.HasPrefix(line, "|") {
			return rows
		}
		var cells []string
		for _, c := range strings.Split(strings.Trim(line, "|"), "|") {
			cells = append(cells, strings.TrimSpace(c))
		}
		rows = append(rows, cells)
	}
	return rows
}

// signed is how much more there is after than before.
func signed(after, before lilypad.Amount) string {
	switch {
	case after > before:
		return "+" + (after - before).String()
	case after < before:
		return "-" + (before - after).String()
	}
	return "0"
}
