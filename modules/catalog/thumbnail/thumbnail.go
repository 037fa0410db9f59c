package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"

	"golang.org/x/image/draw"
)

const (
	defaultWidth = 256
	maxSide      = 2048       // of the thumbnail
	maxPixels    = 32_000_000 // of the source
)

// facts is what /outputs/facts.json tells.
type facts struct {
	Source    source    `json:"source"`
	Thumbnail thumbnail `json:"thumbnail"`
}

type source struct {
	File   string `json:"file"`
	Format string `json:"format"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

type thumbnail struct {
	File      string `json:"file"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Bytes     int    `json:"bytes"`
	SHA256    string `json:"sha256"`
	MeanColor string `json:"mean_color"` // #rrggbb, over black
}

// run makes the thumbnail of one image of in and writes thumbnail.png and
// facts.json to out.
func run(in fs.FS, out *os.Root, file, width string, stdout io.Writer) error {
	target, err := parseWidth(width)
	if err != nil {
		return err
	}
	if file == "" {
		if file, err = firstImage(in); err != nil {
			return err
		}
	}
	img, src, err := decode(in, file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	small, err := resize(img, target)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, small); err != nil {
		return err
	}
	f := facts{Source: src, Thumbnail: thumbnail{
		File: "thumbnail.png", Width: small.Rect.Dx(), Height: small.Rect.Dy(), Bytes: b.Len(),
		SHA256: fmt.Sprintf("%x", sha256.Sum256(b.Bytes())), MeanColor: meanColor(small),
	}}
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	if err := out.WriteFile(f.Thumbnail.File, b.Bytes(), 0o644); err != nil {
		return err
	}
	if err := out.WriteFile("facts.json", append(text, '\n'), 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s: %dx%d %s -> %s %dx%d\n", src.File, src.Width, src.Height, src.Format,
		f.Thumbnail.File, f.Thumbnail.Width, f.Thumbnail.Height)
	return err
}

func parseWidth(s string) (int, error) {
	if s == "" {
		return defaultWidth, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > maxSide {
		return 0, fmt.Errorf("width %.20q is not a number from 1 to %d", s, maxSide)
	}
	return n, nil
}

// firstImage returns the first path, in lexical order, that is named as an image.
func firstImage(in fs.FS) (found string, err error) {
	err = fs.WalkDir(in, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch strings.ToLower(path.Ext(name)) {
		case ".png", ".jpg", ".jpeg", ".gif":
			if d.Type().IsRegular() {
				found = name
				return fs.SkipAll
			}
		}
		return nil
	})
	if err == nil && found == "" {
		err = fmt.Errorf("no .png, .jpg, .jpeg or .gif file is among the inputs")
	}
	return found, err
}

// decode reads the size first, so that a small file cannot ask for much memory.
func decode(in fs.FS, file string) (image.Image, source, error) {
	b, err := fs.ReadFile(in, file)
	if err != nil {
		return nil, source{}, err
	}
	head, format, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, source{}, err
	}
	if head.Width < 1 || head.Height < 1 || head.Width > maxPixels/head.Height {
		return nil, source{}, fmt.Errorf("%dx%d pixels, at most %d are allowed", head.Width, head.Height, maxPixels)
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	return img, source{File: file, Format: format, Width: head.Width, Height: head.Height}, err
}

func resize(img image.Image, width int) (*image.RGBA, error) {
	size := img.Bounds().Size()
	height := max(1, (size.Y*width+size.X/2)/size.X)
	if height > maxSide {
		return nil, fmt.Errorf("a thumbnail of %dx%d would be higher than %d: ask for a smaller width", width, height, maxSide)
	}
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(small, small.Rect, img, img.Bounds(), draw.Src, nil)
	return small, nil
}

func meanColor(img *image.RGBA) string {
	var sum [3]int
	for i, v := range img.Pix {
		if i%4 < 3 {
			sum[i%4] += int(v)
		}
	}
	n := len(img.Pix) / 4
	return fmt.Sprintf("#%02x%02x%02x", sum[0]/n, sum[1]/n, sum[2]/n)
}
