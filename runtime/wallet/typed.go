package wallet

import (
	"bytes"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"

	"github.com/lilypad-network/lilypad"
)

// field is a member of an EIP-712 struct and its value.
type field struct {
	declaration string // type and name, as in Solidity
	value       any
}

// typedData spells a statement out as EIP-712 JSON, which an external signer
// shows and hashes itself.
//
// # Errors
//
// Invalid for a statement that this market does not have. Internal when the
// spelled-out form hashes to something else.
func typedData(domain lilypad.Domain, statement lilypad.Signable) (apitypes.TypedData, error) {
	name, fields := spell(statement)
	if name == "" {
		return apitypes.TypedData{}, unknown(statement)
	}
	data := apitypes.TypedData{
		PrimaryType: name, Message: apitypes.TypedDataMessage{},
		Types: apitypes.Types{"EIP712Domain": {
			{Name: "name", Type: "string"},
			{Name: "version", Type: "string"},
			{Name: "chainId", Type: "uint256"},
			{Name: "verifyingContract", Type: "address"},
		}},
		Domain: apitypes.TypedDataDomain{
			Name: domain.Title(), Version: "1", ChainId: (*math.HexOrDecimal256)(new(big.Int).SetUint64(domain.ChainID)),
			VerifyingContract: domain.Contract.String(),
		},
	}
	for _, f := range fields {
		kind, member, _ := strings.Cut(f.declaration, " ")
		data.Types[name] = append(data.Types[name], apitypes.Type{Type: kind, Name: member})
		data.Message[member] = f.value
	}
	got, _, err := apitypes.TypedDataAndHash(data)
	if want := domain.Digest(statement); err != nil || !bytes.Equal(got, want[:]) {
		return data, &lilypad.Error{Code: lilypad.Internal, Msg: fmt.Sprintf("%s is spelled out as something else than it signs", name), Err: err}
	}
	return data, nil
}

// unknown refuses what nobody could explain to a person.
func unknown(statement lilypad.Signable) error {
	return lilypad.Errorf(lilypad.Invalid, "%T is no statement that can be put in words: it is not signed", statement)
}

func spell(statement lilypad.Signable) (name string, fields []field) {
	switch s := statement.(type) {
	case lilypad.JobOffer:
		return "JobOffer", spellOffer(s)
	case Ordering:
		return spell(s.JobOffer)
	case Taking:
		return spell(s.Deal)
	case lilypad.Deal:
		return "Deal", []field{
			{"bytes32 jobHash", s.Job.String()},
			{"address provider", s.Provider.String()},
			{"uint80 price", wei(s.Price)},
			{"bytes32 seedHash", s.SeedHash.String()},
			number("uint32 epoch", s.Epoch), number("uint40 expiry", s.Expiry),
		}
	case lilypad.Result:
		return "Result", []field{{"bytes32 dealHash", s.Deal.String()}, {"bytes32 resultHash", s.Result.String()}}
	case lilypad.Receipt:
		return "Receipt", []field{
			{"bytes32 dealHash", s.Deal.String()}, {"bytes32 resultHash", s.Result.String()}, {"bytes32 creatorSeed", s.CreatorSeed.String()},
		}
	case lilypad.Verdict:
		return "Verdict", []field{
			{"bytes32 dealHash", s.Deal.String()},
			{"bytes32 resultHash", s.Result.String()},
			number("uint8 outcome", s.Outcome),
			{"bytes32 transcriptHash", s.Transcript.String()},
		}
	case lilypad.Permit:
		return "Permit", []field{
			{"address owner", s.Owner.String()},
			{"address spender", s.Spender.String()},
			{"uint256 value", wei(s.Value)},
			number("uint256 nonce", s.Nonce), number("uint256 deadline", s.Deadline),
		}
	}
	return "", nil
}

func spellOffer(o lilypad.JobOffer) []field {
	return []field{
		{"address creator", o.Creator.String()},
		{"address judge", o.Judge.String()},
		{"address solver", o.Solver.String()},
		{"address target", o.Target.String()},
		{"bytes32 work", o.Work.String()},
		{"bytes32 panel", o.Panel.String()},
		{"bytes32 seedHash", o.SeedHash.String()},
		{"uint80 maxPrice", wei(o.MaxPrice)},
		{"uint96 creatorStake", wei(o.CreatorStake)},
		{"uint96 providerStake", wei(o.ProviderStake)},
		{"uint96 latePenalty", wei(o.LatePenalty)},
		{"uint96 mediationFee", wei(o.MediationFee)},
		{"uint96 solverFee", wei(o.SolverFee)},
		number("uint16 auditBps", o.AuditBPS),
		number("uint32 submitFor", o.SubmitFor), number("uint32 judgeFor", o.JudgeFor),
		number("uint32 revealFor", o.RevealFor), number("uint32 mediateFor", o.MediateFor),
		number("uint32 epoch", o.Epoch), number("uint64 nonce", o.Nonce), number("uint40 expiry", o.Expiry),
	}
}

// wei spells an amount in the token's base units. Numbers travel as decimal
// text: JSON numbers lose digits above 2⁵³ in some signers.
func wei(a lilypad.Amount) string {
	w := a.Base()
	return new(big.Int).SetBytes(w[:]).String()
}

func number[N ~uint8 | ~uint16 | ~uint32 | ~uint64](declaration string, n N) field {
	return field{declaration, fmt.Sprintf("%d", uint64(n))}
}
