package gen

import (
	"bytes"
	"fmt"
	"go/format"
	"maps"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi/schema"
)

// Files are contents by path from the repository's root.
type Files map[string][]byte

// An Emitter writes the files of one language. Source reads a hand-written
// file of the repository that is carried over.
type Emitter func(s *schema.Schema, source func(path string) ([]byte, error)) (Files, error)

// Emitters are all languages there are.
var Emitters = []Emitter{GoHost, GoGuest, GoConformance, CGuest, RustGuest, AssemblyScriptGuest, AssemblyScriptConformance, Spec}

// All is what every emitter writes.
//
// # Errors
//
// A source cannot be read, or an emitter wrote what is not its language.
func All(s *schema.Schema, source func(path string) ([]byte, error)) (Files, error) {
	all := Files{}
	for _, emit := range Emitters {
		files, err := emit(s, source)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, files)
	}
	return all, nil
}

// A page collects lines of Go.
type page struct{ bytes.Buffer }

func (p *page) f(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *page) source(path string) ([]byte, error) {
	b, err := format.Source(p.Bytes())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b, nil
}

// braces is the page as languages with braces indent it, with at most one
// empty line between two others and none before a closing brace.
func (p *page) braces() []byte {
	var lines []string
	depth := 0
	for line := range strings.Lines(p.String()) {
		line = strings.TrimSpace(line)
		last := len(lines) - 1
		closes := strings.HasPrefix(line, "}") || strings.HasPrefix(line, ")")
		if last >= 0 && lines[last] == "" && (line == "" || closes) {
			lines = lines[:last]
		}
		if closes {
			depth--
		}
		indent := depth
		if strings.HasPrefix(line, "case ") {
			indent--
		}
		if line != "" {
			line = strings.Repeat("\t", indent) + line
		}
		lines = append(lines, line)
		if strings.HasSuffix(line, "{") || strings.HasSuffix(line, "(") {
			depth++
		}
	}
	return []byte(strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n")
}

const generated = "// Code generated from hostapi/schema; DO NOT EDIT.\n\npackage %s\n"

var initialisms = map[string]string{
	"id": "ID", "gpu": "GPU", "gpus": "GPUs", "cpu": "CPU", "ram": "RAM", "vram": "VRAM",
}

// goName turns a schema name into an exported Go one.
func goName(name string) string {
	var b strings.Builder
	for _, w := range strings.Split(name, "_") {
		if i, ok := initialisms[w]; ok {
			b.WriteString(i)
		} else {
			b.WriteString(strings.ToUpper(w[:1]) + w[1:])
		}
	}
	return b.String()
}

// fieldDoc is the remark behind a field: its unit, its doc.
func fieldDoc(f *schema.Field) string {
	var parts []string
	if f.Type.Alias != nil {
		parts = append(parts, f.Type.Alias.Doc)
	}
	if f.Doc != "" {
		parts = append(parts, f.Doc)
	}
	return strings.Join(parts, "; ")
}

// sentence is a doc as it follows "X is": lower case, one full stop.
func sentence(doc string) string {
	if doc == "" {
		return "described in hostapi/SPEC.md."
	}
	return strings.TrimSuffix(doc, ".") + "."
}

// plus is a name, and an offset unless that is nothing.
func plus(name string, offset int) string {
	if offset == 0 {
		return name
	}
	return fmt.Sprintf("%s + %d", name, offset)
}

// remark is a doc behind a line.
func remark(doc string) string {
	if doc == "" {
		return ""
	}
	return " // " + doc
}
