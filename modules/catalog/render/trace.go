package main

import (
	"math"
	"math/rand/v2"
)

const (
	maxBounces = 8
	nearest    = 1e-4 // what is hit closer than this is the surface that a ray leaves
)

type ray struct{ from, to vec } // to is a unit vector

// surface says what a material does to a ray: light goes out of it, mirrors
// and glass send rays on in one direction, what is neither in all.
type surface struct {
	color  vec
	other  vec // of every second square; zero: none
	light  bool
	mirror bool
	glass  bool
	fuzz   float64 // of a mirror, 0 to 1
}

type sphere struct {
	center vec
	radius float64
	surface
}

// hit is how far along r the sphere is, or infinity.
func (s *sphere) hit(r ray) float64 {
	to := s.center.minus(r.from)
	along := to.dot(r.to)
	under := float64(along*along) - to.dot(to) + float64(s.radius*s.radius)
	if under < 0 {
		return math.Inf(1)
	}
	root := math.Sqrt(under)
	switch {
	case along-root > nearest:
		return along - root
	case along+root > nearest:
		return along + root
	}
	return math.Inf(1)
}

func (s *sphere) at(p vec) vec {
	if s.other == (vec{}) || int(math.Floor(p.x)+math.Floor(p.z))&1 == 0 {
		return s.color
	}
	return s.other
}

// stage is a scene of spheres, its sky and where it is seen from.
type stage struct {
	spheres          []sphere
	zenith, horizon  vec
	eye              vec
	ahead, side, top vec
}

// look sets the camera: where it stands, what it points at, and the half of
// its vertical field as a tangent.
func (s *stage) look(from, at vec, tangent float64) {
	s.eye, s.ahead = from, at.minus(from).unit()
	side := s.ahead.cross(vec{0, 1, 0}).unit()
	s.side, s.top = side.times(tangent), side.cross(s.ahead).times(tangent)
}

func (s *stage) sample(x, y float64, random *rand.Rand) vec {
	r := ray{s.eye, s.ahead.plus(s.side.times(x)).minus(s.top.times(y)).unit()}
	left := vec{1, 1, 1}
	for range maxBounces {
		var of *sphere
		far := math.Inf(1)
		for i := range s.spheres {
			if d := s.spheres[i].hit(r); d < far {
				far, of = d, &s.spheres[i]
			}
		}
		if of == nil {
			up := (r.to.y + 1) / 2
			return left.filter(s.zenith.times(up).plus(s.horizon.times(1 - up)))
		}
		point := r.from.plus(r.to.times(far))
		left = left.filter(of.at(point))
		if of.light {
			return left
		}
		r = ray{point, of.bounce(r.to, point.minus(of.center).times(1/of.radius), random)}
	}
	return vec{}
}

// bounce is where a ray goes on from a point with outward normal n.
func (s *surface) bounce(in, n vec, random *rand.Rand) vec {
	if s.glass {
		return refract(in, n, random)
	}
	if in.dot(n) > 0 {
		n = n.times(-1)
	}
	if s.mirror {
		return in.mirror(n).plus(anyUnit(random).times(s.fuzz)).unit()
	}
	v := n.plus(anyUnit(random))
	if v.dot(v) < 1e-9 {
		return n
	}
	return v.unit()
}

// refract sends a ray through glass, or back from its surface with Schlick's
// approximation of how much light that is (An inexpensive BRDF model, 1994).
func refract(in, n vec, random *rand.Rand) vec {
	const index = 1.5
	ratio, cos := 1/index, -in.dot(n)
	if cos < 0 {
		ratio, cos, n = index, -cos, n.times(-1)
	}
	under := 1 - float64(float64(ratio*ratio)*(1-float64(cos*cos)))
	flat := 1 - cos
	const head = (1 - index) * (1 - index) / ((1 + index) * (1 + index))
	square := float64(flat * flat)
	back := head + float64((1-head)*float64(float64(square*square)*flat))
	if under < 0 || random.Float64() < back {
		return in.mirror(n)
	}
	return in.times(ratio).plus(n.times(float64(ratio*cos) - math.Sqrt(under))).unit()
}
