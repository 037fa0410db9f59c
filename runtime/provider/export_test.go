package provider

import (
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// Devices shows how GPUs are given out.
type Devices struct{ d *devices }

func NewDevices(all []execution.GPU) Devices { return Devices{newDevices(all)} }

func (d Devices) Take(job lilypad.JobID, n lilypad.Needs) ([]string, error) { return d.d.take(job, n) }
func (d Devices) Free(job lilypad.JobID)                                    { d.d.free(job) }
func (d Devices) Keep(job lilypad.JobID, ids []string)                      { d.d.keep(job, ids) }
