package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// defaultPrice is what lilypad provider asks when nobody says.
const defaultPrice = lilypad.LILY

// planPrice proposes a price, and says where it comes from.
func (a *app) planPrice(ctx context.Context, n node.Network, p *plan) (err error) {
	if text := a.v.GetString("price"); text != "" {
		p.PriceFrom = "the price that was given"
		p.Price, err = evenPrice(text)
		return err
	}
	if text := a.v.GetString("hourly"); text != "" {
		hourly, err := lilypad.ParseAmount(text)
		if err != nil {
			return err
		}
		p.Price, p.PriceFrom = hourlyPrice(hourly, p.Rate, p.Slots)
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	a.Step("asking the network's solver what others offer")
	net, err := api.NewSolverClient(n.SolverURL, n.Solver, nil).Network(ctx)
	if err != nil {
		p.Price, p.PriceFrom = defaultPrice, "the program's default: the network's solver did not answer"
		return nil
	}
	p.Price, p.PriceFrom = bookPrice(net.Offers, p.Found.Machine.Capacity.GPUs > 0, p.Key)
	return nil
}

// evenPrice reads a price, which a deal without a verdict halves.
func evenPrice(text string) (lilypad.Amount, error) {
	price, err := lilypad.ParseAmount(text)
	if err == nil && price%2 != 0 {
		err = lilypad.Errorf(lilypad.Invalid, "a price must be an even number of micro-LILY").Try("--price %s", price+1)
	}
	return price, err
}

// hourlyPrice is what the whole measured job costs, so that busy slots bring so
// much in an hour.
func hourlyPrice(hourly lilypad.Amount, rate uint64, slots uint32) (lilypad.Amount, string) {
	seconds := float64(wholeRays) / float64(max(1, rate))
	price := lilypad.Amount(float64(hourly)*seconds/3600/float64(max(1, slots))) &^ 1
	return max(2, price), fmt.Sprintf("%s LILY an hour over %d slots, for jobs of the %.1f s that %s takes here: longer jobs want more", hourly, slots, seconds, benchModule)
}

// bookPrice is the middle of what machines of the kind are offered for.
func bookPrice(offers []lilypad.Offer, gpu bool, self string) (lilypad.Amount, string) {
	kind := map[bool]string{true: "with GPUs", false: "without a GPU"}[gpu]
	var prices []lilypad.Amount
	for _, o := range offers {
		if (o.Capacity.GPUs > 0) == gpu && o.Faulty == "" && o.Provider.String() != self {
			prices = append(prices, o.Price)
		}
	}
	if len(prices) == 0 {
		return defaultPrice, "the program's default: no other machine " + kind + " is offered on the network"
	}
	slices.Sort(prices)
	return max(2, prices[len(prices)/2]&^1), fmt.Sprintf("the middle of the prices of %d machines %s on the network, whose speed nobody tells", len(prices), kind)
}

// askPlan has a person change what is proposed, line by line.
func (a *app) askPlan(p *plan) error {
	a.Step("%s", p.Has)
	for _, q := range []struct {
		what, proposed string
		take           func(string) error
	}{
		{p.PriceFrom + ";\nprice of a job, in LILY", p.Price.String(), func(s string) error {
			price, err := evenPrice(s)
			if err == nil && price != p.Price {
				p.Price, p.PriceFrom = price, "the price that was given"
			}
			return err
		}},
		{"jobs at once", strconv.Itoa(int(p.Slots)), func(s string) error {
			n, err := strconv.ParseUint(s, 10, 10)
			if err != nil || n == 0 {
				return lilypad.Errorf(lilypad.Invalid, "%.20q is not a number of jobs", s).Try("write one of 1 to 1023")
			}
			p.Slots, p.Queue = uint32(n), uint32(2*n)
			return nil
		}},
		{"which jobs to take, by a plugin of " + shipped(hostapi.HookAdmit), p.Admit, takePlugin(hostapi.HookAdmit, &p.Admit)},
		{"which modules may run, by a plugin of " + shipped(hostapi.HookAllow), p.Allow, takePlugin(hostapi.HookAllow, &p.Allow)},
	} {
		if err := a.answer(q.what, q.proposed, q.take); err != nil {
			return err
		}
	}
	return nil
}

// answer asks until the answer is taken; an empty one takes what is proposed.
func (a *app) answer(what, proposed string, take func(string) error) error {
	for {
		fmt.Fprintf(a.Err, "%s [%s]: ", what, proposed)
		line, err := a.stdin().ReadString('\n')
		if err == io.EOF && line == "" {
			return lilypad.Errorf(lilypad.Unauthorized, "nobody answers: nothing was written").Try("--yes, which takes what it proposes")
		}
		if err != nil && err != io.EOF {
			return err
		}
		wrong := take(or(strings.TrimSpace(line), proposed))
		if wrong == nil {
			return nil
		}
		a.Step("%v%s", wrong, suffix(lilypad.RemedyOf(wrong)))
	}
}

func takePlugin(hook hostapi.Hook, to *string) func(string) error {
	return func(s string) error {
		_, err := node.FindPlugin(nil, hook, s)
		if err == nil {
			*to = s
		}
		return err
	}
}

// shipped names the built-in plugins of a hook.
func shipped(hook hostapi.Hook) string {
	all, err := node.Installed(nil)
	if err != nil {
		return hook.String() + " (" + err.Error() + ")"
	}
	var names []string
	for _, m := range all {
		if m.Hook == hook.String() {
			names = append(names, m.Name)
		}
	}
	return strings.Join(names, ", ")
}
