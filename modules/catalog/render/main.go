package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	for !step() {
	}
}

// now is the picture that is being drawn; nil before the first step.
var now *drawing

// step draws a row of the picture, and tells whether it was the last.
func step() (done bool) {
	var err error
	if now == nil {
		now, err = begin(typed())
	} else {
		done, err = now.step("/outputs", os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "render:", err)
		os.Exit(1)
	}
	return done
}

func typed() (o order) {
	flag.StringVar(&o.scene, "scene", "", "spheres, box or mandelbrot; spheres when empty")
	flag.StringVar(&o.width, "width", "", "pixels, 1 to 2048; 320 when empty")
	flag.StringVar(&o.height, "height", "", "pixels, 1 to 2048; 200 when empty")
	flag.StringVar(&o.samples, "samples", "", "rays for each pixel, 1 to 1024; 8 when empty")
	flag.StringVar(&o.seed, "seed", "", "a whole number that chooses what is random; 1 when empty")
	flag.Parse()
	return o
}
