package author

import (
	"context"
	"fmt"
	"reflect"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/author/vary"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// question is one call of a hook: a pointer to a [hostapi.MatchInput] and so
// on, and for compare the store with the trees.
type question struct {
	input any
	store storage.Getter
}

// newQuestion is an empty one.
func newQuestion(h hostapi.Hook) question {
	switch h {
	case hostapi.HookMatch:
		return question{input: &hostapi.MatchInput{}}
	case hostapi.HookAdmit:
		return question{input: &hostapi.AdmitInput{}}
	case hostapi.HookAllow:
		return question{input: &hostapi.AllowInput{}}
	case hostapi.HookMediate:
		return question{input: &hostapi.MediateInput{}}
	default:
		return question{input: &hostapi.CompareInput{}}
	}
}

func (q question) items() reflect.Value { return vary.Items(reflect.ValueOf(q.input).Elem()) }

func (q question) len() int { return q.items().Len() }

// pick is the same question about some of the items, in that order.
func (q question) pick(order ...int) question {
	in := reflect.New(reflect.TypeOf(q.input).Elem())
	in.Elem().Set(reflect.ValueOf(q.input).Elem())
	from, to := q.items(), reflect.MakeSlice(q.items().Type(), len(order), len(order))
	for i, at := range order {
		to.Index(i).Set(from.Index(at))
	}
	vary.Items(in.Elem()).Set(to)
	return question{in.Interface(), q.store}
}

// answers are one per item: a [hostapi.Score] and so on; of mediate a
// []hostapi.Action.
func (s *session) answers(ctx context.Context, q question) ([]any, error) {
	s.calls = nil
	switch in := q.input.(type) {
	case *hostapi.MatchInput:
		return boxed(s.Match(ctx, lilypad.Time(in.Now), in.Job, in.Offers))
	case *hostapi.AdmitInput:
		return boxed(s.Admit(ctx, lilypad.Time(in.Now), in.Node, in.Requests))
	case *hostapi.AllowInput:
		return boxed(s.Allow(ctx, lilypad.Time(in.Now), in.Modules))
	case *hostapi.MediateInput:
		plans, err := s.Mediate(ctx, lilypad.Time(in.Now), in.Cases)
		for _, plan := range plans {
			for i := range plan {
				plan[i].Item = 0 // where it stood says nothing of the case
			}
		}
		return boxed(plans, err)
	case *hostapi.CompareInput:
		return boxed(s.Compare(ctx, lilypad.Time(in.Now), in.Pairs, q.store))
	}
	return nil, fmt.Errorf("a question of type %T", q.input)
}

func boxed[T any](list []T, err error) ([]any, error) {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out, err
}
