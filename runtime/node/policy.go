package node

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/creator"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/solver"
)

// lang is the language of reasons.
const lang = "en"

// ranker is the match plugin of the moment as the solver knows it.
type ranker struct {
	post
	speakers speakers
}

var _ solver.Ranker = (*ranker)(nil)

func (r *ranker) MatchStored(ctx context.Context, now lilypad.Time, job hostapi.Job, offers [][]byte) ([]hostapi.Score, error) {
	got, err := ask(decisions.Ranking(ctx), r.post, func(ctx context.Context, p *pluginhost.Plugin) ([]hostapi.Score, error) {
		if hostapi.OfferAsStored(p.Minor()) {
			return p.MatchStored(ctx, now, job, offers)
		}
		older, err := decodeOffers(offers) // they are stored anew in its version
		if err != nil {
			return nil, err
		}
		return p.Match(ctx, now, job, older)
	})
	if err != nil {
		return nil, err
	}
	if len(got) == 0 {
		return rankByPrice(offers)
	}
	scores := got[0].said
	for i := range scores {
		if s := &scores[i]; s.Decision == hostapi.DecisionRefuse {
			s.Score = r.speakers.number(got[0].by) // which says nothing of what is refused
		}
	}
	return scores, nil
}

func (r *ranker) Reason(s hostapi.Score) string {
	p := r.speakers.find(s.Score)
	if p == nil {
		return "refused by a plugin that was replaced meanwhile"
	}
	return p.Reason(lang, s.Reason, s.Arg0, s.Arg1)
}

func decodeOffers(items [][]byte) ([]hostapi.Offer, error) {
	offers := make([]hostapi.Offer, len(items))
	for i, item := range items {
		var err error
		if offers[i], err = hostapi.DecodeOffer(item); err != nil {
			return nil, err
		}
	}
	return offers, nil
}

// rankByPrice is the order of a node without a plugin: the cheapest first.
func rankByPrice(items [][]byte) ([]hostapi.Score, error) {
	offers, err := decodeOffers(items)
	if err != nil {
		return nil, err
	}
	scores := make([]hostapi.Score, len(offers))
	for i, o := range offers {
		scores[i] = hostapi.Score{Score: -int64(min(o.Price, math.MaxInt64)), Decision: hostapi.DecisionRank}
	}
	return scores, nil
}

// maxSpeakers bounds how many versions of a plugin are remembered.
const maxSpeakers = 16

// speakers numbers the plugins that refused, so that each refusal is told in
// the words of the version that made it, also after another took its place.
type speakers struct {
	mu    sync.Mutex // guards what follows
	last  []*pluginhost.Plugin
	first int64 // the number of last[0]
}

func (s *speakers) number(p *pluginhost.Plugin) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.last, p); i >= 0 {
		return s.first + int64(i)
	}
	if s.last = append(s.last, p); len(s.last) > maxSpeakers {
		s.last = slices.Delete(s.last, 0, 1)
		s.first++
	}
	return s.first + int64(len(s.last)) - 1
}

func (s *speakers) find(number int64) *pluginhost.Plugin {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := number - s.first; i >= 0 && i < int64(len(s.last)) {
		return s.last[i]
	}
	return nil
}

func labelsToWire(ls []lilypad.Label) []hostapi.Label {
	out := make([]hostapi.Label, len(ls))
	for i, l := range ls {
		out[i] = hostapi.Label(l)
	}
	return out
}

func optional(s string) hostapi.Opt[string] {
	if s == "" {
		return hostapi.Opt[string]{}
	}
	return hostapi.Some(s)
}

func engineToWire(e lilypad.Engine) hostapi.Engine {
	switch e {
	case lilypad.EngineDocker:
		return hostapi.EngineDocker
	case lilypad.EngineNoop:
		return hostapi.EngineNoop
	}
	return hostapi.EngineWasm
}

// admitter is the admit plugins of a provider.
type admitter struct {
	post
	zone    *time.Location
	modules *moduleSource
}

var _ provider.Admitter = admitter{}

func (a admitter) Admit(ctx context.Context, now lilypad.Time, n provider.Node, r provider.Request) (provider.Admission, error) {
	node, request := a.nodeToWire(now, n), []hostapi.Request{requestToWire(r, a.modules.signers(ctx, r.Posting.Module))}
	got, err := ask(ctx, a.post, func(ctx context.Context, p *pluginhost.Plugin) ([]hostapi.Admission, error) {
		return p.Admit(ctx, now, node, request)
	})
	if err != nil {
		return provider.Admission{}, err
	}
	return joinAdmissions(r.Price, got), nil
}

