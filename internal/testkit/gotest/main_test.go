package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTally_read(t *testing.T) {
	events := `{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Test":"TestGood","Output":"quiet\n"}
{"Action":"pass","Package":"p","Test":"TestGood"}
{"Action":"output","Package":"p","Test":"TestBad","Output":"    x_test.go:3: loud\n"}
{"Action":"fail","Package":"p","Test":"TestBad"}
{"Action":"output","Package":"p","Test":"TestLazy","Output":"    x_test.go:9: needs docker: no engine: at all\n"}
{"Action":"output","Package":"p","Test":"TestLazy","Output":"--- SKIP: TestLazy (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"TestLazy"}
{"Action":"output","Package":"p","Test":"TestDead","Output":"panic: gone\n"}
{"Action":"output","Package":"p","Output":"FAIL\tp\t0.1s\n"}
{"Action":"fail","Package":"p"}
`
	var out strings.Builder
	got := tally{out: &out}
	if err := got.read(strings.NewReader(events)); err != nil {
		t.Fatal(err)
	}
	if got.passed != 1 || got.failed != 1 {
		t.Errorf("%d passed, %d failed, want one each", got.passed, got.failed)
	}
	if diff := cmp.Diff([]string{"p TestLazy: needs docker: no engine: at all"}, got.skips); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("    x_test.go:3: loud\nFAIL\tp\t0.1s\npanic: gone\n", out.String()); diff != "" {
		t.Error(diff)
	}
}
