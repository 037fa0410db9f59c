package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/signing"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// storeCommands are for those who use the plugins of others.
func (a *app) storeCommands() []*cobra.Command {
	return append([]*cobra.Command{a.listCommand(), a.enableCommand(), a.disableCommand(), a.whyCommand()}, a.packageCommands()...)
}

// packageCommands bring packages here, and from here to others.
func (a *app) packageCommands() []*cobra.Command {
	install := &cobra.Command{
		Use: "install FOLDER | FILE.wasm", Short: "Install a plugin from this machine", Args: oneArg("FOLDER or FILE.wasm", "lilypad plugin install demo/dist"),
		Long: `Install checks a package and puts it into the plugin store of the data folder:
a folder with plugin.wasm and manifest.json, as lilypad plugin build writes, an
OCI image layout, or a wasm file with its manifest beside it. It must be signed
by a key of lilypad plugin trust. An installed plugin is asked nothing before
it is enabled.`,
		Example: "  lilypad plugin install demo/dist\n  lilypad plugin install demo/dist --unsigned",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginInstall(cmd.Context(), args[0]) },
	}
	install.Flags().Bool("unsigned", false, "take a package that no trusted key has signed")
	pull := &cobra.Command{
		Use: "pull REFERENCE", Short: "Install a plugin from a registry", Args: oneArg("REFERENCE", "lilypad plugin pull registry.example.org/plugins/demo@sha256:DIGEST"),
		Long: `Pull downloads a package from an OCI registry and installs it, if a key of
lilypad plugin trust has signed it. A tag is resolved, and the digest that it
stood for is printed and kept as the package's origin. Credentials are those of
docker login.`,
		Example: "  lilypad plugin pull registry.example.org/plugins/demo@sha256:DIGEST\n  lilypad plugin pull localhost:5000/plugins/demo:1.0.0",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginPull(cmd.Context(), args[0]) },
	}
	push := &cobra.Command{
		Use: "push PLUGIN REFERENCE", Short: "Upload a plugin to a registry", Args: pushArgs,
		Long: `Push uploads a package, from a folder or from the plugin store, to an OCI
registry as HOST/REPOSITORY:TAG, or adds it to an OCI image layout as
oci:FOLDER. It prints the reference by digest, which is what to give to others.`,
		Example: "  lilypad plugin push demo/dist registry.example.org/plugins/demo:1.0.0\n  lilypad plugin push match/demo oci:./layout",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginPush(cmd.Context(), args[0], args[1]) },
	}
	for _, c := range []*cobra.Command{pull, push} {
		c.Flags().Bool("plain-http", false, "speak HTTP to the registry; on this machine it is used anyway")
	}
	rm := &cobra.Command{
		Use: "rm PLUGIN", Short: "Remove a plugin from the store", Args: oneArg("HOOK/NAME or digest", "lilypad plugin list"),
		Example: "  lilypad plugin rm match/demo\n  lilypad plugin rm sha256:DIGEST --force",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := a.store().Find(cmd.Context(), args[0])
			if err == nil {
				err = a.store().Remove(cmd.Context(), found.ID, a.v.GetBool("force"))
			}
			if err != nil {
				return err
			}
			return a.done("removed", found.String(), found.ID)
		},
	}
	rm.Flags().Bool("force", false, "disable it first, even if open deals may name it")
	return append([]*cobra.Command{install, pull, push, rm}, a.trustCommands()...)
}

// trustCommands are about who vouches for what.
func (a *app) trustCommands() []*cobra.Command {
	keygen := &cobra.Command{
		Use: "keygen FILE", Short: "Make a key to sign plugins and modules with", Args: oneArg("FILE", "lilypad plugin keygen publisher.pem"),
		Example: "  lilypad plugin keygen publisher.pem",
		RunE: func(_ *cobra.Command, args []string) error {
			k, err := signing.GenerateKey(args[0])
			if err != nil {
				return err
			}
			out := struct {
				File string            `json:"file"`
				Key  signing.PublicKey `json:"key"`
			}{args[0], k.PublicKey}
			return a.Result(out, func() {
				a.Line("file", "%s: keep it to yourself", out.File)
				a.Line("key", "%s: tell it to those who will use what you sign", out.Key)
			})
		},
	}
	sign := &cobra.Command{
		Use: "sign FOLDER | FILE.wasm", Short: "Sign a plugin", Args: oneArg("FOLDER or FILE.wasm", "lilypad plugin sign demo/dist --key publisher.pem"),
		Long: `Sign writes signatures.json beside the manifest: a DSSE envelope over it. The
manifest names the module by its digest, so both are signed. Signatures of
other keys stay.`,
		Example: "  lilypad plugin sign demo/dist --key publisher.pem",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginSign(cmd.Context(), args[0]) },
	}
	sign.Flags().String("key", "", "file of lilypad plugin keygen")
	verify := &cobra.Command{
		Use: "verify FOLDER | FILE.wasm", Short: "Tell whether a plugin would be taken, and who signed it", Args: oneArg("FOLDER or FILE.wasm", "lilypad plugin verify demo/dist"),
		Example: "  lilypad plugin verify demo/dist",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginVerify(cmd.Context(), args[0]) },
	}
	trust := &cobra.Command{
		Use: "trust [KEY]", Short: "Trust who has a key, or list whom you trust", Args: trustArgs,
		Long: `Trust lets a publisher's plugins be installed, and has admit and allow plugins
see who signed a module. With --remove it ends that, and running nodes stop
using what this key alone has signed. Without a key it lists
those that are trusted.`,
		Example: "  lilypad plugin trust\n  lilypad plugin trust ed25519:HEX --name alice\n  lilypad plugin trust ed25519:HEX --remove",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.pluginTrust(cmd.Context(), args) },
	}
	trust.Flags().String("name", "", "what to call its owner")
	trust.Flags().Bool("remove", false, "trust the key no more")
	return []*cobra.Command{keygen, sign, verify, trust}
}

