package ports

import (
	"os"
	"strconv"
	"syscall"
	"testing"
)

// Reserve returns the numbers of n ports of 127.0.0.1 that only those who name
// them can listen on, until the test ends.
func Reserve(t testing.TB, n int) []string {
	t.Helper()
	numbers := make([]string, n)
	for i := range numbers {
		fd, port, err := bind()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = syscall.Close(fd) })
		numbers[i] = strconv.Itoa(port)
	}
	return numbers
}

// bind returns a socket that holds a port and does not listen. The caller
// closes it.
func bind() (fd, port int, err error) {
	syscall.ForkLock.RLock() // no child gets the socket
	fd, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	syscall.CloseOnExec(fd)
	syscall.ForkLock.RUnlock()
	if err != nil {
		return 0, 0, os.NewSyscallError("socket", err)
	}
	port, err = hold(fd)
	if err != nil {
		_ = syscall.Close(fd)
	}
	return fd, port, err
}

func hold(fd int) (port int, err error) {
	if err := syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		return 0, os.NewSyscallError("setsockopt", err)
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return 0, os.NewSyscallError("bind", err)
	}
	addr, err := syscall.Getsockname(fd)
	if err != nil {
		return 0, os.NewSyscallError("getsockname", err)
	}
	return addr.(*syscall.SockaddrInet4).Port, nil // of the family that was bound
}
