// Package docker helps tests that need a Docker engine: [Need] skips them
// where there is none. setup.sh installs and starts one, with
// nvidia-container-runtime-hook, a fake of NVIDIA's hook, on its path: so the
// engine has the nvidia driver, and a test can see what it was asked for.
//
//	docker.Need(t)
//
// Only tests import it.
package docker
