package executiontest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// RunCatalog runs the catalog's modules in an engine and compares what they
// print and write with golden files, so every engine gives the same bytes.
// LILYPAD_UPDATE=1 accepts the output.
func RunCatalog(t *testing.T, open func(*testing.T) execution.Executor, engine lilypad.Engine) {
	photo := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for i := range photo.Pix {
		photo.Pix[i] = uint8(i * i / 977)
	}
	for x := range 100 {
		photo.Set(x, x, color.RGBA{200, uint8(x), 40, 255})
	}
	var file bytes.Buffer
	if err := png.Encode(&file, photo); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		module string
		args   []string
		inputs map[string][]byte
		files  []string // of the job's folder, to compare
	}{
		{module: "cowsay", args: []string{"/cowsay", "hello lilypad"}, files: []string{"stdout", "exitCode"}},
		{
			module: "thumbnail", args: []string{"/thumbnail", "-width", "128", "-file", ""},
			inputs: map[string][]byte{"photo.png": file.Bytes()},
			files:  []string{"stdout", "exitCode", "outputs/outputs/facts.json", "outputs/outputs/thumbnail.png"},
		},
	} {
		t.Run(c.module, func(t *testing.T) {
			entry, err := catalog.Lookup(c.module, "")
			if err != nil {
				t.Fatal(err)
			}
			job := Job(t, lilypad.Spec{
				Engine: engine, Image: entry.Image, Wasm: entry.Wasm, Entrypoint: c.args,
				Outputs: []lilypad.Output{{Name: "outputs", Path: "/outputs"}},
			})
			for name, content := range c.inputs {
				if err := os.WriteFile(filepath.Join(job.Dir, "inputs", name), content, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			e := open(t)
			if o := Wait(t, e, Start(t, e, job)); o.End != execution.Succeeded {
				t.Fatalf("ended %s: %s%s", o.End, o.Reason, Text(t, job, "stderr"))
			}
			var got strings.Builder
			for _, name := range c.files {
				text := Text(t, job, name)
				if strings.HasSuffix(name, ".png") {
					text = lilypad.Keccak256([]byte(text)).String()
				}
				fmt.Fprintf(&got, "-- %s --\n%s\n", name, text)
			}
			golden(t, c.module, got.String())
		})
	}
}

func golden(t *testing.T, module, got string) {
	t.Helper()
	file := filepath.Join("..", "executiontest", "testdata", module+".golden")
	if os.Getenv("LILYPAD_UPDATE") == "1" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "files", got, string(want))
}
