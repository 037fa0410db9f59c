package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/file"
)

// resultSize is what a result's journey is measured with, in bytes.
const resultSize = 1_000_000_000

// trip is a result on its way from a provider's disk over a solver's to its
// creator's. Each of the three is a process; JSON on their standard input and
// output is all that they say to who measures.
type trip struct {
	Part    string // provider, solver or creator
	Dir     string // a folder of this part alone
	URL     string // of the solver
	Key     string // whose account the blocks are on
	Private bool
	Outputs lilypad.Outputs
	Tree    lilypad.ContentID // what travels
}

// toll is what a part took.
type toll struct {
	Trip trip
	MS   float64
	CPU  float64 // seconds of all cores
	More float64 // MiB above what it held before
}

// meter measures this process from now on.
func meter() func() toll {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak begins anew (proc(5)); else it is too high
	held, spent, began := resident(), cpu(), time.Now()
	return func() toll {
		return toll{MS: time.Since(began).Seconds() * 1000, CPU: (cpu() - spent).Seconds(), More: peak() - held}
	}
}

// serveTrip takes the part of a trip that standard input names, if this process
// was started for one.
func serveTrip(ctx context.Context) (bool, error) {
	if len(os.Args) != 2 || os.Args[1] != "trip" {
		return false, nil
	}
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	var t trip
	if err := in.Decode(&t); err != nil {
		return true, err
	}
	if t.Part == "solver" {
		return true, t.solve(ctx, in, out)
	}
	s, err := file.Open(t.Dir)
	if err != nil {
		return true, err
	}
	store := storage.NewCollector(s)
	move := t.fetch
	if t.Part == "provider" {
		noise := rand.NewChaCha8([32]byte{byte(t.Outputs.Size), 1})
		content := io.NopCloser(io.LimitReader(noise, int64(t.Outputs.Size)))
		entry := storage.Entry{Path: bundle.Stdout, Open: func() (io.ReadCloser, error) { return content, nil }}
		if t.Tree, _, err = storage.PutFiles(ctx, store, []storage.Entry{entry}); err != nil {
			return true, err
		}
		t.Outputs.Plain, t.Outputs.Blob = t.Tree, t.Tree
		move = t.send
	}
	read := meter()
	if err := move(ctx, store); err != nil {
		return true, err
	}
	report := read()
	report.Trip = t
	return true, out.Encode(report)
}

func (t *trip) market() *api.SolverClient {
	return api.NewSolverClient(t.URL, node.LocalKey("solver").Address(), node.LocalKey(t.Key))
}

// key opens what is private.
func (t *trip) key() sealing.Key { return sealing.NewKey(lilypad.Hash{1}) }

func (t *trip) send(ctx context.Context, store storage.Store) (err error) {
	if t.Private {
		if t.Tree, err = bundle.SealResult(ctx, store, t.Outputs, t.key().Recipient()); err != nil {
			return err
		}
	}
	_, err = storage.Copy(ctx, t.market(), store, t.Tree, storage.Limits{})
	return err
}

func (t *trip) fetch(ctx context.Context, store storage.Store) error {
	if t.Private {
		return bundle.FetchSealed(ctx, store, t.market(), t.Tree, t.Outputs, lilypad.Needs{}, t.key())
	}
	return bundle.Fetch(ctx, store, t.market(), t.Outputs, lilypad.Needs{})
}

