//go:build !linux && !darwin

package hardware

import "github.com/lilypad-network/lilypad"

var errUnmeasured = lilypad.Errorf(lilypad.Unavailable, "capacity is measured on linux and darwin only").
	Try("set the capacity in the provider's configuration")

func memory() (uint64, error)         { return 0, errUnmeasured }
func freeDisk(string) (uint64, error) { return 0, errUnmeasured }
