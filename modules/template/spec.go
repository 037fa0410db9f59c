package template

import (
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template/parse"
	"unicode"

	"github.com/google/go-containerregistry/pkg/name"

	"github.com/lilypad-network/lilypad"
)

// defaultTimeout is what the reference implementation's templates nearly all
// ask for, in seconds.
const defaultTimeout = 1800

// builder makes a Spec of JSON. After the first error, which it keeps, it goes
// on with empty values. All its readers accept nil for a field that is absent.
type builder struct {
	source
	warn []string
	err  error
}

func (b *builder) fail(pos parse.Pos, fix, format string, args ...any) {
	if b.err == nil {
		b.err = b.refuse(pos, fix, format, args...)
	}
}

func (b *builder) warning(n *node, what string) { b.warn = b.note(b.warn, n.pos, what) }

// get returns the field of the first object that has it under one of the names,
// in any letter case. A null counts as absent.
func get(objects []*node, names ...string) *node {
	for _, o := range objects {
		if o == nil || o.kind != object {
			continue
		}
		for i := len(o.keys) - 1; i >= 0; i-- { // the last one counts, as in encoding/json
			if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, o.keys[i]) }) && o.items[i].kind != null {
				return o.items[i]
			}
		}
	}
	return nil
}

func (b *builder) is(n *node, want kind) bool {
	if n != nil && n.kind != want {
		b.fail(n.pos, "make it "+want.String(), "this is %s, want %s", n.kind, want)
		return false
	}
	return n != nil
}

func (b *builder) object(in []*node, names ...string) []*node {
	if n := get(in, names...); b.is(n, object) {
		return []*node{n}
	}
	return nil
}

func (b *builder) list(in []*node, names ...string) []*node {
	if n := get(in, names...); b.is(n, array) {
		return n.items
	}
	return nil
}

// text reads a text, number or truth value as a text.
func (b *builder) text(n *node) string {
	switch {
	case n == nil || n.kind == null:
		return ""
	case n.kind == array || n.kind == object:
		b.is(n, str)
	case strings.Contains(n.text, "\x00"):
		b.fail(n.pos, "remove it", "the text has a zero byte")
	}
	return n.text
}

// texts reads a list of texts; a single one counts as a list, "" as none.
func (b *builder) texts(n *node) (out []string) {
	switch {
	case n == nil || n.kind == str && n.text == "":
	case n.kind == array:
		for _, item := range n.items {
			out = append(out, b.text(item))
		}
	default:
		out = []string{b.text(n)}
	}
	return out
}

func (b *builder) build(root *node, r *Rendered) {
	if !b.is(root, object) {
		return
	}
	top := []*node{root}
	job := b.object(top, "job")
	if job == nil {
		job = top // a bare Bacalhau job
	}
	// Some authors closed Spec too early: what is beside it counts too.
	spec := append(b.object(job, "spec"), job...)
	engine := b.object(spec, "EngineSpec")
	params := append(b.object(engine, "params"), b.object(spec, "docker")...)
	wasm := get(top, "wasm")

	common := lilypad.Spec{
		Resources: b.resources(top, spec),
		GPUModel:  b.gpuModel(top),
		Network:   b.network(b.object(spec, "network")),
		Inputs:    b.inputFiles(get(append(top, spec...), "inputFiles")),
		Outputs:   b.outputs(b.list(spec, "outputs", "output")),
		Timeout:   b.timeout(get(spec, "timeout")),
	}
	b.ignored(spec, params)
	docker := common
	docker.Engine = lilypad.EngineDocker
	docker.Entrypoint = b.texts(get(params, "entrypoint"))
	docker.Args = b.texts(get(params, "parameters"))
	docker.Env = b.env(get(params, "EnvironmentVariables"))
	docker.WorkDir = b.text(get(params, "WorkingDirectory"))
	r.Forms = map[lilypad.Engine]lilypad.Spec{}
	image := get(params, "image")
	switch {
	case b.text(image) != "":
		form := docker
		form.Image = b.image(image)
		form.Resources.RAMMB = floor(form.Resources)
		r.Forms[lilypad.EngineDocker] = form
	case wasm != nil:
	case get(spec, "wasm") != nil && strings.EqualFold(b.text(get(spec, "engine")), "wasm"):
		b.fail(get(spec, "wasm").pos, `put the file into the repository and name it in a top-level field: "wasm": "tool.wasm"`, "wasm from IPFS is not supported")
	default:
		b.fail(root.pos, `set job.Spec.Docker.Image, or a top-level "wasm"`, "it names nothing to run")
	}
	if wasm != nil {
		b.wasm(wasm, docker, r)
	}
	r.Author = b.text(b.named(top, "author"))
	r.Description = b.text(get(top, "description"))
}

// named reads a field that is a text or an object with a name.
func (b *builder) named(in []*node, field string) *node {
	n := get(in, field)
	if n != nil && n.kind == object {
		return get([]*node{n}, "name")
	}
	return n
}