// solve is a whole local network, of which the solver has work. It says where
// it is, and what it took since the word before with each further one.
func (t *trip) solve(ctx context.Context, in *json.Decoder, out *json.Encoder) error {
	x, err := openExchange(ctx, node.DockerOff)
	if err != nil {
		return err
	}
	report := toll{Trip: trip{URL: x.Network.SolverURL}}
	for err == nil {
		if err = out.Encode(report); err != nil {
			break
		}
		read := meter()
		if err = in.Decode(&trip{}); err == nil {
			report = read()
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, x.close())
}

// part is a process that takes parts in trips.
type part struct {
	cmd *exec.Cmd
	say io.WriteCloser
	out *json.Decoder
}

func start(ctx context.Context, t trip) (*part, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &part{cmd: exec.CommandContext(ctx, self, "trip")}
	p.cmd.Stderr = os.Stderr
	if p.say, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = json.NewDecoder(bufio.NewReader(out))
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	return p, json.NewEncoder(p.say).Encode(t)
}

func (p *part) hear() (t toll, err error) { return t, p.out.Decode(&t) }

func (p *part) end() error { return errors.Join(p.say.Close(), p.cmd.Wait()) }

// once runs a part that ends by itself.
func once(ctx context.Context, t trip) (report toll, err error) {
	p, err := start(ctx, t)
	if err != nil {
		return report, err
	}
	report, err = p.hear()
	return report, errors.Join(err, p.end())
}

// result moves a gigabyte, open and sealed, beside what nobody could do without:
// to read, hash and write as many bytes, once for each of the two ways.
func result(ctx context.Context) (lines []Line, err error) {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	solver, err := start(ctx, trip{Part: "solver"})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, solver.end()) }()
	at, err := solver.hear()
	if err != nil {
		return nil, err
	}
	plain, cores, err := copyTwice(ctx, dir)
	if err != nil {
		return nil, err
	}
	lines = []Line{{Name: "result/copy", Value: plain, Unit: "MB/s"}, {Name: "result/copy/cpu", Value: cores, Unit: "s/GB"}}
	for i, name := range []string{"result/open", "result/sealed"} {
		more, err := journey(ctx, solver, filepath.Join(dir, name), trip{URL: at.Trip.URL, Key: fmt.Sprintf("provider-%d", 30+i), Private: i > 0})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		rate := resultSize / 1000 / more.MS
		lines = append(lines,
			Line{Name: name, Value: rate, Unit: "MB/s"},
			Line{Name: name + "/beside-copy", Value: rate, Unit: "MB/s", Baseline: "result/copy", Ratio: rate / plain},
			Line{Name: name + "/cpu", Value: more.CPU, Unit: "s/GB", Baseline: "result/copy/cpu", Ratio: cores / more.CPU},
			Line{Name: name + "/memory", Value: more.More * (1 << 20) / 1e6, Unit: "MB"},
		)
	}
	return lines, nil
}

// journey adds up the time of the two ways and what all three took; its memory
// is that of the one that took most.
func journey(ctx context.Context, solver *part, dir string, t trip) (sum toll, err error) {
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	t.Outputs.Size = resultSize
	for _, t.Part = range []string{"provider", "creator"} {
		t.Dir = filepath.Join(dir, t.Part)
		if err := json.NewEncoder(solver.say).Encode(t); err != nil { // its meter begins anew
			return sum, err
		}
		if _, err := solver.hear(); err != nil {
			return sum, err
		}
		own, err := once(ctx, t)
		if err != nil {
			return sum, err
		}
		if err := json.NewEncoder(solver.say).Encode(t); err != nil {
			return sum, err
		}
		its, err := solver.hear()
		if err != nil {
			return sum, err
		}
		fmt.Fprintf(os.Stderr, "  %s: %.0f ms, %.1f s of processors and %.0f MiB more; the solver %.1f s and %.0f MiB\n", t.Part, own.MS, own.CPU, own.More, its.CPU, its.More)
		sum.MS, sum.CPU, sum.More = sum.MS+own.MS, sum.CPU+own.CPU+its.CPU, max(sum.More, own.More, its.More)
		t = own.Trip
	}
	return sum, nil
}

// copyTwice reads a file, hashes what it reads, writes it to another, and that
// to a third; each is synced. It returns MB/s of one file's bytes, and what all
// cores took.
func copyTwice(ctx context.Context, dir string) (rate, cores float64, err error) {
	from := filepath.Join(dir, "0")
	noise := io.LimitReader(rand.NewChaCha8([32]byte{2}), resultSize)
	if err := copyTo(ctx, from, noise); err != nil {
		return 0, 0, err
	}
	began, spent := time.Now(), cpu()
	for i := range 2 {
		r, err := os.Open(filepath.Join(dir, fmt.Sprint(i)))
		if err != nil {
			return 0, 0, err
		}
		to := filepath.Join(dir, fmt.Sprint(i+1))
		err = errors.Join(copyTo(ctx, to, io.TeeReader(r, sha256.New())), r.Close())
		if err != nil {
			return 0, 0, err
		}
	}
	took := time.Since(began)
	cores = (cpu() - spent).Seconds()
	for i := range 3 {
		if err := os.Remove(filepath.Join(dir, fmt.Sprint(i))); err != nil {
			return 0, 0, err
		}
	}
	return resultSize / 1e6 / took.Seconds(), cores, nil
}

func copyTo(ctx context.Context, path string, r io.Reader) error {
	w, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{r}, make([]byte, storage.MaxBlock))
	return errors.Join(err, w.Sync(), w.Close(), ctx.Err())
}
