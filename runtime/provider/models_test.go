package provider_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

// fakeModels has every model, and lets jobs have those that are warm.
type fakeModels struct{ warm bool }

func (f fakeModels) Check(context.Context, []lilypad.Model) error {
	if !f.warm {
		return lilypad.Errorf(lilypad.NotFound, "the model is cold")
	}
	return nil
}

func (fakeModels) Place(_ context.Context, models []lilypad.Model, dir string) error {
	for _, m := range models {
		file := execution.ModelFile(dir, m.Path)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(file, make([]byte, m.Bytes), 0o400); err != nil {
			return err
		}
	}
	return nil
}

// A job gets its models before it starts; one whose models may not be had is
// declined, and costs no stake.
func TestProvider_models(t *testing.T) {
	for name, c := range map[string]struct {
		models execution.Models
		want   string // in the refusal
	}{
		"here": {fakeModels{warm: true}, ""},
		"cold": {fakeModels{}, "models: the model is cold"},
		"none": {nil, "no place to keep them"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, func(cfg *provider.Config) {
					spec := cfg.Modules.(fakeModules).spec
					spec.Models = []lilypad.Model{{URL: "https://h/w", SHA256: lilypad.Hash{1}, Bytes: 7, Path: "/models/w"}}
					cfg.Modules, cfg.Models = fakeModules{spec}, c.models
				})
				j := b.job()
				b.propose(j)
				if a := b.answer(j.ID); (a.Deal == nil) != (c.want != "") || !strings.Contains(a.Reason, c.want) {
					t.Fatalf("answer %+v, want %q", a, c.want)
				}
				if c.want != "" {
					return
				}
				b.open(j)
				if b.delivered(j) == 0 {
					t.Error("the job was not run")
				}
			})
		})
	}
}
