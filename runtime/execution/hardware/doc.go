// Package hardware finds what a machine has: cores, memory, free disk, and the
// GPUs of NVIDIA and AMD.
//
// It reads and never changes anything, and does not decide what is offered.
//
//	gpus, err := hardware.GPUs(ctx, "nvidia-smi", "/")
//
// Executors use it for their fingerprint; it imports execution and the root
// package.
package hardware
