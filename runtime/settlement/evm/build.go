package evm

import (
	"bytes"
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"

	"github.com/lilypad-network/lilypad"
	token "github.com/lilypad-network/lilypad/contracts/bindings/lilytoken"
	list "github.com/lilypad-network/lilypad/contracts/bindings/modulelist"
	registry "github.com/lilypad-network/lilypad/contracts/bindings/pluginregistry"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Names of contracts that others are told of.
const (
	nameToken      = "LilyToken"
	nameSettlement = "Settlement"
	nameModules    = "ModuleList"
)

// builds are the contracts of a network. What one is told of another, the
// deployment knows when the other comes before it.
var builds = []struct {
	name, code string // code is hexadecimal: what runs the constructor
	arguments  func(Deployment) []byte
}{
	{nameToken, token.LilyTokenMetaData.Bin, func(d Deployment) []byte {
		return tokenABI.PackConstructor(common.Address(d.Plan.Holder), base(d.Plan.Supply))
	}},
	{nameSettlement, contract.SettlementMetaData.Bin, func(d Deployment) []byte {
		return settlementABI.PackConstructor(common.Address(d.Address(nameToken)), common.Address(d.Plan.Sink), bounds(d.Plan.Bounds))
	}},
	{nameModules, list.ModuleListMetaData.Bin, func(d Deployment) []byte {
		return list.NewModuleList().PackConstructor(common.Address(d.Plan.Steward))
	}},
	{"PluginRegistry", registry.PluginRegistryMetaData.Bin, func(Deployment) []byte { return nil }},
}

func bounds(b settlement.Bounds) contract.Bounds {
	return contract.Bounds{
		SubmitMin: uint32(b.SubmitMin), SubmitMax: uint32(b.SubmitMax), WindowMin: uint32(b.WindowMin), WindowMax: uint32(b.WindowMax),
	}
}

// factory creates a contract at an address that depends on salt and creation
// code alone (EIP-7997). It is on most chains, development chains included.
var factory = lilypad.Address(params.DeterministicFactoryAddress)

var salt = lilypad.Keccak256([]byte("lilypad 1"))

func hasFactory(ctx context.Context, client *chain.Client) error {
	code, err := client.Code(ctx, factory)
	if err == nil && !bytes.Equal(code, params.DeterministicFactoryCode) {
		return lilypad.Errorf(lilypad.Conflict, "chain %d has no deterministic factory (EIP-7997) at %s", client.ChainID(), factory).
			Try("put it there by the transaction that EIP-7997 gives, then deploy again")
	}
	return err
}

// construct runs creation code as the factory would on a chain, and returns
// where the contract comes to lie and its code, immutable values included.
func construct(chainID uint64, creation []byte) (lilypad.Address, []byte, error) {
	db, err := state.New(types.EmptyRootHash, state.NewDatabaseForTesting())
	if err != nil {
		return lilypad.Address{}, nil, err
	}
	rules := *params.AllDevChainProtocolChanges
	rules.ChainID = new(big.Int).SetUint64(chainID)
	rules.BogotaTime, rules.AmsterdamTime = nil, nil // forks that no network has yet
	machine := runtime.NewEnv(&runtime.Config{
		ChainConfig: &rules, Difficulty: new(big.Int), GasPrice: new(big.Int), Value: new(big.Int), BlockNumber: new(big.Int),
		BaseFee: new(big.Int), BlobBaseFee: new(big.Int), Random: new(common.Hash), GasLimit: constructGas, State: db,
	})
	_, at, _, err := machine.Create2(common.Address(factory), creation, vm.NewGasBudget(constructGas, 0), new(uint256.Int), new(uint256.Int).SetBytes(salt[:]))
	return lilypad.Address(at), db.GetCode(at), err
}

// vouch tells whether a settlement contract is of the committed build and was
// made by the factory: code, token, sink and bounds give the address (EIP-1014),
// so that no other code can answer for them.
//
// # Errors
//
// Conflict for another; those of the client.
func vouch(ctx context.Context, client *chain.Client, at Addresses) error {
	told, err := view(ctx, client, at.Settlement, settlementABI.PackBounds(), settlementABI.UnpackBounds)
	if err != nil {
		return err
	}
	arguments := settlementABI.PackConstructor(common.Address(at.Token), common.Address(at.Sink), told)
	made, code, err := construct(client.ChainID(), append(common.FromHex(contract.SettlementMetaData.Bin), arguments...))
	if err == nil && made == at.Settlement {
		return (&Contract{Name: nameSettlement, Address: made, code: code}).verify(ctx, client)
	}
	return lilypad.Errorf(lilypad.Conflict, "contract %s on chain %d is not a settlement contract of this release: it gets no money", at.Settlement, client.ChainID()).
		Try("use the release that the network was deployed with, or ask whoever runs it; on a local network start with a new data folder")
}

// constructGas is what a transaction may use on Ethereum (EIP-7825).
const constructGas = 1 << 24
