package settlement_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/contracts/bindings/settlement"
)

var update = flag.Bool("update", false, "write the hashes of the vectors anew")

const testdata = "../../testdata"

// types are the five signed structs, written down here once more so that a slip in the Solidity strings shows.
var types = apitypes.Types{
	"EIP712Domain": fields("name", "string", "version", "string", "chainId", "uint256", "verifyingContract", "address"),
	"JobOffer": fields("creator", "address", "judge", "address", "solver", "address", "target", "address",
		"work", "bytes32", "panel", "bytes32", "seedHash", "bytes32", "maxPrice", "uint80",
		"creatorStake", "uint96", "providerStake", "uint96", "latePenalty", "uint96", "mediationFee", "uint96",
		"solverFee", "uint96", "auditBps", "uint16", "submitFor", "uint32", "judgeFor", "uint32",
		"revealFor", "uint32", "mediateFor", "uint32", "epoch", "uint32", "nonce", "uint64", "expiry", "uint40"),
	"Deal": fields("jobHash", "bytes32", "provider", "address", "price", "uint80", "seedHash", "bytes32",
		"epoch", "uint32", "expiry", "uint40"),
	"Result":  fields("dealHash", "bytes32", "resultHash", "bytes32"),
	"Receipt": fields("dealHash", "bytes32", "resultHash", "bytes32", "creatorSeed", "bytes32"),
	"Verdict": fields("dealHash", "bytes32", "resultHash", "bytes32", "outcome", "uint8", "transcriptHash", "bytes32"),
}

func fields(pairs ...string) []apitypes.Type {
	var list []apitypes.Type
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, apitypes.Type{Name: pairs[i], Type: pairs[i+1]})
	}
	return list
}

// termsVector is one deal with all its hashes. Inputs are written by hand, Want by -update.
type termsVector struct {
	Name         string                     `json:"name"`
	Domain       domain                     `json:"domain"`
	CreatorSeed  common.Hash                `json:"creatorSeed"`
	ProviderSeed common.Hash                `json:"providerSeed"`
	Members      []common.Address           `json:"members"`
	Drawn        uint8                      `json:"drawn"`
	Threshold    uint8                      `json:"threshold"`
	Offer        apitypes.TypedDataMessage  `json:"offer"`
	Deal         apitypes.TypedDataMessage  `json:"deal"`
	ResultHash   common.Hash                `json:"resultHash"`
	Receipt      apitypes.TypedDataMessage  `json:"receipt"`
	Verdict      apitypes.TypedDataMessage  `json:"verdict"`
	Signer       hexutil.Bytes              `json:"signer"`
	Want         map[string]json.RawMessage `json:"want"`
}

type domain struct {
	Name              string         `json:"name"`
	Version           string         `json:"version"`
	ChainID           string         `json:"chainId"`
	VerifyingContract common.Address `json:"verifyingContract"`
}

// TestVectors_terms computes every hash by go-ethereum's EIP-712 code; test/Vectors.t.sol does so by the contracts.
func TestVectors_terms(t *testing.T) {
	path := filepath.Join(testdata, "terms.json")
	var file struct {
		Cases []termsVector `json:"cases"`
	}
	decode(t, path, &file)
	for i := range file.Cases {
		v := &file.Cases[i]
		t.Run(v.Name, func(t *testing.T) {
			got := v.compute(t)
			if *update {
				v.Want = got
				return
			}
			if diff := cmp.Diff(text(v.Want), text(got)); diff != "" {
				t.Errorf("hashes (-want +got):\n%s", diff)
			}
		})
	}
	if *update {
		encode(t, path, file)
	}
}

func text(m map[string]json.RawMessage) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		var b bytes.Buffer
		_ = json.Compact(&b, v)
		out[k] = b.String()
	}
	return out
}

