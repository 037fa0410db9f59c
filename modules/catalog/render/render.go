package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	maxSide    = 2048
	maxSamples = 1024
	maxRays    = 1 << 23 // of a picture: what ends well before the job's time does
	file       = "picture.png"
)

// order is what was asked for, as it was typed.
type order struct{ scene, width, height, samples, seed string }

// plan is a checked order.
type plan struct {
	scene                  string
	width, height, samples int
	seed                   uint64
}

// painter gives the light that falls through a point of the picture: x to the
// right and y downwards, in halves of its height, from the centre.
type painter interface {
	sample(x, y float64, random *rand.Rand) vec
}

var scenes = map[string]func(random *rand.Rand) painter{
	"spheres":    spheres,
	"box":        box,
	"mandelbrot": func(*rand.Rand) painter { return mandelbrot{} },
}

// drawing is a picture of which some rows are done.
type drawing struct {
	plan
	of  painter
	img *image.RGBA
	row int // the next
}

func begin(o order) (*drawing, error) {
	p, err := o.check()
	if err != nil {
		return nil, err
	}
	of := scenes[p.scene](rand.New(rand.NewPCG(p.seed, math.MaxUint64)))
	return &drawing{plan: p, of: of, img: image.NewRGBA(image.Rect(0, 0, p.width, p.height))}, nil
}

// step draws a row, or writes the picture to dir when all are drawn.
func (d *drawing) step(dir string, stdout io.Writer) (done bool, err error) {
	if d.row == d.height {
		return true, d.write(dir, stdout)
	}
	d.draw(d.row)
	d.row++
	return false, nil
}

func (d *drawing) write(dir string, stdout io.Writer) error {
	var b bytes.Buffer
	if err := png.Encode(&b, d.img); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, file), b.Bytes(), 0o644); err != nil {
		return err
	}
	_, err := fmt.Fprintf(stdout, "%s %dx%d, %d samples, seed %d -> %s sha256:%x\n",
		d.scene, d.width, d.height, d.samples, d.seed, file, sha256.Sum256(b.Bytes()))
	return err
}

func (o order) check() (p plan, err error) {
	if p.scene = o.scene; p.scene == "" {
		p.scene = "spheres"
	}
	if scenes[p.scene] == nil {
		return p, fmt.Errorf("there is no scene %.40q: use %s", p.scene, strings.Join(slices.Sorted(maps.Keys(scenes)), ", "))
	}
	for _, n := range []struct {
		name, text     string
		otherwise, max int
		to             *int
	}{
		{"width", o.width, 320, maxSide, &p.width},
		{"height", o.height, 200, maxSide, &p.height},
		{"samples", o.samples, 8, maxSamples, &p.samples},
	} {
		if *n.to = n.otherwise; n.text == "" {
			continue
		}
		if *n.to, err = strconv.Atoi(n.text); err != nil || *n.to < 1 || *n.to > n.max {
			return p, fmt.Errorf("%s %.20q is not a number from 1 to %d", n.name, n.text, n.max)
		}
	}
	if rays := p.width * p.height * p.samples; rays > maxRays {
		return p, fmt.Errorf("%d pixels of %d samples are %d rays, at most %d are drawn: ask for fewer", p.width*p.height, p.samples, rays, maxRays)
	}
	if p.seed = 1; o.seed != "" {
		if p.seed, err = strconv.ParseUint(o.seed, 10, 64); err != nil {
			return p, fmt.Errorf("seed %.20q is no whole number", o.seed)
		}
	}
	return p, nil
}

// draw gives each pixel a generator of its own, so that no pixel depends on
// another.
func (d *drawing) draw(row int) {
	half := float64(d.height) / 2
	for i := row * d.width; i < (row+1)*d.width; i++ {
		random := rand.New(rand.NewPCG(d.seed, uint64(i)))
		var light vec
		for range d.samples {
			x := (float64(i%d.width) + random.Float64() - float64(d.width)/2) / half
			y := (float64(i/d.width) + random.Float64() - half) / half
			light = light.plus(d.of.sample(x, y, random))
		}
		light = light.times(1 / float64(d.samples))
		copy(d.img.Pix[4*i:], []uint8{tone(light.x), tone(light.y), tone(light.z), 255})
	}
}

// tone is the byte for an amount of light, with a gamma of 2.
func tone(light float64) uint8 {
	return uint8(min(255, float64(256*math.Sqrt(max(0, light)))))
}
