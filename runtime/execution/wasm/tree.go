package wasm

import (
	"cmp"
	"errors"
	"hash/fnv"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"

	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
	wasys "github.com/tetratelabs/wazero/experimental/sys"
	"github.com/tetratelabs/wazero/sys"
)

// maxOpen bounds the host's file descriptors that one guest holds.
const maxOpen = 256

// quota is what all writable trees of a job share. The guest runs on one
// goroutine, so it has no lock.
type quota struct {
	run   *jobrun.Run
	disk  int64 // bytes that files may still grow by
	files int
	open  int
}

func newQuota(r *jobrun.Run) *quota {
	return &quota{run: r, disk: r.Limits.Disk(r.Job.Spec), files: r.Limits.Files}
}

// grow charges n bytes. Only truncation gives room back: a removed file may
// still be open, and then still fills the disk.
func (q *quota) grow(n int64) wasys.Errno {
	if q.disk -= n; q.disk < 0 {
		q.run.Exceed("outputs passed their limit of %d bytes", q.run.Limits.Disk(q.run.Job.Spec))
		return wasys.EIO
	}
	return 0
}

// errno is an error as the guest sees it. One that is the host's own says
// nothing of the job, which is broken off before it makes it its own.
func (q *quota) errno(err error) wasys.Errno {
	for _, own := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EIO, syscall.EMFILE, syscall.ENFILE} {
		if errors.Is(err, own) {
			q.run.Refuse("the host cannot serve a file: %v", err)
		}
	}
	return wasys.UnwrapOSError(err)
}

// tree is a folder of the host as a guest sees it: nothing outside of it can
// be reached, no links, no times, no owners, and writing is charged.
type tree struct {
	wasys.UnimplementedFS
	root  *os.Root
	quota *quota // of opened files, and of writing
	write bool
}

var _ wasys.FS = (*tree)(nil)

// local returns a guest's path as one below the tree: wazero passes some with
// a slash in front.
func local(name string) string {
	return cmp.Or(strings.TrimPrefix(path.Clean("/"+name), "/"), ".")
}

func (t *tree) OpenFile(name string, flag wasys.Oflag, _ fs.FileMode) (wasys.File, wasys.Errno) {
	name = local(name)
	mode := int(flag & (wasys.O_RDWR | wasys.O_WRONLY)) // 0, 1: read and write, 2: write only
	mode = [...]int{os.O_RDONLY, os.O_RDWR, os.O_WRONLY, os.O_RDWR}[mode]
	changes := mode != os.O_RDONLY || flag&(wasys.O_CREAT|wasys.O_TRUNC) != 0
	if changes && !t.write {
		return nil, wasys.EROFS
	}
	if t.quota.open >= maxOpen {
		return nil, wasys.EAGAIN
	}
	info, err := t.root.Lstat(name)
	switch {
	case err != nil && flag&wasys.O_CREAT == 0:
		return nil, t.quota.errno(err)
	case err != nil:
		if errno := t.create(name); errno != 0 {
			return nil, errno
		}
		mode |= os.O_CREATE | os.O_EXCL
	case flag&wasys.O_CREAT != 0 && flag&wasys.O_EXCL != 0:
		return nil, wasys.EEXIST
	case !info.Mode().IsRegular() && !info.IsDir():
		return nil, wasys.ELOOP // a link or device among the inputs
	case flag&wasys.O_DIRECTORY != 0 && !info.IsDir():
		return nil, wasys.ENOTDIR
	case info.IsDir() && changes:
		return nil, wasys.EISDIR
	}
	f, err := t.root.OpenFile(name, mode, 0o644)
	if err != nil {
		return nil, t.quota.errno(err)
	}
	t.quota.open++
	opened := &file{tree: t, name: name, file: f, append: flag&wasys.O_APPEND != 0}
	if flag&wasys.O_TRUNC != 0 {
		if errno := opened.Truncate(0); errno != 0 {
			opened.Close()
			return nil, errno
		}
	}
	return opened, 0
}

