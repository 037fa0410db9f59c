package template

import (
	"errors"
	"fmt"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"github.com/lilypad-network/lilypad"
)

// source is a template's text; positions are byte offsets in it.
type source string

// at names a place for people.
func (s source) at(pos parse.Pos) string {
	before := string(s[:max(0, min(int(pos), len(s)))])
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf("template line %d:%d", line, column)
}

func (s source) line(pos parse.Pos) int {
	return 1 + strings.Count(string(s[:min(int(pos), len(s))]), "\n")
}

// refuse is an error at a place, with what to do about it.
func (s source) refuse(pos parse.Pos, fix, format string, args ...any) error {
	return lilypad.Errorf(lilypad.Invalid, "%s: %s", s.at(pos), fmt.Sprintf(format, args...)).Try("%s", fix)
}

// maxWarnings is as many as anyone reads; counting lines for each costs time.
const maxWarnings = 32

// note adds a warning with its place.
func (s source) note(warnings []string, pos parse.Pos, what string) []string {
	if len(warnings) == maxWarnings {
		return warnings
	}
	return append(warnings, s.at(pos)+": "+what)
}

// parse reads the template's actions; what they may do is up to eval.
func (s source) parse() (*parse.ListNode, error) {
	switch {
	case len(s) > MaxTemplate:
		return nil, lilypad.Errorf(lilypad.Invalid, "template has %d bytes, the limit is %d", len(s), MaxTemplate).
			Try("move large texts into an input file")
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
		text, ok := strings.CutPrefix(err.Error(), "template: line:")
		if !ok {
			return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "template does not parse", Remedy: "mend the action between {{ and }}", Err: err}
		}
		return nil, lilypad.Errorf(lilypad.Invalid, "template line %.200s", text).Try("mend the action between {{ and }} there")
	}
	if len(trees) > 1 {
		return nil, lilypad.Errorf(lilypad.Invalid, "template uses define or block").Try("write the text where it is used")
	}
	return t.Root, nil
}

// placed puts a place into an error that has none.
func (s source) placed(pos parse.Pos, err error) error {
	if e, ok := errors.AsType[*lilypad.Error](err); ok && !strings.HasPrefix(e.Msg, "template") {
		return lilypad.Errorf(e.Code, "%s: %s", s.at(pos), e.Msg).Try("%s", e.Remedy)
	}
	return err
}
