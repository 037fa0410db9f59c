package telemetry

import (
	"context"
	"os"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/version"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

const scope = "github.com/lilypad-network/lilypad/runtime/telemetry"

// NewTracer returns a tracer that sends spans by OTLP over HTTP to where
// OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT says
// (OpenTelemetry specification, "OTLP Exporter Configuration"), and nowhere
// while neither is set. The caller calls stop, which sends what is left.
//
// # Errors
//
// Invalid: an OTEL_ variable that means nothing.
func NewTracer(ctx context.Context) (_ trace.Tracer, stop func(context.Context) error, err error) {
	if os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") == "" && os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") == "" {
		return noop.NewTracerProvider().Tracer(scope), func(context.Context) error { return nil }, nil
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "span exporter", Err: err}
	}
	// The environment's service name wins over ours, as the specification says.
	about, err := resource.New(ctx, resource.WithAttributes(
		attribute.String("service.name", "lilypad"), attribute.String("service.version", version.Version),
	), resource.WithFromEnv())
	if err != nil {
		return nil, nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "OTEL_RESOURCE_ATTRIBUTES", Err: err}
	}
	p := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(about))
	return p.Tracer(scope), p.Shutdown, nil
}

// Span tells of one batch that a plugin was asked about, after it was
// answered. Its parent is the span of ctx.
func Span(ctx context.Context, t trace.Tracer, d pluginhost.Decision) {
	end := time.Now()
	_, span := t.Start(ctx, "plugin "+d.Record.Hook, trace.WithTimestamp(end.Add(-d.Duration)), trace.WithSpanKind(trace.SpanKindInternal))
	if span.IsRecording() {
		span.SetAttributes(
			attribute.String("lilypad.plugin", d.Plugin),
			attribute.String("lilypad.plugin.digest", d.Record.Module.String()),
			attribute.String("lilypad.hook", d.Record.Hook),
			attribute.String("lilypad.batch", d.Record.Input.String()),
			attribute.Int("lilypad.items", d.Items),
			attribute.Int64("lilypad.fuel", int64(d.Record.Fuel)),
			attribute.Int("lilypad.input_bytes", len(d.Input)),
			attribute.Int("lilypad.output_bytes", len(d.Output)),
		)
		if d.Err != nil {
			span.SetStatus(codes.Error, d.Err.Error())
		}
	}
	span.End(trace.WithTimestamp(end))
}
