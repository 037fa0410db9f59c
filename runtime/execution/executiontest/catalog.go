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

// run is a module with what it is given, and what of the job's folder is
// compared.
type run struct {
	module string
	args   []string
	inputs map[string][]byte
	files  []string
}

func runs(photo []byte) []run {
	return []run{
		{module: "cowsay", args: []string{"/cowsay", "hello lilypad"}, files: []string{"stdout", "exitCode"}},
		{
			module: "thumbnail", args: []string{"/thumbnail", "-width", "128", "-file", ""},
			inputs: map[string][]byte{"photo.png": photo},
			files:  []string{"stdout", "exitCode", "outputs/outputs/facts.json", "outputs/outputs/thumbnail.png"},
		},
		{
			module: "render", args: []string{"/render", "-width", "64", "-height", "40", "-samples", "4", "-seed", "7"},
			files: []string{"stdout", "exitCode", "outputs/outputs/picture.png"},
		},
		{
			module: "text", args: []string{"/text"},
			inputs: map[string][]byte{"a.txt": []byte("Guten Morgen, liebe Sonne\n\nQuand le chat n'est pas là, les souris dansent\n")},
			files:  []string{"stdout", "exitCode", "outputs/outputs/languages.csv"},
		},
		{
			module: "train", args: []string{"/train", "-hidden", "4", "-epochs", "6"},
			inputs: map[string][]byte{"a.csv": []byte("x,y,c\n" + strings.Repeat("1,2,a\n-1.5,0,b\n3,-1,a\n-2,1e-3,b\n", 8))},
			files:  []string{"stdout", "exitCode", "outputs/outputs/metrics.csv", "outputs/outputs/model.json", "outputs/outputs/checkpoints/epoch-00004.json"},
		},
		{ // its proof is another each time
			module: "zk-prove", args: []string{"/zk-prove", "-value", "1200", "-secret", "correct horse", "-minimum", "1000"},
			files: []string{"stdout", "exitCode", "outputs/outputs/public.json", "outputs/outputs/verification_key.json"},
		},
	}
}

func photo(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * i / 977)
	}
	for x := range 100 {
		img.Set(x, x, color.RGBA{200, uint8(x), 40, 255})
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// RunCatalog runs the catalog's modules in an engine and compares what they
// print and write with golden files, so every engine gives the same bytes.
// LILYPAD_UPDATE=1 accepts the output.
func RunCatalog(t *testing.T, open func(*testing.T) execution.Executor, engine lilypad.Engine) {
	all := runs(photo(t))
	if testing.Short() {
		all = all[:2] // the race detector makes compiling the others a matter of minutes
	}
	for _, c := range all {
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
