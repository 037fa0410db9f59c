package simulation

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
)

// WriteCSV writes the figures of results, a line each: the values of the sweep,
// the population (empty: the market), the figure with its unit, value, 95 %
// interval and observations. All points have the same keys.
func WriteCSV(to io.Writer, points []Point, results []*Result) error {
	w := csv.NewWriter(to)
	var header []string
	for _, s := range points[0].Set {
		header = append(header, s.Key)
	}
	rows := [][]string{append(header, "population", "figure", "unit", "value", "low", "high", "n")}
	for i, r := range results {
		var at []string
		for _, s := range points[i].Set {
			at = append(at, s.Text())
		}
		row := func(population string, list []Estimate) {
			for _, e := range list {
				figure := []string{population, e.Name, e.Unit, float(e.Value), float(e.Low), float(e.High), strconv.FormatInt(e.N, 10)}
				rows = append(rows, slices.Concat(at, figure))
			}
		}
		row("", r.Estimates)
		row("", r.Reasons)
		for _, p := range r.Providers {
			row(p.Name, p.Estimates)
		}
	}
	return w.WriteAll(rows)
}

func float(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
