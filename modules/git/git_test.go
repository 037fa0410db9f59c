package git_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/git"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
)

const repository = "git.example/owner/name"

func client(url string) *git.Client {
	return git.New(git.Config{Mirrors: map[string]string{"git.example": url}})
}

func TestRemote_Fetch(t *testing.T) {
	random := make([]byte, 1<<20)
	rand.Read(random)
	for _, settings := range []string{"true", "false"} {
		s := gittest.Serve(t)
		first := s.Commit("owner/name", map[string]string{"README": "first", "large": string(random)})
		s.Git("owner/name", "tag", "v1")
		second := s.Commit("owner/name", map[string]string{"README": "second", "sub/run.sh": "#!/bin/sh", "link": "-> /etc/passwd"})
		s.Git("owner/name", "tag", "-a", "v2", "-m", "annotated")
		s.Git("owner/name", "config", "uploadpack.allowFilter", settings)
		s.Git("owner/name", "config", "uploadpack.allowAnySHA1InWant", settings)

		remote, err := client(s.URL).Dial(t.Context(), repository)
		if err != nil {
			t.Fatal(err)
		}
		if remote.Tags["v1"] != first || remote.Tags["v2"] != second || remote.Branches["main"] != second || remote.Head != second {
			t.Errorf("refs %+v, want %s and %s", remote, first, second)
		}
		for _, c := range []struct{ commit, path, want string }{
			{first, "README", "first"}, {second, "README", "second"}, {second, "sub/run.sh", "#!/bin/sh"}, {first, "large", string(random)},
		} {
			commit, err := remote.Fetch(t.Context(), c.commit)
			if err != nil {
				t.Fatal(err)
			}
			if b, err := commit.File(t.Context(), c.path, 1<<20); err != nil || string(b) != c.want {
				t.Errorf("%s: got %.40q (%v), want %.40q", c.path, b, err, c.want)
			}
		}
		commit, err := remote.Fetch(t.Context(), second)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			path string
			max  int64
			want lilypad.Code
		}{
			{"absent", 100, lilypad.NotFound},
			{"link", 100, lilypad.Invalid},
			{"sub", 100, lilypad.Invalid},
			{"README", 5, lilypad.Invalid},
			{"../README", 100, lilypad.NotFound},
			{"", 100, lilypad.NotFound},
		} {
			if b, err := commit.File(t.Context(), c.path, c.max); lilypad.CodeOf(err) != c.want || err == nil {
				t.Errorf("%q: got %q (%v), want %s", c.path, b, err, c.want)
			}
		}
		if _, err := remote.Fetch(t.Context(), strings.Repeat("ab", 20)); lilypad.CodeOf(err) != lilypad.NotFound || lilypad.RemedyOf(err) == "" {
			t.Errorf("a commit that is not there: got %v, want not found", err)
		}
	}
}

func TestClient_Dial_refuses(t *testing.T) {
	s := gittest.Serve(t)
	s.Commit("owner/name", map[string]string{"README": "hello"})
	closed := httptest.NewServer(nil)
	closed.Close()
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer slow.Close()
	flood := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "001e# service=git-upload-pack\n0000")
		line := fmt.Sprintf("%s refs/tags/%s\n", strings.Repeat("a", 40), strings.Repeat("x", 900))
		for i := range 100_000 {
			if i == 0 {
				line = strings.TrimSuffix(line, "\n") + "\x00shallow\n"
			}
			if _, err := io.WriteString(w, fmt.Sprintf("%04x", len(line)+4)+line); err != nil {
				return
			}
		}
	}))
	defer flood.Close()
	to := func(url string) git.Config {
		return git.Config{Mirrors: map[string]string{"git.example": url}, Timeout: 5 * time.Second}
	}
	quick := to(slow.URL)
	quick.Timeout = 50 * time.Millisecond
	for _, c := range []struct {
		name, repository string
		config           git.Config
		want             lilypad.Code
	}{
		{"no such repository", "git.example/owner/other", to(s.URL), lilypad.NotFound},
		{"no server", repository, to(closed.URL), lilypad.Unavailable},
		{"slow server", repository, quick, lilypad.Timeout},
		{"flood", repository, to(flood.URL), lilypad.Exhausted},
		{"private address", strings.TrimPrefix(s.URL, "http://") + "/owner/name", git.Config{}, lilypad.Unauthorized},
		{"metadata service", "169.254.169.254/latest", git.Config{}, lilypad.Unauthorized},
	} {
		if _, err := git.New(c.config).Dial(t.Context(), c.repository); lilypad.CodeOf(err) != c.want || lilypad.RemedyOf(err) == "" {
			t.Errorf("%s: got %v (%s), want %s with a remedy", c.name, err, lilypad.CodeOf(err), c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client(s.URL).Dial(ctx, repository); err == nil || !strings.Contains(err.Error(), "canceled") {
		t.Errorf("got %v, want context canceled", err)
	}
}

// A file of 70 MB of zeros is 70 KB in a pack.
func TestRemote_Fetch_refusesBomb(t *testing.T) {
	s := gittest.Serve(t)
	commit := s.Commit("owner/name", map[string]string{"zeros": strings.Repeat("\x00", 70<<20)})
	s.Git("owner/name", "config", "uploadpack.allowFilter", "false")
	remote, err := client(s.URL).Dial(t.Context(), repository)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := remote.Fetch(t.Context(), commit); lilypad.CodeOf(err) != lilypad.Exhausted || err == nil {
		t.Errorf("got %v, want exhausted", err)
	}
}
