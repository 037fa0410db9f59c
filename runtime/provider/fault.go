package provider

import (
	"context"
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
)

// Fault is a way to misbehave, so that anyone can watch a cheat being caught.
// Node accepts one on the local network only and everybody is told of it.
type Fault string

const (
	Honest      Fault = ""
	WrongAnswer Fault = "wrong-answer" // claims a result that it has changed
	WrongStep   Fault = "wrong-step"   // counts wrongly in one step of a job that runs in steps, and stands by it
	Late        Fault = "late"         // claims a result and hands it over only when challenged
	Silent      Fault = "silent"       // takes the deal and never runs it
	Vanish      Fault = "vanish"       // claims a result and is never heard of again
	Withhold    Fault = "withhold"     // claims a result, reveals its seed, and shows the bytes to nobody
)

// Faults are those that a person may ask for.
var Faults = []Fault{WrongAnswer, WrongStep, Late, Silent, Vanish, Withhold}

// ParseFault reads a fault's name. Invalid, with the names, for another.
func ParseFault(s string) (Fault, error) {
	for _, f := range Faults {
		if string(f) == s {
			return f, nil
		}
	}
	return Honest, lilypad.Errorf(lilypad.Invalid, "no fault %.40q", s).Try("use one of %v", Faults)
}

// spoil changes what the job printed.
func (f Fault) spoil(dir string) error {
	if f != WrongAnswer {
		return nil
	}
	w, err := os.OpenFile(filepath.Join(dir, bundle.Stdout), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer w.Close()
	_, err = w.WriteString("or so says a provider that was told to cheat\n")
	return err
}

// wrongStep is the one that WrongStep goes wrong in.
const wrongStep = 7

// misstep is a program that counts a unit of fuel too much.
type misstep struct{ bisection.Program }

func (m misstep) Step(ctx context.Context, s *bisection.State) error {
	err := m.Program.Step(ctx, s)
	if s.Step == wrongStep {
		s.Fuel++
	}
	return err
}

// program is a job's, as the provider runs it.
func (f Fault) program(m bisection.Program) bisection.Program {
	if f == WrongStep {
		return misstep{m}
	}
	return m
}

// spoilTrace has the result of a job that runs in steps stand by a wrong one.
func (p *Provider) spoilTrace(ctx context.Context, r record) error {
	file := filepath.Join(p.dir(r.ID), bundle.Trace)
	if _, err := os.Stat(file); p.Faulty != WrongStep || err != nil {
		return nil //nolint:nilerr // a job without a trace has no step to go wrong in
	}
	p.Fleet.Free(r.ID.String()) // it may be the only place
	return p.inSteps(ctx, r, func(ctx context.Context, m bisection.Program) error {
		trace, _, err := bisection.Run(ctx, m)
		if err != nil {
			return err
		}
		return os.WriteFile(file, []byte(trace.Commit().Trace.String()), 0o644)
	})
}

// withholds tells whether the result's bytes are kept back.
func (p *Provider) withholds(r record) bool {
	switch p.Faulty {
	case Vanish, Withhold:
		return true
	case Late:
		return r.State < lilypad.StateChallenged
	}
	return false
}
