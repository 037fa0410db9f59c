// Package docker is the executor for modules that are Docker images. A job is
// one container: it outlives the node, which finds it again by its name.
//
// What a container gets: no network unless the spec asks and the provider
// allows, a read-only root, a small /tmp, /inputs to read, its output folders
// to fill, no capability, no new privilege, and limits on memory, processor,
// processes, files, log and outputs. Nothing of the host is mounted: inputs
// are copied in and outputs copied out through the engine.
//
//	e, err := docker.New(docker.Config{Owner: "provider-1", Images: image.Source{}})
//
// Images must be pinned: name@sha256:… is pulled, sha256:… alone is an image
// config that is there or that Config.Images has. The package judges no module
// and starts no engine. It stands on jobrun and passes executiontest; nothing
// else imports the Docker client.
package docker
