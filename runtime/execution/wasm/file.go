package wasm

import (
	"io"
	"os"
	"path"
	"slices"
	"strings"

	wasys "github.com/tetratelabs/wazero/experimental/sys"
	"github.com/tetratelabs/wazero/sys"
)

// file is an open file or folder of a tree.
type file struct {
	wasys.UnimplementedFile
	tree   *tree
	name   string
	file   *os.File
	append bool
	listed bool
	list   []wasys.Dirent // what Readdir has not given out yet
}

var _ wasys.File = (*file)(nil)

func (f *file) Dev() (uint64, wasys.Errno)    { return 1, 0 }
func (f *file) Ino() (sys.Inode, wasys.Errno) { return inode(f.name), 0 }
func (f *file) IsAppend() bool                { return f.append }

func (f *file) SetAppend(on bool) wasys.Errno {
	f.append = on
	return 0
}

func (f *file) IsDir() (bool, wasys.Errno) {
	st, errno := f.Stat()
	return st.Mode.IsDir(), errno
}

func (f *file) Stat() (sys.Stat_t, wasys.Errno) {
	info, err := f.file.Stat()
	if err != nil {
		return sys.Stat_t{}, f.tree.quota.errno(err)
	}
	return stat(f.name, info), 0
}

func (f *file) Read(p []byte) (int, wasys.Errno) {
	n, err := f.file.Read(p)
	return n, f.tree.quota.errno(err)
}

func (f *file) Pread(p []byte, off int64) (int, wasys.Errno) {
	n, err := f.file.ReadAt(p, off)
	return n, f.tree.quota.errno(err)
}

// offset spares Seek from vet's check against io.Seeker: wazero's differs.
type offset = int64

func (f *file) Seek(at offset, whence int) (int64, wasys.Errno) {
	if dir, errno := f.IsDir(); dir || errno != 0 {
		if errno == 0 && (at != 0 || whence != io.SeekStart) {
			errno = wasys.EINVAL
		}
		f.listed = false
		return 0, errno
	}
	n, err := f.file.Seek(at, whence)
	return n, f.tree.quota.errno(err)
}

func (f *file) Readdir(n int) ([]wasys.Dirent, wasys.Errno) {
	if !f.listed {
		entries, err := f.entries()
		if err != nil {
			return nil, f.tree.quota.errno(err)
		}
		f.listed, f.list = true, entries
	}
	if n <= 0 || n > len(f.list) {
		n = len(f.list)
	}
	var out []wasys.Dirent
	out, f.list = f.list[:n], f.list[n:]
	return out, 0
}

// entries opens the folder anew, since an open one gives its entries once.
func (f *file) entries() ([]wasys.Dirent, error) {
	dir, err := f.tree.root.Open(f.name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	found, err := dir.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	list := make([]wasys.Dirent, 0, len(found))
	for _, e := range found {
		list = append(list, wasys.Dirent{Ino: inode(path.Join(f.name, e.Name())), Name: e.Name(), Type: e.Type()})
	}
	slices.SortFunc(list, func(a, b wasys.Dirent) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

func (f *file) Write(p []byte) (int, wasys.Errno) {
	whence := io.SeekCurrent
	if f.append {
		whence = io.SeekEnd
	}
	at, err := f.file.Seek(0, whence)
	if err != nil {
		return 0, f.tree.quota.errno(err)
	}
	if errno := f.reach(at + int64(len(p))); errno != 0 {
		return 0, errno
	}
	n, err := f.file.Write(p)
	return n, f.tree.quota.errno(err)
}

func (f *file) Pwrite(p []byte, off int64) (int, wasys.Errno) {
	if errno := f.reach(off + int64(len(p))); errno != 0 {
		return 0, errno
	}
	n, err := f.file.WriteAt(p, off)
	return n, f.tree.quota.errno(err)
}

// reach charges what the file grows by when it comes to have end bytes.
func (f *file) reach(end int64) wasys.Errno {
	st, errno := f.Stat()
	if errno != 0 {
		return errno
	}
	if end < 0 {
		return wasys.EINVAL
	}
	return f.tree.quota.grow(max(0, end-st.Size))
}

func (f *file) Truncate(size int64) wasys.Errno {
	st, errno := f.Stat()
	switch {
	case errno != 0:
		return errno
	case st.Mode.IsDir():
		return wasys.EISDIR
	case !f.tree.write:
		return wasys.EROFS
	case size < 0:
		return wasys.EINVAL
	}
	if errno := f.tree.quota.grow(max(0, size-st.Size)); errno != 0 {
		return errno
	}
	if err := f.file.Truncate(size); err != nil {
		return f.tree.quota.errno(err)
	}
	return f.tree.quota.grow(min(0, size-st.Size))
}

func (f *file) Sync() wasys.Errno                { return 0 }
func (f *file) Datasync() wasys.Errno            { return 0 }
func (f *file) Utimens(int64, int64) wasys.Errno { return 0 }

func (f *file) Close() wasys.Errno {
	if f.file == nil {
		return 0
	}
	f.tree.quota.open--
	err := f.file.Close()
	f.file = nil
	return f.tree.quota.errno(err)
}
