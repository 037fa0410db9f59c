//go:build !race

package decisions_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// fakeStall is a store that never answers.
type fakeStall struct{ asked chan struct{} }

var _ storage.Getter = fakeStall{}

func (s fakeStall) Get(ctx context.Context, _ lilypad.Hash) ([]byte, error) {
	s.asked <- struct{}{}
	<-ctx.Done()
	return nil, ctx.Err()
}

func (s fakeStall) Has(ctx context.Context, id lilypad.Hash) (bool, error) {
	_, err := s.Get(ctx, id)
	return false, err
}

// comparison is a decision whose shadows read trees.
func comparison(t testing.TB) pluginhost.Decision {
	t.Helper()
	in := hostapi.CompareInput{Now: 1, Pairs: []hostapi.Pair{{ARoot: hostapi.Bytes32{1}, BRoot: hostapi.Bytes32{2}, Engine: hostapi.EngineWasm}}}
	input, err := in.Append(nil, hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	d := decision(0)
	d.Record.Hook, d.Input = hostapi.HookCompare.String(), input
	return d
}

// bubble is synctest.Test, once the package's packer was used: the channels that
// it makes then must not be of a bubble.
func bubble(t *testing.T, f func(*testing.T)) {
	t.Helper()
	l := openLog(t, decisions.Config{Dir: t.TempDir()})
	l.Observe(t.Context(), decision(0))
	_ = l.Close()
	synctest.Test(t, f)
}

// stalled is a log that waits for a shadow.
func stalled(t *testing.T) *decisions.Log {
	t.Helper()
	l := openLog(t, decisions.Config{Dir: t.TempDir()})
	h := newHost(t, pluginhost.Config{Idle: -1})
	stall := fakeStall{make(chan struct{}, 1)}
	ctx := decisions.WithShadows(t.Context(), stall, open(t, h, hostapi.HookCompare, "numeric", nil))
	l.Observe(ctx, comparison(t))
	<-stall.asked
	return l
}

func TestLog_StopShadows(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l, began := stalled(t), time.Now()
		l.StopShadows()
		synctest.Wait()
		if s := l.Stats(); s.Shadows != 1 || time.Since(began) != 0 {
			t.Errorf("%+v after %s", s, time.Since(began))
		}
		l.Observe(t.Context(), decision(1)) // is still kept
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if s := l.Stats(); s.Kept != 2 {
			t.Errorf("%+v", s)
		}
	})
}

// Whoever closes a shadow's plugin waits for its call, so that has an end.
func TestLog_endsASlowShadow(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := stalled(t)
		time.Sleep(time.Minute)
		synctest.Wait()
		if s := l.Stats(); s.Shadows != 1 {
			t.Errorf("%+v", s)
		}
	})
}

// However much shadows answer, rankings are kept, and the other way round.
func TestLog_shadowsHaveABudgetOfTheirOwn(t *testing.T) {
	now, dir := time.Unix(1, 0), t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir, MatchRate: 1, Now: func() time.Time { return now }})
	h := newHost(t, pluginhost.Config{OnDecision: l.Observe})
	admit, shadow := open(t, h, hostapi.HookAdmit, "standing", nil), open(t, h, hostapi.HookAdmit, "standing", map[string]any{"price_floor": 7})
	if _, err := shadow.Admit(t.Context(), 1, node(), []hostapi.Request{request(1)}); err != nil { // compiles it
		t.Fatal(err)
	}
	for range 2 {
		if _, err := admit.Admit(decisions.WithShadows(t.Context(), nil, shadow), 1, node(), []hostapi.Request{request(1)}); err != nil {
			t.Fatal(err)
		}
	}
	for l.Stats().Dropped == 0 { // the second answer of the shadow
		time.Sleep(time.Millisecond)
	}
	ranking := decision(0)
	ranking.Record.Hook = hostapi.HookMatch.String()
	if l.Observe(t.Context(), ranking); l.Wanted(decisions.Ranking(t.Context())) {
		t.Error("rankings have no bound")
	}
	_ = l.Close()
	if got := l.Stats(); got != (decisions.Stats{Kept: 1 + 2 + 1 + 1, Dropped: 2}) {
		t.Errorf("%+v", got)
	}
	if got := l.Shadows(); len(got) != 1 || got[0].ID != shadow.ID() || got[0].Hook != "admit" || got[0].Answered != 2 || got[0].Fuel == 0 || got[0].Time == 0 {
		t.Errorf("counted %+v", got)
	}
}

// What was left out is told after the process has ended, and added up, as long
// as what was kept beside it is there.
func TestReadGaps(t *testing.T) {
	now, dir := time.Unix(1000, 0).UTC(), t.TempDir()
	c := decisions.Config{Dir: dir, MatchRate: 1, MaxAge: time.Hour, Now: func() time.Time { return now }}
	ranking := decision(0)
	ranking.Record.Hook = hostapi.HookMatch.String()
	drop := func() {
		l := openLog(t, c)
		for range 3 { // two of them in vain
			l.Observe(t.Context(), ranking)
		}
		_ = l.Close()
	}
	if got, err := decisions.ReadGaps(dir, filepath.Join(dir, "absent")); err != nil || got != nil {
		t.Errorf("before: %+v, %v", got, err)
	}
	began := now
	for _, want := range []decisions.Gaps{
		{Since: began, Last: began, Rankings: 2, Rate: 1},
		{Since: began, Last: began.Add(time.Hour), Rankings: 4, Rate: 1},
		{Since: began.Add(3 * time.Hour), Last: began.Add(3 * time.Hour), Rankings: 2, Rate: 1},
	} {
		now = want.Last
		drop()
		if got, err := decisions.ReadGaps(dir); err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "gaps.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := decisions.ReadGaps(dir); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("a broken file: %v", err)
	}
	drop() // it holds up no log
	if got, err := decisions.ReadGaps(dir); err != nil || len(got) != 1 || got[0].Rankings != 2 {
		t.Errorf("after a broken file: %+v, %v", got, err)
	}
}
