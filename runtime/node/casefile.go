package node

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"log/slog"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// CaseFile is a case on its own: whoever has it can check each verdict and run
// it again, without a network, a node or the scheme's author.
type CaseFile struct {
	Domain   lilypad.Domain  `json:"domain"` // of the contract that verdicts were signed for
	Job      lilypad.JobID   `json:"job"`
	Deal     lilypad.DealID  `json:"deal"`
	Provider lilypad.Address `json:"provider"`
	Verdicts []CaseVerdict   `json:"verdicts"`
	// Schemes are those that the transcripts name, in the order of their first use.
	Schemes []CaseScheme `json:"schemes"`
}

// CaseVerdict is what one mediator signed, with the transcript that it names.
type CaseVerdict struct {
	Mediator   lilypad.Address                 `json:"mediator"`
	Verdict    lilypad.Signed[lilypad.Verdict] `json:"verdict"`
	Transcript cases.File                      `json:"transcript"`
}

// CaseScheme is a plugin with all that loading it takes.
type CaseScheme struct {
	Manifest json.RawMessage `json:"manifest"`
	Module   []byte          `json:"module"`
}

// MaxCaseFile bounds a case file, in bytes.
const MaxCaseFile = 128 << 20

// NewCaseFile collects what a case's verdicts rest on. NotFound when a scheme
// is neither built in nor among files.
func NewCaseFile(ctx context.Context, domain lilypad.Domain, c api.Case, src storage.Getter, files []PluginFile) (CaseFile, error) {
	out := CaseFile{Domain: domain, Job: c.Job, Deal: c.Deal, Provider: c.Provider}
	s, err := newShelf(nil, files)
	if err != nil {
		return out, err
	}
	have := map[lilypad.PluginID]bool{}
	for _, o := range c.Opinions {
		f, err := cases.ReadFile(ctx, src, o.Transcript)
		if err != nil {
			return out, err
		}
		out.Verdicts = append(out.Verdicts, CaseVerdict{o.Mediator, o.Verdict, f})
		if have[f.Scheme] {
			continue
		}
		have[f.Scheme] = true
		p, err := s.find(hostapi.HookMediate, f.Scheme.String())
		if err != nil {
			return out, err
		}
		wasm, err := p.wasm()
		if err != nil {
			return out, err
		}
		out.Schemes = append(out.Schemes, CaseScheme{p.raw, wasm})
	}
	return out, nil
}

// ParseCaseFile reads a case file. Invalid when it is none.
func ParseCaseFile(b []byte) (CaseFile, error) {
	var c CaseFile
	if err := json.Unmarshal(b, &c); err != nil {
		return c, &lilypad.Error{Code: lilypad.Invalid, Msg: "case file", Err: err}
	}
	if len(c.Verdicts) == 0 {
		return c, lilypad.Errorf(lilypad.Invalid, "case file has no verdicts").Try("write one with lilypad case export")
	}
	return c, nil
}

// changed is the remedy for a file that does not fit together.
const changed = "do not trust this file: ask a party of the case for another, and compare the deal with the chain's"

// Check tells whether the verdict is its mediator's, on this deal, after this
// transcript, and what its scheme decided. It runs nothing.
//
// # Errors
//
//   - Unauthorized: the signature is not the mediator's.
//   - Conflict: verdict, transcript and deal do not belong together.
func (v CaseVerdict) Check(domain lilypad.Domain, deal lilypad.DealID) error {
	who, err := wallet.Recover(domain.Digest(v.Verdict.Body), v.Verdict.Signature)
	if err != nil || who != v.Mediator {
		return lilypad.Errorf(lilypad.Unauthorized, "the verdict is not signed by %s", v.Mediator).Try(changed)
	}
	body, t := v.Verdict.Body, v.Transcript.Transcript
	if body.Deal != deal || v.Transcript.Deal != deal {
		return lilypad.Errorf(lilypad.Conflict, "the verdict of %s is about deal %s, its transcript about %s, the case about %s", v.Mediator, body.Deal, v.Transcript.Deal, deal)
	}
	if t.Hash() != body.Transcript {
		return lilypad.Errorf(lilypad.Conflict, "the transcript's hash is %s, the verdict of %s names %s", t.Hash(), v.Mediator, body.Transcript).Try(changed)
	}
	actions, err := hostapi.DecodeActions(t.Output)
	if err != nil || len(actions) != 1 || lilypad.Outcome(actions[0].Outcome) != body.Outcome {
		return lilypad.Errorf(lilypad.Conflict, "the verdict of %s is %s, its scheme decided something else", v.Mediator, body.Outcome).Try(changed)
	}
	return nil
}

// Replay checks each verdict and runs its scheme again on its transcript, with
// nothing but what is in the file. The result is nil when each answers, byte
// for byte, what is recorded.
func (c CaseFile) Replay(ctx context.Context, cacheDir string, log *slog.Logger) error {
	host, err := pluginhost.New(pluginhost.Config{CacheDir: cacheDir, Log: log})
	if err != nil {
		return err
	}
	defer host.Close()
	s := &shelf{host: host, open: map[string]*pluginhost.Plugin{}}
	for _, p := range c.Schemes {
		m, err := hostapi.ParseManifest(p.Manifest)
		if err != nil {
			return &lilypad.Error{Code: lilypad.Invalid, Msg: "manifest in the case file", Err: err}
		}
		s.all = append(s.all, installed{
			id: sha256.Sum256(p.Module), manifest: m, raw: p.Manifest, wasm: func() ([]byte, error) { return p.Module, nil }, grants: m.Capabilities,
		})
	}
	for _, v := range c.Verdicts {
		if err := v.Check(c.Domain, c.Deal); err != nil {
			return err
		}
		p, err := s.load(hostapi.HookMediate, v.Transcript.Scheme.String(), nil)
		if err != nil {
			return err
		}
		if err := v.Transcript.Transcript.Replay(ctx, scheme{post{hook: hostapi.HookMediate, configured: p}}); err != nil {
			return err
		}
	}
	return nil
}
