package pluginhost

import "github.com/tetratelabs/wazero/experimental"

// linear is the memory of one guest. It is mapped at its largest size, so that
// growing it copies nothing, and goes back to the system when its guest ends,
// without the garbage collector. A Go guest starts with a third less work.
type linear struct{ mapped []byte }

var _ experimental.LinearMemory = (*linear)(nil)

// Allocate maps zeroed memory of limit bytes; pages cost when they are used.
func (l *linear) Allocate(_, limit uint64) experimental.LinearMemory {
	l.mapped = mapMemory(int(limit))
	return l
}

// Reallocate returns the first size bytes, or nil when there are not as many.
func (l *linear) Reallocate(size uint64) []byte {
	if size > uint64(len(l.mapped)) {
		return nil
	}
	return l.mapped[:size:size]
}

// Free unmaps it. Both the engine and the guest's owner call it, between
// calls: the engine forgets to when a time limit strikes as a call returns.
func (l *linear) Free() {
	if l.mapped != nil {
		unmapMemory(l.mapped)
		l.mapped = nil
	}
}
