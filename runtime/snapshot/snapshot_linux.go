package snapshot

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

var pageSize = os.Getpagesize()

// A memory with more private pages than these drops them in place of copying
// into them: a page fault each is cheaper by then, and the memory goes back.
const maxPrivate = 2048

// pagemap is the file that tells of this process's pages, or -1.
var pagemap = sync.OnceValue(func() int {
	fd, err := unix.Open("/proc/self/pagemap", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1
	}
	return fd
})

// working tries every method on four pages.
var working = sync.OnceValue(func() (list []Method) {
	for _, method := range []Method{Watch, Scan, Pagemap, Discard} {
		if try(method) == nil {
			list = append(list, method)
		}
	}
	return append(list, Copy)
})

func try(method Method) error {
	m := Reserve(uint64(4 * pageSize))
	defer m.Free()
	if m.Reallocate(uint64(4*pageSize)) == nil {
		return unix.ENOMEM
	}
	i := &Image{file: -1, methods: []Method{method}, every: -1}
	m.reserved[0] = 1
	if err := i.fill(m.reserved); err != nil {
		return err
	}
	defer i.Close()
	if err := m.Attach(i); err != nil {
		return err
	}
	for _, page := range []int{0, 0, 1, 3} {
		m.Begin()
		m.reserved[page*pageSize] = 2
		if _, err := m.Restore(); err != nil {
			return err
		}
		if !bytes.Equal(m.reserved, i.view) {
			return ErrMissed
		}
	}
	return nil
}

func reserve(limit int) []byte {
	if limit == 0 {
		return nil
	}
	b, err := mapAt(nil, limit, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_NORESERVE, -1)
	if err != nil {
		return nil
	}
	return b
}

func mapAt(at unsafe.Pointer, n, prot, flags, file int) ([]byte, error) {
	p, err := unix.MmapPtr(file, 0, at, uintptr(n), prot, flags)
	if err != nil {
		return nil, fmt.Errorf("map %d bytes: %w", n, err)
	}
	return unsafe.Slice((*byte)(p), n), nil
}

func unreserve(b []byte) { _ = unix.MunmapPtr(unsafe.Pointer(unsafe.SliceData(b)), uintptr(len(b))) } // it was mapped

// fill writes the content to a file that nobody can change afterwards. Pages
// of zeros stay holes.
func (i *Image) fill(content []byte) (err error) {
	if len(content) == 0 {
		return nil
	}
	if i.file, err = unix.MemfdCreate("lilypad-snapshot", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING); err != nil {
		return fmt.Errorf("memfd: %w", err)
	}
	defer func() {
		if err != nil {
			i.release()
		}
	}()
	if err := unix.Ftruncate(i.file, int64(len(content))); err != nil {
		return fmt.Errorf("memfd of %d bytes: %w", len(content), err)
	}
	zeros := make([]byte, pageSize)
	for at := 0; at < len(content); at += pageSize {
		page := content[at : at+pageSize]
		if string(page) == string(zeros) {
			continue
		}
		if n, err := unix.Pwrite(i.file, page, int64(at)); err != nil || n != len(page) {
			return fmt.Errorf("memfd: wrote %d bytes: %w", n, err)
		}
	}
	const seals = unix.F_SEAL_WRITE | unix.F_SEAL_SHRINK | unix.F_SEAL_GROW | unix.F_SEAL_SEAL
	if _, err := unix.FcntlInt(uintptr(i.file), unix.F_ADD_SEALS, seals); err != nil {
		return fmt.Errorf("seal memfd: %w", err)
	}
	// Kernels before 6.7 refuse a shared view of a sealed file.
	i.view, err = mapAt(nil, len(content), unix.PROT_READ, unix.MAP_PRIVATE, i.file)
	return err
}

func (i *Image) release() {
	if i.view != nil {
		unreserve(i.view)
		i.view = nil
	}
	if i.file >= 0 {
		_ = unix.Close(i.file) // it has no unwritten data
		i.file = -1
	}
}

func (m *Memory) start() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(m.reserved)) }

// attach maps the image over the memory.
func (m *Memory) attach() error {
	m.found.known = false
	if m.size == 0 {
		return nil
	}
	_, err := mapAt(m.start(), m.size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_FIXED|unix.MAP_NORESERVE, m.image.file)
	return err
}

func (m *Memory) restore(method Method, quiet bool, start, end int) (pages int, err error) {
	switch {
	case m.size == 0:
		return 0, nil
	case method == Watch && quiet && m.found.known:
	case method == Watch || method == Scan:
		err = m.scan()
	case method == Pagemap:
		err = m.readPagemap()
	case method == Discard:
		return m.size / pageSize, m.forget()
	default:
		return m.copyAll(), nil
	}
	if err != nil {
		return 0, err
	}
	m.found.known = true
	for _, r := range m.found.list {
		pages += (r.end - r.start) / pageSize
	}
	if pages > maxPrivate {
		return pages, m.forget()
	}
	m.undo(0, start)
	m.undo(end, m.size)
	return pages, nil
}

// undo copies what lies between two offsets of the private pages.
func (m *Memory) undo(start, end int) {
	for _, r := range m.found.list {
		m.copyBack(max(r.start, start), min(r.end, end))
	}
}

