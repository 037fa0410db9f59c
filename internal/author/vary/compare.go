package vary

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Pairs are at least n pairs of different result trees, whose blocks are put
// into dst: the ends of what a tree can be, then random ones. Parameters are
// drawn from params.
func Pairs(ctx context.Context, r *rand.Rand, dst storage.Putter, params []string, n int) ([]hostapi.Pair, error) {
	var pairs []hostapi.Pair
	add := func(a, b tree) error {
		p := hostapi.Pair{Params: drawParams(r, params), Engine: hostapi.EngineWasm}
		if r.IntN(2) == 1 {
			p.Engine = hostapi.EngineDocker
		}
		for _, side := range []struct {
			root *hostapi.Bytes32
			tree tree
		}{{&p.ARoot, a}, {&p.BRoot, b}} {
			id, _, err := storage.PutFiles(ctx, dst, side.tree.entries())
			if err != nil {
				return err
			}
			*side.root = hostapi.Bytes32(id)
		}
		pairs = append(pairs, p)
		return nil
	}
	for i, a := range extremeTrees() {
		for _, b := range extremeTrees()[:i] {
			if err := add(a, b); err != nil {
				return nil, err
			}
		}
	}
	for len(pairs) < n {
		a := randomTree(r)
		if err := add(a, a.changed(r)); err != nil {
			return nil, err
		}
	}
	return pairs, nil
}

// drawParams are random parameters, as a deal carries them, of some of the
// names.
func drawParams(r *rand.Rand, names []string) []hostapi.Param {
	var list []hostapi.Param
	for _, name := range names {
		if r.IntN(2) == 1 {
			v := int64(random{r}.number(63))
			if r.IntN(4) > 0 {
				v = r.Int64N(10)
			}
			list = append(list, hostapi.Param{Key: name, Value: v})
		}
	}
	return list
}

// tree is what the files of a result hold, by path. A path that ends in *
// is an executable.
type tree map[string]string

func (t tree) entries() []storage.Entry {
	var list []storage.Entry
	for path, content := range t {
		name, executable := strings.CutSuffix(path, "*")
		e := storage.Bytes(name, []byte(content))
		e.Executable = executable
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b storage.Entry) int { return strings.Compare(a.Path, b.Path) })
	return list
}

func extremeTrees() []tree {
	many := tree{}
	for i := range 300 {
		many[fmt.Sprintf("outputs/%03d", i)] = fmt.Sprint(i)
	}
	return []tree{
		{},
		{"stdout": ""},
		{"stdout*": ""},
		{"stdout": "\x00\xff\xfe"},
		{"stdout": "nan inf -inf 1e999 0.1 -0\n"},
		{"stdout": strings.Repeat("0123456789abcdef", storage.MaxBlock/16) + "beyond a block\n", "exitCode": "0"},
		{"outputs/" + strings.Repeat("ü", 100): "a long name"},
		many,
	}
}

func randomTree(r *rand.Rand) tree {
	t := tree{"exitCode": "0"}
	for _, path := range []string{"stdout", "outputs/a.csv", "outputs/b.json", "outputs/c.log", "outputs/d.npy"} {
		if r.IntN(2) == 1 {
			t[path] = numbers(r)
		}
	}
	return t
}

func numbers(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(20) {
		fmt.Fprintf(&b, "%.6g%c", r.Float64()*1000, " ,\n"[r.IntN(3)])
	}
	return b.String()
}

// changed is a tree that differs in one file at least.
func (t tree) changed(r *rand.Rand) tree {
	out := tree{"changed": fmt.Sprint(r.Uint64())}
	if r.IntN(2) == 1 {
		out = tree{}
	}
	for path, content := range t {
		switch r.IntN(4) {
		case 0:
			out[path] = numbers(r)
		case 1:
			out[path] = content + fmt.Sprint(r.IntN(10))
		default:
			out[path] = content
		}
	}
	if len(out) == len(t) {
		out["stderr"] = fmt.Sprint(r.Uint64())
	}
	return out
}
