package telemetry

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/lilypad-network/lilypad/runtime/settlement/survey"
)

// Settlement tells what settling costs and holds, over the last blocks. stats
// says false while nothing has been read.
func Settlement(stats func() (survey.Stats, bool)) prometheus.Collector {
	return settlementCollector{stats}
}

type settlementCollector struct{ stats func() (survey.Stats, bool) }

var _ prometheus.Collector = settlementCollector{}

func settlementDesc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("lilypad_settlement_"+name, help, labels, nil)
}

// gauges are read from one survey. They are gauges since old blocks leave it.
var gauges = []struct {
	desc *prometheus.Desc
	of   func(*survey.Stats) float64
}{
	{settlementDesc("head_block", "Newest block that was read."), func(s *survey.Stats) float64 { return float64(s.Head.Number) }},
	{settlementDesc("deals_opened", "Deals opened in the last blocks."), func(s *survey.Stats) float64 { return float64(s.Opened) }},
	{settlementDesc("deals_final", "Deals that ended in the last blocks, in one that is final."), func(s *survey.Stats) float64 { return float64(s.Final) }},
	{settlementDesc("deals_live", "Deals that hold money."), func(s *survey.Stats) float64 { return float64(s.Live) }},
	{settlementDesc("locked_lily", "LILY in live deals whose terms are known."), func(s *survey.Stats) float64 { return float64(s.Locked) / 1e6 }},
	{settlementDesc("exits_pending", "Live deals past their deadline, which anyone may end."), func(s *survey.Stats) float64 { return float64(s.Exits) }},
	{settlementDesc("skipped", "Entries of batches that had no effect."), func(s *survey.Stats) float64 { return float64(s.Skipped) }},
	{settlementDesc("gas_per_job", "Gas of all transactions of a deal, on average over ended deals."), func(s *survey.Stats) float64 { return float64(s.GasPerJob) }},
}

var (
	ends     = settlementDesc("deals_ended", "Deals that ended in the last blocks, by how.", "end")
	batchMax = settlementDesc("batch_jobs_max", "Jobs of the largest batch.", "step")
	batchAvg = settlementDesc("batch_jobs_mean", "Jobs of a batch on average.", "step")
	batchGas = settlementDesc("batch_gas_per_job", "Gas of a batch by job, on average.", "step")
)

// Describe implements prometheus.Collector.
func (settlementCollector) Describe(out chan<- *prometheus.Desc) {
	for _, g := range gauges {
		out <- g.desc
	}
	for _, d := range []*prometheus.Desc{ends, batchMax, batchAvg, batchGas} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (c settlementCollector) Collect(out chan<- prometheus.Metric) {
	s, ok := c.stats()
	if !ok {
		return
	}
	put := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	for _, g := range gauges {
		put(g.desc, g.of(&s))
	}
	for end, n := range s.Ends {
		put(ends, float64(n), end)
	}
	for step, b := range map[string]survey.Batches{"open": s.Opens, "settle": s.Settles} {
		put(batchMax, float64(b.Largest), step)
		put(batchAvg, b.Mean, step)
		put(batchGas, float64(b.GasPerJob), step)
	}
}
