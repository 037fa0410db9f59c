package lilypad_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"testing"

	"github.com/lilypad-network/lilypad"
)

// The table is total: each constant of type Code that error.go declares.
func TestCodes_isTotal(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "error.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	declared := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); ok && typ.Name == "Code" {
			declared++
			text := spec.Values[0].(*ast.BasicLit).Value
			if _, ok := lilypad.Codes[lilypad.Code(text[1:len(text)-1])]; !ok {
				t.Errorf("code %s has no edge", text)
			}
		}
		return true
	})
	if declared != len(lilypad.Codes) || declared == 0 {
		t.Errorf("%d codes declared, %d in the table", declared, len(lilypad.Codes))
	}
	exits := map[int]lilypad.Code{}
	for code, edge := range lilypad.Codes {
		if edge.HTTP < 400 || edge.HTTP > 599 || edge.Exit < 64 || edge.Exit > 78 {
			t.Errorf("%s: HTTP %d and exit %d are no errors", code, edge.HTTP, edge.Exit)
		}
		if other, ok := exits[edge.Exit]; ok {
			t.Errorf("%s and %s share exit code %d", code, other, edge.Exit)
		}
		exits[edge.Exit] = code
	}
}

func TestError_chain(t *testing.T) {
	inner := lilypad.Errorf(lilypad.NotFound, "no plugin %q", "x").Try("lilypad plugin install %s", "x")
	outer := &lilypad.Error{Op: "node.start", Code: lilypad.Invalid, Msg: "configuration", Err: fmt.Errorf("scheme: %w", inner)}
	if got, want := outer.Error(), `node.start: configuration: scheme: no plugin "x"`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if !errors.Is(&lilypad.Error{Code: lilypad.Internal, Err: io.EOF}, io.EOF) {
		t.Error("the cause is lost")
	}
	for name, c := range map[string]struct {
		err    error
		code   lilypad.Code
		remedy string
	}{
		"outermost code, first remedy": {fmt.Errorf("run: %w", outer), lilypad.Invalid, "lilypad plugin install x"},
		"no code":                      {io.EOF, lilypad.Internal, ""},
		"no remedy":                    {lilypad.Errorf(lilypad.Timeout, "slow"), lilypad.Timeout, ""},
	} {
		if got := lilypad.CodeOf(c.err); got != c.code {
			t.Errorf("%s: code %s, want %s", name, got, c.code)
		}
		if got := lilypad.RemedyOf(c.err); got != c.remedy {
			t.Errorf("%s: remedy %q, want %q", name, got, c.remedy)
		}
	}
}
