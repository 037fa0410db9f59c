package provider

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
)

// Duty is a deal that a provider has still to do something for, or to be paid.
type Duty struct {
	Job    lilypad.JobID `json:"job"`
	Module string        `json:"module"`
	// Stage is signed, until its money is locked; open, while it waits or runs;
	// delivered, until it is paid or decided.
	Stage string `json:"stage"`
}

// Standing tells whether a provider takes jobs, and what it has on its hands.
type Standing struct {
	Draining bool   `json:"draining"`         // it takes no new jobs
	Offered  bool   `json:"offered"`          // the solver may have its offer
	Duties   []Duty `json:"duties,omitempty"` // by job
	signing  bool
}

// Drained tells that it takes no jobs, that nobody expects it to, and that
// nothing is left to do: it can be stopped for as long as one likes.
func (s Standing) Drained() bool {
	return s.Draining && !s.Offered && !s.signing && len(s.Duties) == 0
}

// drain is whether the provider takes jobs. Guarded by Provider.mu.
type drain struct {
	on      bool
	offered bool // the solver has the offer, or may have it
	signing int  // deals on their way into the journal
}

// Drain has the provider take no new jobs, or take them again. What it has
// signed it serves; what it was asked and has not answered goes back into the
// solver's book, with its offer. Config.Draining is how it starts.
func (p *Provider) Drain(on bool) {
	p.mu.Lock()
	turned := p.drain.on != on
	p.drain.on = on
	p.mu.Unlock()
	if !turned {
		return
	}
	p.Logger.Info("drain", "on", on)
	select {
	case p.turned <- struct{}{}:
	default: // the offer is looked at anyway
	}
	p.Changed()
}

// Standing tells where it stands. A deal that this machine gave up without a
// result is no duty: only its creator, or time, ends it.
func (p *Provider) Standing() Standing {
	p.mu.Lock()
	s := Standing{Draining: p.drain.on, Offered: p.drain.offered, signing: p.drain.signing > 0}
	p.mu.Unlock()
	p.records.Each(func(r record) {
		switch r.Stage {
		case stageSigned, stageOpen, stageDelivered:
			s.Duties = append(s.Duties, Duty{Job: r.ID, Module: r.Posting.Module.Name, Stage: string(r.Stage)})
		}
	})
	slices.SortFunc(s.Duties, func(a, b Duty) int { return strings.Compare(a.Job.String(), b.Job.String()) })
	return s
}

// begin tells whether a deal may be signed, and counts it until end.
func (p *Provider) begin() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drain.on {
		return false
	}
	p.drain.signing++
	return true
}

func (p *Provider) end() {
	p.mu.Lock()
	p.drain.signing--
	on := p.drain.on
	p.mu.Unlock()
	if on {
		p.Changed()
	}
}

func (p *Provider) draining() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.drain.on
}

// offerEvery renews the offer, in case the solver has lost it.
const offerEvery = time.Minute

// offer keeps the solver's book right about this provider until ctx ends.
func (p *Provider) offer(ctx context.Context) error {
	wait := time.Duration(0)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-p.turned:
		case <-time.After(wait):
		}
		wait = offerEvery
		if err := p.putOffer(ctx); err != nil && ctx.Err() == nil {
			wait = 5 * time.Second
			p.Logger.Warn("offer not taken", "in", wait, "error", err)
		}
	}
}

// putOffer makes the offer, or takes it off the book.
func (p *Provider) putOffer(ctx context.Context) error {
	o := p.Offer
	p.mu.Lock()
	off := p.drain.on
	p.drain.offered = p.drain.offered || !off
	p.mu.Unlock()
	if off {
		o.Slots = 0
	}
	err := p.Market.PutOffer(ctx, o)
	if err == nil && !off {
		err = p.tellKey(ctx)
	}
	if err != nil || !off {
		return err
	}
	p.mu.Lock()
	p.drain.offered = false
	p.mu.Unlock()
	p.Changed()
	return nil
}
