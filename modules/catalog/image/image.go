package image

import (
	"archive/tar"
	"bytes"
	"context"
	"io"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/catalog"
)

// Program is a static linux/amd64 program, to be an image by itself.
type Program struct {
	Name   string // also of the file, in the root folder
	Tag    string
	Binary []byte
}

// created is the time of everything in an image.
var created = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// ID returns the image id: sha256: and the digest of the image's config.
func ID(p Program) (string, error) {
	img, err := assemble(p)
	if err != nil {
		return "", err
	}
	id, err := img.ConfigName()
	return id.String(), err
}

// Write writes the image in the form that docker load reads.
func Write(w io.Writer, p Program) error {
	img, err := assemble(p)
	if err != nil {
		return err
	}
	tag, err := name.NewTag("lilypad/" + p.Name + ":" + p.Tag)
	if err != nil {
		return err
	}
	return tarball.Write(tag, img, w)
}

func assemble(p Program) (v1.Image, error) {
	content, err := layer(p)
	if err != nil {
		return nil, err
	}
	l, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	})
	if err != nil {
		return nil, err
	}
	img, err := mutate.ConfigFile(empty.Image, &v1.ConfigFile{
		Architecture: "amd64", OS: "linux", Created: v1.Time{Time: created},
		Config: v1.Config{
			Entrypoint: []string{"/" + p.Name},
			Labels:     map[string]string{"network.lilypad.module": p.Name + ":" + p.Tag},
		},
	})
	if err != nil {
		return nil, err
	}
	return mutate.Append(img, mutate.Addendum{
		Layer:   l,
		History: v1.History{Created: v1.Time{Time: created}, CreatedBy: "lilypad modules/catalog/image"},
	})
}

// layer holds the program and the folders that a job is given.
func layer(p Program) ([]byte, error) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, dir := range []string{"inputs/", "outputs/", "tmp/"} {
		if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: dir, Mode: 0o755, ModTime: created}); err != nil {
			return nil, err
		}
	}
	head := &tar.Header{Typeflag: tar.TypeReg, Name: p.Name, Mode: 0o755, Size: int64(len(p.Binary)), ModTime: created}
	if err := w.WriteHeader(head); err != nil {
		return nil, err
	}
	if _, err := w.Write(p.Binary); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Source opens the catalog's images by their id.
type Source struct{}

// Open returns an image in the form that docker load reads. The caller closes it.
//
// # Errors
//
// NotFound when no catalog entry has that image.
func (Source) Open(_ context.Context, id string) (io.ReadCloser, error) {
	for _, e := range catalog.List() {
		if e.Image != id {
			continue
		}
		binary, err := e.Linux()
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := Write(&b, Program{Name: e.Name, Tag: e.Tag, Binary: binary}); err != nil {
			return nil, err
		}
		return io.NopCloser(&b), nil
	}
	return nil, lilypad.Errorf(lilypad.NotFound, "the catalog has no image %.80s", id)
}
