package template_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
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
	}{r.Forms, r.Spec.Engine, r.WasmPath, r.Author, r.Description, r.Notes()}, "", "  ")
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
		{"part of a variable", entry("{{ $x := .Key }}{{ $x.Part }}"), "line 2", "functions"},
		{"typographic quotes around a name", "{“job”: {}}", "line 1:2", "plain"},
		{"typographic quotes", entry("“a”"), "line 2:1", "plain"},
		{"comment without end", "{ /* a", "still open", "}"},
		{"image in capitals", "{\"job\": {\"Spec\": {\"Docker\": {\n\"Image\": \"A/B:1\"}}}}", "line 2:10", "small letters: a/b:1"},
		{"a path as the image", "{\"job\": {\"Spec\": {\"Docker\": {\n\"Image\": \"../../etc/passwd\"}}}}", "line 2:10", "registry/name"},
		{"action without end", "{\n{{ if .Key }}{{ .Key }}", "line 2:1", "{{ end }}"},
		{"call without space", "{\n  {{.Key}.Key}}", "line 2:3", "mend"},
		{"a function of another library", entry("{{ .Key | toJson }}"), "no function \"toJson\"", "quoted already"},
		{"environment of the machine", entry(`{{ env "HOME" }}`), "line 2:4", "input"},
		{"define", "{\n{{ define \"x\" }}{{ template \"x\" }}{{ end }}{}", "line 2:1", "where it is used"},
		{"template", entry(`{{ template "x" }}`), "line 2", "if, else and with"},
		{"unknown function", entry("{{ subts .Key }}"), `no function "subts"`, "subst"},
		{"an input without its dot", entry("{{ prompt }}"), `no function "prompt"`, "write {{ .prompt }}"},
		{"bad verb", entry(`"{{ subst "%x" .Key }}"`), "%x", "%s"},
		{"too few arguments", entry(`"{{ subst "%s%s" .Key }}"`), "line 2", "needs"},
		{"format from an input", entry(`"{{ subst .Key }}"`), "may not be a format", "subst"},
		{"nested field", entry("{{ .Key.Part }}"), "no such part", "plain texts"},
		{"index", entry(`{{ index .Key 0 }}`), "no function", "use one of"},
		{"text beside an input", entry(`K={{ .Key }}`), "line 2", "quotes"},
		{"input as a field's name", "{\"job\": {\n\"{{ .Key }}\": 1}}", "line 2", "write the name"},
		{"bare input as a field's name", "{\"job\": {\n{{ .Key }}: 1}}", "line 2", "name in quotes"},
		{"input as the image", "{\"job\": {\"Spec\": {\"Docker\": {\n\"Image\": {{ .Key }}}}}}", "line 2", "write it in the template"},
		{"unclosed bracket", "{\"job\": {\n\"a\": [1", "line 2:8", "write ]"},
		{"list in a list", entry(`["a"`), "this is a list, want a text", "make it a text"},
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
		{"a driver of no version", `{"machine": {"gpus": [{"driver": "new"}]}, "job": {"Spec": {"Docker": {"Image": "example/tool:v1"}}}}`, "no version of a driver", "535.104"},
		{"wasm from IPFS", `{"job": {"Spec": {"Engine": "Wasm", "Wasm": {"EntryModule": {"CID": "x"}}}}}`, "not fetched", "top-level"},
		{"wasm with a bad digest", `{"wasm": "sha256:12"}`, "SHA-256", "64"},
		{"wasm of nothing", `{"wasm": {}}`, "nothing to run", "name the file"},
		{"wasm from an input", `{"wasm": {{.Key}}}`, "may not choose", "write it in the template"},
		{"wasm outside", `{"wasm": {"path": "../a", "sha256": "` + strings.Repeat("ab", 32) + `"}}`, "leaves", "repository"},
		{"unknown network", spec(`"Network": {"Type": "Mesh"}`), "line 2", "None or Full"},
		{"resources as a list", spec(`"Resources": [1]`), "line 2", "make it an object"},
		{"not a number", spec(`"Timeout": "soon"`), "line 2", "number"},
		{"negative", spec(`"Resources": {"CPU": "-1"}`), "line 2", "at least 0"},
		{"not a number at all", spec(`"Resources": {"CPU": "NaN"}`), "line 2", "number"},
		{"too many GPUs", spec(`"Resources": {"GPU": "65"}`), "line 2", "64"},
		{"too much memory", spec(`"Resources": {"Memory": "1000000GB"}`), "line 2", "16Gb"},
		{"long timeout", spec(`"Timeout": 99999999`), "line 2", "30 days"},
		{"output with dots", spec(`"Outputs": [{"Name": "o", "Path": "relative/../.."}]`), "line 2", "absolute"},
		{"output named stdout", spec(`"Outputs": [{"Name": "stdout", "Path": "/o"}]`), "line 2", "another name"},
		{"outputs of one name", spec(`"Outputs": [{"Name": "o", "Path": "/o"}, {"Name": "O", "Path": "/p"}]`), "line 2", "another name"},
		{"input file outside", spec(`"inputFiles": {"required": ["../../etc/passwd"]}`), "line 2", "relative to /inputs"},
	} {
		inputs := map[string]string{"Stray": "is told when all else is well"}
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

func TestInspect_knowsScopes(t *testing.T) {
	r, err := template.Inspect([]byte(`{{ $x := .A }}{{ if .M }}{{ $x := .B }}{{ end }}` + fmt.Sprintf(around, "{{ $x }}")))
	required := map[string]bool{}
	for _, in := range r.Inputs {
		required[in.Key] = in.Required
	}
	if diff := cmp.Diff(map[string]bool{"A": true, "M": false, "B": false}, required); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

// Line ends of Windows, and the mark that its editors begin a file with, change
// no job.
func TestRender_lineEnds(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tmpl, inputs := parts(t, archive)
		want, err := template.Render(tmpl, inputs)
		if err != nil {
			continue
		}
		windows := "\ufeff" + strings.ReplaceAll(string(tmpl), "\n", "\r\n")
		got, err := template.Render([]byte(windows), inputs)
		if diff := cmp.Diff(want.Forms, got.Forms); diff != "" || err != nil {
			t.Errorf("%s: %v %s", file, err, diff)
		}
		if got, err = template.Render([]byte("\t"+strings.ReplaceAll(string(tmpl), "\n", " \n\t")), inputs); !reflect.DeepEqual(want.Forms, got.Forms) {
			t.Errorf("%s with tabs: %v", file, err)
		}
	}
}

func TestLint(t *testing.T) {
	for _, c := range []struct {
		name, tmpl, fixed string
		warn              []string // before
		left              []string // after Fix
	}{
		{"clean", `{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Entrypoint": [{{ .K }}]}}}}`, "", nil, nil},
		{
			"mended", "{machine: {},, \"job\": {\"Spec\": {\"Docker\": {\"Image\": \"a/b:sha256:" + strings.Repeat("ab", 32) + "\", \"Entrypoint\": Null, \"Parameters\": [\"it\\'s\" \"a\",],}}}}}",
			"{\"machine\": {}, \"job\": {\"Spec\": {\"Docker\": {\"Image\": \"a/b@sha256:" + strings.Repeat("ab", 32) + "\", \"Entrypoint\": null, \"Parameters\": [\"it's\", \"a\"]}}}}",
			[]string{
				"1:2: read the name machine", "1:14: dropped a comma", "1:53: a digest", "1:146: read the bare word", "1:170: read \\'", "1:174: put in a missing comma",
				"1:178: dropped a comma", "1:180: dropped a comma", "1:185: dropped a }",
			},
			nil,
		},
		{
			"one optional input", `{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Entrypoint": [{{ if .A }}{{ .A }},{{ end }}]}}}}`,
			`{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Entrypoint": [{{ if .A }}{{ .A }}{{ end }}]}}}}`,
			[]string{"1:82: dropped a comma"},
			nil,
		},
		{
			"two optional inputs", `{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Entrypoint": [{{ if .A }}{{ .A }},{{ end }}{{ if .B }}{{ .B }},{{ end }}]}}}}`,
			`{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Entrypoint": [{{ if .A }}{{ .A }},{{ end }}{{ if .B }}{{ .B }}{{ end }}]}}}}`,
			[]string{"1:82: dropped a comma", "1:111: dropped a comma"},
			[]string{"1:82: dropped a comma"},
		},
		{
			"a branch of a compared input", `{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Parameters": ["a"{{ if eq .Mode "x" }}, "b"]{{ end }}}}}}`, "",
			[]string{"1:102: put in a missing ]"},
			[]string{"1:102: put in a missing ]"},
		},
		{
			"a branch of inputs compared by way of a variable", `{{ $m := or .Mode "y" }}{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Parameters": ["a"{{ if ne "x" $m }}{{ else if .B }}, "b"]{{ end }}}}}}`, "",
			[]string{"1:139: put in a missing ]"},
			[]string{"1:139: put in a missing ]"},
		},
		{
			"a branch of what a function makes", `{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Parameters": ["a"{{ if eq (print "1" .Mode) "1x" }}, "b"]{{ end }}}}, Network: "Host"}}`,
			`{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Parameters": ["a"{{ if eq (print "1" .Mode) "1x" }}, "b"]{{ end }}}}, "Network": "Host"}}`,
			[]string{"1:115: put in a missing ]", "1:119: read the name", "1:128: there is no host"},
			[]string{"1:115: put in a missing ]", "1:130: there is no host"},
		},
		{
			"more than are told", `{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Entrypoint": ["a"` + strings.Repeat(",", 40) + `]}}}}`,
			`{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Entrypoint": ["a"]}}}}`,
			oddCommas(32),
			nil,
		},
		{
			"what is for the author to decide", `{"job": {"Spec": {"Docker": {"Image": "a/b:1", "EnvironmentVariables": ["K={{ .K }}"]}, "Network": {"Type": "Host"}}}}`, "",
			[]string{"1:79: put the input in", "1:109: there is no host"},
			[]string{"1:79: put the input in", "1:109: there is no host"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			told, err := template.Lint([]byte(c.tmpl))
			same(t, told, c.warn)
			if err != nil {
				t.Error(err)
			}
			fixed, left, err := template.Fix([]byte(c.tmpl))
			if c.fixed == "" {
				c.fixed = c.tmpl
			}
			if err != nil || string(fixed) != c.fixed {
				t.Errorf("fixed to %s, want %s (%v)", fixed, c.fixed, err)
			}
			same(t, left, c.left)
		})
	}
	if _, err := template.Lint([]byte("{{ if .A }}[{{ else }}{{ end }}")); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("got %v for a template that is refused", err)
	}
}

