package main

import (
	"context"
	"maps"
	"os"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/template"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// inspected is what a template says of itself.
type inspected struct {
	Inputs   []template.Input `json:"inputs"`
	Forms    []lilypad.Spec   `json:"forms"`
	Warnings []string         `json:"warnings,omitempty"`
}

func inspectTemplate(text []byte) (inspected, error) {
	r, err := template.Inspect(text)
	if err != nil {
		return inspected{}, err
	}
	out := inspected{Inputs: r.Inputs, Warnings: r.Warnings}
	for _, engine := range slices.Sorted(maps.Keys(r.Forms)) {
		out.Forms = append(out.Forms, r.Forms[engine])
	}
	return out, nil
}

func (a *app) signList(ctx context.Context, file string) error {
	settings, err := os.ReadFile(file)
	if err != nil {
		return &lilypad.Error{Code: lilypad.NotFound, Msg: "module list", Err: err}
	}
	key, err := a.key(a.v.GetString("key"))
	if err != nil {
		return err
	}
	signed, err := node.SignAllowList(ctx, settings, key)
	if err != nil {
		return err
	}
	_, err = a.Out.Write(append(signed, '\n'))
	return err
}
