package docker

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Engine is a fake Docker engine that writes down which containers it is to
// make, and starts none. It is for what no engine here can do, such as CDI.
type Engine struct {
	Host string // for docker.Config

	mu      sync.Mutex // guards created
	created []Created
}

// Created is what was asked of a container, as far as GPUs go.
type Created struct {
	Env        []string
	Labels     map[string]string
	HostConfig struct {
		DeviceRequests []struct {
			Driver       string
			Count        int
			DeviceIDs    []string
			Capabilities [][]string
		}
		Devices []struct{ PathOnHost, PathInContainer, CgroupPermissions string }
	}
}

// Fake serves an engine of an API version until the test ends. It answers info
// with the given fields, lists containers, those of a State but "running"
// only to who asks for all, and has an image of any name, of which image is the
// configuration.
func Fake(t testing.TB, version string, info, image map[string]any, containers ...map[string]any) *Engine {
	t.Helper()
	e := &Engine{}
	facts := map[string]any{"OSType": "linux", "NCPU": 8, "MemTotal": int64(64e9), "DockerRootDir": t.TempDir()}
	maps.Copy(facts, info)
	answers := map[string]any{
		"GET /info": facts, "GET /volumes": map[string]any{},
		"POST /volumes/create": map[string]any{}, "POST /containers/create": map[string]any{"Id": "made"},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Api-Version", version)
		w.Header().Set("Content-Type", "application/json")
		path := strings.TrimPrefix(r.URL.Path, "/v"+version)
		if r.Method+path == "POST/containers/create" {
			e.record(t, r.Body)
		}
		answer, known := answers[r.Method+" "+path]
		switch {
		case path == "/containers/json":
			listed := []map[string]any{}
			for _, c := range containers {
				if state := c["State"]; state == nil || state == "running" || r.URL.Query().Get("all") == "1" {
					listed = append(listed, c)
				}
			}
			answer = listed
		case path == "/_ping":
			answer = map[string]any{}
		case strings.HasPrefix(path, "/images/"):
			answer = map[string]any{"Id": "image", "Config": image}
		case !known:
			w.WriteHeader(http.StatusNotFound) // nothing was ever started
			answer = map[string]any{"message": "this engine only writes down what it is asked"}
		}
		_ = json.NewEncoder(w).Encode(answer) // a client that is gone needs none
	}))
	t.Cleanup(server.Close)
	e.Host = "tcp://" + strings.TrimPrefix(server.URL, "http://")
	return e
}

func (e *Engine) record(t testing.TB, body io.Reader) {
	var c Created
	if err := json.NewDecoder(body).Decode(&c); err != nil {
		t.Error(err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.created = append(e.created, c)
}

// Created returns what was asked so far.
func (e *Engine) Created() []Created {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.created
}
