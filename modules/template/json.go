package template

import (
	"fmt"
	"slices"
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
// commas missing, doubled or left over, comments, null in capitals, \' and line
// breaks in texts, words without quotes, brackets of the wrong kind. Each
// pardon is a warning.
type reader struct {
	source
	pieces []piece
	off    int // in the first piece
	warn   warnings
	open   []byte // what closes the brackets around
}

// readJSON parses all pieces as one JSON value.
func readJSON(s source, pieces []piece) (*node, warnings, error) {
	r := &reader{source: s, pieces: pieces}
	n, err := r.value()
	if err != nil {
		return nil, r.warn, err
	}
	for r.space(); r.peek() != 0 && strings.IndexByte("}].;,", r.peek()) >= 0; r.space() {
		r.pardon(r.pos(), "dropped a "+string(r.peek())+" that closes nothing", "", 1)
		r.off++
	}
	if !r.end() {
		return nil, r.warn, r.refuse(r.pos(), "remove it, or mend the brackets before it", "unexpected %s after the JSON", r.what())
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
	if r.pieces[0].made {
		return r.pieces[0].pos
	}
	return r.pieces[0].pos + parse.Pos(r.off)
}

// take returns what is left of the first piece.
func (r *reader) take() piece {
	p := r.pieces[0]
	p.pos = r.pos()
	p.text = p.text[r.off:]
	r.pieces, r.off = r.pieces[1:], 0
	return p
}

// invisible are characters that editors and web pages leave behind.
var invisible = []string{"\ufeff", "\u00a0", "\u200b", "\u2028"}

// space passes white space and comments, and tells whether there was any.
func (r *reader) space() (any bool) {
	for ; ; any = true {
		c := r.peek()
		if c == 0 {
			return any
		}
		rest := r.pieces[0].text[r.off:]
		hidden := slices.IndexFunc(invisible, func(s string) bool { return strings.HasPrefix(rest, s) })
		switch {
		case strings.IndexByte(" \t\r\n", c) >= 0:
			r.off++
		case hidden >= 0:
			r.pardon(r.pos(), "dropped a character that cannot be seen", "", len(invisible[hidden]))
			r.off += len(invisible[hidden])
		case c == '#', strings.HasPrefix(rest, "//"):
			r.comment("\n")
		case strings.HasPrefix(rest, "/*"):
			r.comment("*/")
		default:
			return any
		}
	}
}

// comment passes what JSON does not know, up to its end. Inputs in it are part
// of it.
func (r *reader) comment(end string) {
	r.pardon(r.pos(), "dropped a comment: JSON has none", "move it into {{/* … */}}", 0)
	for ; !r.end(); r.pieces, r.off = r.pieces[1:], 0 {
		p := r.pieces[0]
		if i := strings.Index(p.text[r.off:], end); p.group == 0 && i >= 0 {
			r.off += i + len(end)
			return
		}
	}
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

// pardon notes what was mended. The same is done to the template by with in
// place of length bytes there; neither: there is no one edit that does it.
func (r *reader) pardon(pos parse.Pos, what, with string, length int) {
	var e *edit
	fix := with
	if at := int(pos); length > 0 || len(with) == 1 {
		e = &edit{at, at + length, with}
		if fix = "remove it"; with != "" {
			fix = "write " + with
		}
	}
	r.warn.add(r.source, Warning{Text: what, Fix: fix, pos: pos, edit: e})
}

const plainQuotes = `write a plain " for each of “ and ”`

func (r *reader) value() (*node, error) {
	r.space()
	n := &node{pos: r.pos()}
	if r.data() {
		n.kind, n.text, n.input = str, r.take().text, true // it brings its own quotes
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
	case c == '"', c == '\'':
		n.kind = str
		return n, r.text(n)
	case strings.HasPrefix(r.rest(), "“"), strings.HasPrefix(r.rest(), "”"):
		return nil, r.refuse(r.pos(), plainQuotes, "JSON knows no typographic quotes")
	case isWord(c):
		return n, r.word(n)
	}
	return nil, r.refuse(r.pos(), "write a value in JSON there", "unexpected %s", r.what())
}

// members reads what is between brackets.
func (r *reader) members(n *node, closing byte) error {
	if r.open = append(r.open, closing); len(r.open) > maxDepth {
		return r.refuse(n.pos, "nest less", "more than %d levels of brackets", maxDepth)
	}
	defer func() { r.open = r.open[:len(r.open)-1] }()
	r.off++
	comma, last, end := true, n.pos, n.pos // nothing is to be separated yet
	for {
		spaced, at := r.space(), r.pos()
		switch c := r.peek(); {
		case c == closing:
			if comma && len(n.items) > 0 {
				r.pardon(last, "dropped a comma before the closing bracket", "", 1)
			}
			r.off++
			return nil
		case c == ',':
			if comma {
				r.pardon(at, "dropped a comma that separates nothing", "", 1)
			}
			comma, last = true, at
			r.off++
			continue
		case (c == ']' || c == '}') && len(r.open) > 1 && r.open[len(r.open)-2] == c:
			r.pardon(at, "put in a missing "+string(closing), string(closing), 0)
			return nil
		case r.end() || c == ']' || c == '}':
			return r.refuse(at, "write "+string(closing)+" before it", "the bracket of line %d is still open at the %s", r.line(n.pos), r.what())
		case !comma && !spaced && !r.data():
			return r.refuse(at, `put a comma before it; a quote within a text is written \"`, "unexpected %s right after a value", r.what())
		case !comma:
			r.pardon(end, "put in a missing comma", ",", 0)
		}
		if err := r.member(n); err != nil {
			return err
		}
		comma, end = false, r.pos()
	}
}

func (r *reader) member(n *node) error {
	if n.kind == object {
		key := &node{pos: r.pos()}
		switch c := r.peek(); {
		case c == '"', c == '\'':
			if err := r.text(key); err != nil {
				return err
			}
		case isWord(c):
			key.text = r.letters()
			r.pardon(key.pos, "read the name "+key.text+" without quotes", strconv.Quote(key.text), len(key.text))
		case strings.HasPrefix(r.rest(), "“"), strings.HasPrefix(r.rest(), "”"):
			return r.refuse(key.pos, plainQuotes, "JSON knows no typographic quotes")
		default:
			return r.refuse(key.pos, `write the field's name in quotes, as in "Image": …`, "expected the name of a field, not %s", r.what())
		}
		if key.input {
			return r.refuse(key.pos, "write the name in the template", "an input may not be the name of a field")
		}
		r.space()
		if r.peek() != ':' {
			return r.refuse(key.pos, `write it as "name": value`, "the field %.60q has no value", key.text)
		}
		r.off++
		if slices.ContainsFunc(n.keys, func(k string) bool { return strings.EqualFold(k, key.text) }) {
			r.pardon(key.pos, fmt.Sprintf("%.60q is there twice, the later one counts", key.text), "remove one of them", 0)
		}
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
	n.text = r.letters()
	if c := r.peek(); r.data() || (c != 0 && strings.IndexByte(" \t\r\n,]}", c) < 0) {
		return r.refuse(n.pos, "put quotes around the whole value", "unexpected %s after %.40q", r.what(), n.text)
	}
	lower := strings.ToLower(n.text)
	_, err := strconv.ParseFloat(n.text, 64)
	switch {
	case lower == "null" || lower == "none" || lower == "nil":
		n.kind = null
	case lower == "true" || lower == "false":
		n.kind = boolValue
	case err == nil:
		n.kind = num
		return nil
	default:
		n.kind = str
	}
	means := map[kind]string{null: "null", boolValue: lower, str: strconv.Quote(n.text)}[n.kind]
	if means != n.text {
		r.pardon(n.pos, "read the bare word "+n.text+" as "+n.kind.String(), means, len(n.text))
	}
	if n.kind == boolValue {
		n.text = lower
	}
	return nil
}

// letters reads a word.
func (r *reader) letters() string {
	rest := r.rest()
	n := 0
	for n < len(rest) && isWord(rest[n]) {
		n++
	}
	r.off += n
	return rest[:n]
}

// rest is the JSON up to the next action.
func (r *reader) rest() string {
	if r.peek() == 0 {
		return ""
	}
	return r.pieces[0].text[r.off:]
}

// text reads a string; inputs in it are taken as they are.
func (r *reader) text(n *node) error {
	quote := r.peek()
	if quote == '\'' {
		r.pardon(n.pos, "read a text in apostrophes", `write it in "`, 0)
	}
	r.off++
	var b strings.Builder
	broken := false
	for {
		if r.data() {
			p := r.take()
			if p.loose {
				r.pardon(p.pos, "put the input in without the quotes of its own", `write "{{ subst "KEY=%s" .Input }}"`, 0)
			}
			b.WriteString(p.text)
			n.input = true
			continue
		}
		if r.end() {
			return r.refuse(n.pos, "close it with a quote", "the text is not closed")
		}
		switch c := r.peek(); {
		case c == quote:
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
			r.pardon(r.pos(), "kept a line break or tab within a text", `write \n or \t`, 0)
			fallthrough
		default:
			if c == '{' && strings.HasPrefix(r.rest(), "{%") {
				r.pardon(n.pos, "kept {% as text: actions are between {{ and }} here", "write {{ if .Key }}…{{ end }}", 0)
			}
			b.WriteByte(c)
			r.off++
		}
	}
}

func (r *reader) escape(b *strings.Builder) error {
	at := r.pos()
	c := r.peek()
	if i := strings.IndexByte(`"\/'bfnrt`, c); i >= 0 && c != 0 {
		if c == '\'' {
			r.pardon(at-1, `read \' as an apostrophe`, "'", 2)
		}
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
