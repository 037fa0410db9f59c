package matching_test

import (
	"context"
	"encoding/binary"
	"slices"
	"sync/atomic"

	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/matching"
)

// scorer is a native scorer.
type scorer func(job hostapi.Job, offer hostapi.Offer) hostapi.Score

func (s scorer) MatchStored(_ context.Context, _ lilypad.Time, job hostapi.Job, offers [][]byte) ([]hostapi.Score, error) {
	out := make([]hostapi.Score, len(offers))
	for i, item := range offers {
		o, err := hostapi.DecodeOffer(item)
		if err != nil {
			return nil, err
		}
		out[i] = s(job, o)
	}
	return out, nil
}

// taste ranks in a way that differs from job to job and has many ties.
func taste(j hostapi.Job, o hostapi.Offer) hostapi.Score {
	mix := int(j.ID[0])*31 + int(o.Provider[19])*17
	switch mix % 7 {
	case 0:
		return hostapi.Score{Decision: hostapi.DecisionRefuse, Reason: 1}
	case 1:
		return hostapi.Score{Decision: hostapi.DecisionAbstain, Score: 99}
	}
	return hostapi.Score{Decision: hostapi.DecisionRank, Score: int64(mix%5) - 2}
}

// lean ranks by price without decoding, and counts.
type lean struct{ pairs atomic.Int64 }

func (l *lean) MatchStored(_ context.Context, _ lilypad.Time, _ hostapi.Job, offers [][]byte) ([]hostapi.Score, error) {
	l.pairs.Add(int64(len(offers)))
	out := make([]hostapi.Score, len(offers))
	for i, item := range offers {
		const price = 120 // its place in an offer: hostapi/SPEC.md
		out[i] = hostapi.Score{Decision: hostapi.DecisionRank, Score: -int64(binary.LittleEndian.Uint64(item[price:]))}
	}
	return out, nil
}

func provider(n int) (a lilypad.Address) {
	binary.BigEndian.PutUint64(a[12:], uint64(n+1))
	return a
}

func jobID(n int) (id lilypad.JobID) {
	binary.BigEndian.PutUint16(id[:], uint16(n*40503)) // spread, as hashes are
	binary.BigEndian.PutUint64(id[24:], uint64(n))
	return id
}

func offerOf(n int, price lilypad.Amount) matching.Offer {
	return matching.Offer{Offer: lilypad.Offer{
		Provider: provider(n), Operator: provider(n), Engines: []lilypad.Engine{lilypad.EngineWasm}, Slots: 1, Price: price,
		Capacity: lilypad.Resources{CPUMilli: 4000, RAMMB: 8000, DiskMB: 10_000}, MaxStake: lilypad.MaxAmount, MaxTimeout: 3600,
	}}
}

func jobOf(n int) matching.Job {
	j := matching.Job{ID: jobID(n), Terms: lilypad.JobOffer{Creator: provider(5000), MaxPrice: 1000}}
	j.Work.Needs = lilypad.Needs{Engine: lilypad.EngineWasm, Timeout: 60, Resources: lilypad.Resources{CPUMilli: 1000, RAMMB: 1000}}
	return j
}

