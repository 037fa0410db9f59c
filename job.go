package lilypad

import (
	"encoding/binary"
	"slices"
	"strings"
)

// Time is block time: seconds since the Unix epoch, as the chain counts them.
// It is never compared with a wall clock.
type Time uint64

// Seconds is a span of block time.
type Seconds uint32

// JobOffer is what a creator signs: the terms on which it will pay for one
// job. Every payout of the deal follows from it and from the Deal; see
// runtime/settlement. Times are block times.
type JobOffer struct {
	Creator  Address `json:"creator"`
	Judge    Address `json:"judge"`  // signs receipts and challenges
	Solver   Address `json:"solver"` // who may open; zero: anyone, if Target is set
	Target   Address `json:"target"` // the only provider that may take it; zero: any
	Work     Hash    `json:"work"`
	Panel    Hash    `json:"panel"`
	SeedHash Hash    `json:"seed_hash"`

	MaxPrice      Amount `json:"max_price"`
	CreatorStake  Amount `json:"creator_stake"`
	ProviderStake Amount `json:"provider_stake"`
	LatePenalty   Amount `json:"late_penalty"`
	MediationFee  Amount `json:"mediation_fee"`
	SolverFee     Amount `json:"solver_fee"`
	AuditBPS      uint16 `json:"audit_bps"`

	SubmitFor  Seconds `json:"submit_for"`
	JudgeFor   Seconds `json:"judge_for"`
	RevealFor  Seconds `json:"reveal_for"`
	MediateFor Seconds `json:"mediate_for"`

	Epoch  uint32 `json:"epoch"`
	Nonce  uint64 `json:"nonce"`
	Expiry Time   `json:"expiry"`
}

const jobOfferType = "JobOffer(address creator,address judge,address solver,address target,bytes32 work,bytes32 panel,bytes32 seedHash,uint80 maxPrice,uint96 creatorStake,uint96 providerStake,uint96 latePenalty,uint96 mediationFee,uint96 solverFee,uint16 auditBps,uint32 submitFor,uint32 judgeFor,uint32 revealFor,uint32 mediateFor,uint32 epoch,uint64 nonce,uint40 expiry)"

// StructHash is the EIP-712 hash of the offer.
func (o JobOffer) StructHash() Hash {
	return newStruct(jobOfferType).
		address(o.Creator).address(o.Judge).address(o.Solver).address(o.Target).
		word(o.Work).word(o.Panel).word(o.SeedHash).
		amount(o.MaxPrice).amount(o.CreatorStake).amount(o.ProviderStake).
		amount(o.LatePenalty).amount(o.MediationFee).amount(o.SolverFee).
		uint(uint64(o.AuditBPS)).
		uint(uint64(o.SubmitFor)).uint(uint64(o.JudgeFor)).uint(uint64(o.RevealFor)).uint(uint64(o.MediateFor)).
		uint(uint64(o.Epoch)).uint(o.Nonce).uint(uint64(o.Expiry)).hash()
}

// ID is the struct hash as a job id.
func (o JobOffer) ID() JobID { return JobID(o.StructHash()) }

// Check reports terms that the contract would refuse, and amounts that would
// not divide into whole micro-LILY on every path of a panel that draws k.
//
// # Errors
//
// Invalid, naming the first rule that is broken.
func (o JobOffer) Check(k int) error {
	for _, r := range []struct {
		broken bool
		rule   string
	}{
		{o.Creator.IsZero() || o.Judge.IsZero(), "creator and judge must be set"},
		{o.Solver.IsZero() && o.Target.IsZero(), "an offer without a solver must name its provider"},
		{o.MaxPrice > MaxAmount || o.CreatorStake > MaxAmount || o.ProviderStake > MaxAmount, "amounts must be at most 1000000 LILY"},
		{o.MediationFee > o.CreatorStake, "the mediation fee must be at most the creator's stake"},
		{o.ProviderStake < o.MediationFee+o.SolverFee, "the provider's stake must cover mediation fee and solver fee"},
		{o.SolverFee > o.LatePenalty || o.LatePenalty > o.ProviderStake, "the late penalty must lie between solver fee and provider's stake"},
		{o.AuditBPS > 10000, "the audit rate must be at most 10000 basis points"},
		{k < 1 || o.MediationFee%Amount(2*k) != 0, "the mediation fee must divide by twice the number of mediators drawn"},
	} {
		if r.broken {
			return Errorf(Invalid, "job offer: %s", r.rule)
		}
	}
	return nil
}

