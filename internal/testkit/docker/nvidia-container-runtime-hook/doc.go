// Command nvidia-container-runtime-hook is a fake of NVIDIA's hook of that
// name, for tests. An engine that finds it on its path offers the nvidia
// driver, and runs it before a container with GPUs starts. It gives no GPU; it
// writes the container's id and environment to the folder that its environment
// names.
package main
