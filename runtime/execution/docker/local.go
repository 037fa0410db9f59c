package docker

import (
	"context"

	cerrdefs "github.com/containerd/errdefs"

	"github.com/lilypad-network/lilypad"
)

// ImageID returns the id of the image that the engine has under a name, for who
// built it here and has pushed it nowhere.
//
// # Errors
//
// NotFound when it has none, Unavailable when the engine does not answer.
func (e *Executor) ImageID(ctx context.Context, name string) (string, error) {
	img, err := e.engine.ImageInspect(ctx, name)
	if cerrdefs.IsNotFound(err) {
		return "", lilypad.Errorf(lilypad.NotFound, "the docker engine has no image %.120q", name).Try("docker build -t %s .", name)
	}
	if err != nil {
		return "", engineError("inspect image "+name, err)
	}
	return img.ID, nil
}