// forget drops all private pages: the next access finds the image's.
func (m *Memory) forget() error {
	m.found.known, m.found.list = false, m.found.list[:0]
	if m.size == 0 || m.image == nil {
		return nil
	}
	if err := unix.Madvise(m.reserved[:m.size], unix.MADV_DONTNEED); err != nil {
		return fmt.Errorf("madvise: %w", err)
	}
	return nil
}

// regions are the private pages of a memory, as offsets into it.
type regions struct {
	list  []region
	known bool // the list is of all that are private now, but for pages that faulted since
	vec   []pageRegion
	arg   scanArg
	bits  []byte
}

type region struct{ start, end int }

// add appends a region, or makes the last one longer.
func (r *regions) add(start, end int) {
	if n := len(r.list); n > 0 && r.list[n-1].end == start {
		r.list[n-1].end = end
		return
	}
	r.list = append(r.list, region{start, end})
}

// scanArg and pageRegion are pm_scan_arg and page_region of linux/fs.h.
type scanArg struct {
	size, flags, start, end, walkEnd, vec, vecLen, maxPages uint64
	inverted, mask, anyOf, returned                         uint64
}

type pageRegion struct{ start, end, categories uint64 }

const (
	pagemapScan = 0xc0606610 // _IOWR('f', 16, struct pm_scan_arg)

	pageIsFile    = 1 << 2
	pageIsPresent = 1 << 3
	pageIsSwapped = 1 << 4
)

// scan finds the pages that are here and not the file's.
func (m *Memory) scan() error {
	f := &m.found
	if f.vec == nil {
		f.vec = make([]pageRegion, 256)
	}
	f.list = f.list[:0]
	base := uint64(uintptr(m.start()))
	for at, end := base, base+uint64(m.size); at < end; at = f.arg.walkEnd {
		f.arg = scanArg{
			size: uint64(unsafe.Sizeof(f.arg)), start: at, end: end,
			vec: uint64(uintptr(unsafe.Pointer(unsafe.SliceData(f.vec)))), vecLen: uint64(len(f.vec)),
			inverted: pageIsFile, mask: pageIsFile, anyOf: pageIsPresent | pageIsSwapped, returned: pageIsFile,
		}
		// It takes about a microsecond and does not wait, so the scheduler need not know.
		n, _, errno := unix.RawSyscall(unix.SYS_IOCTL, uintptr(pagemap()), pagemapScan, uintptr(unsafe.Pointer(&f.arg)))
		if errno != 0 {
			return fmt.Errorf("scan pages: %w", errno)
		}
		for _, r := range f.vec[:n] {
			f.add(int(r.start-base), int(r.end-base))
		}
		if f.arg.walkEnd <= at {
			return fmt.Errorf("scan pages: the kernel walked from %d to %d", at, f.arg.walkEnd)
		}
	}
	runtime.KeepAlive(f)
	return nil
}

// readPagemap does the same with eight bytes per page, of which bit 63 says
// that it is here, 62 that it is swapped, and 61 that it is a file's.
func (m *Memory) readPagemap() error {
	f := &m.found
	if f.bits == nil {
		f.bits = make([]byte, m.size/pageSize*8)
	}
	f.list = f.list[:0]
	at := int64(uintptr(m.start())) / int64(pageSize) * 8
	if n, err := unix.Pread(pagemap(), f.bits, at); err != nil || n != len(f.bits) {
		return fmt.Errorf("read %d of %d bytes of the page map: %w", n, len(f.bits), err)
	}
	for page := range m.size / pageSize {
		if e := binary.NativeEndian.Uint64(f.bits[8*page:]); e>>62 != 0 && e>>61&1 == 0 {
			f.add(page*pageSize, (page+1)*pageSize)
		}
	}
	return nil
}

// watch tells whether the thread took a page fault: whoever writes to a page
// that is not private takes one, and the kernel counts it for the thread.
type watch struct {
	on     bool
	thread int
	faults int64 // of the thread when last looked at; -1: unknown
}

// begin takes the count of the last end for that of now where the thread is
// the same, since to ask who it is takes a fourth of the time. Faults in
// between cost a search that finds nothing new.
func (w *watch) begin() {
	if !w.on {
		w.on = true
		runtime.LockOSThread()
	}
	if thread := unix.Gettid(); thread != w.thread {
		w.thread, w.faults = thread, pageFaults()
	}
}

// end tells that there was none since begin.
func (w *watch) end() (quiet bool) {
	if w.on {
		w.on = false
		now := pageFaults()
		quiet = now >= 0 && now == w.faults
		w.faults = now
		runtime.UnlockOSThread()
	}
	return quiet
}

// pageFaults counts those of this thread; -1: the kernel does not tell.
func pageFaults() int64 {
	var u unix.Rusage
	// It does not wait, so the scheduler need not know.
	if _, _, errno := unix.RawSyscall(unix.SYS_GETRUSAGE, unix.RUSAGE_THREAD, uintptr(unsafe.Pointer(&u)), 0); errno != 0 {
		return -1
	}
	return u.Minflt + u.Majflt
}
