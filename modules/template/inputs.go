package template

import (
	"cmp"
	"slices"
	"strings"
	"text/template/parse"
)

// inputs lists the keys that a template reads, in the order of their first
// appearance. One is required if it is printed outside of a condition on it.
func (s source) inputs(tree *parse.ListNode) []Input {
	w := &walker{source: s, index: map[string]int{}, guarded: map[string]int{}}
	w.list(tree)
	return w.found
}

type walker struct {
	source
	found    []Input
	index    map[string]int // by lower-case key
	guarded  map[string]int // how many conditions on the key are around
	vars     scope[origin]
	compared *comparisons // nil: not asked for
}

// origin is what a variable is made of.
type origin struct {
	keys []string
	what compared
}

func (w *walker) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			w.compared.printed(w.vars, n.Pipe)
			other, spare := spare(n.Pipe)
			w.keys(n.Pipe, func(key string, pos parse.Pos) {
				in := w.input(key, pos)
				in.Default = cmp.Or(in.Default, other)
				in.Required = in.Required || w.guarded[strings.ToLower(key)] == 0 && !spare && len(n.Pipe.Decl) == 0
			})
		case *parse.IfNode:
			w.branch(n.BranchNode)
		case *parse.WithNode:
			w.branch(n.BranchNode)
		case *parse.RangeNode: // refused later, with its own reason
			w.branch(n.BranchNode)
		}
	}
}

func (w *walker) branch(n parse.BranchNode) {
	defer w.vars.leave()()
	w.compared.decides(w.vars, n.Pipe)
	var keys []string
	w.keys(n.Pipe, func(key string, pos parse.Pos) {
		keys = append(keys, strings.ToLower(key))
		w.input(key, pos)
	})
	for _, k := range keys {
		w.guarded[k]++
	}
	w.list(n.List)
	for _, k := range keys {
		w.guarded[k]--
	}
	w.list(n.ElseList)
	if len(keys) == 1 && n.ElseList != nil {
		if in := &w.found[w.index[keys[0]]]; in.Default == "" {
			in.Default = fallback(n)
		}
	}
}

// spare tells whether a pipe has a value for an input that is not given, and
// which, if it is a text.
func spare(p *parse.PipeNode) (other string, _ bool) {
	for _, c := range p.Cmds {
		if f := c.Args[0].String(); f != "or" && f != "default" {
			continue
		}
		for _, a := range c.Args[1:] {
			if s, ok := a.(*parse.StringNode); ok {
				return s.Text, true
			}
		}
		return "", true
	}
	return "", false
}

// input returns the entry of a key. The pointer is good until the next call.
func (w *walker) input(key string, pos parse.Pos) *Input {
	low := strings.ToLower(key)
	i, ok := w.index[low]
	if !ok {
		i = len(w.found)
		w.index[low] = i
		w.found = append(w.found, Input{Key: key, Line: w.line(pos)})
	}
	return &w.found[i]
}

// keys calls fn for each input in a pipe.
func (w *walker) keys(n parse.Node, fn func(string, parse.Pos)) {
	switch n := n.(type) {
	case *parse.PipeNode:
		own := fn
		if len(n.Decl) > 0 {
			name, made := n.Decl[0].Ident[0], origin{what: w.compared.pipe(w.vars, n)}
			if before := w.vars.get(name); n.IsAssign && before != nil { // it may have kept that
				made.keys = slices.Clone(before.keys)
				made.what.join(before.what)
			}
			own = func(key string, pos parse.Pos) {
				if !slices.Contains(made.keys, key) {
					made.keys = append(made.keys, key)
				}
				fn(key, pos)
			}
			defer func() { w.vars.set(name, made, n.IsAssign) }()
		}
		for _, c := range n.Cmds {
			if key, ok := indexed(c); ok {
				own(key, c.Pos)
			}
			for _, a := range c.Args {
				w.keys(a, own)
			}
		}
	case *parse.FieldNode:
		fn(n.Ident[0], n.Pos)
	case *parse.VariableNode:
		if len(n.Ident) > 1 && n.Ident[0] == "$" {
			fn(n.Ident[1], n.Pos)
			return
		}
		if v := w.vars.get(n.Ident[0]); v != nil {
			for _, key := range v.keys {
				fn(key, n.Pos)
			}
		}
	}
}

// fallback is the else branch, less the text that stands around the input in
// the other branch: {{if .W}}"W={{.W}}"{{else}}"W=512"{{end}} gives 512.
func fallback(n parse.BranchNode) string {
	plain := func(l *parse.ListNode) (before, after string, ok bool) {
		for _, node := range l.Nodes {
			switch node := node.(type) {
			case *parse.TextNode:
				if ok {
					after += string(node.Text)
				} else {
					before += string(node.Text)
				}
			case *parse.ActionNode:
				if ok {
					return "", "", false
				}
				ok = true
				if f := node.Pipe.Cmds[0].Args; len(f) == 3 {
					if format, isText := f[1].(*parse.StringNode); isText {
						prefix, suffix, _ := strings.Cut(format.Text, "%s")
						before, after = before+prefix, suffix
					}
				}
			default:
				return "", "", false
			}
		}
		return before, after, ok
	}
	clean := func(s string) string { return strings.Trim(s, " \t\r\n,") }
	other, _, hasAction := plain(n.ElseList)
	other = strings.TrimSuffix(strings.TrimPrefix(clean(other), `"`), `"`)
	before, after, ok := plain(n.List)
	if hasAction || !ok {
		return ""
	}
	before, after = strings.TrimPrefix(clean(before), `"`), strings.TrimSuffix(clean(after), `"`)
	return strings.TrimSuffix(strings.TrimPrefix(other, before), after)
}
