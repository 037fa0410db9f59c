package hardware

import "golang.org/x/sys/unix"

func memory() (uint64, error) {
	var info unix.Sysinfo_t
	err := unix.Sysinfo(&info)
	return uint64(info.Totalram) * uint64(info.Unit), err //nolint:unconvert // a uint32 on 32-bit systems
}