// wasm reads the wasm field; see doc.go.
func (b *builder) wasm(n *node, form lilypad.Spec, r *Rendered) {
	form.Engine = lilypad.EngineWasm
	in := []*node{n}
	file, digest := get(in, "path"), get(in, "sha256")
	switch {
	case n.kind == object:
		if v := get(in, "entrypoint"); v != nil {
			form.Entrypoint = b.texts(v)
		}
		if v := get(in, "args"); v != nil {
			form.Args = b.texts(v)
		}
		if v := get(in, "env"); v != nil {
			form.Env = b.env(v)
		}
	case strings.HasPrefix(b.text(n), "sha256:"):
		digest = n
	default:
		file = n
	}
	r.WasmPath = b.text(file)
	for _, part := range []*node{file, digest} {
		if part != nil && part.input {
			b.fail(n.pos, "write it in the template", "an input may not choose what is run")
		}
	}
	if digest == nil && file == nil {
		b.fail(n.pos, `name the file, as in "wasm": "tool.wasm"`, "wasm names nothing to run")
	}
	if r.WasmPath != "" && !cleanPath(r.WasmPath) {
		b.fail(n.pos, "name a file of the repository", "wasm path %.100q leaves the module", r.WasmPath)
	}
	if digest != nil {
		sum, err := hex.DecodeString(strings.TrimPrefix(b.text(digest), "sha256:"))
		if err != nil || len(sum) != len(form.Wasm) {
			b.fail(n.pos, "write the 64 hexadecimal digits that sha256sum prints", "%.80q is not a SHA-256 digest", b.text(digest))
		}
		copy(form.Wasm[:], sum)
	}
	r.Forms[lilypad.EngineWasm] = form
}

// image checks a reference and mends name:sha256:… and name:tag:sha256:….
func (b *builder) image(n *node) string {
	if n.input {
		b.fail(n.pos, "write it in the template, one module for each image", "an input may not choose the image: the deal pins it")
	}
	ref := strings.TrimSpace(b.text(n))
	if i := strings.Index(ref, ":sha256:"); i > 0 {
		ref = ref[:i] + "@" + ref[i+1:]
		b.warning(n, "a digest is written name@sha256:…")
	}
	if _, err := name.ParseReference(ref); err != nil {
		b.fail(n.pos, "write it as registry/name:tag or registry/name@sha256:…", "%.100q is not an image reference", ref)
	}
	return ref
}

func (b *builder) env(n *node) (out []string) {
	if n != nil && n.kind == object {
		for i, key := range n.keys {
			out = append(out, key+"="+b.text(n.items[i]))
		}
		return out
	}
	for i, entry := range b.texts(n) {
		if key, _, ok := strings.Cut(entry, "="); ok && key != "" {
			out = append(out, entry)
		} else if entry != "" {
			at := n
			if n.kind == array {
				at = n.items[i]
			}
			b.warning(at, "ignored an environment variable that is not KEY=value")
		}
	}
	return out
}

func (b *builder) network(n []*node) bool {
	kind := get(n, "type")
	switch strings.ToLower(b.text(kind)) {
	case "", "none":
		return false
	case "full", "http", "bridge", "default":
	case "host":
		b.warning(kind, "there is no host network: the job gets a network of its own")
	default:
		b.fail(kind.pos, "write None or Full", "there is no network %.40q", kind.text)
	}
	return true
}

func (b *builder) timeout(n *node) lilypad.Seconds {
	v := b.number(n)
	switch {
	case v == 0:
		return defaultTimeout
	case v < 1 || v > 30*24*3600:
		b.fail(n.pos, "write seconds, at most 30 days", "timeout %s is out of range", n.text)
		return 0
	}
	return lilypad.Seconds(v)
}

func (b *builder) outputs(list []*node) (out []lilypad.Output) {
	names := map[string]bool{}
	for _, n := range list {
		if !b.is(n, object) {
			continue
		}
		in := []*node{n}
		o := lilypad.Output{Name: b.text(get(in, "name")), Path: b.text(get(in, "path"))}
		if o.Path == "" {
			o.Path = "/" + o.Name
		}
		o.Path = path.Clean(o.Path)
		if o.Name == "" {
			o.Name = path.Base(o.Path)
		}
		switch low := strings.ToLower(o.Name); {
		case !path.IsAbs(o.Path) || o.Path == "/" || !cleanPath(o.Path[1:]):
			b.fail(n.pos, `write an absolute path such as "/outputs"`, "output path %.100q is no folder of the job", o.Path)
		case !cleanPath(o.Name) || strings.Contains(o.Name, "/") || low == "stdout" || low == "stderr" || low == "exitcode":
			b.fail(n.pos, "choose another name", "output name %.100q cannot be a folder of the results", o.Name)
		case names[low]:
			b.fail(n.pos, "choose another name", "two outputs are named %.100q", o.Name)
		}
		names[strings.ToLower(o.Name)] = true
		out = append(out, o)
	}
	return out
}

// inputFiles reads {"required": […], "optional": […]} or a list of paths, all
// required.
func (b *builder) inputFiles(n *node) (out []lilypad.InputFile) {
	if n == nil {
		return nil
	}
	add := func(list *node, required bool) {
		for _, p := range b.texts(list) {
			p = strings.TrimPrefix(p, "/inputs/")
			if !cleanPath(p) {
				b.fail(list.pos, "write a path relative to /inputs", "input file %.100q is not inside /inputs", p)
			}
			out = append(out, lilypad.InputFile{Path: p, Required: required})
		}
	}
	if n.kind == object {
		add(get([]*node{n}, "required"), true)
		add(get([]*node{n}, "optional"), false)
	} else {
		add(n, true)
	}
	return out
}

func cleanPath(p string) bool {
	return fs.ValidPath(p) && p != "." && !strings.ContainsFunc(p, unicode.IsControl) && !strings.Contains(p, `\`) && len(p) <= 1024
}

// ignored warns of fields that an author relied on and that do nothing here.
func (b *builder) ignored(spec, params []*node) {
	for _, n := range b.list(spec, "inputs") {
		where := get([]*node{n}, "StorageSource")
		b.warning(n, "inputs are not fetched from "+firstOf(b.text(where), "elsewhere")+": give the files with --inputs-path, the job finds them in /inputs")
	}
	for _, field := range []string{"volumes", "mounts", "ports", "privileged", "devices", "capAdd", "nodeSelectors"} {
		if n := get(append(params, spec...), field); n != nil {
			b.warning(n, field+" is ignored: a job gets its own folders and nothing of its host")
		}
	}
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
