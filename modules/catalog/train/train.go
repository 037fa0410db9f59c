package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	checkpoints = 4             // beside the last
	maxWork     = 4_000_000_000 // of products: what ends well before the job's time does
)

// order is what was asked for, as it was typed.
type order struct{ file, target, hidden, epochs, rate, seed string }

// plan is a checked order.
type plan struct {
	hidden, epochs int
	rate           float64
	seed           uint64
}

// model is a network in a file, with what it takes to use it.
type model struct {
	Epoch     int       `json:"epoch"`
	Target    string    `json:"target"`
	Classes   []string  `json:"classes"`
	Features  []string  `json:"features"`
	Mean      []float64 `json:"mean"`
	Deviation []float64 `json:"deviation"`
	Hidden    int       `json:"hidden"`
	// Numbers are the weights and the bias of each hidden unit in a row, then
	// the same of each class.
	Numbers []float64 `json:"numbers"`
}

func (o order) check() (p plan, err error) {
	p = plan{16, 40, .1, 1}
	for _, n := range []struct {
		name, text string
		max        int
		to         *int
	}{{"hidden", o.hidden, 256, &p.hidden}, {"epochs", o.epochs, 10_000, &p.epochs}} {
		if n.text == "" {
			continue
		}
		if *n.to, err = strconv.Atoi(n.text); err != nil || *n.to < 1 || *n.to > n.max {
			return p, fmt.Errorf("%s %.20q is not a number from 1 to %d", n.name, n.text, n.max)
		}
	}
	if o.rate != "" {
		if p.rate, err = strconv.ParseFloat(o.rate, 64); err != nil || !(p.rate > 0 && p.rate <= 10) {
			return p, fmt.Errorf("rate %.20q is not a number above 0 and at most 10", o.rate)
		}
	}
	if o.seed != "" {
		if p.seed, err = strconv.ParseUint(o.seed, 10, 64); err != nil {
			return p, fmt.Errorf("seed %.20q is no whole number", o.seed)
		}
	}
	return p, nil
}

// training is a network of which some steps are made. What it writes is kept
// until the end: a stepper writes in its last step alone.
type training struct {
	plan
	table        *table
	kept, taught []int // rows to measure with, and to learn from
	random       *rand.Rand
	network      *network
	model        model
	at           int // of taught, that the next step begins with
	log          strings.Builder
	files        []written
	said         string
}

type written struct {
	name string
	text []byte
}

// begin reads a file of in.
func begin(in fs.FS, o order) (*training, error) {
	p, err := o.check()
	if err != nil {
		return nil, err
	}
	if o.file == "" {
		if o.file, err = first(in); err != nil {
			return nil, err
		}
	}
	file, err := in.Open(o.file)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	t, err := readTable(file, o.target)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.file, err)
	}
	products := float64(size(len(t.features), p.hidden, len(t.classes))) * float64(len(t.rows)) * float64(p.epochs)
	if products > maxWork {
		return nil, fmt.Errorf("%d epochs take %.1g products, at most %.1g are made: ask for fewer, or for a smaller hidden layer", p.epochs, products, float64(maxWork))
	}
	return p.start(t)
}

func (p plan) start(t *table) (*training, error) {
	random := rand.New(rand.NewPCG(p.seed, 0))
	rows := random.Perm(len(t.rows))
	r := &training{plan: p, table: t, random: random, kept: rows[:len(rows)/5], taught: rows[len(rows)/5:]}
	if len(r.kept) == 0 {
		return nil, fmt.Errorf("%d rows are too few: there must be 5", len(rows))
	}
	r.model = model{Target: t.target, Classes: t.classes, Features: t.features, Hidden: p.hidden, Epoch: 1}
	r.model.Mean, r.model.Deviation = t.standardize(r.taught)
	r.network = newNetwork(len(t.features), p.hidden, len(t.classes), random)
	fmt.Fprintln(&r.log, "epoch,loss,accuracy,kept_loss,kept_accuracy")
	return r, nil
}

// step learns from a batch, looks back on an epoch, or writes to dir what all
// epochs led to.
func (r *training) step(dir string, stdout io.Writer) (done bool, err error) {
	switch {
	case r.model.Epoch > r.epochs:
		return true, r.write(dir, stdout)
	case r.at >= len(r.taught):
		return false, r.judge()
	case r.at == 0:
		r.random.Shuffle(len(r.taught), func(i, j int) { r.taught[i], r.taught[j] = r.taught[j], r.taught[i] })
	}
	rows, classes := r.table.pick(r.taught[r.at:min(r.at+batch, len(r.taught))])
	r.network.step(rows, classes, r.rate)
	r.at += batch
	return false, nil
}

// judge ends an epoch.
func (r *training) judge() error {
	loss, right := r.network.judge(r.table, r.taught)
	keptLoss, keptRight := r.network.judge(r.table, r.kept)
	m := &r.model
	if math.IsNaN(loss) || math.IsInf(loss, 0) {
		return fmt.Errorf("epoch %d: the network no longer has finite numbers: ask for a lower rate", m.Epoch)
	}
	fmt.Fprintf(&r.log, "%d,%.6f,%.4f,%.6f,%.4f\n", m.Epoch, loss, share(right, r.taught), keptLoss, share(keptRight, r.kept))
	if name := r.names(m.Epoch); name != "" {
		m.Numbers = r.network.numbers
		text, err := json.Marshal(m)
		if err != nil {
			return err
		}
		r.files = append(r.files, written{name, append(text, '\n')})
	}
	if m.Epoch == r.epochs {
		r.said = fmt.Sprintf("%d rows, %d features, %d classes of %s\nafter %d epochs: loss %.4f; %d of %d kept rows are told right\n",
			len(r.table.rows), len(m.Features), len(m.Classes), m.Target, r.epochs, loss, keptRight, len(r.kept))
	}
	m.Epoch++
	r.at = 0
	return nil
}

func (r *training) write(dir string, stdout io.Writer) error {
	if err := os.Mkdir(filepath.Join(dir, "checkpoints"), 0o755); err != nil {
		return err
	}
	for _, f := range append(r.files, written{"metrics.csv", []byte(r.log.String())}) {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.text, 0o644); err != nil {
			return err
		}
	}
	_, err := io.WriteString(stdout, r.said)
	return err
}

func share(of int, all []int) float64 { return float64(of) / float64(len(all)) }

// names is the file that the network after an epoch goes to, if any.
func (p plan) names(epoch int) string {
	switch every := p.epochs/(checkpoints+1) + 1; {
	case epoch == p.epochs:
		return "model.json"
	case epoch%every == 0:
		return fmt.Sprintf("checkpoints/epoch-%05d.json", epoch)
	}
	return ""
}

func (t *table) pick(of []int) (rows [][]float64, classes []int) {
	for _, i := range of {
		rows, classes = append(rows, t.rows[i]), append(classes, t.class[i])
	}
	return rows, classes
}
