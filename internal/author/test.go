package author

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/author/vary"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// Trial says how a plugin is tried.
type Trial struct {
	Seed   uint64 // of the inputs that are made; the same seed, the same inputs
	Count  int    // of items that are made, at least
	Accept bool   // write what the plugin answers into the vectors
}

// Report is what a trial found.
type Report struct {
	Seed   uint64  `json:"seed"`
	Checks []Check `json:"checks"`
	Fuel   uint64  `json:"fuel_ppm"` // of its budget, the most that a call took
}

// Check is one thing that a plugin promises.
type Check struct {
	Name    string   `json:"name"`
	Checked int      `json:"checked"` // vectors, items or calls
	Wrong   []string `json:"wrong,omitempty"`
}

// OK tells that the plugin passed all checks.
func (r *Report) OK() bool {
	return !slices.ContainsFunc(r.Checks, func(c Check) bool { return len(c.Wrong) > 0 })
}

// Test asks what was built for the answers of the vectors, and holds it to
// what every plugin promises over inputs that are made. Of a Go plugin it runs
// the tests, too.
//
// # Errors
//
// NotFound when nothing is built, Conflict when a source is newer, and those of
// loading. What a check found is no error.
func (f *Folder) Test(ctx context.Context, c Config, t Trial) (*Report, error) {
	b, err := f.read()
	if err != nil {
		return nil, err
	}
	vectors, err := f.vectors(ctx)
	if err != nil {
		return nil, err
	}
	cache, err := os.MkdirTemp("", "lilypad-test-")
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "test", Err: err}
	}
	defer func() { _ = os.RemoveAll(cache) }()
	report := &Report{Seed: t.Seed}
	if f.Language.Name == "go" {
		fmt.Fprintln(c.progress(), "go test ./...")
		report.Checks = append(report.Checks, f.goTest(ctx))
	}
	s, err := b.start(ctx, cache, c.Settings)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := f.hold(ctx, b, cache, vectors, t, report); err != nil {
		return nil, err
	}
	fmt.Fprintf(c.progress(), "%d vectors; %d items from seed %d\n", len(vectors), t.Count, t.Seed)
	e := &examiner{folder: f, built: b, cache: cache, config: c, session: s, Rand: rand.New(rand.NewPCG(t.Seed, 0)), report: report}
	return report, e.examine(ctx, t.Count, paramNames(vectors))
}

// goTest runs the folder's own tests on this machine, without wasm.
func (f *Folder) goTest(ctx context.Context) Check {
	c := Check{Name: "go test", Checked: 1}
	cmd := exec.CommandContext(ctx, "go", "test", "-mod=mod", "./...")
	cmd.Dir, cmd.Env = f.Dir, append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		c.Wrong = append(strings.Split(strings.TrimSpace(string(out)), "\n"), err.Error())
	}
	return c
}

// hold asks for the answers of the vectors, each with its own settings.
func (f *Folder) hold(ctx context.Context, b *Built, cache string, vectors []vector, t Trial, report *Report) error {
	c := Check{Name: "vectors", Checked: len(vectors)}
	wrong := func(v vector, why string) { c.Wrong = append(c.Wrong, v.name+": "+why) }
	for _, v := range vectors {
		s, err := b.start(ctx, cache, v.Settings)
		if err != nil {
			wrong(v, err.Error())
			continue
		}
		answers, err := s.answers(ctx, v.question)
		s.close()
		switch {
		case err != nil:
			wrong(v, err.Error())
		case t.Accept:
			if v.Output, err = json.Marshal(records(answers)); err != nil {
				return err
			}
			if _, err := f.save(v, vectorFolder, v.name+".json"); err != nil {
				return err
			}
		default:
			for _, d := range differences(v.want, records(answers)) {
				wrong(v, d)
			}
		}
	}
	report.Checks = append(report.Checks, c)
	return nil
}