func pushArgs(_ *cobra.Command, args []string) error {
	if len(args) != 2 {
		return lilypad.Errorf(lilypad.Invalid, "want a plugin and where to push it, got %d words", len(args)).Try("lilypad plugin push demo/dist HOST/REPOSITORY:TAG")
	}
	return nil
}

func trustArgs(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return lilypad.Errorf(lilypad.Invalid, "want one KEY at most, got %d words", len(args)).Try("lilypad plugin trust KEY --name NAME")
	}
	return nil
}

func (a *app) store() *pluginstore.Store { return pluginstore.New(a.storeDir()) }

func (a *app) storeDir() string { return filepath.Join(a.v.GetString("data"), "plugins") }

// done prints what was done with a plugin.
func (a *app) done(what, name string, id lilypad.PluginID) error {
	out := struct {
		Plugin string           `json:"plugin"`
		Digest lilypad.PluginID `json:"digest"`
	}{name, id}
	return a.Result(out, func() { a.Line(what, "%s %s", name, id) })
}

func (a *app) pluginInstall(ctx context.Context, path string) error {
	p, err := pluginstore.Read(path)
	if err != nil {
		return err
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return a.installPackage(ctx, p, path, a.v.GetBool("unsigned"))
}

func (a *app) pluginPull(ctx context.Context, ref string) error {
	a.Step("asking the registry for %s", ref)
	p, pinned, err := pluginstore.Registry{PlainHTTP: a.v.GetBool("plain-http")}.Pull(ctx, ref)
	if err != nil {
		return err
	}
	a.Step("downloaded %s", pinned)
	return a.installPackage(ctx, p, pinned, false)
}

// installPackage puts a package into the store once a node would load it.
func (a *app) installPackage(ctx context.Context, p pluginstore.Package, origin string, unsigned bool) error {
	if err := a.check(ctx, p, nil, p.Info.Capabilities, false); err != nil {
		return err
	}
	if err := a.store().Install(ctx, p, origin, unsigned); err != nil {
		return err
	}
	name := p.Info.Hook + "/" + p.Info.Name
	if err := a.done("installed", name+"@"+p.Info.Version, p.ID); err != nil {
		return err
	}
	grants := ""
	if len(p.Info.Capabilities) > 0 {
		grants = " --grant " + strings.Join(p.Info.Capabilities, " --grant ")
	}
	a.Step("use it with: lilypad plugin enable %s%s", name, grants)
	return nil
}

// check is what a node does to load a package.
func (a *app) check(ctx context.Context, p pluginstore.Package, settings map[string]any, grants []string, start bool) error {
	cache := filepath.Join(a.v.GetString("data"), "cache", "plugins")
	if err := ensurePrivate(a.v.GetString("data")); err != nil {
		return err
	}
	return node.CheckPlugin(ctx, cache, p, settings, grants, start)
}

func (a *app) pluginPush(ctx context.Context, ref, to string) error {
	p, err := a.readPackage(ctx, ref)
	if err == nil {
		err = p.CheckSignatures(ctx)
	}
	if err != nil {
		return err
	}
	out := struct {
		Plugin    lilypad.PluginID `json:"plugin"`
		Reference string           `json:"reference"`
	}{Plugin: p.ID}
	if dir, local := strings.CutPrefix(to, "oci:"); local {
		var digest string
		digest, err = p.WriteLayout(ctx, dir)
		out.Reference = to + "@" + digest
	} else {
		a.Step("uploading to %s", to)
		out.Reference, err = pluginstore.Registry{PlainHTTP: a.v.GetBool("plain-http")}.Push(ctx, p, to)
	}
	if err != nil {
		return err
	}
	if p.Signatures == nil {
		a.Step("note: it is not signed; nobody can pull it before lilypad plugin sign and another push")
	}
	return a.Result(out, func() { a.Line("pushed", "%s", out.Reference) })
}

// readPackage reads a folder or file, or else a plugin of the store.
func (a *app) readPackage(ctx context.Context, ref string) (pluginstore.Package, error) {
	if _, err := os.Stat(ref); err == nil {
		return pluginstore.Read(ref)
	}
	found, err := a.store().Find(ctx, ref)
	if err != nil {
		return pluginstore.Package{}, err
	}
	return a.store().Package(found.ID)
}

func (a *app) pluginSign(ctx context.Context, path string) error {
	key, err := a.signingKey()
	if err != nil {
		return err
	}
	p, err := pluginstore.Read(path)
	if err != nil {
		return err
	}
	if p, err = p.Sign(ctx, key); err != nil {
		return err
	}
	at, err := p.WriteSignatures(path)
	if err != nil {
		return err
	}
	out := struct {
		Plugin lilypad.PluginID    `json:"plugin"`
		File   string              `json:"file"`
		Keys   []signing.PublicKey `json:"keys"`
	}{p.ID, at, p.Signers()}
	return a.Result(out, func() {
		a.Line("plugin", "%s/%s@%s %s", p.Info.Hook, p.Info.Name, p.Info.Version, p.ID)
		for _, k := range out.Keys {
			a.Line("signed", "by %s", k)
		}
		a.Line("file", "%s", at)
	})
}

// signingKey is the publisher's key that --key names.
func (a *app) signingKey() (signing.PrivateKey, error) {
	file := a.v.GetString("key")
	if file == "" {
		return signing.PrivateKey{}, lilypad.Errorf(lilypad.Invalid, "no key to sign with").Try("lilypad plugin keygen FILE, then --key FILE")
	}
	return signing.ReadKey(file)
}

func (a *app) pluginVerify(ctx context.Context, path string) error {
	p, err := pluginstore.Read(path)
	if err != nil {
		return err
	}
	if err := a.check(ctx, p, nil, p.Info.Capabilities, false); err != nil {
		return err
	}
	trust, err := a.store().Trust()
	if err != nil {
		return err
	}
	by, err := trust.Verify(ctx, p)
	if err != nil {
		return err
	}
	out := struct {
		Plugin lilypad.PluginID         `json:"plugin"`
		By     []pluginstore.TrustedKey `json:"signed_by"`
	}{p.ID, by}
	return a.Result(out, func() {
		a.Line("plugin", "%s/%s@%s %s", p.Info.Hook, p.Info.Name, p.Info.Version, p.ID)
		a.Line("signed", "by %s", keyNames(by))
	})
}

func keyNames(keys []pluginstore.TrustedKey) string {
	var names []string
	for _, k := range keys {
		names = append(names, or(k.Name, k.Key.String()))
	}
	return strings.Join(names, ", ")
}

func (a *app) pluginTrust(ctx context.Context, args []string) error {
	s := a.store()
	if len(args) > 0 {
		k, err := signing.ParsePublicKey(args[0])
		if err != nil {
			return err
		}
		if a.v.GetBool("remove") {
			err = s.RemoveKey(ctx, k)
		} else {
			err = s.AddKey(ctx, pluginstore.TrustedKey{Key: k, Name: a.v.GetString("name")})
		}
		if err != nil {
			return err
		}
	} else if a.v.GetBool("remove") {
		return lilypad.Errorf(lilypad.Invalid, "no key to remove").Try("lilypad plugin trust KEY --remove")
	}
	t, err := s.Trust()
	if err != nil {
		return err
	}
	return a.Result(t, func() {
		var rows [][]string
		for _, k := range t.Keys {
			rows = append(rows, []string{k.Name, k.Key.String()})
		}
		for _, id := range t.Unsigned {
			rows = append(rows, []string{"(unsigned)", id.String()})
		}
		a.Table([]string{"who", "key or package"}, rows)
	})
}

// known is a plugin that can be enabled.
type known struct {
	manifest hostapi.Manifest
	id       lilypad.PluginID
	builtin  bool
	pkg      func() (pluginstore.Package, error)
}

func (k known) String() string {
	return fmt.Sprintf("%s/%s@%s", k.manifest.Hook, k.manifest.Name, k.manifest.Version)
}

// find returns the installed plugin, or else the built-in one, of a name or
// digest.
func (a *app) find(ctx context.Context, ref string) (known, error) {
	found, err := a.store().Find(ctx, ref)
	if err == nil {
		return known{found.Manifest, found.ID, false, func() (pluginstore.Package, error) { return a.store().Trusted(ctx, found.ID) }}, nil
	}
	if lilypad.CodeOf(err) != lilypad.NotFound {
		return known{}, err
	}
	builtin, listErr := plugins.List()
	if listErr != nil {
		return known{}, listErr
	}
	for _, p := range builtin {
		if pluginstore.Named(ref, p.ID(), p.Manifest) {
			return known{p.Manifest, p.ID(), true, func() (pluginstore.Package, error) { return node.BuiltinPackage(p) }}, nil
		}
	}
	return known{}, err
}