// create charges one more file or folder at name.
func (t *tree) create(name string) wasys.Errno {
	if !t.write {
		return wasys.EROFS
	}
	limits := t.quota.run.Limits
	if jobrun.CheckPath(name, limits.Depth) != nil {
		return wasys.EINVAL
	}
	if t.quota.files--; t.quota.files < 0 {
		t.quota.run.Exceed("outputs passed their limit of %d files", limits.Files)
		return wasys.EIO
	}
	return 0
}

func (t *tree) Stat(name string) (sys.Stat_t, wasys.Errno) { return t.Lstat(name) }

func (t *tree) Lstat(name string) (sys.Stat_t, wasys.Errno) {
	name = local(name)
	info, err := t.root.Lstat(name)
	if err != nil {
		return sys.Stat_t{}, t.quota.errno(err)
	}
	return stat(name, info), 0
}

// stat tells of a file only what is the same on every machine.
func stat(name string, info fs.FileInfo) sys.Stat_t {
	st := sys.Stat_t{Dev: 1, Ino: inode(name), Nlink: 1, Mode: info.Mode().Type() | 0o644, Size: info.Size()}
	if info.IsDir() {
		st.Mode, st.Size = fs.ModeDir|0o755, 0
	}
	return st
}

func inode(name string) sys.Inode {
	h := fnv.New64a()
	h.Write([]byte(name))
	return h.Sum64()
}

func (t *tree) Mkdir(name string, _ fs.FileMode) wasys.Errno {
	name = local(name)
	if _, err := t.root.Lstat(name); err == nil {
		return wasys.EEXIST
	}
	if errno := t.create(name); errno != 0 {
		return errno
	}
	return t.quota.errno(t.root.Mkdir(name, 0o755))
}

func (t *tree) Rename(from, to string) wasys.Errno {
	from, to = local(from), local(to)
	if !t.write {
		return wasys.EROFS
	}
	if jobrun.CheckPath(to, t.quota.run.Limits.Depth) != nil {
		return wasys.EINVAL
	}
	deepest, err := t.depth(from)
	if err != nil {
		return t.quota.errno(err)
	}
	if strings.Count(to, "/")+deepest > t.quota.run.Limits.Depth {
		return wasys.EINVAL
	}
	return t.quota.errno(t.root.Rename(from, to))
}

// depth is how many names the longest path from a file on has, its own included.
func (t *tree) depth(name string) (deepest int, err error) {
	err = fs.WalkDir(t.root.FS(), name, func(p string, _ fs.DirEntry, err error) error {
		deepest = max(deepest, 1+strings.Count(p, "/")-strings.Count(name, "/"))
		return err
	})
	return deepest, err
}

func (t *tree) Unlink(name string) wasys.Errno { return t.remove(name, false) }

func (t *tree) Rmdir(name string) wasys.Errno { return t.remove(name, true) }

func (t *tree) remove(name string, dir bool) wasys.Errno {
	name = local(name)
	info, err := t.root.Lstat(name)
	switch {
	case !t.write:
		return wasys.EROFS
	case err != nil:
		return t.quota.errno(err)
	case dir && !info.IsDir():
		return wasys.ENOTDIR
	case !dir && info.IsDir():
		return wasys.EISDIR
	}
	if err := t.root.Remove(name); err != nil {
		return t.quota.errno(err)
	}
	t.quota.files++
	return 0
}

// Links are refused, and times are not kept.

func (t *tree) Symlink(string, string) wasys.Errno       { return wasys.EPERM }
func (t *tree) Link(string, string) wasys.Errno          { return wasys.EPERM }
func (t *tree) Readlink(string) (string, wasys.Errno)    { return "", wasys.EINVAL }
func (t *tree) Chmod(string, fs.FileMode) wasys.Errno    { return 0 }
func (t *tree) Utimens(string, int64, int64) wasys.Errno { return 0 }
