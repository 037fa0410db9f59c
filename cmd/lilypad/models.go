package main

import (
	"context"
	"log/slog"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/modelcache"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// modelFlags are of every command that runs jobs.
func modelFlags(cmd *cobra.Command) {
	cmd.Flags().Uint64("model-cache", 50_000, "the most disk that the models of modules may take, in MB; those used longest ago go first")
	cmd.Flags().Bool("allow-private-models", false, "fetch models over http and from private addresses too, such as a mirror of your own")
}

// models reads them.
func (a *app) models() (node.ModelsConfig, error) {
	c := node.ModelsConfig{MaxBytes: a.v.GetUint64("model-cache") * 1_000_000, AllowPrivate: a.v.GetBool("allow-private-models")}
	if a.v.Get("model-cache") != nil && c.MaxBytes == 0 {
		return c, lilypad.Errorf(lilypad.Invalid, "a cache of models without room is none").Try("leave --model-cache out for 50 GB")
	}
	return c, nil
}

// placeModels puts the models of a job of this command alone into its folder.
func (a *app) placeModels(ctx context.Context, job execution.Job) error {
	if len(job.Spec.Models) == 0 {
		return nil
	}
	c, err := a.models()
	if err != nil {
		return err
	}
	cache, err := modelcache.New(modelcache.Config{
		Dir: filepath.Join(a.v.GetString("data"), "cache", "models"), MaxBytes: c.MaxBytes, AllowPrivate: c.AllowPrivate,
		Log: slog.New(slog.NewTextHandler(&cli.Terminal{W: a.Err}, nil)),
	})
	if err != nil {
		return err
	}
	return cache.Place(ctx, job.Spec.Models, job.Dir)
}

// pinnedModel is a model in the notation of templates.
type pinnedModel struct {
	URL    string `json:"url"`
	SHA256 string `json:"sha256,omitempty"`
	Bytes  uint64 `json:"bytes,omitempty"`
	Path   string `json:"path"`
}

func pinnedModels(models []lilypad.Model) (out []pinnedModel) {
	for _, m := range models {
		p := pinnedModel{URL: m.URL, Bytes: m.Bytes, Path: m.Path}
		if !m.SHA256.IsZero() {
			p.SHA256 = m.SHA256.String()[2:]
		}
		out = append(out, p)
	}
	return out
}

func (a *app) showModels(models []pinnedModel) {
	for _, m := range models {
		a.Line("model", "%s, %d bytes, sha256:%s from %s", m.Path, m.Bytes, or(m.SHA256, "?"), m.URL)
	}
}
