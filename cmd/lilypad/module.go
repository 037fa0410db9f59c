package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/signing"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/modules/git"
	"github.com/lilypad-network/lilypad/modules/registry"
	"github.com/lilypad-network/lilypad/modules/template"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

func (a *app) moduleCommand() *cobra.Command {
	group := &cobra.Command{Use: "module", Short: "Look at job modules, make them, and sign them", Example: "  lilypad module list\n  lilypad module inspect thumbnail:v0.1.0\n  lilypad module init my-module\n  lilypad module sign ./my-module --key publisher.pem"}
	list := &cobra.Command{
		Use: "list", Short: "List the catalog", Example: "  lilypad module list --json", Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return a.moduleList() },
	}
	inspect := &cobra.Command{
		Use: "inspect MODULE[:TAG]", Short: "Show a module's inputs, needs and pins", Example: "  lilypad module inspect cowsay:v0.0.4\n  lilypad module inspect ./my-module", Args: oneArg("MODULE", "lilypad module list"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.moduleInspect(cmd, args[0]) },
	}
	mirrorFlag(inspect)
	inspect.Flags().Bool("allow-file", false, "accept file:///PATH[:TAG], a git repository of this machine")
	steward := &cobra.Command{
		Use: "sign-list FILE", Short: "Sign a network-wide module list, as the network's steward", Args: oneArg("FILE", "lilypad module sign-list rules.json > list.json"),
		Long:    "Sign-list reads settings of the allow plugin list, such as\n  {\"rules\": [{\"action\": \"deny\", \"name\": \"cowsay:*\"}]}\nand prints the signed list that --allow-list takes.",
		Example: "  lilypad module sign-list rules.json > list.json\n  lilypad solver --network ./network.json --allow-list list.json",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.signList(cmd.Context(), args[0]) },
	}
	keyFlag(steward, "steward")
	group.AddCommand(append(a.moduleSigners(), list, inspect, steward)...)
	group.AddCommand(append(a.moduleReaders(), a.moduleTrials()...)...)
	group.AddCommand(a.moduleStandings()...)
	return group
}

// moduleSigners are the commands about who vouches for a module.
func (a *app) moduleSigners() []*cobra.Command {
	sign := &cobra.Command{
		Use: "sign FOLDER", Short: "Vouch for a module as its publisher, or as who has read it", Args: oneArg("FOLDER", "lilypad module sign ./my-module --key publisher.pem"),
		Long: `Sign writes ` + modules.SignaturesFile + `: a DSSE envelope over
the digests of all that will run, so of the template, the WASI command and the
image, which the template must name by its digest. It is written beside the
template, for its publisher to commit; of a published module, sign a clone.
Signatures of other keys stay.`,
		Example: "  lilypad plugin keygen publisher.pem\n  lilypad module sign ./my-module --key publisher.pem",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.moduleSign(cmd.Context(), args[0]) },
	}
	sign.Flags().String("key", "", "file of lilypad plugin keygen")
	verify := &cobra.Command{
		Use: "verify MODULE[:TAG]", Short: "Tell who vouches for a module", Args: oneArg("MODULE", "lilypad module verify github.com/owner/name:v1.0.0"),
		Long: `Verify reads a module as providers do and tells whose signatures on it fit, and
which of those keys you trust. It fails unless one of them is trusted: such a
module runs anywhere that asks for no signature. Modules of the catalog are part
of the program and carry none.`,
		Example: "  lilypad module verify github.com/owner/name:v1.0.0\n  lilypad module verify ./my-module",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.moduleVerify(cmd.Context(), args[0]) },
	}
	mirrorFlag(verify)
	return []*cobra.Command{sign, verify}
}

// mirrorFlag is of every command that reads module repositories.
func mirrorFlag(cmd *cobra.Command) {
	cmd.Flags().StringArray("git-mirror", nil, "read module repositories of a host elsewhere: HOST=URL (repeatable)")
}

// mirrors are those of the flag. A mirror is the operator's own choice.
func (a *app) mirrors() (map[string]string, error) {
	m, err := parsePairs("mirror", a.v.GetStringSlice("git-mirror"))
	for host, to := range m {
		if u, err := url.Parse(to); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, lilypad.Errorf(lilypad.Invalid, "mirror %.100q of %s is no URL", to, host).Try("--git-mirror github.com=https://git.example.org")
		}
	}
	return m, err
}

