package journaltest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/runtime/journal"
)

// Run holds the journals that open returns to the contract. open is called
// once a subtest and gives an empty journal; the suite closes it.
func Run(t *testing.T, open func(*testing.T) journal.Journal) {
	for _, c := range []struct {
		name string
		test func(*testing.T, journal.Journal)
	}{
		{"reads what was put", readsWhatWasPut},
		{"scans in order", scansInOrder},
		{"scan may change the table", scanMayChange},
		{"update sees its own writes", updateSeesItsOwnWrites},
		{"failed update changes nothing", failedUpdate},
		{"panic changes nothing", panicChangesNothing},
		{"cancelled update changes nothing", cancelledUpdate},
		{"slices are the caller's", slicesAreTheCallers},
		{"view is a snapshot", viewIsASnapshot},
		{"concurrent updates are serial", concurrentUpdates},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := open(t)
			defer func() {
				if err := j.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			}()
			c.test(t, j)
		})
	}
}

func readsWhatWasPut(t *testing.T, j journal.Journal) {
	long := bytes.Repeat([]byte{0, 1, 0xff}, 1<<20)
	update(t, j, func(w journal.Writer) error {
		return errors.Join(
			w.Put("a", "k", []byte("one")), w.Put("b", "k", []byte("two")),
			w.Put("a", "empty", nil), w.Put("a", "long", long),
			w.Put("a", "nul\x00key", []byte("three")), w.Put("a", "gone", []byte("x")), w.Delete("a", "gone"),
			w.Delete("a", "never was"),
		)
	})
	update(t, j, func(w journal.Writer) error { return w.Put("a", "k", []byte("one again")) })
	for _, c := range []struct {
		table, key string
		want       []byte
	}{
		{"a", "k", []byte("one again")},
		{"b", "k", []byte("two")},
		{"a", "empty", []byte{}},
		{"a", "long", long},
		{"a", "nul\x00key", []byte("three")},
		{"a", "nul", nil},
		{"a", "gone", nil},
		{"c", "k", nil},
	} {
		if got := get(t, j, c.table, c.key); !bytes.Equal(got, c.want) || (got == nil) != (c.want == nil) {
			t.Errorf("get %q %q: got %.20q (nil: %t), want %.20q", c.table, c.key, got, got == nil, c.want)
		}
	}
}

func scansInOrder(t *testing.T, j journal.Journal) {
	const n = 700 // more than any page an implementation may use
	var want []string
	update(t, j, func(w journal.Writer) error {
		for i := range n {
			key := fmt.Sprintf("%04d", (i*331)%n)
			if err := w.Put("t", key, []byte(key)); err != nil {
				return err
			}
		}
		return w.Put("u", "0500x", nil)
	})
	for i := 300; i < n; i++ {
		want = append(want, fmt.Sprintf("%04d", i))
	}
	if got := scan(t, j, "t", "0299x", n); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	if got := scan(t, j, "t", "0300", 2); !cmp.Equal(got, want[:2]) {
		t.Error(cmp.Diff(want[:2], got))
	}
	if got := scan(t, j, "none", "", n); got != nil {
		t.Errorf("scan of an absent table: %q", got)
	}
}

