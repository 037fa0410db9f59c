package wallet_test

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"

	"github.com/lilypad-network/lilypad"
)

// typed describes the market's structs to an independent implementation of
// EIP-712. Work and Needs are hashed into offers, never signed themselves.
var typed = apitypes.Types{
	"EIP712Domain": fields("string name", "string version", "uint256 chainId", "address verifyingContract"),
	"JobOffer": fields("address creator", "address judge", "address solver", "address target", "bytes32 work",
		"bytes32 panel", "bytes32 seedHash", "uint80 maxPrice", "uint96 creatorStake", "uint96 providerStake",
		"uint96 latePenalty", "uint96 mediationFee", "uint96 solverFee", "uint16 auditBps", "uint32 submitFor",
		"uint32 judgeFor", "uint32 revealFor", "uint32 mediateFor", "uint32 epoch", "uint64 nonce", "uint40 expiry"),
	"Work": fields("bytes32 module", "bytes32 inputs", "bytes32 needs", "bytes32 scheme", "bytes32 comparator",
		"bytes32 parameters", "bytes32 resultKey"),
	"Needs": fields("uint32 gpus", "uint32 vramMb", "uint32 cpuMilli", "uint32 ramMb", "uint32 diskMb", "string engine",
		"string gpuModel", "bool network", "uint32 timeout", "string region", "bytes32 labels"),
	"Deal":    fields("bytes32 jobHash", "address provider", "uint80 price", "bytes32 seedHash", "uint32 epoch", "uint40 expiry"),
	"Result":  fields("bytes32 dealHash", "bytes32 resultHash"),
	"Receipt": fields("bytes32 dealHash", "bytes32 resultHash", "bytes32 creatorSeed"),
	"Verdict": fields("bytes32 dealHash", "bytes32 resultHash", "uint8 outcome", "bytes32 transcriptHash"),
	"Permit":  fields("address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"),
}

func TestStructHash_equalsTypedData(t *testing.T) {
	offer := sampleOffer()
	needs := lilypad.Needs{
		Resources: lilypad.Resources{GPUs: 1, VRAMMB: 2, CPUMilli: 3, RAMMB: 4, DiskMB: 5},
		Engine:    lilypad.EngineDocker, GPUModel: "h100", Network: true, Timeout: 60, Region: "eu",
		Labels: []lilypad.Label{{Key: "tier", Value: "gold"}},
	}
	emptyNeeds := lilypad.Needs{}
	labels := lilypad.Keccak256(hash("tier"), hash("gold"))
	work := lilypad.Work{
		Module: lilypad.ModuleID(word(1)), Inputs: lilypad.ContentID(word(2)), Needs: needs,
		Scheme: lilypad.PluginID(word(3)), Comparator: lilypad.PluginID(word(4)),
		Parameters: []lilypad.Param{{Key: "runs", Value: 3}, {Key: "agree", Value: -2}}, ResultKey: word(5),
	}
	deal := lilypad.Deal{Job: offer.ID(), Provider: address(9), Price: 1_234_567, SeedHash: word(6), Epoch: 7, Expiry: 1<<40 - 1}
	result := lilypad.Result{Deal: deal.ID(), Result: word(7)}
	receipt := lilypad.Receipt{Deal: deal.ID(), Result: word(7), CreatorSeed: word(8)}
	verdict := lilypad.Verdict{Deal: deal.ID(), Result: word(7), Outcome: lilypad.OutcomeFraud, Transcript: word(9)}

	for name, c := range map[string]struct {
		typ     string
		got     lilypad.Hash
		message map[string]any
	}{
		"offer":       {"JobOffer", offer.StructHash(), offerMessage(offer)},
		"empty offer": {"JobOffer", lilypad.JobOffer{}.StructHash(), offerMessage(lilypad.JobOffer{})},
		"work": {"Work", work.Hash(), map[string]any{
			"module": work.Module[:], "inputs": work.Inputs[:], "needs": bytes(needs.Hash()), "scheme": work.Scheme[:],
			"comparator": work.Comparator[:], "parameters": bytes(lilypad.ParamsHash(work.Parameters)), "resultKey": work.ResultKey[:],
		}},
		"needs":       {"Needs", needs.Hash(), needsMessage(needs, labels)},
		"empty needs": {"Needs", emptyNeeds.Hash(), needsMessage(emptyNeeds, lilypad.Keccak256())},
		"deal": {"Deal", deal.StructHash(), map[string]any{
			"jobHash": deal.Job[:], "provider": deal.Provider.String(), "price": base(deal.Price),
			"seedHash": deal.SeedHash[:], "epoch": integer(7), "expiry": integer(1<<40 - 1),
		}},
		"permit": {"Permit", lilypad.Permit{Owner: address(1), Spender: address(2), Value: 3 * lilypad.LILY, Nonce: 4, Deadline: 5}.StructHash(), map[string]any{
			"owner": address(1).String(), "spender": address(2).String(), "value": base(3 * lilypad.LILY), "nonce": integer(4), "deadline": integer(5),
		}},
		"result": {"Result", result.StructHash(), map[string]any{"dealHash": result.Deal[:], "resultHash": result.Result[:]}},
		"receipt": {"Receipt", receipt.StructHash(), map[string]any{
			"dealHash": receipt.Deal[:], "resultHash": receipt.Result[:], "creatorSeed": receipt.CreatorSeed[:],
		}},
		"verdict": {"Verdict", verdict.StructHash(), map[string]any{
			"dealHash": verdict.Deal[:], "resultHash": verdict.Result[:], "outcome": integer(4), "transcriptHash": verdict.Transcript[:],
		}},
	} {
		t.Run(name, func(t *testing.T) {
			data := typedData(c.typ, c.message)
			want, err := data.HashStruct(c.typ, c.message)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.got[:]; string(got) != string(want) {
				t.Errorf("hash %x, want %x", got, []byte(want))
			}
		})
	}
}