// paramNames are the parameters of deals that the vectors know.
func paramNames(vectors []vector) []string {
	names := []string{"unknown"}
	for _, v := range vectors {
		var params []hostapi.Param
		switch in := v.question.input.(type) {
		case *hostapi.MediateInput:
			for _, c := range in.Cases {
				params = append(params, c.Params...)
			}
		case *hostapi.CompareInput:
			for _, p := range in.Pairs {
				params = append(params, p.Params...)
			}
		}
		for _, p := range params {
			if !slices.Contains(names, p.Key) {
				names = append(names, p.Key)
			}
		}
	}
	return names
}

// examiner holds a plugin to the promises over made inputs.
type examiner struct {
	*rand.Rand
	folder  *Folder
	built   *Built
	cache   string
	config  Config
	session *session
	report  *Report
}

// What every plugin promises.
const (
	answered = iota
	again
	anyOrder
	anyBatch
	fresh
	refereed
	promises
)

var promised = [promises]string{
	answered: "every input has an answer",
	again:    "the same input has the same answer, for the same fuel",
	anyOrder: "in any order",
	anyBatch: "in any batch, and alone",
	fresh:    "fresh as after other calls",
	refereed: "interpreted as compiled",
}

// samples is how many questions are asked of a fresh plugin and of the
// interpreter, too.
const samples = 6

func (e *examiner) examine(ctx context.Context, count int, params []string) error {
	checks := make([]Check, promises)
	for i := range checks {
		checks[i].Name = promised[i]
	}
	questions, err := e.questions(ctx, count, params, &checks[answered])
	if err != nil {
		return err
	}
	for i, q := range questions {
		if err := ctx.Err(); err != nil {
			return err
		}
		e.ask(ctx, q, checks, i%max(1, len(questions)/samples) == 0)
	}
	e.report.Checks = append(e.report.Checks, checks...)
	return nil
}

// questions are made from the random source alone; for a scheme from its
// answers, too.
func (e *examiner) questions(ctx context.Context, count int, params []string, check *Check) ([]question, error) {
	var list []question
	switch hook := e.folder.hook(); hook {
	case hostapi.HookMediate:
		seen, err := vary.Play(ctx, e.Rand, e.folder.phases(), params, count, e.session.Mediate)
		if err != nil {
			e.wrong(check, question{input: &hostapi.MediateInput{Now: seen[len(seen)-1].Now, Cases: seen[len(seen)-1:]}}, 0, err.Error())
		}
		for chunk := range slices.Chunk(seen, 50) {
			list = append(list, question{input: &hostapi.MediateInput{Now: chunk[0].Now, Cases: chunk}})
		}
	case hostapi.HookCompare:
		store := memory.New()
		pairs, err := vary.Pairs(ctx, e.Rand, store, params, count)
		if err != nil {
			return nil, err
		}
		for chunk := range slices.Chunk(pairs, 20) {
			list = append(list, question{&hostapi.CompareInput{Now: e.Uint64(), Pairs: chunk}, store})
		}
	default:
		for _, in := range vary.Inputs(e.Rand, hook, count) {
			list = append(list, question{input: in})
		}
	}
	return list, nil
}

// phases are those in which a scheme works; simulation has both.
func (f *Folder) phases() (list []hostapi.Phase) {
	for _, name := range f.Manifest.Phases {
		var p hostapi.Phase
		if p.UnmarshalText([]byte(name)) == nil {
			list = append(list, p)
		}
	}
	if list == nil {
		list = []hostapi.Phase{hostapi.PhaseReview, hostapi.PhaseMediation}
	}
	return list
}

