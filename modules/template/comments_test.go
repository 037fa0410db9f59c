package template_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/modules/template"
)

// Comments take time as they are long: what is read of a template twice the size
// is twice as much.
func TestRender_readsCommentsOnce(t *testing.T) {
	cost := func(n int) uint64 {
		tmpl := []byte(strings.Repeat("/**/{{/**/}}", n) + fmt.Sprintf(around, ""))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := template.Render(tmpl, nil); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	cost(100)
	if few, many := cost(500), cost(5000); many > 20*few {
		t.Errorf("%d bytes for 500 comments, %d for ten times as many", few, many)
	}
}
