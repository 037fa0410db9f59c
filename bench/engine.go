package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/matching"
)

// market draws a market that is the same each time: machines of a few sizes,
// and jobs of which a machine can run about six in ten.
func market(jobs, offers, capacity int) ([]matching.Job, []matching.Offer) {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(values ...uint32) uint32 { return values[r.IntN(len(values))] }
	sell := make([]matching.Offer, offers)
	for i := range sell {
		size := pick(1, 2, 2, 4, 4, 4, 8, 8)
		var who lilypad.Address
		binary.BigEndian.PutUint64(who[:], uint64(i+1))
		sell[i].Offer = lilypad.Offer{
			Provider: who, Operator: who, Engines: []lilypad.Engine{lilypad.EngineDocker, lilypad.EngineWasm}, Network: true,
			Capacity: lilypad.Resources{GPUs: size, VRAMMB: pick(24_000, 48_000, 80_000), CPUMilli: 16_000 * size, RAMMB: 64_000 * size, DiskMB: 500_000 * size},
			GPUModel: "NVIDIA " + []string{"L4", "A100", "H100"}[r.IntN(3)], Region: []string{"eu", "us"}[r.IntN(2)],
			Queue: uint32(capacity) - 1, Slots: 1, Price: lilypad.Amount(1000 + r.IntN(9000)), MaxStake: lilypad.MaxAmount, MaxTimeout: 86_400,
			Labels: []lilypad.Label{{Key: "tier", Value: "datacenter"}},
		}
	}
	buy := make([]matching.Job, jobs)
	for i := range buy {
		j := &buy[i]
		binary.BigEndian.PutUint64(j.ID[:], r.Uint64())
		j.Terms = lilypad.JobOffer{Creator: lilypad.Address{0xff}, MaxPrice: lilypad.Amount(4500 + r.IntN(5500)), ProviderStake: 1000}
		j.Work.Needs = lilypad.Needs{Engine: lilypad.EngineDocker, Timeout: 3600, Resources: lilypad.Resources{
			GPUs: pick(1, 1, 1, 2), VRAMMB: pick(8_000, 16_000, 24_000, 40_000), CPUMilli: pick(1000, 4000, 8000), RAMMB: pick(4000, 16_000, 32_000), DiskMB: 10_000,
		}}
		j.ModuleName = "sdxl:v1.0.0"
	}
	return buy, sell
}

// counted counts what a scorer was asked.
type counted struct {
	matching.Scorer
	pairs atomic.Int64
}

func (c *counted) MatchStored(ctx context.Context, now lilypad.Time, job hostapi.Job, offers [][]byte) ([]hostapi.Score, error) {
	scores, err := c.Scorer.MatchStored(ctx, now, job, offers)
	c.pairs.Add(int64(len(scores)))
	return scores, err
}

// engine matches a whole market through the best-fit plugin.
func engine(ctx context.Context, jobs, offers, capacity int) ([]Line, error) {
	host, err := newHost("")
	if err != nil {
		return nil, err
	}
	defer host.Close()
	plugin, err := builtIn(ctx, host, hostapi.HookMatch, "best-fit", nil)
	if err != nil {
		return nil, err
	}
	defer plugin.Close()
	buy, sell := market(jobs, offers, capacity)
	began, before := time.Now(), cpu()
	book := matching.NewBook()
	for _, o := range sell {
		if err := book.Put(o); err != nil {
			return nil, err
		}
	}
	s := &counted{Scorer: plugin}
	matches, err := (&matching.Matcher{Book: book, Scorer: s}).Match(ctx, 1, buy)
	if err != nil {
		return nil, err
	}
	took, worked := time.Since(began), cpu()-before
	sold, deals, twice := map[lilypad.Address]int{}, 0, 0
	for _, m := range matches {
		if m.Err != nil {
			return nil, m.Err
		}
		if !m.Provider.IsZero() {
			deals++
			if sold[m.Provider]++; sold[m.Provider] > capacity {
				twice++
			}
		}
	}
	name := fmt.Sprintf("engine/%dx%d", jobs, offers)
	pairs := float64(s.pairs.Load())
	return []Line{
		{Name: name, Value: took.Seconds(), Unit: "s"},
		{Name: name + "/cpu", Value: worked.Seconds(), Unit: "s"}, // of all cores: what a busy machine does not change
		{Name: name + "/memory", Value: peak(), Unit: "MiB"},
		{Name: name + "/pairs", Value: pairs, Unit: "scored"},
		{Name: name + "/fit", Value: 100 * pairs / float64(jobs) / float64(offers), Unit: "%"},
		{Name: name + "/deals", Value: float64(deals), Unit: "deals"},
		{Name: name + "/double-sales", Value: float64(twice), Unit: "deals"},
	}, nil
}
