package node

import (
	"context"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/creator"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/solver"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// lang is the language of reasons.
const lang = "en"

// ranker is a match plugin as the solver knows it.
type ranker struct{ p *pluginhost.Plugin }

var _ solver.Ranker = ranker{}

func (r ranker) Rank(ctx context.Context, now lilypad.Time, post api.Posting, cs []solver.Candidate) ([]solver.Score, error) {
	offers := make([]hostapi.Offer, len(cs))
	for i, c := range cs {
		offers[i] = offerToWire(c)
	}
	scores, err := r.p.Match(ctx, now, jobToWire(post), offers)
	if err != nil {
		return nil, err
	}
	out := make([]solver.Score, len(scores))
	for i, s := range scores {
		out[i].Score = s.Score
		if s.Decision == hostapi.DecisionRefuse {
			out[i].Refused = r.p.Reason(lang, s.Reason, s.Arg0, s.Arg1)
		}
	}
	return out, nil
}

func jobToWire(p api.Posting) hostapi.Job {
	o, n := p.Offer.Body, p.Work.Needs
	return hostapi.Job{
		ID: hostapi.Bytes32(p.ID()), Module: hostapi.Bytes32(p.Work.Module), Creator: hostapi.Bytes20(o.Creator),
		GPUs: n.GPUs, VRAM: n.VRAMMB, CPU: n.CPUMilli, RAM: n.RAMMB, Disk: n.DiskMB,
		MaxPrice: uint64(o.MaxPrice), ProviderStake: uint64(o.ProviderStake), MediationFee: uint64(o.MediationFee), AuditRate: uint32(o.AuditBPS),
		Timeout: uint32(n.Timeout), Engine: engineToWire(n.Engine), Network: n.Network, ModuleName: p.Module.Name + ":" + p.Module.Tag,
		GPUModel: optional(n.GPUModel), Region: optional(n.Region), Labels: labelsToWire(n.Labels),
	}
}

func offerToWire(c solver.Candidate) hostapi.Offer {
	o := c.Offer
	return hostapi.Offer{
		ID: hostapi.Bytes32(lilypad.Keccak256(o.Provider[:])), HardwareClass: hostapi.Bytes32(o.HardwareClass),
		Provider: hostapi.Bytes20(o.Provider), Operator: hostapi.Bytes20(o.Operator), Price: uint64(o.Price), MaxStake: uint64(o.MaxStake),
		Since: uint64(o.Since), GPUs: o.Capacity.GPUs, VRAM: o.Capacity.VRAMMB, CPU: o.Capacity.CPUMilli, RAM: o.Capacity.RAMMB, Disk: o.Capacity.DiskMB,
		MaxTimeout: uint32(o.MaxTimeout), UpRate: 1_000_000, JobsOk: c.JobsOK, JobsFailed: c.JobsFailed, Disputes: c.Disputes, Slashes: c.Slashes,
		Slots: o.Slots, PairOk: c.PairOK, PairBad: c.PairFailed, Load: c.LoadPPM,
		GPUModel: optional(o.GPUModel), Region: optional(o.Region), Labels: labelsToWire(o.Labels), Queue: o.Queue,
	}
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

// admitter is an admit plugin as a provider knows it.
type admitter struct {
	p    *pluginhost.Plugin
	zone *time.Location
}

var _ provider.Admitter = admitter{}

func (a admitter) Admit(ctx context.Context, now lilypad.Time, n provider.Node, r provider.Request) (provider.Admission, error) {
	local := time.Unix(int64(now), 0).In(a.zone)
	weekday := hostapi.Weekday((int(local.Weekday())+6)%7 + 1) // ISO 8601: Monday is 1
	node := hostapi.Node{
		Address: hostapi.Bytes20(n.Offer.Provider), Running: n.Running, Queued: n.Queued, Slots: n.Offer.Slots, Queue: n.Offer.Queue,
		GPUs: n.Offer.Capacity.GPUs, GPUsFree: n.Free.GPUs, VRAMFree: n.Free.VRAMMB, CPUFree: n.Free.CPUMilli, RAMFree: n.Free.RAMMB, DiskFree: n.Free.DiskMB,
		MinuteOfDay: uint16(local.Hour()*60 + local.Minute()), Weekday: weekday, Deposit: uint64(n.Deposit), Region: optional(n.Offer.Region),
	}
	got, err := a.p.Admit(ctx, now, node, []hostapi.Request{requestToWire(r)})
	if err != nil {
		return provider.Admission{}, err
	}
	if got[0].Answer == hostapi.AnswerTake {
		return provider.Admission{Price: lilypad.Amount(got[0].Price)}, nil
	}
	m := a.p.Manifest()
	return provider.Admission{
		Declined: "admit plugin " + m.Name + ": " + a.p.Reason(lang, got[0].Reason, got[0].Arg0, got[0].Arg1), Price: lilypad.Amount(got[0].Price),
	}, nil
}

func requestToWire(r provider.Request) hostapi.Request {
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
		GPUModel:    optional(n.GPUModel), Region: optional(n.Region), Labels: labelsToWire(n.Labels),
	}
}

// allower asks every allow plugin, and each may deny: no list, not even the
// network's, makes an operator run what its own forbids.
type allower struct {
	role  hostapi.Role
	lists []allowList
	now   func(context.Context) (lilypad.Time, error)
}

type allowList struct {
	name string // as an error names it
	p    *pluginhost.Plugin
}

func (a allower) Allow(ctx context.Context, m lilypad.Module, n lilypad.Needs) error {
	now, err := a.now(ctx)
	if err != nil {
		return err
	}
	wire := moduleToWire(a.role, m, n)
	for _, l := range a.lists {
		got, err := l.p.Allow(ctx, now, []hostapi.Module{wire})
		if err != nil {
			return err
		}
		if got[0].Permission == hostapi.PermissionDeny {
			return lilypad.Errorf(lilypad.Unauthorized, "the %s does not allow module %s: %s, %s", a.role, wire.Name, l.name,
				l.p.Reason(lang, got[0].Reason, got[0].Arg0, got[0].Arg1))
		}
	}
	return nil
}

func moduleToWire(role hostapi.Role, m lilypad.Module, n lilypad.Needs) hostapi.Module {
	w := hostapi.Module{
		ID: hostapi.Bytes32(m.ID()), Template: hostapi.Bytes32(m.Template), GPUs: n.GPUs, VRAM: n.VRAMMB, CPU: n.CPUMilli, RAM: n.RAMMB, Disk: n.DiskMB,
		Timeout: uint32(n.Timeout), Role: role, Engine: engineToWire(n.Engine), Listing: hostapi.ListingUnlisted, Network: n.Network,
		Name: m.Name + ":" + m.Tag, Repository: m.Repository, Commit: m.Commit, Publisher: m.Publisher, Image: m.Image, GPUModel: optional(n.GPUModel),
	}
	if n.Engine == lilypad.EngineWasm {
		w.Digest, w.Image = hostapi.Bytes32(m.Wasm), ""
	}
	return w
}

// scheme is a mediate plugin as cases know it.
type scheme struct{ p *pluginhost.Plugin }

var _ cases.Scheme = scheme{}

func (s scheme) Decide(ctx context.Context, in hostapi.MediateInput) ([]hostapi.Action, []byte, []byte, error) {
	var rec recorder
	actions, err := s.p.Mediate(rec.context(ctx), lilypad.Time(in.Now), in.Cases)
	if err != nil {
		return nil, nil, nil, err
	}
	return actions[0], rec.input, rec.output, nil
}

func (s scheme) Replay(ctx context.Context, input []byte) ([]byte, error) {
	return s.p.Replay(ctx, input, nil)
}

// comparator is a compare plugin over the trees of one store.
type comparator struct {
	p     *pluginhost.Plugin
	store storage.Getter
}

var _ cases.Comparator = comparator{}

func (c comparator) Compare(ctx context.Context, now lilypad.Time, a, b lilypad.ContentID, params []lilypad.Param) (hostapi.Comparison, error) {
	pair := hostapi.Pair{ARoot: hostapi.Bytes32(a), BRoot: hostapi.Bytes32(b), Engine: hostapi.EngineWasm}
	for _, p := range params {
		pair.Params = append(pair.Params, hostapi.Param{Key: p.Key, Value: p.Value})
	}
	got, err := c.p.Compare(ctx, now, []hostapi.Pair{pair}, c.store)
	if err != nil {
		return hostapi.Comparison{}, err
	}
	return got[0], nil
}

// policies finds schemes and comparators for one role.
type policies struct {
	shelf *shelf
	store storage.Getter
}

// scheme opens a mediate plugin.
func (p policies) scheme(ref string) (*pluginhost.Plugin, error) {
	return p.shelf.load(hostapi.HookMediate, ref, nil)
}

// creatorPolicies is policies as a creator wants them: by name or digest.
type creatorPolicies struct{ policies }

var _ creator.Policies = creatorPolicies{}

func (p creatorPolicies) Scheme(_ context.Context, ref string) (creator.Scheme, error) {
	open, err := p.scheme(ref)
	if err != nil {
		return creator.Scheme{}, err
	}
	m := open.Manifest()
	return creator.Scheme{
		Scheme: scheme{open}, ID: open.ID(), Name: m.Name, Deters: m.Deters != nil && *m.Deters,
		Reason: func(n uint16, arg0, arg1 uint64) string { return open.Reason(lang, n, arg0, arg1) },
	}, nil
}

func (p creatorPolicies) Comparator(_ context.Context, ref string) (creator.Comparator, error) {
	open, err := p.shelf.load(hostapi.HookCompare, ref, nil)
	if err != nil {
		return creator.Comparator{}, err
	}
	return creator.Comparator{Comparator: comparator{open, p.store}, ID: open.ID()}, nil
}

// mediatorPolicies is policies as a mediator wants them: by digest.
type mediatorPolicies struct{ policies }

func (p mediatorPolicies) Scheme(_ context.Context, id lilypad.PluginID) (cases.Scheme, error) {
	open, err := p.scheme(id.String())
	if err != nil {
		return nil, err
	}
	return scheme{open}, nil
}

func (p mediatorPolicies) Comparator(_ context.Context, id lilypad.PluginID) (cases.Comparator, error) {
	open, err := p.shelf.load(hostapi.HookCompare, id.String(), nil)
	if err != nil {
		return nil, err
	}
	return comparator{open, p.store}, nil
}
