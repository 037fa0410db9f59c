// Package registry looks up the digest behind a Docker image's tag, so that a
// deal names the image itself and not a tag that moves.
//
//	pinned, err := registry.New(registry.Config{}).Pin(ctx, "ollama/ollama:latest")
//
// It speaks the one request of the distribution protocol that this needs,
// anonymously: the library's client would bring the Docker command line's
// configuration with it. It pulls nothing; runtime/execution/docker does. It
// implements modules.ImagePinner and imports the root package and
// internal/publicnet.
package registry
