package snapshot

// Mistake has the memory restored from another image than it is mapped on.
// Pages that were not written then differ, as if they had been missed.
func (m *Memory) Mistake(i *Image) { m.image = i }
