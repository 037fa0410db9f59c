// Command text finds two results equal when their texts are nearly the same,
// by edits and by shared words. Any file that is no text in UTF-8 must have the
// same bytes. See package prose for the rule.
//
// It accepts a wrong text that differs in few characters: a number, a name, a
// "not". It cannot tell which difference matters; docs/comparators.md has its
// rates.
package main

import (
	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/prose"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

var newText = judge.Hook(prose.New)

func init() { compare.Register(newText) }

func main() {}
