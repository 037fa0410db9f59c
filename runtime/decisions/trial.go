package decisions

import (
	"context"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Trial asks a plugin what another was asked, to see what would have been.
type Trial struct {
	Plugin *pluginhost.Plugin
	// First is what Plugin is compared with, and asked too; nil: what was
	// recorded. Entries of [Sample] have nothing recorded.
	First *pluginhost.Plugin
	// Busy is how long a job that only one of the two takes keeps its slot;
	// 0: as long as its time limit, which is the most that it can be.
	Busy time.Duration
	// Store returns where a role keeps result trees; for compare only.
	Store func(role string) storage.Getter
	// Progress is called after each entry; nil: nobody is told.
	Progress func(done, of int)
}

// Run asks about entries of the plugin's hook, oldest first, and compares. A
// provider is as busy as it would have been, see [Trial.Busy]; that it would
// have had another history, and been offered other jobs, is left out.
//
// # Errors
//
// Invalid for an entry of another hook or one that cannot be read. A question
// that the plugin does not answer is counted in the report.
func (t *Trial) Run(ctx context.Context, entries []*Entry) (*Report, error) {
	m := t.Plugin.Manifest()
	for _, e := range entries {
		if e.Record.Hook != m.Hook {
			return nil, lilypad.Errorf(lilypad.Invalid, "decision %s is of the hook %s; the plugin is for %s", e.ID(), e.Record.Hook, m.Hook)
		}
	}
	questions, _, err := pose(entries)
	if err != nil {
		return nil, err
	}
	c := newComparison(m)
	is, was := t.side(t.Plugin), t.side(t.First)
	for i, q := range questions {
		recorded, first := q.said, q.said
		if t.First != nil {
			recorded = make([]Answer, len(q.said)) // nobody took anything
			if first, err = was.ask(ctx, q, recorded); err != nil {
				return nil, err
			}
		}
		other, err := is.ask(ctx, q, recorded)
		if err != nil {
			return nil, err
		}
		c.add(q.role, q.asked.items(), first, other)
		if t.Progress != nil {
			t.Progress(i+1, len(questions))
		}
	}
	c.fault = is.fault
	return c.report(), nil
}

func (t *Trial) side(p *pluginhost.Plugin) *side {
	return &side{trial: t, plugin: p, loads: map[hostapi.Bytes20]*load{}}
}

// side is one plugin in a trial, with what it did so far.
type side struct {
	trial  *Trial
	plugin *pluginhost.Plugin
	loads  map[hostapi.Bytes20]*load // by provider
	fault  string                    // why the first question was not answered that was not
}

// ask asks a question again. recorded is what was said.
func (s *side) ask(ctx context.Context, p *posed, recorded []Answer) ([]Answer, error) {
	q := p.asked
	var out []Answer
	var err error
	words := manifestReasons(s.plugin.Manifest())
	switch q.hook {
	case hostapi.HookAdmit:
		return s.admit(ctx, q.admit, recorded, words)
	case hostapi.HookMatch:
		var list []hostapi.Score
		if list, err = s.plugin.Match(ctx, lilypad.Time(q.match.Now), q.match.Job, q.match.Offers); err == nil {
			out = []Answer{ranked(q.match.Offers, list, words)}
		}
	case hostapi.HookAllow:
		var list []hostapi.Ruling
		list, err = s.plugin.Allow(ctx, lilypad.Time(q.allow.Now), q.allow.Modules)
		for _, r := range list {
			out = append(out, ruled(r, words))
		}
	case hostapi.HookMediate:
		var plans [][]hostapi.Action
		if plans, err = s.plugin.Mediate(ctx, lilypad.Time(q.mediate.Now), q.mediate.Cases); err == nil {
			out = planned(slices.Concat(plans...), len(plans), words)
		}
	case hostapi.HookCompare:
		var list []hostapi.Comparison
		var store storage.Getter
		if s.trial.Store != nil {
			store = s.trial.Store(p.role)
		}
		list, err = s.plugin.Compare(ctx, lilypad.Time(q.compare.Now), q.compare.Pairs, store)
		for _, c := range list {
			out = append(out, compared(c, words))
		}
	}
	if err == nil {
		return out, nil
	}
	a, err := s.failed(ctx, err)
	return slices.Repeat([]Answer{a}, len(q.items())), err
}

// failed turns a plugin's failure into its answer, and lets others through.
func (s *side) failed(ctx context.Context, err error) (Answer, error) {
	if ctx.Err() != nil {
		return Answer{}, ctx.Err()
	}
	if s.fault == "" {
		s.fault = err.Error()
	}
	return Answer{Word: wordFail}, nil
}

// admit asks about each request with the provider as busy as it would be.
func (s *side) admit(ctx context.Context, in hostapi.AdmitInput, recorded []Answer, words reasons) ([]Answer, error) {
	l := s.loads[in.Node.Address]
	if l == nil {
		l = &load{}
		s.loads[in.Node.Address] = l
	}
	now, took := lilypad.Time(in.Now), hostapi.AnswerTake.String()
	l.at(now)
	var out []Answer
	for i, r := range in.Requests {
		n, a := l.apply(in.Node), Answer{Word: wordRoom}
		switch {
		case l.took(r.ID):
			a = Answer{Word: took} // at the price of that time
		case l.room(n, r):
			got, err := s.plugin.Admit(ctx, now, n, []hostapi.Request{r})
			if err == nil {
				a = admitted(r, got[0], words)
			} else if a, err = s.failed(ctx, err); err != nil {
				return nil, err
			}
		}
		l.differ(recorded[i].Word == took, a.Word == took, hold{r.ID, now + s.keeps(r), r.GPUs, r.ProviderStake})
		out = append(out, a)
	}
	return out, nil
}

// keeps is how long a job keeps its slot.
func (s *side) keeps(r hostapi.Request) lilypad.Time {
	if busy := s.trial.Busy; busy > 0 {
		return lilypad.Time((busy + time.Second - 1) / time.Second)
	}
	return lilypad.Time(r.Timeout)
}
