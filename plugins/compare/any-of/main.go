// Command any-of finds a file equal if one of image, numeric and text does, and
// different if all do that read it: pictures by one, tables and logs by the
// others, in one result. A file that none reads must have the same bytes. The
// parameters are those of its members, which are on unless set to 0.
//
// It accepts whatever one of its members accepts: leave on only those that
// some file needs.
package main

import (
	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/members"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

var newAnyOf = judge.Hook(func(l judge.Limits) judge.Kind { return judge.AnyOf(members.Of(l)) })

func init() { compare.Register(newAnyOf) }

func main() {}
