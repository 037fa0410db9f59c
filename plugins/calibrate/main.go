// Command calibrate measures how often the built-in comparators are wrong, on
// results of small models that stand for work on GPUs: of hardware that rounds
// otherwise, and of cheats. The models, their jobs and so every file follow
// from a seed; the digests of the set of seed 1 and what was counted on it are
// committed as stated.json, and docs/comparators.md shows them.
//
//	go run ./plugins/calibrate            # measure again; exit code 1 if the rates are not those stated
//	go run ./plugins/calibrate -seed 2    # on another set: the intervals must meet
//	go run ./plugins/calibrate -out DIR   # write the files too, to look at them
//	go run ./plugins/calibrate -write     # state what is measured
//
// Each pair is judged by the comparator in plugins/dist, as wasm, in the host
// of a node. It is no benchmark: bench measures time. Its place: over plugins
// and runtime/pluginhost; nothing imports it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	statedFile = "plugins/calibrate/stated.json"
	page       = "docs/comparators.md"
	begin, end = "<!-- measured by make calibrate -->\n", "<!-- end -->\n"
)

func main() {
	seed := flag.Uint64("seed", 1, "what the data set is drawn from")
	jobs := flag.Int("jobs", 100, "jobs of each comparator; each gives a pair per kind")
	out := flag.String("out", "", "write the files to this folder too")
	write := flag.Bool("write", false, "state what is measured, in "+statedFile+" and "+page)
	flag.Parse()
	if err := run(context.Background(), *seed, *jobs, *out, *write); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, seed uint64, jobs int, out string, write bool) error {
	if jobs < 1 {
		return errors.New("-jobs: at least 1")
	}
	keep := func(int, pair) error { return nil }
	if out != "" {
		keep = func(job int, p pair) error { return save(filepath.Join(out, p.comparator, fmt.Sprint(job)), p) }
	}
	got, err := measure(ctx, seed, jobs, func(done int) { fmt.Fprintf(os.Stderr, "judged %d of %d jobs\n", done, jobs) }, keep)
	if err != nil {
		return err
	}
	fmt.Print(got.markdown())
	if write {
		return got.write()
	}
	want, err := stated()
	if err != nil {
		return err
	}
	if why := got.disagrees(want); len(why) > 0 {
		return fmt.Errorf("not as stated in %s:\n%s", statedFile, strings.Join(why, "\n"))
	}
	return nil
}

// save writes the two results of a pair.
func save(dir string, p pair) error {
	for name, files := range map[string]tree{"right": p.a, p.kind: p.b} {
		for path, content := range files {
			path = filepath.Join(dir, name, path)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(path, content, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// write states a table.
func (t table) write() error {
	b, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(statedFile, append(b, '\n'), 0o644); err != nil {
		return err
	}
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return fmt.Errorf("%s has no place for the table", page)
	}
	return os.WriteFile(page, []byte(before+begin+t.markdown()+end+after), 0o644)
}
