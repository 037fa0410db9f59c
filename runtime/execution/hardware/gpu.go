package hardware

import (
	"context"
	"errors"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

const (
	maxGPUs  = 256
	maxReply = 1 << 20 // bytes of one answer
)

// GPUs lists the devices of this machine: NVIDIA's as the program nvidiaSMI
// tells, AMD's as the file system below root does, "/" but in tests. None is
// no error.
//
// # Errors
//
// Unavailable when a driver is there and answers with an error, with what
// cannot be read, or not at all. What others told is returned all the same.
func GPUs(ctx context.Context, nvidiaSMI, root string) ([]execution.GPU, error) {
	nvidia, err := NVIDIA(ctx, nvidiaSMI)
	amd, amdErr := AMD(root)
	return append(nvidia, amd...), errors.Join(err, amdErr)
}

// Kinds sums devices up, in the order in which each kind first comes.
func Kinds(gpus []execution.GPU) (kinds []lilypad.GPUs) {
	at := map[lilypad.GPUs]int{}
	for _, g := range gpus {
		kind := lilypad.GPUs{Model: g.Model, Driver: g.Driver, VRAMMB: g.VRAMMB}
		i, known := at[kind]
		if !known {
			i, at[kind] = len(kinds), len(kinds)
			kinds = append(kinds, kind)
		}
		kinds[i].Count++
	}
	return kinds
}
