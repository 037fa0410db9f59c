package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/template"
)

// moduleReaders are the commands that render a template and run nothing.
func (a *app) moduleReaders() []*cobra.Command {
	render := &cobra.Command{
		Use: "render FILE | MODULE[:TAG]", Short: "Show the job that a module makes of inputs", Args: oneArg("FILE or MODULE", "lilypad module render cowsay:v0.0.4 -i Message=moo"),
		Long: `Render reads a template, a folder, or a module by its reference, fills in the
inputs and prints the job in one notation, whatever the template's own: the image
or WASI command, the command line, environment, needs, files and folders, and
what had to be mended or ignored. What cannot be read is refused with its line,
its column and the fix; with --json as a JSON object.

It needs no network for files, folders and the catalog, and looks no image up.`,
		Example: `  lilypad module render cowsay:v0.0.4 -i Message=moo
  lilypad module render ./lilypad_module.json.tmpl -i Prompt="a frog" -i Steps=200 --json
  lilypad module render file:///srv/git/my-module.git:v1 --allow-file`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.told(a.moduleRender(cmd, args[0]))
		},
	}
	inputFlag(render)
	mirrorFlag(render)
	render.Flags().String("executor", "", "wasm or docker; empty: wasm if the module has that form")
	render.Flags().Bool("allow-file", false, "accept file:///PATH[:TAG], a git repository of this machine")
	lint := &cobra.Command{
		Use: "lint FILE | DIR", Short: "Find what is odd in a module's template", Args: oneArg("FILE or DIR", "lilypad module lint ./my-module"),
		Long: `Lint renders a template with its inputs given and left out in turn, and tells
each thing that had to be mended or is ignored, with its line, its column and the
fix. It exits with 1 if there is any.

With --fix it mends the template where that leaves every one of those jobs as it
is, and tells what is left.`,
		Example: "  lilypad module lint ./my-module\n  lilypad module lint lilypad_module.json.tmpl --fix",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.told(a.moduleLint(args[0]))
		},
	}
	lint.Flags().Bool("fix", false, "mend the template where that changes no job")
	return []*cobra.Command{render, lint}
}

// inputFlag is read by inputs.
func inputFlag(cmd *cobra.Command) {
	cmd.Flags().StringArrayP("input", "i", nil, "an input of the module's template, KEY=VALUE (repeatable)")
}

func inputs(cmd *cobra.Command) (map[string]string, error) {
	pairs, err := cmd.Flags().GetStringArray("input") // not by viper, which would split at commas
	if err != nil {
		return nil, err
	}
	return parsePairs("input", pairs)
}

// told prints an error as JSON, if that is asked for.
func (a *app) told(err error) error {
	if _, silent := errors.AsType[cli.Exit](err); err == nil || silent || !a.JSON {
		return err
	}
	type problem struct {
		Code    lilypad.Code `json:"code"`
		Message string       `json:"message"`
		Line    int          `json:"line,omitempty"`
		Column  int          `json:"column,omitempty"`
		Fix     string       `json:"fix,omitempty"`
	}
	out := struct {
		Error problem `json:"error"`
	}{problem{Code: lilypad.CodeOf(err), Message: err.Error(), Fix: lilypad.RemedyOf(err)}}
	if f, ok := errors.AsType[*template.Fault](err); ok {
		out.Error.Line, out.Error.Column, out.Error.Message = f.Line, f.Column, f.Problem
	}
	if printed := a.Result(out, nil); printed != nil {
		return printed
	}
	return cli.Exit(cli.ExitCode(err))
}

// normalised is a job in one notation.
type normalised struct {
	Module     string              `json:"module"`
	Engine     lilypad.Engine      `json:"engine"`
	Image      string              `json:"image,omitempty"`
	Wasm       string              `json:"wasm,omitempty"` // its digest, or its file where that is not there
	Entrypoint []string            `json:"entrypoint"`
	Args       []string            `json:"args"`
	Env        []string            `json:"env"`
	Workdir    string              `json:"workdir"`
	Resources  needs               `json:"resources"`
	Network    bool                `json:"network"`
	Inputs     []lilypad.InputFile `json:"inputs"`
	Models     []pinnedModel       `json:"models,omitempty"`
	Outputs    []lilypad.Output    `json:"outputs"`
	Timeout    lilypad.Seconds     `json:"timeout_s"`
	Warnings   []template.Warning  `json:"warnings"`
}

type needs struct {
	GPU       uint32 `json:"gpu"`
	VRAMMB    uint32 `json:"vram_mb"`
	GPUModel  string `json:"gpu_model,omitempty"`
	GPUDriver string `json:"gpu_driver,omitempty"`
	CPUMilli  uint32 `json:"cpu_milli"`
	RAMMB     uint32 `json:"ram_mb"`
	DiskMB    uint32 `json:"disk_mb"`
}

func normalise(name string, s lilypad.Spec, r template.Rendered) normalised {
	n := normalised{
		Module: name, Engine: s.Engine, Image: s.Image, Wasm: r.WasmPath,
		Entrypoint: list(s.Entrypoint), Args: list(s.Args), Env: list(s.Env), Workdir: s.WorkDir,
		Resources: needs{s.Resources.GPUs, s.Resources.VRAMMB, s.GPUModel, s.GPUDriver, s.Resources.CPUMilli, s.Resources.RAMMB, s.Resources.DiskMB},
		Network:   s.Network, Inputs: list(s.Inputs), Models: pinnedModels(s.Models), Outputs: list(s.Outputs), Timeout: s.Timeout, Warnings: list(r.Warnings),
	}
	switch {
	case s.Engine != lilypad.EngineWasm:
		n.Wasm = ""
	case !s.Wasm.IsZero():
		n.Wasm = "sha256:" + s.Wasm.String()[2:]
	}
	return n
}

