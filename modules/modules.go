package modules

import (
	"context"
	"crypto/sha256"
	"maps"
	"strings"
	"sync"

	"github.com/google/go-containerregistry/pkg/name"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/modules/git"
	"github.com/lilypad-network/lilypad/modules/template"
)

// TemplateFile is the file that makes a repository a module.
const TemplateFile = "lilypad_module.json.tmpl"

// maxWasm bounds a WASI command in a repository, in bytes.
const maxWasm = 16 << 20

const (
	catalogRepository = "catalog"
	localRepository   = "local"
)

// IsBuiltIn tells whether a pinned module claims to be of the catalog.
func IsBuiltIn(m lilypad.Module) bool { return m.Repository == catalogRepository }

// Config of a Resolver.
type Config struct {
	CacheDir   string // keeps what was read of repositories; required
	CacheBytes int64  // the most that it keeps, but for the newest module; zero: 512 MiB
	Git        git.Config
	// Images looks up the digests of image tags. Nil: the module keeps the
	// tag, which its author may move.
	Images ImagePinner
	// AllowLocal accepts a folder of this machine, or a template in one, written
	// ./path or /path. Nobody else can check such a module, nor one of a git
	// repository of this machine, for which see Git.AllowFile.
	AllowLocal bool
}

// ImagePinner turns the tag of an image into its digest.
type ImagePinner interface {
	Pin(ctx context.Context, image string) (string, error)
}

// Resolver finds modules. Safe for concurrent use.
type Resolver struct {
	cfg      Config
	git      *git.Client
	sweeping sync.Mutex // of the cache

	mu     sync.Mutex // guards signed
	signed map[string]signed
}

// Resolved is a pinned module, its template, and if it has them its WASI
// command and its signature file.
type Resolved struct {
	Module     lilypad.Module
	Template   []byte
	Wasm       []byte
	Signatures []byte
}

// New returns a resolver.
//
// # Errors
//
// Invalid when CacheDir is not set.
func New(cfg Config) (*Resolver, error) {
	if cfg.CacheDir == "" {
		return nil, lilypad.Errorf(lilypad.Invalid, "modules: no cache folder")
	}
	if cfg.CacheBytes == 0 {
		cfg.CacheBytes = maxCache
	}
	return &Resolver{cfg: cfg, git: git.New(cfg.Git), signed: map[string]signed{}}, nil
}

// Resolve finds the module that ref names and pins it.
//
// # Errors
//
// Invalid for what is no reference or a template that cannot be read, NotFound
// with the nearest names, Unauthorized for a place that is not allowed,
// Timeout and Unavailable when its host does not answer.
func (r *Resolver) Resolve(ctx context.Context, ref string) (Resolved, error) {
	f, err := parse(ref)
	if err != nil {
		return Resolved{}, err
	}
	switch {
	case f.folder != "":
		return r.local(ctx, f.folder)
	case f.repository != "":
		return r.repository(ctx, f.repository, f.tag)
	}
	entry, missing := catalog.Lookup(f.name, f.tag)
	if missing == nil {
		return fromCatalog(ctx, entry)
	}
	found, err := r.repository(ctx, "github.com/lilypad-tech/"+repositoryPrefix+f.name, f.tag)
	if err != nil {
		return Resolved{}, unknown(f, err)
	}
	return found, nil
}

func fromCatalog(ctx context.Context, e catalog.Entry) (Resolved, error) {
	wasm, err := catalog.Wasm(ctx, e.Wasm)
	if err != nil {
		return Resolved{}, err
	}
	return Resolved{Module: e.Module(), Template: e.Template, Wasm: wasm}, nil
}

func (r *Resolver) repository(ctx context.Context, repository, tag string) (Resolved, error) {
	commit, err := r.commit(ctx, repository, tag)
	if err != nil {
		return Resolved{}, err
	}
	files, err := r.files(ctx, repository, commit)
	if err != nil {
		return Resolved{}, err
	}
	m := lilypad.Module{Name: shortName(repository), Tag: tag, Repository: repository, Commit: commit, Publisher: publisher(repository)}
	if isFile(repository) { // which nobody else can check
		m.Repository, m.Publisher = localRepository, ""
	}
	return r.describe(ctx, m, files)
}

