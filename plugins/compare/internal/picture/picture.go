package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"runtime"

	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

// MaxPixels bounds the pixels of all pictures of a result that differ: a
// decoded pair has to fit a guest's memory, and its work the fuel of a call.
const MaxPixels = 1 << 20

// maxBytes bounds a file, whose bytes cost as much as its pixels.
const maxBytes = 2 << 20

// maxScans bounds the passes over a progressive JPEG, each of which costs as
// much as the picture is large, however short it is in the file. Encoders
// write about ten.
const maxScans = 16

// New is the kind with the limits of a pair.
func New(l judge.Limits) judge.Kind { return &kind{Limits: l} }

type kind struct {
	judge.Limits
	pixels int // seen so far
}

func (k *kind) Judge(_ string, a, b []byte) (compare.Comparison, bool) {
	if !isPicture(a) || !isPicture(b) {
		return compare.Comparison{}, false
	}
	if c, over := judge.Larger(uint64(len(a)), uint64(len(b)), maxBytes); over {
		return c, true
	}
	sizeA, errA := measure(a)
	sizeB, errB := measure(b)
	switch {
	case errA != nil || errB != nil:
		return judge.Broken(errA, errB), true
	case sizeA != sizeB:
		return judge.Different(judge.OtherShape), true
	}
	// An area of less than 2⁶⁰: measure bounds each side.
	if k.pixels += sizeA.X * sizeA.Y; k.pixels > MaxPixels {
		return compare.Incomparable().Because(judge.TooManyDots).With(uint64(k.pixels), MaxPixels), true
	}
	x, errA := decode(a)
	runtime.GC() // what the decoder leaves would not fit in beside the other's
	y, errB := decode(b)
	if errA != nil || errB != nil {
		return judge.Broken(errA, errB), true
	}
	beyond := k.beyond("pixels", x, y)
	if isJPEG(a) && isJPEG(b) { // else a cheat would choose the wider limits
		beyond = k.beyond("jpeg", x, y)
	}
	return judge.Worse(beyond, k.Verdict("ssim", structure(x, y))), true
}

func (k *kind) beyond(key string, x, y *image.RGBA) compare.Comparison {
	return k.Verdict(key, outside(x, y, int(min(k.Get(key+"_tolerance"), 255))))
}

const (
	pngMagic  = "\x89PNG\r\n\x1a\n"
	jpegMagic = "\xff\xd8\xff"
)

func isPicture(b []byte) bool {
	return bytes.HasPrefix(b, []byte(pngMagic)) || isJPEG(b)
}

func isJPEG(b []byte) bool { return bytes.HasPrefix(b, []byte(jpegMagic)) }

// measure is the size that a file says it has.
func measure(b []byte) (image.Point, error) {
	header := png.DecodeConfig
	if isJPEG(b) {
		if bytes.Count(b, []byte{0xff, 0xda}) > maxScans {
			return image.Point{}, errors.New("too many scans")
		}
		header = jpeg.DecodeConfig
	}
	c, err := header(bytes.NewReader(b))
	if err != nil {
		return image.Point{}, err
	}
	if c.Width < 1 || c.Height < 1 || c.Width > MaxPixels || c.Height > MaxPixels {
		return image.Point{}, fmt.Errorf("a picture of %d by %d pixels", c.Width, c.Height)
	}
	return image.Pt(c.Width, c.Height), nil
}

func decode(b []byte) (*image.RGBA, error) {
	read := png.Decode
	if isJPEG(b) {
		read = jpeg.Decode
	}
	img, err := read(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	if rgba, ok := img.(*image.RGBA); ok {
		return rgba, nil
	}
	rgba := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(rgba, rgba.Rect, img, img.Bounds().Min, draw.Src)
	return rgba, nil
}
