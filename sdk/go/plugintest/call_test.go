package plugintest_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/host"
	"github.com/lilypad-network/lilypad/sdk/go/match"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

// recorder is a test that keeps what it is told.
type recorder struct {
	testing.TB
	logs, errors []string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Log(args ...any)           { r.logs = append(r.logs, fmt.Sprint(args...)) }
func (r *recorder) Errorf(f string, a ...any) { r.errors = append(r.errors, fmt.Sprintf(f, a...)) }

// counter scores by how often it was called: what no hook may do.
type counter struct{ n int64 }

func (c *counter) Score(match.Job, match.Offer) match.Score {
	host.Log("scored")
	c.n++
	return match.Rank(c.n)
}

func TestMatch_failsHookWithMemory(t *testing.T) {
	r := &recorder{TB: t}
	plugintest.Match(r, &counter{}, plugintest.MatchInput{
		Job: plugintest.Job{Engine: plugintest.EngineWasm}, Offers: make([]plugintest.Offer, 2),
	})
	if len(r.errors) != 2 {
		t.Errorf("errors %q, want one per offer", r.errors)
	}
	if len(r.logs) != 4 || r.logs[0] != "scored" {
		t.Errorf("logs %q", r.logs)
	}
}

func TestMake_refused(t *testing.T) {
	t.Chdir("../hello")
	_, err := plugintest.Make(t, func(s match.Settings) (match.Hook, error) {
		if !s.Has("a") || s.Int("a") != 7 || s.Text("list.1") != "y" || s.Len("list") != 2 || s.At("objects", 0).Bool("b") != true {
			t.Errorf("settings %+v", s)
		}
		return nil, errors.New("refused")
	}, `{"a": 7, "list": ["x", "y"], "objects": [{"b": true}]}`)
	if err == nil || err.Error() != "refused" {
		t.Errorf("error %v", err)
	}
}
