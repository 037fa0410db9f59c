package node

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules"
)

// moduleSource is package modules as roles know it.
type moduleSource struct{ *modules.Resolver }

// Resolve pins a reference.
func (s moduleSource) Resolve(ctx context.Context, ref string) (lilypad.Module, []byte, error) {
	r, err := s.Resolver.Resolve(ctx, ref)
	return r.Module, r.Template, err
}

// render returns the job for an engine, or for the module's first form that
// the machine prefers if that is empty.
func render(template []byte, params map[string]string, engine lilypad.Engine, m lilypad.Module) (lilypad.Spec, []string, error) {
	r, err := modules.Render(m, template, params)
	if err != nil {
		return lilypad.Spec{}, nil, err
	}
	if engine == "" {
		return r.Spec, r.Warnings, nil
	}
	spec, ok := r.Forms[engine]
	if !ok {
		var has []string
		for _, e := range slices.Sorted(maps.Keys(r.Forms)) {
			has = append(has, string(e))
		}
		return lilypad.Spec{}, nil, lilypad.Errorf(lilypad.Invalid, "module %s has no form for engine %s", m.Name, engine).Try("use --executor %s", strings.Join(has, " or "))
	}
	return spec, r.Warnings, nil
}

// creatorModules renders with warnings.
type creatorModules struct{ moduleSource }

func (creatorModules) Render(template []byte, params map[string]string, engine lilypad.Engine, m lilypad.Module) (lilypad.Spec, []string, error) {
	return render(template, params, engine, m)
}

// runnerModules renders what others have agreed on.
type runnerModules struct{ moduleSource }

func (runnerModules) Render(template []byte, params map[string]string, engine lilypad.Engine, m lilypad.Module) (lilypad.Spec, error) {
	spec, _, err := render(template, params, engine, m)
	return spec, err
}
