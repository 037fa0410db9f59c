package main

import (
	"bytes"
	"flag"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "accept the output as golden")

// run draws a picture, a step after the other.
func run(dir string, o order) error {
	d, err := begin(o)
	for done := false; err == nil && !done; {
		done, err = d.step(dir, io.Discard)
	}
	return err
}

func TestRun_golden(t *testing.T) {
	for name, o := range map[string]order{
		"spheres":    {width: "96", height: "60", samples: "4"},
		"seed":       {scene: "spheres", width: "96", height: "60", samples: "4", seed: "18446744073709551615"},
		"box":        {scene: "box", width: "48", height: "48", samples: "32", seed: "2"},
		"mandelbrot": {scene: "mandelbrot", width: "96", height: "64", samples: "4"},
		"pixel":      {width: "1", height: "1", samples: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := run(dir, o); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".png")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("the picture differs from %s", golden)
			}
		})
	}
}

func TestRun_refuses(t *testing.T) {
	for name, c := range map[string]struct {
		order
		want string
	}{
		"scene":   {order{scene: "teapot"}, "box, mandelbrot, spheres"},
		"width":   {order{width: "2049"}, "1 to 2048"},
		"height":  {order{height: "0"}, "1 to 2048"},
		"samples": {order{samples: "many"}, "1 to 1024"},
		"rays":    {order{width: "2048", height: "2048", samples: "1024"}, "at most 8388608"},
		"seed":    {order{seed: "-1"}, "no whole number"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := run(t.TempDir(), c.order); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// Light is neither made nor lost: a white room whose walls shine is as bright
// everywhere as its walls, whatever stands in it.
func TestStage_keepsLight(t *testing.T) {
	white := vec{1, 1, 1}
	for name, of := range map[string]surface{
		"matt": {color: white}, "mirror": {color: white, mirror: true}, "fuzzy": {color: white, mirror: true, fuzz: .4}, "glass": {color: white, glass: true},
	} {
		s := &stage{zenith: white, horizon: white, spheres: []sphere{{vec{0, 0, 0}, 1, of}}}
		s.look(vec{0, 0, 3}, vec{}, .5)
		random := rand.New(rand.NewPCG(1, 2))
		var sum float64
		const n = 2000
		for range n {
			sum += s.sample(random.Float64()-.5, random.Float64()-.5, random).y
		}
		if mean := sum / n; math.Abs(mean-1) > .02 {
			t.Errorf("%s: %.4f of the light arrives", name, mean)
		}
	}
}
