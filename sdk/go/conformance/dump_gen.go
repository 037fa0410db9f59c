// Code generated from hostapi/schema; DO NOT EDIT.

package main

import (
	"github.com/lilypad-network/lilypad/sdk/go/admit"
	"github.com/lilypad-network/lilypad/sdk/go/allow"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
	"github.com/lilypad-network/lilypad/sdk/go/match"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

func dumpJob(name string, x match.Job) {
	bytes32(name+"id", x.ID())
	bytes32(name+"module", x.Module())
	bytes20(name+"creator", x.Creator())
	number(name+"gpus", uint64(x.GPUs()))
	number(name+"vram", uint64(x.VRAM()))
	number(name+"cpu", uint64(x.CPU()))
	number(name+"ram", uint64(x.RAM()))
	number(name+"disk", uint64(x.Disk()))
	number(name+"max_price", uint64(x.MaxPrice()))
	number(name+"provider_stake", uint64(x.ProviderStake()))
	number(name+"mediation_fee", uint64(x.MediationFee()))
	number(name+"audit_rate", uint64(x.AuditRate()))
	number(name+"timeout", uint64(x.Timeout()))
	number(name+"engine", uint64(x.Engine()))
	truth(name+"network", x.Network())
	text(name+"module_name", x.ModuleName())
	if !x.HasGPUModel() {
		absent(name + "gpu_model")
	} else {
		text(name+"gpu_model", x.GPUModel())
	}
	if !x.HasRegion() {
		absent(name + "region")
	} else {
		text(name+"region", x.Region())
	}
	number(name+"labels", uint64(len(x.Labels())))
	for i, e := range x.Labels() {
		at := element(name+"labels", i)
		text(at+"key", e.Key)
		text(at+"value", e.Value)
	}
}

func dumpOffer(name string, x match.Offer) {
	bytes32(name+"id", x.ID())
	bytes32(name+"hardware_class", x.HardwareClass())
	bytes20(name+"provider", x.Provider())
	bytes20(name+"operator", x.Operator())
	number(name+"price", uint64(x.Price()))
	number(name+"max_stake", uint64(x.MaxStake()))
	number(name+"deposit", uint64(x.Deposit()))
	number(name+"since", uint64(x.Since()))
	number(name+"gpus", uint64(x.GPUs()))
	number(name+"vram", uint64(x.VRAM()))
	number(name+"cpu", uint64(x.CPU()))
	number(name+"ram", uint64(x.RAM()))
	number(name+"disk", uint64(x.Disk()))
	number(name+"max_timeout", uint64(x.MaxTimeout()))
	number(name+"up_rate", uint64(x.UpRate()))
	number(name+"jobs_ok", uint64(x.JobsOk()))
	number(name+"jobs_failed", uint64(x.JobsFailed()))
	number(name+"disputes", uint64(x.Disputes()))
	number(name+"slashes", uint64(x.Slashes()))
	number(name+"slots", uint64(x.Slots()))
	number(name+"pair_ok", uint64(x.PairOk()))
	number(name+"pair_bad", uint64(x.PairBad()))
	number(name+"load", uint64(x.Load()))
	if !x.HasGPUModel() {
		absent(name + "gpu_model")
	} else {
		text(name+"gpu_model", x.GPUModel())
	}
	if !x.HasRegion() {
		absent(name + "region")
	} else {
		text(name+"region", x.Region())
	}
	number(name+"labels", uint64(len(x.Labels())))
	for i, e := range x.Labels() {
		at := element(name+"labels", i)
		text(at+"key", e.Key)
		text(at+"value", e.Value)
	}
	number(name+"queue", uint64(x.Queue()))
	number(name+"recent_jobs", uint64(x.RecentJobs()))
	number(name+"inputs_here", uint64(x.InputsHere()))
	truth(name+"module_here", x.ModuleHere())
}

func dumpNode(name string, x admit.Node) {
	bytes20(name+"address", x.Address())
	number(name+"running", uint64(x.Running()))
	number(name+"queued", uint64(x.Queued()))
	number(name+"slots", uint64(x.Slots()))
	number(name+"queue", uint64(x.Queue()))
	number(name+"gpus", uint64(x.GPUs()))
	number(name+"gpus_free", uint64(x.GPUsFree()))
	number(name+"vram_free", uint64(x.VRAMFree()))
	number(name+"cpu_free", uint64(x.CPUFree()))
	number(name+"ram_free", uint64(x.RAMFree()))
	number(name+"disk_free", uint64(x.DiskFree()))
	number(name+"minute_of_day", uint64(x.MinuteOfDay()))
	number(name+"weekday", uint64(x.Weekday()))
	number(name+"deposit", uint64(x.Deposit()))
	if !x.HasRegion() {
		absent(name + "region")
	} else {
		text(name+"region", x.Region())
	}
}

func dumpRequest(name string, x admit.Request) {
	bytes32(name+"id", x.ID())
	bytes32(name+"module", x.Module())
	bytes20(name+"creator", x.Creator())
	number(name+"gpus", uint64(x.GPUs()))
	number(name+"vram", uint64(x.VRAM()))
	number(name+"cpu", uint64(x.CPU()))
	number(name+"ram", uint64(x.RAM()))
	number(name+"disk", uint64(x.Disk()))
	number(name+"max_price", uint64(x.MaxPrice()))
	number(name+"standing_price", uint64(x.StandingPrice()))
	number(name+"provider_stake", uint64(x.ProviderStake()))
	number(name+"mediation_fee", uint64(x.MediationFee()))
	number(name+"audit_rate", uint64(x.AuditRate()))
	number(name+"timeout", uint64(x.Timeout()))
	number(name+"engine", uint64(x.Engine()))
	truth(name+"network", x.Network())
	number(name+"input_size", uint64(x.InputSize()))
	number(name+"creator_ok", uint64(x.CreatorOk()))
	number(name+"creator_bad", uint64(x.CreatorBad()))
	number(name+"creator_disputes", uint64(x.CreatorDisputes()))
	number(name+"module_ok", uint64(x.ModuleOk()))
	number(name+"module_failed", uint64(x.ModuleFailed()))
	if !x.HasCreatorSince() {
		absent(name + "creator_since")
	} else {
		number(name+"creator_since", uint64(x.CreatorSince()))
	}
	text(name+"module_name", x.ModuleName())
	if !x.HasPublisher() {
		absent(name + "publisher")
	} else {
		text(name+"publisher", x.Publisher())
	}
	if !x.HasGPUModel() {
		absent(name + "gpu_model")
	} else {
		text(name+"gpu_model", x.GPUModel())
	}
	if !x.HasRegion() {
		absent(name + "region")
	} else {
		text(name+"region", x.Region())
	}
	number(name+"labels", uint64(len(x.Labels())))
	for i, e := range x.Labels() {
		at := element(name+"labels", i)
		text(at+"key", e.Key)
		text(at+"value", e.Value)
	}
	if !x.HasRepository() {
		absent(name + "repository")
	} else {
		text(name+"repository", x.Repository())
	}
	number(name+"signers", uint64(len(x.Signers())))
	for i, e := range x.Signers() {
		at := element(name+"signers", i)
		text(at+"identity", e.Identity)
		text(at+"issuer", e.Issuer)
	}
	number(name+"creator_timeouts", uint64(x.CreatorTimeouts()))
	truth(name+"image_pinned", x.ImagePinned())
}

func dumpModule(name string, x allow.Module) {
	bytes32(name+"id", x.ID())
	bytes32(name+"digest", x.Digest())
	bytes32(name+"template", x.Template())
	number(name+"gpus", uint64(x.GPUs()))
	number(name+"vram", uint64(x.VRAM()))
	number(name+"cpu", uint64(x.CPU()))
	number(name+"ram", uint64(x.RAM()))
	number(name+"disk", uint64(x.Disk()))
	number(name+"timeout", uint64(x.Timeout()))
	number(name+"role", uint64(x.Role()))
	number(name+"engine", uint64(x.Engine()))
	number(name+"listing", uint64(x.Listing()))
	truth(name+"network", x.Network())
	text(name+"name", x.Name())
	text(name+"repository", x.Repository())
	text(name+"commit", x.Commit())
	text(name+"publisher", x.Publisher())
	text(name+"image", x.Image())
	if !x.HasGPUModel() {
		absent(name + "gpu_model")
	} else {
		text(name+"gpu_model", x.GPUModel())
	}
	if !x.HasBlockReason() {
		absent(name + "block_reason")
	} else {
		text(name+"block_reason", x.BlockReason())
	}
	number(name+"signers", uint64(len(x.Signers())))
	for i, e := range x.Signers() {
		at := element(name+"signers", i)
		text(at+"identity", e.Identity)
		text(at+"issuer", e.Issuer)
	}
}

func dumpCase(name string, x mediate.Case) {
	bytes32(name+"id", x.ID())
	if !x.HasSeed() {
		absent(name + "seed")
	} else {
		bytes32(name+"seed", x.Seed())
	}
	number(name+"opened", uint64(x.Opened()))
	number(name+"now", uint64(x.Now()))
	number(name+"deadline", uint64(x.Deadline()))
	if !x.HasChallenged() {
		absent(name + "challenged")
	} else {
		number(name+"challenged", uint64(x.Challenged()))
	}
	number(name+"price", uint64(x.Price()))
	number(name+"provider_stake", uint64(x.ProviderStake()))
	number(name+"creator_stake", uint64(x.CreatorStake()))
	number(name+"mediation_fee", uint64(x.MediationFee()))
	number(name+"late_penalty", uint64(x.LatePenalty()))
	number(name+"max_runs", uint64(x.MaxRuns()))
	number(name+"audit_rate", uint64(x.AuditRate()))
	number(name+"level", uint64(x.Level()))
	number(name+"phase", uint64(x.Phase()))
	number(name+"params", uint64(len(x.Params())))
	for i, e := range x.Params() {
		at := element(name+"params", i)
		text(at+"key", e.Key)
		signed(at+"value", e.Value)
	}
	number(name+"events", uint64(len(x.Events())))
	for i, e := range x.Events() {
		dumpEvent(element(name+"events", i), e)
	}
}

func dumpPair(name string, x compare.Pair) {
	bytes32(name+"a_root", x.ARoot())
	bytes32(name+"b_root", x.BRoot())
	number(name+"a_size", uint64(x.ASize()))
	number(name+"b_size", uint64(x.BSize()))
	number(name+"a", uint64(x.A()))
	number(name+"b", uint64(x.B()))
	number(name+"a_files", uint64(x.AFiles()))
	number(name+"b_files", uint64(x.BFiles()))
	number(name+"params", uint64(len(x.Params())))
	for i, e := range x.Params() {
		at := element(name+"params", i)
		text(at+"key", e.Key)
		signed(at+"value", e.Value)
	}
	number(name+"engine", uint64(x.Engine()))
}

func dumpParty(name string, x mediate.Party) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
	bytes32(name+"hardware_class", x.HardwareClass())
	bytes20(name+"address", x.Address())
	bytes20(name+"operator", x.Operator())
	number(name+"stake", uint64(x.Stake()))
	number(name+"since", uint64(x.Since()))
	number(name+"jobs_ok", uint64(x.JobsOk()))
	number(name+"jobs_bad", uint64(x.JobsBad()))
	number(name+"checks_ok", uint64(x.ChecksOk()))
	number(name+"checks_bad", uint64(x.ChecksBad()))
	number(name+"standing", uint64(x.Standing()))
	if !x.HasRegion() {
		absent(name + "region")
	} else {
		text(name+"region", x.Region())
	}
	number(name+"fee", uint64(x.Fee()))
}

