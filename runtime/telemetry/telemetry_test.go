package telemetry_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	coltrace "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/telemetry"
)

type counted []pluginhost.Stat

func (c counted) Stats() []pluginhost.Stat { return c }

func logged() telemetry.Log {
	return telemetry.Log{
		Kept: 11, Dropped: map[string]uint64{"rankings": 13},
		Shadows: []telemetry.Shadow{{Plugin: "quiet@1.0.0", Digest: "sha256:ab", Hook: "admit", Calls: map[string]uint64{"answered": 7, "dropped": 2}, Fuel: 700, Time: time.Second}},
	}
}

var busy = pluginhost.Stat{
	Plugin: `best "fit"@1.0.0`, ID: lilypad.PluginID{0xab}, Hook: "match",
	Calls: 3, Items: 300, Fuel: 12_000, Time: 6 * time.Millisecond, Latency: [10]uint64{1, 0, 2}, Wait: time.Second, Pages: 9,
	Refusals: map[pluginhost.Rule]uint64{pluginhost.RuleTrap: 2}, Discards: map[string]uint64{pluginhost.DiscardGrown: 1},
	Breaker: pluginhost.BreakerOpen, Opened: 1, Fallbacks: 4, Refereed: 5, Disagreed: 1, RefereeTime: time.Minute,
}

func TestHandler(t *testing.T) {
	server := httptest.NewServer(telemetry.Handler(counted{busy}, telemetry.Decisions(logged)))
	defer server.Close()
	got, err := server.Client().Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	who := `digest="` + busy.ID.String() + `",hook="match",plugin="best \"fit\"@1.0.0"`
	for _, line := range []string{
		`lilypad_plugin_items_total{` + who + `} 300`,
		`lilypad_plugin_fuel_total{` + who + `} 12000`,
		`lilypad_plugin_pages_total{` + who + `} 9`,
		`lilypad_plugin_refusals_total{` + who + `,rule="trap"} 2`,
		`lilypad_plugin_discards_total{` + who + `,reason="grown"} 1`,
		`lilypad_plugin_breaker{` + who + `} 2`,
		`lilypad_plugin_fallbacks_total{` + who + `} 4`,
		`lilypad_plugin_referee_disagreements_total{` + who + `} 1`,
		`lilypad_plugin_call_seconds_count{` + who + `} 3`,
		`lilypad_plugin_call_seconds_bucket{` + who + `,le="0.0001"} 3`,
		`lilypad_plugin_shadow_calls_total{digest="sha256:ab",hook="admit",outcome="answered",plugin="quiet@1.0.0"} 7`,
		`lilypad_plugin_shadow_fuel_total{digest="sha256:ab",hook="admit",plugin="quiet@1.0.0"} 700`,
		`lilypad_plugin_shadow_seconds_total{digest="sha256:ab",hook="admit",plugin="quiet@1.0.0"} 1`,
		`lilypad_decisions_logged_total 11`,
		`lilypad_decisions_dropped_total{kind="rankings"} 13`,
	} {
		if !strings.Contains(string(text), line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
	for _, c := range []prometheus.Collector{telemetry.Collector(counted{busy}), telemetry.Decisions(logged)} {
		if problems, err := testutil.CollectAndLint(c); err != nil || len(problems) > 0 {
			t.Errorf("%v %v", problems, err)
		}
	}
}

func TestSpan(t *testing.T) {
	recorder := tracetest.NewSpanRecorder()
	tracer := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(recorder)).Tracer("test")
	ctx, parent := tracer.Start(t.Context(), "job")
	d := pluginhost.Decision{
		Record: pluginhost.Record{Hook: "admit", Module: lilypad.PluginID{1}, Fuel: 77}, Plugin: "standing@1.0.0", Items: 2, Duration: time.Minute,
	}
	telemetry.Span(ctx, tracer, d)
	d.Err = io.ErrUnexpectedEOF
	telemetry.Span(ctx, tracer, d)
	spans := recorder.Ended()
	if len(spans) != 2 {
		t.Fatalf("%d spans", len(spans))
	}
	s := spans[0]
	if s.Name() != "plugin admit" || s.Parent().SpanID() != parent.SpanContext().SpanID() || s.EndTime().Sub(s.StartTime()) != time.Minute {
		t.Errorf("%s of %s in %s took %s", s.Name(), s.SpanContext().SpanID(), s.Parent().SpanID(), s.EndTime().Sub(s.StartTime()))
	}
	got := map[attribute.Key]string{}
	for _, a := range s.Attributes() {
		got[a.Key] = a.Value.String()
	}
	for key, want := range map[attribute.Key]string{"lilypad.plugin": "standing@1.0.0", "lilypad.fuel": "77", "lilypad.items": "2"} {
		if diff := cmp.Diff(want, got[key]); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
	if spans[1].Status().Code != codes.Error {
		t.Errorf("a refused batch has status %v", spans[1].Status())
	}
}

// What an OTLP collector gets is the batch's span.
func TestNewTracer_sends(t *testing.T) {
	got := make(chan *coltrace.ExportTraceServiceRequest, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		m := new(coltrace.ExportTraceServiceRequest)
		if err := proto.Unmarshal(body, m); err != nil || r.URL.Path != "/v1/traces" {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		got <- m
	}))
	defer server.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
	tracer, stop, err := telemetry.NewTracer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	telemetry.Span(t.Context(), tracer, pluginhost.Decision{Record: pluginhost.Record{Hook: "allow"}})
	if err := stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	if name := (<-got).GetResourceSpans()[0].GetScopeSpans()[0].GetSpans()[0].GetName(); name != "plugin allow" {
		t.Errorf("the collector got a span %q", name)
	}
}

func TestNewTracer_staysQuiet(t *testing.T) {
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "")
	t.Setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "")
	tracer, stop, err := telemetry.NewTracer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, span := tracer.Start(t.Context(), "x"); span.IsRecording() {
		t.Error("it records with nowhere to send to")
	}
	if err := stop(t.Context()); err != nil {
		t.Error(err)
	}
}
