package registry_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/registry"
)

var _ modules.ImagePinner = (*registry.Client)(nil)

const manifest = `{"schemaVersion": 2}`

// serve is a registry with one image behind a token, as public ones have it.
func serve(t *testing.T) (host string) {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v2/owner/tool/manifests/{tag}", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") != "Bearer good":
			w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer realm="http://%s/token",service="s",scope="repository:owner/tool:pull"`, r.Host))
			w.WriteHeader(http.StatusUnauthorized)
		case r.PathValue("tag") == "v1" && strings.Contains(r.Header.Get("Accept"), "oci.image.index"):
			fmt.Fprint(w, manifest)
		case r.PathValue("tag") == "huge":
			_, _ = w.Write(make([]byte, 5<<20))
		case r.PathValue("tag") == "slow":
			<-r.Context().Done()
		default:
			http.NotFound(w, r)
		}
	})
	mux.HandleFunc("GET /v2/owner/closed/manifests/v1", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer realm="http://%s/closed"`, r.Host))
		w.WriteHeader(http.StatusUnauthorized)
	})
	mux.HandleFunc("GET /token", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("scope") == "repository:owner/tool:pull" && r.FormValue("service") == "s" {
			fmt.Fprint(w, `{"token": "good"}`)
		}
	})
	mux.HandleFunc("GET /closed", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

func TestClient_Pin(t *testing.T) {
	host := serve(t)
	pinned := fmt.Sprintf("%s/owner/tool@sha256:%x", host, sha256.Sum256([]byte(manifest)))
	c := registry.New(registry.Config{AllowPrivate: true})
	for _, image := range []string{host + "/owner/tool:v1", pinned} {
		if got, err := c.Pin(t.Context(), image); got != pinned || err != nil {
			t.Errorf("%s: got %s (%v), want %s", image, got, err, pinned)
		}
	}
}

func TestClient_Pin_refuses(t *testing.T) {
	host := serve(t)
	closed := httptest.NewServer(nil)
	closed.Close()
	for _, c := range []struct {
		name, image string
		config      registry.Config
		want        lilypad.Code
	}{
		{"unknown tag", host + "/owner/tool:v2", registry.Config{AllowPrivate: true}, lilypad.NotFound},
		{"not public", host + "/owner/closed:v1", registry.Config{AllowPrivate: true}, lilypad.NotFound},
		{"no reference", "%%", registry.Config{}, lilypad.Invalid},
		{"private address", host + "/owner/tool:v1", registry.Config{}, lilypad.Unauthorized},
		{"no answer", strings.TrimPrefix(closed.URL, "http://") + "/tool:v1", registry.Config{AllowPrivate: true}, lilypad.Unavailable},
		{"huge answer", host + "/owner/tool:huge", registry.Config{AllowPrivate: true}, lilypad.Unavailable},
		{"slow", host + "/owner/tool:slow", registry.Config{AllowPrivate: true, Timeout: 50 * time.Millisecond}, lilypad.Timeout},
	} {
		if got, err := registry.New(c.config).Pin(t.Context(), c.image); lilypad.CodeOf(err) != c.want || err == nil {
			t.Errorf("%s: got %q (%v), want %s", c.name, got, err, c.want)
		}
	}
}
