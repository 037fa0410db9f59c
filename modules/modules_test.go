package modules_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/git"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
)

const (
	dockerTemplate = `{"machine": {"ram": 1000}, "job": {"Spec": {"Docker": {"Image": "example/tool:1", "Entrypoint": ["tool", {{.Message}}]}}}}`
	wasmTemplate   = `{"wasm": "bin/tool.wasm", "job": {"Spec": {"Docker": {"Image": "example/tool@sha256:%s", "Entrypoint": ["tool", {{.Message}}]}}}}`
)

var digest = strings.Repeat("ab", 32)

// pinner is a fake registry that knows one image.
type pinner struct{}

func (pinner) Pin(_ context.Context, image string) (string, error) {
	return strings.Replace(image, ":1", "@sha256:"+digest, 1), nil
}

func resolver(t *testing.T, s *gittest.Server, change func(*modules.Config)) *modules.Resolver {
	t.Helper()
	cfg := modules.Config{CacheDir: t.TempDir()}
	if s != nil {
		cfg.Git = git.Config{Mirrors: map[string]string{"github.com": s.URL, "git.example:8443": s.URL}}
	}
	if change != nil {
		change(&cfg)
	}
	r, err := modules.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestResolver_Resolve_catalog(t *testing.T) {
	r := resolver(t, nil, nil)
	for _, ref := range []string{"cowsay:v0.0.4", "cowsay", "thumbnail:v0.1.0"} {
		got, err := r.Resolve(t.Context(), ref)
		if err != nil {
			t.Errorf("%s: %v", ref, err)
			continue
		}
		name, _, _ := strings.Cut(ref, ":")
		if got.Module.Name != name || got.Module.Template != sha256.Sum256(got.Template) || got.Module.Wasm != sha256.Sum256(got.Wasm) || got.Module.Image == "" {
			t.Errorf("%s: got %+v", ref, got.Module)
		}
		if err := r.Verify(t.Context(), got.Module, got.Template); err != nil {
			t.Errorf("%s: %v", ref, err)
		}
		if wasm, err := r.Wasm(t.Context(), got.Module); err != nil || string(wasm) != string(got.Wasm) {
			t.Errorf("%s: wasm of %d bytes (%v)", ref, len(wasm), err)
		}
	}
	got, err := r.Resolve(t.Context(), "cowsay:v0.0.4")
	if err != nil {
		t.Fatal(err)
	}
	job, err := modules.Render(got.Module, got.Template, map[string]string{"Message": `a "moo"`})
	if err != nil {
		t.Fatal(err)
	}
	if wasm, docker := job.Forms[lilypad.EngineWasm], job.Forms[lilypad.EngineDocker]; wasm.Wasm != got.Module.Wasm || docker.Image != got.Module.Image || job.Spec.Engine != lilypad.EngineWasm {
		t.Errorf("forms %+v are not pinned as %+v", job.Forms, got.Module)
	}
}

func TestResolver_Resolve_repository(t *testing.T) {
	s := gittest.Serve(t)
	tmpl := fmt.Sprintf(wasmTemplate, digest)
	first := s.Commit("owner/lilypad-module-tool", map[string]string{modules.TemplateFile: tmpl, "bin/tool.wasm": "\x00asm"})
	s.Git("owner/lilypad-module-tool", "tag", "-a", "v1.0.0", "-m", "one")
	second := s.Commit("owner/lilypad-module-tool", map[string]string{modules.TemplateFile: dockerTemplate})
	s.Git("owner/lilypad-module-tool", "branch", "feature/x")
	s.Commit("lilypad-tech/lilypad-module-plain", map[string]string{modules.TemplateFile: dockerTemplate})

	tool := lilypad.Module{Name: "tool", Repository: "github.com/owner/lilypad-module-tool", Publisher: "github.com/owner"}
	one, two := tool, tool
	one.Commit, one.Template, one.Wasm, one.Image = first, sha256.Sum256([]byte(tmpl)), sha256.Sum256([]byte("\x00asm")), "example/tool@sha256:"+digest
	two.Commit, two.Template, two.Image = second, sha256.Sum256([]byte(dockerTemplate)), "example/tool:1"
	for _, c := range []struct {
		ref, tag string
		want     lilypad.Module
	}{
		{"github.com/owner/lilypad-module-tool:v1.0.0", "v1.0.0", one},
		{"https://GitHub.com/Owner/Lilypad-Module-Tool.git:v1.0.0", "v1.0.0", one},
		{"github.com/owner/lilypad-module-tool:" + first, first, one},
		{"github.com/owner/lilypad-module-tool:main", "main", two},
		{"github.com/owner/lilypad-module-tool:feature/x", "feature/x", two},
		{"github.com/owner/lilypad-module-tool", "", two},
	} {
		r := resolver(t, s, nil)
		got, err := r.Resolve(t.Context(), c.ref)
		if err != nil {
			t.Errorf("%s: %v", c.ref, err)
			continue
		}
		c.want.Tag = c.tag
		if diff := cmp.Diff(c.want, got.Module); diff != "" {
			t.Errorf("%s: %s", c.ref, diff)
		}
		fresh := resolver(t, s, nil)
		if err := fresh.Verify(t.Context(), got.Module, got.Template); err != nil {
			t.Errorf("%s: verify: %v", c.ref, err)
		}
		if wasm, err := fresh.Wasm(t.Context(), got.Module); string(wasm) != string(got.Wasm) || (err == nil) == c.want.Wasm.IsZero() {
			t.Errorf("%s: wasm %q (%v), want %q", c.ref, wasm, err, got.Wasm)
		}
	}
	if got, err := resolver(t, s, nil).Resolve(t.Context(), "plain:main"); err != nil || got.Module.Repository != "github.com/lilypad-tech/lilypad-module-plain" {
		t.Errorf("a name that is not in the catalog: got %+v (%v)", got.Module, err)
	}
	if got, err := resolver(t, s, nil).Resolve(t.Context(), "git.example:8443/owner/lilypad-module-tool:v1.0.0"); err != nil || got.Module.Commit != first {
		t.Errorf("a host with a port: got %+v (%v)", got.Module, err)
	}
}

func TestResolver_keepsCommitsOnDisk(t *testing.T) {
	s := gittest.Serve(t)
	commit := s.Commit("owner/tool", map[string]string{modules.TemplateFile: dockerTemplate})
	r := resolver(t, s, nil)
	for range 3 {
		if _, err := r.Resolve(t.Context(), "github.com/owner/tool:"+commit); err != nil {
			t.Fatal(err)
		}
	}
	if got, asks := s.Asks.Load(), int32(3); got > asks { // refs, commit, file
		t.Errorf("%d requests, want at most %d", got, asks)
	}
}

func TestResolver_pinsImages(t *testing.T) {
	s := gittest.Serve(t)
	s.Commit("owner/tool", map[string]string{modules.TemplateFile: dockerTemplate})
	got, err := resolver(t, s, func(c *modules.Config) { c.Images = pinner{} }).Resolve(t.Context(), "github.com/owner/tool")
	if err != nil || got.Module.Image != "example/tool@sha256:"+digest {
		t.Fatalf("got %+v (%v)", got.Module, err)
	}
	if err := resolver(t, s, nil).Verify(t.Context(), got.Module, got.Template); err != nil {
		t.Errorf("verify: %v", err)
	}
	job, err := modules.Render(got.Module, got.Template, map[string]string{"Message": "moo"})
	if err != nil || job.Spec.Image != got.Module.Image {
		t.Errorf("rendered %+v (%v), want the pinned image", job.Spec, err)
	}
}

func TestRender_refusesImageThatInputsChoose(t *testing.T) {
	s := gittest.Serve(t)
	s.Commit("owner/tool", map[string]string{modules.TemplateFile: `{"job": {"Spec": {"Docker": {"Image": {{if eq .Which "b"}}"example/b:1"{{else}}"example/a:1"{{end}}}}}}`})
	got, err := resolver(t, s, nil).Resolve(t.Context(), "github.com/owner/tool")
	if err != nil {
		t.Fatal(err)
	}
	if job, err := modules.Render(got.Module, got.Template, nil); err != nil || job.Spec.Image != "example/a:1" {
		t.Errorf("got %+v (%v)", job.Spec, err)
	}
	if job, err := modules.Render(got.Module, got.Template, map[string]string{"which": "b"}); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("got %+v (%v), want invalid", job.Spec, err)
	}
}