// list is never null in JSON.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

func (a *app) moduleRender(cmd *cobra.Command, ref string) error {
	params, err := inputs(cmd)
	if err != nil {
		return err
	}
	name, r, err := a.rendered(cmd.Context(), ref, params)
	if err != nil {
		return err
	}
	spec, err := formOf(r, lilypad.Engine(a.v.GetString("executor")))
	if err != nil {
		return err
	}
	return a.Result(normalise(name, spec, r), func() { a.showJob(normalise(name, spec, r)) })
}

// rendered renders a file as it is, or a module with its pins.
func (a *app) rendered(ctx context.Context, ref string, params map[string]string) (string, template.Rendered, error) {
	info, absent := os.Stat(ref)
	if absent == nil && info.Mode().IsRegular() {
		text, err := readTemplate(ref)
		if err != nil {
			return "", template.Rendered{}, err
		}
		r, err := template.Render(text, params)
		return filepath.Base(ref), r, err
	}
	found, err := a.resolve(ctx, ref, nil)
	if err != nil && absent == nil && !modules.IsFolder(ref) {
		err = lilypad.Errorf(lilypad.CodeOf(err), "%v", err).Try("write ./%s for the folder of that name", ref)
	}
	if err != nil {
		return "", template.Rendered{}, err
	}
	r, err := modules.Render(found.Module, found.Template, params)
	return moduleName(found.Module), r, err
}

// readTemplate reads a file as far as one can be a template.
func readTemplate(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.NotFound, Msg: "template", Err: err, Remedy: "name the file, or the folder that has a " + modules.TemplateFile}
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, template.MaxTemplate+1))
}

// formOf is the form for an engine, or the preferred one.
func formOf(r template.Rendered, engine lilypad.Engine) (lilypad.Spec, error) {
	spec, ok := r.Forms[cmp.Or(engine, r.Spec.Engine)]
	if !ok {
		var has []string
		for _, e := range slices.Sorted(maps.Keys(r.Forms)) {
			has = append(has, string(e))
		}
		return spec, lilypad.Errorf(lilypad.Invalid, "the module has no form for executor %.40q", engine).Try("use --executor %s", strings.Join(has, " or "))
	}
	return spec, nil
}

func (a *app) showJob(n normalised) {
	a.Line("module", "%s", n.Module)
	a.Line("runs", "%s", cmp.Or(n.Image, n.Wasm))
	a.Line("command", "%q", slices.Concat(n.Entrypoint, n.Args))
	for _, e := range n.Env {
		a.Line("env", "%s", e)
	}
	if n.Workdir != "" {
		a.Line("workdir", "%s", n.Workdir)
	}
	a.Line("needs", "%d GPUs of %d MB, %d milli-CPU, %d MB memory, %d MB disk, network %v, %d s", n.Resources.GPU, n.Resources.VRAMMB,
		n.Resources.CPUMilli, n.Resources.RAMMB, n.Resources.DiskMB, n.Network, n.Timeout)
	for _, f := range n.Inputs {
		a.Line("input", "/inputs/%s%s", f.Path, map[bool]string{false: " (optional)"}[f.Required])
	}
	a.showModels(n.Models)
	for _, o := range n.Outputs {
		a.Line("output", "%s from %s", o.Name, o.Path)
	}
	for _, w := range n.Warnings {
		a.Step("note: %s; %s", w, w.Fix)
	}
}

// moduleLint tells what is odd in a template, and with --fix mends it.
func (a *app) moduleLint(file string) error {
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		file = filepath.Join(file, modules.TemplateFile)
	}
	text, err := readTemplate(file)
	if err != nil {
		return err
	}
	work := template.Lint
	fixed := text
	if a.v.GetBool("fix") {
		work = func(text []byte) (left []template.Warning, err error) {
			fixed, left, err = template.Fix(text)
			return left, err
		}
	}
	odd, err := work(text)
	if err != nil {
		for _, w := range odd {
			a.Step("%s; %s", w, w.Fix)
		}
		return err
	}
	if !bytes.Equal(fixed, text) {
		if err := overwrite(file, fixed); err != nil {
			return err
		}
	}
	out := struct {
		File  string             `json:"file"`
		Fixed bool               `json:"fixed"`
		Odd   []template.Warning `json:"odd"`
	}{file, !bytes.Equal(fixed, text), list(odd)}
	if err := a.Result(out, func() {
		for _, w := range odd {
			a.Line("odd", "%s; %s", w, w.Fix)
		}
		switch {
		case out.Fixed:
			a.Line("fixed", "%s; %d left", file, len(odd))
		case len(odd) == 0:
			a.Line("clean", "%s", file)
		}
	}); err != nil || len(odd) == 0 {
		return err
	}
	return cli.Exit(1)
}

// overwrite replaces a file, or the one that a link leads to, at once and keeps
// its mode.
func overwrite(file string, text []byte) error {
	fail := func(err error) error {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "template", Err: err, Remedy: "make the file and its folder writable"}
	}
	file, err := filepath.EvalSymlinks(file)
	if err != nil {
		return fail(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		return fail(err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".lint-*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(text)
	if err := errors.Join(err, tmp.Chmod(info.Mode().Perm()), tmp.Close()); err != nil {
		return fail(err)
	}
	if err := os.Rename(tmp.Name(), file); err != nil {
		return fail(err)
	}
	return nil
}