// describe fills in what the template says: the digests and the image.
func (r *Resolver) describe(ctx context.Context, m lilypad.Module, f files) (Resolved, error) {
	seen, err := template.Inspect(f.template)
	if err != nil {
		return Resolved{}, err
	}
	m.Template = sha256.Sum256(f.template)
	if form, ok := seen.Forms[lilypad.EngineWasm]; ok {
		if m.Wasm = sha256.Sum256(f.wasm); f.wasm == nil {
			return Resolved{}, lilypad.Errorf(lilypad.Invalid, "the template's wasm is not a file of the module").
				Try(`name the file, as in "wasm": {"path": "tool.wasm"}`)
		}
		if !form.Wasm.IsZero() && form.Wasm != m.Wasm {
			return Resolved{}, lilypad.Errorf(lilypad.Invalid, "%s has the SHA-256 %s, the template says %s", seen.WasmPath, m.Wasm, form.Wasm).
				Try("tell the module's author, or use another commit")
		}
	}
	if m.Image = seen.Forms[lilypad.EngineDocker].Image; m.Image != "" && r.cfg.Images != nil {
		if m.Image, err = r.cfg.Images.Pin(ctx, m.Image); err != nil {
			return Resolved{}, err
		}
	}
	return Resolved{m, f.template, f.wasm, f.signatures}, nil
}

// Verify checks that the module is what its fields claim, from the catalog or
// from the repository itself, and that the template is the module's. Tag is
// what somebody once asked for and proves nothing; the same goes for the digest
// of an image whose template names it by a tag, which may have moved since.
//
// # Errors
//
// Invalid, naming the field that is not true, and those of Resolve.
func (r *Resolver) Verify(ctx context.Context, m lilypad.Module, tmpl []byte) error {
	if sha256.Sum256(tmpl) != m.Template {
		return untrue("template", lilypad.Hash(sha256.Sum256(tmpl)).String(), m.Template.String())
	}
	own, err := r.again(ctx, m)
	if err != nil {
		return err
	}
	for _, f := range []struct{ field, is, claim string }{
		{"name", own.Name, m.Name},
		{"repository", own.Repository, m.Repository},
		{"commit", own.Commit, m.Commit},
		{"publisher", own.Publisher, m.Publisher},
		{"template", own.Template.String(), m.Template.String()},
		{"wasm", own.Wasm.String(), m.Wasm.String()},
	} {
		if f.is != f.claim {
			return untrue(f.field, f.is, f.claim)
		}
	}
	if !sameImage(own.Image, m.Image) {
		return untrue("image", own.Image, m.Image)
	}
	return nil
}

// again resolves a module by its pins.
func (r *Resolver) again(ctx context.Context, m lilypad.Module) (lilypad.Module, error) {
	if IsBuiltIn(m) {
		entry, err := catalog.Lookup(m.Name, m.Tag)
		return entry.Module(), err
	}
	where, err := pinned(m)
	if err != nil {
		return lilypad.Module{}, err
	}
	files, err := r.files(ctx, where, m.Commit)
	if err != nil {
		return lilypad.Module{}, err
	}
	plain := &Resolver{git: r.git} // the template's own image, whatever the tag is today
	own, err := plain.describe(ctx, lilypad.Module{Name: shortName(where), Repository: where, Commit: m.Commit, Publisher: publisher(where)}, files)
	return own.Module, err
}

// pinned returns the repository of a module that names a commit of it.
func pinned(m lilypad.Module) (repository string, _ error) {
	if m.Repository == localRepository {
		return "", lilypad.Errorf(lilypad.Unauthorized, "module %.60q is a folder of another machine and cannot be checked", m.Name).
			Try("publish it in a git repository")
	}
	ref, err := parse(m.Repository + ":" + m.Commit)
	if err != nil {
		return "", err
	}
	if ref.repository == "" || !isCommit(m.Commit) {
		return "", lilypad.Errorf(lilypad.Invalid, "module %.60q is not pinned to a commit of a repository", m.Name)
	}
	return ref.repository, nil
}