func TestResolver_Verify_refusesLies(t *testing.T) {
	s := gittest.Serve(t)
	tmpl := fmt.Sprintf(wasmTemplate, digest)
	s.Commit("owner/tool", map[string]string{modules.TemplateFile: tmpl, "bin/tool.wasm": "\x00asm"})
	other := s.Commit("owner/other", map[string]string{modules.TemplateFile: dockerTemplate})
	r := resolver(t, s, nil)
	honest, err := r.Resolve(t.Context(), "github.com/owner/tool:main")
	if err != nil {
		t.Fatal(err)
	}
	cow, err := r.Resolve(t.Context(), "cowsay:v0.0.4")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		lie  func(*lilypad.Module)
		of   modules.Resolved
		want string
	}{
		{"name", func(m *lilypad.Module) { m.Name = "cowsay" }, honest, "name"},
		{"publisher", func(m *lilypad.Module) { m.Publisher = "github.com/lilypad-tech" }, honest, "publisher"},
		{"commit of another", func(m *lilypad.Module) { m.Commit = other }, honest, "commit"},
		{"commit that is none", func(m *lilypad.Module) { m.Commit = "main" }, honest, "pinned"},
		{"repository", func(m *lilypad.Module) { m.Repository = "github.com/owner/other"; m.Commit = other }, honest, "name"},
		{"letter case", func(m *lilypad.Module) { m.Repository = "github.com/Owner/tool" }, honest, "repository"},
		{"template", func(m *lilypad.Module) { m.Template = lilypad.Hash{1} }, honest, "template"},
		{"image", func(m *lilypad.Module) { m.Image = "evil/tool@sha256:" + digest }, honest, "image"},
		{"digest", func(m *lilypad.Module) { m.Image = "example/tool@sha256:" + strings.Repeat("cd", 32) }, honest, "image"},
		{"wasm", func(m *lilypad.Module) { m.Wasm = lilypad.Hash{1} }, honest, "wasm"},
		{"of the catalog", func(m *lilypad.Module) { m.Repository = "catalog" }, honest, "catalog"},
		{"catalog's wasm", func(m *lilypad.Module) { m.Wasm = lilypad.Hash{1} }, cow, "wasm"},
		{"catalog's publisher", func(m *lilypad.Module) { m.Publisher = "evil" }, cow, "publisher"},
		{"catalog's commit", func(m *lilypad.Module) { m.Commit = other }, cow, "commit"},
		{"local", func(m *lilypad.Module) { m.Repository = "local" }, honest, "cannot be checked"},
		{"no repository", func(m *lilypad.Module) { m.Repository = "file:///etc" }, honest, "repository of this machine"},
	} {
		m := c.of.Module
		c.lie(&m)
		if err := r.Verify(t.Context(), m, c.of.Template); err == nil || !strings.Contains(err.Error(), c.want) || lilypad.CodeOf(err) == lilypad.Internal {
			t.Errorf("%s: got %v (%s), want a refusal that says %q", c.name, err, lilypad.CodeOf(err), c.want)
		}
	}
	if err := r.Verify(t.Context(), honest.Module, []byte(dockerTemplate)); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("another template: got %v", err)
	}
	if _, err := modules.Render(honest.Module, []byte(dockerTemplate), nil); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("render another template: got %v", err)
	}
}

