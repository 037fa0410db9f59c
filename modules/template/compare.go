package template

import (
	"encoding/json"
	"slices"
	"strings"
	"text/template/parse"
)

// comparisons are the texts that decide which branches of a template are taken.
type comparisons struct {
	constants map[string][]string // by the key, in lower case, that they are compared with
	blind     bool                // something else decides as well
}

// compared is what a pipe is made of.
type compared struct {
	keys      []string // in lower case
	constants []string
	compares  bool // somewhere in it
	odd       bool // a function made another text, or it is too much to follow
}

// choosing are the functions whose result follows from which inputs are given
// and which of the compared texts they are.
var choosing = []string{"and", "default", "eq", "index", "ne", "not", "or"}

func (c *compared) join(o compared) {
	c.keys, c.constants = union(c.keys, o.keys), union(c.constants, o.constants)
	c.compares, c.odd = c.compares || o.compares, c.odd || o.odd || len(c.keys)+len(c.constants) > maxTurns
}

func union(a, b []string) []string {
	for _, s := range b {
		if len(a) <= maxTurns && !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// decides notes the condition of a branch.
func (all *comparisons) decides(vars scope[origin], p *parse.PipeNode) {
	if all != nil && all.pipe(vars, p).odd {
		all.blind = true
	}
}

// printed notes an action, which may print one text or another.
func (all *comparisons) printed(vars scope[origin], p *parse.PipeNode) {
	if all == nil {
		return
	}
	if c := all.pipe(vars, p); c.compares && c.odd {
		all.blind = true
	}
}

func (all *comparisons) pipe(vars scope[origin], p *parse.PipeNode) (c compared) {
	if all == nil {
		return c
	}
	compares := false
	for _, cmd := range p.Cmds {
		if key, ok := indexed(cmd); ok {
			c.join(compared{keys: []string{strings.ToLower(key)}})
			continue
		}
		for _, a := range cmd.Args {
			c.join(all.operand(vars, a))
		}
		f := cmd.Args[0].String()
		compares = compares || f == "eq" || f == "ne"
	}
	if !compares {
		return c
	}
	c.compares, c.odd = true, c.odd || len(c.keys) > 1
	for _, key := range c.keys {
		for _, text := range c.constants {
			var bare string // as same has it
			if json.Unmarshal([]byte(text), &bare) != nil {
				bare = text
			}
			all.constants[key] = union(all.constants[key], []string{bare})
		}
		all.blind = all.blind || len(all.constants[key]) > maxTurns
	}
	return c
}

func (all *comparisons) operand(vars scope[origin], n parse.Node) (c compared) {
	switch n := n.(type) {
	case *parse.PipeNode:
		return all.pipe(vars, n)
	case *parse.IdentifierNode:
		c.odd = !slices.Contains(choosing, n.Ident)
	case *parse.FieldNode:
		c.keys = []string{strings.ToLower(n.Ident[0])}
	case *parse.VariableNode:
		if len(n.Ident) > 1 {
			c.keys = []string{strings.ToLower(n.Ident[1])}
		} else if v := vars.get(n.Ident[0]); v != nil {
			c.join(v.what)
		} else {
			c.odd = true
		}
	case *parse.StringNode:
		c.constants = []string{n.Text}
	case *parse.NumberNode:
		c.constants = []string{n.Text}
	case *parse.BoolNode:
		c.constants = []string{n.String()}
	case *parse.NilNode:
		c.constants = []string{""}
	default:
		c.odd = true
	}
	return c
}
