package node_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// showsMetrics checks that an operator sees what its plugins did after a job.
func showsMetrics(t *testing.T, url string) {
	t.Helper()
	got, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"lilypad_build_info", `hook="match",plugin="cheapest@`, `hook="admit",plugin="standing@`, `hook="mediate"`, `lilypad_decisions_logged_total`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %s in the metrics", part)
		}
	}
}
