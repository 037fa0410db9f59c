//go:build unix

package driver

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps a terminal's Ctrl-C from the driver, and its children together.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// killGroup ends the driver and its children.
func killGroup(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // an error says that it has ended
	}
}
