package judge_test

import (
	"errors"
	"testing"

	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

func TestLarger(t *testing.T) {
	for name, tt := range map[string]struct {
		a, b uint64
		over bool
		want compare.Sameness
	}{
		"both small":                {100, 1, false, 0},
		"both too large":            {101, 120, true, compare.SamenessIncomparable},
		"about the bound":           {99, 101, true, compare.SamenessIncomparable},
		"one padded out of reach":   {10, 101, true, compare.SamenessDifferent},
		"largest against the least": {1<<64 - 1, 0, true, compare.SamenessDifferent},
	} {
		for _, pair := range [][2]uint64{{tt.a, tt.b}, {tt.b, tt.a}} {
			if c, over := judge.Larger(pair[0], pair[1], 100); over != tt.over || c.Sameness != tt.want {
				t.Errorf("%s: %v, %t", name, c, over)
			}
		}
	}
}

func TestShare_isNeverRoundedToNothing(t *testing.T) {
	for _, tt := range []struct{ part, of, want uint64 }{{0, 5, 0}, {0, 0, 0}, {1, 3, 333_334}, {1, 1 << 40, 1}, {5, 5, judge.All}} {
		if m := judge.Share(1, tt.part, tt.of); m.Value != tt.want {
			t.Errorf("%d of %d: %d ppm, want %d", tt.part, tt.of, m.Value, tt.want)
		}
	}
}

// fixed answers the same about every file; the zero value reads none.
type fixed compare.Comparison

func (f fixed) Judge(string, []byte, []byte) (compare.Comparison, bool) {
	return compare.Comparison(f), f.Sameness != 0
}

func TestAnyOf_AllOf_Judge(t *testing.T) {
	equal, unsure, different, blind := fixed(compare.Equal()), fixed(compare.Incomparable()), fixed(compare.Different(9)), fixed{}
	for name, tt := range map[string]struct {
		kinds    []judge.Kind
		any, all fixed
	}{
		"none":               {nil, blind, blind},
		"none that reads":    {[]judge.Kind{blind, blind}, blind, blind},
		"one that reads":     {[]judge.Kind{blind, unsure}, unsure, unsure},
		"one equal":          {[]judge.Kind{different, blind, equal}, equal, different},
		"one unsure":         {[]judge.Kind{equal, unsure}, equal, unsure},
		"unsure, different":  {[]judge.Kind{unsure, different}, unsure, different},
		"all different":      {[]judge.Kind{different, different}, different, different},
		"all equal, one not": {[]judge.Kind{equal, equal, blind}, equal, equal},
	} {
		for kind, want := range map[judge.Kind]fixed{anyOf(tt.kinds): tt.any, allOf(tt.kinds): tt.all} {
			if c, ok := kind.Judge("", nil, nil); c != compare.Comparison(want) || ok != (want != blind) {
				t.Errorf("%s: %T: %+v, %t; want %+v", name, kind, c, ok, want)
			}
		}
	}
}

// Lists are no keys of a map.
func anyOf(kinds []judge.Kind) judge.Kind { k := judge.AnyOf(kinds); return &k }
func allOf(kinds []judge.Kind) judge.Kind { k := judge.AllOf(kinds); return &k }

func TestBroken(t *testing.T) {
	bad := errors.New("broken")
	if c := judge.Broken(bad, nil); c.Sameness != compare.SamenessDifferent {
		t.Errorf("one: %+v", c)
	}
	if c := judge.Broken(bad, bad); c.Sameness != compare.SamenessIncomparable {
		t.Errorf("both: %+v", c)
	}
}
