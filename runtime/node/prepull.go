package node

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/template"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
)

// prePull brings the images of modules to machines, and their models to this
// one, before a job asks for them, and looks again where a tag has moved or
// something was removed.
type prePull struct {
	Modules  []string // references
	Resolve  func(ctx context.Context, ref string) (lilypad.Module, []byte, error)
	Model    func(ctx context.Context, m lilypad.Model) error
	Machines []fleet.Machine
	Log      *slog.Logger
}

const (
	prePullEvery = 24 * time.Hour
	prePullAgain = 10 * time.Minute // after a failure
)

func (p prePull) run(ctx context.Context) error {
	for {
		wait := prePullEvery
		for _, ref := range p.Modules {
			if err := p.pull(ctx, ref); err != nil && ctx.Err() == nil {
				wait = prePullAgain
				p.Log.Warn("module not pulled before its jobs", "module", ref, "again", wait, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

func (p prePull) pull(ctx context.Context, ref string) error {
	m, tmpl, err := p.Resolve(ctx, ref)
	if err != nil {
		return err
	}
	failed := p.pullModels(ctx, tmpl)
	image := m.Image
	if image == "" {
		p.Log.Info("module has no image to pull", "module", ref)
		return failed
	}
	for _, on := range p.Machines {
		for _, e := range on.Executors {
			f, ok := e.(execution.Fetcher)
			if !ok {
				continue
			}
			began := time.Now()
			if err := f.Fetch(ctx, image); err != nil { // the next machine may be there
				failed = errors.Join(failed, err)
				continue
			}
			p.Log.Info("module is warm", "module", ref, "machine", on.Offer.Name, "image", image, "took", time.Since(began).Round(time.Millisecond))
		}
	}
	return failed
}

// pullModels fetches the models that a module needs with the inputs that it
// requires.
func (p prePull) pullModels(ctx context.Context, tmpl []byte) error {
	seen, err := template.Inspect(tmpl)
	if err != nil {
		return err
	}
	for _, m := range seen.Spec.Models {
		if err := p.Model(ctx, m); err != nil {
			return err
		}
	}
	return nil
}
