package docker

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// Publish serves an image, in the form that docker load reads, from a registry
// of this machine until the test ends. It returns the image's name with its
// digest, by which an engine here can pull it.
func Publish(t testing.TB, file []byte) string {
	t.Helper()
	return publish(t, file, "")
}

// PublishPrivately is Publish from a registry that only a user may read. It is
// in the state that docker login as this user leaves, until the test ends.
func PublishPrivately(t *testing.T, file []byte, user, password string) string {
	t.Helper()
	login := base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
	ref := publish(t, file, "Basic "+login)
	host, _, _ := strings.Cut(ref, "/")
	dir := t.TempDir()
	config := fmt.Sprintf(`{"auths": {%q: {"auth": %q}}}`, host, login)
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DOCKER_CONFIG", dir)
	return ref
}

// publish serves an image to those who send this authorization; empty: to all.
func publish(t testing.TB, file []byte, authorization string) string {
	t.Helper()
	images := registry.New(registry.Logger(log.New(io.Discard, "", 0)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && authorization != "" && r.Header.Get("Authorization") != authorization {
			w.Header().Set("WWW-Authenticate", `Basic realm="private"`)
			http.Error(w, `{"errors": [{"code": "UNAUTHORIZED", "message": "log in first"}]}`, http.StatusUnauthorized)
			return
		}
		images.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	img, err := tarball.Image(func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(file)), nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	push(t, server.URL+"/v2/lilypad/guest", img)
	digest, err := img.Digest()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(server.URL, "http://") + "/lilypad/guest@" + digest.String()
}

// push stores an image in a registry by the plain distribution API.
func push(t testing.TB, base string, img v1.Image) {
	t.Helper()
	layers, err := img.Layers()
	if err != nil {
		t.Fatal(err)
	}
	config, err := img.RawConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	blobs := [][]byte{config}
	for _, l := range layers {
		r, err := l.Compressed()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		blobs = append(blobs, b)
	}
	for _, b := range blobs {
		send(t, "POST", fmt.Sprintf("%s/blobs/uploads/?digest=sha256:%x", base, sha256.Sum256(b)), "application/octet-stream", b)
	}
	manifest, err := img.RawManifest()
	if err != nil {
		t.Fatal(err)
	}
	kind, err := img.MediaType()
	if err != nil {
		t.Fatal(err)
	}
	send(t, "PUT", base+"/manifests/moving", string(kind), manifest)
}

func send(t testing.TB, method, url, kind string, body []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		t.Fatalf("%s %s: %s", method, url, resp.Status)
	}
}
