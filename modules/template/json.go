package template

import (
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds objects and arrays within each other.
const maxDepth = 64

// node is a JSON value with its place. An input is always a str.
type node struct {
	kind  kind
	text  string // of str; the digits of num; true or false
	input bool   // an input is part of text
	items []*node
	keys  []string // of object: the names of items
	pos   parse.Pos
}

type kind int

const (
	null kind = iota
	str
	num
	boolValue
	array
	object
)

func (k kind) String() string {
	return [...]string{"null", "a text", "a number", "true or false", "a list", "an object"}[k]
}

// reader parses rendered text. It forgives what real templates get wrong:
// commas missing, doubled or left over, null in capitals, \' and line breaks
// in texts, and words without quotes. Each pardon is a warning.
type reader struct {
	source
	pieces []piece
	off    int // in the first piece
	warn   []string
	depth  int
}

// readJSON parses all pieces as one JSON value.
func readJSON(s source, pieces []piece) (*node, []string, error) {
	r := &reader{source: s, pieces: pieces}
	n, err := r.value()
	if err != nil {
		return nil, nil, err
	}
	for r.space(); r.peek() == '}' || r.peek() == ']'; r.space() {
		r.pardon(r.pos(), "dropped a bracket that closes nothing")
		r.off++
	}
	if !r.end() {
		return nil, nil, r.refuse(r.pos(), "remove it, or mend the brackets before it", "unexpected %s after the JSON", r.what())
	}
	return n, r.warn, nil
}

// skip drops pieces that are used up. An empty input is not.
func (r *reader) skip() {
	for len(r.pieces) > 0 && r.pieces[0].group == 0 && r.off >= len(r.pieces[0].text) {
		r.pieces, r.off = r.pieces[1:], 0
	}
}

func (r *reader) end() bool { r.skip(); return len(r.pieces) == 0 }

// data tells whether an input comes next.
func (r *reader) data() bool { return !r.end() && r.pieces[0].group != 0 }

// peek returns the next byte of JSON, or 0 at the end and before an input.
func (r *reader) peek() byte {
	if r.end() || r.data() {
		return 0
	}
	return r.pieces[0].text[r.off]
}

func (r *reader) pos() parse.Pos {
	if r.end() {
		return parse.Pos(len(r.source))
	}
	return r.pieces[0].pos + parse.Pos(r.off)
}

func (r *reader) take() piece {
	p := r.pieces[0]
	r.pieces, r.off = r.pieces[1:], 0
	return p
}

// space passes white space and tells whether there was any.
func (r *reader) space() (any bool) {
	for strings.IndexByte(" \t\r\n", r.peek()) >= 0 {
		r.off++
		any = true
	}
	return any
}

func (r *reader) what() string {
	switch {
	case r.end():
		return "end of the text"
	case r.data():
		return "input"
	}
	c, _ := utf8.DecodeRuneInString(r.pieces[0].text[r.off:])
	return strconv.QuoteRune(c)
}

func (r *reader) pardon(pos parse.Pos, what string) { r.warn = r.note(r.warn, pos, what) }

func (r *reader) value() (*node, error) {
	r.space()
	n := &node{pos: r.pos()}
	if r.data() {
		n.kind, n.text, n.input = str, r.take().text, true
		if c := r.peek(); r.data() || (c != 0 && strings.IndexByte(" \t\r\n,]}:", c) < 0) {
			return nil, r.refuse(r.pos(), "put quotes around the whole value", "there is text beside an input outside of quotes")
		}
		return n, nil
	}
	switch c := r.peek(); {
	case c == '{':
		n.kind = object
		return n, r.members(n, '}')
	case c == '[':
		n.kind = array
		return n, r.members(n, ']')
	case c == '"':
		n.kind = str
		return n, r.text(n)
	case isWord(c):
		return n, r.word(n)
	}
	return nil, r.refuse(r.pos(), "write a value in JSON there", "unexpected %s", r.what())
}

// members reads what is between brackets.
func (r *reader) members(n *node, closing byte) error {
	if r.depth++; r.depth > maxDepth {
		return r.refuse(n.pos, "nest less", "more than %d levels of brackets", maxDepth)
	}
	defer func() { r.depth-- }()
	r.off++
	comma := true // nothing is to be separated yet
	for {
		spaced := r.space()
		at := r.pos()
		switch c := r.peek(); {
		case c == closing:
			if comma && len(n.items) > 0 {
				r.pardon(at, "dropped a comma before the closing bracket")
			}
			r.off++
			return nil
		case c == ',':
			if comma {
				r.pardon(at, "dropped a comma that separates nothing")
			}
			comma = true
			r.off++
			continue
		case r.end() || c == ']' || c == '}':
			return r.refuse(at, "write "+string(closing)+" before it", "the bracket of %s is still open at the %s", r.at(n.pos), r.what())
		case !comma && !spaced && !r.data():
			return r.refuse(at, `put a comma before it; a quote within a text is written \"`, "unexpected %s right after a value", r.what())
		case !comma:
			r.pardon(at, "put in a missing comma")
		}
		if err := r.member(n); err != nil {
			return err
		}
		comma = false
	}
}

func (r *reader) member(n *node) error {
	if n.kind == object {
		key := &node{pos: r.pos()}
		if r.peek() != '"' {
			return r.refuse(key.pos, `write the field's name in quotes, as in "Image": …`, "expected the name of a field, not %s", r.what())
		}
		if err := r.text(key); err != nil {
			return err
		}
		if key.input {
			return r.refuse(key.pos, "write the name in the template", "an input may not be the name of a field")
		}
		r.space()
		if r.peek() != ':' {
			return r.refuse(key.pos, `write it as "name": value`, "the field %.60q has no value", key.text)
		}
		r.off++
		n.keys = append(n.keys, key.text)
	}
	item, err := r.value()
	n.items = append(n.items, item)
	return err
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("-+._", c) >= 0
}

// word reads what has no quotes.
func (r *reader) word(n *node) error {
	var b strings.Builder
	for isWord(r.peek()) {
		b.WriteByte(r.peek())
		r.off++
	}
	n.text = b.String()
	if c := r.peek(); r.data() || (c != 0 && strings.IndexByte(" \t\r\n,]}", c) < 0) {
		return r.refuse(n.pos, "put quotes around the whole value", "unexpected %s after %.40q", r.what(), n.text)
	}
	lower := strings.ToLower(n.text)
	_, err := strconv.ParseFloat(n.text, 64)
	switch {
	case lower == "null" || lower == "none" || lower == "nil":
		n.kind = null
	case lower == "true" || lower == "false":
		n.kind, n.text = boolValue, lower
		return nil
	case err == nil:
		n.kind = num
		return nil
	default:
		n.kind = str
	}
	if n.text != "null" {
		r.pardon(n.pos, "read the bare word "+n.text+" as "+n.kind.String())
	}
	return nil
}

// text reads a string; inputs in it are taken as they are.
func (r *reader) text(n *node) error {
	r.off++
	var b strings.Builder
	broken := false
	for {
		if r.data() {
			b.WriteString(r.take().text)
			n.input = true
			continue
		}
		if r.end() {
			return r.refuse(n.pos, "close it with a quote", "the text is not closed")
		}
		switch c := r.peek(); {
		case c == '"':
			r.off++
			n.text = b.String()
			return nil
		case c == '\\':
			r.off++
			if err := r.escape(&b); err != nil {
				return err
			}
		case c < ' ' && !broken:
			broken = true
			r.pardon(r.pos(), `kept a line break or tab within a text; JSON writes \n or \t`)
			fallthrough
		default:
			b.WriteByte(c)
			r.off++
		}
	}
}

func (r *reader) escape(b *strings.Builder) error {
	at := r.pos()
	c := r.peek()
	if i := strings.IndexByte(`"\/'bfnrt`, c); i >= 0 && c != 0 {
		b.WriteByte("\"\\/'\b\f\n\r\t"[i])
		r.off++
		return nil
	}
	if c != 'u' {
		return r.refuse(at, `write \\ for a backslash`, `\%.1s is not an escape of JSON`, string(rune(c)))
	}
	unit, ok := r.hex()
	if utf16.IsSurrogate(unit) && ok && r.peek() == '\\' {
		r.off++
		var low rune
		low, ok = r.hex()
		unit = utf16.DecodeRune(unit, low)
	}
	if !ok {
		return r.refuse(at, `write four hexadecimal digits after \u`, "bad unicode escape")
	}
	b.WriteRune(unit)
	return nil
}

func (r *reader) hex() (rune, bool) {
	if r.peek() != 'u' || len(r.pieces[0].text) < r.off+5 {
		return 0, false
	}
	v, err := strconv.ParseUint(r.pieces[0].text[r.off+1:r.off+5], 16, 16)
	r.off += 5
	return rune(v), err == nil
}
