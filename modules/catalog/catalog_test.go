package catalog_test

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/modules/catalog/image"
)

func TestLookup(t *testing.T) {
	for _, tag := range []string{"v0.0.4", ""} {
		e, err := catalog.Lookup("cowsay", tag)
		if err != nil || e.Name != "cowsay" || e.Tag != "v0.0.4" {
			t.Errorf("Lookup(cowsay, %q) = %s:%s, %v", tag, e.Name, e.Tag, err)
		}
	}
	for _, ref := range [][2]string{{"cowsay", "v9"}, {"horsesay", ""}, {"../cowsay", "v0.0.4"}} {
		_, err := catalog.Lookup(ref[0], ref[1])
		if lilypad.CodeOf(err) != lilypad.NotFound || !strings.Contains(lilypad.RemedyOf(err), "cowsay:v0.0.4") {
			t.Errorf("Lookup(%q) = %v, want not found and what there is", ref, err)
		}
	}
}

func TestList_isWholeAndPinned(t *testing.T) {
	var names []string
	for _, e := range catalog.List() {
		names = append(names, e.Name+":"+e.Tag)
		wasm, err := catalog.Wasm(t.Context(), e.Wasm)
		if err != nil || sha256.Sum256(wasm) != e.Wasm {
			t.Errorf("%s: wasm: %v", e.Name, err)
		}
		linux, err := e.Linux()
		if err != nil {
			t.Fatalf("%s: linux: %v", e.Name, err)
		}
		id, err := image.ID(image.Program{Name: e.Name, Tag: e.Tag, Binary: linux})
		if err != nil || id != e.Image {
			t.Errorf("%s: image is %s, %v; the index says %s", e.Name, id, err, e.Image)
		}
		m := e.Module()
		if m.ID() == (lilypad.ModuleID{}) || m.Wasm != e.Wasm || m.Image != e.Image || m.Template != sha256.Sum256(e.Template) {
			t.Errorf("%s: module %+v", e.Name, m)
		}
	}
	if diff := cmp.Diff([]string{"cowsay:v0.0.4", "render:v0.1.0", "text:v0.1.0", "thumbnail:v0.1.0", "train:v0.1.0", "zk-prove:v0.1.0"}, names); diff != "" {
		t.Errorf("catalog (-want +got):\n%s", diff)
	}
}

func TestWasm_refusesUnknownDigest(t *testing.T) {
	if _, err := catalog.Wasm(t.Context(), lilypad.Hash{1}); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("got %v, want not found", err)
	}
}

func TestDist_fitsItsBudget(t *testing.T) {
	var size int64
	err := fs.WalkDir(os.DirFS("dist"), ".", func(_ string, d fs.DirEntry, err error) error {
		if info, infoErr := d.Info(); err == nil && infoErr == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil || size > 20<<20 {
		t.Errorf("dist has %d bytes, %v; at most 20 MiB", size, err)
	}
}

func TestDist_isBuiltFromTheSource(t *testing.T) {
	cmd := exec.Command("go", "run", "./modules/catalog/build", "-check")
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
