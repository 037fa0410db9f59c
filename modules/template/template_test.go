package template_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/template"
)

var update = flag.Bool("update", false, "accept what is rendered as the golden files")

// Each file of testdata is a template, the inputs as Key=value lines (\n is a
// line break) and what Render makes of them.
func TestRender_golden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tmpl, inputs := parts(t, archive)
			got := show(template.Render(tmpl, inputs))
			i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			if *update {
				if i < 0 {
					archive.Files = append(archive.Files, txtar.File{Name: "want"})
					i = len(archive.Files) - 1
				}
				archive.Files[i].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[i].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func parts(t *testing.T, a *txtar.Archive) (tmpl []byte, inputs map[string]string) {
	t.Helper()
	inputs = map[string]string{}
	for _, f := range a.Files {
		switch f.Name {
		case "template":
			tmpl = f.Data
		case "inputs":
			for line := range strings.Lines(string(f.Data)) {
				key, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
				if !ok {
					t.Fatalf("input line %q", line)
				}
				inputs[key] = strings.ReplaceAll(text, `\n`, "\n")
			}
		}
	}
	return tmpl, inputs
}

func show(r template.Rendered, err error) string {
	if err != nil {
		return fmt.Sprintf("error %s: %v\ntry: %s\n", lilypad.CodeOf(err), err, lilypad.RemedyOf(err))
	}
	b, _ := json.MarshalIndent(struct {
		Forms                         map[lilypad.Engine]lilypad.Spec
		Preferred                     lilypad.Engine
		WasmPath, Author, Description string   `json:",omitempty"`
		Warnings                      []string `json:",omitempty"`
	}{r.Forms, r.Spec.Engine, r.WasmPath, r.Author, r.Description, r.Warnings}, "", "  ")
	return string(b) + "\n"
}

const around = `{"machine": {"gpu": 0, "cpu": 1000, "ram": 1000}, "job": {"Spec": {"Docker": {"Image": "a/b:1", "Entrypoint": [
%s
]}}}}`

// Whatever an input holds arrives as it was given, in every place of a template.
func TestRender_inputsAreData(t *testing.T) {
	hostile := []string{
		"", "moo", `a b's "c"`, "512", "{", `"`, `\`, `\"`, "a\nb\tc", "null", "{{.Key}}", "%s%d", "</script>", "日本 \u2028",
		`x"], "Image": "evil/image", "Entrypoint": ["sh`, `"}}},"Network":{"Type":"Host"},"x":{"y":{"z":"`, `', "--privileged", '`, "\x01\x1b[2J",
	}
	for _, c := range []struct{ name, action, want string }{
		{"bare", `{{.Key}}`, "%s"},
		{"in quotes", `"{{ .Key }}"`, "%s"},
		{"js in quotes", `"K={{ js .Key }}"`, "K=%s"},
		{"piped js", `"K={{ .Key | js }}"`, "K=%s"},
		{"subst in quotes", `"{{ subst "K=%s;" .Key }}"`, "K=%s;"},
		{"subst bare", `{{ subst "K=%s" .Key }}`, "K=%s"},
		{"printf", `"{{ printf "K=%q" .key }}"`, "K=%s"},
		{"raw", `"K={{.KEY}}, more"`, "K=%s, more"},
		{"with", `{{ with .Key }}"{{.}}"{{ end }}`, "%s"},
		{"in a condition", `{{ if .Key }}"K={{ .Key }}"{{ else }}"none"{{ end }}`, "K=%s"},
	} {
		for _, input := range hostile {
			r, err := template.Render(fmt.Appendf(nil, around, c.action), map[string]string{"Key": input})
			if err != nil {
				t.Errorf("%s of %q: %v", c.name, input, err)
				continue
			}
			want := lilypad.Spec{
				Engine: lilypad.EngineDocker, Image: "a/b:1", Entrypoint: []string{strings.ReplaceAll(c.want, "%s", input)},
				Resources: lilypad.Resources{CPUMilli: 1000, RAMMB: 1000}, Timeout: 1800,
			}
			for key := range r.Spec.Params { // in the template's own spelling
				want.Params = map[string]string{key: input}
			}
			if diff := cmp.Diff(want, r.Spec); diff != "" {
				t.Errorf("%s of %q: %s", c.name, input, diff)
			}
		}
	}
}

func TestRender_units(t *testing.T) {
	for _, c := range []struct {
		machine, resources string
		want               lilypad.Resources
	}{
		{`{"gpu": 0, "cpu": 1000, "ram": 1000}`, `{"GPU": ""}`, lilypad.Resources{CPUMilli: 1000, RAMMB: 1000}},
		{`{"gpu": 1, "cpu": 1000, "ram": 8000}`, `{"GPU": ""}`, lilypad.Resources{GPUs: 1, CPUMilli: 1000, RAMMB: 8000}},
		{`{"cpu": 1000, "ram": 1000}`, `{"GPU": "8", "CPU": "2.5", "Memory": "16Gb"}`, lilypad.Resources{GPUs: 8, CPUMilli: 2500, RAMMB: 16000}},
		{`{}`, `{"cpu": "500m", "memory": "3gib", "disk": "10GB"}`, lilypad.Resources{CPUMilli: 500, RAMMB: 3222, DiskMB: 10000}},
		{`{"cpu": 8, "ram": "16000"}`, `{}`, lilypad.Resources{CPUMilli: 8000, RAMMB: 16000}},
		{`{"ram": 1}`, `{"Memory": "4000"}`, lilypad.Resources{CPUMilli: 1000, RAMMB: 4000}},
		{`{}`, `{"Memory": "2000000000"}`, lilypad.Resources{CPUMilli: 1000, RAMMB: 2000}},
		{`{"gpus": [{"vram": 24000}, {"vram": 40000}], "ram": 24000}`, `{}`, lilypad.Resources{GPUs: 2, VRAMMB: 40000, CPUMilli: 1000, RAMMB: 24000}},
		{`{"gpu": 1, "vram": 24576, "ram": 100}`, `{"GPU": "all"}`, lilypad.Resources{GPUs: 1, VRAMMB: 24576, CPUMilli: 1000, RAMMB: 4096}},
		{`{"gpu": 0, "vram": 0, "ram": 100}`, `{}`, lilypad.Resources{CPUMilli: 1000, RAMMB: 512}},
	} {
		tmpl := fmt.Sprintf(`{"machine": %s, "job": {"Spec": {"Docker": {"Image": "a/b:1"}, "Resources": %s}}}`, c.machine, c.resources)
		r, err := template.Render([]byte(tmpl), nil)
		if err != nil {
			t.Errorf("%s: %v", tmpl, err)
		} else if diff := cmp.Diff(c.want, r.Spec.Resources); diff != "" {
			t.Errorf("%s: %s", tmpl, diff)
		}
	}
}

func TestRender_refuses(t *testing.T) {
	spec := func(fields string) string {
		return "{\"job\": {\"Spec\": {\"Docker\": {\"Image\": \"a/b:1\"},\n" + fields + "}}}"
	}
	entry := func(s string) string { return fmt.Sprintf(around, s) }
	for _, c := range []struct{ name, tmpl, msg, fix string }{
		{"empty file", " \n", "line 1:1: it is empty", "JSON"},
		{"bad action", entry("{{ .Key ]"), "template line", "action"},
		{"too large", strings.Repeat(" ", template.MaxTemplate+1), "limit", "input file"},
		{"too many inputs", "{{.Key}}" + many(template.MaxInputs), "the limit is 256", "input file"},
		{"not UTF-8", "{\n\xff}", "line 2:1", "UTF-8"},
		{"loop", entry("{{ range .Key }}x{{ end }}"), "line 2", "if, else and with"},
		{"variable", entry("{{ $x := .Key }}"), "line 2", "where it is used"},
		{"define", `{{ define "x" }}{{ template "x" }}{{ end }}{}`, "define", "where it is used"},
		{"template", entry(`{{ template "x" }}`), "line 2", "if, else and with"},
		{"unknown function", entry("{{ subts .Key }}"), `no function "subts"`, "subst"},
		{"bad verb", entry(`"{{ subst "%x" .Key }}"`), "%x", "%s"},
		{"too few arguments", entry(`"{{ subst "%s%s" .Key }}"`), "line 2", "needs"},
		{"format from an input", entry(`"{{ subst .Key }}"`), "may not be a format", "subst"},
		{"nested field", entry("{{ .Key.Part }}"), "no such part", "plain texts"},
		{"index", entry(`{{ index .Key 0 }}`), "no function", "use one of"},
		{"text beside an input", entry(`K={{ .Key }}`), "line 2", "quotes"},
		{"input as a field's name", "{\"job\": {\n\"{{ .Key }}\": 1}}", "line 2", "write the name"},
		{"bare input as a field's name", "{\"job\": {\n{{ .Key }}: 1}}", "line 2", "name in quotes"},
		{"input as the image", "{\"job\": {\"Spec\": {\"Docker\": {\n\"Image\": {{ .Key }}}}}}", "line 2", "write it in the template"},
		{"unclosed bracket", entry(`["a"`), "still open", "]"},
		{"unclosed text", "{\n\"a", "line 2:1", "quote"},
		{"quote within a text", entry(`"say "hi" there"`), "right after a value", `\"`},
		{"field without value", spec(`"Image"`), "line 2:1", `"name": value`},
		{"text after the JSON", `{"job": {}} x`, "after the JSON", "brackets"},
		{"text before the JSON", `.{}`, "line 1:1", "quotes"},
		{"bad escape", entry(`"\x"`), "line 2", "backslash"},
		{"deep", strings.Repeat("[", 100), "levels", "less"},
		{"not an object", `[]`, "want an object", "object"},
		{"no image", `{"job": {"Spec": {"Docker": {}}}}`, "nothing to run", "Image"},
		{"placeholder for an image", `{"job": {"Spec": {"Docker": {"Image": "%%NAME%%"}}}}`, "not an image reference", "registry/name"},
		{"wasm from IPFS", `{"job": {"Spec": {"Engine": "Wasm", "Wasm": {"EntryModule": {"CID": "x"}}}}}`, "IPFS", "top-level"},
		{"wasm with a bad digest", `{"wasm": "sha256:12"}`, "SHA-256", "64"},
		{"wasm of nothing", `{"wasm": {}}`, "nothing to run", "name the file"},
		{"wasm from an input", `{"wasm": {{.Key}}}`, "may not choose", "write it in the template"},
		{"wasm outside", `{"wasm": {"path": "../a", "sha256": "` + strings.Repeat("ab", 32) + `"}}`, "leaves", "repository"},
		{"unknown network", spec(`"Network": {"Type": "Mesh"}`), "line 2", "None or Full"},
		{"resources as a list", spec(`"Resources": []`), "line 2", "make it an object"},
		{"not a number", spec(`"Timeout": "soon"`), "line 2", "number"},
		{"negative", spec(`"Resources": {"CPU": "-1"}`), "line 2", "at least 0"},
		{"not a number at all", spec(`"Resources": {"CPU": "NaN"}`), "line 2", "number"},
		{"too many GPUs", spec(`"Resources": {"GPU": "1000"}`), "line 2", "64"},
		{"too much memory", spec(`"Resources": {"Memory": "1000000GB"}`), "line 2", "16Gb"},
		{"long timeout", spec(`"Timeout": 99999999`), "line 2", "30 days"},
		{"output with dots", spec(`"Outputs": [{"Name": "o", "Path": "relative/../.."}]`), "line 2", "absolute"},
		{"output named stdout", spec(`"Outputs": [{"Name": "stdout", "Path": "/o"}]`), "line 2", "another name"},
		{"outputs of one name", spec(`"Outputs": [{"Name": "o", "Path": "/o"}, {"Name": "O", "Path": "/p"}]`), "line 2", "another name"},
		{"input file outside", spec(`"inputFiles": {"required": ["../../etc/passwd"]}`), "line 2", "relative to /inputs"},
	} {
		inputs := map[string]string{}
		if strings.Contains(c.tmpl, ".Key") {
			inputs["Key"] = "text"
		}
		r, err := template.Render([]byte(c.tmpl), inputs)
		if e, ok := errors.AsType[*lilypad.Error](err); !ok || e.Code != lilypad.Invalid || !strings.Contains(e.Error(), c.msg) || !strings.Contains(e.Remedy, c.fix) {
			t.Errorf("%s: got %v (%q) %v, want %q and the fix %q", c.name, err, lilypad.RemedyOf(err), r.Spec, c.msg, c.fix)
		}
	}
}

// many prints n inputs.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{{.K%d}}", i)
	}
	return b.String()
}

