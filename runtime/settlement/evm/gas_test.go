package evm_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
)

var (
	update = flag.Bool("update", false, "rewrite the gas snapshot")
	report = flag.String("report", "", "`file` for the measured gas: a table, or JSON where its name ends so")
)

// snapshotFile has the gas of each path at the last look. A change of contracts
// that costs more says why in its commit, and rewrites it with -update.
var snapshotFile = filepath.Join("..", "..", "..", "contracts", "snapshots", "Receipts.json")

// slack is what block times and seeds with more or fewer zero bytes move.
const slack = 150

// path is something that people do, in one transaction or several.
type path struct {
	Name  string `json:"name"`
	Gas   uint64 `json:"gas"`
	Goal  uint64 `json:"goal"`
	calls []string
}

// paths are those of the goals that the market set itself.
func paths() []path {
	return []path{
		{Name: "one job: open + settle", Goal: 150_000, calls: []string{"open", "settle"}},
		{Name: "a job of a full batch, distinct pairs: open + settle", Goal: 90_000, calls: []string{"open in a full batch of distinct pairs", "settle in a full batch of distinct pairs"}},
		{Name: "a job of a full batch, one pair: open + settle", Goal: 70_000, calls: []string{"open in a full batch", "settle in a full batch"}},
		{Name: "submit", Goal: 45_000, calls: []string{"submit"}},
		{Name: "challenge", Goal: 45_000, calls: []string{"challenge"}},
		{Name: "reveal", Goal: 45_000, calls: []string{"reveal"}},
		{Name: "challenge + reveal + resolve, 3 of 16 mediators", Goal: 220_000, calls: []string{"challenge", "reveal", "resolve"}},
		{Name: "expire, never submitted", Goal: 60_000, calls: []string{"expire when open"}},
		{Name: "expire, never judged", Goal: 60_000, calls: []string{"expire when submitted"}},
		{Name: "expire, never revealed", Goal: 60_000, calls: []string{"expire when challenged"}},
		{Name: "expire, no verdict", Goal: 60_000, calls: []string{"expire when drawn"}},
	}
}

// From receipts: calldata, the solver's fee and events are in these figures.
func TestLedger_gasStaysWithinItsGoals(t *testing.T) {
	gas := settlementtest.Gas(t, start(t).fixture())
	var before []path
	if text, err := os.ReadFile(snapshotFile); err == nil {
		if err := json.Unmarshal(text, &before); err != nil {
			t.Fatal(err)
		}
	}
	was := map[string]uint64{}
	for _, p := range before {
		was[p.Name] = p.Gas
	}
	got := paths()
	for i := range got {
		p := &got[i]
		for _, call := range p.calls {
			if gas[call] == 0 {
				t.Errorf("%s: no figure for %s", p.Name, call)
			}
			p.Gas += gas[call]
		}
		if p.Gas > p.Goal {
			t.Errorf("%s takes %d gas, goal %d", p.Name, p.Gas, p.Goal)
		}
		if !*update && p.Gas > was[p.Name]+slack {
			t.Errorf("%s takes %d gas, %d before; if it must, rewrite the snapshot with -update", p.Name, p.Gas, was[p.Name])
		}
	}
	text, err := json.MarshalIndent(got, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	table := tableOf(got)
	t.Log("\n" + table)
	if strings.HasSuffix(*report, ".json") {
		table = string(text)
	}
	if *report != "" {
		write(t, *report, []byte(table))
	}
	if *update {
		write(t, snapshotFile, text)
	}
}

func tableOf(paths []path) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "gas\tgoal\tleft\t  path")
	for _, p := range paths {
		fmt.Fprintf(w, "%d\t%d\t%d\t  %s\n", p.Gas, p.Goal, int64(p.Goal)-int64(p.Gas), p.Name) //nolint:gosec // gas is far below 2⁶³
	}
	if err := w.Flush(); err != nil {
		panic(err) // a strings.Builder takes all
	}
	return b.String()
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
