package telemetry

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Log counts what became of a node's decisions, and what plugins were asked in
// the shadow of others.
type Log struct {
	Kept    uint64
	Dropped map[string]uint64 // by kind
	Shadows []Shadow
}

// Shadow counts what one plugin was asked in the shadow of others.
type Shadow struct {
	Plugin, Digest, Hook string
	Calls                map[string]uint64 // by what came of them
	Fuel                 uint64
	Time                 time.Duration
}

// Decisions tells of the log of decisions and of shadows.
func Decisions(read func() Log) prometheus.Collector { return logCollector{read} }

type logCollector struct{ read func() Log }

var _ prometheus.Collector = logCollector{}

var (
	shadowCalls = desc("shadow_calls_total", "Batches that it was asked about in the shadow of others, by outcome.", "outcome")
	shadowFuel  = desc("shadow_fuel_total", "Fuel that these spent.")
	shadowTime  = desc("shadow_seconds_total", "Time of these.")
	logKept     = prometheus.NewDesc("lilypad_decisions_logged_total", "Decisions on disk.", nil, nil)
	logDropped  = prometheus.NewDesc("lilypad_decisions_dropped_total", "Decisions that are not logged, by kind.", []string{"kind"}, nil)
)

// Describe implements prometheus.Collector.
func (logCollector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{shadowCalls, shadowFuel, shadowTime, logKept, logDropped} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (c logCollector) Collect(out chan<- prometheus.Metric) {
	log := c.read()
	put := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v, labels...)
	}
	for _, s := range log.Shadows {
		for outcome, n := range s.Calls {
			put(shadowCalls, float64(n), s.Plugin, s.Digest, s.Hook, outcome)
		}
		put(shadowFuel, float64(s.Fuel), s.Plugin, s.Digest, s.Hook)
		put(shadowTime, s.Time.Seconds(), s.Plugin, s.Digest, s.Hook)
	}
	put(logKept, float64(log.Kept))
	for kind, n := range log.Dropped {
		put(logDropped, float64(n), kind)
	}
}
