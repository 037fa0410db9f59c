package decisions_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

func openLog(t testing.TB, c decisions.Config) *decisions.Log {
	t.Helper()
	l, err := decisions.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func readAll(t testing.TB, dir string) []*decisions.Entry {
	t.Helper()
	var out []*decisions.Entry
	for e, err := range decisions.Read(dir) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// decision is one of the hook admit, told from others by n.
func decision(n int) pluginhost.Decision {
	return pluginhost.Decision{
		Record: pluginhost.Record{Hook: hostapi.HookAdmit.String(), Module: lilypad.PluginID{1}}, Plugin: "mine@1.0.0",
		Source: pluginhost.Source{Manifest: []byte(`{"name": "mine"}`)}, Input: fmt.Appendf(nil, "question %d", n), Output: []byte("answer"),
	}
}

func genDecision(t *rapid.T) pluginhost.Decision {
	blob := func(name string, most int) []byte {
		return rapid.OneOf(rapid.Just([]byte(nil)), rapid.SliceOfN(rapid.Byte(), 0, most)).Draw(t, name)
	}
	hash := func(name string) (h [32]byte) {
		copy(h[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, name))
		return h
	}
	hook := rapid.SampledFrom(hostapi.Hooks).Draw(t, "hook")
	d := pluginhost.Decision{
		Record: pluginhost.Record{
			Hook: hook.String(), Module: hash("module"), Settings: hash("settings"), Input: hash("input"), Output: hash("output"), API: "1.0",
			Memory: rapid.Uint32().Draw(t, "memory"),
		},
		Plugin: rapid.String().Draw(t, "plugin"), Duration: time.Duration(rapid.Int64().Draw(t, "duration")),
		Source: pluginhost.Source{
			Manifest: []byte(rapid.SampledFrom([]string{`{}`, `{"a": "<b>"}`, " [1,\n2]"}).Draw(t, "manifest")),
			Settings: rapid.SampledFrom([]map[string]any{nil, {}, {"price": 7, "text": "&"}}).Draw(t, "settings"),
			Grants:   rapid.SampledFrom([][]string{nil, {"log"}}).Draw(t, "grants"),
		},
		Input: blob("input", 5000), Output: blob("output", 100),
	}
	if rapid.Bool().Draw(t, "failed") {
		d.Err = &pluginhost.Refusal{Plugin: d.Plugin, Rule: pluginhost.RuleTrap, Msg: "unreachable"}
	}
	return d
}

// What is logged is read, and what is exported is read, unchanged in every
// field and in its name.
func TestLog_roundTrip(t *testing.T) {
	root := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		dir := filepath.Join(root, fmt.Sprint(n))
		now := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "now"), 5)
		var tick atomic.Int64
		clock := func() time.Time { return now.Add(time.Duration(tick.Add(1))) }
		l, err := decisions.Open(decisions.Config{Dir: dir, Now: clock})
		if err != nil {
			t.Fatal(err)
		}
		want := rapid.SliceOfN(rapid.Custom(genDecision), 0, 5).Draw(t, "decisions")
		for _, d := range want {
			l.Observe(decisions.As(context.Background(), "provider-1"), d)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		slices.Reverse(want)
		i := 0
		for e, err := range decisions.Read(dir) {
			if err != nil {
				t.Fatal(err)
			}
			d := want[i]
			i++
			if diff := cmp.Diff(d.Record, e.Record); diff != "" {
				t.Fatal(diff)
			}
			if diff := cmp.Diff([]any{d.Plugin, d.Duration, d.Input, d.Output, d.Source.Grants}, []any{e.Plugin, e.Duration, e.Input, e.Output, e.Source.Grants}); diff != "" {
				t.Fatal(diff)
			}
			if e.At.Sub(now) > time.Millisecond || e.Role != "provider-1" || (e.Rule == pluginhost.RuleTrap) != (d.Err != nil) {
				t.Fatalf("%s, %q, %q", e.At, e.Role, e.Rule)
			}
			if found, err := decisions.Find(e.ID().String()[:20], dir); err != nil || found.ID() != e.ID() {
				t.Fatalf("not found by its name: %v", err)
			}
			checkExport(t, e)
		}
		if i != len(want) {
			t.Fatalf("%d of %d", i, len(want))
		}
	})
}

func checkExport(t *rapid.T, e *decisions.Entry) {
	f := decisions.File{ID: e.ID(), Entry: *e}
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	again, err := decisions.ReadFile(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, again, cmpopts.IgnoreUnexported(decisions.Entry{})); diff != "" {
		t.Fatal(diff)
	}
	if again.Entry.ID() != f.ID {
		t.Fatal("an exported decision has another name")
	}
}

