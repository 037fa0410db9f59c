package template

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Limits of the models of a module.
const (
	maxModels     = 32
	maxModelBytes = 1 << 44 // of one; what a double still counts, and no disk holds
	maxURL        = 2048
)

// models reads [{"url": …, "sha256": …, "bytes": …, "path": …}]. outputs are
// the folders that the job fills. Templates of others may have a field of that
// name for something else.
func (b *builder) models(top []*node, outputs []lilypad.Output) (out []lilypad.Model) {
	field := get(top, "models")
	for _, n := range items(field) {
		if len(out) == maxModels {
			b.fail(n.pos, "pack them into fewer files", "more than %d models are named", maxModels)
			return nil
		}
		if get([]*node{n}, "url", "path") != nil {
			out = append(out, b.model(n, out, outputs))
		}
	}
	if field != nil && len(out) < max(1, len(field.items)) {
		b.warning(field, "models is read as a list of files alone", `write [{"url": …, "sha256": …, "bytes": …, "path": …}]`)
	}
	return out
}

func (b *builder) model(n *node, before []lilypad.Model, outputs []lilypad.Output) (m lilypad.Model) {
	in := []*node{n}
	from, digest, size, to := get(in, "url"), get(in, "sha256"), get(in, "bytes"), get(in, "path")
	for _, part := range []*node{from, digest, size, to} {
		if part != nil && part.input {
			b.fail(part.pos, "write it in the template", "an input may not choose a model: the deal pins it")
			return m
		}
	}
	m.URL, m.Path = b.modelURL(n, from), b.text(to)
	if digest == nil {
		b.warning(n, "the model has no sha256, so that nobody runs a job with it", `add "sha256": and what sha256sum prints`)
	} else {
		m.SHA256 = b.digest(digest, digest)
	}
	count := b.number(size)
	switch {
	case size == nil:
		b.warning(n, "the model has no bytes, so that nobody runs a job with it", `add "bytes": and what stat -c %s prints`)
	case !(count >= 1 && count <= maxModelBytes) || count != float64(uint64(count)):
		b.fail(size.pos, "write how many bytes the file has", "a model of %.40q bytes cannot be", size.text)
	default:
		m.Bytes = uint64(count)
	}
	at := n
	if to != nil {
		at = to
	}
	if problem, fix := modelPath(m.Path, before, outputs); problem != "" {
		b.fail(at.pos, fix, "model path %.100q %s", m.Path, problem)
	}
	return m
}

// modelURL reads where a model is to be had.
func (b *builder) modelURL(n, from *node) string {
	text := b.text(from)
	if from == nil {
		from = n
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" || len(text) > maxURL:
		b.fail(from.pos, `write "url": "https://…"`, "%.100q is no address of a model", text)
	case u.User != nil:
		b.fail(from.pos, "put it where nobody logs in", "the address of a model has a user name or password, which everyone could read")
	case u.Scheme == "http":
		b.warning(from, "most providers fetch no model over http", "write https://, if its host knows that")
	}
	return text
}

// modelPath tells what is wrong with where a model lies: all in a folder of
// models is a model, and nobody writes there.
func modelPath(p string, before []lilypad.Model, outputs []lilypad.Output) (problem, fix string) {
	folder := path.Dir(p)
	top, _, _ := strings.Cut(strings.TrimPrefix(p, "/"), "/")
	switch {
	case !path.IsAbs(p) || !cleanPath(p[1:]) || folder == "/" || strings.Contains(p, ":"):
		return "is no file in a folder", `write an absolute path such as "/models/weights.safetensors"`
	case reserved[top]:
		return "lies in /" + top + ", where no models may be", `choose a folder such as "/models"`
	case slices.ContainsFunc(outputs, func(o lilypad.Output) bool { return inside(o.Path, folder) || inside(folder, o.Path) }):
		return "lies in or around an output", `choose a folder of its own, such as "/models"`
	}
	for _, m := range before {
		other := path.Dir(m.Path)
		if m.Path == p {
			return "is that of another model", "name each model once"
		}
		if folder != other && (inside(folder, other) || inside(other, folder)) {
			return "lies in a folder within another one's", `put them into one folder, or side by side`
		}
	}
	return "", ""
}
