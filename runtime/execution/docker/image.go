package docker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	cerrdefs "github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/image"

	"github.com/lilypad-network/lilypad"
)

// Images has images by their id.
type Images interface {
	// Open returns the image whose config has that digest, in the form that
	// docker load reads. NotFound when it has none. The caller closes it.
	Open(ctx context.Context, id string) (io.ReadCloser, error)
}

// A reference is an image id, or a name with a manifest digest.
var pinnedForm = regexp.MustCompile(`^([a-z0-9][a-zA-Z0-9._:/-]{0,255}@)?sha256:[0-9a-f]{64}$`)

// warm refuses an image that is neither here nor may be fetched.
func (e *Executor) warm(ctx context.Context, ref string) error {
	if !pinnedForm.MatchString(ref) {
		return lilypad.Errorf(lilypad.Invalid, "image %.120q is not pinned by a sha256 digest", ref)
	}
	_, err := e.engine.ImageInspect(ctx, ref)
	switch {
	case err == nil:
		return nil
	case !cerrdefs.IsNotFound(err):
		return engineError("inspect image "+ref, err)
	case !strings.HasPrefix(ref, "sha256:"):
		if e.cfg.Pull {
			return nil
		}
		return lilypad.Errorf(lilypad.NotFound, "image %.120q is cold: this machine does not have it and does not pull for strangers", ref)
	case e.cfg.Images == nil:
		return lilypad.Errorf(lilypad.NotFound, "image %.120q is not on this machine", ref)
	}
	r, err := e.cfg.Images.Open(ctx, ref)
	if err != nil {
		return err
	}
	return r.Close()
}

// Fetch implements [execution.Fetcher].
//
// # Errors
//
// Invalid for an image without a digest, NotFound for one that nobody has,
// Unavailable when the registry or the engine does not answer.
func (e *Executor) Fetch(ctx context.Context, ref string) error {
	_, err := e.image(ctx, ref, true)
	return err
}

// image returns a pinned image, which it loads, or pulls where that is allowed,
// when it is not there.
func (e *Executor) image(ctx context.Context, ref string, pull bool) (image.InspectResponse, error) {
	if !pinnedForm.MatchString(ref) {
		return image.InspectResponse{}, lilypad.Errorf(lilypad.Invalid, "image %.120q is not pinned by a sha256 digest", ref)
	}
	img, err := e.engine.ImageInspect(ctx, ref)
	if !cerrdefs.IsNotFound(err) {
		if err != nil {
			err = engineError("inspect image "+ref, err)
		}
		return img, err
	}
	// A second job must not end the fetch that a first one waits for.
	fetched := e.loading.DoChan(fmt.Sprint(ref, pull), func() (any, error) {
		return nil, e.fetch(context.WithoutCancel(ctx), ref, pull)
	})
	select {
	case r := <-fetched:
		if r.Err != nil {
			return img, r.Err
		}
	case <-ctx.Done():
		return img, ctx.Err()
	}
	if img, err = e.engine.ImageInspect(ctx, ref); err != nil {
		err = engineError("inspect image "+ref, err)
	}
	return img, err
}

func (e *Executor) fetch(ctx context.Context, ref string, pull bool) error {
	if !strings.HasPrefix(ref, "sha256:") {
		if !pull {
			return lilypad.Errorf(lilypad.NotFound, "image %.120q is cold: this machine does not have it and does not pull for strangers", ref)
		}
		login, err := e.login(ctx, ref)
		if err != nil {
			return err
		}
		r, err := e.engine.ImagePull(ctx, ref, image.PullOptions{RegistryAuth: login})
		if err != nil {
			return engineError("pull image "+ref, err)
		}
		return progress("pull image "+ref, r)
	}
	if e.cfg.Images == nil {
		return lilypad.Errorf(lilypad.NotFound, "image %s is not on this machine", ref)
	}
	file, err := e.cfg.Images.Open(ctx, ref)
	if err != nil {
		return err
	}
	defer file.Close()
	r, err := e.engine.ImageLoad(ctx, file)
	if err != nil {
		return engineError("load image "+ref, err)
	}
	return progress("load image "+ref, r.Body)
}

// progress reads the engine's messages to their end, and returns the error
// that one of them tells.
func progress(what string, r io.ReadCloser) error {
	defer r.Close()
	for lines := json.NewDecoder(r); ; {
		var message struct {
			Error string `json:"error"`
		}
		switch err := lines.Decode(&message); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return engineError(what, err)
		case message.Error != "":
			return lilypad.Errorf(lilypad.Unavailable, "%s: %s", what, message.Error)
		}
	}
}