func dumpOrdered(name string, x mediate.Ordered) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
	number(name+"key", uint64(x.Key()))
	number(name+"kind", uint64(x.Kind()))
}

func dumpResult(name string, x mediate.Result) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
	bytes32(name+"content", x.Content())
	number(name+"gpu_time", uint64(x.GPUTime()))
	number(name+"wall_time", uint64(x.WallTime()))
	number(name+"size", uint64(x.Size()))
	number(name+"status", uint64(x.Status()))
}

func dumpCompared(name string, x mediate.Compared) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
	number(name+"a", uint64(x.A()))
	number(name+"b", uint64(x.B()))
	number(name+"distance", uint64(x.Distance()))
	number(name+"reason", uint64(x.Reason()))
	number(name+"sameness", uint64(x.Sameness()))
	number(name+"key", uint64(x.Key()))
}

func dumpMissing(name string, x mediate.Missing) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
	number(name+"key", uint64(x.Key()))
	number(name+"why", uint64(x.Why()))
}

func dumpAppeal(name string, x mediate.Appeal) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
	number(name+"paid", uint64(x.Paid()))
	number(name+"reason", uint64(x.Reason()))
}

func dumpTick(name string, x mediate.Tick) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
}

func dumpCommit(name string, x mediate.Commit) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
	number(name+"steps", uint64(x.Steps()))
	bytes32(name+"trace", x.Trace())
	bytes32(name+"last", x.Last())
}

