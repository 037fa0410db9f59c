package simulation

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// Quantiles of the normal distribution for two-sided intervals.
const (
	z95   = 1.959963984540054
	z9999 = 3.890591886413094
)

// Estimate is a figure of a result with its 95 % interval.
type Estimate struct {
	Name  string  `json:"name"`
	Unit  string  `json:"unit"` // share, LILY, s, ppm or a count
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	N     int64   `json:"n"` // observations; 0: there is no figure

	// deviation is that of the value, by so many batches, for intervals at
	// another level; of a share 0 where its count tells it.
	deviation float64
	batches   int // 0: of the observations
	share     bool
}

// Interval is where the truth lies unless chance is as rare as z says.
func (e Estimate) Interval(z float64) (low, high float64) {
	if e.batches > 1 {
		z = student(z, float64(e.batches-1))
	}
	switch {
	case !e.share:
		return e.Value - z*e.deviation, e.Value + z*e.deviation
	case e.deviation > 0: // as that of so many observations would be
		return wilson(e.Value, e.Value*(1-e.Value)/(e.deviation*e.deviation), z)
	}
	return wilson(e.Value, float64(e.N), z)
}

// student is the quantile of Student's distribution where the normal one has z,
// with so many degrees of freedom (Abramowitz and Stegun, 26.7.1).
func student(z, degrees float64) float64 {
	x := mathext.InvRegIncBeta(degrees/2, 0.5, math.Erfc(z/math.Sqrt2))
	return math.Sqrt(degrees * (1/x - 1))
}

// wilson is the score interval of a share p of n (Wilson, 1927).
func wilson(p, n, z float64) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, min(p, middle-half)), min(1, max(p, middle+half)) // p lies on a bound where it is 0 or 1
}

// figure is a number that a tally has.
type figure struct {
	name, unit string
	scale      float64 // units of the moments in one of the estimate's
	share      func(*tally) share
	moments    func(*tally) moments
	leastAudit func(*tally) *kindTally // in place of both
}

// estimate reads a figure of the sum of batches. Jobs of a batch share providers
// and their records: where batches are given, the interval is no narrower than
// their means make it.
func (f figure) estimate(total *tally, batches []*tally) Estimate {
	e := Estimate{Name: f.name, Unit: f.unit}
	if e.Value, e.N = f.of(total); e.N == 0 {
		return Estimate{Name: f.name, Unit: f.unit}
	}
	switch {
	case f.leastAudit != nil:
		_, e.deviation, _ = f.leastAudit(total).leastAudit()
	case f.share != nil:
		e.share = true
	default:
		e.deviation = math.Sqrt(f.moments(total).variance()/float64(e.N)) / f.scale
	}
	var means, weights []float64
	for _, t := range batches {
		if mean, n := f.of(t); n > 0 {
			means, weights = append(means, mean), append(weights, float64(n))
		}
	}
	if len(means) > 1 {
		if deviation := batchDeviation(e.Value, means, weights); deviation > e.deviation {
			e.deviation, e.batches = deviation, len(means)
		}
	}
	e.Low, e.High = e.Interval(z95)
	return e
}

// of is the figure of a tally, and how many observations it is from.
func (f figure) of(t *tally) (value float64, n int64) {
	switch {
	case f.leastAudit != nil:
		value, _, n = f.leastAudit(t).leastAudit()
		return value, n
	case f.share != nil:
		s := f.share(t)
		return float64(s.yes) / float64(s.n), s.n
	}
	m := f.moments(t)
	return m.mean() / f.scale, m.n
}

// batchDeviation is that of a mean of batches, as they differ from it.
func batchDeviation(value float64, means, weights []float64) float64 {
	sum, squares := 0.0, 0.0
	for i, m := range means {
		sum += weights[i]
		squares += weights[i] * weights[i] * (m - value) * (m - value)
	}
	k := float64(len(means))
	return math.Sqrt(squares*k/(k-1)) / sum
}

// leastAudit is how often mediators must see a result so that a wrong one does
// not pay: q with (1-q)·spared + q·audited = honest, from what n wrong ones came
// to. Its deviation is by the delta method.
func (k *kindTally) leastAudit() (q, deviation float64, n int64) {
	if k.audited.n == 0 || k.spared.n == 0 {
		return 0, 0, 0
	}
	spared, audited, honest := k.spared.mean(), k.audited.mean(), float64(k.honest)
	gap := spared - audited
	if gap <= 0 {
		return 0, 0, 0
	}
	q = (spared - honest) / gap
	deviation = math.Hypot((honest-audited)/(gap*gap)*math.Sqrt(k.spared.variance()/float64(k.spared.n)),
		q/gap*math.Sqrt(k.audited.variance()/float64(k.audited.n)))
	return q, deviation, k.audited.n
}

// lily is an amount's scale.
const lily = 1e6

var figures = []figure{
	{name: "error_rate", unit: "share", share: func(t *tally) share { return t.errors }},
	{name: "decided", unit: "share", share: func(t *tally) share { return t.decided }},
	{name: "results_per_job", unit: "count", scale: 1, moments: func(t *tally) moments { return t.results }},
	{name: "workers", unit: "count", scale: 1, moments: func(t *tally) moments { return t.workers }},
	{name: "replicated_share", unit: "share", share: func(t *tally) share { return t.replicated }},
	{name: "mediator_runs_per_job", unit: "count", scale: 1, moments: func(t *tally) moments { return t.mediated }},
	{name: "confidence", unit: "share", scale: 1e6, moments: func(t *tally) moments { return t.confidence }},
	{name: "cost_per_job", unit: "LILY", scale: lily, moments: func(t *tally) moments { return t.cost }},
	{name: "latency", unit: "s", scale: 1, moments: func(t *tally) moments { return t.latency }},
	{name: "served", unit: "share", share: func(t *tally) share { return t.served }},
	{name: "disputed", unit: "share", share: func(t *tally) share { return t.disputed }},
	{name: "no_verdict", unit: "share", share: func(t *tally) share { return t.split }},
	{name: "wrong_paid", unit: "share", share: func(t *tally) share { return t.paidWrong }},
	{name: "caught", unit: "share", share: func(t *tally) share { return t.caught }},
	{name: "false_accusations", unit: "share", share: func(t *tally) share { return t.accused }},
}

// kindFigures are those of the nth population.
func kindFigures(n int) []figure {
	of := func(t *tally) *kindTally { return &t.kinds[n] }
	return []figure{
		{name: "profit", unit: "LILY", scale: lily, moments: func(t *tally) moments { return of(t).profit }},
		{name: "profit_when_wrong", unit: "LILY", scale: lily, moments: func(t *tally) moments { return of(t).whenWrong }},
		{name: "stake_lost", unit: "LILY", scale: lily, moments: func(t *tally) moments { return of(t).lost }},
		{name: "wrong", unit: "share", share: func(t *tally) share { return of(t).wrong }},
		{name: "fraud", unit: "share", share: func(t *tally) share { return of(t).fraud }},
		{name: "least_audit", unit: "share", leastAudit: of},
		{name: "replicated", unit: "count", scale: 1, moments: func(t *tally) moments { return of(t).replicated }},
	}
}

// Find returns the estimate of a name, and whether there is one.
func Find(list []Estimate, name string) (Estimate, bool) {
	i := slices.IndexFunc(list, func(e Estimate) bool { return e.Name == name })
	if i < 0 {
		return Estimate{}, false
	}
	return list[i], true
}
