package hardware

import (
	"fmt"
	"math"
	"runtime"

	"github.com/lilypad-network/lilypad"
)

const mb = 1_000_000

// Capacity returns the cores and the memory of this machine, and the disk that
// is free where dir lies.
//
// # Errors
//
// Unavailable on a system it cannot measure.
func Capacity(dir string) (lilypad.Resources, error) {
	ram, err := memory()
	if err != nil {
		return lilypad.Resources{}, fmt.Errorf("measure memory: %w", err)
	}
	disk, err := Disk(dir)
	if err != nil {
		return lilypad.Resources{}, err
	}
	return lilypad.Resources{CPUMilli: uint32(runtime.NumCPU()) * 1000, RAMMB: InMB(ram), DiskMB: disk}, nil
}

// Disk returns the megabytes that are free where dir lies.
//
// # Errors
//
// Unavailable on a system it cannot measure.
func Disk(dir string) (uint32, error) {
	free, err := freeDisk(dir)
	if err != nil {
		return 0, fmt.Errorf("measure disk of %s: %w", dir, err)
	}
	return InMB(free), nil
}

// InMB rounds bytes down to megabytes.
func InMB(bytes uint64) uint32 { return uint32(min(bytes/mb, math.MaxUint32)) }