func dumpOpen(name string, x mediate.Open) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
	number(name+"index", uint64(x.Index()))
	bytes32(name+"node", x.Node())
	number(name+"level", uint64(x.Level()))
	number(name+"child", uint64(x.Child()))
}

func dumpSegment(name string, x mediate.Segment) {
	number(name+"at", uint64(x.At()))
	number(name+"who", uint64(x.Who()))
	number(name+"re", uint64(x.Re()))
	number(name+"key", uint64(x.Key()))
	number(name+"step", uint64(x.Step()))
	bytes32(name+"start", x.Start())
	bytes32(name+"claimed", x.Claimed())
	bytes32(name+"ran", x.Ran())
	bytes32(name+"proof", x.Proof())
}

func dumpEvent(name string, x mediate.Event) {
	if m, ok := x.Party(); ok {
		dumpParty(name+"party.", m)
	}
	if m, ok := x.Ordered(); ok {
		dumpOrdered(name+"ordered.", m)
	}
	if m, ok := x.Result(); ok {
		dumpResult(name+"result.", m)
	}
	if m, ok := x.Compared(); ok {
		dumpCompared(name+"compared.", m)
	}
	if m, ok := x.Missing(); ok {
		dumpMissing(name+"missing.", m)
	}
	if m, ok := x.Appeal(); ok {
		dumpAppeal(name+"appeal.", m)
	}
	if m, ok := x.Tick(); ok {
		dumpTick(name+"tick.", m)
	}
	if m, ok := x.Commit(); ok {
		dumpCommit(name+"commit.", m)
	}
	if m, ok := x.Open(); ok {
		dumpOpen(name+"open.", m)
	}
	if m, ok := x.Segment(); ok {
		dumpSegment(name+"segment.", m)
	}
}

var sampleScore = match.Score{
	Score:    1663540288323457296,
	Arg0:     2820983053732684064,
	Arg1:     3978425819141910832,
	Decision: 2,
	Reason:   20816,
}

var sampleAdmission = admit.Admission{
	Price:  1663540288323457296,
	Arg0:   2820983053732684064,
	Arg1:   3978425819141910832,
	Answer: 1,
	Reason: 20816,
}

var sampleRuling = allow.Ruling{
	Arg0:       1663540288323457296,
	Arg1:       2820983053732684064,
	Rule:       858927408,
	Reason:     16704,
	Permission: 3,
}

var sampleAction = mediate.Action{
	Key:        319951120,
	Item:       589439264,
	A:          858927408,
	B:          1128415552,
	Until:      6293311349960364368,
	Arg0:       7450754115369591136,
	Arg1:       8608196880778817904,
	Confidence: 2206368128,
	Reason:     37264,
	Kind:       5,
	Place:      2,
	Outcome:    2,
}

var sampleComparison = compare.Comparison{
	Distance: 1663540288323457296,
	Arg0:     2820983053732684064,
	Arg1:     3978425819141910832,
	Reason:   16704,
	Sameness: 3,
}
