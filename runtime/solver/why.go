package solver

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
)

// Why explains, offer by offer, what keeps a job from being matched, and the
// smallest change that would let one take it.
func (s *Solver) Why(ctx context.Context, caller lilypad.Address, id lilypad.JobID) (api.Why, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return api.Why{}, err
	}
	if !slices.Contains(r.parties(), caller) {
		return api.Why{}, lilypad.Errorf(lilypad.Unauthorized, "%s is no party of job %s", caller, id)
	}
	w := api.Why{Job: id, Phase: r.Phase, Refusals: []api.Refusal{}}
	if r.Phase != api.PhaseWaiting {
		w.Nearest = "nothing to change: " + r.State() + reasonSuffix(r.Reason)
		return w, nil
	}
	head, err := s.Ledger.Head(ctx)
	if err != nil {
		return api.Why{}, err
	}
	var best near
	err = s.do(ctx, func(b *book) error {
		for _, addr := range b.providers() {
			o := b.offers[addr]
			n := near{obstacles: b.fits(&r, o, head.Time), provider: addr}
			j := r.wanted()
			for _, x := range n.obstacles {
				w.Refusals = append(w.Refusals, x.Refusal)
				n.far += x.short
			}
			if n.price = j.Price(&o); w.Offers == 0 || n.far < best.far || n.far == best.far && n.price < best.price {
				best = n
			}
			w.Offers++
		}
		return nil
	})
	switch {
	case r.Reason != "":
		w.Nearest = r.Reason
	case w.Offers == 0:
		w.Nearest = "no provider has an offer in the book: wait for one, or start one with lilypad provider"
	default:
		w.Nearest = best.words(r.needs())
	}
	return w, err
}

func reasonSuffix(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + reason + ")"
}

// obstacle is a refusal, and how far off it is: see matching.Unmet.
type obstacle struct {
	api.Refusal
	short uint64
}

// near is an offer with what keeps it from a job.
type near struct {
	obstacles []obstacle
	far       uint64 // all of them together
	provider  lilypad.Address
	price     lilypad.Amount
}

func (n near) words(needs lilypad.Needs) string {
	if len(n.obstacles) == 0 {
		return "an offer fits: it is being asked"
	}
	var changes []string
	for _, x := range n.obstacles {
		changes = append(changes, change(x.Refusal, needs))
	}
	return fmt.Sprintf("%s would match provider %s at price %s LILY", strings.Join(changes, " and "), n.provider, n.price)
}

// change tells what would have to be otherwise.
func change(x api.Refusal, needs lilypad.Needs) string {
	instead := func(format string) string {
		return fmt.Sprintf(format, x.Has) + " instead of " + x.Needs
	}
	size := func(format string) string {
		return fmt.Sprintf(format, gigabytes(x.Has, 100)) + " instead of " + gigabytes(x.Needs, 1)
	}
	switch {
	case x.By == "provider":
		return fmt.Sprintf("its consent (%s)", x.Rule)
	case x.By != "constraint":
		return fmt.Sprintf("the %s plugin no longer refusing it (%s)", x.By, x.Rule)
	}
	switch x.Rule {
	case "gpus":
		return devices(x.Has) + " instead of " + x.Needs
	case "vram_mb":
		return size(devices(strconv.FormatUint(uint64(max(needs.GPUs, 1)), 10)) + " with %s")
	case "gpu_model":
		return instead("GPU model %s")
	case "gpu_driver":
		return instead("GPU driver %s")
	case "cpu_milli":
		return instead("%s thousandths of a core")
	case "ram_mb":
		return size("%s of RAM")
	case "disk_mb":
		return size("%s of disk")
	case "network":
		return "no network"
	case "timeout_s":
		return instead("a time limit of %s s")
	case "price":
		return "a maximum price of " + x.Has + " LILY"
	case "provider_stake":
		return instead("a provider's stake of %s LILY")
	case "busy":
		return "a free slot (it has " + x.Has + ")"
	}
	if x.Has != "" && x.Needs != "" {
		return instead(x.Rule + " %s")
	}
	return "without " + strings.TrimSpace(x.Rule+" "+x.Needs)
}

// devices counts GPUs.
func devices(n string) string {
	if n == "1" {
		return "1 GPU"
	}
	return n + " GPUs"
}

// gigabytes writes megabytes as people do, rounded down to a multiple of step:
// what it says of a machine can be asked of it.
func gigabytes(megabytes string, step uint64) string {
	mb, err := strconv.ParseUint(megabytes, 10, 32)
	if err != nil || mb < 1000 {
		return megabytes + " MB"
	}
	mb -= mb % step
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%03d", mb/1000, mb%1000), "0"), ".") + " GB"
}
