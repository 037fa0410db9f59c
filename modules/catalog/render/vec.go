package main

import (
	"math"
	"math/rand/v2"
)

// vec is a point, a direction or an amount of light. Its products are
// converted, so that no compiler fuses them with a sum.
type vec struct{ x, y, z float64 }

func (a vec) plus(b vec) vec      { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) minus(b vec) vec     { return vec{a.x - b.x, a.y - b.y, a.z - b.z} }
func (a vec) times(s float64) vec { return vec{float64(a.x * s), float64(a.y * s), float64(a.z * s)} }

// filter is what is left of light a by a surface of colour b.
func (a vec) filter(b vec) vec {
	return vec{float64(a.x * b.x), float64(a.y * b.y), float64(a.z * b.z)}
}

func (a vec) dot(b vec) float64 { return float64(a.x*b.x) + float64(a.y*b.y) + float64(a.z*b.z) }

func (a vec) cross(b vec) vec {
	return vec{
		float64(a.y*b.z) - float64(a.z*b.y),
		float64(a.z*b.x) - float64(a.x*b.z),
		float64(a.x*b.y) - float64(a.y*b.x),
	}
}

func (a vec) unit() vec { return a.times(1 / math.Sqrt(a.dot(a))) }

// mirror turns direction a around at a surface with normal n.
func (a vec) mirror(n vec) vec { return a.minus(n.times(2 * a.dot(n))) }

// anyUnit is a random direction.
func anyUnit(random *rand.Rand) vec {
	for {
		v := vec{2*random.Float64() - 1, 2*random.Float64() - 1, 2*random.Float64() - 1}
		if n := v.dot(v); n > 1e-6 && n <= 1 {
			return v.unit()
		}
	}
}
