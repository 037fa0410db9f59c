package main

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func painted(t *testing.T, change func(i int, p []uint8)) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for i := range 100 * 100 {
		p := img.Pix[4*i : 4*i+4]
		p[0], p[1], p[2], p[3] = uint8(i%100), uint8(i/100), uint8(i%7*20), 255
		change(i, p)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The limits of the manifest: rounding is paid, one level more in a hundredth
// of the pixels refunded, in all slashed.
func TestImage_Compare(t *testing.T) {
	h := plugintest.New(t, newImage, `{}`)
	right := painted(t, func(int, []uint8) {})
	for name, tt := range map[string]struct {
		b    string
		want plugintest.Sameness
	}{
		"one level":             {painted(t, func(_ int, p []uint8) { p[0]++ }), plugintest.SamenessEqual},
		"two, in a hundredth":   {painted(t, func(i int, p []uint8) { p[0] += uint8(2 * (99 - min(i%100, 99)) / 99) }), plugintest.SamenessIncomparable},
		"two, everywhere":       {painted(t, func(_ int, p []uint8) { p[0] += 2 }), plugintest.SamenessDifferent},
		"something that is not": {"\x89PNG", plugintest.SamenessDifferent},
	} {
		got := plugintest.Compare(t, h, plugintest.Tree{"x.png": right, "stdout": "1"}, plugintest.Tree{"x.png": tt.b, "stdout": "1"})
		if got.Sameness != tt.want {
			t.Errorf("%s: %+v, want %s", name, got, tt.want)
		}
	}
	got := plugintest.Compare(t, h, plugintest.Tree{"x.png": right, "stdout": "1"}, plugintest.Tree{"x.png": right, "stdout": "2"})
	if got.Sameness != plugintest.SamenessDifferent {
		t.Errorf("another log: %+v", got)
	}
}
