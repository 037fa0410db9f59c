// Command numeric finds two results equal when they differ in numbers alone,
// and those by little, for all but a small share of each field. It reads JSON,
// CSV, NumPy arrays (.npy), safetensors and plain text; everything that is no
// number must be the same, white space apart. Any other file must have the
// same bytes. See package number for the rule.
//
// It accepts a wrong result whose every number is within the tolerance, and
// rejects a right one whose text, order of JSON keys or number of values
// varies from run to run. docs/comparators.md has its rates.
package main

import (
	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/number"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

var newNumeric = judge.Hook(number.New)

func init() { compare.Register(newNumeric) }

func main() {}
