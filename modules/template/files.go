package template

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/lilypad-network/lilypad"
)

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
		top, _, _ := strings.Cut(strings.TrimPrefix(o.Path, "/"), "/")
		switch low := strings.ToLower(o.Name); {
		case !path.IsAbs(o.Path) || o.Path == "/" || !cleanPath(o.Path[1:]):
			b.fail(n.pos, `write an absolute path such as "/outputs"`, "output path %.100q is no folder of the job", o.Path)
		case !cleanPath(o.Name) || strings.Contains(o.Name, "/") || low == "stdout" || low == "stderr" || low == "exitcode":
			b.fail(n.pos, "choose another name", "output name %.100q cannot be a folder of the results", o.Name)
		case reserved[top]:
			b.fail(n.pos, `write to a folder such as "/outputs"`, "output path %.100q lies in /%s, which a job may not fill", o.Path, top)
		case slices.ContainsFunc(out, func(p lilypad.Output) bool { return inside(o.Path, p.Path) || inside(p.Path, o.Path) }):
			b.fail(n.pos, "declare the outer folder alone", "output path %.100q overlaps with another", o.Path)
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
		if list != nil && list.kind != array {
			list = &node{kind: array, items: []*node{list}}
		}
		for _, item := range items(list) {
			at, required := item, required
			if item.kind == object {
				in := []*node{item}
				if at = get(in, "path", "name"); at == nil {
					b.fail(item.pos, `write {"path": "file", "required": true}`, "this input file has no path")
					continue
				}
				if n := get(in, "required"); n != nil {
					required = b.text(n) == "true"
				}
			}
			p := strings.TrimPrefix(b.text(at), "/inputs/")
			if !cleanPath(p) {
				b.fail(at.pos, "write a path relative to /inputs", "input file %.100q is not inside /inputs", p)
			}
			out = append(out, lilypad.InputFile{Path: p, Required: required})
		}
	}
	if in := []*node{n}; n.kind == object && get(in, "path") == nil {
		add(get(in, "required"), true)
		add(get(in, "optional"), false)
	} else {
		add(n, true)
	}
	return out
}

// reserved are folders that containers need or that are the job's inputs.
var reserved = map[string]bool{"inputs": true, "proc": true, "sys": true, "dev": true, "etc": true, "bin": true, "lib": true, "lib64": true, "sbin": true, "usr": true}

func inside(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }

func cleanPath(p string) bool {
	return fs.ValidPath(p) && p != "." && !strings.ContainsFunc(p, unicode.IsControl) && !strings.Contains(p, `\`) && len(p) <= 1024
}

func items(n *node) []*node {
	if n == nil {
		return nil
	}
	return n.items
}
