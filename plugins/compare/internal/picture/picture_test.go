package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"slices"
	"testing"

	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/picture"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

// scene is a picture with a gradient, an edge and some texture.
func scene(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{uint8(x * 200 / width), uint8(y * 200 / height), uint8((x*7 + y*13) % 32), 255}
			if x > width/2 {
				c.R += 50
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// shifted is a picture with levels added to a channel of the first n pixels.
func shifted(img *image.RGBA, n, levels int) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	copy(out.Pix, img.Pix)
	for i := range n {
		out.Pix[4*i+2] += uint8(levels)
	}
	return out
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sized is the PNG with the size in its header replaced.
func sized(b []byte, width, height uint32) []byte {
	b = bytes.Clone(b)
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func converted(img image.Image, to draw.Image) image.Image {
	draw.Draw(to, to.Bounds(), img, image.Point{}, draw.Src)
	return to
}

func judged(t testing.TB, a, b []byte, params ...compare.Param) compare.Comparison {
	t.Helper()
	limits := judge.Limits{Params: append([]compare.Param{
		{Key: "pixels_tolerance", Value: 2},
		{Key: "pixels_pay_ppm", Value: 10_000},
		{Key: "pixels_slash_ppm", Value: 50_000},
		{Key: "jpeg_tolerance", Value: 20},
		{Key: "jpeg_pay_ppm", Value: 10_000},
		{Key: "jpeg_slash_ppm", Value: 50_000},
		{Key: "ssim_pay_ppm", Value: 10_000},
		{Key: "ssim_slash_ppm", Value: 50_000},
	}, params...)}
	c, ok := picture.New(limits).Judge("x", a, b)
	if !ok {
		t.Fatal("no picture")
	}
	return c
}

func TestJudge(t *testing.T) {
	const equal, different, incomparable = compare.SamenessEqual, compare.SamenessDifferent, compare.SamenessIncomparable
	img := scene(40, 50)
	right, asJ := asPNG(t, img), asJPEG(t, img, 95)
	gray := converted(img, image.NewGray(img.Rect))
	for name, tt := range map[string]struct {
		a, b   []byte
		want   compare.Sameness
		reason uint16
	}{
		"of 16 bits":            {right, asPNG(t, converted(img, image.NewNRGBA64(img.Rect))), equal, 0},
		"gray, and as RGBA":     {asPNG(t, gray), asPNG(t, converted(gray, image.NewRGBA(img.Rect))), equal, 0},
		"with metadata":         {asJ, slices.Insert(bytes.Clone(asJ), 2, 0xff, 0xfe, 0, 4, 'h', 'i'), equal, 0},
		"a JPEG is no PNG":      {right, asJ, different, judge.Pixels},
		"two of other quality":  {asJPEG(t, img, 96), asJ, equal, 0},
		"within the tolerance":  {right, asPNG(t, shifted(img, 2000, 2)), equal, 0},
		"few pixels beyond":     {right, asPNG(t, shifted(img, 20, 3)), equal, 0},
		"more":                  {right, asPNG(t, shifted(img, 21, 3)), incomparable, judge.Pixels},
		"nearly too many":       {right, asPNG(t, shifted(img, 99, 3)), incomparable, judge.Pixels},
		"too many":              {right, asPNG(t, shifted(img, 100, 3)), different, judge.Pixels},
		"another size":          {right, asPNG(t, scene(50, 40)), different, judge.OtherShape},
		"cut short":             {right, right[:len(right)/2], different, judge.OneBroken},
		"both cut short":        {right[:len(right)/2], right[:len(right)/3], incomparable, judge.BothBroken},
		"JPEG cut short":        {asJ, asJ[:len(asJ)/2], different, judge.OneBroken},
		"huge in one":           {right, sized(right, 50_000, 50_000), different, judge.OtherShape},
		"huge in both":          {sized(right, 50_000, 50_000), sized(asPNG(t, gray), 50_000, 50_000), incomparable, judge.TooManyDots},
		"a side beyond reason":  {right, sized(right, math.MaxInt32, 1), different, judge.OneBroken},
		"a lie about the size":  {asPNG(t, scene(40, 60)), sized(right, 40, 60), different, judge.OneBroken},
		"scans without end":     {asJ, append(bytes.Clone(asJ), bytes.Repeat([]byte{0xff, 0xda}, 40)...), different, judge.OneBroken},
		"nothing but the magic": {right, []byte("\x89PNG\r\n\x1a\n"), different, judge.OneBroken},
	} {
		t.Run(name, func(t *testing.T) {
			for _, pair := range [][2][]byte{{tt.a, tt.b}, {tt.b, tt.a}} {
				if c := judged(t, pair[0], pair[1]); c.Sameness != tt.want || c.Reason != tt.reason {
					t.Errorf("%+v, want %s for reason %d", c, tt.want, tt.reason)
				}
			}
		})
	}
}

// Many pictures are no more work than one: who sees all pixels of a result
// knows when to stop.
func TestJudge_boundsAllPictures(t *testing.T) {
	a, b := asPNG(t, scene(1024, 512)), asPNG(t, shifted(scene(1024, 512), 1, 1))
	k := picture.New(judge.Limits{Params: []compare.Param{{Key: "pixels_tolerance", Value: 1}, {Key: "ssim_pay_ppm", Value: 10}}})
	for i, want := range []compare.Sameness{compare.SamenessEqual, compare.SamenessEqual, compare.SamenessIncomparable} {
		if c, ok := k.Judge("x", a, b); !ok || c.Sameness != want {
			t.Errorf("picture %d: %+v, %t", i, c, ok)
		}
	}
}

// SSIM of a constant picture against another is what its first factor says:
// (2xy + c1) / (x² + y² + c1).
func TestJudge_structureIsSSIM(t *testing.T) {
	flat := func(level uint8) []byte {
		return asPNG(t, converted(image.NewUniform(color.Gray{level}), image.NewGray(image.Rect(0, 0, 20, 9))))
	}
	const c1 = 2.55 * 2.55
	want := uint64(math.Round(1e6 * (1 - (2*100*150+c1)/(100*100+150*150+c1))))
	c := judged(t, flat(100), flat(150), compare.Param{})
	if c.Reason != judge.Pixels { // the pixels differ more
		t.Errorf("%+v", c)
	}
	limits := judge.Limits{Params: []compare.Param{{Key: "pixels_tolerance", Value: 255}}}
	if c, _ := picture.New(limits).Judge("x", flat(100), flat(150)); c.Distance != want || c.Reason != judge.Structure {
		t.Errorf("%+v, want %d", c, want)
	}
}

func TestJudge_isForPictures(t *testing.T) {
	right := asPNG(t, scene(8, 8))
	for _, b := range []string{"", "GIF89a", "\x89PN"} {
		if c, ok := picture.New(judge.Limits{}).Judge("x.png", right, []byte(b)); ok {
			t.Errorf("%q is a picture: %+v", b, c)
		}
	}
}

func FuzzJudge(f *testing.F) {
	img := scene(9, 17)
	f.Add(asPNG(f, img), asPNG(f, shifted(img, 9, 9)))
	f.Add(asJPEG(f, img, 50), asPNG(f, img))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		for _, file := range [][]byte{a, b} {
			if c, _, err := image.DecodeConfig(bytes.NewReader(file)); err == nil && c.Width*c.Height > 1<<12 {
				t.Skip("only slow: other tests have the bounds")
			}
		}
		limits := judge.Limits{Params: []compare.Param{{Key: "pixels_slash_ppm", Value: 500_000}, {Key: "jpeg_slash_ppm", Value: 500_000}, {Key: "ssim_slash_ppm", Value: 500_000}}}
		ab, okAB := picture.New(limits).Judge("x", a, b)
		ba, okBA := picture.New(limits).Judge("x", b, a)
		if ab != ba || okAB != okBA {
			t.Errorf("%+v, %t one way, %+v, %t the other", ab, okAB, ba, okBA)
		}
		if aa, ok := picture.New(limits).Judge("x", a, a); ok && aa.Sameness == compare.SamenessDifferent {
			t.Errorf("not itself: %+v", aa)
		}
	})
}
