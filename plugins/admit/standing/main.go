// Command standing keeps a provider's standing orders: a price floor, people
// and modules it does not work for, hours of rest, and how many jobs may wait.
package main

import (
	"encoding/hex"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad/plugins/admit/internal/daytime"
	"github.com/lilypad-network/lilypad/sdk/go/admit"
)

// Reasons, with words in the manifest.
const (
	belowFloor    = 1
	deniedCreator = 2
	deniedModule  = 3
	quietHours    = 4
	queueFull     = 5
)

type standing struct {
	floor    uint64 // micro-LILY
	creators []string
	modules  []string // patterns of names
	quiet    [][2]int // minutes of the day, from and to
	queue    uint64
}

func newStanding(s admit.Settings) (admit.Hook, error) {
	h := standing{
		floor: uint64(s.Int("price_floor")), queue: uint64(s.Int("maximum_queue")),
		creators: s.Texts("deny_creators"), modules: s.Texts("deny_modules"),
	}
	for i, c := range h.creators {
		h.creators[i] = strings.ToLower(c)
	}
	for _, pattern := range h.modules {
		if _, err := path.Match(pattern, ""); err != nil {
			return nil, errors.New("deny_modules: " + strconv.Quote(pattern) + " is no pattern")
		}
	}
	for i := range s.Len("quiet_hours") {
		hours := s.At("quiet_hours", i)
		from, errFrom := daytime.Minute(hours.Text("from"))
		to, errTo := daytime.Minute(hours.Text("to"))
		if err := errors.Join(errFrom, errTo); err != nil {
			return nil, errors.New("quiet_hours: " + err.Error())
		}
		h.quiet = append(h.quiet, [2]int{from, to})
	}
	return h, nil
}

func (h standing) Admit(n admit.Node, r admit.Request) admit.Admission {
	creator := r.Creator()
	if slices.Contains(h.creators, "0x"+hex.EncodeToString(creator[:])) {
		return admit.Decline(deniedCreator)
	}
	if slices.ContainsFunc(h.modules, func(pattern string) bool { ok, _ := path.Match(pattern, r.ModuleName()); return ok }) {
		return admit.Decline(deniedModule)
	}
	if now := int(n.MinuteOfDay()); slices.ContainsFunc(h.quiet, func(q [2]int) bool { return daytime.Within(now, q[0], q[1]) }) {
		return admit.Decline(quietHours).With(uint64(now/60), uint64(now%60))
	}
	if n.Running() >= n.Slots() && n.Queued() >= h.queue {
		return admit.Decline(queueFull).With(n.Queued(), h.queue)
	}
	if r.StandingPrice() < h.floor {
		decline := admit.Decline(belowFloor).With(r.StandingPrice(), h.floor)
		if h.floor <= r.MaxPrice() {
			return decline.At(h.floor)
		}
		return decline
	}
	return admit.Take()
}

func init() { admit.Register(newStanding) }

func main() {}
