//go:build podman

package e2e_test

import (
	"os/exec"
	"testing"
)

func TestDriver_Podman(t *testing.T) {
	program(t)
	if _, err := exec.LookPath("podman"); err != nil {
		t.Fatal("needs podman: apt-get install podman runc")
	}
	runsOver(t, buildDriver(t, "lilypad-driver-podman", "cmd/lilypad-driver-podman"))
}
