package hardware_test

import (
	"testing"

	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
)

func TestCapacity(t *testing.T) {
	got, err := hardware.Capacity(t.TempDir())
	if err != nil || got.CPUMilli < 1000 || got.RAMMB == 0 || got.DiskMB == 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}
