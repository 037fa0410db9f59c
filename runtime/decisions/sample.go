package decisions

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

const (
	sampleJobs  = 1000
	sampleSeed  = 1
	sampleStart = 1_767_571_200 // Monday 5 January 2026, 00:00 UTC
	sampleEvery = 600           // seconds between jobs, in the mean
	lily        = uint64(lilypad.LILY)
)

// sampleModule is work as creators order it.
type sampleModule struct {
	name, publisher string // no publisher: it is not known
	share           int    // of all jobs, in percent
	gpus, vram      uint32
	cpu, ram        uint32
	timeout         uint32 // seconds
	price           uint64 // most that is paid, in hundredths of a LILY
	input           uint64 // bytes
	signed, pinned  bool
}

var sampleModules = []sampleModule{
	{name: "cowsay:v0.0.4", publisher: "lilypad", share: 20, cpu: 1000, ram: 100, timeout: 60, price: 120, input: 200, signed: true, pinned: true},
	{name: "thumbnail:v0.1.0", publisher: "lilypad", share: 20, cpu: 1000, ram: 500, timeout: 300, price: 150, input: 3_000_000, signed: true, pinned: true},
	{name: "sdxl:v1.2.0", publisher: "renderers", share: 25, gpus: 1, vram: 12_000, cpu: 2000, ram: 16_000, timeout: 900, price: 300, input: 2000, signed: true, pinned: true},
	{name: "transcribe:v0.3.1", publisher: "voices", share: 15, gpus: 1, vram: 6000, cpu: 4000, ram: 8000, timeout: 1800, price: 250, input: 40_000_000, pinned: true},
	{name: "finetune:v2.0.0", publisher: "renderers", share: 5, gpus: 1, vram: 22_000, cpu: 8000, ram: 48_000, timeout: 3600, price: 900, input: 900_000_000, signed: true, pinned: true},
	{name: "simulate:main", share: 10, cpu: 8000, ram: 16_000, timeout: 3600, price: 200, input: 10_000_000},
	{name: "unnamed:latest", share: 5, gpus: 1, vram: 8000, cpu: 1000, ram: 4000, timeout: 3600, price: 110, input: 100},
}

// Sample is a week of jobs that never were, for a provider that has none yet
// to try a plugin on: 1000 requests of the hook admit, without answers. They
// are drawn with a fixed seed and are the same everywhere.
//
// The provider has 2 slots, a queue of 2, one GPU of 24 GB, and a standing
// price of 1 LILY. 40 creators order, a few of them much more than the rest;
// one in ten of them lets deals run out. By day jobs come four times as often
// as by night.
func Sample() []*Entry {
	rng := rand.New(rand.NewPCG(sampleSeed, 0))
	creators := newSampleCreators(rng)
	now := uint64(sampleStart)
	out := make([]*Entry, sampleJobs)
	for i := range out {
		hour := now / 3600 % 24
		gap := rng.ExpFloat64() * sampleEvery * 5 / 8
		if hour < 8 || hour >= 20 {
			gap *= 4
		}
		now += uint64(gap) + 1
		m := pick(rng)
		c := creators.pick(rng)
		in := hostapi.AdmitInput{Now: now, Node: sampleNode(now), Requests: []hostapi.Request{m.request(i, now, c, rng)}}
		c.deal(rng)
		message, err := in.Append(nil, 0) // the first version says all that it has
		if err != nil {
			panic(err) // constant data
		}
		out[i] = &Entry{
			Record: pluginhost.Record{Hook: hostapi.HookAdmit.String(), Input: sha256.Sum256(message)},
			Plugin: "none", Role: "sample", At: time.Unix(int64(now), 0).UTC(), Input: message,
		}
	}
	return out
}

func sampleNode(now uint64) hostapi.Node {
	at := time.Unix(int64(now), 0).UTC()
	return hostapi.Node{
		Address: hostapi.Bytes20{1}, Slots: 2, Queue: 2, GPUs: 1, GPUsFree: 1, VRAMFree: 24_000, CPUFree: 16_000, RAMFree: 64_000, DiskFree: 500_000,
		MinuteOfDay: uint16(at.Hour()*60 + at.Minute()), Weekday: hostapi.Weekday((int(at.Weekday())+6)%7 + 1), Deposit: 500 * lily,
	}
}

func pick(rng *rand.Rand) sampleModule {
	n := rng.IntN(100)
	for _, m := range sampleModules {
		if n -= m.share; n < 0 {
			return m
		}
	}
	panic("the shares of the modules are not 100 percent")
}

func (m sampleModule) request(i int, now uint64, c *sampleCreator, rng *rand.Rand) hostapi.Request {
	// Creators pay between four fifths and twice what is usual, and no less
	// than the price that was ranked. Prices are even.
	price := max(m.price*lily/100*uint64(80+rng.IntN(121))/100, lily) &^ 1
	id := sha256.Sum256(binary.LittleEndian.AppendUint64([]byte("sample"), uint64(i)))
	r := hostapi.Request{
		ID: id, Module: sha256.Sum256([]byte(m.name)), Creator: c.address,
		GPUs: m.gpus, VRAM: m.vram, CPU: m.cpu, RAM: m.ram, Disk: uint32(m.input/1_000_000) + 100,
		MaxPrice: price, StandingPrice: lily, ProviderStake: 5 * lily, MediationFee: lily * 6 / 5, Timeout: m.timeout,
		Engine: hostapi.EngineDocker, InputSize: m.input * uint64(50+rng.IntN(100)) / 100, ModuleName: m.name, ImagePinned: m.pinned,
		CreatorOk: c.ok, CreatorBad: c.bad, CreatorTimeouts: c.timeouts,
	}
	if m.publisher != "" {
		r.Publisher = hostapi.Some(m.publisher)
		r.Repository = hostapi.Some("https://git.example/" + m.publisher)
	}
	if m.signed {
		r.Signers = []hostapi.Signer{{Identity: m.publisher + "@example.org", Issuer: "https://accounts.example.org"}}
	}
	if c.ok+c.bad > 0 {
		r.CreatorSince = hostapi.Some(uint64(sampleStart))
	}
	return r
}

type sampleCreator struct {
	address           hostapi.Bytes20
	careless          bool
	ok, bad, timeouts uint32
}

// deal is what becomes of a job, for the history that the next one shows.
func (c *sampleCreator) deal(rng *rand.Rand) {
	switch n := rng.IntN(100); {
	case c.careless && n < 60:
		c.bad++
		c.timeouts++
	case n < 3:
		c.bad++
	default:
		c.ok++
	}
}

type sampleCreators []*sampleCreator

func newSampleCreators(rng *rand.Rand) sampleCreators {
	out := make(sampleCreators, 40)
	for i := range out {
		sum := sha256.Sum256(fmt.Appendf(nil, "creator %d", i))
		out[i] = &sampleCreator{address: hostapi.Bytes20(sum[:20]), careless: rng.IntN(10) == 0}
	}
	return out
}

// pick prefers the first ones: the square of an even share.
func (cs sampleCreators) pick(rng *rand.Rand) *sampleCreator {
	u := rng.Float64()
	return cs[int(u*u*float64(len(cs)))]
}
