package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// Line is one figure.
type Line struct {
	Name     string  `json:"name"`
	Value    float64 `json:"value"`
	Unit     string  `json:"unit"`
	Baseline string  `json:"baseline,omitempty"`
	Ratio    float64 `json:"ratio,omitempty"` // the baseline's figure to this one, so that more is better
}

// key is how a goal names a line.
func (l Line) key() string {
	if l.Baseline == "" {
		return l.Name
	}
	return l.Name + " vs " + l.Baseline
}

// goal is a bound that a figure should keep: its ratio, if it has one.
type goal struct {
	key     string
	atLeast bool
	bound   float64
}

var goals = []goal{
	{"match/go", false, 3000},
	{"match/c", false, 600},
	{"match/go vs hashicorp", true, 40},
	{"match/go vs extism-go", true, 8},
	{"match/c vs extism-c", true, 8},
	{"batch/go/1", true, 400_000},
	{"batch/c/1", true, 2_000_000},
	{"batch/go/2 vs batch/go/1", true, 1.7},
	{"batch/c/2 vs batch/c/1", true, 1.7},
	{"mediate/go", true, 400_000},
	{"load/cold", false, 1000},
	{"load/cached", false, 60},
	{"memory/64-plugins", false, 1024},
	{"engine/10000x1000", false, 10},
	{"engine/10000x1000/memory", false, 1024},
	{"engine/10000x1000/double-sales", false, 0},
	{"engine/1000x1000", false, 1},
	{"engine/1000x1000/double-sales", false, 0},
	{"execution/wasm", false, 150},
	{"execution/docker-more", false, 150},
	{"execution/rush", true, 20},
	{"execution/rush/failures", false, 0},
	{"result/open", true, 200},
	{"result/open/beside-copy vs result/copy", true, 0.5},
	{"result/open/memory", false, 64},
	{"result/sealed/memory", false, 64},
	{"sim/core", true, 200_000},
	{"sim/2 vs sim/1", true, 1.6},
	{"sim/different-results", false, 0},
	{"sim/memory/growth", false, 1.25},
}

// judge tells whether a line keeps its goal; "" if it has none.
func judge(l Line) string {
	for _, g := range goals {
		if g.key != l.key() {
			continue
		}
		v, sign := l.Value, "≤"
		if l.Baseline != "" {
			v = l.Ratio
		}
		kept := v <= g.bound
		if g.atLeast {
			kept, sign = v >= g.bound, "≥"
		}
		return fmt.Sprintf("%s %s %g", map[bool]string{true: "ok", false: "missed"}[kept], sign, g.bound)
	}
	return ""
}

func printTable(to io.Writer, lines []Line) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "FIGURE\tVALUE\tUNIT\tBASELINE\tRATIO\tGOAL")
	for _, l := range lines {
		ratio := ""
		if l.Baseline != "" {
			ratio = fmt.Sprintf("%.2fx", l.Ratio)
		}
		fmt.Fprintf(w, "%s\t%.6g\t%s\t%s\t%s\t%s\n", l.Name, l.Value, l.Unit, l.Baseline, ratio, judge(l))
	}
	return w.Flush()
}

func printJSON(to io.Writer, lines []Line) error {
	e := json.NewEncoder(to)
	for _, l := range lines {
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}
