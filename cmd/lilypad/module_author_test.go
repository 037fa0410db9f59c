package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
)

// says runs a command of lilypad module and returns all that it prints.
func (o operator) says(args ...string) (string, error) {
	o.Helper()
	var out bytes.Buffer
	root := (&app{Printer: &cli.Printer{Out: &out, Err: &out}}).command()
	root.SetArgs(append([]string{"module", "--data", o.data}, args...))
	err := root.ExecuteContext(o.Context())
	return out.String(), err
}

// problem is how a refused template is told with --json.
type problem struct {
	Error struct {
		Code, Message, Fix string
		Line, Column       int
	}
}

// refusal runs a command that must fail and returns what it prints.
func (o operator) refusal(args ...string) (p problem) {
	o.Helper()
	var out bytes.Buffer
	root := (&app{Printer: &cli.Printer{Out: &out, Err: &bytes.Buffer{}}}).command()
	root.SetArgs(append([]string{"module", "--json", "--data", o.data}, args...))
	if err := root.ExecuteContext(o.Context()); cli.ExitCode(err) == 0 || err == nil {
		o.Errorf("%q: no exit code (%v)", args, err)
	}
	if err := json.Unmarshal(out.Bytes(), &p); err != nil {
		o.Errorf("%q printed %s: %v", args, out.Bytes(), err)
	}
	return p
}