func TestResolver_Resolve_refuses(t *testing.T) {
	s := gittest.Serve(t)
	s.Commit("owner/tool", map[string]string{modules.TemplateFile: dockerTemplate})
	s.Git("owner/tool", "tag", "v1.0.0")
	s.Commit("owner/empty", map[string]string{"README": "no module"})
	s.Commit("owner/broken", map[string]string{modules.TemplateFile: "{\n\"job\": ["})
	s.Commit("owner/link", map[string]string{modules.TemplateFile: "-> /etc/passwd"})
	s.Commit("owner/nowasm", map[string]string{modules.TemplateFile: `{"wasm": "tool.wasm"}`})
	s.Commit("owner/wrong", map[string]string{modules.TemplateFile: `{"wasm": {"path": "w", "sha256": "` + digest + `"}}`, "w": "x"})
	for _, c := range []struct {
		ref      string
		want     lilypad.Code
		msg, fix string
	}{
		{"cowsey:v0.0.4", lilypad.NotFound, "not in the catalog", "did you mean cowsay?"},
		{"cowsay:v0.0.3", lilypad.NotFound, "cowsay:v0.0.3 is not in the catalog", "cowsay:v0.0.4"},
		{"github.com/owner/absent:v1", lilypad.NotFound, "no public repository", "check"},
		{"github.com/owner/tool:v1.0.1", lilypad.NotFound, "no tag, branch or commit", "did you mean v1.0.0?"},
		{"github.com/owner/tool:zebra", lilypad.NotFound, "no tag, branch or commit", "main"},
		{"github.com/owner/tool:" + strings.Repeat("ab", 20), lilypad.NotFound, "commit", "tag"},
		{"github.com/owner/empty", lilypad.NotFound, "is not a module", "check"},
		{"github.com/owner/broken", lilypad.Invalid, "template line 2", "write ]"},
		{"github.com/owner/link", lilypad.Invalid, "not a regular file", ""},
		{"github.com/owner/nowasm", lilypad.NotFound, "tool.wasm", ""},
		{"github.com/owner/wrong", lilypad.Invalid, "the template says", "author"},
		{"", lilypad.Invalid, "has no name", "NAME:TAG"},
		{":v1", lilypad.Invalid, "has no name", "NAME:TAG"},
		{"cowsay:", lilypad.Invalid, "behind the colon", "NAME:TAG"},
		{"cowsay:../x", lilypad.Invalid, "behind the colon", "NAME:TAG"},
		{"cowsay:--upload-pack=x", lilypad.Invalid, "behind the colon", "NAME:TAG"},
		{"file:///etc/passwd", lilypad.Unauthorized, "repository of this machine", "--allow-file"},
		{"file://etc", lilypad.Invalid, "absolute path", "NAME:TAG"},
		{"file:///srv/../etc", lilypad.Invalid, "absolute path", "NAME:TAG"},
		{"file:///srv/x:--upload-pack=x", lilypad.Invalid, "behind the colon", "NAME:TAG"},
		{"ssh://git@github.com/owner/tool", lilypad.Invalid, "ssh is not allowed", "NAME:TAG"},
		{"git@github.com:owner/tool", lilypad.Invalid, "not reached by https", "NAME:TAG"},
		{"http://github.com/owner/tool", lilypad.Invalid, "http is not allowed", "NAME:TAG"},
		{"github.com/../../etc:v1", lilypad.Invalid, "neither", "NAME:TAG"},
		{"user:pass@github.com/owner/tool", lilypad.Invalid, "", "NAME:TAG"},
		{"localhost/owner/tool", lilypad.Unauthorized, "not a public address", "mirror"},
		{"127.0.0.1/owner/tool:v1", lilypad.Unauthorized, "not a public address", "mirror"},
		{"169.254.169.254/latest/meta-data", lilypad.Unauthorized, "not a public address", "mirror"},
		{"./module", lilypad.Unauthorized, "folder of this machine", "publish it"},
		{"/etc", lilypad.Unauthorized, "folder of this machine", "publish it"},
	} {
		_, err := resolver(t, s, nil).Resolve(t.Context(), c.ref)
		if lilypad.CodeOf(err) != c.want || err == nil || !strings.Contains(err.Error(), c.msg) || !strings.Contains(lilypad.RemedyOf(err), c.fix) {
			t.Errorf("%s: got %v (%s, %q), want %s: %s; try %s", c.ref, err, lilypad.CodeOf(err), lilypad.RemedyOf(err), c.want, c.msg, c.fix)
		}
	}
}

