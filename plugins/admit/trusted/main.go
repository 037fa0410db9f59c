// Command trusted takes modules of known publishers and signers only, and
// images only where a digest says which.
package main

import (
	"path"
	"slices"

	"github.com/lilypad-network/lilypad/sdk/go/admit"
)

// Reasons, with words in the manifest.
const (
	notPinned = 1
	stranger  = 2
)

type trusted struct {
	pinned       bool
	publishers   []string
	repositories []string // patterns
	signers      []admit.Signer
}

func newTrusted(s admit.Settings) (admit.Hook, error) {
	h := trusted{pinned: s.Bool("pinned"), publishers: s.Texts("publishers"), repositories: s.Texts("repositories")}
	for _, pattern := range h.repositories {
		if _, err := path.Match(pattern, ""); err != nil {
			return nil, err
		}
	}
	for i := range s.Len("signers") {
		at := s.At("signers", i)
		h.signers = append(h.signers, admit.Signer{Identity: at.Text("identity"), Issuer: at.Text("issuer")})
	}
	return h, nil
}

func (h trusted) Admit(_ admit.Node, r admit.Request) admit.Admission {
	if h.pinned && !r.ImagePinned() {
		return admit.Decline(notPinned)
	}
	if !h.knows(r) {
		return admit.Decline(stranger)
	}
	return admit.Take()
}

// knows tells whether someone on a list stands behind the module. Empty lists
// trust everyone.
func (h trusted) knows(r admit.Request) bool {
	if len(h.publishers)+len(h.repositories)+len(h.signers) == 0 {
		return true
	}
	return r.HasPublisher() && slices.Contains(h.publishers, r.Publisher()) ||
		r.HasRepository() && slices.ContainsFunc(h.repositories, func(p string) bool { ok, _ := path.Match(p, r.Repository()); return ok }) ||
		slices.ContainsFunc(r.Signers(), func(s admit.Signer) bool { return slices.Contains(h.signers, s) })
}

func init() { admit.Register(newTrusted) }

func main() {}