// resolve pins a module of the catalog, of a repository or of a folder. With
// images nil it keeps an image's tag; with what nodes have, it has their digest.
func (a *app) resolve(ctx context.Context, ref string, images modules.ImagePinner) (modules.Resolved, error) {
	mirrors, err := a.mirrors()
	if err != nil {
		return modules.Resolved{}, err
	}
	cfg := modules.Config{CacheDir: filepath.Join(a.v.GetString("data"), "cache", "modules"), Images: images, Git: git.Config{Mirrors: mirrors, AllowFile: a.v.GetBool("allow-file")}, AllowLocal: true}
	r, err := modules.New(cfg)
	if err != nil {
		return modules.Resolved{}, err
	}
	return r.Resolve(ctx, ref)
}

func (a *app) moduleSign(ctx context.Context, folder string) error {
	if !modules.IsFolder(folder) {
		return noFolder(folder)
	}
	key, err := a.signingKey()
	if err != nil {
		return err
	}
	found, err := a.resolve(ctx, folder, nil)
	if err != nil {
		return err
	}
	text, err := modules.Sign(ctx, found.Module, key, found.Signatures)
	if err != nil {
		return err
	}
	at := filepath.Join(folder, modules.SignaturesFile)
	if err := os.WriteFile(at, text, 0o644); err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "signature file", Remedy: "choose a folder that can be written to", Err: err}
	}
	keys, err := modules.Signers(ctx, found.Module, text)
	out := struct {
		Module lilypad.Module      `json:"module"`
		File   string              `json:"file"`
		Keys   []signing.PublicKey `json:"keys"`
	}{found.Module, at, keys}
	return errors.Join(err, a.Result(out, func() {
		a.Line("module", "%s", moduleName(found.Module))
		for _, k := range keys {
			a.Line("signed", "by %s", k)
		}
		a.Line("file", "%s: commit it beside %s", at, modules.TemplateFile)
	}))
}

// noFolder refuses to sign what is published: its file would lie beside
// something else.
func noFolder(ref string) error {
	e := lilypad.Errorf(lilypad.Invalid, "%.200q is no folder of a module", ref)
	if info, err := os.Stat(ref); err == nil && info.IsDir() {
		return e.Try("write ./%s", ref)
	}
	return e.Try("clone its repository and sign the folder, as in lilypad module sign ./my-module; modules of the catalog are part of the program and need no signature")
}

func (a *app) moduleVerify(ctx context.Context, ref string) error {
	found, err := a.resolve(ctx, ref, nil)
	if err != nil {
		return err
	}
	if modules.IsBuiltIn(found.Module) {
		return lilypad.Errorf(lilypad.Unauthorized, "%s is part of the program and carries no signatures", moduleName(found.Module)).
			Try(`allow it by its publisher "lilypad"; a signed module is named by its repository, such as github.com/owner/name:v1.0.0`)
	}
	if found.Signatures == nil {
		return lilypad.Errorf(lilypad.Unauthorized, "nobody vouches for %s", moduleName(found.Module)).Try("ask its publisher for lilypad module sign, or read it and sign it yourself")
	}
	keys, err := modules.Signers(ctx, found.Module, found.Signatures)
	if err != nil {
		return err
	}
	trust, err := a.store().Trust()
	if err != nil {
		return err
	}
	trusted := slices.DeleteFunc(trust.Keys, func(k pluginstore.TrustedKey) bool { return !slices.Contains(keys, k.Key) })
	if len(trusted) == 0 {
		return lilypad.Errorf(lilypad.Unauthorized, "%s is signed by %s, which you do not trust", moduleName(found.Module), keys[0]).
			Try("lilypad plugin trust %s, after asking the publisher whether that is their key", keys[0])
	}
	out := struct {
		Module lilypad.Module           `json:"module"`
		By     []pluginstore.TrustedKey `json:"signed_by"`
	}{found.Module, trusted}
	return a.Result(out, func() {
		a.Line("module", "%s", moduleName(found.Module))
		a.Line("signed", "by %s", keyNames(trusted))
	})
}

func moduleName(m lilypad.Module) string { return strings.TrimSuffix(m.Name+":"+m.Tag, ":") }

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
	out := inspected{Inputs: r.Inputs, Warnings: r.Notes()}
	for _, engine := range slices.Sorted(maps.Keys(r.Forms)) {
		out.Forms = append(out.Forms, r.Forms[engine])
	}
	return out, nil
}

