package template

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
	"time"

	"github.com/distribution/reference"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/nearest"
)

// defaultTimeout is what the reference implementation's templates nearly all
// ask for, in seconds.
const defaultTimeout = 1800

// nanosecondsFrom is where a timeout is meant as Go writes durations.
const nanosecondsFrom = 1e9

var envName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*$`)

// builder makes a Spec of JSON. After the first error, which it keeps, it goes
// on with empty values. All its readers accept nil for a field that is absent.
type builder struct {
	source
	warn warnings
	err  error
}

func (b *builder) fail(pos parse.Pos, fix, format string, args ...any) {
	if b.err == nil {
		b.err = b.refuse(pos, fix, format, args...)
	}
}

func (b *builder) warning(n *node, what, fix string) {
	b.warn.add(b.source, Warning{Text: what, Fix: fix, pos: n.pos})
}

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

// object reads an object; a list counts as its only element.
func (b *builder) object(in []*node, names ...string) []*node {
	n := get(in, names...)
	if n != nil && n.kind == array && len(n.items) < 2 {
		b.warning(n, "read a list as an object", "write it in { and }")
		if len(n.items) == 0 {
			return nil
		}
		n = n.items[0]
	}
	if b.is(n, object) {
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
			if item.kind == null {
				b.warning(item, "read null as an empty text", `write ""`)
			}
			out = append(out, b.text(item))
		}
	default:
		out = []string{b.text(n)}
	}
	return out
}

// command reads an entrypoint. Docker gives one that is no list to a shell.
func (b *builder) command(n *node) []string {
	if n != nil && n.kind == str && strings.ContainsAny(n.text, " \t\n") {
		b.warning(n, "a shell reads the entrypoint, as it is no list", `write a list, such as ["sh", "-c", "…"]`)
		return []string{"/bin/sh", "-c", b.text(n)}
	}
	return b.texts(n)
}

// places returns the objects that say what the job is, and those that say what
// the container runs; the first that has a field counts.
func (b *builder) places(top []*node) (spec, params []*node) {
	job := b.object(top, "job")
	if job == nil {
		job = top // a bare Bacalhau job
	}
	// Some authors closed Spec too early: what is beside it counts too.
	spec = append(b.object(job, "spec"), job...)
	if tasks := b.list(job, "tasks"); len(tasks) > 0 { // Bacalhau's second API
		if len(tasks) > 1 {
			b.warning(tasks[1], "only the first task is run", "make a module of each task")
		}
		spec = append(tasks[:1:1], spec...)
	}
	for _, field := range []string{"EngineSpec", "engine"} { // engine may also be a word
		if n := get(spec, field); n != nil && n.kind == object {
			params = append(params, b.object([]*node{n}, "params")...)
		}
	}
	return spec, append(params, b.object(spec, "docker")...)
}

func (b *builder) build(root *node, r *Rendered) {
	if !b.is(root, object) {
		return
	}
	top := []*node{root}
	spec, params := b.places(top)
	wasm := get(top, "wasm")

	common := lilypad.Spec{
		Resources: b.resources(top, spec),
		Network:   b.network(get(spec, "network")),
		Inputs:    b.inputFiles(get(append(top, spec...), "inputFiles", "input_files")),
		Outputs:   b.outputs(b.list(spec, "outputs", "output", "ResultPaths")),
		Timeout:   b.timeout(cmp.Or(get(spec, "timeout"), get(b.object(spec, "timeouts"), "ExecutionTimeout", "TotalTimeout"))),
	}
	common.GPUModel, common.GPUDriver = b.gpuKind(top)
	common.Verification = b.verification(top)
	common.Models = b.models(top, common.Outputs)
	b.ignored(spec, params)
	b.misspelt(params)
	docker := common
	docker.Engine = lilypad.EngineDocker
	docker.Entrypoint = b.command(get(params, "entrypoint"))
	docker.Args = b.texts(get(params, "parameters", "cmd"))
	docker.Env = b.env(get(append(params, spec...), "EnvironmentVariables", "environment", "env"))
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
	case get(spec, "wasm") != nil:
		b.fail(get(spec, "wasm").pos, `put the file into the repository and name it in a top-level field: "wasm": "tool.wasm"`, "a wasm file is not fetched from elsewhere")
	default:
		b.fail(append(params, root)[0].pos, `set job.Spec.Docker.Image, or a top-level "wasm"`, "it names nothing to run")
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
		form.Wasm = b.digest(n, digest)
	}
	r.Forms[lilypad.EngineWasm] = form
}

// digest reads a SHA-256 digest; n is the field that it is part of.
func (b *builder) digest(n, digest *node) (h lilypad.Hash) {
	sum, err := hex.DecodeString(strings.TrimPrefix(b.text(digest), "sha256:"))
	if err != nil || len(sum) != len(h) {
		b.fail(n.pos, "write the 64 hexadecimal digits that sha256sum prints", "%.80q is not a SHA-256 digest", b.text(digest))
	}
	copy(h[:], sum)
	return h
}

// image checks a reference and mends name:sha256:… and name:tag:sha256:….
func (b *builder) image(n *node) string {
	if n.input {
		b.fail(n.pos, "write it in the template, one module for each image", "an input may not choose the image: the deal pins it")
	}
	ref := strings.TrimSpace(b.text(n))
	if i := strings.Index(ref, ":sha256:"); i > 0 {
		ref = ref[:i] + "@" + ref[i+1:]
		b.edits(n, ":sha256:", "@sha256:", "a digest is written name@sha256:…")
	}
	if scheme, rest, ok := strings.Cut(ref, "://"); ok && (scheme == "https" || scheme == "docker") {
		ref = rest
		b.edits(n, scheme+"://", "", "an image has no scheme")
	}
	if _, err := reference.ParseNormalizedNamed(ref); err != nil {
		fix := "write it as registry/name:tag or registry/name@sha256:…"
		if _, err := reference.ParseNormalizedNamed(strings.ToLower(ref)); err == nil {
			fix = "write it in small letters: " + strings.ToLower(ref)
		}
		b.fail(n.pos, fix, "%.100q is not an image reference", ref)
	}
	return ref
}

// edits warns of a part of a text that the template has as it stands there.
func (b *builder) edits(n *node, from, to, what string) {
	end := min(len(b.source), int(n.pos)+len(n.text)+2)
	var e *edit
	if i := strings.Index(string(b.source[n.pos:end]), from); i >= 0 {
		e = &edit{int(n.pos) + i, int(n.pos) + i + len(from), to}
	}
	b.warn.add(b.source, Warning{Text: what, Fix: strings.TrimSpace("write " + to + " for " + from), pos: n.pos, edit: e})
}

func (b *builder) envName(n *node, key string) {
	if !envName.MatchString(key) {
		b.fail(n.pos, "use letters, digits and _ in its name", "%.60q cannot be the name of an environment variable", key)
	}
}

func (b *builder) env(n *node) (out []string) {
	if n != nil && n.kind == object {
		for i, key := range n.keys {
			b.envName(n.items[i], key)
			out = append(out, key+"="+b.text(n.items[i]))
		}
		return out
	}
	if n == nil || n.kind != array {
		n = &node{kind: array, items: []*node{n}}
	}
	for _, item := range n.items {
		if item != nil && item.kind == object {
			in := []*node{item}
			if key := b.text(get(in, "name", "key")); key != "" {
				b.envName(item, key)
				out = append(out, key+"="+b.text(get(in, "value")))
			} else {
				out = append(out, b.env(item)...)
			}
			continue
		}
		switch key, _, ok := strings.Cut(b.text(item), "="); {
		case ok && strings.TrimSpace(key) != "":
			out = append(out, strings.TrimLeft(b.text(item), " "))
			b.envName(item, strings.TrimLeft(key, " "))
		case key != "":
			b.warn.add(b.source, Warning{Text: "ignored an environment variable that is not KEY=value", Fix: "write it as KEY=value", pos: item.pos, data: item.input})
		}
	}
	return out
}

// network reads {"type": …}, or the type alone.
func (b *builder) network(kind *node) bool {
	if kind != nil && kind.kind == object {
		in := []*node{kind}
		if n := get(in, "domains"); n != nil && len(n.items) > 0 {
			b.warning(n, "domains are not filtered: a job reaches the network or it does not", "remove them")
		}
		kind = get(in, "type")
	}
	switch strings.ToLower(b.text(kind)) {
	case "", "none", "false":
		return false
	case "full", "http", "bridge", "default", "true":
	case "host":
		b.warning(kind, "there is no host network: the job gets a network of its own", `write "Full"`)
	default:
		b.fail(kind.pos, "write None or Full", "there is no network %.40q", kind.text)
	}
	return true
}

func (b *builder) timeout(n *node) lilypad.Seconds {
	var v float64
	if d, err := time.ParseDuration(b.text(n)); err == nil && n.kind == str {
		v = d.Seconds()
	} else if v = b.number(n); v >= nanosecondsFrom {
		v /= 1e9
		b.warning(n, "read so large a timeout as nanoseconds", "write seconds")
	}
	switch {
	case v == 0:
		return defaultTimeout
	case v < 1 || v > 30*24*3600:
		b.fail(n.pos, "write seconds, at most 30 days", "timeout %s is out of range", n.text)
		return 0
	}
	return lilypad.Seconds(v)
}

// ignored warns of fields that an author relied on and that do nothing here.
func (b *builder) ignored(spec, params []*node) {
	for _, n := range b.list(spec, "inputs", "InputSources") {
		in := []*node{n}
		if source := get(in, "source"); source != nil && source.kind == object {
			in = []*node{source}
		}
		where := cmp.Or(b.text(get(in, "StorageSource", "type")), "elsewhere")
		b.warning(n, "inputs are not fetched from "+where+": give the files with --inputs-path, the job finds them in /inputs", `list them in "inputFiles"`)
	}
	for _, field := range []string{"volumes", "mounts", "ports", "privileged", "devices", "capAdd", "networkMode", "nodeSelectors", "constraints"} {
		if n := get(append(params, spec...), field); n != nil && (n.kind != array || len(n.items) > 0) && n.text != "false" {
			b.warning(n, field+" is ignored: a job gets its own folders and nothing of its host", "remove it")
		}
	}
	if n := get(append(b.object(spec, "deal"), spec...), "concurrency", "count"); n != nil && b.number(n) > 1 {
		b.warning(n, "one machine runs the job, not several", "ask for more runs with --scheme replicate")
	}
}

// misspelt warns of a field of the container that nothing reads and that is
// close to one that is not there.
func (b *builder) misspelt(params []*node) {
	known := []string{"image", "entrypoint", "parameters", "environmentvariables", "workingdirectory"}
	for _, o := range params {
		for i, key := range o.keys {
			low := strings.ToLower(key)
			near := nearest.Names(low, known, 1)
			if near != nil && !slices.Contains(known, low) && get(params, near[0]) == nil {
				b.warning(o.items[i], fmt.Sprintf("the field %.60q is not read", key), "did you mean "+near[0]+"?")
			}
		}
	}
}
