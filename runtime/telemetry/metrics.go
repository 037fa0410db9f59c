package telemetry

import (
	"net/http"
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/lilypad-network/lilypad/internal/version"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// Plugins is what is counted: a [pluginhost.Host].
type Plugins interface{ Stats() []pluginhost.Stat }

// Handler serves the metrics of a process and of its plugins in the text
// format of Prometheus. Names of plugins, which are strangers' words, come as
// labels.
func Handler(p Plugins, more ...prometheus.Collector) http.Handler {
	r := prometheus.NewRegistry()
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "lilypad_build_info", Help: "1, with the version as labels.",
		ConstLabels: prometheus.Labels{"version": version.Version, "commit": version.Commit(), "go": runtime.Version()},
	})
	build.Set(1)
	r.MustRegister(more...)
	r.MustRegister(build, Collector(p), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}

// Collector is the part of [Handler] that tells of plugins.
func Collector(p Plugins) prometheus.Collector { return pluginCollector{p} }

// pluginCollector reads the counters of the host at each scrape.
type pluginCollector struct{ plugins Plugins }

var _ prometheus.Collector = pluginCollector{}

var labels = []string{"plugin", "digest", "hook"}

func desc(name, help string, more ...string) *prometheus.Desc {
	return prometheus.NewDesc("lilypad_plugin_"+name, help, append(labels[:len(labels):len(labels)], more...), nil)
}

// counter is a metric that only grows.
type counter struct {
	desc *prometheus.Desc
	of   func(*pluginhost.Stat) float64
}

var counters = []counter{
	{desc("items_total", "Items asked about."), func(s *pluginhost.Stat) float64 { return float64(s.Items) }},
	{desc("fuel_total", "Fuel spent; divided by items it is the fuel per item."), func(s *pluginhost.Stat) float64 { return float64(s.Fuel) }},
	{desc("wait_seconds_total", "Time waited for a free guest or for loading."), func(s *pluginhost.Stat) float64 { return s.Wait.Seconds() }},
	{desc("pages_total", "Memory pages restored after batches."), func(s *pluginhost.Stat) float64 { return float64(s.Pages) }},
	{desc("resets_total", "Guests given back their first state."), func(s *pluginhost.Stat) float64 { return float64(s.Resets) }},
	{desc("loads_total", "Times it was loaded into memory."), func(s *pluginhost.Stat) float64 { return float64(s.Loads) }},
	{desc("unloads_total", "Times it was dropped after a while without calls."), func(s *pluginhost.Stat) float64 { return float64(s.Unloads) }},
	{desc("breaker_opened_total", "Times its breaker opened after repeated faults."), func(s *pluginhost.Stat) float64 { return float64(s.Opened) }},
	{desc("fallbacks_total", "Answers that the operator's choice gave in its place."), func(s *pluginhost.Stat) float64 { return float64(s.Fallbacks) }},
	{desc("referee_total", "Calls run again by the interpreter."), func(s *pluginhost.Stat) float64 { return float64(s.Refereed) }},
	{desc("referee_disagreements_total", "Of these, calls with another output or fuel: a defect of the engine."), func(s *pluginhost.Stat) float64 { return float64(s.Disagreed) }},
	{desc("referee_seconds_total", "Time of the interpreter."), func(s *pluginhost.Stat) float64 { return s.RefereeTime.Seconds() }},
}

var (
	latency  = desc("call_seconds", "Time of one batch, waiting left out.")
	refusals = desc("refusals_total", "Batches without an answer that counts, by the rule that was broken.", "rule")
	discards = desc("discards_total", "Guests ended early, by reason.", "reason")
	breaker  = desc("breaker", "State of its breaker: 0 closed, 1 on trial, 2 open.")
)

// Describe implements prometheus.Collector.
func (pluginCollector) Describe(out chan<- *prometheus.Desc) {
	for _, m := range counters {
		out <- m.desc
	}
	for _, d := range []*prometheus.Desc{latency, refusals, discards, breaker} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (c pluginCollector) Collect(out chan<- prometheus.Metric) {
	for _, s := range c.plugins.Stats() {
		who := []string{s.Plugin, s.ID.String(), s.Hook}
		put := func(d *prometheus.Desc, kind prometheus.ValueType, v float64, more ...string) {
			out <- prometheus.MustNewConstMetric(d, kind, v, append(who[:len(who):len(who)], more...)...)
		}
		for _, m := range counters {
			put(m.desc, prometheus.CounterValue, m.of(&s))
		}
		for rule, n := range s.Refusals {
			put(refusals, prometheus.CounterValue, float64(n), string(rule))
		}
		for reason, n := range s.Discards {
			put(discards, prometheus.CounterValue, float64(n), reason)
		}
		put(breaker, prometheus.GaugeValue, float64(s.Breaker))
		buckets, below := map[float64]uint64{}, uint64(0)
		for i, bound := range pluginhost.LatencyBounds {
			below += s.Latency[i]
			buckets[bound.Seconds()] = below
		}
		out <- prometheus.MustNewConstHistogram(latency, s.Calls, s.Time.Seconds(), buckets, who...)
	}
}
