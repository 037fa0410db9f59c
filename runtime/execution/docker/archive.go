package docker

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// packInputs streams what is in dir. The caller closes the stream; an error
// comes out of its Read.
func packInputs(dir string) io.ReadCloser {
	return packed(func(t *tar.Writer) error { return writeInputs(t, dir) })
}

// packOpenFolder streams a folder itself, into which everyone may write.
func packOpenFolder() io.ReadCloser {
	return packed(func(t *tar.Writer) error {
		return t.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: "./", Mode: 0o777, ModTime: time.Unix(0, 0)})
	})
}

func packed(write func(*tar.Writer) error) io.ReadCloser {
	r, w := io.Pipe()
	go func() {
		t := tar.NewWriter(w)
		w.CloseWithError(errors.Join(write(t), t.Close()))
	}()
	return r
}

func writeInputs(t *tar.Writer, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		head := &tar.Header{Name: name, Mode: 0o644, ModTime: time.Unix(0, 0)}
		if d.IsDir() {
			head.Typeflag, head.Name, head.Mode = tar.TypeDir, head.Name+"/", 0o755
			return t.WriteHeader(head)
		}
		if !d.Type().IsRegular() {
			return lilypad.Errorf(lilypad.Invalid, "input %.80q is neither file nor folder", name)
		}
		f, err := root.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return err
		}
		head.Size, head.Mode = info.Size(), int64(plainMode(info.Mode()))
		if err := t.WriteHeader(head); err != nil {
			return err
		}
		_, err = io.Copy(t, f)
		return err
	})
}

// plainMode keeps nothing of a mode but whether the file can be run.
func plainMode(m fs.FileMode) fs.FileMode {
	if m&0o111 != 0 {
		return 0o755
	}
	return 0o644
}

// inputsSize is the bytes of the job's inputs, which lie in a volume too.
func inputsSize(dir string) (n int64) {
	_ = filepath.WalkDir(filepath.Join(dir, "inputs"), func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil //nolint:nilerr // what is not there has no bytes
		}
		if info, err := d.Info(); err == nil {
			n += info.Size()
		}
		return nil
	})
	return n
}

// room is what all outputs of a job may still take.
type room struct {
	limits jobrun.Limits
	disk   int64 // the limit, for messages
	bytes  int64
	files  int
}

func newRoom(r *jobrun.Run) *room {
	disk := r.Limits.Disk(r.Job.Spec)
	return &room{limits: r.Limits, disk: disk, bytes: disk, files: r.Limits.Files}
}

func (m *room) take(bytes int64) error {
	if m.bytes -= bytes; m.bytes < 0 {
		return lilypad.Errorf(lilypad.Exhausted, "outputs passed their limit of %d bytes", m.disk)
	}
	return nil
}

// unpackOutput reads the engine's tar of one folder into dir, an empty folder
// of the host. On any error it leaves dir empty.
//
// # Errors
//
// Invalid for a name, link or kind of file that is not allowed; Exhausted
// when a limit is passed. Any other says nothing of the files.
func unpackOutput(r io.Reader, dir string, m *room) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	u := unpacker{root: root, room: m}
	if err = u.all(tar.NewReader(r)); err == nil {
		err = u.resolve()
	}
	root.Close()
	if err != nil {
		err = errors.Join(err, os.RemoveAll(dir), os.Mkdir(dir, 0o755))
	}
	return err
}

type unpacker struct {
	root  *os.Root
	room  *room
	top   string // the folder that all names begin with; of Podman's tar of a volume it is /
	begun bool
	links []link
}

// link is a file that names another one; both are relative to the output.
type link struct{ name, target string }

func (u *unpacker) all(t *tar.Reader) error {
	for {
		head, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read archive: %w", err)
		}
		top, name, _ := strings.Cut(strings.TrimSuffix(head.Name, "/"), "/")
		if !u.begun {
			u.top, u.begun = top, top != "" || head.Name == "/"
		}
		if !u.begun || top != u.top {
			return lilypad.Errorf(lilypad.Invalid, "file %.80q is not in the output", head.Name)
		}
		if name == "" {
			if head.Typeflag != tar.TypeDir {
				return lilypad.Errorf(lilypad.Invalid, "it is not a folder")
			}
			continue
		}
		if err := jobrun.CheckPath(name, u.room.limits.Depth); err != nil {
			return err
		}
		if u.room.files--; u.room.files < 0 {
			return lilypad.Errorf(lilypad.Exhausted, "outputs passed their limit of %d files", u.room.limits.Files)
		}
		if err := u.entry(t, head, name); err != nil {
			return err
		}
	}
}

func (u *unpacker) entry(t *tar.Reader, head *tar.Header, name string) error {
	switch head.Typeflag {
	case tar.TypeDir:
		return u.root.MkdirAll(name, 0o755)
	case tar.TypeReg:
		return u.file(name, t, head.Size, plainMode(fs.FileMode(head.Mode)))
	case tar.TypeLink:
		return u.link(name, strings.TrimPrefix(path.Clean(head.Linkname), u.top+"/"))
	case tar.TypeSymlink:
		if path.IsAbs(head.Linkname) {
			return lilypad.Errorf(lilypad.Invalid, "link %.80q is absolute", name)
		}
		return u.link(name, path.Join(path.Dir(name), head.Linkname))
	}
	return lilypad.Errorf(lilypad.Invalid, "file %.80q is neither file, folder nor link", name)
}

func (u *unpacker) link(name, target string) error {
	if !filepath.IsLocal(target) {
		return lilypad.Errorf(lilypad.Invalid, "link %.80q leads out of the output", name)
	}
	u.links = append(u.links, link{name, target})
	return nil
}

func (u *unpacker) file(name string, r io.Reader, size int64, mode fs.FileMode) error {
	if err := u.room.take(size); err != nil {
		return err
	}
	if err := u.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := u.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if errors.Is(err, fs.ErrExist) {
		return lilypad.Errorf(lilypad.Invalid, "file %.80q is there twice", name)
	}
	if err != nil {
		return err
	}
	_, err = io.CopyN(f, r, size)
	return errors.Join(err, f.Close())
}

// resolve turns each link into a copy of the file it names, since results have
// no links. A link to a folder or to nothing is refused.
func (u *unpacker) resolve() error {
	targets := map[string]string{}
	for _, l := range u.links {
		targets[l.name] = l.target
	}
	for _, l := range u.links {
		target := l.target
		for range len(u.links) {
			next, ok := targets[target]
			if !ok {
				break
			}
			target = next
		}
		if err := u.copy(l.name, target); err != nil {
			return err
		}
	}
	return nil
}

func (u *unpacker) copy(name, target string) error {
	f, err := u.root.Open(target)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return lilypad.Errorf(lilypad.Invalid, "link %.80q leads to nothing", name)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return lilypad.Errorf(lilypad.Invalid, "link %.80q leads to a folder", name)
	}
	return u.file(name, f, info.Size(), info.Mode().Perm())
}