func TestRender_boundsItsOutput(t *testing.T) {
	tmpl := fmt.Sprintf(around, strings.Repeat("{{.Key}},\n", 4000))
	start := time.Now()
	_, err := template.Render([]byte(tmpl), map[string]string{"Key": strings.Repeat("x", 1<<20)})
	if lilypad.CodeOf(err) != lilypad.Invalid || err == nil || time.Since(start) > 5*time.Second {
		t.Errorf("got %v after %s", err, time.Since(start))
	}
	start = time.Now()
	if _, err := template.Render([]byte("{"+strings.Repeat(",", template.MaxTemplate-10)), nil); err == nil || time.Since(start) > time.Second {
		t.Errorf("commas: got %v after %s", err, time.Since(start))
	}
	nested := "{{" + strings.Repeat("(", template.MaxTemplate-10) + "}}"
	if _, err := template.Render([]byte(nested), nil); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("nested parentheses: got %v", err)
	}
}

func TestInspect(t *testing.T) {
	tmpl := fmt.Sprintf(around, `{{.Query}}, {{ if .w }}"W={{ .W }}",{{ else }}"W=512"{{ end }}
		{{ if .p }}"{{ subst "P=%s" .p }}"{{ else }}"P=a, b"{{ end }}, {{ if .opt }}{{ .opt }}{{ end }},
		{{ if .Prompt }} {{ .Prompt }} {{else}}"A haiku."{{ end }}`)
	r, err := template.Inspect([]byte(tmpl))
	if err != nil {
		t.Fatal(err)
	}
	want := []template.Input{
		{Key: "Query", Required: true, Line: 2},
		{Key: "w", Default: "512", Line: 2},
		{Key: "p", Default: "a, b", Line: 3},
		{Key: "opt", Line: 3},
		{Key: "Prompt", Default: "A haiku.", Line: 4},
	}
	if diff := cmp.Diff(want, r.Inputs); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"1", "W=512", "P=a, b", "A haiku."}, r.Spec.Entrypoint); diff != "" {
		t.Error(diff)
	}
}

func FuzzRender(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		if a, err := txtar.ParseFile(file); err == nil && len(a.Files) > 0 {
			f.Add(a.Files[0].Data, `x"y`)
		}
	}
	f.Fuzz(func(t *testing.T, tmpl []byte, input string) {
		seen, err := template.Inspect(tmpl)
		inputs := map[string]string{}
		for _, in := range seen.Inputs {
			inputs[in.Key] = input
		}
		r, err2 := template.Render(tmpl, inputs)
		for _, err := range []error{err, err2} {
			if err != nil && (lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "") {
				t.Errorf("%v has code %s, remedy %q", err, lilypad.CodeOf(err), lilypad.RemedyOf(err))
			}
		}
		if err == nil && err2 == nil {
			for engine, form := range r.Forms {
				if engine == lilypad.EngineDocker && form.Image != seen.Forms[engine].Image && !strings.Contains(string(tmpl), "{{") {
					t.Errorf("an input changed the image to %q", form.Image)
				}
			}
		}
	})
}
