package template

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"github.com/lilypad-network/lilypad"
)

// source is a template's text; positions are byte offsets in it.
type source string

// Place is a line and a column of a template, in characters, from 1.
type Place struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

func (p Place) String() string { return fmt.Sprintf("template line %d:%d", p.Line, p.Column) }

func (s source) at(pos parse.Pos) Place {
	before := string(s[:max(0, min(int(pos), len(s)))])
	return Place{
		Line:   1 + strings.Count(before, "\n"),
		Column: 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]),
	}
}

func (s source) line(pos parse.Pos) int { return s.at(pos).Line }

// Fault is why a template is refused, and where. Its cause has code and remedy.
type Fault struct {
	Place
	Problem string
	Err     *lilypad.Error
}

func (f *Fault) Error() string { return f.Err.Error() }
func (f *Fault) Unwrap() error { return f.Err }

// refuse is an error at a place, with what to do about it.
func (s source) refuse(pos parse.Pos, fix, format string, args ...any) error {
	return refuse(s.at(pos), fix, fmt.Sprintf(format, args...))
}

func refuse(at Place, fix, problem string) error {
	return &Fault{at, problem, lilypad.Errorf(lilypad.Invalid, "%s: %s", at, problem).Try("%s", fix)}
}

// parse reads the template's actions; what they may do is up to eval.
func (s source) parse() (*parse.ListNode, error) {
	switch {
	case len(s) > MaxTemplate:
		return nil, s.refuse(0, "move large texts into an input file", "it is larger than the limit of %d bytes", MaxTemplate)
	case strings.TrimSpace(string(s)) == "":
		return nil, s.refuse(0, "write the module's JSON into it", "it is empty")
	}
	for i, r := range string(s) {
		if r == utf8.RuneError && !strings.HasPrefix(string(s[i:]), "\uFFFD") {
			return nil, s.refuse(parse.Pos(i), "save it as UTF-8", "it is not UTF-8")
		}
	}
	t := parse.New("line")
	t.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := t.Parse(string(s), "", "", trees); err != nil {
		return nil, s.broken(err)
	}
	for _, tree := range trees {
		if tree != t {
			return nil, s.refuse(tree.Root.Pos, "write the text where it is used", "define and block are not supported")
		}
	}
	return t.Root, nil
}

// opening is an action that needs an end, or the end.
var opening = regexp.MustCompile(`\{\{-?\s*(if|with|range|define|block|end)\b`)

// broken places an error of text/template, which knows the line alone and for
// an end that is missing only that of the template's end.
func (s source) broken(err error) error {
	number, problem, _ := strings.Cut(strings.TrimPrefix(err.Error(), "template: line:"), ": ")
	line, bad := strconv.Atoi(number)
	if bad != nil {
		return s.refuse(0, "mend the action between {{ and }}", "%.200s", strings.TrimPrefix(err.Error(), "template: "))
	}
	if problem == "unexpected EOF" {
		var open []int
		for _, m := range opening.FindAllStringSubmatchIndex(string(s), -1) {
			if s[m[2]:m[3]] != "end" {
				open = append(open, m[0])
			} else if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			return s.refuse(parse.Pos(open[len(open)-1]), "write {{ end }} where it ends", "it is never ended")
		}
	}
	start := 0
	for range line - 1 {
		start += 1 + strings.IndexByte(string(s[start:]), '\n')
	}
	text, _, _ := strings.Cut(string(s[start:]), "\n")
	return s.refuse(parse.Pos(start+max(0, strings.Index(text, "{{"))), "mend the action between {{ and }} there", "%.200s", problem)
}

// placed puts a place into an error that has none.
func (s source) placed(pos parse.Pos, err error) error {
	if _, has := errors.AsType[*Fault](err); has {
		return err
	}
	return s.refuse(pos, lilypad.RemedyOf(err), "%s", err)
}
