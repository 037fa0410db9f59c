package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/simulation"
	"github.com/lilypad-network/lilypad/runtime/simulation/report"
)

func (a *app) simReportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "report FILE|FOLDER...", Short: "Draw results as one HTML page", Args: someArgs("FILE or FOLDER", "lilypad sim report sweep"),
		Long: `Report draws what sim run --out and sim sweep have written: cost against error with
intervals, the profit of each kind of provider, where cheating pays, trust over
time, and which scheme is the cheapest of those that leave no cheat a profit. The
page needs no network. Results of several files stand side by side.`,
		Example: "  lilypad sim report sweep\n  lilypad sim report audit.json replicate.json --out compared.html",
		RunE:    func(_ *cobra.Command, args []string) error { return a.simReport(args) },
	}
	cmd.Flags().StringP("out", "o", "report.html", "file to write")
	cmd.Flags().String("title", "", "title of the page; empty: the name of the scenario")
	return cmd
}

func (a *app) simReport(files []string) error {
	var points []report.Point
	for _, file := range files {
		more, err := simResults(file)
		if err != nil {
			return err
		}
		points = append(points, more...)
	}
	title := a.v.GetString("title")
	if title == "" && len(points) > 0 {
		title = or(points[0].Result.Name, "simulation")
	}
	var page bytes.Buffer
	if err := report.Write(&page, title, points); err != nil {
		return err
	}
	to := a.v.GetString("out")
	if err := os.WriteFile(to, page.Bytes(), 0o644); err != nil { //nolint:gosec // a report is no secret
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "report", Remedy: "choose another file with --out", Err: err}
	}
	out := struct {
		File     string `json:"file"`
		Points   int    `json:"points"`
		Bytes    int    `json:"bytes"`
		Cheapest string `json:"cheapest"`
	}{to, len(points), page.Len(), report.Cheapest(points)}
	return a.Result(out, func() {
		a.Line("report", "%s, %d results", to, len(points))
		a.Line("cheapest", "%s", out.Cheapest)
	})
}

// maxResults bounds a file of results, in bytes.
const maxResults = 256 << 20

// simResults reads one result, those of a sweep, or those in the folder of a
// sweep.
func simResults(path string) ([]report.Point, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, "sweep.json")
	}
	bad := func(err error) error {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "results " + path, Err: err, Remedy: "lilypad sim run SCENARIO --out result.json, or lilypad sim sweep SCENARIO"}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, bad(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxResults+1))
	if err != nil {
		return nil, bad(err)
	}
	if len(b) > maxResults {
		return nil, bad(errors.New("too large"))
	}
	if b = bytes.TrimSpace(b); !bytes.HasPrefix(b, []byte("[")) {
		var r *simulation.Result
		if err := json.Unmarshal(b, &r); err != nil || r == nil {
			return nil, bad(err)
		}
		return []report.Point{{Result: r}}, nil
	}
	var list []sweepPoint
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, bad(err)
	}
	points := make([]report.Point, len(list))
	for i, p := range list {
		if p.Result == nil {
			return nil, bad(errors.New("a point without a result"))
		}
		points[i] = report.Point{Set: map[string]string{}, Result: p.Result}
		for _, s := range p.Set {
			points[i].Set[s.Key] = s.Text()
		}
	}
	return points, nil
}
