package simulation

// Result is what a scenario comes to.
type Result struct {
	Name      string       `json:"name,omitempty"`
	Scheme    string       `json:"scheme"`
	Seed      uint64       `json:"seed"`
	Deals     Deals        `json:"deals"`
	Jobs      int64        `json:"jobs"`
	Complete  bool         `json:"complete"` // else it was interrupted
	Shards    int          `json:"shards"`
	Estimates []Estimate   `json:"estimates"`
	Reasons   []Estimate   `json:"reasons,omitempty"` // that reviews ended with, as [Result.Figure] names them
	Providers []KindResult `json:"providers"`
	Time      []Moment     `json:"time"`
}

// KindResult is about the deals of a population, replicas among them. Profit
// and stake lost are means of a deal; replicated is the mean number of a
// provider's jobs that were run again.
type KindResult struct {
	Name      string     `json:"name"`
	Kind      string     `json:"kind"`
	Count     int        `json:"count"`
	Deals     int64      `json:"deals"`
	Estimates []Estimate `json:"estimates"`
}

// Moment is about a part of the jobs, by the order in which they began.
type Moment struct {
	Until         float64   `json:"until"` // share of all jobs
	ErrorRate     float64   `json:"error_rate"`
	ResultsPerJob float64   `json:"results_per_job"`
	Trust         []float64 `json:"trust"` // of each population: share of jobs done well, as its record has it
}

// newResult reads tallies in the order of their shards.
func newResult(m *market, books []*tally) *Result {
	total := newTally(m.kinds)
	var done []*tally
	for _, t := range books {
		total.merge(t)
		done = append(done, t)
	}
	r := &Result{Name: m.Name, Scheme: m.Rule.Name, Seed: m.Seed, Deals: m.Deals, Jobs: total.jobs, Complete: total.jobs == m.jobs(), Shards: m.shards}
	if m.Reputation == "frozen" {
		done = nil // what happens to a job changes nothing for the next
	}
	r.Estimates = estimates(figures, total, done)
	r.Reasons = estimates(reasonFigures(total), total, done)
	for i, k := range m.kinds {
		r.Providers = append(r.Providers, KindResult{
			Name: k.Name, Kind: k.Kind, Count: k.Count, Deals: total.kinds[i].profit.n, Estimates: estimates(kindFigures(i), total, done),
		})
	}
	for i, b := range total.time {
		if b.results.n == 0 {
			continue
		}
		moment := Moment{Until: float64(i+1) / Buckets, ResultsPerJob: b.results.mean()}
		if b.errors.n > 0 {
			moment.ErrorRate = float64(b.errors.yes) / float64(b.errors.n)
		}
		for _, t := range b.trust {
			mean := 0.0
			if t.n > 0 {
				mean = t.mean() / 1e6
			}
			moment.Trust = append(moment.Trust, mean)
		}
		r.Time = append(r.Time, moment)
	}
	return r
}

func estimates(list []figure, total *tally, batches []*tally) (out []Estimate) {
	for _, f := range list {
		if e := f.estimate(total, batches); e.N > 0 {
			out = append(out, e)
		}
	}
	return out
}
