package solver

import (
	"context"
	"fmt"
	"slices"
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
	var fewest []api.Refusal
	err = s.do(ctx, func(b *book) error {
		for _, addr := range b.providers() {
			no := b.fits(&r, b.offers[addr], head.Time)
			w.Refusals = append(w.Refusals, no...)
			if w.Offers == 0 || len(no) < len(fewest) {
				fewest = no
			}
			w.Offers++
		}
		return nil
	})
	if w.Nearest = nearest(w.Offers, fewest); r.Reason != "" {
		w.Nearest = r.Reason
	}
	return w, err
}

func reasonSuffix(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + reason + ")"
}

func nearest(offers int, no []api.Refusal) string {
	if offers == 0 {
		return "no provider has an offer in the book: wait for one, or start one with lilypad provider"
	}
	if len(no) == 0 {
		return "an offer fits: it is being asked"
	}
	var changes []string
	for _, n := range no {
		switch {
		case n.By == "provider":
			changes = append(changes, fmt.Sprintf("its consent (%s)", n.Rule))
		case n.By != "constraint":
			changes = append(changes, fmt.Sprintf("the %s plugin no longer refusing it: %s", n.By, n.Rule))
		case n.Rule == "busy":
			changes = append(changes, "a free slot (it has "+n.Has+")")
		case n.Rule == "price":
			changes = append(changes, "a maximum price of "+n.Has+" LILY")
		case n.Has != "":
			changes = append(changes, fmt.Sprintf("%s of %s instead of %s", n.Rule, n.Has, n.Needs))
		default:
			changes = append(changes, "without "+strings.TrimSpace(n.Rule+" "+n.Needs))
		}
	}
	return fmt.Sprintf("provider %s would match with %s", no[0].Provider, strings.Join(changes, " and "))
}
