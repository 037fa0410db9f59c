package peers

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"cel.dev/cel-go/cel"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/lilypad-network/lilypad/hostapi"
)

const regoPolicy = `package match

jobs := input.offer.jobs_ok + input.offer.jobs_failed

failures := floor((input.offer.jobs_failed * 1000000) / jobs) if jobs >= 10

default bonus := 0

bonus := 5 if input.job.region == input.offer.region

default refused := false

refused if failures > 500000

answer := {"score": 0, "failures": failures} if refused

answer := {"score": bonus - input.offer.price, "failures": 0} if not refused
`

func opa(ctx context.Context) (Peer, error) {
	query, err := rego.New(rego.Query("data.match.answer"), rego.Module("match.rego", regoPolicy)).PrepareForEval(ctx)
	if err != nil {
		return Peer{}, err
	}
	return Peer{Name: "opa", Close: func() {}, Prepare: func(in hostapi.MatchInput) (Ask, error) {
		input, err := asMap(in)
		return func(ctx context.Context) (Answer, error) {
			got, err := query.Eval(ctx, rego.EvalInput(input))
			if err != nil {
				return Answer{}, err
			}
			if len(got) != 1 {
				return Answer{}, fmt.Errorf("%d results", len(got))
			}
			a, _ := got[0].Expressions[0].Value.(map[string]any)
			score, _ := a["score"].(json.Number)
			failures, _ := a["failures"].(json.Number)
			s, err := score.Int64()
			if err != nil {
				return Answer{}, err
			}
			f, err := failures.Int64()
			return Answer{s, uint64(f)}, err
		}, err
	}}, nil
}

const celRule = `(offer.jobs_ok + offer.jobs_failed >= 10 &&
	offer.jobs_failed * 1000000 / (offer.jobs_ok + offer.jobs_failed) > 500000)
	? [0, offer.jobs_failed * 1000000 / (offer.jobs_ok + offer.jobs_failed)]
	: [(has(job.region) && job.region == offer.region ? 5 : 0) - offer.price, 0]`

func celGo(context.Context) (Peer, error) {
	env, err := cel.NewEnv(cel.Variable("job", cel.MapType(cel.StringType, cel.DynType)), cel.Variable("offer", cel.MapType(cel.StringType, cel.DynType)))
	if err != nil {
		return Peer{}, err
	}
	ast, issues := env.Compile(celRule)
	if issues.Err() != nil {
		return Peer{}, issues.Err()
	}
	program, err := env.Program(ast)
	if err != nil {
		return Peer{}, err
	}
	return Peer{Name: "cel", Close: func() {}, Prepare: func(in hostapi.MatchInput) (Ask, error) {
		input, err := asMap(in)
		return func(context.Context) (Answer, error) {
			got, _, err := program.Eval(input)
			if err != nil {
				return Answer{}, err
			}
			list, err := got.ConvertToNative(reflect.TypeFor[[]int64]())
			if err != nil {
				return Answer{}, err
			}
			pair := list.([]int64)
			return Answer{pair[0], uint64(pair[1])}, nil
		}, err
	}}, nil
}

// asMap is a request as interpreters take it: maps with the names of the wire
// fields, and integers.
func asMap(in hostapi.MatchInput) (map[string]any, error) {
	job, err := fields(in.Job)
	if err != nil {
		return nil, err
	}
	offer, err := fields(in.Offers[0])
	return map[string]any{"job": job, "offer": offer, "now": int64(in.Now)}, err
}

func fields(record any) (map[string]any, error) {
	text, err := json.Marshal(record)
	if err != nil {
		return nil, err
	}
	var out map[string]any
	if err := json.Unmarshal(text, &out); err != nil {
		return nil, err
	}
	for k, v := range out {
		if f, ok := v.(float64); ok {
			out[k] = int64(f)
		}
	}
	return out, nil
}
