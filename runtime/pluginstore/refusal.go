package pluginstore

import (
	"fmt"

	"github.com/lilypad-network/lilypad"
)

// Rule names the one requirement that a package broke.
type Rule string

const (
	RuleSize      Rule = "size"      // a part is too large
	RuleManifest  Rule = "manifest"  // not a manifest
	RuleAPI       Rule = "api"       // it speaks a host API that this program does not
	RuleDigest    Rule = "digest"    // not the bytes that its manifest or a pin names
	RuleEnvelope  Rule = "envelope"  // not a DSSE envelope over its manifest
	RuleSignature Rule = "signature" // a trusted key's signature does not fit
	RuleKey       Rule = "key"       // signed, but by no trusted key
	RuleUnsigned  Rule = "unsigned"  // nobody signed it
	RuleGrant     Rule = "grant"     // it declares a capability that is not granted
	RulePath      Rule = "path"      // a name that leads out of its folder, or to no plain file
	RuleLayout    Rule = "layout"    // an OCI artifact that is no plugin
)

var codes = map[Rule]lilypad.Code{
	RuleSignature: lilypad.Unauthorized,
	RuleKey:       lilypad.Unauthorized,
	RuleUnsigned:  lilypad.Unauthorized,
	RuleGrant:     lilypad.Unauthorized,
}

// Refusal is why a package is not taken. It unwraps to a [lilypad.Error]:
// Unauthorized where trust is missing, Invalid otherwise.
type Refusal struct {
	Rule   Rule
	Msg    string
	Remedy string
	Err    error // the cause; optional
}

func (r *Refusal) Error() string { return fmt.Sprintf("%s: %s", r.Rule, r.Msg) }

// Unwrap returns the refusal as an error with a code, and then its cause.
func (r *Refusal) Unwrap() error {
	code, ok := codes[r.Rule]
	if !ok {
		code = lilypad.Invalid
	}
	return &lilypad.Error{Code: code, Msg: r.Msg, Remedy: r.Remedy, Err: r.Err}
}

func (r *Refusal) try(format string, args ...any) *Refusal {
	r.Remedy = fmt.Sprintf(format, args...)
	return r
}

func refusef(rule Rule, format string, args ...any) *Refusal {
	return &Refusal{Rule: rule, Msg: fmt.Sprintf(format, args...)}
}