// joinAdmissions takes a job that every plugin takes, at the highest price
// that one of them wants. Where some want more than the standing price and the
// others take it, it is declined for that price; where one declines without a
// price, for good.
func joinAdmissions(standing lilypad.Amount, got []answer[[]hostapi.Admission]) provider.Admission {
	var out provider.Admission
	for _, g := range got {
		a := g.said[0]
		price := lilypad.Amount(a.Price)
		if a.Answer == hostapi.AnswerTake {
			if price == 0 {
				price = standing
			}
			out.Price = max(out.Price, price)
			continue
		}
		declined := "admit plugin " + g.by.Manifest().Name + ": " + g.by.Reason(lang, a.Reason, a.Arg0, a.Arg1)
		if price == 0 {
			return provider.Admission{Declined: declined}
		}
		if out.Declined == "" || price > out.Price {
			out.Declined = declined
		}
		out.Price = max(out.Price, price)
	}
	if out.Declined == "" && out.Price == standing {
		out.Price = 0
	}
	return out
}

func (a admitter) nodeToWire(now lilypad.Time, n provider.Node) hostapi.Node {
	local := time.Unix(int64(now), 0).In(a.zone)
	weekday := hostapi.Weekday((int(local.Weekday())+6)%7 + 1) // ISO 8601: Monday is 1
	return hostapi.Node{
		Address: hostapi.Bytes20(n.Offer.Provider), Running: n.Running, Queued: n.Queued, Slots: n.Offer.Slots, Queue: n.Offer.Queue,
		GPUs: n.Offer.Capacity.GPUs, GPUsFree: n.Free.GPUs, VRAMFree: n.Free.VRAMMB, CPUFree: n.Free.CPUMilli, RAMFree: n.Free.RAMMB, DiskFree: n.Free.DiskMB,
		MinuteOfDay: uint16(local.Hour()*60 + local.Minute()), Weekday: weekday, Deposit: uint64(n.Deposit), Region: optional(n.Offer.Region),
	}
}

func requestToWire(r provider.Request, signers []pluginstore.TrustedKey) hostapi.Request {
	p := r.Posting
	o, n := p.Offer.Body, p.Work.Needs
	return hostapi.Request{
		ID: hostapi.Bytes32(p.ID()), Module: hostapi.Bytes32(p.Work.Module), Creator: hostapi.Bytes20(o.Creator),
		GPUs: n.GPUs, VRAM: n.VRAMMB, CPU: n.CPUMilli, RAM: n.RAMMB, Disk: n.DiskMB, MaxPrice: uint64(o.MaxPrice), StandingPrice: uint64(r.Price),
		ProviderStake: uint64(o.ProviderStake), MediationFee: uint64(o.MediationFee), AuditRate: uint32(o.AuditBPS), Timeout: uint32(n.Timeout),
		Engine: engineToWire(n.Engine), Network: n.Network, InputSize: r.InputSize, CreatorOk: r.CreatorOK, CreatorBad: r.CreatorBad,
		CreatorDisputes: r.CreatorDisputes, ModuleOk: r.ModuleOK, ModuleFailed: r.ModuleFailed, ModuleName: p.Module.Name + ":" + p.Module.Tag,
		Publisher: optional(p.Module.Publisher), Repository: optional(p.Module.Repository), CreatorTimeouts: r.CreatorTimeouts,
		ImagePinned: n.Engine == lilypad.EngineWasm || strings.Contains(p.Module.Image, "@sha256:"),
		GPUModel:    optional(n.GPUModel), Region: optional(n.Region), Labels: labelsToWire(n.Labels), Signers: signersToWire(signers),
	}
}

// allower refuses what the network's list on chain blocks, and asks every allow
// plugin, of which each may deny: no list makes an operator run what its own
// forbids.
type allower struct {
	role    hostapi.Role
	lists   []allowList
	listing *listing
	modules *moduleSource
	now     func(context.Context) (lilypad.Time, error)
}

type allowList struct {
	name string // of the configured plugin, as an error names it
	post
}

func (a allower) Allow(ctx context.Context, m lilypad.Module, n lilypad.Needs) error {
	now, err := a.now(ctx)
	if err != nil {
		return err
	}
	listing, err := a.listing.check(ctx, a.role, m)
	if err != nil {
		return err
	}
	wire := moduleToWire(a.role, m, n, a.modules.signers(ctx, m))
	wire.Listing = listing
	for _, l := range a.lists {
		got, err := ask(ctx, l.post, func(ctx context.Context, p *pluginhost.Plugin) ([]hostapi.Ruling, error) {
			return p.Allow(ctx, now, []hostapi.Module{wire})
		})
		if err != nil {
			return err
		}
		for _, g := range got {
			if r := g.said[0]; r.Permission == hostapi.PermissionDeny {
				name := l.name
				if g.by != l.configured {
					name = "allow plugin " + g.by.Manifest().Name
				}
				return lilypad.Errorf(lilypad.Unauthorized, "the %s does not allow module %s: %s, %s", a.role, wire.Name, name, g.by.Reason(lang, r.Reason, r.Arg0, r.Arg1))
			}
		}
	}
	return nil
}

