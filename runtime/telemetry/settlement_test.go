package telemetry_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/settlement/survey"
	"github.com/lilypad-network/lilypad/runtime/telemetry"
)

func TestSettlement_tellsTheSurvey(t *testing.T) {
	ready := false
	c := telemetry.Settlement(func() (survey.Stats, bool) {
		return survey.Stats{
			Opened: 6, Ended: 4, Final: 3, Live: 2, Locked: 15 * lilypad.LILY / 2, Exits: 1, GasPerJob: 90_000, Ends: map[string]uint64{"paid": 4},
			Opens: survey.Batches{Largest: 4, Mean: 2.5, GasPerJob: 50_000},
		}, ready
	})
	if n := testutil.CollectAndCount(c); n != 0 {
		t.Errorf("%d metrics before anything is read", n)
	}
	ready = true
	rec := httptest.NewRecorder()
	telemetry.Handler(nothing{}, c).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		"lilypad_settlement_locked_lily 7.5", "lilypad_settlement_exits_pending 1", "lilypad_settlement_gas_per_job 90000",
		"lilypad_settlement_deals_final 3", `lilypad_settlement_deals_ended{end="paid"} 4`, `lilypad_settlement_batch_jobs_max{step="open"} 4`,
	} {
		if text := rec.Body.String(); !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}

// nothing has no plugins.
type nothing struct{}

func (nothing) Stats() []pluginhost.Stat { return nil }
