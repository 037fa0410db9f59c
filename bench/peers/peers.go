// Package peers takes one decision in the ways of other plugin systems: that
// of the built-in plugin "cheapest" with a region bonus of 5, about one offer.
// Each peer gets the request in the form that suits it best; to bring it from
// there to where the decision is taken, and back, is what is measured.
package peers

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/lilypad-network/lilypad/hostapi"
)

// Peer is a system that takes the decision.
type Peer struct {
	Name string
	// Prepare brings a request into the peer's own form and returns the decision
	// to be measured.
	Prepare func(hostapi.MatchInput) (Ask, error)
	Close   func()
}

// Ask takes the decision once.
type Ask func(context.Context) (Answer, error)

// Answer is a score, or for a refused offer its rate of failures in ppm.
type Answer struct {
	Score    int64
	Failures uint64
}

// RegionBonus is the setting that differs from the plugin's default.
const RegionBonus = 5

const maxFailures = 500_000

// New starts a peer.
type New func(context.Context) (Peer, error)

// All are the peers by the order in which they are told.
var All = []New{native, hashicorp, extismGo, extismC, knqyf263, opa, celGo}

func native(context.Context) (Peer, error) {
	return Peer{Name: "native", Close: func() {}, Prepare: func(in hostapi.MatchInput) (Ask, error) {
		return func(context.Context) (Answer, error) { return decide(&in.Job, &in.Offers[0]), nil }, nil
	}}, nil
}

//go:noinline
func decide(j *hostapi.Job, o *hostapi.Offer) Answer {
	failed := uint64(o.JobsFailed)
	if jobs := uint64(o.JobsOk) + failed; jobs >= 10 {
		if failures := failed * 1_000_000 / jobs; failures > maxFailures {
			return Answer{Failures: failures}
		}
	}
	score := -int64(o.Price)
	if j.Region.OK && j.Region.V == o.Region.V {
		score += RegionBonus
	}
	return Answer{Score: score}
}

// buildGo compiles one of the guests in Go and returns the wasm file's name.
func buildGo(ctx context.Context, guest string) (path string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return "", nil, err
	}
	path = dir + "/" + guest + ".wasm"
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildmode=c-shared", "-ldflags=-s -w", "-o", path,
		"github.com/lilypad-network/lilypad/bench/peers/guests/"+guest)
	cmd.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	remove = func() { _ = os.RemoveAll(dir) } // it is in the system's folder for such
	if out, err := cmd.CombinedOutput(); err != nil {
		remove()
		return "", nil, fmt.Errorf("build guest %s: %w: %s", guest, err, out)
	}
	return path, remove, nil
}