func (v *termsVector) compute(t *testing.T) map[string]json.RawMessage {
	want := map[string]json.RawMessage{}
	put := func(key string, value any) {
		raw, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		want[key] = raw
	}
	sign := func(kind string, message apitypes.TypedDataMessage) common.Hash {
		data := v.typed(t, kind, message)
		structHash, err := data.HashStruct(kind, data.Message)
		if err != nil {
			t.Fatalf("hash %s: %v", kind, err)
		}
		digest, _, err := apitypes.TypedDataAndHash(data)
		if err != nil {
			t.Fatalf("digest of %s: %v", kind, err)
		}
		put(kind, common.BytesToHash(structHash))
		put(kind+"Digest", common.BytesToHash(digest))
		put(kind+"Signature", compact(t, digest, v.Signer))
		return common.BytesToHash(structHash)
	}

	creator := common.HexToAddress(v.Offer["creator"].(string))
	provider := common.HexToAddress(v.Deal["provider"].(string))
	var packed []byte
	for _, member := range v.Members {
		packed = append(packed, member.Bytes()...)
	}
	setHash := crypto.Keccak256Hash(packed)
	panel := words(t, "bytes32 uint8 uint8", setHash, v.Drawn, v.Threshold)
	creatorSeedHash := words(t, "bytes32 address", v.CreatorSeed, creator)
	providerSeedHash := words(t, "bytes32 address", v.ProviderSeed, provider)
	put("setHash", setHash)
	put("panel", panel)
	put("creatorSeedHash", creatorSeedHash)
	put("providerSeedHash", providerSeedHash)

	job := sign("JobOffer", with(v.Offer, "panel", panel.Hex(), "seedHash", creatorSeedHash.Hex()))
	deal := sign("Deal", with(v.Deal, "jobHash", job.Hex(), "seedHash", providerSeedHash.Hex()))
	facts := []any{"dealHash", deal.Hex(), "resultHash", v.ResultHash.Hex()}
	sign("Result", with(apitypes.TypedDataMessage{}, facts...))
	sign("Receipt", with(v.Receipt, facts...))
	sign("Verdict", with(v.Verdict, facts...))

	coin := new(big.Int).Mod(words(t, "bytes32 bytes32", v.CreatorSeed, deal).Big(), big.NewInt(10_000))
	bps, err := strconv.ParseInt(v.Offer["auditBps"].(string), 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	put("coin", coin.Int64())
	put("audit", coin.Int64() < bps)
	drawSeed := words(t, "bytes32 bytes32 bytes32", v.CreatorSeed, v.ProviderSeed, deal)
	put("drawSeed", drawSeed)
	put("seats", draw(t, drawSeed, v.Members, int(v.Drawn)))
	return want
}

func (v *termsVector) typed(t *testing.T, kind string, message apitypes.TypedDataMessage) apitypes.TypedData {
	chainID, ok := math.ParseBig256(v.Domain.ChainID)
	if !ok {
		t.Fatalf("chain id %q", v.Domain.ChainID)
	}
	return apitypes.TypedData{
		Types:       types,
		PrimaryType: kind,
		Domain: apitypes.TypedDataDomain{
			Name: v.Domain.Name, Version: v.Domain.Version, ChainId: (*math.HexOrDecimal256)(chainID),
			VerifyingContract: v.Domain.VerifyingContract.Hex(),
		},
		Message: message,
	}
}

func with(m apitypes.TypedDataMessage, pairs ...any) apitypes.TypedDataMessage {
	out := apitypes.TypedDataMessage{}
	for k, v := range m {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i].(string)] = pairs[i+1]
	}
	return out
}

// compact signs as EIP-2098 has it: r, then s with the parity in its top bit.
func compact(t *testing.T, digest, key []byte) hexutil.Bytes {
	private, err := crypto.ToECDSA(key)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := crypto.Sign(digest, private)
	if err != nil {
		t.Fatal(err)
	}
	sig[32] |= sig[64] << 7
	return sig[:64]
}

// words is keccak256(abi.encode(...)) for the types named in list.
func words(t *testing.T, list string, values ...any) common.Hash {
	var args abi.Arguments
	for _, name := range bytes.Fields([]byte(list)) {
		kind, err := abi.NewType(string(name), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, abi.Argument{Type: kind})
	}
	packed, err := args.Pack(values...)
	if err != nil {
		t.Fatal(err)
	}
	return crypto.Keccak256Hash(packed)
}

func draw(t *testing.T, seed common.Hash, members []common.Address, k int) []common.Address {
	m := append([]common.Address{}, members...)
	for i := range k {
		left := big.NewInt(int64(len(m) - i))
		j := i + int(new(big.Int).Mod(words(t, "bytes32 uint256", seed, big.NewInt(int64(i))).Big(), left).Int64())
		m[i], m[j] = m[j], m[i]
	}
	return m[:k]
}

func decode(t *testing.T, path string, into any) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func encode(t *testing.T, path string, value any) {
	raw, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(raw, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestBinding_matchesABI: the committed binding was generated from the committed ABI and bytecode.
func TestBinding_matchesABI(t *testing.T) {
	raw, err := os.ReadFile("../../abi/Settlement.json")
	if err != nil {
		t.Fatal(err)
	}
	want, err := abi.JSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	got := settlement.NewSettlement().GetABI()
	for name, method := range want.Methods {
		if got.Methods[name].Sig != method.Sig {
			t.Errorf("method %s: binding has %q, ABI %q", name, got.Methods[name].Sig, method.Sig)
		}
	}
	code, err := os.ReadFile("../../abi/Settlement.bin")
	if err != nil {
		t.Fatal(err)
	}
	if string(bytes.TrimSpace(code)) != settlement.SettlementMetaData.Bin {
		t.Error("bytecode of binding and abi/Settlement.bin differ")
	}
}