// Work is what is to be done and how it is verified. Only its hash goes on
// chain; the parties exchange it with the offer.
type Work struct {
	Module     ModuleID  `json:"module"`
	Inputs     ContentID `json:"inputs"`
	Needs      Needs     `json:"needs"`
	Scheme     PluginID  `json:"scheme"`
	Comparator PluginID  `json:"comparator"`
	Parameters []Param   `json:"parameters"`
	ResultKey  Hash      `json:"result_key"` // X25519 key that the result is sealed to; zero: nothing is sealed
}

// Hash is the EIP-712 struct hash of the work.
func (w Work) Hash() Hash {
	return newStruct("Work(bytes32 module,bytes32 inputs,bytes32 needs,bytes32 scheme,bytes32 comparator,bytes32 parameters,bytes32 resultKey)").
		word(Hash(w.Module)).word(Hash(w.Inputs)).word(w.Needs.Hash()).
		word(Hash(w.Scheme)).word(Hash(w.Comparator)).word(ParamsHash(w.Parameters)).word(w.ResultKey).hash()
}

// Param is one integer parameter of a scheme or comparator, agreed in a deal.
type Param struct {
	Key   string `json:"key"`
	Value int64  `json:"value"`
}

// SortParams returns params sorted by key.
func SortParams(params []Param) []Param {
	out := slices.Clone(params)
	slices.SortFunc(out, func(a, b Param) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// ParamsHash is the Keccak-256 of the parameters sorted by key, each as the
// hash of its key and its value as a 256-bit two's complement integer.
func ParamsHash(params []Param) Hash {
	var buf []byte
	for _, p := range SortParams(params) {
		key := Keccak256([]byte(p.Key))
		var value [32]byte
		if p.Value < 0 {
			for i := range value {
				value[i] = 0xff
			}
		}
		binary.BigEndian.PutUint64(value[24:], uint64(p.Value))
		buf = append(append(buf, key[:]...), value[:]...)
	}
	return Keccak256(buf)
}

// Panel is the set of mediators that a deal agreed on. Drawn is how many of
// them sit on a case and Agree how many equal outcomes decide it.
type Panel struct {
	Mediators []Address `json:"mediators"` // strictly ascending
	Drawn     uint8     `json:"drawn"`     // k
	Agree     uint8     `json:"agree"`     // t
}

// Hash is keccak(abi.encode(keccak(packed addresses), k, t)).
func (p Panel) Hash() Hash {
	var packed []byte
	for _, m := range p.Mediators {
		packed = append(packed, m[:]...)
	}
	e := encoder{}
	return Keccak256(e.word(Keccak256(packed)).uint(uint64(p.Drawn)).uint(uint64(p.Agree)).buf)
}

// Check reports a panel that a careful party does not sign: k odd,
// t=(k+1)/2, k ≤ n ≤ 32, strictly ascending, no party of the deal inside.
//
// # Errors
//
// Invalid, naming the rule.
func (p Panel) Check(parties ...Address) error {
	n, k := len(p.Mediators), int(p.Drawn)
	if k < 1 || k%2 == 0 || int(p.Agree) != (k+1)/2 || n < k || n > 32 {
		return Errorf(Invalid, "panel of %d draws %d and needs %d to agree: want an odd number drawn of at most 32, and a majority", n, k, p.Agree)
	}
	for i, m := range p.Mediators {
		if i > 0 && slices.Compare(p.Mediators[i-1][:], m[:]) >= 0 {
			return Errorf(Invalid, "panel addresses must be strictly ascending at %s", m)
		}
		if m.IsZero() || slices.Contains(parties, m) {
			return Errorf(Invalid, "panel member %s is a party of the deal", m)
		}
	}
	return nil
}
