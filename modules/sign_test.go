package modules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/signing"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
)

func newKey(t *testing.T) signing.PrivateKey {
	t.Helper()
	k, err := signing.GenerateKey(filepath.Join(t.TempDir(), "key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A signature made in the author's folder holds for the module wherever it is
// published, and for nothing else.
func TestSign_holdsForTheSameBytes(t *testing.T) {
	files := map[string]string{modules.TemplateFile: fmt.Sprintf(wasmTemplate, digest), "bin/tool.wasm": "\x00asm"}
	folder, key := t.TempDir(), newKey(t)
	for name, text := range files {
		path := filepath.Join(folder, name)
		if os.MkdirAll(filepath.Dir(path), 0o700) != nil || os.WriteFile(path, []byte(text), 0o600) != nil {
			t.Fatal("cannot write")
		}
	}
	local := func(c *modules.Config) { c.AllowLocal = true }
	own, err := resolver(t, nil, local).Resolve(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	text, err := modules.Sign(t.Context(), own.Module, key, own.Signatures)
	if err != nil {
		t.Fatal(err)
	}
	s := gittest.Serve(t)
	files[modules.SignaturesFile] = string(text)
	s.Commit("owner/signed", files)
	r := resolver(t, s, nil)
	found, err := r.Resolve(t.Context(), "github.com/owner/signed")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := modules.Signers(t.Context(), found.Module, found.Signatures)
	if err != nil || len(keys) != 1 || keys[0] != key.PublicKey {
		t.Errorf("signed by %v, %v", keys, err)
	}
	for _, r := range []*modules.Resolver{r, resolver(t, s, nil)} { // from its cache, and anew
		if again, err := r.Signatures(t.Context(), found.Module); err != nil || string(again) != string(text) {
			t.Errorf("the pinned module's signatures are %q, %v", again, err)
		}
	}
	for name, change := range map[string]func(*lilypad.Module){
		"template": func(m *lilypad.Module) { m.Template[0]++ },
		"wasm":     func(m *lilypad.Module) { m.Wasm[0]++ },
		"image":    func(m *lilypad.Module) { m.Image = strings.Replace(m.Image, "ab", "cd", 1) },
	} {
		m := found.Module
		change(&m)
		if _, err := modules.Signers(t.Context(), m, text); lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "other bytes") {
			t.Errorf("another %s: %v", name, err)
		}
	}
}

func TestSign_refusesAnImageThatMayChange(t *testing.T) {
	for image, want := range map[string]lilypad.Code{
		"": "", "example/tool@sha256:" + digest: "", "example/tool:1": lilypad.Invalid, "example/tool": lilypad.Invalid, "sha256:" + digest: lilypad.Invalid,
	} {
		_, err := modules.Sign(t.Context(), lilypad.Module{Repository: "github.com/owner/tool", Image: image}, newKey(t), nil)
		if (err == nil) != (want == "") || err != nil && lilypad.CodeOf(err) != want {
			t.Errorf("image %q: %v, want %q", image, err, want)
		}
	}
}

func TestSigners_leavesOutWhatDoesNotFit(t *testing.T) {
	m := lilypad.Module{Template: lilypad.Hash{1}}
	good, other := newKey(t), newKey(t)
	text, err := modules.Sign(t.Context(), m, good, nil)
	if err != nil {
		t.Fatal(err)
	}
	both, err := modules.Sign(t.Context(), m, other, text)
	if err != nil {
		t.Fatal(err)
	}
	forged := strings.Replace(string(both), other.String(), newKey(t).String(), 1)
	keys, err := modules.Signers(t.Context(), m, []byte(forged))
	if lilypad.CodeOf(err) != lilypad.Unauthorized || len(keys) != 1 || keys[0] != good.PublicKey {
		t.Errorf("signed by %v, %v", keys, err)
	}
	if _, err := modules.Sign(t.Context(), lilypad.Module{}, good, both); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("signatures of two modules are in one file: %v", err)
	}
}

// What nobody can read vouches for nothing, and the module runs without.
func TestResolver_Signatures_unreadable(t *testing.T) {
	s := gittest.Serve(t)
	for name, content := range map[string]string{"large": strings.Repeat(" ", 65<<10), "link": "-> /etc/passwd"} {
		s.Commit("owner/"+name, map[string]string{modules.TemplateFile: dockerTemplate, modules.SignaturesFile: content})
		found, err := resolver(t, s, nil).Resolve(t.Context(), "github.com/owner/"+name)
		if err != nil || found.Signatures != nil {
			t.Errorf("%s: %d bytes, %v", name, len(found.Signatures), err)
		}
	}
}

// What is ordered by another name runs the same, and is the same to the steward.
func TestDigest_isOfWhatRuns(t *testing.T) {
	m := lilypad.Module{Name: "tool", Tag: "v1", Repository: "github.com/owner/tool", Commit: "c", Publisher: "github.com/owner", Template: lilypad.Hash{1}, Wasm: lilypad.Hash{2}, Image: "example/tool@sha256:" + digest}
	for name, c := range map[string]struct {
		change func(*lilypad.Module)
		same   bool
	}{
		"tag":         {func(m *lilypad.Module) { m.Tag = "main" }, true},
		"no tag":      {func(m *lilypad.Module) { m.Tag = "" }, true},
		"commit":      {func(m *lilypad.Module) { m.Commit = "d" }, true},
		"fork":        {func(m *lilypad.Module) { m.Name, m.Repository, m.Publisher = "x", "github.com/x/x", "github.com/x" }, true},
		"host":        {func(m *lilypad.Module) { m.Image = "docker.io/" + m.Image }, true},
		"template":    {func(m *lilypad.Module) { m.Template[0]++ }, false},
		"wasm":        {func(m *lilypad.Module) { m.Wasm[0]++ }, false},
		"image":       {func(m *lilypad.Module) { m.Image = strings.Replace(m.Image, "ab", "cd", 1) }, false},
		"image's tag": {func(m *lilypad.Module) { m.Image = "example/tool:1" }, false},
	} {
		other := m
		c.change(&other)
		if same := modules.Digest(other) == modules.Digest(m); same != c.same {
			t.Errorf("another %s: same digest %v, want %v", name, same, c.same)
		}
	}
}

// A creator that claims another image for a template that leaves it to a tag
// must not get around a block: the claim cannot be checked, the template can.
func TestBlockID(t *testing.T) {
	s := gittest.Serve(t)
	r := resolver(t, s, func(c *modules.Config) { c.Images = pinner{} })
	resolve := func(name, template string) modules.Resolved {
		t.Helper()
		s.Commit("owner/"+name, map[string]string{modules.TemplateFile: template, "bin/tool.wasm": "\x00asm"})
		found, err := r.Resolve(t.Context(), "github.com/owner/"+name)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	tag, fixed := resolve("tag", dockerTemplate), resolve("fixed", fmt.Sprintf(wasmTemplate, digest))
	both := resolve("both", strings.Replace(fmt.Sprintf(wasmTemplate, digest), "@sha256:"+digest, ":1", 1))
	cow, err := r.Resolve(t.Context(), "cowsay:v0.0.4")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		of    modules.Resolved
		exact bool // a claim of another image is refused by all
	}{"tag": {tag, false}, "tag, and wasm beside it": {both, false}, "digest": {fixed, true}, "catalog": {cow, true}} {
		id, err := modules.BlockID(c.of)
		if err != nil || (id == modules.Digest(c.of.Module)) != c.exact {
			t.Errorf("%s: blocked as %s, %v; the digest is %s", name, id, err, modules.Digest(c.of.Module))
		}
		for _, image := range []string{"example/tool@sha256:" + strings.Repeat("cd", 32), "sha256@sha256:" + strings.Repeat("cd", 32), "example/tool:1", ""} {
			m := c.of.Module
			m.Image = image
			if r.Verify(t.Context(), m, c.of.Template) != nil || image == c.of.Module.Image {
				continue
			}
			if c.exact {
				t.Errorf("%s: the claim of image %q is believed", name, image)
			}
			if modules.Written(m) != id {
				t.Errorf("%s: the claim of image %q evades the block", name, image)
			}
		}
	}
	if one, other := modules.Written(tag.Module), modules.Written(fixed.Module); one == other {
		t.Error("a block holds for another template")
	}
}
