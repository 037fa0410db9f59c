package template

import (
	"regexp"

	"github.com/lilypad-network/lilypad"
)

// pluginRef is the name of a plugin, or its digest.
var pluginRef = regexp.MustCompile(`^([a-z][a-z0-9-]{0,62}|sha256:[0-9a-f]{64})$`)

// verification reads {"scheme": …, "audit_bps": …, "comparator": …}.
func (b *builder) verification(top []*node) (v lilypad.Verification) {
	in := b.object(top, "verification")
	for _, part := range []struct {
		name string
		to   *string
	}{{"scheme", &v.Scheme}, {"comparator", &v.Comparator}} {
		n := get(in, part.name)
		switch *part.to = b.text(n); {
		case n == nil:
		case n.input:
			b.fail(n.pos, "write it in the template", "an input may not choose how results are verified")
		case !pluginRef.MatchString(*part.to):
			b.fail(n.pos, "write a plugin's name, or sha256: and its digest", "%s %.80q is no plugin", part.name, *part.to)
		}
	}
	n := get(in, "audit_bps")
	if n != nil && n.input {
		b.fail(n.pos, "write it in the template", "an input may not choose how results are verified")
	}
	rate := b.number(n)
	if rate < 0 || rate > 10_000 || rate != float64(uint16(rate)) || rate > 0 && v.Scheme == "" {
		b.fail(n.pos, "write a whole number up to 10000, and the scheme that it is for", "audit rate %.40q cannot be agreed on", n.text)
		return v
	}
	v.AuditBPS = uint16(rate)
	return v
}
