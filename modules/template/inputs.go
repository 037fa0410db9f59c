package template

import (
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
	found   []Input
	index   map[string]int // by lower-case key
	guarded map[string]int // how many conditions on the key are around
}

func (w *walker) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			w.keys(n.Pipe, func(key string, pos parse.Pos) {
				in := w.input(key, pos)
				in.Required = in.Required || w.guarded[strings.ToLower(key)] == 0 && !strings.HasPrefix(n.Pipe.String(), "or ")
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
		for _, c := range n.Cmds {
			for _, a := range c.Args {
				w.keys(a, fn)
			}
		}
	case *parse.FieldNode:
		fn(n.Ident[0], n.Pos)
	case *parse.VariableNode:
		if len(n.Ident) > 1 && n.Ident[0] == "$" {
			fn(n.Ident[1], n.Pos)
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
