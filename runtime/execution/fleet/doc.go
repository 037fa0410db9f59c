// Package fleet gives the machines of one role to its jobs: a slot, processors,
// memory, disk, and GPUs, each device to one job at a time.
//
// It starts nothing: it says where a job may run and with what, and waits until
// there is room. Devices are also claimed in a folder that all processes of a
// user share, so that two of them on one machine never use the same GPU.
//
//	f, err := fleet.New([]fleet.Machine{{Offer: ..., GPUs: gpus, Executors: xs}}, locks)
//	place, err := f.Take(ctx, job, needs)
//	defer f.Free(job)
//
// Provider and mediator use it; it imports execution and the root package.
package fleet