func TestResolver_Resolve_local(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tool")
	if err := os.MkdirAll(filepath.Join(dir, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{modules.TemplateFile: fmt.Sprintf(wasmTemplate, digest), "bin/tool.wasm": "\x00asm"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := resolver(t, nil, func(c *modules.Config) { c.AllowLocal = true })
	got, err := r.Resolve(t.Context(), dir)
	if err != nil || got.Module.Name != "tool" || got.Module.Repository != "local" || string(got.Wasm) != "\x00asm" {
		t.Errorf("got %+v (%v)", got.Module, err)
	}
	if err := os.Remove(filepath.Join(dir, "bin/tool.wasm")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "bin/tool.wasm")); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Resolve(t.Context(), dir); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("a link out of the folder: got %v, want not found", err)
	}
}

// A repository of this machine is read at a tag, where that is allowed, and is
// checked by nobody else.
func TestResolver_Resolve_file(t *testing.T) {
	s := gittest.Serve(t)
	commit := s.Commit("owner/tool", map[string]string{modules.TemplateFile: dockerTemplate})
	s.Git("owner/tool", "tag", "v1.0.0")
	s.Commit("owner/tool", map[string]string{"README": "later"})
	ref := "file://" + s.Git("owner/tool", "rev-parse", "--absolute-git-dir") + ":v1.0.0"
	r := resolver(t, nil, func(c *modules.Config) { c.Git.AllowFile = true })
	got, err := r.Resolve(t.Context(), ref)
	if err != nil || got.Module.Commit != commit || got.Module.Repository != "local" || string(got.Template) != dockerTemplate {
		t.Fatalf("got %+v (%v)", got.Module, err)
	}
	if err := r.Verify(t.Context(), got.Module, got.Template); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("verified with %v, want unauthorized", err)
	}
}

// A template may have another name, as in a folder of several.
func TestResolver_Resolve_localTemplate(t *testing.T) {
	at := filepath.Join(t.TempDir(), "other.tmpl")
	if err := os.WriteFile(at, []byte(dockerTemplate), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := resolver(t, nil, func(c *modules.Config) { c.AllowLocal = true }).Resolve(t.Context(), at)
	if err != nil || string(got.Template) != dockerTemplate {
		t.Errorf("got %+v (%v)", got.Module, err)
	}
}

func FuzzResolver_Resolve(f *testing.F) {
	for _, ref := range []string{"", "cowsay:v0.0.4", "host:80/a/b:c", "git@host:x", "https://a/b.git:c/d", "a/b:c:d"} {
		f.Add(ref)
	}
	f.Fuzz(func(t *testing.T, ref string) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // nothing is to be asked of the network
		r := resolver(t, nil, nil)
		if got, err := r.Resolve(ctx, ref); err == nil && got.Module.Repository != "catalog" {
			t.Errorf("%q resolved to %+v without the network", ref, got.Module)
		}
	})
}
