package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
)

// Sizes of the model of pictures: a grid of cells that each look at their
// neighbours, step by step, and a picture painted from it.
const (
	side     = 12 // cells
	channels = 12
	inner    = 20
	steps    = 6
	zoom     = 4 // pixels of a cell
	size     = side * zoom
)

// painter is a model that begins with noise and refines it towards what the
// prompt asks for, as diffusion does.
type painter struct{ in, out, paint matrix }

func newPainter(model uint64) painter {
	r := rand.New(rand.NewPCG(model, 'p'))
	return painter{random(r, inner, 3*channels, 1.5), random(r, channels, inner, 1.5), random(r, 3, channels, 1)}
}

// work is what one job of any model is asked for.
type work struct {
	prompt, seed uint64
	steps        int // of the model's own number; fewer is cheaper
}

func vector(kind, seed uint64, n int) []float32 {
	r := rand.New(rand.NewPCG(seed, kind))
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(2*r.Float64() - 1)
	}
	return v
}

// draw runs the model.
func (p painter) draw(on machine, w work) *image.RGBA {
	in, out, paint := p.in.on(on), p.out.on(on), p.paint.on(on)
	prompt, cells := vector('w', w.prompt, channels), vector('s', w.seed, side*side*channels)
	x, h, step := make([]float32, 3*channels), make([]float32, inner), make([]float32, channels)
	copy(x[2*channels:], prompt)
	for range w.steps {
		next := make([]float32, len(cells))
		for i := range side * side {
			copy(x, cells[i*channels:(i+1)*channels])
			around(on, cells, i, x[channels:2*channels])
			in.times(on, x, h)
			activate(on, h)
			out.times(on, h, step)
			for c := range channels {
				next[i*channels+c] = on.result(x[c] + float32(0.3*step[c]))
			}
		}
		cells = next
	}
	return render(on, paint, cells)
}

// around is the mean of the four neighbours of a cell, on a torus.
func around(on machine, cells []float32, i int, mean []float32) {
	row, col := i/side, i%side
	for c := range mean {
		at := func(row, col int) float32 {
			return cells[((row+side)%side*side+(col+side)%side)*channels+c]
		}
		mean[c] = on.result(0.25 * (at(row-1, col) + at(row+1, col) + at(row, col-1) + at(row, col+1)))
	}
}

// render paints each pixel from the cells about it, weighed by distance.
func render(on machine, paint matrix, cells []float32) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	feature, colour := make([]float32, channels), make([]float32, 3)
	for y := range size {
		for x := range size {
			fy, fx := float32(y%zoom)/zoom, float32(x%zoom)/zoom
			top, left := y/zoom, x/zoom
			below, right := (top+1)%side, (left+1)%side
			for c := range feature {
				at := func(row, col int) float32 { return cells[(row*side+col)*channels+c] }
				up := at(top, left) + float32(fx*(at(top, right)-at(top, left)))
				low := at(below, left) + float32(fx*(at(below, right)-at(below, left)))
				feature[c] = on.result(up + float32(fy*(low-up)))
			}
			paint.times(on, feature, colour)
			p := img.Pix[img.PixOffset(x, y):]
			for i, v := range colour {
				p[i] = uint8(127.5 + float32(127*softsign(float32(2*v))))
			}
			p[3] = 255
		}
	}
	return img
}

func encodePNG(img image.Image, level png.CompressionLevel) []byte {
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: level}).Encode(&b, img); err != nil {
		panic(err) // of an image in memory to memory
	}
	return b.Bytes()
}

func encodeJPEG(img image.Image, quality int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // of an image in memory to memory
	}
	return b.Bytes()
}

// change is a picture with each pixel replaced.
func change(img *image.RGBA, pixel func(x, y int) [3]uint8) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	for y := range size {
		for x := range size {
			p, c := out.Pix[out.PixOffset(x, y):], pixel(x, y)
			p[0], p[1], p[2], p[3] = c[0], c[1], c[2], 255
		}
	}
	return out
}

func at(img *image.RGBA, x, y int) [3]uint8 {
	return [3]uint8(img.Pix[img.PixOffset(min(max(x, 0), size-1), min(max(y, 0), size-1)):][:3])
}

// blurred has each pixel as the mean of nine.
func blurred(img *image.RGBA) *image.RGBA {
	return change(img, func(x, y int) (c [3]uint8) {
		for i := range c {
			sum := 0
			for d := range 9 {
				sum += int(at(img, x+d%3-1, y+d/3-1)[i])
			}
			c[i] = uint8(sum / 9)
		}
		return c
	})
}

// halved was made at half the width and height.
func halved(img *image.RGBA) *image.RGBA {
	return change(img, func(x, y int) [3]uint8 { return at(img, x/2*2, y/2*2) })
}

// cut has its lower part left out: a tenth of the rows.
func cut(img *image.RGBA) *image.RGBA {
	return change(img, func(x, y int) [3]uint8 {
		if y >= size*9/10 {
			return [3]uint8{}
		}
		return at(img, x, y)
	})
}

func plain(img *image.RGBA) *image.RGBA {
	return change(img, func(int, int) [3]uint8 { return [3]uint8{128, 128, 128} })
}

func noisy(img *image.RGBA, seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 'n'))
	return change(img, func(int, int) [3]uint8 {
		v := r.Uint32()
		return [3]uint8{uint8(v), uint8(v >> 8), uint8(v >> 16)}
	})
}
