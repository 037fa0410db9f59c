package snapshot_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/lilypad-network/lilypad/runtime/snapshot"
)

const wasmPage = 1 << 16

// each runs a test with every method of this machine.
func each(t *testing.T, test func(t *testing.T, m snapshot.Method)) {
	for _, m := range snapshot.Methods() {
		t.Run(string(m), func(t *testing.T) { test(t, m) })
	}
}

// frozen is a memory of some pages with random content and holes, its image,
// and a copy of the content.
func frozen(t testing.TB, o snapshot.Options, pages int) (*snapshot.Memory, *snapshot.Image, []byte) {
	t.Helper()
	m := snapshot.Reserve(uint64(2 * pages * wasmPage))
	b := m.Reallocate(uint64(pages * wasmPage))
	if b == nil {
		t.Fatal("no memory")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		b[r.IntN(len(b))] = byte(r.Uint32())
	}
	want := slices.Clone(b)
	image, err := m.Freeze(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Free(); image.Close() })
	if image.Size() != len(want) || !bytes.Equal(image.Bytes(), want) || !bytes.Equal(b, want) {
		t.Fatal("freezing changed the content")
	}
	return m, image, want
}

// clone is another memory of an image.
func clone(t testing.TB, image *snapshot.Image) (*snapshot.Memory, []byte) {
	t.Helper()
	m := snapshot.Reserve(uint64(image.Size()))
	b := m.Reallocate(uint64(image.Size()))
	for i := range b {
		b[i] = 0xee // what an engine wrote at its start
	}
	if err := m.Attach(image); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Free)
	return m, b
}

func TestMethods_copiesAtLeast(t *testing.T) {
	if m := snapshot.Methods(); len(m) == 0 || m[len(m)-1] != snapshot.Copy {
		t.Errorf("got %v, want copy at the end", m)
	}
}

func TestMemory_Restore_undoesAnyWrites(t *testing.T) {
	each(t, func(t *testing.T, method snapshot.Method) {
		_, image, want := frozen(t, snapshot.Options{Method: method, Every: 7}, 8)
		var wg sync.WaitGroup
		for seed := range uint64(3) {
			m, b := clone(t, image)
			wg.Go(func() {
				r := rand.New(rand.NewPCG(seed, 3))
				for round := range 50 {
					if r.IntN(4) > 0 {
						m.Begin()
					}
					for range r.IntN(40) {
						at := r.IntN(len(b))
						n := min(r.IntN(3*4096), len(b)-at)
						for i := range n {
							b[at+i] = byte(r.Uint32())
						}
					}
					if _, err := m.Restore(); err != nil {
						t.Errorf("seed %d, round %d: %v", seed, round, err)
						return
					}
					if !bytes.Equal(b, want) {
						t.Errorf("seed %d, round %d: not what was frozen", seed, round)
						return
					}
				}
			})
		}
		wg.Wait()
		if !bytes.Equal(image.Bytes(), want) {
			t.Error("a clone wrote to the image")
		}
	})
}

