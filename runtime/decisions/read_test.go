package decisions_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/decisions"
)

// However a segment is cut, what was whole before the cut is there.
func TestRead_dropsTornTail(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	for i := range 3 {
		l.Observe(t.Context(), decision(i))
	}
	_ = l.Close()
	name, whole := segmentOf(t, dir)
	last := -1
	for n := range len(whole) + 1 {
		if err := os.WriteFile(name, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		got := readAll(t, dir)
		if len(got) < last {
			t.Fatalf("%d decisions in %d bytes, %d in fewer", len(got), n, last)
		}
		last = len(got)
	}
	if last != 3 {
		t.Fatalf("%d decisions in the whole file", last)
	}
	// A file system may have made room and not filled it.
	if err := os.WriteFile(name, append(whole, make([]byte, 1000)...), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := readAll(t, dir); len(got) != 3 {
		t.Errorf("%d decisions before a tail of zeros", len(got))
	}
	const begun = 20 // bytes of a head
	if err := os.WriteFile(name, slices.Concat(whole, whole[8:8+begun], make([]byte, 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := readAll(t, dir); len(got) != 3 {
		t.Errorf("%d decisions before a part of a head", len(got))
	}
	// The next process goes on behind it.
	l = openLog(t, decisions.Config{Dir: dir})
	l.Observe(t.Context(), decision(3))
	_ = l.Close()
	if got := readAll(t, dir); len(got) != 4 || string(got[0].Input) != "question 3" {
		t.Errorf("%d decisions after a new start", len(got))
	}
}

func segmentOf(t testing.TB, dir string) (name string, content []byte) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	b, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return names[0], b
}

func TestRead_reportsDamage(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	for i := range 2 {
		l.Observe(t.Context(), decision(i))
	}
	_ = l.Close()
	name, b := segmentOf(t, dir)
	b[len(b)-1] ^= 1
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	var entries, damaged int
	for _, err := range decisions.Read(dir) {
		if lilypad.CodeOf(err) == lilypad.Invalid && err != nil {
			damaged++
		} else {
			entries++
		}
	}
	if entries != 1 || damaged != 1 {
		t.Errorf("%d whole, %d damaged", entries, damaged)
	}
}

// In whatever byte of a segment a bit turns, no decision is missing without a word.
func TestRead_reportsTurnedBits(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	const kept = 3
	for i := range kept {
		l.Observe(t.Context(), decision(i))
	}
	_ = l.Close()
	name, whole := segmentOf(t, dir)
	id := readAll(t, dir)[0].ID().String()
	for i := range whole {
		b := bytes.Clone(whole)
		b[i] ^= 1 << (i % 8)
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		entries, damaged := 0, 0
		for _, err := range decisions.Read(dir) {
			if err == nil {
				entries++
			} else if damaged++; lilypad.CodeOf(err) != lilypad.Invalid {
				t.Fatalf("byte %d: %v", i, err)
			}
		}
		if damaged == 0 && entries != kept {
			t.Fatalf("a bit of byte %d turned: %d decisions, and no damage", i, entries)
		}
	}
	whole[len("lilydec1")] ^= 1 // the first length
	if err := os.WriteFile(name, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := decisions.Find(id, dir); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("a decision behind the damage: %v", err)
	}
}

// What another version may have written is damage too, and what stands around
// it is read.
func TestRead_reportsUnknownFrames(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	l.Observe(t.Context(), decision(0))
	_ = l.Close()
	name, whole := segmentOf(t, dir)
	unknown := bytes.Repeat([]byte{1}, 41)
	binary.LittleEndian.PutUint32(unknown, uint32(len(unknown)))
	unknown[4] = 9
	binary.LittleEndian.PutUint32(unknown[5:], crc32.Checksum(unknown[:5], crc32.MakeTable(crc32.Castagnoli)))
	for what, b := range map[string][]byte{
		"a frame": slices.Concat(whole[:8], unknown, whole[8:]),
		"a tail":  slices.Concat(whole, unknown),
	} {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		var entries, damaged int
		for _, err := range decisions.Read(dir) {
			if err == nil {
				entries++
			} else if damaged++; lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "" {
				t.Errorf("%s of another kind: %v", what, err)
			}
		}
		if entries != 1 || damaged != 1 {
			t.Errorf("%s of another kind: %d whole, %d damaged", what, entries, damaged)
		}
	}
}

// Readers see a growing log whole at any time, while it is swept under them.
func TestRead_besideTheWriter(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir, MaxBytes: 256 << 10})
	const writers, each = 4, 500
	var writing, reading sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		reading.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				for _, err := range decisions.Read(dir) {
					if err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	for w := range writers {
		writing.Go(func() {
			for i := range each {
				l.Observe(t.Context(), decision(w*each+i))
			}
		})
	}
	writing.Wait()
	_ = l.Close()
	close(stop)
	reading.Wait()
	if got := l.Stats(); got != (decisions.Stats{Kept: writers * each}) {
		t.Errorf("%+v", got)
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	l.Observe(t.Context(), decision(0))
	_ = l.Close()
	id := readAll(t, dir)[0].ID().String()
	for prefix, want := range map[string]lilypad.Code{
		id: "", id[2:]: "", id[:6]: "", id[:10] + "…" + id[62:]: "",
		id[:5]: lilypad.Invalid, "0x": lilypad.Invalid, "": lilypad.Invalid, "0xzzzz": lilypad.NotFound,
	} {
		if _, err := decisions.Find(prefix, dir); (want == "") != (err == nil) || want != "" && lilypad.CodeOf(err) != want {
			t.Errorf("%q: %v, want %q", prefix, err, want)
		}
	}
	if _, err := decisions.Find(id, filepath.Join(dir, "none")); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("without a log: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	dir := f.TempDir()
	l := openLog(f, decisions.Config{Dir: dir})
	for i := range 3 {
		l.Observe(f.Context(), decision(i))
	}
	_ = l.Close()
	_, whole := segmentOf(f, dir)
	f.Add(whole)
	f.Add(whole[:len(whole)-5])
	f.Add([]byte("lilydec\x02"))
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "0000000000000001.log"), b, 0o600); err != nil {
			t.Fatal(err)
		}
		for e, err := range decisions.Read(dir) {
			if err == nil {
				if found, err := decisions.Find(e.ID().String(), dir); err != nil || found.ID() != e.ID() {
					t.Errorf("read, and not found: %v", err)
				}
			}
		}
	})
}
