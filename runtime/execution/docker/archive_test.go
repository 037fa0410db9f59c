package docker_test

import (
	"archive/tar"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

var limits = jobrun.Limits{Files: 8, Depth: 4}

func archive(t testing.TB, heads ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range heads {
		content := strings.Repeat("x", int(h.Size))
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func dir(name string) tar.Header { return tar.Header{Typeflag: tar.TypeDir, Name: name, Mode: 0o755} }

func file(name string, size int64) tar.Header {
	return tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o4750}
}

func linkTo(kind byte, name, target string) tar.Header {
	return tar.Header{Typeflag: kind, Name: name, Linkname: target, Mode: 0o777}
}

// tree lists the files below dir with mode and content.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			t.Errorf("%s is %s", p, info.Mode())
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		got[filepath.ToSlash(rel)] = info.Mode().Perm().String() + " " + string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestUnpackOutput(t *testing.T) {
	out := t.TempDir()
	content := archive(t, dir("outputs/"), dir("outputs/sub/"), file("outputs/sub/a", 3),
		linkTo(tar.TypeSymlink, "outputs/near", "sub/a"),
		linkTo(tar.TypeSymlink, "outputs/sub/up", "../near"),
		linkTo(tar.TypeLink, "outputs/hard", "outputs/sub/a"))
	if err := docker.UnpackOutput(bytes.NewReader(content), out, limits, 100); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"sub/a": "-rwxr-xr-x xxx", "near": "-rwxr-xr-x xxx", "sub/up": "-rwxr-xr-x xxx", "hard": "-rwxr-xr-x xxx"}
	if diff := cmp.Diff(want, tree(t, out)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestUnpackOutput_refuses(t *testing.T) {
	many := make([]tar.Header, 9)
	for i := range many {
		many[i] = file("o/"+string(rune('a'+i)), 0)
	}
	for name, c := range map[string]struct {
		heads []tar.Header
		code  lilypad.Code
		why   string
	}{
		"climbing name":      {[]tar.Header{file("o/../../x", 1)}, lilypad.Invalid, ".."},
		"absolute name":      {[]tar.Header{file("/etc/x", 1)}, lilypad.Invalid, "not in the output"},
		"not a folder":       {[]tar.Header{file("o", 1)}, lilypad.Invalid, "not a folder"},
		"control bytes":      {[]tar.Header{file("o/a\x1b[2J\n", 1)}, lilypad.Invalid, "plain text"},
		"backslash":          {[]tar.Header{file(`o/..\x`, 1)}, lilypad.Invalid, "plain text"},
		"not utf-8":          {[]tar.Header{file("o/\xff", 1)}, lilypad.Invalid, "plain text"},
		"too deep":           {[]tar.Header{file("o/1/2/3/4/5", 1)}, lilypad.Invalid, "folders deep"},
		"absolute link":      {[]tar.Header{linkTo(tar.TypeSymlink, "o/l", "/etc/passwd")}, lilypad.Invalid, "absolute"},
		"link out":           {[]tar.Header{linkTo(tar.TypeSymlink, "o/l", "../../etc/passwd")}, lilypad.Invalid, "out of the output"},
		"hard link out":      {[]tar.Header{linkTo(tar.TypeLink, "o/l", "o/../../etc/passwd")}, lilypad.Invalid, "out of the output"},
		"dangling link":      {[]tar.Header{linkTo(tar.TypeSymlink, "o/l", "none")}, lilypad.Invalid, "leads to nothing"},
		"cyclic links":       {[]tar.Header{linkTo(tar.TypeSymlink, "o/a", "b"), linkTo(tar.TypeSymlink, "o/b", "a")}, lilypad.Invalid, "leads to nothing"},
		"link to folder":     {[]tar.Header{dir("o/d/"), linkTo(tar.TypeSymlink, "o/l", "d")}, lilypad.Invalid, "to a folder"},
		"file through link":  {[]tar.Header{linkTo(tar.TypeSymlink, "o/l", "d"), file("o/l/x", 1)}, lilypad.Invalid, ""},
		"same name twice":    {[]tar.Header{file("o/a", 1), file("o/a", 1)}, lilypad.Invalid, "is there twice"},
		"device":             {[]tar.Header{{Typeflag: tar.TypeBlock, Name: "o/sda", Devmajor: 8}}, lilypad.Invalid, "neither file"},
		"pipe":               {[]tar.Header{{Typeflag: tar.TypeFifo, Name: "o/p"}}, lilypad.Invalid, "neither file"},
		"too big":            {[]tar.Header{file("o/a", 60), file("o/b", 60)}, lilypad.Exhausted, "limit of 100 bytes"},
		"big by links":       {[]tar.Header{file("o/a", 60), linkTo(tar.TypeLink, "o/b", "o/a")}, lilypad.Exhausted, "limit of 100 bytes"},
		"too many":           {many, lilypad.Exhausted, "limit of 8 files"},
		"file over a folder": {[]tar.Header{dir("o/d/"), file("o/d", 1)}, lilypad.Invalid, "is there twice"},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			if err := os.Mkdir(out, 0o755); err != nil {
				t.Fatal(err)
			}
			heads := append([]tar.Header{file("o/good", 1)}, c.heads...)
			err := docker.UnpackOutput(bytes.NewReader(archive(t, heads...)), out, limits, 100)
			if err == nil || lilypad.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.why) {
				t.Errorf("got %v, want %s: …%s", err, c.code, c.why)
			}
			if left := tree(t, filepath.Dir(out)); len(left) > 0 {
				t.Errorf("left %v", left)
			}
		})
	}
}

// FuzzUnpackOutput checks that nothing is ever written beside the output, and
// that no limit is passed.
func FuzzUnpackOutput(f *testing.F) {
	f.Add(archive(f, dir("o/"), file("o/a", 3), linkTo(tar.TypeSymlink, "o/l", "a")))
	f.Add(archive(f, file("o/../x", 1)))
	f.Add(archive(f, linkTo(tar.TypeSymlink, "o/l", "../.."), file("o/l/x", 1)))
	f.Fuzz(func(t *testing.T, content []byte) {
		top := t.TempDir()
		out := filepath.Join(top, "out")
		if err := os.Mkdir(out, 0o755); err != nil {
			t.Fatal(err)
		}
		err := docker.UnpackOutput(bytes.NewReader(content), out, limits, 100)
		size := 0
		files := tree(t, top)
		for name, text := range files {
			if !strings.HasPrefix(name, "out/") {
				t.Errorf("wrote %s", name)
			}
			size += len(text) - len("-rwxr-xr-x ")
		}
		if err != nil && len(files) > 0 {
			t.Errorf("failed with %v and left %v", err, files)
		}
		if size > 100 || len(files) > limits.Files {
			t.Errorf("took %d bytes and %d files", size, len(files))
		}
	})
}
