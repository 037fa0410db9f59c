// Command quote prices each job by what it takes: GPU and core hours, the
// electricity at this time of day, how busy the provider is, and what it knows
// of the creator. Hours are those of the job's time limit, or an expected part
// of them. A job whose standing price is below the quote is declined with it.
package main

import (
	"errors"
	"math/bits"

	"github.com/lilypad-network/lilypad/plugins/admit/internal/daytime"
	"github.com/lilypad-network/lilypad/sdk/go/admit"
)

// Reasons, with words in the manifest.
const (
	belowQuote = 1
	tooDear    = 2
)

type quote struct {
	perJob, gpuHour, coreHour uint64 // micro-LILY
	expected                  uint64 // percent of the time limit
	gpuWatts, coreWatts       uint64
	kwh                       uint64 // micro-LILY outside all tariffs
	tariffs                   []tariff
	busy, newcomer, bad       uint64 // percent on top
	loyal, loyalDeals         uint64 // percent off, from so many good deals
	discount                  bool
}

type tariff struct {
	from, to int // minutes of the day
	weekend  string
	kwh      uint64
}

func newQuote(s admit.Settings) (admit.Hook, error) {
	n := func(key string) uint64 { return uint64(s.Int(key)) }
	q := quote{
		perJob: n("job"), gpuHour: n("gpu_hour"), coreHour: n("core_hour"), expected: n("expected_percent"),
		gpuWatts: n("gpu_watts"), coreWatts: n("core_watts"), kwh: n("kwh"),
		busy: n("busy_percent"), newcomer: n("newcomer_percent"), bad: n("bad_history_percent"),
		loyal: n("loyal_percent"), loyalDeals: n("loyal_deals"), discount: s.Bool("discount"),
	}
	for i := range s.Len("tariffs") {
		at := s.At("tariffs", i)
		from, errFrom := daytime.Minute(at.Text("from"))
		to, errTo := daytime.Minute(at.Text("to"))
		if err := errors.Join(errFrom, errTo); err != nil {
			return nil, errors.New("tariffs: " + err.Error())
		}
		q.tariffs = append(q.tariffs, tariff{from, to, at.Text("days"), uint64(at.Int("kwh"))})
	}
	return q, nil
}

func (q quote) Admit(n admit.Node, r admit.Request) admit.Admission {
	price := q.price(n, r)
	switch {
	case price > r.MaxPrice():
		return admit.Decline(tooDear).With(price, r.MaxPrice())
	case price > r.StandingPrice():
		return admit.Decline(belowQuote).With(r.StandingPrice(), price).At(price)
	case q.discount && price < r.StandingPrice():
		return admit.Take().At(max(price, 1)) // 0 would be the standing price
	}
	return admit.Take()
}

// price is the quote in micro-LILY.
func (q quote) price(n admit.Node, r admit.Request) uint64 {
	milliseconds := r.Timeout() * q.expected * 10
	perHour := add(times(r.GPUs(), q.gpuHour), part(r.CPU(), q.coreHour, 1000))
	milliwatts := add(times(times(r.GPUs(), q.gpuWatts), 1000), times(r.CPU(), q.coreWatts)) // r.CPU is thousandths of a core
	perHour = add(perHour, part(milliwatts, q.tariff(n), 1_000_000))
	price := add(q.perJob, part(perHour, milliseconds, 3_600_000))
	percent := 100 + q.load(n) + q.history(r)
	if loyal := r.CreatorBad() == 0 && r.CreatorOk() >= q.loyalDeals; loyal {
		percent -= min(q.loyal, 100)
	}
	return part(price, percent, 100)
}

// tariff is the price of a kilowatt-hour now.
func (q quote) tariff(n admit.Node) uint64 {
	now, weekend := int(n.MinuteOfDay()), n.Weekday() >= admit.WeekdaySaturday
	for _, t := range q.tariffs {
		day := t.weekend == "all" || weekend == (t.weekend == "weekend")
		if wholeDay := t.from == t.to; day && (wholeDay || daytime.Within(now, t.from, t.to)) {
			return t.kwh
		}
	}
	return q.kwh
}

// load is the surcharge for how many slots are taken, in percent.
func (q quote) load(n admit.Node) uint64 {
	return part(min(n.Running()+n.Queued(), n.Slots()), q.busy, max(n.Slots(), 1))
}

// history is the surcharge for who is unknown here, or went wrong, in percent.
func (q quote) history(r admit.Request) uint64 {
	deals := r.CreatorOk() + r.CreatorBad()
	if deals == 0 {
		return q.newcomer
	}
	return part(r.CreatorBad(), q.bad, deals)
}

// most is the largest amount there is: sums and products stop there.
const most = 1 << 60

func add(a, b uint64) uint64 { return min(a+b, most) } // both are at most that

func times(a, b uint64) uint64 { return part(a, b, 1) }

// part is a·b/c, rounded up, at most most.
func part(a, b, c uint64) uint64 {
	high, low := bits.Mul64(a, b)
	low, carry := bits.Add64(low, c-1, 0)
	if high += carry; high >= c {
		return most
	}
	q, _ := bits.Div64(high, low, c)
	return min(q, most)
}

func init() { admit.Register(newQuote) }

func main() {}
