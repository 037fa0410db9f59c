package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "accept the output as golden")

// run trains, a step after the other.
func run(in fs.FS, dir string, o order, stdout io.Writer) error {
	r, err := begin(in, o)
	for done := false; err == nil && !done; {
		done, err = r.step(dir, stdout)
	}
	return err
}

// The last bit of every weight is in the golden file, as part of a digest.
func TestRun_golden(t *testing.T) {
	for name, o := range map[string]order{
		"iris":  {},
		"small": {file: "iris.csv", target: "species", hidden: "2", epochs: "3", rate: "0.5", seed: "9"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			var got bytes.Buffer
			if err := run(os.DirFS("example"), dir, o, &got); err != nil {
				t.Fatal(err)
			}
			err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				b, err := os.ReadFile(filepath.Join(dir, path))
				fmt.Fprintf(&got, "%s sha256:%x\n", path, sha256.Sum256(b))
				if path == "metrics.csv" {
					got.Write(b)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A step goes down the slope of the loss: the gradient is that of differences.
func TestNetwork_step_followsTheGradient(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	tab := &table{rows: [][]float64{{1, -2}, {.5, .3}, {-1, 1}}, class: []int{0, 1, 1}}
	all := []int{0, 1, 2}
	n := newNetwork(2, 3, 2, random)
	for i := range n.numbers {
		n.numbers[i] += .1 // off the kinks
	}
	before := append([]float64(nil), n.numbers...)
	const h, rate = 1e-6, 1e-3
	var slopes []float64
	for i := range n.numbers {
		n.numbers[i] = before[i] + h
		up, _ := n.judge(tab, all)
		n.numbers[i] = before[i] - h
		down, _ := n.judge(tab, all)
		n.numbers[i] = before[i]
		slopes = append(slopes, (up-down)/(2*h))
	}
	n.step(tab.rows, tab.class, rate)
	for i, slope := range slopes {
		if moved := before[i] - n.numbers[i]; math.Abs(moved-rate*slope) > 1e-6*rate+1e-9 {
			t.Errorf("number %d moved by %g, the slope is %g", i, moved, slope)
		}
	}
}

// What no line can separate needs the hidden layer.
func TestRun_learnsExclusiveOr(t *testing.T) {
	var file strings.Builder
	file.WriteString("x,odd,y\n")
	random := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		x, y := 2*random.Float64()-1, 2*random.Float64()-1
		fmt.Fprintf(&file, "%f,%v,%f\n", x, x*y < 0, y)
	}
	var stdout bytes.Buffer
	if err := run(fstest.MapFS{"x.csv": {Data: []byte(file.String())}}, t.TempDir(), order{target: "odd", epochs: "100"}, &stdout); err != nil {
		t.Fatal(err)
	}
	var right, of int
	_, tail, _ := strings.Cut(stdout.String(), "; ")
	if _, err := fmt.Sscanf(tail, "%d of %d", &right, &of); err != nil || of != 60 || right < 55 {
		t.Errorf("%d of %d, %v; want 55 of 60 kept rows told right:\n%s", right, of, err, &stdout)
	}
}

func TestRun_refuses(t *testing.T) {
	rows := strings.Repeat("1,a\n2,b\n", 5)
	for name, c := range map[string]struct {
		order
		csv, want string
	}{
		"hidden":     {order{hidden: "0"}, "", "1 to 256"},
		"epochs":     {order{epochs: "x"}, "", "1 to 10000"},
		"rate":       {order{rate: "NaN"}, "", "above 0"},
		"seed":       {order{seed: "-1"}, "", "no whole number"},
		"no file":    {order{file: "b.csv"}, "", "not exist"},
		"climbs":     {order{file: "../a.csv"}, "", "../a.csv"},
		"empty":      {order{}, "", "names of the columns"},
		"one column": {order{}, "x\n1\n", "1 columns"},
		"no target":  {order{target: "z"}, "x,y\n" + rows, "only x, y"},
		"no number":  {order{}, "x,y\n1,a\ntwo,b\n", `line 3: "two" in column "x"`},
		"infinity":   {order{}, "x,y\n1,a\nInf,b\n", "not a number"},
		"ragged":     {order{}, "x,y\n1\n", "wrong number of fields"},
		"one class":  {order{}, "x,y\n1,a\n2,a\n", "1 different texts"},
		"few rows":   {order{}, "x,y\n1,a\n2,b\n", "must be 5"},
		"much work":  {order{hidden: "256", epochs: "10000"}, "x,y\n" + strings.Repeat(rows, 200), "ask for fewer"},
	} {
		t.Run(name, func(t *testing.T) {
			err := run(fstest.MapFS{"a.csv": {Data: []byte(c.csv)}}, t.TempDir(), c.order, &bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add("x,y\n1,a\n2,b\n", "y")
	f.Add("\"x\n\",y\n1e999,\"a\"\n", "")
	f.Fuzz(func(t *testing.T, text, target string) {
		tab, err := readTable(strings.NewReader(text), target)
		if err != nil {
			return
		}
		if len(tab.rows) != len(tab.class) || len(tab.features) < 1 {
			t.Fatalf("%d rows, %d classes, %d features", len(tab.rows), len(tab.class), len(tab.features))
		}
		for i, row := range tab.rows {
			if len(row) != len(tab.features) || tab.class[i] >= len(tab.classes) {
				t.Fatalf("row %d has %d features and class %d", i, len(row), tab.class[i])
			}
		}
	})
}
