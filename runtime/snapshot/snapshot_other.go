//go:build !linux

package snapshot

import "slices"

const pageSize = 4096

type regions struct{}

func working() []Method { return []Method{Copy} }

func reserve(limit int) []byte { return make([]byte, limit) }

func unreserve([]byte) {}

func (i *Image) fill(content []byte) error {
	i.view = slices.Clone(content)
	return nil
}

func (i *Image) release() {}

func (m *Memory) attach() error {
	m.copyAll()
	return nil
}

func (m *Memory) restore(Method, bool, int, int) (int, error) { return m.copyAll(), nil }

func (m *Memory) undo(int, int) {}

func (m *Memory) forget() error {
	if m.image != nil {
		m.copyAll()
	}
	return nil
}

type watch struct{}

func (watch) begin() {}

func (watch) end() bool { return false }
