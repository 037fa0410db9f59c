package picture

import (
	"image"

	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
)

// outside is the share of pixels of which a channel differs by more than
// tolerance levels of 255.
func outside(x, y *image.RGBA, tolerance int) judge.Measure {
	n, total := 0, x.Rect.Dx()*x.Rect.Dy()
	for at := 0; at < 4*total; at += 4 {
		p, q := x.Pix[at:at+4:at+4], y.Pix[at:at+4:at+4]
		for i := range p {
			if d := int(p[i]) - int(q[i]); d > tolerance || -d > tolerance {
				n++
				break
			}
		}
	}
	return judge.Share(judge.Pixels, uint64(n), uint64(total))
}

// Windows of SSIM, in pixels, and the constants of the paper for 255 levels.
const (
	window = 8
	step   = 4
	c1     = (0.01 * 255) * (0.01 * 255)
	c2     = (0.03 * 255) * (0.03 * 255)
)

// structure is 1 − SSIM in ppm, at most 1 000 000. Sums are of integers, and
// quotients are added in one order: the same everywhere.
func structure(x, y *image.RGBA) judge.Measure {
	a, b := luma(x), luma(y)
	width, height := x.Rect.Dx(), x.Rect.Dy()
	sum, windows := 0.0, 0
	for top := 0; top == 0 || top+window <= height; top += step {
		for left := 0; left == 0 || left+window <= width; left += step {
			sum += similarity(a, b, width, image.Rect(left, top, min(left+window, width), min(top+window, height)))
			windows++
		}
	}
	d := uint64(min(max(1-sum/float64(windows), 0), 1)*judge.All + 0.5)
	return judge.Measure{Reason: judge.Structure, Value: d, Arg0: d}
}

// similarity is SSIM in one window, with the variances of a sample.
func similarity(a, b []uint8, width int, r image.Rectangle) float64 {
	var sa, sb, saa, sbb, sab int
	for row := r.Min.Y; row < r.Max.Y; row++ {
		p := a[row*width+r.Min.X : row*width+r.Max.X]
		q := b[row*width+r.Min.X:][:len(p)]
		for i, u := range p {
			u, v := int(u), int(q[i])
			sa, sb, saa, sbb, sab = sa+u, sb+v, saa+u*u, sbb+v*v, sab+u*v
		}
	}
	n := r.Dx() * r.Dy()
	size, pairs := float64(n), float64(max(n*(n-1), 1))
	ma, mb := float64(sa)/size, float64(sb)/size
	va, vb := float64(n*saa-sa*sa)/pairs, float64(n*sbb-sb*sb)/pairs
	cov := float64(n*sab-sa*sb) / pairs
	mean := (2*float64(ma*mb) + c1) / (float64(ma*ma) + float64(mb*mb) + c1)
	return mean * ((2*cov + c2) / (va + vb + c2))
}

// luma is Y' of ITU-R BT.601, rounded.
func luma(x *image.RGBA) []uint8 {
	y := make([]uint8, x.Rect.Dx()*x.Rect.Dy())
	for i := range y {
		p := x.Pix[4*i : 4*i+3 : 4*i+3]
		y[i] = uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2]) + 500) / 1000)
	}
	return y
}
