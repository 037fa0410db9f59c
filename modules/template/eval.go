package template

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template/parse"
)

// piece is a part of the rendered text. Group 0 is JSON that the author wrote;
// any other is data, from the action of that number, and is never read as JSON.
type piece struct {
	text  string
	pos   parse.Pos
	group int
}

// value is the result of an expression: text that is the author's in parts and
// an input's in others.
type value struct {
	parts   []part
	truth   bool
	missing string // the input it needs and has not
}

type part struct {
	text  string
	input bool
}

func (v value) String() string {
	var b strings.Builder
	for _, p := range v.parts {
		b.WriteString(p.text)
	}
	return b.String()
}

func (v value) hasInput() bool {
	return slices.ContainsFunc(v.parts, func(p part) bool { return p.input })
}

func literal(s string) value { return value{parts: []part{{text: s}}, truth: s != ""} }

func boolean(b bool) value { return value{parts: []part{{text: fmt.Sprint(b)}}, truth: b} }

// eval runs a template. There are no loops, variables or templates within
// templates, so its output is at most linear in the template and the inputs.
type eval struct {
	source
	inputs  map[string]string // by lower-case key
	dot     *value            // inside with
	out     []piece
	size    int
	missing []missing
}

type missing struct {
	key string
	pos parse.Pos
}

func (e *eval) list(l *parse.ListNode) error {
	if l == nil {
		return nil
	}
	for _, n := range l.Nodes {
		if err := e.node(n); err != nil {
			return err
		}
	}
	return nil
}

func (e *eval) node(n parse.Node) error {
	switch n := n.(type) {
	case *parse.TextNode:
		return e.emit(piece{text: string(n.Text), pos: n.Pos})
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		v, err := e.pipe(n.Pipe)
		if err != nil {
			return err
		}
		return e.print(v, n.Pipe.Pos)
	case *parse.IfNode:
		return e.branch(n.BranchNode, false)
	case *parse.WithNode:
		return e.branch(n.BranchNode, true)
	}
	return e.refuse(n.Position(), "use only values, if, else and with", "%.40q is not supported", n.String())
}

func (e *eval) branch(n parse.BranchNode, with bool) error {
	v, err := e.pipe(n.Pipe)
	if err != nil {
		return err
	}
	if !v.truth {
		return e.list(n.ElseList)
	}
	if with {
		outer := e.dot
		e.dot = &v
		defer func() { e.dot = outer }()
	}
	return e.list(n.List)
}

// print puts a value into the output. Once an input is in it all of it is data.
func (e *eval) print(v value, pos parse.Pos) error {
	if v.missing != "" {
		e.missing = append(e.missing, missing{v.missing, pos})
		return nil
	}
	group := 0
	if v.hasInput() {
		group = len(e.out) + 1
	}
	return e.emit(piece{v.String(), pos, group})
}

func (e *eval) emit(p piece) error {
	if e.size += len(p.text); e.size > MaxOutput {
		return e.refuse(p.pos, "give large data as an input file", "the rendered text is larger than %d bytes", MaxOutput)
	}
	e.out = append(e.out, p)
	return nil
}

func (e *eval) pipe(p *parse.PipeNode) (v value, err error) {
	if len(p.Decl) > 0 {
		return v, e.refuse(p.Pos, "write the value where it is used", "variables are not supported")
	}
	for i, c := range p.Cmds {
		var last []value
		if i > 0 {
			last = []value{v}
		}
		if v, err = e.command(c, last); err != nil {
			return v, err
		}
	}
	return v, nil
}

func (e *eval) command(c *parse.CommandNode, last []value) (value, error) {
	name, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok {
		if len(c.Args) > 1 || len(last) > 0 {
			return value{}, e.refuse(c.Pos, `put a function first, as in {{ subst "K=%s" .Key }}`, "%.40q is not a function", c.Args[0].String())
		}
		return e.operand(c.Args[0])
	}
	f, ok := functions[name.Ident]
	if !ok {
		known := slices.Sorted(maps.Keys(functions))
		return value{}, e.refuse(name.Pos, hint(name.Ident, known, "function"), "there is no function %.40q", name.Ident)
	}
	var args []value
	for _, a := range c.Args[1:] {
		v, err := e.operand(a)
		if err != nil {
			return value{}, err
		}
		args = append(args, v)
	}
	v, err := f(append(args, last...))
	if err != nil {
		return value{}, e.placed(name.Pos, err)
	}
	return v, nil
}

func (e *eval) operand(n parse.Node) (value, error) {
	switch n := n.(type) {
	case *parse.FieldNode:
		return e.field(n.Ident, n)
	case *parse.VariableNode:
		if n.Ident[0] == "$" {
			return e.field(n.Ident[1:], n)
		}
	case *parse.DotNode:
		if e.dot != nil {
			return *e.dot, nil
		}
		return value{}, e.refuse(n.Pos, "name an input, as in {{ .Key }}", "a dot alone is not a value here")
	case *parse.StringNode:
		return literal(n.Text), nil
	case *parse.NumberNode:
		return value{parts: []part{{text: n.Text}}, truth: n.Text != "0"}, nil
	case *parse.BoolNode:
		return boolean(n.True), nil
	case *parse.NilNode:
		return value{}, nil
	case *parse.PipeNode:
		return e.pipe(n)
	case *parse.IdentifierNode:
		return e.command(&parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{n}}, nil)
	}
	return value{}, e.refuse(n.Position(), "use inputs, texts and functions", "%.40q is not supported", n.String())
}

func (e *eval) field(path []string, n parse.Node) (value, error) {
	if len(path) != 1 || (e.dot != nil && n.Type() == parse.NodeField) {
		return value{}, e.refuse(n.Position(), "inputs are plain texts: write {{ .Key }}, or {{ $.Key }} inside with", "%.40q has no such part", n.String())
	}
	return e.input(path[0]), nil
}

// input returns an input as the reference implementation treats it: one that
// is given is true, even if it is empty.
func (e *eval) input(key string) value {
	text, ok := e.inputs[strings.ToLower(key)]
	if !ok {
		return value{missing: key}
	}
	return value{parts: []part{{text, true}}, truth: true}
}
