// Package gittest serves git repositories over HTTP for tests, with the git
// program of the machine.
//
//	s := gittest.Serve(t)
//	commit := s.Commit("owner/name", map[string]string{"README": "hello"})
//	client := git.New(git.Config{Mirrors: map[string]string{"git.example": s.URL}})
package gittest

import (
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// Server serves bare repositories.
type Server struct {
	URL  string
	Asks atomic.Int32 // requests so far
	t    testing.TB
	root string
}

// Serve starts a server that ends with the test.
func Serve(t testing.TB) *Server {
	t.Helper()
	program, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, root: t.TempDir()}
	handler := &cgi.Handler{
		Path: program, Args: []string{"http-backend"},
		Env: append(hermetic, "GIT_PROJECT_ROOT="+s.root, "GIT_HTTP_EXPORT_ALL=1"),
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Asks.Add(1)
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// hermetic keeps the settings of whoever runs the test out.
var hermetic = []string{
	"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
	"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org",
}

// Commit adds a commit with exactly those files to the branch main of a
// repository, which it makes if it must, and returns its hash. A file whose
// content begins with "-> " is a link.
func (s *Server) Commit(repository string, files map[string]string) string {
	s.t.Helper()
	bare := filepath.Join(s.root, repository)
	if _, err := os.Stat(bare); err != nil {
		s.git(s.root, "init", "-q", "--bare", "-b", "main", bare)
		// As the large hosts have it.
		s.Git(repository, "config", "uploadpack.allowFilter", "true")
		s.Git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
	}
	work := s.t.TempDir()
	for name, content := range files {
		path := filepath.Join(work, name)
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if target, ok := strings.CutPrefix(content, "-> "); ok && err == nil {
			err = os.Symlink(target, path)
		} else if err == nil {
			err = os.WriteFile(path, []byte(content), 0o644)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	s.Git(repository, "--work-tree", work, "add", "-A", ".")
	s.Git(repository, "--work-tree", work, "commit", "-q", "--allow-empty", "-m", "files")
	return s.Git(repository, "rev-parse", "HEAD")
}

// Git runs git in a repository and returns what it prints.
func (s *Server) Git(repository string, args ...string) string {
	s.t.Helper()
	bare := filepath.Join(s.root, repository)
	return s.git(bare, append([]string{"--git-dir", bare}, args...)...)
}

func (s *Server) git(dir string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), hermetic...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("git %s: %v: %s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}