// drawMarket draws offers and jobs of few values, so that they meet often.
func drawMarket(rt *rapid.T) (offers []matching.Offer, jobs []matching.Job) {
	label := rapid.SampledFrom([]lilypad.Label{{Key: "tier", Value: "gold"}, {Key: "tier", Value: "tin"}, {Key: "kyc", Value: "yes"}})
	region := rapid.SampledFrom([]string{"", "eu", "us"})
	engine := rapid.SampledFrom([]lilypad.Engine{lilypad.EngineWasm, lilypad.EngineDocker})
	small := rapid.SampledFrom([]uint32{0, 1, 2, 3, 1 << 31, 1<<32 - 1})
	who := rapid.Map(rapid.IntRange(0, 80), provider)
	resources := rapid.Custom(func(rt *rapid.T) lilypad.Resources {
		return lilypad.Resources{
			GPUs: small.Draw(rt, "gpus"), VRAMMB: small.Draw(rt, "vram"), CPUMilli: small.Draw(rt, "cpu"),
			RAMMB: small.Draw(rt, "ram"), DiskMB: small.Draw(rt, "disk"),
		}
	})
	amount := rapid.Map(rapid.IntRange(0, 5), func(n int) lilypad.Amount { return lilypad.Amount(n * 10) })
	for i := range rapid.IntRange(0, 70).Draw(rt, "offers") {
		offers = append(offers, matching.Offer{Offer: lilypad.Offer{
			Provider: provider(i), Operator: provider(i / 3), Capacity: resources.Draw(rt, "capacity"),
			GPUModel: rapid.SampledFrom([]string{"", "NVIDIA H100", "nvidia h200"}).Draw(rt, "model"),
			Engines:  rapid.SliceOfN(engine, 0, 2).Draw(rt, "engines"), Network: rapid.Bool().Draw(rt, "network"),
			Slots: rapid.Uint32Range(0, 3).Draw(rt, "slots"), Queue: rapid.Uint32Range(0, 2).Draw(rt, "queue"),
			Price: amount.Draw(rt, "price"), MaxStake: amount.Draw(rt, "stake"), MaxTimeout: lilypad.Seconds(small.Draw(rt, "timeout")),
			Region: region.Draw(rt, "region"), Labels: rapid.SliceOfN(label, 0, 3).Draw(rt, "labels"),
			Mediators: rapid.SliceOfN(who, 0, 2).Draw(rt, "mediators"),
		}})
	}
	for i := range rapid.IntRange(0, 30).Draw(rt, "jobs") {
		j := matching.Job{ID: jobID(i), Terms: lilypad.JobOffer{
			Creator: who.Draw(rt, "creator"), MaxPrice: amount.Draw(rt, "most"), ProviderStake: amount.Draw(rt, "risk"),
		}}
		n := &j.Work.Needs
		if rapid.Bool().Draw(rt, "picky") {
			n.Resources, n.Timeout = resources.Draw(rt, "needs"), lilypad.Seconds(small.Draw(rt, "time"))
			n.GPUModel = rapid.SampledFrom([]string{"", "h100", "NVIDIA"}).Draw(rt, "wanted")
			n.Network, n.Region = rapid.Bool().Draw(rt, "online"), region.Draw(rt, "where")
			n.Labels = rapid.SliceOfN(label, 0, 2).Draw(rt, "asks")
			j.Mediators = rapid.SliceOfN(who, 0, 2).Draw(rt, "panel")
			j.Exclude, j.Without = rapid.SliceOfN(who, 0, 3).Draw(rt, "exclude"), rapid.SliceOfN(who, 0, 3).Draw(rt, "without")
			j.Quotes = rapid.MapOfN(who, amount, 0, 3).Draw(rt, "quotes")
			if rapid.IntRange(0, 4).Draw(rt, "aims") == 0 {
				j.Terms.Target = who.Draw(rt, "target")
			}
		}
		n.Engine = engine.Draw(rt, "engine")
		jobs = append(jobs, j)
	}
	return offers, jobs
}

// fill returns a book with the offers, put in the given order after others
// came and went.
func fill(rt *rapid.T, offers []matching.Offer) *matching.Book {
	b := matching.NewBook()
	for _, i := range rapid.SliceOfN(rapid.IntRange(0, 80), 0, 20).Draw(rt, "earlier") {
		if err := b.Put(offerOf(i, 1)); err != nil {
			rt.Fatal(err)
		}
	}
	for _, i := range rapid.SliceOfN(rapid.IntRange(0, 80), 0, 20).Draw(rt, "gone") {
		b.Remove(provider(i))
	}
	for _, o := range offers {
		if err := b.Put(o); err != nil {
			rt.Fatal(err)
		}
	}
	for i := range 81 {
		if !slices.ContainsFunc(offers, func(o matching.Offer) bool { return o.Provider == provider(i) }) {
			b.Remove(provider(i))
		}
	}
	return b
}
