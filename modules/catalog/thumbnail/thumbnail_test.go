package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "accept the output as golden")

// picture draws a gradient with a bright disc.
func picture(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{uint8(255 * x / w), uint8(255 * y / h), 128, 255}
			if dx, dy := x-w/2, y-h/2; dx*dx+dy*dy < h*h/9 {
				c = color.NRGBA{250, 220, 40, 200}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func encode(t *testing.T, format string, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&b, img)
	case "jpeg":
		err = jpeg.Encode(&b, img, nil)
	case "gif":
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRun_golden(t *testing.T) {
	in := fstest.MapFS{
		"readme.txt":     {Data: []byte("no image")},
		"one.gif":        {Data: encode(t, "gif", picture(90, 60))},
		"photos/cat.jpg": {Data: encode(t, "jpeg", picture(300, 200))},
		"wide.PNG":       {Data: encode(t, "png", picture(200, 50))},
	}
	for name, c := range map[string]struct{ file, width string }{
		"first":  {"", ""},
		"jpeg":   {"photos/cat.jpg", "64"},
		"png":    {"wide.PNG", "100"},
		"larger": {"one.gif", "120"},
		"tiny":   {"wide.PNG", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			out, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			var stdout bytes.Buffer
			if err := run(in, out, c.file, c.width, &stdout); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".png")
			got, err := os.ReadFile(filepath.Join(dir, "thumbnail.png"))
			if err != nil {
				t.Fatal(err)
			}
			facts, err := os.ReadFile(filepath.Join(dir, "facts.json"))
			if err != nil {
				t.Fatal(err)
			}
			text := stdout.String() + string(facts)
			if *update {
				if err := errors.Join(os.WriteFile(golden, got, 0o644), os.WriteFile(golden+".facts", []byte(text), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("thumbnail differs from %s", golden)
			}
			wantText, err := os.ReadFile(golden + ".facts")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(wantText), text); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRun_refuses(t *testing.T) {
	bomb := encode(t, "png", picture(1, 1))
	copy(bomb[16:24], "\x00\x00\xff\xff\x00\x00\xff\xff") // width and height of the header
	fixCRC(bomb)
	in := fstest.MapFS{
		"bomb.png":  {Data: bomb},
		"text.png":  {Data: []byte("no image")},
		"tall.png":  {Data: encode(t, "png", picture(1, 100))},
		"short.jpg": {Data: encode(t, "jpeg", picture(40, 40))[:200]},
	}
	for name, c := range map[string]struct {
		in                fstest.MapFS
		file, width, want string
	}{
		"bomb":        {in, "bomb.png", "", "65535x65535 pixels"},
		"no image":    {in, "text.png", "", "unknown format"},
		"cut":         {in, "short.jpg", "", "unexpected EOF"},
		"too high":    {in, "tall.png", "100", "higher than 2048"},
		"width":       {in, "tall.png", "wide", "not a number from 1 to 2048"},
		"zero width":  {in, "tall.png", "0", "not a number"},
		"climbs":      {in, "../etc/passwd", "", "does not exist"},
		"absent":      {in, "none.png", "", "not exist"},
		"no input":    {fstest.MapFS{}, "", "", "among the inputs"},
		"only a text": {fstest.MapFS{"a.txt": {}}, "", "", "among the inputs"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := os.OpenRoot(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			err = run(c.in, out, c.file, c.width, &bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// fixCRC mends the checksum of a PNG's header chunk.
func fixCRC(b []byte) {
	binary.BigEndian.PutUint32(b[29:33], crc32.ChecksumIEEE(b[12:29]))
}