func scanMayChange(t *testing.T, j journal.Journal) {
	update(t, j, func(w journal.Writer) error {
		for i := range 600 {
			if err := w.Put("t", fmt.Sprintf("%03d", i), []byte{1}); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, j, func(w journal.Writer) error {
		var failed error
		return errors.Join(w.Scan("t", "", func(key string, _ []byte) bool {
			failed = errors.Join(failed, w.Delete("t", key), w.Put("moved", key, nil))
			return true
		}), failed)
	})
	if left, moved := scan(t, j, "t", "", 1000), scan(t, j, "moved", "", 1000); len(left) != 0 || len(moved) != 600 {
		t.Errorf("%d left and %d moved, want 0 and 600", len(left), len(moved))
	}
}

func updateSeesItsOwnWrites(t *testing.T, j journal.Journal) {
	update(t, j, func(w journal.Writer) error {
		return errors.Join(w.Put("t", "a", []byte("old")), w.Put("t", "b", nil))
	})
	update(t, j, func(w journal.Writer) error {
		if err := errors.Join(w.Put("t", "a", []byte("new")), w.Delete("t", "b"), w.Put("t", "c", nil)); err != nil {
			return err
		}
		if v, err := w.Get("t", "a"); err != nil || string(v) != "new" {
			t.Errorf("a is %q (%v) inside the update, want new", v, err)
		}
		var keys []string
		err := w.Scan("t", "", func(k string, _ []byte) bool { keys = append(keys, k); return true })
		if want := []string{"a", "c"}; !cmp.Equal(keys, want) {
			t.Error(cmp.Diff(want, keys))
		}
		return err
	})
}

func failedUpdate(t *testing.T, j journal.Journal) {
	update(t, j, func(w journal.Writer) error { return w.Put("t", "a", []byte("kept")) })
	no := errors.New("no")
	err := j.Update(t.Context(), func(w journal.Writer) error {
		return errors.Join(w.Put("t", "a", []byte("lost")), w.Put("t", "b", nil), no)
	})
	if !errors.Is(err, no) {
		t.Errorf("got error %v, want the function's own", err)
	}
	wantKept(t, j)
}

func panicChangesNothing(t *testing.T, j journal.Journal) {
	update(t, j, func(w journal.Writer) error { return w.Put("t", "a", []byte("kept")) })
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = j.Update(t.Context(), func(w journal.Writer) error {
			_ = w.Put("t", "a", []byte("lost"))
			panic("bug")
		})
	}()
	wantKept(t, j)
}

func cancelledUpdate(t *testing.T, j journal.Journal) {
	update(t, j, func(w journal.Writer) error { return w.Put("t", "a", []byte("kept")) })
	ctx, cancel := context.WithCancel(t.Context())
	err := j.Update(ctx, func(w journal.Writer) error {
		err := w.Put("t", "a", []byte("lost"))
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	wantKept(t, j)
	if err := j.View(ctx, func(journal.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("view: got %v, want context.Canceled", err)
	}
}

func wantKept(t *testing.T, j journal.Journal) {
	t.Helper()
	if a, b := get(t, j, "t", "a"), get(t, j, "t", "b"); string(a) != "kept" || b != nil {
		t.Errorf("a is %q and b %q, want kept and nothing", a, b)
	}
}

func slicesAreTheCallers(t *testing.T, j journal.Journal) {
	value := []byte("value")
	update(t, j, func(w journal.Writer) error {
		err := w.Put("t", "a", value)
		value[0] = 'X'
		return err
	})
	get(t, j, "t", "a")[0] = 'Y'
	_ = j.View(t.Context(), func(r journal.Reader) error {
		return r.Scan("t", "", func(_ string, v []byte) bool { v[0] = 'Z'; return true })
	})
	if got := get(t, j, "t", "a"); string(got) != "value" {
		t.Errorf("got %q, want value", got)
	}
}

// viewIsASnapshot runs views beside updates that keep two keys equal.
func viewIsASnapshot(t *testing.T, j journal.Journal) {
	var wg sync.WaitGroup
	done := make(chan struct{})
	for range 2 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				err := j.View(t.Context(), func(r journal.Reader) error {
					a, err1 := r.Get("t", "a")
					b, err2 := r.Get("t", "b")
					if !bytes.Equal(a, b) {
						t.Errorf("a is %q while b is %q", a, b)
					}
					return errors.Join(err1, err2)
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 50 {
		v := strconv.AppendInt(nil, int64(i), 10)
		update(t, j, func(w journal.Writer) error { return errors.Join(w.Put("t", "a", v), w.Put("t", "b", v)) })
	}
	close(done)
	wg.Wait()
}

func concurrentUpdates(t *testing.T, j journal.Journal) {
	const workers, each = 8, 20
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for range each {
				err := j.Update(t.Context(), func(w journal.Writer) error {
					v, err := w.Get("t", "n")
					if err != nil {
						return err
					}
					n, _ := strconv.Atoi(string(v))
					return w.Put("t", "n", strconv.AppendInt(nil, int64(n+1), 10))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got, want := string(get(t, j, "t", "n")), strconv.Itoa(workers*each); got != want {
		t.Errorf("counted %s, want %s", got, want)
	}
}

func update(t *testing.T, j journal.Journal, fn func(journal.Writer) error) {
	t.Helper()
	if err := j.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, j journal.Journal, table, key string) (v []byte) {
	t.Helper()
	err := j.View(t.Context(), func(r journal.Reader) (err error) {
		v, err = r.Get(table, key)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func scan(t *testing.T, j journal.Journal, table, from string, limit int) (keys []string) {
	t.Helper()
	err := j.View(t.Context(), func(r journal.Reader) error {
		return r.Scan(table, from, func(k string, _ []byte) bool {
			keys = append(keys, k)
			return len(keys) < limit
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}
