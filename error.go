package lilypad

import (
	"errors"
	"fmt"
)

// Code says what kind of failure an error is. The set is closed: [Codes] maps
// each to what other edges show of it.
type Code string

const (
	Invalid      Code = "invalid"      // the request is wrong and stays wrong
	NotFound     Code = "not_found"    // what was named does not exist
	Conflict     Code = "conflict"     // the state of things forbids it now
	Unauthorized Code = "unauthorized" // the caller may not do this
	Unavailable  Code = "unavailable"  // a peer or service does not answer; try again
	Exhausted    Code = "exhausted"    // a quota, balance or capacity is used up
	Timeout      Code = "timeout"      // it took longer than was allowed
	Internal     Code = "internal"     // a bug or a broken machine
)

// Codes is the one table from a code to an HTTP status and an exit code.
var Codes = map[Code]struct{ HTTP, Exit int }{
	Invalid:      {400, 64},
	NotFound:     {404, 66},
	Conflict:     {409, 73},
	Unauthorized: {403, 77},
	Unavailable:  {503, 69},
	Exhausted:    {429, 75},
	Timeout:      {504, 74},
	Internal:     {500, 70},
}

// Error is an error with a code. Users see Msg and Remedy, operators the chain.
type Error struct {
	Op     string // where, such as "solver.match"; optional
	Code   Code
	Msg    string
	Remedy string // what to do about it, in the imperative; optional
	Err    error  // the cause; optional
}

// Error joins Op, Msg and the cause.
func (e *Error) Error() string {
	s := e.Msg
	if e.Op != "" {
		s = e.Op + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Try returns e with a remedy.
func (e *Error) Try(format string, args ...any) *Error {
	e.Remedy = fmt.Sprintf(format, args...)
	return e
}

// Errorf returns an *Error with that code; it does not wrap.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Msg: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of the first *Error in err's chain, and Internal
// for an error that carries none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// RemedyOf returns the first remedy in err's chain, or "".
func RemedyOf(err error) string {
	for err != nil {
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return ""
		}
		if e.Remedy != "" {
			return e.Remedy
		}
		err = e.Err
	}
	return ""
}