// Whatever was written where, and however much the caller writes to its part
// now and before, a run begins with the image and that.
func TestMemory_Finish_leavesOnlyWhatTheCallerWrote(t *testing.T) {
	each(t, func(t *testing.T, method snapshot.Method) {
		m, _, want := frozen(t, snapshot.Options{Method: method, Every: 7}, 4)
		b := m.Reallocate(4 * wasmPage)
		r := rand.New(rand.NewPCG(5, 6))
		start := 4096 + 48
		end := start + wasmPage + 512
		for round := range 200 {
			if r.IntN(4) > 0 {
				m.Begin()
			}
			input := bytes.Repeat([]byte{byte(round)}, r.IntN(end-start))
			copy(b[start:], input)
			m.Finish(start+len(input), end)
			if !bytes.Equal(b, slices.Concat(want[:start], input, want[start+len(input):])) {
				t.Fatalf("round %d: not what was frozen and %d bytes", round, len(input))
			}
			for range r.IntN(10) {
				at := r.IntN(len(b))
				if r.IntN(2) == 0 {
					at = start + r.IntN(end-start)
				}
				copy(b[at:], bytes.Repeat([]byte{^byte(round)}, r.IntN(3*4096)))
			}
			if r.IntN(20) == 0 {
				if err := m.Forget(); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := m.RestoreExcept(start, end); err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
		}
	})
}

// Larger than one call of the kernel reports, and than what is kept private.
func TestMemory_Restore_undoesScatteredWrites(t *testing.T) {
	each(t, func(t *testing.T, method snapshot.Method) {
		m, _, want := frozen(t, snapshot.Options{Method: method}, 512)
		b := m.Reallocate(512 * wasmPage)
		for step := range 3 {
			for at := 0; at < len(b); at += 8192 << step {
				b[at] ^= 1
			}
			if pages, err := m.Restore(); err != nil || pages == 0 {
				t.Fatalf("%d pages, %v", pages, err)
			}
			if !bytes.Equal(b, want) {
				t.Fatal("not what was frozen")
			}
		}
	})
}

func TestMemory_Restore_copiesOnlyWrittenPages(t *testing.T) {
	for _, method := range snapshot.Methods() {
		if method == snapshot.Discard || method == snapshot.Copy {
			continue
		}
		m, _, _ := frozen(t, snapshot.Options{Method: method}, 64)
		b := m.Reallocate(64 * wasmPage)
		if _, err := m.Restore(); err != nil {
			t.Fatal(err)
		}
		_ = bytes.Count(b, []byte{1}) // reading is free
		m.Begin()
		b[0], b[20*wasmPage] = 9, 9
		if pages, err := m.Restore(); err != nil || pages != 2 {
			t.Errorf("%s: %d pages, %v; want 2", method, pages, err)
		}
	}
}

// The second of two equal rounds takes no page fault.
func TestMemory_Restore_knowsItsPages(t *testing.T) {
	m, _, want := frozen(t, snapshot.Options{}, 64)
	b := m.Reallocate(64 * wasmPage)
	for round := range 20 {
		m.Begin()
		for at := range 2 + round/5 {
			b[at*wasmPage] ^= 0xff
		}
		if pages, err := m.Restore(); err != nil || pages == 0 {
			t.Fatalf("%d pages, %v", pages, err)
		}
		if !bytes.Equal(b, want) {
			t.Fatalf("round %d: not what was frozen", round)
		}
		if round == 12 {
			if err := m.Forget(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Each round has a thread of its own, which ends with it, or the test's.
func TestMemory_Begin_followsItsThread(t *testing.T) {
	m, _, want := frozen(t, snapshot.Options{}, 64)
	b := m.Reallocate(64 * wasmPage)
	round := func(n int) {
		m.Begin()
		for at := range n/8 + 1 {
			b[at*wasmPage+n%4*4096] ^= 0xff
		}
		if _, err := m.Restore(); err != nil || !bytes.Equal(b, want) {
			t.Errorf("round %d: not what was frozen, %v", n, err)
		}
	}
	for n := range 200 {
		if n%3 > 0 {
			round(n)
			continue
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			runtime.LockOSThread()
			round(n)
		}()
		<-done
	}
}

func TestMemory_Restore_tellsGrowth(t *testing.T) {
	each(t, func(t *testing.T, method snapshot.Method) {
		m, _, want := frozen(t, snapshot.Options{Method: method}, 1)
		b := m.Reallocate(2 * wasmPage)
		if len(b) != 2*wasmPage || !bytes.Equal(b[:wasmPage], want) {
			t.Fatal("growing moved the content")
		}
		b[wasmPage] = 1
		if _, err := m.Restore(); !errors.Is(err, snapshot.ErrGrown) {
			t.Errorf("got %v, want that it grew", err)
		}
		if m.Reallocate(3*wasmPage) != nil {
			t.Error("it grew beyond its reserve")
		}
	})
}

func TestMemory_Restore_findsMissedPage(t *testing.T) {
	all := snapshot.Methods()
	each(t, func(t *testing.T, method snapshot.Method) {
		if method == snapshot.Copy { // it misses nothing
			return
		}
		o := snapshot.Options{Method: method, Every: 2}
		m, _, _ := frozen(t, o, 2)
		changed := snapshot.Reserve(2 * wasmPage)
		defer changed.Free()
		b := changed.Reallocate(2 * wasmPage)
		b[0] = 77
		image, err := changed.Freeze(o)
		if err != nil {
			t.Fatal(err)
		}
		defer image.Close()
		m.Mistake(image)
		if _, err := m.Restore(); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Restore(); !errors.Is(err, snapshot.ErrMissed) {
			t.Fatalf("got %v, want that a page was missed", err)
		}
		if safer := all[slices.Index(all, method)+1]; image.Method() != safer {
			t.Errorf("it goes on with %s, want %s", image.Method(), safer)
		}
		b[5]++
		if _, err := changed.Restore(); err != nil || !bytes.Equal(b, image.Bytes()) {
			t.Errorf("the safer method: %v", err)
		}
	})
}

func TestMemory_Freeze_refusesUnknownMethod(t *testing.T) {
	m := snapshot.Reserve(wasmPage)
	defer m.Free()
	if _, err := m.Freeze(snapshot.Options{Method: "hope"}); err == nil {
		t.Error("it froze")
	}
}

func TestMemory_Attach_refusesOtherSize(t *testing.T) {
	_, image, _ := frozen(t, snapshot.Options{}, 2)
	m := snapshot.Reserve(wasmPage)
	defer m.Free()
	m.Reallocate(wasmPage)
	if err := m.Attach(image); err == nil {
		t.Error("it attached")
	}
}

func TestMemory_mayBeEmpty(t *testing.T) {
	each(t, func(t *testing.T, method snapshot.Method) {
		m := snapshot.Reserve(0)
		m.Reallocate(0)
		image, err := m.Freeze(snapshot.Options{Method: method, Every: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Restore(); err != nil {
			t.Error(err)
		}
		m.Free()
		m.Free()
		image.Close()
	})
}

// BenchmarkMemory_Restore writes to 20 pages of 4 MiB.
func BenchmarkMemory_Restore(b *testing.B) {
	for _, method := range snapshot.Methods() {
		b.Run(string(method), func(b *testing.B) {
			_, image, _ := frozen(b, snapshot.Options{Method: method}, 64)
			b.RunParallel(func(pb *testing.PB) {
				m, mem := clone(b, image)
				for pb.Next() {
					m.Begin()
					for at := range 20 {
						mem[at*3*4096] = 1
					}
					if _, err := m.Restore(); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}

// Whoever waits for the processor, as the garbage collector does, gets it
// several times while a large memory is verified or copied.
func TestMemory_Restore_yields(t *testing.T) {
	each(t, func(t *testing.T, method snapshot.Method) {
		const pages = 16 << 20 / wasmPage
		m, image, _ := frozen(t, snapshot.Options{Method: method, Every: 1}, pages)
		defer image.Close()
		defer m.Free()
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		var turns, stop atomic.Int32
		var other sync.WaitGroup
		other.Go(func() {
			for stop.Load() == 0 {
				turns.Add(1)
				runtime.Gosched()
			}
		})
		runtime.Gosched()
		before := turns.Load()
		_, err := m.Restore()
		got := turns.Load() - before
		stop.Store(1)
		other.Wait()
		if err != nil || got < 8 {
			t.Errorf("another goroutine ran %d times, %v", got, err)
		}
	})
}
