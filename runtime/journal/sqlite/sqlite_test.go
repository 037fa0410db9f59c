package sqlite_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/journal/journaltest"
	"github.com/lilypad-network/lilypad/runtime/journal/sqlite"
)

// childEnv names the journal that this binary, started again, works on.
const childEnv = "LILYPAD_JOURNAL_TEST_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		fmt.Fprintln(os.Stderr, count(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// count adds one to two keys in an Update after the other, for ever, and says
// so after each.
func count(path string) error {
	j, err := sqlite.Open(context.Background(), path)
	if err != nil {
		return err
	}
	for i := 1; ; i++ {
		v := strconv.AppendInt(nil, int64(i), 10)
		err := j.Update(context.Background(), func(w journal.Writer) error {
			return errors.Join(w.Put("t", "a", v), w.Put("t", fmt.Sprint("pad", i%50), make([]byte, 2000)), w.Put("t", "b", v))
		})
		if err != nil {
			return err
		}
		fmt.Println(i)
	}
}

func TestJournal(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journal.Journal { return open(t, filepath.Join(t.TempDir(), "j.db")) })
}

func TestJournal_Update_survivesKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j.db")
	for round, lines := range []int{1, 40, 130} {
		last := runAndKill(t, path, lines)
		j := open(t, path)
		var a, b []byte
		err := j.View(t.Context(), func(r journal.Reader) (err error) {
			a, err = r.Get("t", "a")
			b, _ = r.Get("t", "b")
			return err
		})
		if err := errors.Join(err, j.Close()); err != nil {
			t.Fatal(err)
		}
		// The child starts from 1 in each round; it may have committed one more than it told.
		if n, _ := strconv.Atoi(string(a)); n < last || string(a) != string(b) {
			t.Errorf("round %d: a=%s b=%s after %d was acknowledged", round, a, b, last)
		}
	}
}

// runAndKill kills the counting child after so many lines and returns the last
// number it told.
func runAndKill(t *testing.T, path string, lines int) (last int) {
	t.Helper()
	cmd, out := startChild(t, path)
	for i := 0; out.Scan(); i++ {
		last, _ = strconv.Atoi(out.Text())
		if i == lines {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait()
	if last < lines {
		t.Fatalf("the child stopped at %d of %d", last, lines)
	}
	return last
}

func startChild(t *testing.T, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

func TestOpen_refusesFileOfAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j.db")
	cmd, out := startChild(t, path)
	out.Scan()
	_, err := sqlite.Open(t.Context(), path)
	wantError(t, err, lilypad.Conflict, "in use by another process")
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if err := open(t, path).Close(); err != nil {
		t.Error(err)
	}
}

func TestOpen_refusesSecondOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j.db")
	defer open(t, path).Close()
	_, err := sqlite.Open(t.Context(), path)
	wantError(t, err, lilypad.Conflict, "in use by another process")
}

func TestOpen_refusesBadFile(t *testing.T) {
	for _, c := range []struct {
		name string
		file func(whole []byte) []byte
		code lilypad.Code
		msg  string
	}{
		{"not a database", func([]byte) []byte { return []byte(strings.Repeat("hello ", 1000)) }, lilypad.Internal, "damaged"},
		{"cut short", func(b []byte) []byte { return b[:len(b)/2] }, lilypad.Internal, "damaged"},
		{"overwritten in the middle", func(b []byte) []byte {
			for i := len(b) / 2; i < len(b)/2+8192; i++ {
				b[i] = 0xa5
			}
			return b
		}, lilypad.Internal, "damaged"},
		{"of another program", func(b []byte) []byte { return put32(b, 68, 7) }, lilypad.Conflict, "not a lilypad journal"},
		{"of another version", func(b []byte) []byte { return put32(b, 60, 99) }, lilypad.Conflict, "another journal version"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "j.db")
			if err := os.WriteFile(path, c.file(filled(t)), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := sqlite.Open(t.Context(), path)
			wantError(t, err, c.code, c.msg)
		})
	}
}

func TestOpen_refusesFolderThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.Open(t.Context(), filepath.Join(file, "j.db"))
	wantError(t, err, lilypad.Unavailable, "does not let")
}

func BenchmarkUpdate(b *testing.B) {
	j := open(b, filepath.Join(b.TempDir(), "j.db"))
	defer j.Close()
	value := make([]byte, 1000)
	for i := 0; b.Loop(); i++ {
		err := j.Update(b.Context(), func(w journal.Writer) error { return w.Put("t", strconv.Itoa(i), value) })
		if err != nil {
			b.Fatal(err)
		}
	}
}

func open(t testing.TB, path string) *sqlite.Journal {
	t.Helper()
	j, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// filled returns the bytes of a sound journal of about a megabyte.
func filled(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sound.db")
	j := open(t, path)
	err := j.Update(t.Context(), func(w journal.Writer) error {
		for i := range 1000 {
			if err := w.Put("t", strconv.Itoa(i), make([]byte, 1000)); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, j.Close()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// put32 sets a field of the database header (https://www.sqlite.org/fileformat.html).
func put32(b []byte, at int, v uint32) []byte {
	binary.BigEndian.PutUint32(b[at:], v)
	return b
}

func wantError(t *testing.T, err error, code lilypad.Code, msg string) {
	t.Helper()
	e, ok := errors.AsType[*lilypad.Error](err)
	if !ok || e.Code != code || !strings.Contains(e.Msg, msg) || lilypad.RemedyOf(err) == "" {
		t.Errorf("got %v (code %s, remedy %q), want %s: %s", err, lilypad.CodeOf(err), lilypad.RemedyOf(err), code, msg)
	}
}
