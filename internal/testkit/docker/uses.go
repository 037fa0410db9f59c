package docker

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Use is the time in which a container that ran here had GPUs, as the engine
// tells it.
type Use struct {
	Container   string
	GPUs        []string
	From, Until time.Time
}

// Uses asks the engine which containers of this program with GPUs have started
// and ended since a time.
func Uses(t testing.TB, since time.Time) (uses []Use) {
	t.Helper()
	socket := "/var/run/docker.sock"
	if host, ok := strings.CutPrefix(os.Getenv("DOCKER_HOST"), "unix://"); ok {
		socket = host
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	query := url.Values{
		"since":   {strconv.FormatInt(since.Unix(), 10)},
		"until":   {strconv.FormatInt(time.Now().Unix()+1, 10)},
		"filters": {`{"type":["container"],"event":["start","die"],"label":["network.lilypad.gpus"]}`},
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://engine/events?"+query.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	begun := map[string]Use{}
	for lines := json.NewDecoder(resp.Body); lines.More(); {
		var e struct {
			Action   string
			TimeNano int64 `json:"timeNano"`
			Actor    struct {
				ID         string
				Attributes map[string]string
			}
		}
		if err := lines.Decode(&e); err != nil {
			t.Fatal(err)
		}
		at := time.Unix(0, e.TimeNano)
		if e.Action == "start" {
			begun[e.Actor.ID] = Use{Container: e.Actor.Attributes["name"], GPUs: strings.Split(e.Actor.Attributes["network.lilypad.gpus"], ","), From: at}
		} else if u, ok := begun[e.Actor.ID]; ok {
			u.Until = at
			uses = append(uses, u)
		}
	}
	return uses
}
