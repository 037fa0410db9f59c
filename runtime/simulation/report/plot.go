package report

import (
	"bytes"
	"fmt"
	"html/template"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	canvas "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/lilypad-network/lilypad/runtime/simulation"
)

// drawing is a plot of the page. Its legend is HTML: the drawing library does
// not know how wide a browser's letters are.
type drawing struct {
	SVG     template.HTML
	Legend  []mark
	Caption string
}

// mark is a line of a legend.
type mark struct{ Name, Colour, Sign string }

// chart is a plot that is being drawn.
type chart struct {
	*plot.Plot
	legend []mark
}

func (c *chart) mark(name string, of color.Color, sign string) {
	r, g, b, _ := of.RGBA()
	c.legend = append(c.legend, mark{name, fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8), sign})
}

// palette is told apart by colour-blind readers too (Okabe and Ito, 2008).
var palette = []color.Color{
	color.RGBA{0x00, 0x72, 0xb2, 0xff},
	color.RGBA{0xd5, 0x5e, 0x00, 0xff},
	color.RGBA{0x00, 0x9e, 0x73, 0xff},
	color.RGBA{0xcc, 0x79, 0xa7, 0xff},
	color.RGBA{0xe6, 0x9f, 0x00, 0xff},
	color.RGBA{0x56, 0xb4, 0xe9, 0xff},
	color.RGBA{0xb0, 0xa4, 0x00, 0xff},
	color.RGBA{0x44, 0x44, 0x44, 0xff},
}

func colour(i int) color.Color { return palette[i%len(palette)] }

// maxOverTime is how many points get a plot over time of their own.
const maxOverTime = 12

