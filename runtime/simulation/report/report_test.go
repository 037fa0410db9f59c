package report_test

import (
	"bytes"
	"errors"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/simulation"
	"github.com/lilypad-network/lilypad/runtime/simulation/report"
)

func estimate(name, unit string, value, half float64) simulation.Estimate {
	return simulation.Estimate{Name: name, Unit: unit, Value: value, Low: value - half, High: value + half, N: 100}
}

// point is a market of honest providers and one kind of others, who gain so
// much at such a cost of a job.
func point(scheme, kind string, gain, half, cost float64, set map[string]string) report.Point {
	return report.Point{Set: set, Result: &simulation.Result{
		Scheme: scheme, Jobs: 100, Complete: true,
		Estimates: []simulation.Estimate{estimate("error_rate", "share", .01, .002), estimate("cost_per_job", "LILY", cost, .01)},
		Providers: []simulation.KindResult{
			{Name: "good ones", Kind: simulation.Honest, Count: 9, Deals: 90, Estimates: []simulation.Estimate{estimate("profit", "LILY", .5, .01)}},
			{Name: "others", Kind: kind, Count: 1, Deals: 10, Estimates: []simulation.Estimate{estimate("profit", "LILY", gain, half)}},
		},
		Time: []simulation.Moment{{Until: .5, Trust: []float64{1, .5}}, {Until: 1, ErrorRate: .01, Trust: []float64{1, .2}}},
	}}
}

func write(t *testing.T, points ...report.Point) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, "a report", points); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrite_namesTheCheapestSchemeThatDeters(t *testing.T) {
	for name, tt := range map[string]struct {
		points []report.Point
		want   string
	}{
		"the cheaper of two": {
			[]report.Point{point("dear", "cheat", -1, .1, 3, nil), point("cheap", "cheat", -.5, .1, 2, nil), point("free", "cheat", 1, .1, 1, nil)},
			"The cheapest scheme that deters is cheap: a job costs 2.000 (1.990 … 2.010) LILY in all, and the best cheat gains -0.50 (-0.60 … -0.40) LILY a deal.",
		},
		"an interval across zero is no proof": {
			[]report.Point{point("sure", "cheat", -.5, .1, 3, nil), point("unsure", "cheat", -.05, .1, 1, nil)},
			"The cheapest scheme that deters is sure:",
		},
		"none": {
			[]report.Point{point("bad", "lazy", 1, .1, 1, nil), point("better", "sybil", .2, .1, 1, map[string]string{"deals.audit_bps": "500"})},
			"No scheme deters: with better audit_bps=500, which comes closest, the best cheat gains 0.20 (0.10 … 0.30) LILY a deal.",
		},
		"as the sweep names it": {
			[]report.Point{point("vote", "cheat", -1, .1, 3, map[string]string{"scheme": "vote agree=2"}), point("vote", "cheat", -1, .1, 4, map[string]string{"scheme": "vote agree=3"})},
			"The cheapest scheme that deters is vote agree=2:",
		},
		"it must deter every cheat": {
			[]report.Point{
				point("some", "cheat", -1, .1, 1, map[string]string{"providers.cheat.rate": "1"}), point("some", "cheat", .5, .1, 1, map[string]string{"providers.cheat.rate": "0.1"}),
				point("all", "cheat", -1, .1, 3, map[string]string{"providers.cheat.rate": "1"}), point("all", "cheat", -.5, .1, 2, map[string]string{"providers.cheat.rate": "0.1"}),
			},
			"The cheapest scheme that deters is all: a job costs 3.0000 (2.9900 … 3.0100) LILY in all, and the best cheat gains -0.50 (-0.60 … -0.40) LILY a deal.",
		},
		"nobody cheats": {[]report.Point{point("any", "faulty", 1, .1, 1, nil)}, "Nobody cheats"},
	} {
		t.Run(name, func(t *testing.T) {
			if page := write(t, tt.points...); !strings.Contains(page, tt.want) {
				t.Errorf("want %q in\n%.3000s", tt.want, page)
			}
		})
	}
}

func TestWrite_drawsWhatWasSwept(t *testing.T) {
	audit := func(bps, stake int) map[string]string {
		return map[string]string{"deals.audit_bps": strconv.Itoa(bps), "deals.provider_stake": strconv.Itoa(stake)}
	}
	for name, tt := range map[string]struct {
		points []report.Point
		plots  int
		want   string
	}{
		"one scenario": {[]report.Point{point("audit", "cheat", 1, .1, 1, nil)}, 3, "Over time: audit"},
		"one number":   {[]report.Point{point("audit", "cheat", 1, .1, 1, audit(0, 2)), point("audit", "cheat", -1, .1, 1, audit(500, 2))}, 5, "profit of the best cheat"},
		"two numbers": {[]report.Point{
			point("audit", "cheat", 1, .1, 1, audit(0, 2)), point("audit", "cheat", -1, .1, 1, audit(500, 2)), point("audit", "cheat", -1, .1, 1, audit(500, 4)),
		}, 6, "audit does not"},
	} {
		t.Run(name, func(t *testing.T) {
			page := write(t, tt.points...)
			if n := strings.Count(page, "<svg"); n != tt.plots || !strings.Contains(page, tt.want) {
				t.Errorf("%d plots, want %d with %q", n, tt.plots, tt.want)
			}
		})
	}
}

// Names come from files of others.
func TestWrite_hasNothingFromElsewhere(t *testing.T) {
	const evil = `<script src="http://example.org/x">alert(1)</script>`
	p := point(evil, "cheat", 1, .1, 1, map[string]string{evil: evil})
	p.Result.Providers[1].Name = evil
	page := write(t, p, point("other", "cheat", 1, .1, 1, nil))
	for _, bad := range []string{"<script", "<link", "<iframe", "<img", "@import", "url(", "href=\"http"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
}

func TestWrite_refuses(t *testing.T) {
	for name, points := range map[string][]report.Point{"nothing": nil, "no result": {{}}, "no estimates": {{Result: &simulation.Result{}}}} {
		if err := report.Write(&bytes.Buffer{}, "x", points); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A browser without a network shows the page with its plots.
func TestWrite_inABrowser(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("no Chromium: make setup installs it")
	}
	dir := t.TempDir()
	file, shot := filepath.Join(dir, "report.html"), filepath.Join(dir, "report.png")
	page := write(t, point("audit", "cheat", 1, .1, 1, nil), point("replicate", "cheat", -1, .1, 2, nil))
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), browser, append([]string{
			"--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
			"--user-data-dir=" + filepath.Join(dir, "profile"), "--window-size=1200,2400",
		}, append(args, "file://"+file)...)...)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	if dom := run("--dump-dom"); strings.Count(dom, "<svg") != 4 || !strings.Contains(dom, "The cheapest scheme that deters is replicate") {
		t.Errorf("the browser read\n%.2000s", dom)
	}
	run("--screenshot=" + shot)
	f, err := os.Open(shot)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	blue := 0 // of the first scheme's dots and lines
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); r>>8 == 0x00 && g>>8 == 0x72 && b>>8 == 0xb2 {
				blue++
			}
		}
	}
	if blue < 200 {
		t.Errorf("%d pixels of the plots' first colour", blue)
	}
}
