package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/driver"
)

// readyTime bounds how long podman may take to say what it is, and to listen.
const readyTime = 20 * time.Second

const cgroupsV1 = "v1"

// service is a running "podman system service".
type service struct {
	dir      string
	cmd      *exec.Cmd
	cgroups  string // v1 or v2
	stopping atomic.Bool
	ended    chan struct{}
}

func (s *service) socket() string { return filepath.Join(s.dir, "podman.sock") }
func (s *service) host() string   { return "unix://" + s.socket() }

// startService starts podman and waits until it listens.
//
// # Errors
//
// Unavailable, with a remedy, when podman is not there or cannot bound jobs.
func startService() (*service, error) {
	cgroups, err := checkPodman()
	if err != nil {
		return nil, err
	}
	s := &service{dir: os.Getenv(driver.DirVariable), cgroups: cgroups, ended: make(chan struct{})}
	s.cmd = exec.Command("podman", "system", "service", "--time=0", s.host())
	s.cmd.Stderr = os.Stderr
	dieWithParent(s.cmd)
	started := make(chan error, 1)
	go s.run(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start podman: %w", err)
	}
	if err := s.ready(); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// run stays with the service. Its thread must live as long, since Linux takes
// the end of that for the end of the parent. Without its service the driver is
// of no use: it ends too, and the node starts both again.
func (s *service) run(started chan<- error) {
	runtime.LockOSThread()
	if err := s.cmd.Start(); err != nil {
		started <- err
		return
	}
	started <- nil
	err := s.cmd.Wait()
	if !s.stopping.Load() {
		fmt.Fprintln(os.Stderr, "podman system service ended:", err)
		os.Exit(1)
	}
	close(s.ended)
}

func (s *service) ready() error {
	for end := time.Now().Add(readyTime); ; time.Sleep(20 * time.Millisecond) {
		c, err := net.Dial("unix", s.socket())
		if err == nil {
			return c.Close()
		}
		if time.Now().After(end) {
			return &lilypad.Error{Code: lilypad.Unavailable, Msg: "podman system service does not listen", Err: err}
		}
	}
}

func (s *service) stop() {
	s.stopping.Store(true)
	_ = s.cmd.Process.Kill() // containers are not its children
	<-s.ended
}

// checkPodman returns the version of cgroups that podman has, and refuses a
// podman that is missing, or that would run jobs without their limits.
func checkPodman() (cgroups string, err error) {
	ctx, stop := context.WithTimeout(context.Background(), readyTime)
	defer stop()
	out, err := exec.CommandContext(ctx, "podman", "info", "--format", "{{.Host.Security.Rootless}} {{.Host.CgroupsVersion}}").Output()
	if errors.Is(err, exec.ErrNotFound) {
		return "", lilypad.Errorf(lilypad.Unavailable, "podman is not installed").Try("apt-get install podman")
	}
	if err != nil {
		return "", &lilypad.Error{Code: lilypad.Unavailable, Msg: "podman info", Err: err, Remedy: "run podman info by hand, and read what it says"}
	}
	rootless, cgroups, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	if rootless == "true" && cgroups == cgroupsV1 {
		return "", lilypad.Errorf(lilypad.Unavailable, "rootless podman cannot limit a job's memory under cgroups v1").
			Try("boot with systemd.unified_cgroup_hierarchy=1, or run the provider as root")
	}
	return cgroups, nil
}
