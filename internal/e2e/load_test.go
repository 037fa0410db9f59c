package e2e_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

var (
	loadJobs   = flag.Int("jobs", 60, "how many jobs TestLoad_paysManyJobsAtOnce orders")
	loadWithin = flag.Duration("within", 0, "the most that it allows from a job's end to final money, for half of them; 0: any time")
)

// rush is a local network of five providers, and faulty ones, in which all
// honest ones have compiled the job's module before.
type rush struct {
	creator *api.CreatorClient
	ends    *ends
}

func newRush(t *testing.T, faulty ...provider.Fault) *rush {
	t.Helper()
	chain, _ := startChain(t)
	cfg, err := node.Local(t.TempDir(), node.LocalOptions{Chain: chain, Providers: 5, Mediators: 3, Faulty: faulty, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	r := &rush{ends: &ends{at: map[string]time.Time{}}}
	cfg.Logger = slog.New(r.ends)
	n := nodes.Start(t, cfg)
	r.creator = api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	r.order(t, 5, 1000, func(i int, o *api.Order) { o.Target = cfg.Providers[i].Key.Address() })
	return r
}

// followed is a job and when its money was first told to have moved.
type followed struct {
	api.Report
	final time.Time
}

// order orders so many jobs at once, with nonces from first on, and follows
// each to its end.
func (r *rush) order(t *testing.T, jobs int, first uint64, edit func(i int, o *api.Order)) []followed {
	t.Helper()
	out := make([]followed, jobs)
	g, ctx := errgroup.WithContext(t.Context())
	for i := range jobs {
		g.Go(func() (err error) {
			o := api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": fmt.Sprint("moo ", i)}, Timeout: 5, Nonce: first + uint64(i)}
			if edit != nil {
				edit(i, &o)
			}
			out[i], err = r.follow(ctx, o)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	return out
}

func (r *rush) follow(ctx context.Context, o api.Order) (f followed, err error) {
	// Told again under its nonce it is the same order: a busy machine may not
	// answer in time.
	for {
		if f.Report, err = r.creator.Order(ctx, o); lilypad.CodeOf(err) != lilypad.Unavailable || ctx.Err() != nil {
			break
		}
	}
	for err == nil && ctx.Err() == nil && !f.Done {
		for e, broken := range r.creator.Watch(ctx, f.Job) {
			if broken != nil {
				break // the stream ends with the job, or is begun again
			}
			if e.Kind != api.EventChanged {
				continue
			}
			f.Report = api.Report{}
			if err = json.Unmarshal(e.Data, &f.Report); err != nil {
				return f, err
			}
			if _, settled := f.Timings["settle"]; settled && f.final.IsZero() {
				f.final = time.Now()
			}
		}
	}
	return f, err
}

// ends is a log that notes when providers ended jobs.
type ends struct {
	mu sync.Mutex // guards at
	at map[string]time.Time
}

func (e *ends) Enabled(context.Context, slog.Level) bool { return true }
func (e *ends) WithAttrs([]slog.Attr) slog.Handler       { return e }
func (e *ends) WithGroup(string) slog.Handler            { return e }

func (e *ends) Handle(_ context.Context, r slog.Record) error {
	if r.Message != "job ended" {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "job" {
			e.at[a.Value.String()] = r.Time
		}
		return true
	})
	return nil
}

// load is what many jobs at once came to.
type load struct {
	states   map[string]int
	gas      uint64         // a job
	batches  map[string]int // transactions by step
	largest  map[string]int // jobs that shared one, by step
	p50, p99 time.Duration  // from a job's end at its provider to its money being told final
}

func (r *rush) measure(jobs []followed) load {
	r.ends.mu.Lock()
	defer r.ends.mu.Unlock()
	l := load{states: map[string]int{}, batches: map[string]int{}, largest: map[string]int{}}
	shared := map[api.Step]int{}
	var waits []time.Duration
	for _, j := range jobs {
		l.states[j.State]++
		for _, tx := range j.Txs {
			shared[tx]++
		}
		if at, ok := r.ends.at[j.Job.String()]; ok && j.State == "paid" {
			waits = append(waits, j.final.Sub(at))
		}
	}
	for tx, n := range shared {
		l.gas += tx.GasUsed / uint64(len(jobs))
		l.batches[tx.Step]++
		l.largest[tx.Step] = max(l.largest[tx.Step], n)
	}
	slices.Sort(waits)
	if n := len(waits); n > 0 {
		l.p50, l.p99 = waits[n/2], waits[n*99/100]
	}
	return l
}

// most is the most gas that a job may take: the goal, for a rush that fills
// batches; what the batches that formed cost, for fewer jobs, of which an idle
// machine settles some alone.
func (l load) most(jobs int) uint64 {
	if jobs >= 500 {
		return 90_000
	}
	return settlement.GasOfDeal(2 * jobs / (l.batches["open"] + l.batches["settle"]))
}

func (l load) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v, %d gas a job, end to final money p50 %v p99 %v", l.states, l.gas, l.p50.Round(time.Millisecond), l.p99.Round(time.Millisecond))
	for _, step := range slices.Sorted(maps.Keys(l.batches)) {
		fmt.Fprintf(&b, "; %s: %d transactions, the largest for %d jobs", step, l.batches[step], l.largest[step])
	}
	return b.String()
}

// Many jobs at once are all paid, in few transactions.
func TestLoad_paysManyJobsAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a whole market: left out by -short")
	}
	r := newRush(t)
	began := time.Now()
	l := r.measure(r.order(t, *loadJobs, 1, nil))
	t.Logf("%v in all: %v", time.Since(began).Round(time.Millisecond), l)
	if l.states["paid"] != *loadJobs {
		t.Errorf("jobs ended %v, want %d paid", l.states, *loadJobs)
	}
	if most := l.most(*loadJobs); *chainFlag != "geth" && l.gas > most { // geth --dev counts gas by rules that no network has yet
		t.Errorf("%d gas a job, at most %d are allowed", l.gas, most)
	}
	for _, step := range []string{"open", "settle"} {
		if l.largest[step] < 2 {
			t.Errorf("no %s transaction served two jobs", step)
		}
	}
	if *loadWithin > 0 && l.p50 > *loadWithin {
		t.Errorf("money was final %v after the end of the middle job, at most %v are allowed", l.p50, *loadWithin)
	}
}

// A provider that takes deals and falls silent costs nobody else a job: what it
// took is refunded when its time is over, all others are paid.
func TestLoad_aSilentProviderHoldsUpNobodyElse(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for deadlines: left out by -short")
	}
	const jobs = 40
	r := newRush(t, provider.Silent) // it is the cheapest, and chosen first
	l := r.measure(r.order(t, jobs, 1, nil))
	t.Log(l)
	silent := l.states["expired"]
	if silent == 0 || silent > 16 || l.states["paid"] != jobs-silent {
		t.Errorf("jobs ended %v, want what fits the silent one expired, the others paid", l.states)
	}
}
