// Package telemetry shows an operator what its node does: metrics for
// Prometheus and spans for OpenTelemetry. It decides nothing, and a node works
// the same without it.
//
//	tracer, stop, err := telemetry.NewTracer(ctx)
//	…
//	defer stop(ctx)
//	host, err := pluginhost.New(pluginhost.Config{OnDecision: func(ctx context.Context, d pluginhost.Decision) {
//		telemetry.Span(ctx, tracer, d)
//	}})
//	…
//	http.Handle("GET /metrics", telemetry.Handler(host))
//
// Its place: over runtime/pluginhost and runtime/settlement/survey, whose
// counters it translates; under runtime/node.
package telemetry