// oddCommas are the warnings of the commas from column 67 on.
func oddCommas(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprintf("1:%d: dropped a comma", 67+i))
	}
	return all
}

// same compares the beginnings of warnings, which have a fix each.
func same(t *testing.T, got []template.Warning, want []string) {
	t.Helper()
	for i, w := range got {
		if i >= len(want) || !strings.HasPrefix(w.String(), "template line "+want[i]) || w.Fix == "" {
			t.Errorf("warning %d: %s; fix %q, want %q", i, w, w.Fix, want)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d warnings, want %q", len(got), want)
	}
}

// Values that grow out of themselves are bounded.
func TestRender_boundsItsVariables(t *testing.T) {
	double := "{{ $v := .Key }}" + strings.Repeat("{{ $v = print $v $v }}", 1000) + `{"a": {{ $v }}}`
	start := time.Now()
	if _, err := template.Render([]byte(double), map[string]string{"Key": "abcd"}); err == nil || !strings.Contains(err.Error(), "larger than") || time.Since(start) > 10*time.Second {
		t.Errorf("got %v after %s", err, time.Since(start))
	}
	var chain strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&chain, "{{ $v%d := or $v%d $v%d .K }}", i+1, i, i)
	}
	if _, err := template.Inspect([]byte("{{ $v0 := .K }}" + chain.String() + `{"a": 1}`)); err == nil || !strings.Contains(err.Error(), "nothing to run") {
		t.Errorf("got %v", err)
	}
}

// What is mended automatically is the same job, for any template.
func FuzzFix(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		if a, err := txtar.ParseFile(file); err == nil && len(a.Files) > 0 {
			f.Add(a.Files[0].Data)
		}
	}
	f.Fuzz(func(t *testing.T, tmpl []byte) {
		if len(tmpl) > 2048 {
			return
		}
		fixed, left, err := template.Fix(tmpl)
		if err != nil {
			return
		}
		was, err1 := template.Inspect(tmpl)
		is, err2 := template.Inspect(fixed)
		if err1 != nil || err2 != nil || !reflect.DeepEqual(was.Forms, is.Forms) || len(left) > 32*130 {
			t.Errorf("fixed to %q: %v %v", fixed, err1, err2)
		}
	})
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
