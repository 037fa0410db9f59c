package chain_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
)

func TestLockKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "locks")
	a, b := lilypad.Address{1}, lilypad.Address{2}
	unlock, err := chain.LockKey(dir, "cows", a, "process 7 with the data folder /pond")
	if err != nil {
		t.Fatal(err)
	}
	_, err = chain.LockKey(dir, "cows", a, "process 8")
	if lilypad.CodeOf(err) != lilypad.Conflict || lilypad.RemedyOf(err) == "" || !strings.Contains(err.Error(), "process 7 with the data folder /pond") {
		t.Errorf("a second claim: %v, want a conflict that names the holder, with a remedy", err)
	}
	for network, account := range map[string]lilypad.Address{"cows": b, "frogs": a} {
		other, err := chain.LockKey(dir, network, account, "process 8")
		if err != nil {
			t.Errorf("%s on %s: %v", account, network, err)
			continue
		}
		if err := other(); err != nil {
			t.Error(err)
		}
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	again, err := chain.LockKey(dir, "cows", a, "process 8")
	if err != nil {
		t.Fatalf("after the claim has ended: %v", err)
	}
	if err := again(); err != nil {
		t.Error(err)
	}
	if files, err := filepath.Glob(filepath.Join(dir, "*cows*")); err != nil || len(files) > 0 {
		t.Errorf("it leaves %v, %v", files, err)
	}
}

// The longer text of a process that was killed does not stay behind its
// successor's.
func TestLockKey_namesTheNewHolder(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "cows-"+lilypad.Address{1}.String()+".lock")
	if err := os.WriteFile(left, []byte("process 123456 with the data folder /a/long/one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unlock, err := chain.LockKey(dir, "cows", lilypad.Address{1}, "process 8")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock() //nolint:errcheck // the folder is removed
	if _, err = chain.LockKey(dir, "cows", lilypad.Address{1}, "process 9"); err == nil || !strings.HasPrefix(err.Error(), "process 8 sends") {
		t.Errorf("a second claim: %v", err)
	}
}

func TestLockKey_refusesAFolderThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := chain.LockKey(filepath.Join(file, "locks"), "cows", lilypad.Address{1}, "process 8"); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("error %v, want unavailable", err)
	}
}

// Files come and go, and still nobody has the claim with another.
func TestLockKey_isOfOneAtATime(t *testing.T) {
	dir := t.TempDir()
	var holders, claims atomic.Int32
	var running sync.WaitGroup
	for i := range 4 {
		running.Go(func() {
			for range 200 {
				unlock, err := chain.LockKey(dir, "cows", lilypad.Address{1}, fmt.Sprintf("process %d", i))
				if lilypad.CodeOf(err) == lilypad.Conflict {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if n := holders.Add(1); n != 1 {
					t.Errorf("%d have the claim", n)
				}
				claims.Add(1)
				holders.Add(-1)
				if err := unlock(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	running.Wait()
	if claims.Load() == 0 {
		t.Error("nobody ever had the claim")
	}
}
