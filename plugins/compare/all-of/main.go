// Command all-of finds a file equal if those of image, numeric and text that
// read it all do, and different if one does. A file that none reads must have
// the same bytes. The parameters are those of its members, which are on unless
// set to 0.
//
// It rejects whatever one of its members rejects, and accepts less than each
// of them.
package main

import (
	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/members"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

var newAllOf = judge.Hook(func(l judge.Limits) judge.Kind { return judge.AllOf(members.Of(l)) })

func init() { compare.Register(newAllOf) }

func main() {}
