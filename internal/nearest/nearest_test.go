package nearest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/internal/nearest"
)

func TestNames(t *testing.T) {
	names := []string{"Message", "Image", "cowsay", "thumbnail", "v0.0.1", "v0.0.4"}
	for _, c := range []struct {
		word string
		want []string
	}{
		{"mesage", []string{"Message"}},
		{"COWSAY", []string{"cowsay"}},
		{"cow", []string{"cowsay"}},
		{"v0.0.3", []string{"v0.0.1", "v0.0.4"}},
		{"zebra", nil},
		{"", nil},
		{strings.Repeat("x", 1000), nil},
	} {
		if got := nearest.Names(c.word, names, 3); !cmp.Equal(got, c.want) {
			t.Errorf("%q: %s", c.word, cmp.Diff(c.want, got))
		}
	}
}