// Wasm returns the WASI command of a pinned module, whose digest it checks.
//
// # Errors
//
// NotFound when the module has none, and those of Verify.
func (r *Resolver) Wasm(ctx context.Context, m lilypad.Module) ([]byte, error) {
	if m.Wasm.IsZero() {
		return nil, lilypad.Errorf(lilypad.NotFound, "module %.60q has no wasm", m.Name).Try("run it with docker")
	}
	if IsBuiltIn(m) {
		return catalog.Wasm(ctx, m.Wasm)
	}
	if _, err := r.again(ctx, m); err != nil {
		return nil, err
	}
	f, err := r.files(ctx, m.Repository, m.Commit)
	if sum := lilypad.Hash(sha256.Sum256(f.wasm)); err == nil && sum != m.Wasm {
		err = untrue("wasm", sum.String(), m.Wasm.String())
	}
	return f.wasm, err
}

// sameImage tells whether claim may be what the template's reference meant.
func sameImage(own, claim string) bool {
	if own == claim {
		return true
	}
	a, err1 := name.ParseReference(own)
	b, err2 := name.ParseReference(claim)
	if err1 != nil || err2 != nil {
		return false
	}
	_, fixed := a.(name.Digest)
	_, pinned := b.(name.Digest)
	return !fixed && pinned && a.Context() == b.Context()
}

func untrue(field, is, claim string) error {
	return lilypad.Errorf(lilypad.Invalid, "the module's %s is %.100q, not %.100q as claimed", field, is, claim).Try("refuse the job: its creator lies or is broken")
}

// Render fills a module's template with inputs and puts its pins into the
// forms. It needs no network: who runs a job and who asked for it get the same
// specs.
//
// # Errors
//
// Invalid when the template is not the module's, and those of template.Render.
func Render(m lilypad.Module, tmpl []byte, inputs map[string]string) (template.Rendered, error) {
	if sum := lilypad.Hash(sha256.Sum256(tmpl)); sum != m.Template {
		return template.Rendered{}, untrue("template", sum.String(), m.Template.String())
	}
	out, err := template.Render(tmpl, inputs)
	if err != nil {
		return out, err
	}
	for _, model := range out.Spec.Models { // of each form the same
		if model.SHA256.IsZero() || model.Bytes == 0 {
			return out, lilypad.Errorf(lilypad.Invalid, "the model %.200q is not pinned: it has no sha256 or no bytes", model.Path).
				Try("tell the module's author to run lilypad module lint")
		}
	}
	if form, ok := out.Forms[lilypad.EngineWasm]; ok {
		form.Wasm = m.Wasm
		out.Forms[lilypad.EngineWasm] = form
	}
	if form, ok := out.Forms[lilypad.EngineDocker]; ok {
		// A catalog image is built here and known by its digest alone.
		if !IsBuiltIn(m) && !sameImage(form.Image, m.Image) {
			return out, lilypad.Errorf(lilypad.Invalid, "these inputs choose the image %.100q, the module pins %.100q", form.Image, m.Image).
				Try("tell the module's author to make a module of each image")
		}
		form.Image = m.Image
		out.Forms[lilypad.EngineDocker] = form
	}
	maps.DeleteFunc(out.Forms, func(_ lilypad.Engine, form lilypad.Spec) bool { return form.Image == "" && form.Wasm.IsZero() })
	if form, ok := out.Forms[out.Spec.Engine]; ok {
		out.Spec = form
		return out, nil
	}
	return out, lilypad.Errorf(lilypad.Invalid, "module %s pins nothing that can be run", strings.TrimSuffix(m.Name+":"+m.Tag, ":")).
		Try("resolve the module again")
}
