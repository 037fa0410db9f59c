package provider

import (
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
)

// Fault is a way to misbehave, so that anyone can watch a cheat being caught.
// Node accepts one on the local network only and everybody is told of it.
type Fault string

const (
	Honest      Fault = ""
	WrongAnswer Fault = "wrong-answer" // claims a result that it has changed
	Late        Fault = "late"         // claims a result and hands it over only when challenged
	Silent      Fault = "silent"       // takes the deal and never runs it
	Vanish      Fault = "vanish"       // claims a result and is never heard of again
)

// Faults are those that a person may ask for.
var Faults = []Fault{WrongAnswer, Late, Silent, Vanish}

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

// withholds tells whether the result's bytes are kept back.
func (p *Provider) withholds(r record) bool {
	switch p.Faulty {
	case Vanish:
		return true
	case Late:
		return r.State < lilypad.StateChallenged
	}
	return false
}
