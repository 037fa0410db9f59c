package docker

import (
	"context"

	"github.com/distribution/reference"
	"github.com/docker/docker/api/types/registry"
	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/credentials"

	"github.com/lilypad-network/lilypad"
)

// login is what docker login stored for the registry of an image, in its file or
// a helper of the system, in the form that the engine takes. Empty when there is
// nothing, or it is not to be used.
func (e *Executor) login(ctx context.Context, ref string) (string, error) {
	if !e.cfg.Login {
		return "", nil
	}
	image, err := reference.ParseNormalizedNamed(ref)
	if err != nil {
		return "", &lilypad.Error{Code: lilypad.Invalid, Msg: "image name", Err: err}
	}
	stored, err := credentials.NewStoreFromDocker(credentials.StoreOptions{})
	if err != nil {
		return "", unreadable(err)
	}
	server := credentials.ServerAddressFromRegistry(reference.Domain(image))
	c, err := stored.Get(ctx, server)
	if err != nil {
		return "", unreadable(err)
	}
	if c == auth.EmptyCredential {
		return "", nil
	}
	return registry.EncodeAuthConfig(registry.AuthConfig{
		Username: c.Username, Password: c.Password, IdentityToken: c.RefreshToken, RegistryToken: c.AccessToken, ServerAddress: server,
	})
}

func unreadable(err error) error {
	return &lilypad.Error{Code: lilypad.Unavailable, Msg: "credentials of docker login", Remedy: "give docker login again, or mend the file config.json that it writes", Err: err}
}
