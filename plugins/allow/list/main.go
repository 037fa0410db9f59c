// Command list allows and denies modules by rules. The first rule that fits
// decides; a rule fits when all that it names fits. In patterns a * stands for
// anything.
package main

import (
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad/sdk/go/allow"
)

// Reasons, with words in the manifest.
const (
	byRule    = 1
	byDefault = 2
	blocked   = 3
)

type rule struct {
	deny                                  bool
	id, name, repository, publisher, sign string
}

type list struct {
	rules     []rule
	otherwise string
	listing   bool // a module that the chain's list blocks is denied
}

func newList(s allow.Settings) (allow.Hook, error) {
	l := list{otherwise: s.Text("otherwise"), listing: s.Bool("follow_listing")}
	for i := range s.Len("rules") {
		r := s.At("rules", i)
		x := rule{
			deny: r.Text("action") == "deny", id: strings.ToLower(r.Text("id")), name: r.Text("name"),
			repository: r.Text("repository"), publisher: r.Text("publisher"), sign: r.Text("signer"),
		}
		if x.id+x.name+x.repository+x.publisher+x.sign == "" {
			return nil, errors.New("rule " + strconv.Itoa(i+1) + " fits nothing: name an id, name, repository, publisher or signer")
		}
		l.rules = append(l.rules, x)
	}
	return l, nil
}

func (l list) Rule(m allow.Module) allow.Ruling {
	if l.listing && m.Listing() == allow.ListingBlocked {
		return allow.Deny(0).Because(blocked)
	}
	for i, r := range l.rules {
		if r.fits(m) {
			return ruling(r.deny, uint32(i+1)).Because(byRule).With(uint64(i+1), 0)
		}
	}
	if l.otherwise == "abstain" {
		return allow.Abstain()
	}
	return ruling(l.otherwise == "deny", 0).Because(byDefault)
}

func ruling(deny bool, rule uint32) allow.Ruling {
	if deny {
		return allow.Deny(rule)
	}
	return allow.Allow(rule)
}

func (r rule) fits(m allow.Module) bool {
	id := m.ID()
	return (r.id == "" || r.id == "0x"+hex.EncodeToString(id[:])) &&
		like(r.name, m.Name()) && like(r.repository, m.Repository()) && like(r.publisher, m.Publisher()) &&
		(r.sign == "" || slices.ContainsFunc(m.Signers(), func(s allow.Signer) bool { return like(r.sign, s.Identity) }))
}

// like tells whether text is as the pattern says; no pattern is content with
// any text.
func like(pattern, text string) bool {
	if pattern == "" {
		return true
	}
	parts := strings.Split(pattern, "*")
	last := len(parts) - 1
	if last == 0 {
		return pattern == text
	}
	text, ok := strings.CutPrefix(text, parts[0])
	for _, part := range parts[1:last] {
		if _, text, ok = cut(text, part, ok); !ok {
			return false
		}
	}
	return ok && strings.HasSuffix(text, parts[last])
}

func cut(text, part string, ok bool) (before, after string, found bool) {
	if !ok {
		return "", "", false
	}
	return strings.Cut(text, part)
}

func init() { allow.Register(newList) }

func main() {}
