package template

import (
	"fmt"
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
	made  bool // an action printed it, at pos
	loose bool // an input that the author put in without subst
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

// weight bounds what a function makes of its arguments.
func weight(args []value) (n int) {
	for _, a := range args {
		for _, p := range a.parts {
			n += 1 + len(p.text)
		}
	}
	return n
}

func literal(s string) value { return value{parts: []part{{text: s}}, truth: s != ""} }

func boolean(b bool) value { return value{parts: []part{{text: fmt.Sprint(b)}}, truth: b} }

// eval runs a template. There are no loops or templates within templates, so
// it takes as many steps as the template has nodes.
type eval struct {
	source
	inputs  map[string]string // by lower-case key
	dot     *value            // inside with
	vars    scope[value]
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
		if err != nil || len(n.Pipe.Decl) > 0 {
			return err
		}
		return e.print(v, n)
	case *parse.IfNode:
		return e.branch(n.BranchNode, false)
	case *parse.WithNode:
		return e.branch(n.BranchNode, true)
	}
	what, _, _ := strings.Cut(n.String(), "}}")
	return e.refuse(n.Position(), "name each input, as in {{ .Key }}, and use only values, if, else and with", "%.40q is not supported", what+"}}")
}

func (e *eval) branch(n parse.BranchNode, with bool) error {
	defer e.vars.leave()()
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

// loose tells whether an action prints an input as the reference implementation
// would not within quotes: with quotes of its own.
func loose(p *parse.PipeNode) bool {
	return !slices.ContainsFunc(p.Cmds, func(c *parse.CommandNode) bool { return c.Args[0].String() == "subst" })
}

// print puts a value into the output. Once an input is in it all of it is data.
func (e *eval) print(v value, n *parse.ActionNode) error {
	if v.missing != "" {
		e.missing = append(e.missing, missing{v.missing, n.Pipe.Pos})
		return nil
	}
	group := 0
	if v.hasInput() {
		group = len(e.out) + 1
	}
	return e.emit(piece{v.String(), n.Pipe.Pos, group, true, loose(n.Pipe)})
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
		defer func() { e.vars.set(p.Decl[0].Ident[0], v, p.IsAssign) }()
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
	if key, ok := indexed(c); ok {
		return e.input(key), nil
	}
	f, ok := functions[name.Ident]
	if !ok {
		return value{}, e.refuse(name.Pos, noFunction(name.Ident, len(c.Args) == 1 && len(last) == 0), "there is no function %.40q", name.Ident)
	}
	var args []value
	for _, a := range c.Args[1:] {
		v, err := e.operand(a)
		if err != nil {
			return value{}, err
		}
		args = append(args, v)
	}
	args = append(args, last...)
	if weight(args) > MaxOutput {
		return value{}, e.refuse(name.Pos, "give large data as an input file", "the rendered text is larger than %d bytes", MaxOutput)
	}
	v, err := f(args)
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
		if len(n.Ident) == 1 {
			if v := e.vars.get(n.Ident[0]); v != nil {
				return *v, nil
			}
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

// indexed reads {{ index . "Key" }}, another way to write {{ .Key }}.
func indexed(c *parse.CommandNode) (key string, _ bool) {
	if len(c.Args) != 3 || c.Args[0].String() != "index" || (c.Args[1].String() != "." && c.Args[1].String() != "$") {
		return "", false
	}
	s, ok := c.Args[2].(*parse.StringNode)
	if !ok {
		return "", false
	}
	return s.Text, true
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