func TestLog_keepsWithinItsLimits(t *testing.T) {
	const limit = 64 << 10
	for name, age := range map[string]time.Duration{"size": time.Hour, "age": time.Second} {
		t.Run(name, func(t *testing.T) {
			dir, now := t.TempDir(), time.Now().Add(-time.Hour)
			l := openLog(t, decisions.Config{Dir: dir, MaxBytes: limit, MaxAge: 24 * time.Hour})
			const n = 3000
			for i := range n {
				l.Observe(t.Context(), decision(i))
			}
			_ = l.Close()
			if size := folderSize(t, dir); size > limit {
				t.Errorf("%d bytes", size)
			}
			got := readAll(t, dir)
			if len(got) == n || len(got) < 100 {
				t.Fatalf("%d decisions left", len(got))
			}
			for i, e := range got { // the newest, without a gap
				if want := fmt.Sprintf("question %d", n-1-i); string(e.Input) != want {
					t.Fatalf("decision %d is %s, want %s", i, e.Input, want)
				}
			}
			if name == "age" {
				names, _ := filepath.Glob(filepath.Join(dir, "*.log"))
				for _, f := range names {
					if err := os.Chtimes(f, now, now); err != nil {
						t.Fatal(err)
					}
				}
				openLog(t, decisions.Config{Dir: dir, MaxAge: age})
				if got := readAll(t, dir); len(got) != 0 {
					t.Errorf("%d decisions are left that are too old", len(got))
				}
			}
		})
	}
}

func folderSize(t *testing.T, dir string) (n int64) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			n += folderSize(t, filepath.Join(dir, e.Name()))
			continue
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		n += info.Size()
	}
	return n
}

// Rankings beyond the rate are left out and counted, other decisions never.
func TestLog_Observe_boundsRankings(t *testing.T) {
	var seconds atomic.Int64
	l := openLog(t, decisions.Config{Dir: t.TempDir(), MatchRate: 1000, Now: func() time.Time { return time.Unix(1+seconds.Load(), 0) }})
	ranking := decision(0)
	ranking.Record.Hook, ranking.Input = "match", make([]byte, 600)
	for range 10 {
		l.Observe(t.Context(), ranking)
		l.Observe(t.Context(), decision(1))
	}
	seconds.Add(1)
	l.Observe(t.Context(), ranking)
	_ = l.Close()
	if got := l.Stats(); got != (decisions.Stats{Kept: 2 + 10 + 1, Dropped: 8}) {
		t.Errorf("%+v", got)
	}
	l.Observe(t.Context(), decision(2)) // after Close: no panic, no wait
}

// However much is ranked, other decisions stay.
func TestLog_keepsOthersBesideRankings(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir, MaxBytes: 64 << 10, MatchRate: 1 << 30})
	l.Observe(t.Context(), decision(-1))
	for i := range 3000 {
		ranking := decision(i)
		ranking.Record.Hook = "match"
		l.Observe(t.Context(), ranking)
	}
	l.Observe(t.Context(), decision(-2))
	_ = l.Close()
	got := readAll(t, dir)
	if size := folderSize(t, dir); size > 64<<10 || len(got) > 3000 || len(got) < 10 {
		t.Errorf("%d decisions in %d bytes", len(got), size)
	}
	if first, last := got[0], got[len(got)-1]; string(first.Input) != "question -2" || string(last.Input) != "question -1" {
		t.Errorf("from %s to %s", last.Input, first.Input)
	}
	for i := range got[1:] {
		if got[i+1].At.After(got[i].At) {
			t.Fatalf("decision %d is newer than the one before it", i+1)
		}
	}
}

func TestLog_surfacesALostDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "log")
	l := openLog(t, decisions.Config{Dir: dir, MaxBytes: 1}) // a segment for each
	l.Observe(t.Context(), decision(0))
	for l.Stats().Kept == 0 {
		time.Sleep(time.Millisecond)
	}
	if err := errors.Join(os.RemoveAll(dir), os.WriteFile(dir, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	l.Observe(t.Context(), decision(1))
	_ = l.Close()
	if got := l.Stats(); got != (decisions.Stats{Kept: 1, Lost: 1}) {
		t.Errorf("%+v", got)
	}
}

func FuzzReadFile(f *testing.F) {
	f.Add([]byte(`{"record": {"hook": "compare"}, "source": {"manifest": {}, "settings": null}, "input": "AA=="}`))
	f.Add([]byte(`{"record": {"hook": "admit"}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := decisions.ReadFile(bytes.NewReader(b))
		if err != nil {
			return
		}
		if _, err := json.Marshal(file); err != nil {
			t.Error(err)
		}
		_, _, _ = file.Answers()
		_ = file.Entry.ID()
	})
}

func BenchmarkLog_Observe(b *testing.B) {
	l := openLog(b, decisions.Config{Dir: b.TempDir()})
	d := decision(0)
	d.Input = make([]byte, 600)
	for b.Loop() {
		l.Observe(b.Context(), d)
	}
}
