package execution

import (
	"context"
	"path/filepath"

	"github.com/lilypad-network/lilypad"
)

// Models brings the models of jobs to where they run.
type Models interface {
	// Check refuses models that Place would refuse, or that are not here where
	// none may be fetched for a job. Invalid, Unauthorized or NotFound, with the
	// rule.
	Check(ctx context.Context, models []lilypad.Model) error
	// Place puts each model, whole and verified, into a job's folder, at its
	// ModelFile. Whoever removes the folder gives them back. The errors of Check,
	// and Unavailable or Timeout for a model that could not be fetched now.
	Place(ctx context.Context, models []lilypad.Model, dir string) error
}

// ModelFile is where a model with that path lies in a job's folder.
func ModelFile(dir, path string) string {
	return filepath.Join(dir, "models", filepath.FromSlash(path))
}

// NoModels is for who runs modules without models alone.
type NoModels struct{}

var _ Models = NoModels{}

// Check implements [Models].
func (NoModels) Check(_ context.Context, models []lilypad.Model) error {
	if len(models) > 0 {
		return lilypad.Errorf(lilypad.Invalid, "the module needs models, and no place to keep them is set here")
	}
	return nil
}

// Place implements [Models].
func (n NoModels) Place(ctx context.Context, models []lilypad.Model, _ string) error {
	return n.Check(ctx, models)
}