func TestDigest_equalsTypedData(t *testing.T) {
	offer := sampleOffer()
	want, _, err := apitypes.TypedDataAndHash(typedData("JobOffer", offerMessage(offer)))
	if err != nil {
		t.Fatal(err)
	}
	if got := domain.Digest(offer); string(got[:]) != string(want) {
		t.Errorf("digest %s, want %x", got, want)
	}
}

var domain = lilypad.Domain{ChainID: 1337, Contract: address(42)}

func typedData(primary string, message map[string]any) apitypes.TypedData {
	return apitypes.TypedData{
		Types: typed, PrimaryType: primary, Message: message,
		Domain: apitypes.TypedDataDomain{
			Name: "Lilypad", Version: "1", ChainId: integer(domain.ChainID), VerifyingContract: domain.Contract.String(),
		},
	}
}

// sampleOffer has another value in every field.
func sampleOffer() lilypad.JobOffer {
	return lilypad.JobOffer{
		Creator: address(1), Judge: address(2), Solver: address(3), Target: address(4),
		Work: word(11), Panel: word(12), SeedHash: word(13),
		MaxPrice: 2 * lilypad.LILY, CreatorStake: 3, ProviderStake: 4 * lilypad.LILY, LatePenalty: 5, MediationFee: 6,
		SolverFee: 7, AuditBPS: 10000, SubmitFor: 8, JudgeFor: 9, RevealFor: 10, MediateFor: 1<<32 - 1,
		Epoch: 12, Nonce: 1<<64 - 1, Expiry: 1<<40 - 1,
	}
}

func offerMessage(o lilypad.JobOffer) map[string]any {
	return map[string]any{
		"creator": o.Creator.String(), "judge": o.Judge.String(), "solver": o.Solver.String(), "target": o.Target.String(),
		"work": o.Work[:], "panel": o.Panel[:], "seedHash": o.SeedHash[:],
		"maxPrice": base(o.MaxPrice), "creatorStake": base(o.CreatorStake), "providerStake": base(o.ProviderStake),
		"latePenalty": base(o.LatePenalty), "mediationFee": base(o.MediationFee), "solverFee": base(o.SolverFee),
		"auditBps": integer(uint64(o.AuditBPS)), "submitFor": integer(uint64(o.SubmitFor)), "judgeFor": integer(uint64(o.JudgeFor)),
		"revealFor": integer(uint64(o.RevealFor)), "mediateFor": integer(uint64(o.MediateFor)),
		"epoch": integer(uint64(o.Epoch)), "nonce": integer(o.Nonce), "expiry": integer(uint64(o.Expiry)),
	}
}

func needsMessage(n lilypad.Needs, labels lilypad.Hash) map[string]any {
	return map[string]any{
		"gpus": integer(uint64(n.GPUs)), "vramMb": integer(uint64(n.VRAMMB)), "cpuMilli": integer(uint64(n.CPUMilli)),
		"ramMb": integer(uint64(n.RAMMB)), "diskMb": integer(uint64(n.DiskMB)), "engine": string(n.Engine),
		"gpuModel": n.GPUModel, "network": n.Network, "timeout": integer(uint64(n.Timeout)), "region": n.Region, "labels": bytes(labels),
	}
}

func fields(decls ...string) (out []apitypes.Type) {
	for _, d := range decls {
		for i := range d {
			if d[i] == ' ' {
				out = append(out, apitypes.Type{Type: d[:i], Name: d[i+1:]})
			}
		}
	}
	return out
}

// base is the amount in base units: micro-LILY and twelve zeros.
func base(a lilypad.Amount) *math.HexOrDecimal256 {
	v := new(big.Int).SetUint64(uint64(a))
	return (*math.HexOrDecimal256)(v.Mul(v, big.NewInt(1e12)))
}

func integer(v uint64) *math.HexOrDecimal256 {
	return (*math.HexOrDecimal256)(new(big.Int).SetUint64(v))
}

func bytes(h lilypad.Hash) []byte        { return h[:] }
func hash(s string) []byte               { return bytes(lilypad.Keccak256([]byte(s))) }
func word(n byte) lilypad.Hash           { return lilypad.Keccak256([]byte{n}) }
func address(n byte) (a lilypad.Address) { h := word(n); copy(a[:], h[:]); return a }