// ask holds the answers to one question against those to its variations.
func (e *examiner) ask(ctx context.Context, q question, checks []Check, sample bool) {
	n := q.len()
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	checks[answered].Checked += n
	all, err := e.session.answers(ctx, q)
	if err != nil {
		e.blame(ctx, q, &checks[answered], err)
		return
	}
	calls := e.session.calls
	for _, d := range calls {
		e.report.Fuel = max(e.report.Fuel, d.Record.Fuel*1_000_000/max(1, d.Record.Budget))
	}
	e.same(ctx, e.session, q, all, order, &checks[again])
	e.alike(calls, e.session.calls, q, &checks[again])
	e.same(ctx, e.session, q, all, e.Perm(n), &checks[anyOrder])
	cut := e.IntN(n)
	e.same(ctx, e.session, q, all, order[:cut], &checks[anyBatch])
	e.same(ctx, e.session, q, all, order[cut:], &checks[anyBatch])
	for i := range order {
		e.same(ctx, e.session, q, all, order[i:i+1], &checks[anyBatch])
	}
	if !sample {
		return
	}
	s, err := e.built.start(ctx, e.cache, e.config.Settings)
	if err != nil {
		e.wrong(&checks[fresh], q, 0, err.Error())
		return
	}
	defer s.close()
	e.same(ctx, s, q, all, order, &checks[fresh])
	e.alike(calls, s.calls, q, &checks[fresh])
	e.referee(ctx, s, calls, q, &checks[refereed])
}

// referee has the first of some calls made again by the interpreter.
func (e *examiner) referee(ctx context.Context, s *session, calls []pluginhost.Decision, q question, check *Check) {
	if len(calls) == 0 {
		return
	}
	check.Checked += calls[0].Items
	d, err := s.Referee(ctx, calls[0].Input, q.store)
	if err != nil {
		e.wrong(check, q, 0, err.Error())
		return
	}
	e.alike(calls[:1], []pluginhost.Decision{d}, q, check)
}

// alike wants the same decision records: answers, fuel, and memory before.
func (e *examiner) alike(before, now []pluginhost.Decision, q question, check *Check) {
	for i := range min(len(before), len(now)) {
		if b, n := before[i].Record, now[i].Record; b != n {
			e.wrong(check, q, 0, fmt.Sprintf("output %s for %d fuel, and before %s for %d", n.Output, n.Fuel, b.Output, b.Fuel))
		}
	}
}

// same asks about some items of a question, and wants the answers that they
// got before.
func (e *examiner) same(ctx context.Context, s *session, q question, all []any, order []int, check *Check) {
	if len(order) == 0 {
		return
	}
	check.Checked += len(order)
	got, err := s.answers(ctx, q.pick(order...))
	if err != nil {
		e.wrong(check, q, order[0], err.Error())
		return
	}
	for i, at := range order {
		if !reflect.DeepEqual(got[i], all[at]) {
			e.wrong(check, q, at, fmt.Sprintf("got %s, and before %s", text(got[i]), text(all[at])))
			return
		}
	}
}

// blame finds the first item that alone has no answer either.
func (e *examiner) blame(ctx context.Context, q question, check *Check, err error) {
	for i := range q.len() {
		if _, alone := e.session.answers(ctx, q.pick(i)); alone != nil {
			e.wrong(check, q, i, alone.Error())
			return
		}
	}
	e.wrong(check, q, 0, "only together: "+err.Error())
}

// wrong keeps the first failure of a check, with the input as a vector to
// begin from.
func (e *examiner) wrong(check *Check, q question, item int, why string) {
	if len(check.Wrong) > 0 {
		return
	}
	one := q.pick(item)
	input, err := json.Marshal(one.input)
	if err != nil {
		check.Wrong = []string{why, err.Error()}
		return
	}
	check.Wrong = []string{why}
	if q.store != nil {
		return // a pair is nothing without its trees
	}
	v := vector{Hook: e.folder.Manifest.Hook, Settings: e.config.Settings, Input: input}
	file, err := e.folder.save(v, distFolder, "wrong", strings.ReplaceAll(strings.ReplaceAll(check.Name, ",", ""), " ", "-")+".json")
	if err != nil {
		check.Wrong = append(check.Wrong, err.Error())
		return
	}
	check.Wrong = append(check.Wrong, "the input is in "+filepath.ToSlash(file))
}
