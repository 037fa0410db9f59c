package hardware

import "golang.org/x/sys/unix"

func memory() (uint64, error) { return unix.SysctlUint64("hw.memsize") }