func write(t *testing.T, file, text string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// The command that this project began with, over a mirror of its host.
func TestModule_Render_ofRepository(t *testing.T) {
	archive, err := txtar.ParseFile("../../modules/template/testdata/picture-pipeline.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := gittest.Serve(t)
	s.Commit("lilypad-tech/lilypad-module-sdxl-pipeline", map[string]string{modules.TemplateFile: string(archive.Files[0].Data)})
	s.Git("lilypad-tech/lilypad-module-sdxl-pipeline", "tag", "v0.9-base-lilypad3")
	s.Commit("lilypad-tech/lilypad-module-sdxl-pipeline", map[string]string{modules.TemplateFile: "moved on"})
	o := operator{t, t.TempDir()}
	var job normalised
	err = o.module(&job, "render", "sdxl-pipeline:v0.9-base-lilypad3", "-i", "Prompt=an astronaut, \"red\"", "-i", "Steps=200", "--git-mirror", "github.com="+s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if job.Module != "sdxl-pipeline:v0.9-base-lilypad3" || !slices.Equal(job.Env, []string{`PROMPT=an astronaut, "red"`, "STEPS=200", "OFFLINE=1"}) ||
		job.Resources.GPU != 1 || job.Timeout != 1800 || job.Network || len(job.Warnings) != 0 || !strings.HasPrefix(job.Image, "example/pictures:v0.9@sha256:") {
		t.Errorf("rendered %+v", job)
	}
	file := "file://" + s.Git("lilypad-tech/lilypad-module-sdxl-pipeline", "rev-parse", "--absolute-git-dir") + ":v0.9-base-lilypad3"
	if p := o.refusal("render", file); p.Error.Code != string(lilypad.Unauthorized) || !strings.Contains(p.Error.Fix, "--allow-file") {
		t.Errorf("%s: %+v", file, p)
	}
	if err := o.module(&job, "render", file, "--allow-file", "-i", "steps=1"); err != nil || !slices.Contains(job.Env, "STEPS=1") {
		t.Errorf("%s: %+v %v", file, job, err)
	}
}

func TestModule_Render_refuses(t *testing.T) {
	o, dir := operator{t, t.TempDir()}, t.TempDir()
	for _, c := range []struct {
		text, message, fix string
		line, column       int
	}{
		{"{\n  \"job\": {{ range .K }}{{ end }}}", "range", "name each input", 2, 19},
		{"{\n\"job\": {\"Spec\": {\"Docker\": {\"Image\": {{ .K }}}}}}", "K (line 2) is missing", "-i K=", 2, 41},
		{"{{ if .K }}", "never ended", "{{ end }}", 1, 1},
		{strings.Repeat(" ", 70000), "limit of 65536", "input file", 1, 1},
	} {
		p := o.refusal("render", write(t, filepath.Join(dir, "x.tmpl"), c.text)).Error
		if p.Code != "invalid" || p.Line != c.line || p.Column != c.column || !strings.Contains(p.Message, c.message) || !strings.Contains(p.Fix, c.fix) {
			t.Errorf("%.60s: got %+v, want %d:%d %s; fix %s", c.text, p, c.line, c.column, c.message, c.fix)
		}
	}
}

// What a module says of itself cannot take a terminal over.
func TestModule_Render_isPlain(t *testing.T) {
	o := operator{t, t.TempDir()}
	file := write(t, filepath.Join(t.TempDir(), "x.tmpl"), `{"job": {"Spec": {"Volumes\u001b[2J": 1, "Docker": {"Image": "a/b:1", "Entrypoint": ["\u001b]0;x\u0007"], "EnvironmentVariables": ["A=\u202e\u001b[2J"], "Ports\u001b": 1, "WorkingDirectory": "/a\nb"}}}}`)
	for _, command := range []string{"render", "lint"} {
		text, _ := o.says(command, file)
		if strings.ContainsAny(text, "\x1b\x07\u202e") {
			t.Errorf("%s printed %q", command, text)
		}
	}
}

func TestModule_Lint(t *testing.T) {
	o := operator{t, t.TempDir()}
	file := write(t, filepath.Join(t.TempDir(), modules.TemplateFile), "{\"job\": {\"Spec\": {\"Docker\": {\"Image\": \"a/b:1\",\n\"Entrypoint\": [\"a\",],}, \"Network\": \"Host\"}}}")
	type report struct {
		Fixed bool
		Odd   []struct{ Line, Column int }
	}
	var found report
	var out bytes.Buffer
	for _, args := range [][]string{{"lint", file}, {"lint", filepath.Dir(file), "--fix"}, {"lint", file}} {
		out.Reset()
		root := (&app{Printer: &cli.Printer{Out: &out, Err: &bytes.Buffer{}}}).command()
		root.SetArgs(append([]string{"module", "--json", "--data", o.data}, args...))
		if err := root.ExecuteContext(t.Context()); cli.ExitCode(err) != 1 {
			t.Errorf("%q: exit code %d, want 1", args, cli.ExitCode(err))
		}
		fixed, before := slices.Contains(args, "--fix"), len(found.Odd)
		if err := json.Unmarshal(out.Bytes(), &found); err != nil {
			t.Fatal(err)
		}
		want := 3
		if before > 0 {
			want = 1
		}
		if found.Fixed != fixed || len(found.Odd) != want || found.Odd[len(found.Odd)-1].Line != 2 {
			t.Errorf("%q: %+v, want %d", args, found, want)
		}
	}
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), `["a"]}, "Network": "Host"`) {
		t.Errorf("mended to %s (%v)", text, err)
	}
}

// From nothing to a module that runs, without a market.
func TestModule_InitAndRun(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a module")
	}
	o, dir := operator{t, t.TempDir()}, filepath.Join(t.TempDir(), "greet")
	var made struct{ Built bool }
	if err := o.module(&made, "init", dir); err != nil || !made.Built {
		t.Fatalf("%+v %v", made, err)
	}
	o.moduleRefused(lilypad.Conflict, "not empty", "init", dir)
	o.moduleRefused(lilypad.Invalid, "one form", "init", dir+"2", "--docker", "--wasm")
	if err := o.module(nil, "lint", dir); err != nil {
		t.Errorf("lint: %v", err)
	}
	results := filepath.Join(t.TempDir(), "results")
	var ran tried
	if err := o.module(&ran, "run", dir, "-i", "who=Ada, \"x\"", "--output", results); err != nil || ran.Stdout != "Hello, Ada, \"x\"!\n" || ran.ExitCode != 0 {
		t.Errorf("%+v %v", ran, err)
	}
	if text, err := os.ReadFile(filepath.Join(results, "outputs", "outputs", "greeting.txt")); err != nil || string(text) != ran.Stdout {
		t.Errorf("results have %q (%v)", text, err)
	}
	if entries, err := os.ReadDir(results); err != nil || len(entries) != 4 {
		t.Errorf("results folder has %v (%v), want stdout, stderr, exitCode, outputs", entries, err)
	}
	if p := o.refusal("run", dir, "--output", results); p.Error.Code != string(lilypad.Conflict) {
		t.Errorf("a results folder that is not empty: %+v", p)
	}
	files := t.TempDir()
	write(t, filepath.Join(files, "name.txt"), "Bob\n")
	if err := o.module(&ran, "run", dir, "--inputs-path", files, "-i", "Greeting=Hi"); err != nil || ran.Stdout != "Hi, Bob!\n" {
		t.Errorf("%+v %v", ran, err)
	}
	template := filepath.Join(dir, modules.TemplateFile)
	text, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	write(t, template, strings.Replace(string(text), `"optional"`, `"required"`, 1))
	if p := o.refusal("run", dir); !strings.Contains(p.Error.Message, "name.txt") || !strings.Contains(p.Error.Fix, "--inputs-path") {
		t.Errorf("without a required file: %+v", p)
	}
	write(t, template, strings.Replace(string(text), `"/outputs"`, `"/other"`, 1))
	if err := o.module(&ran, "run", dir); cli.ExitCode(err) != 1 {
		t.Errorf("a module that fails: %v", err)
	}
}

// Inspect tells what the operator's own allow plugin makes of a module.
func TestModule_Inspect_tellsTheRuling(t *testing.T) {
	o := operator{t, t.TempDir()}
	rules := write(t, filepath.Join(t.TempDir(), "c.yaml"), `allow: {use: list, settings: {rules: [{action: deny, name: "cowsay:*"}]}}`)
	for want, args := range map[string][]string{"abstain": {}, "deny": {"--config", rules}} {
		var seen struct {
			Allow struct{ Plugin, Permission, Reason string }
		}
		if err := o.module(&seen, append([]string{"inspect", "cowsay:v0.0.4"}, args...)...); err != nil || seen.Allow.Permission != want || seen.Allow.Plugin != "list" {
			t.Errorf("%q: %+v %v, want %s", args, seen, err, want)
		}
	}
}
