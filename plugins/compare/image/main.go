// Command image finds two results equal when their pictures show the same: PNG
// and JPEG, by pixels and by structure, whatever the encoding and the metadata.
// Any other file must have the same bytes. See package picture for the rule.
//
// It accepts a wrong picture that looks like the right one within the limits,
// such as that of a model of a little lower precision; docs/comparators.md has
// its rates.
package main

import (
	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/picture"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

var newImage = judge.Hook(picture.New)

func init() { compare.Register(newImage) }

func main() {}
