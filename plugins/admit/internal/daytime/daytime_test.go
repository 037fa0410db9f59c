package daytime_test

import (
	"testing"

	"github.com/lilypad-network/lilypad/plugins/admit/internal/daytime"
)

func TestMinute(t *testing.T) {
	for text, want := range map[string]int{"00:00": 0, "07:30": 450, "23:59": 1439} {
		if got, err := daytime.Minute(text); got != want || err != nil {
			t.Errorf("%s is %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "7", "24:00", "12:60", "-1:00", "1:2:3", "300:00"} {
		if got, err := daytime.Minute(text); err == nil {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		now, from, to int
		want          bool
	}{
		{5, 5, 6, true},
		{6, 5, 6, false},
		{4, 5, 6, false},
		{5, 5, 5, false},
		{0, 1320, 420, true},
		{1320, 1320, 420, true},
		{420, 1320, 420, false},
		{700, 1320, 420, false},
	} {
		if got := daytime.Within(tt.now, tt.from, tt.to); got != tt.want {
			t.Errorf("%d within %d to %d: %v", tt.now, tt.from, tt.to, got)
		}
	}
}
