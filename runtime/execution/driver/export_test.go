package driver

import (
	"syscall"

	"google.golang.org/protobuf/proto"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/driver/wire"
)

// DriverPID is the process of the driver's present life.
func (e *Executor) DriverPID() int {
	e.lock <- struct{}{}
	defer func() { <-e.lock }()
	return e.now.cmd.Process.Pid
}

// KillDriver ends it as an accident would.
func (e *Executor) KillDriver() error { return syscall.Kill(e.DriverPID(), syscall.SIGKILL) }

// AcrossBorder is a job as the driver gets it.
func AcrossBorder(j execution.Job) execution.Job { return jobFromWire(jobToWire(j)) }

// ReadAnswers returns all texts of the answers that b may be, as far as they
// are let in.
func ReadAnswers(b []byte) (texts []string) {
	var found wire.Found
	if proto.Unmarshal(b, &found) == nil {
		if f, err := foundFromWire(&found, lilypad.EngineDocker); err == nil {
			texts = append(texts, f.Version)
			for _, g := range f.GPUs {
				texts = append(texts, g.UUID, g.Model, g.Driver)
			}
		}
	}
	var end wire.Outcome
	if proto.Unmarshal(b, &end) == nil {
		if o, err := outcomeFromWire(&end); err == nil {
			texts = append(texts, string(o.End), o.Reason)
		}
	}
	var handle wire.Handle
	if proto.Unmarshal(b, &handle) == nil {
		if h, err := handleFromWire(&handle); err == nil {
			texts = append(texts, string(h))
		}
	}
	return texts
}
