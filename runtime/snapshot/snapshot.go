package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync/atomic"
)

// Method is a way to find and undo what was written.
type Method string

const (
	Watch   Method = "watch"   // as scan, and the pages of the last time when no page fault happened since [Memory.Begin]
	Scan    Method = "scan"    // written pages by the ioctl PAGEMAP_SCAN, of Linux 6.7
	Pagemap Method = "pagemap" // written pages by reading /proc/self/pagemap
	Discard Method = "discard" // all private pages go, by madvise
	Copy    Method = "copy"    // every byte is copied
)

// Methods are those that work on this machine, the fastest first. A method
// that a sandbox only pretends to have is found out and left out. Copy is
// always among them.
func Methods() []Method { return append([]Method(nil), working()...) }

// Errors of [Memory.Restore]. The memory is of no use after either.
var (
	ErrGrown  = errors.New("the memory has grown")
	ErrMissed = errors.New("a written page was missed")
)

// Options of an [Image]. The zero value is good.
type Options struct {
	Method Method // the first to use; empty: the fastest
	Every  int    // how many restores of a memory until one is verified; 0: 4096; negative: none is
}

// Image is the frozen content. Safe for concurrent use.
type Image struct {
	view    []byte // never written
	file    int    // a sealed memfd, or -1
	methods []Method
	safer   atomic.Int32 // index into methods
	every   int
}

// Size is the length of the content in bytes.
func (i *Image) Size() int { return len(i.view) }

// Bytes is the content. It must not be written, nor read after Close.
func (i *Image) Bytes() []byte { return i.view }

// Method is the one in use. It changes once a page was missed.
func (i *Image) Method() Method { return i.methods[i.safer.Load()] }

// Close frees the image. Memories that are attached to it must be freed
// before.
func (i *Image) Close() { i.release() }

// Memory is the linear memory of one instance: address space for its largest
// size, so that growing moves nothing. One goroutine uses it at a time.
type Memory struct {
	reserved []byte
	size     int // of what the instance has
	image    *Image
	restores int
	found    regions
	watch    watch
}

// Reserve takes address space for limit bytes of zeros; what is not touched
// costs no memory. Without space the memory cannot have any size.
func Reserve(limit uint64) *Memory { return &Memory{reserved: reserve(int(limit))} }

// Reallocate sets the size, and returns that many bytes or nil.
func (m *Memory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.reserved)) {
		return nil
	}
	m.size = int(size)
	return m.reserved[:size:size]
}

// Free gives the memory back, once; further calls do nothing.
func (m *Memory) Free() {
	m.watch.end()
	if m.reserved != nil {
		unreserve(m.reserved)
		m.reserved = nil
	}
}

// Freeze makes an image of the content and attaches the memory to it.
//
// # Errors
//
// The method does not work here, or the system has no memory.
func (m *Memory) Freeze(o Options) (*Image, error) {
	methods := working()
	for o.Method != "" && len(methods) > 0 && methods[0] != o.Method {
		methods = methods[1:]
	}
	if len(methods) == 0 {
		return nil, fmt.Errorf("snapshot: the method %q does not work here", o.Method)
	}
	i := &Image{file: -1, methods: methods, every: o.Every}
	if i.every == 0 {
		i.every = 4096
	}
	if err := i.fill(m.reserved[:m.size]); err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	if err := m.Attach(i); err != nil {
		i.Close()
		return nil, err
	}
	return i, nil
}

// Attach gives the memory the content of an image of its size.
//
// # Errors
//
// Another size, or the system has no memory.
func (m *Memory) Attach(i *Image) error {
	if m.size != i.Size() {
		return fmt.Errorf("snapshot: an image of %d bytes for a memory of %d", i.Size(), m.size)
	}
	m.image = i
	if err := m.attach(); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	return nil
}

// Begin tells that the calling goroutine is about to write, and that nobody
// else writes until it calls Restore or Free. It saves Restore a search in the
// common case, and binds the goroutine to its thread until then. A memory that
// was written without it is searched.
func (m *Memory) Begin() {
	if m.image != nil && m.image.Method() == Watch {
		m.watch.begin()
	}
}

// Forget drops what the memory has of its own: content, which is the image's
// again, and pages that Restore would go on copying to.
//
// # Errors
//
// The system's.
func (m *Memory) Forget() error {
	m.watch.end()
	if err := m.forget(); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	return nil
}

// Restore undoes what was written since the last restore, and returns how many
// pages the memory has of its own.
//
// Every so often it compares the whole memory with the image. If they differ,
// the image goes on with a safer method.
//
// # Errors
//
// ErrGrown, ErrMissed, or the system's.
func (m *Memory) Restore() (pages int, err error) { return m.RestoreExcept(0, 0) }

// RestoreExcept is Restore, but leaves the bytes from start up to end with
// whatever they have: for a caller who writes there before the next run, and
// calls Finish for the bytes that it did not write.
func (m *Memory) RestoreExcept(start, end int) (pages int, err error) {
	quiet := m.watch.end()
	if m.size != m.image.Size() {
		return 0, ErrGrown
	}
	method := m.image.safer.Load()
	if pages, err = m.restore(m.image.methods[method], quiet, start, end); err != nil {
		return pages, fmt.Errorf("snapshot: %w", err)
	}
	m.restores++
	if m.image.every < 0 || m.restores%m.image.every != 0 {
		return pages, nil
	}
	m.Finish(start, end)
	if !m.intact() {
		m.image.distrust(method)
		return pages, ErrMissed
	}
	return pages, m.forget()
}

// Finish restores the bytes from start up to end, which the last RestoreExcept
// left out.
func (m *Memory) Finish(start, end int) { m.undo(start, end) }

// distrust goes on with the method after this one, if there is one.
func (i *Image) distrust(method int32) {
	if int(method)+1 < len(i.methods) {
		i.safer.CompareAndSwap(method, method+1)
	}
}

// chunk is what is copied or compared at once, in bytes: neither lets the
// garbage collector stop it, and new pages take 4 µs each.
const chunk = 1 << 20

// chunks are the ranges of at most a chunk from start up to end. Between two
// it yields, since a signal would seldom find the code outside of the copying.
func chunks(start, end int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for start < end {
			to := min(start+chunk, end)
			if !yield(start, to) {
				return
			}
			if start = to; start < end {
				runtime.Gosched()
			}
		}
	}
}

// intact tells whether the memory has the content of its image.
func (m *Memory) intact() bool {
	for from, to := range chunks(0, m.size) {
		if !bytes.Equal(m.reserved[from:to], m.image.view[from:to]) {
			return false
		}
	}
	return true
}

// copyBack gives the bytes from start up to end the content of the image.
func (m *Memory) copyBack(start, end int) {
	for from, to := range chunks(start, end) {
		copy(m.reserved[from:to], m.image.view[from:to])
	}
}

// copyAll is the method Copy.
func (m *Memory) copyAll() int {
	m.copyBack(0, m.size)
	return (m.size + pageSize - 1) / pageSize
}
