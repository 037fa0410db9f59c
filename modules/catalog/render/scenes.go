package main

import "math/rand/v2"

// spheres are three large ones among small ones of random place and material,
// on a chequered ground.
func spheres(random *rand.Rand) painter {
	s := &stage{zenith: vec{.45, .65, 1}, horizon: vec{1, 1, 1}}
	s.spheres = []sphere{
		{vec{0, -1000, 0}, 1000, surface{color: vec{.75, .75, .72}, other: vec{.2, .35, .25}}},
		{vec{0, 1, 0}, 1, surface{color: vec{1, 1, 1}, glass: true}},
		{vec{-2.3, 1, -.6}, 1, surface{color: vec{.75, .3, .2}}},
		{vec{2.3, 1, -.4}, 1, surface{color: vec{.85, .8, .7}, mirror: true}},
	}
	for range 20 {
		at := vec{float64(8*random.Float64()) - 4, .3, float64(4*random.Float64()) + .9}
		small := sphere{at, .3, surface{color: vec{random.Float64(), random.Float64(), random.Float64()}}}
		switch kind := random.Float64(); {
		case kind < .3:
			small.mirror, small.fuzz = true, random.Float64()/2
		case kind < .5:
			small.glass, small.color = true, vec{1, 1, 1}
		}
		s.spheres = append(s.spheres, small)
	}
	s.look(vec{0, 2.2, 9}, vec{0, .8, 0}, .36)
	return s
}

// box is a room with one lamp. Its walls are spheres too, so large that they
// look flat.
func box(random *rand.Rand) painter {
	const far = 1e4
	white, s := vec{.75, .75, .75}, &stage{}
	s.spheres = []sphere{
		{vec{-far - 2, 0, 0}, far, surface{color: vec{.75, .2, .2}}},
		{vec{far + 2, 0, 0}, far, surface{color: vec{.2, .6, .25}}},
		{vec{0, -far - 1.5, 0}, far, surface{color: white}},
		{vec{0, far + 1.5, 0}, far, surface{color: white}},
		{vec{0, 0, -far - 2}, far, surface{color: white}},
		{vec{0, 0, far + 6}, far, surface{color: white}},
		{vec{0, 4.1, 0}, 2.8, surface{color: vec{4, 3.8, 3.2}, light: true}},
		{vec{-.9, -.8, -.6}, .7, surface{color: vec{.9, .9, .9}, mirror: true}},
		{vec{.9, -.8, .4}, .7, surface{color: vec{1, 1, 1}, glass: true}},
		{vec{float64(2*random.Float64()) - 1, -1.2, 1.2}, .3, surface{color: vec{random.Float64(), random.Float64(), 1}}},
	}
	s.look(vec{0, 0, 5.5}, vec{0, -.1, 0}, .36)
	return s
}

// mandelbrot is the set of c for which z² + c stays small, coloured by how
// soon it does not.
type mandelbrot struct{}

func (mandelbrot) sample(x, y float64, _ *rand.Rand) vec {
	const most = 400
	cr, ci := float64(1.25*x)-.6, float64(1.25*y)
	var r, i float64
	for n := range most {
		rr, ii := float64(r*r), float64(i*i)
		if rr+ii > 4 {
			t := float64(n) / (float64(n) + 12)
			return vec{float64(t * t), float64(float64(t*t) * t), .15 + float64(.75*t)}.times(t + .1)
		}
		r, i = rr-ii+cr, float64(2*float64(r*i))+ci
	}
	return vec{}
}
