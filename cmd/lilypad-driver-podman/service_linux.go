package main

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

func dieWithParent(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// userProcesses is the most that a process here may allow to its user. Podman 4
// asks for more unless told, which a root without CAP_SYS_RESOURCE may not.
func userProcesses() int64 {
	most := int64(4 << 20)
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NPROC, &limit); err == nil && limit.Max < uint64(most) {
		most = int64(limit.Max)
	}
	if b, err := os.ReadFile("/proc/sys/kernel/pid_max"); err == nil { // podman lowers its own limit to it
		if n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64); err == nil {
			most = min(most, n)
		}
	}
	return most
}
