package api_test

import (
	"bytes"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/file"
)

// disk is a store whose blocks can be damaged.
type disk struct {
	*file.Store
	dir string
}

func newDisk(t *testing.T) disk {
	dir := t.TempDir()
	s, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return disk{s, dir}
}

func (d disk) damage(t *testing.T, id lilypad.Hash) {
	t.Helper()
	name := hex.EncodeToString(id[:])
	path := filepath.Join(d.dir, name[:2], name[2:])
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// spoil flips a bit of the blocks that go up, and of those that come down.
func spoil(next http.Handler, up, down *bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if *up && len(body) > 0 {
			body[len(body)/2] ^= 1
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		out := answer.Body.Bytes()
		if *down && r.Method == http.MethodGet && !strings.HasSuffix(r.URL.Path, "/exists") {
			out[len(out)/2] ^= 1
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(out)
	})
}

// Wherever a byte of a tree is damaged on its way from disk to disk, who
// receives it is told, and never has the tree.
func TestBlobs_damageIsNoticed(t *testing.T) {
	for name, c := range map[string]struct {
		up, down, sender, server bool
		want                     lilypad.Code
	}{
		"nowhere":              {},
		"on the sender's disk": {sender: true, want: lilypad.Internal},
		"on the way up":        {up: true, want: lilypad.Unauthorized},
		"on the server's disk": {server: true, want: lilypad.Internal},
		"on the way down":      {down: true, want: lilypad.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			sender, hop, receiver := newDisk(t), newDisk(t), newDisk(t)
			var up, down bool
			h := api.NewSolverHandler(&fakeSolver{}, openBlobs{hop}, api.NewGuard(serverAddress, time.Now))
			server := httptest.NewServer(spoil(h, &up, &down))
			defer server.Close()
			client := api.NewSolverClient(server.URL, serverAddress, alice)
			content := bytes.Repeat([]byte("result"), 300_000)
			id, _, err := storage.PutFiles(t.Context(), sender, []storage.Entry{storage.Bytes("stdout", content)})
			if err != nil {
				t.Fatal(err)
			}
			tree, err := storage.ReadTree(t.Context(), sender, id)
			if err != nil {
				t.Fatal(err)
			}
			block := tree.Blocks()[1]
			if up = c.up; c.sender {
				sender.damage(t, block)
			}
			if _, err = storage.Copy(t.Context(), client, sender, id, storage.Limits{}); err == nil {
				if down = c.down; c.server {
					hop.damage(t, block)
				}
				_, err = storage.Copy(t.Context(), receiver, client, id, storage.Limits{})
			} else if has, err := hop.Has(t.Context(), lilypad.Hash(id)); has || err != nil {
				t.Errorf("the server has the tree (%v)", err)
			}
			if (c.want == "") != (err == nil) || err != nil && lilypad.CodeOf(err) != c.want {
				t.Errorf("got %v (%s), want %s", err, lilypad.CodeOf(err), c.want)
			}
			if has, err2 := receiver.Has(t.Context(), lilypad.Hash(id)); has != (err == nil) || err2 != nil {
				t.Errorf("the receiver has the tree: %t (%v)", has, err2)
			}
		})
	}
}

// A block is stored on the word of the digest that its sender signed: it must
// be that of the bytes.
func TestBlobs_aSignatureIsForItsBytes(t *testing.T) {
	e := newEdge(t)
	e.now = time.Now()
	r := e.request(http.MethodPost, "/v1/blobs", "signed")
	if w := e.do(r, "stored"); w.Code != http.StatusForbidden {
		t.Errorf("other bytes than were signed: %d %s", w.Code, w.Body)
	}
	if w := e.do(r, "signed"); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
