package pluginhost

import (
	"context"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/hostapi/conformance"
)

// vector is an input that every plugin of a hook must survive.
type vector struct {
	name  string
	minor uint16
	input []byte
	items int
}

var vectors = sync.OnceValues(func() (map[hostapi.Hook][]vector, error) {
	calls, err := conformance.Calls()
	if err != nil {
		return nil, err
	}
	byHook := map[hostapi.Hook][]vector{}
	for _, c := range calls {
		input, err := hex.DecodeString(c.InputHex)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		h, _, items, err := hostapi.SplitMessage(input)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		byHook[h.Hook] = append(byHook[h.Hook], vector{c.Name, h.Minor, input, len(items)})
	}
	return byHook, nil
})

// forms read an answer of each hook, whatever it says.
var forms = map[hostapi.Hook]func(out []byte) error{
	hostapi.HookMatch:   form(hostapi.DecodeScores),
	hostapi.HookAdmit:   form(hostapi.DecodeAdmissions),
	hostapi.HookAllow:   form(hostapi.DecodeRulings),
	hostapi.HookMediate: form(hostapi.DecodeActions),
	hostapi.HookCompare: form(hostapi.DecodeComparisons),
}

func form[T any](decode func([]byte) ([]T, error)) func([]byte) error {
	return func(out []byte) error {
		_, err := decode(out)
		return err
	}
}

// conform asks about the conformance vectors of the hook: a plugin may judge
// them as it likes, or return a status, but it must return, in the form that
// the hook has. Vectors that its arena does not hold are left out.
func (p *pool) conform(ctx context.Context) *Refusal {
	all, err := vectors()
	if err != nil {
		return systemFault(err)
	}
	pr := p.program
	for _, v := range all[pr.hook] {
		if v.minor > pr.minor || align16(len(v.input))+max(outputHeader+v.items*maxStride, minAnswer) > int(pr.manifest.Arena) {
			continue
		}
		g, r := p.take(ctx)
		if r != nil {
			return r
		}
		q, t := question{input: v.input, items: make([][]byte, v.items)}, turn{}
		out, r := g.answer(ctx, &q, &t)
		if r == nil {
			if err := forms[pr.hook](out); err != nil {
				r = refusef(RuleOutput, "%v", err)
			}
		}
		p.put(g, &t)
		if r != nil && r.Rule != RuleStatus {
			r.Msg = fmt.Sprintf("conformance vector %s: %s", v.name, r.Msg)
			return r
		}
	}
	return p.forget()
}

// forget gives the pages back that the vectors took.
func (p *pool) forget() *Refusal {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, g := range p.free {
		if err := g.memory.Forget(); err != nil {
			return systemFault(err)
		}
	}
	return nil
}