func moduleToWire(role hostapi.Role, m lilypad.Module, n lilypad.Needs, signers []pluginstore.TrustedKey) hostapi.Module {
	w := hostapi.Module{
		ID: hostapi.Bytes32(m.ID()), Template: hostapi.Bytes32(m.Template), GPUs: n.GPUs, VRAM: n.VRAMMB, CPU: n.CPUMilli, RAM: n.RAMMB, Disk: n.DiskMB,
		Timeout: uint32(n.Timeout), Role: role, Engine: engineToWire(n.Engine), Network: n.Network,
		Name: m.Name + ":" + m.Tag, Repository: m.Repository, Commit: m.Commit, Publisher: m.Publisher, Image: m.Image, GPUModel: optional(n.GPUModel),
		Signers: signersToWire(signers),
	}
	if n.Engine == lilypad.EngineWasm {
		w.Digest, w.Image = hostapi.Bytes32(m.Wasm), ""
	}
	return w
}

// scheme is a mediate plugin as cases know it.
type scheme struct{ post }

var _ cases.Scheme = scheme{}

func (s scheme) Decide(ctx context.Context, in hostapi.MediateInput) ([]hostapi.Action, []byte, []byte, error) {
	var rec recorder
	got, err := ask(rec.context(ctx), s.post, func(ctx context.Context, p *pluginhost.Plugin) ([][]hostapi.Action, error) {
		return p.Mediate(ctx, lilypad.Time(in.Now), in.Cases)
	})
	if err != nil {
		return nil, nil, nil, err
	}
	return got[0].said[0], rec.input, rec.output, nil
}

func (s scheme) Replay(ctx context.Context, input []byte) ([]byte, error) {
	d, err := s.configured.Replay(ctx, input, nil)
	return d.Output, err
}

// comparator is a compare plugin over the trees of the post's store.
type comparator struct{ post }

var _ cases.Comparator = comparator{}

func (c comparator) Compare(ctx context.Context, now lilypad.Time, a, b lilypad.ContentID, params []lilypad.Param) (hostapi.Comparison, error) {
	pair := hostapi.Pair{ARoot: hostapi.Bytes32(a), BRoot: hostapi.Bytes32(b), Engine: hostapi.EngineWasm}
	for _, p := range params {
		pair.Params = append(pair.Params, hostapi.Param{Key: p.Key, Value: p.Value})
	}
	got, err := ask(ctx, c.post, func(ctx context.Context, p *pluginhost.Plugin) ([]hostapi.Comparison, error) {
		return p.Compare(ctx, now, []hostapi.Pair{pair}, c.store)
	})
	if err != nil {
		return hostapi.Comparison{}, err
	}
	return got[0].said[0], nil
}

// policies finds schemes and comparators for one role.
type policies struct {
	shelf *shelf
	at    post // of the role; its hook and plugin are filled in
}

// open is where the plugin that a deal names is asked.
func (p policies) open(hook hostapi.Hook, ref string) (at post, err error) {
	at = p.at
	at.hook = hook
	at.configured, err = p.shelf.load(hook, ref, nil)
	return at, err
}

// creatorPolicies is policies as a creator wants them: by name or digest.
type creatorPolicies struct{ policies }

var _ creator.Policies = creatorPolicies{}

func (p creatorPolicies) Scheme(_ context.Context, ref string) (creator.Scheme, error) {
	at, err := p.open(hostapi.HookMediate, ref)
	if err != nil {
		return creator.Scheme{}, err
	}
	m := at.configured.Manifest()
	if !slices.Contains(m.Phases, hostapi.PhaseReview.String()) {
		return creator.Scheme{}, lilypad.Errorf(lilypad.Invalid, "scheme %s works in %s only", m.Name, strings.Join(m.Phases, " and ")).
			Try("name another; lilypad plugin enable mediate/%s --shadow shows what it would decide", m.Name)
	}
	return creator.Scheme{
		Scheme: scheme{at}, ID: at.configured.ID(), Name: m.Name, Deters: m.Deters != nil && *m.Deters,
		Reason: func(n uint16, arg0, arg1 uint64) string { return at.configured.Reason(lang, n, arg0, arg1) },
	}, nil
}

func (p creatorPolicies) Comparator(_ context.Context, ref string) (creator.Comparator, error) {
	at, err := p.open(hostapi.HookCompare, ref)
	if err != nil {
		return creator.Comparator{}, err
	}
	return creator.Comparator{Comparator: comparator{at}, ID: at.configured.ID()}, nil
}

// mediatorPolicies is policies as a mediator wants them: by digest.
type mediatorPolicies struct{ policies }

func (p mediatorPolicies) Scheme(_ context.Context, id lilypad.PluginID) (cases.Scheme, error) {
	at, err := p.open(hostapi.HookMediate, id.String())
	if err != nil {
		return nil, err
	}
	return scheme{at}, nil
}

func (p mediatorPolicies) Comparator(_ context.Context, id lilypad.PluginID) (cases.Comparator, error) {
	at, err := p.open(hostapi.HookCompare, id.String())
	if err != nil {
		return nil, err
	}
	return comparator{at}, nil
}