func (a *app) moduleList() error {
	list := []lilypad.Module{}
	for _, e := range catalog.List() {
		list = append(list, e.Module())
	}
	return a.Result(list, func() {
		var rows [][]string
		for _, m := range list {
			rows = append(rows, []string{m.Name + ":" + m.Tag, m.Wasm.String()[:14], m.Image[:19]})
		}
		a.Table([]string{"module", "wasm", "image"}, rows)
	})
}

func (a *app) moduleInspect(cmd *cobra.Command, ref string) error {
	found, err := a.resolve(cmd.Context(), ref, registry.New(registry.Config{}))
	if err != nil {
		return err
	}
	seen, err := inspectTemplate(found.Template)
	if err != nil {
		return err
	}
	block, err := modules.BlockID(found)
	if err != nil {
		return err
	}
	out := struct {
		ID     lilypad.ModuleID `json:"id"`
		Digest lilypad.Hash     `json:"digest"`
		Block  lilypad.Hash     `json:"block"` // what a block of it names
		Module lilypad.Module   `json:"module"`
		Allow  node.Ruling      `json:"allow"`
		inspected
	}{found.Module.ID(), modules.Digest(found.Module), block, found.Module, a.ruling(cmd.Context(), found, seen.Forms[0]), seen}
	return a.Result(out, func() {
		m := out.Module
		a.Line("module", "%s:%s", m.Name, m.Tag)
		a.Line("id", "%s", out.ID)
		a.Line("digest", "%s", out.Digest)
		a.Line("block", "%s", out.Block)
		a.Line("source", "%s %s", m.Repository, m.Commit)
		a.Line("image", "%s", or(m.Image, "none"))
		if !m.Wasm.IsZero() {
			a.Line("wasm", "sha256:%s", m.Wasm.String()[2:])
		}
		a.Line("allow", "%s, by your plugin %s%s", out.Allow.Permission, out.Allow.Plugin, suffix(out.Allow.Reason))
		for _, f := range out.Forms {
			a.Line("form", "%s: %d MB, %d milli-CPU, %d GPUs, %d s, network %v", f.Engine, f.Resources.RAMMB, f.Resources.CPUMilli, f.Resources.GPUs, f.Timeout, f.Network)
		}
		a.showModels(pinnedModels(out.Forms[0].Models))
		var rows [][]string
		for _, in := range out.Inputs {
			need := "required"
			if !in.Required {
				need = fmt.Sprintf("default %q", in.Default)
			}
			rows = append(rows, []string{in.Key, need, fmt.Sprint(in.Line)})
		}
		slices.SortFunc(rows, func(x, y []string) int { return strings.Compare(x[0], y[0]) })
		a.Table([]string{"input", "", "line"}, rows)
		for _, w := range out.Warnings {
			a.Step("note: %s", w)
		}
	})
}

// ruling is what the allow plugin of this configuration says of a module.
func (a *app) ruling(ctx context.Context, found modules.Resolved, s lilypad.Spec) node.Ruling {
	c := node.Config{Creator: &node.CreatorConfig{}}
	err := a.apply(&c)
	var r node.Ruling
	if err == nil {
		n := lilypad.Needs{Resources: s.Resources, Engine: s.Engine, GPUModel: s.GPUModel, Network: s.Network, Timeout: s.Timeout}
		r, err = node.Rule(ctx, filepath.Join(a.v.GetString("data"), "cache", "plugins"), c.Plugins, c.Creator.Allow, found.Module, n, a.trustedSigners(ctx, found))
	}
	if err != nil {
		return node.Ruling{Plugin: or(c.Creator.Allow.Use, "list"), Permission: "unknown", Reason: err.Error()}
	}
	return r
}

// trustedSigners are those of a module's signers whom this operator trusts.
func (a *app) trustedSigners(ctx context.Context, found modules.Resolved) []pluginstore.TrustedKey {
	if found.Signatures == nil {
		return nil
	}
	keys, _ := modules.Signers(ctx, found.Module, found.Signatures) // those that fit count
	trust, err := a.store().Trust()
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(trust.Keys, func(k pluginstore.TrustedKey) bool { return !slices.Contains(keys, k.Key) })
}

func (a *app) signList(ctx context.Context, file string) error {
	settings, err := os.ReadFile(file)
	if err != nil {
		return &lilypad.Error{Code: lilypad.NotFound, Msg: "module list", Err: err}
	}
	key, err := a.key(ctx, a.v.GetString("key"))
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
