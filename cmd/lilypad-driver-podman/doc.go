// Program lilypad-driver-podman is a driver that runs the jobs of engine docker
// on Podman, with no daemon and, for a user who is not root, without root.
//
//	lilypad provider --driver docker=/usr/local/bin/lilypad-driver-podman
//
// It starts "podman system service", which speaks Docker's API on a socket, and
// puts the executor of runtime/execution/docker on it. Containers outlive both.
// It offers no GPUs: that API of Podman 4 takes no requests for devices.
//
// A node starts it; started by hand it says so. It imports the executor,
// runtime/execution/driver and the catalog of images; nothing imports it.
package main
