package pluginhost

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/lilypad-network/lilypad"
)

// Rule names the one requirement that a plugin broke.
type Rule string

const (
	RuleSize     Rule = "size"     // too large, or too many of something
	RuleDigest   Rule = "digest"   // not the bytes that manifest or pin name
	RuleManifest Rule = "manifest" // not a manifest
	RuleWasm     Rule = "wasm"     // not a module that the engine accepts
	RuleImport   Rule = "import"   // an import that does not exist for a guest
	RuleGrant    Rule = "grant"    // a capability that was not declared or not granted
	RuleExport   Rule = "export"   // a function is missing or has another signature
	RuleStart    Rule = "start"    // a start function, or a command in place of a reactor
	RuleMemory   Rule = "memory"   // more memory than allowed, or none
	RuleGlobal   Rule = "global"   // a mutable reference
	RuleReserved Rule = "reserved" // a name that belongs to the host
	RuleFeature  Rule = "feature"  // vectors, threads, exceptions and the like
	RuleState    Rule = "state"    // tables that change, or segments that are dropped
	RuleSettings Rule = "settings" // not what the schema or the guest accepts

	RuleArena  Rule = "arena"  // outside memory, unaligned, or too small for one item
	RuleTrap   Rule = "trap"   // the guest trapped
	RuleExit   Rule = "exit"   // the guest called proc_exit
	RuleFuel   Rule = "fuel"   // it spent its budget
	RuleDepth  Rule = "depth"  // calls in one another used up the stack
	RulePool   Rule = "pool"   // no instance became free in time
	RuleClosed Rule = "closed" // the plugin was closed
	RuleStatus Rule = "status" // the guest returned an error
	RuleOutput Rule = "output" // an answer that breaks the host API
	RuleBlob   Rule = "blob"   // content that must be local is not

	RuleInput     Rule = "input"     // the question is no message, or has no room
	RuleBreaker   Rule = "breaker"   // it failed too often, and is not asked for a while
	RuleCancelled Rule = "cancelled" // the caller gave up
	RuleSystem    Rule = "system"    // the machine has no memory or no disk for it
)

var codes = map[Rule]lilypad.Code{
	RuleFuel:   lilypad.Exhausted,
	RulePool:   lilypad.Unavailable,
	RuleClosed: lilypad.Unavailable,
	RuleBlob:   lilypad.Unavailable,
	RuleGrant:  lilypad.Unauthorized,

	RuleBreaker:   lilypad.Unavailable,
	RuleCancelled: lilypad.Unavailable,
	RuleSystem:    lilypad.Internal,
}

// OfHost tells that the rule says nothing about the plugin: asked again, or
// elsewhere, it may answer.
func (r Rule) OfHost() bool {
	switch r {
	case RuleInput, RulePool, RuleClosed, RuleBlob, RuleBreaker, RuleCancelled, RuleSystem:
		return true
	}
	return false
}

// Refusal is why a plugin was not loaded, or why an answer of it does not
// count. It is never a judgement about the items that the plugin was asked
// about. It unwraps to a [lilypad.Error]: Invalid unless the rule says
// otherwise.
type Refusal struct {
	Plugin string // name@version, or the digest while the name is not known
	Hook   string // empty while it is not known
	Rule   Rule
	Msg    string
	Err    error // the cause; optional
}

func (r *Refusal) Error() string {
	who := "plugin " + r.Plugin
	if r.Hook != "" {
		who += " (" + r.Hook + ")"
	}
	return fmt.Sprintf("%s: %s: %s", who, r.Rule, r.Msg)
}

// Unwrap returns the refusal as an error with a code, and then its cause.
func (r *Refusal) Unwrap() error {
	return &lilypad.Error{Code: r.Code(), Msg: r.Msg, Err: r.Err}
}

// Code tells what kind of failure the broken rule is.
func (r *Refusal) Code() lilypad.Code {
	if code, ok := codes[r.Rule]; ok {
		return code
	}
	return lilypad.Invalid
}

func refusef(rule Rule, format string, args ...any) *Refusal {
	return &Refusal{Rule: rule, Msg: fmt.Sprintf(format, args...)}
}

// maxText bounds what a message quotes of a plugin, in bytes.
const maxText = 1 << 10

// plain makes a guest's text safe to print: valid UTF-8 without control or
// invisible characters, at most limit bytes.
func plain(text string, limit int) string {
	var b strings.Builder
	for _, r := range text {
		if !unicode.IsGraphic(r) || r == unicode.ReplacementChar {
			r = '?'
		}
		if b.Len()+len(string(r)) > limit {
			break
		}
		b.WriteRune(r)
	}
	return b.String()
}
