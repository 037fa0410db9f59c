package file_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/file"
)

const crashDir = "LILYPAD_TEST_CRASH_DIR"

// TestMain makes this program the process that is killed when it is told to.
func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		putUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// putUntilKilled puts blocks, as many at once as share a commit, and prints the
// id of each whose Put has returned.
func putUntilKilled(dir string) {
	s, err := file.Open(dir)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	var mu sync.Mutex // guards standard output
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			random := rand.NewChaCha8([32]byte{byte(i)})
			for {
				block := make([]byte, 1+random.Uint64()%50_000)
				_, _ = random.Read(block)
				b := storage.NewBlock(block)
				err := s.PutBlock(context.Background(), b)
				mu.Lock()
				if err != nil {
					fmt.Println(err)
				} else {
					fmt.Println(b.ID())
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

// After a kill -9 every block is whole, those whose Put had returned are there,
// and nothing half written is left.
func TestStore_survivesKill(t *testing.T) {
	dir := t.TempDir()
	var done []lilypad.Hash
	for range 3 {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), crashDir+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			var id lilypad.Hash
			if err := id.UnmarshalText(lines.Bytes()); err != nil {
				t.Fatalf("%s: %v", lines.Text(), err)
			}
			if done = append(done, id); n == 100 {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = cmd.Wait() // it was killed
	}
	s := open(t, dir)
	for _, id := range done {
		if _, err := s.Get(t.Context(), id); err != nil {
			t.Errorf("a block whose Put had returned: %v", err)
		}
	}
	if err := s.Each(t.Context(), func(id lilypad.Hash, _ time.Time) error {
		_, err := s.Get(t.Context(), id)
		return err
	}); err != nil {
		t.Errorf("a block that has a name: %v", err)
	}
	left, err := os.ReadDir(filepath.Join(dir, "tmp"))
	if err != nil || len(left) > 0 {
		t.Errorf("%d files are left half written (%v)", len(left), err)
	}
}

// A block has a name only once the disk has its bytes: after a power cut a name
// would stand for nothing.
func TestStore_namesOnlyWhatIsSynced(t *testing.T) {
	s := open(t, t.TempDir())
	var writes []file.Write
	var blocks []storage.Block
	for i := range 4 {
		b := storage.NewBlock([]byte(strings.Repeat("x", i)))
		w, err := file.Stage(s, b)
		if err != nil {
			t.Fatal(err)
		}
		blocks, writes = append(blocks, b), append(writes, w)
	}
	if err := writes[2].From().Close(); err != nil { // so that it cannot be synced
		t.Fatal(err)
	}
	for i, err := range file.Commit(s, writes...) {
		has, err2 := s.Has(t.Context(), blocks[i].ID())
		if want := i != 2; err2 != nil || has != want || (err == nil) != want {
			t.Errorf("block %d: there %t, commit says %v; want there %t", i, has, err, want)
		}
	}
}