// draw makes the plots that the points have figures for.
func draw(points []Point) ([]drawing, error) {
	list := []func([]Point) (*chart, string){costAgainstError, profits, deterrence}
	var out []drawing
	add := func(c *chart, caption string) error {
		if c == nil {
			return nil
		}
		svg, err := render(c.Plot)
		out = append(out, drawing{svg, c.legend, caption})
		return err
	}
	for _, f := range list {
		if err := add(f(points)); err != nil {
			return nil, err
		}
	}
	shown, rest := within(points, maxOverTime)
	for _, p := range shown {
		c, caption := trust(p)
		if err := add(c, caption+rest); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// within are the points that there is room for, and words for the others.
func within(points []Point, most int) (shown []Point, rest string) {
	if len(points) <= most {
		return points, ""
	}
	return points[:most], fmt.Sprintf(" Rows %d to %d of the table are not drawn.", most+1, len(points))
}

func newChart(title, x, y string) *chart {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = short(title), short(x), short(y)
	p.Title.Padding = vg.Points(6)
	p.Add(plotter.NewGrid())
	return &chart{Plot: p}
}

// short cuts a scenario's words to what a plot has room for. The drawing
// library escapes them.
func short(text string) string {
	r := []rune(strings.ToValidUTF8(text, "?"))
	if len(r) > 60 {
		r = append(r[:59], '…')
	}
	return string(r)
}

func render(p *plot.Plot) (template.HTML, error) {
	c := vgsvg.New(vg.Points(480), vg.Points(320))
	p.Draw(canvas.Crop(canvas.New(c), 0, -vg.Points(12), 0, 0)) // room for half of the last number
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return "", fmt.Errorf("draw %s: %w", p.Title.Text, err)
	}
	_, svg, _ := strings.Cut(b.String(), "?>")
	return template.HTML(svg), nil //nolint:gosec // drawn here; texts are escaped
}

// spot is a point with its intervals.
type spot struct{ x, y simulation.Estimate }

// spots are drawn as error bars and circles.
type spots []spot

func (s spots) Len() int                { return len(s) }
func (s spots) XY(i int) (x, y float64) { return s[i].x.Value, s[i].y.Value }
func (s spots) XError(i int) (low, high float64) {
	return s[i].x.Low - s[i].x.Value, s[i].x.High - s[i].x.Value
}

func (s spots) YError(i int) (low, high float64) {
	return s[i].y.Low - s[i].y.Value, s[i].y.High - s[i].y.Value
}

// add draws spots in a colour, joined by a line if they are a series.
func (s spots) add(p *chart, name string, c color.Color, joined bool) {
	if len(s) == 0 {
		return
	}
	x, errX := plotter.NewXErrorBars(s)
	y, errY := plotter.NewYErrorBars(s)
	dots, errDots := plotter.NewScatter(s)
	if errX != nil || errY != nil || errDots != nil {
		return // not a number: nothing to see
	}
	x.Color, y.Color = c, c
	dots.Color, dots.Shape, dots.Radius = c, canvas.CircleGlyph{}, vg.Points(3)
	p.Add(x, y, dots)
	if joined && len(s) > 1 {
		if line, err := plotter.NewLine(s); err == nil {
			line.Color = c
			p.Add(line)
		}
	}
	p.mark(name, c, "●")
}

func costAgainstError(points []Point) (*chart, string) {
	p := newChart("What certainty costs", "cost of a job, LILY", "wrong results that were accepted, share")
	names, of := byScheme(points)
	any := false
	for i, name := range names {
		var s spots
		for _, pt := range of[name] {
			cost, ok := simulation.Find(pt.Result.Estimates, "cost_per_job")
			wrong, also := simulation.Find(pt.Result.Estimates, "error_rate")
			if ok && also {
				s = append(s, spot{cost, wrong})
			}
		}
		s.add(p, name, colour(i), false)
		any = any || len(s) > 0
	}
	if !any {
		return nil, ""
	}
	return p, "Lower and further left is better. The cost has all that a creator pays for a job, replicas and mediators too."
}

// maxProfits is how many points the plot of profits has room for.
const maxProfits = 24

func profits(points []Point) (*chart, string) {
	p := newChart("Who earns what", "row of the table", "profit, LILY a deal")
	points, rest := within(points, maxProfits)
	series := map[string]spots{}
	var names, labels []string
	for i, pt := range points {
		labels = append(labels, strconv.Itoa(i+1))
		for _, k := range pt.Result.Providers {
			if e, ok := simulation.Find(k.Estimates, "profit"); ok {
				if series[k.Name] == nil {
					names = append(names, k.Name)
				}
				at := float64(i)
				series[k.Name] = append(series[k.Name], spot{simulation.Estimate{Value: at, Low: at, High: at}, e})
			}
		}
	}
	if len(names) == 0 {
		return nil, ""
	}
	for i, name := range names {
		shift := 0.6 * (float64(i) - float64(len(names)-1)/2) / float64(max(1, len(names)))
		for j := range series[name] {
			x := &series[name][j].x
			x.Value, x.Low, x.High = x.Value+shift, x.Low+shift, x.High+shift
		}
		series[name].add(p, name, colour(i), false)
	}
	zero(p)
	p.NominalX(labels...)
	return p, "A scheme deters where no cheat is above zero. Honest providers have to be." + rest
}

// zero draws the line between profit and loss.
func zero(p *chart) {
	line := plotter.NewFunction(func(float64) float64 { return 0 })
	line.Color, line.Width = color.Gray{0x60}, vg.Points(1)
	p.Add(line)
	p.Y.Min, p.Y.Max = min(p.Y.Min, 0), max(p.Y.Max, 0)
}

// deterrence shows where cheating pays: over one swept number as a curve, over
// two as a region.
func deterrence(points []Point) (*chart, string) {
	keys := swept(points)
	points = slices.DeleteFunc(slices.Clone(points), func(p Point) bool { _, found := p.adversary(); return !found })
	switch {
	case len(keys) == 0 || len(points) == 0:
		return nil, ""
	case len(keys) == 1:
		return curve(points, keys[0]), "The best cheat's profit. Where the interval is below zero, cheating does not pay."
	}
	return region(points, keys[0], keys[1]), "Each point is a simulation: full where no cheat profits, a cross where one does or may."
}

func curve(points []Point, key string) *chart {
	p := newChart("Where cheating pays", key, "profit of the best cheat, LILY a deal")
	names, of := byScheme(points)
	for i, name := range names {
		var s spots
		for _, pt := range of[name] {
			if at := pt.number(key); !math.IsNaN(at) {
				s = append(s, spot{simulation.Estimate{Value: at, Low: at, High: at}, must(pt.adversary())})
			}
		}
		slices.SortFunc(s, func(a, b spot) int { return int(math.Copysign(1, a.x.Value-b.x.Value)) })
		s.add(p, name, colour(i), true)
	}
	zero(p)
	return p
}

func region(points []Point, keyX, keyY string) *chart {
	p := newChart("Where cheating pays", keyX, keyY)
	names, of := byScheme(points)
	for i, name := range names {
		var deters, pays plotter.XYs
		for _, pt := range of[name] {
			xy := plotter.XY{X: pt.number(keyX), Y: pt.number(keyY)}
			switch {
			case math.IsNaN(xy.X) || math.IsNaN(xy.Y):
			case pt.deters():
				deters = append(deters, xy)
			default:
				pays = append(pays, xy)
			}
		}
		glyphs(p, deters, name+" deters", colour(i), canvas.CircleGlyph{}, "●")
		glyphs(p, pays, name+" does not", colour(i), canvas.CrossGlyph{}, "✕")
	}
	return p
}

func glyphs(p *chart, at plotter.XYs, name string, c color.Color, shape canvas.GlyphDrawer, sign string) {
	if len(at) == 0 {
		return
	}
	dots, err := plotter.NewScatter(at)
	if err != nil {
		return // not a number: nothing to see
	}
	dots.Color, dots.Shape, dots.Radius = c, shape, vg.Points(4)
	p.Add(dots)
	p.mark(name, c, sign)
}

// trust shows the records of populations and the errors over time.
func trust(pt Point) (*chart, string) {
	moments := pt.Result.Time
	if len(moments) < 2 {
		return nil, ""
	}
	p := newChart("Over time: "+pt.Name(), "share of all jobs", "share")
	line := func(name string, c color.Color, dashed bool, of func(simulation.Moment) float64) {
		var xy plotter.XYs
		for _, m := range moments {
			xy = append(xy, plotter.XY{X: m.Until, Y: of(m)})
		}
		l, err := plotter.NewLine(xy)
		if err != nil {
			return // not a number: nothing to see
		}
		l.Color = c
		if dashed {
			l.Dashes = []vg.Length{vg.Points(4), vg.Points(3)}
		}
		p.Add(l)
		p.mark(name, c, map[bool]string{false: "—", true: "- -"}[dashed])
	}
	for i, k := range pt.Result.Providers {
		line("record of "+k.Name, colour(i), false, func(m simulation.Moment) float64 {
			if i >= len(m.Trust) {
				return 0
			}
			return m.Trust[i]
		})
	}
	line("errors", color.Black, true, func(m simulation.Moment) float64 { return m.ErrorRate })
	p.Y.Min, p.Y.Max = 0, 1
	return p, "What records say of providers, as a share of jobs done well, and the share of wrong results that were accepted."
}
