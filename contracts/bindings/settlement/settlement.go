// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package settlement

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// Bounds is an auto generated low-level Go binding around an user-defined struct.
type Bounds struct {
	SubmitMin uint32
	SubmitMax uint32
	WindowMin uint32
	WindowMax uint32
}

// DealTerms is an auto generated low-level Go binding around an user-defined struct.
type DealTerms struct {
	Provider common.Address
	Price    *big.Int
	SeedHash [32]byte
	Epoch    uint32
	Expiry   *big.Int
}

// Facts is an auto generated low-level Go binding around an user-defined struct.
type Facts struct {
	JobHash    [32]byte
	ResultHash [32]byte
	Head       Head
	Tail       Tail
}

// Head is an auto generated low-level Go binding around an user-defined struct.
type Head struct {
	DealHash      [32]byte
	SeedHash      [32]byte
	Creator       common.Address
	Judge         common.Address
	Provider      common.Address
	Price         *big.Int
	CreatorStake  *big.Int
	ProviderStake *big.Int
	AuditBps      uint16
	TailHash      [32]byte
}

// JobOffer is an auto generated low-level Go binding around an user-defined struct.
type JobOffer struct {
	Creator       common.Address
	Judge         common.Address
	Solver        common.Address
	Target        common.Address
	Work          [32]byte
	Panel         [32]byte
	SeedHash      [32]byte
	MaxPrice      *big.Int
	CreatorStake  *big.Int
	ProviderStake *big.Int
	LatePenalty   *big.Int
	MediationFee  *big.Int
	SolverFee     *big.Int
	AuditBps      uint16
	SubmitFor     uint32
	JudgeFor      uint32
	RevealFor     uint32
	MediateFor    uint32
	Epoch         uint32
	Nonce         uint64
	Expiry        *big.Int
}

// Opening is an auto generated low-level Go binding around an user-defined struct.
type Opening struct {
	Offer             JobOffer
	Deal              DealTerms
	CreatorSignature  Signature
	ProviderSignature Signature
}

// Panel is an auto generated low-level Go binding around an user-defined struct.
type Panel struct {
	Members   []byte
	Drawn     uint8
	Threshold uint8
}

// Settling is an auto generated low-level Go binding around an user-defined struct.
type Settling struct {
	JobHash        [32]byte
	ResultHash     [32]byte
	CreatorSeed    [32]byte
	JudgeSignature Signature
	Head           Head
}

// Signature is an auto generated low-level Go binding around an user-defined struct.
type Signature struct {
	R  [32]byte
	Vs [32]byte
}

// Tail is an auto generated low-level Go binding around an user-defined struct.
type Tail struct {
	Panel        [32]byte
	SeedHash     [32]byte
	LatePenalty  *big.Int
	MediationFee *big.Int
	SolverFee    *big.Int
	JudgeFor     uint32
	RevealFor    uint32
	MediateFor   uint32
}

// Vote is an auto generated low-level Go binding around an user-defined struct.
type Vote struct {
	Seat           uint8
	Outcome        uint8
	TranscriptHash [32]byte
	Signature      Signature
}

// SettlementMetaData contains all meta data concerning the Settlement contract.
var SettlementMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"token_\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"sink_\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"bounds_\",\"type\":\"tuple\",\"internalType\":\"structBounds\",\"components\":[{\"name\":\"submitMin\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"submitMax\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"windowMin\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"windowMax\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"account\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"free\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"approve\",\"inputs\":[{\"name\":\"offer\",\"type\":\"tuple\",\"internalType\":\"structJobOffer\",\"components\":[{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"solver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"target\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"work\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"maxPrice\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"submitFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]}],\"outputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"bounds\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structBounds\",\"components\":[{\"name\":\"submitMin\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"submitMax\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"windowMin\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"windowMax\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"bumpEpoch\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"challenge\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"depositWithPermit\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"v\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"expire\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"open\",\"inputs\":[{\"name\":\"openings\",\"type\":\"tuple[]\",\"internalType\":\"structOpening[]\",\"components\":[{\"name\":\"offer\",\"type\":\"tuple\",\"internalType\":\"structJobOffer\",\"components\":[{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"solver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"target\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"work\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"maxPrice\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"submitFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"name\":\"deal\",\"type\":\"tuple\",\"internalType\":\"structDealTerms\",\"components\":[{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"name\":\"creatorSignature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"providerSignature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"outcome\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumState\"},{\"name\":\"path\",\"type\":\"uint8\",\"internalType\":\"enumPath\"},{\"name\":\"deadline\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"digest\",\"type\":\"bytes26\",\"internalType\":\"bytes26\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"resolve\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"providerSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"panel\",\"type\":\"tuple\",\"internalType\":\"structPanel\",\"components\":[{\"name\":\"members\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"drawn\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"threshold\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"name\":\"outcome_\",\"type\":\"uint8\",\"internalType\":\"enumOutcome\"},{\"name\":\"votes\",\"type\":\"tuple[]\",\"internalType\":\"structVote[]\",\"components\":[{\"name\":\"seat\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"outcome\",\"type\":\"uint8\",\"internalType\":\"enumOutcome\"},{\"name\":\"transcriptHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"signature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"reveal\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"providerSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"settle\",\"inputs\":[{\"name\":\"settlings\",\"type\":\"tuple[]\",\"internalType\":\"structSettling[]\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"judgeSignature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"sink\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"submit\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"providerSignature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIERC20\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"Approved\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Challenged\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"audit\",\"type\":\"bool\",\"indexed\":false,\"internalType\":\"bool\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Closed\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"path\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumPath\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Deposited\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Drawn\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"providerSeed\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EpochBumped\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"indexed\":false,\"internalType\":\"uint32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Opened\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"dealHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Skipped\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"index\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"reason\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumReason\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Submitted\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"VerdictGiven\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"mediator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"outcome\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumOutcome\"},{\"name\":\"transcriptHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdrawn\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AccountInsufficientFunds\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"free\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"needed\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"CaseInvalidOutcome\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"CaseInvalidPanel\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"CaseInvalidSeat\",\"inputs\":[{\"name\":\"seat\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"CaseTooFewVotes\",\"inputs\":[{\"name\":\"votes\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"threshold\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ConfigInvalidBounds\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ConfigInvalidSink\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"DealFactsMismatch\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"DealInvalidSignature\",\"inputs\":[{\"name\":\"expected\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"DealNotJudge\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"DealSeedMismatch\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"DealTooEarly\",\"inputs\":[{\"name\":\"deadline\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"DealTooLate\",\"inputs\":[{\"name\":\"deadline\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"DealWrongState\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumState\"}]},{\"type\":\"error\",\"name\":\"DepositAmountMismatch\",\"inputs\":[{\"name\":\"expected\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"held\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"OfferNotCreator\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ReentrancyGuardReentrantCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]}]",
	ID:  "Settlement",
	Bin: "0x610220806040523461030e5780615225803803809161001e8285610312565b833981010360c0811261030e578151916001600160a01b038316830361030e5760208101516001600160a01b0381169290919083830361030e57608090603f19011261030e5760405191608083016001600160401b038111848210176102fa5760405261008d60408301610335565b835261009b60608301610335565b602084019081526100c160a06100b360808601610335565b946040870195865201610335565b94606085019586526040516100d7604082610312565b60078152602081019066131a5b1e5c185960ca1b8252604051916100fc604084610312565b600183526020830191603160f81b835261011581610346565b6101205261012284610346565b61014052519020918260e05251902080610100524660a0526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261018b60c082610312565b5190206080523060c052156102eb5763ffffffff84511680159081156102da575b506102ba5763ffffffff83511680159081156102c9575b506102ba5763ffffffff8096948195938294610160526101805251166101a05251166101c05251166101e052511661020052604051614e7390816103b2823960805181614c9f015260a05181614d56015260c05181614c70015260e05181614cee01526101005181614d1401526101205181610e5601526101405181610e8001526101605181818161012e01528181610268015281816124ec01526128990152610180518181816104d201526133ba01526101a05181818161211f0152614a3301526101c05181818161214c0152614adc01526101e0518181816121790152614e180152610200518181816121a00152614e4e0152f35b6338ee6c4560e11b5f5260045ffd5b905063ffffffff865116105f6101c3565b905063ffffffff825116105f6101ac565b63121098f960e11b5f5260045ffd5b634e487b7160e01b5f52604160045260245ffd5b5f80fd5b601f909101601f19168101906001600160401b038211908210176102fa57604052565b519063ffffffff8216820361030e57565b601f815111610371576020815191015160208210610362571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fdfe6080806040526004361015610012575f80fd5b5f905f3560e01c9081632f2219d714612b7c5750806347e7ef24146128545780634a970be7146124a95780634caa3af11461233857806354fade4a146121df5780635843a5ad146120bb57806363b0e6fc14611d795780636ddf92d814611c1c5780636f29266e14610fe457806373b9aa9114610f5457806384b0196e14610e1e5780638d54087114610a9a578063995259e0146108a0578063a5ff813f146104f6578063c74e820e14610487578063d6044f1d1461038e578063f3fef3a3146101555763fc0c546a146100e4575f80fd5b3461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261015257602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b50346101525760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101525761018d612ca2565b90602435610199614733565b33825260026020526fffffffffffffffffffffffffffffffff6040832054169281841061035b5773ffffffffffffffffffffffffffffffffffffffff906fffffffffffffffffffffffffffffffff6101f184876131cb565b1633855260026020526fffffffffffffffffffffffffffffffff6040862091167fffffffffffffffffffffffffffffffff0000000000000000000000000000000082541617905516806040518381527fd1c19fbcd4551a5edfb66d43d2e337c04837afda3482b42bdf569a8fccdae5fb60203392a37f000000000000000000000000000000000000000000000000000000000000000091604051917fa9059cbb00000000000000000000000000000000000000000000000000000000855260045260245260208360448180865af190600184511482161561033b575b50156102fa5750807f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d80f35b7f5274afe700000000000000000000000000000000000000000000000000000000825273ffffffffffffffffffffffffffffffffffffffff16600452602490fd5b60018215166103535750813b15153d151616836102cd565b3d84823e3d90fd5b506064927f227517b800000000000000000000000000000000000000000000000000000000835233600452602452604452fd5b503461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101525733815260026020526040812080549063ffffffff8260801c1663ffffffff811461045a57600101917fffffffffffffffffffffffff00000000ffffffffffffffffffffffffffffffff73ffffffff000000000000000000000000000000008460801b16911617905563ffffffff604051911681527fbc7615cbce9752722e14fcacdaf50d25cbe1d0e09022838e25b5736cc7a02a1960203392a280f35b6024847f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b503461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261015257602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101525760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101525760043567ffffffffffffffff811161089c573660238201121561089c57806004013567ffffffffffffffff8111610898576024820191602436916103c084020101116108985760405190835b81811061057d578480f35b6105888183866131ba565b6102a08136031261089457604051906105a082612e3e565b6105a981612cc5565b82526105b760208201612cc5565b60208301526105c860408201612cc5565b60408301526105d960608201612cc5565b60608301526080810135608083015260a081013560a083015260c081013560c083015261060860e08201612ef0565b60e083015261061a6101008201612f07565b61010083015261062d6101208201612f07565b6101208301526106406101408201612f07565b6101408301526106536101608201612f07565b6101608301526106666101808201612f07565b6101808301526106796101a08201612f20565b6101a083015261068c6101c08201613127565b6101c083015261069f6101e08201613127565b6101e08301526106b26102008201613127565b6102008301526106c56102208201613127565b6102208301526106d86102408201613127565b61024083015261026081013567ffffffffffffffff81168103610890576102608301526107089061028001613138565b6102808201526107178161359b565b906107238385886131ba565b61072e8486896131ba565b9160a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd60833603011261088c576040519160a0830183811067ffffffffffffffff82111761085f576103206107d6959493926107cb926040526107946102a08201612cc5565b85526107a36102c08201612ef0565b60208601526102e081013560408601526107c06103008201613127565b606086015201613138565b6080830152846140b0565b6013811015610832579081600193926107f6575b50508360405201610572565b6108287f0876d5d31058414c3c38b5ec1ab014a03cb4668e98ff56a8c3c451561379bb94916040519182918683612dbf565b0390a25f806107ea565b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b60248b7f4e487b710000000000000000000000000000000000000000000000000000000081526041600452fd5b8880fd5b8780fd5b8580fd5b8280fd5b5080fd5b5034610152576108af36612ce6565b813590818452600360205260408420546108c88161379c565b916007831015928361083257600281108015610a8d575b610a58576108f0366040880161305c565b936108325764ffffffffff6002821493845f14610a4d5788945b15610a3b5761092361091b87613cb9565b82888b613e52565b60d01c1680421115610a105750908361093b92614030565b918560a060405161094b81612e5b565b828152826020820152826040820152826060820152826080820152015260e08501359469ffffffffffffffffffff8616809603610a0c57610a09956bffffffffffffffffffffffff82816109a5610100610a039601613158565b91816109b46101208301613158565b816109cf6102006109c86101c08701613158565b9501613158565b95604051986109dd8a612e5b565b89521660208801521660408601521660608401521660808201528760a08201528461389f565b93613b62565b80f35b8680fd5b7f63661a77000000000000000000000000000000000000000000000000000000008852600452602487fd5b610923610a4886886134ef565b61091b565b60208801359461090a565b86610a8b604492877f91fb8020000000000000000000000000000000000000000000000000000000008452600452612d23565bfd5b50869350600681146108df565b5034610152577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016102c0811261089c57610280136101525760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd7c36011261015257610b0736612f2f565b610b1081613cb9565b600435908184526003602052604084205490610b2b8261379c565b6007811015610df157600203610db55790610b4f64ffffffffff9282866004613e52565b60d01c16804211610d8a57508151906024359160405160208101917fd405cb5057c5e299a3c66b946143656130e0e122a25d26b4d2822835ccc10a188352604082015283606082015260608152610ba7608082612eaf565b519020916080840192610c44604273ffffffffffffffffffffffffffffffffffffffff86511692610bd6614c59565b90604051917f1901000000000000000000000000000000000000000000000000000000000000835260028301526022820152206102a4357f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff81169160ff601b6102843593821c011690614d7c565b506004819392931015610d5d57159182610d3d575b505015610cfa576102243563ffffffff811691828203610a0c5773ffffffffffffffffffffffffffffffffffffffff806040610cb97ff5b7103081824e59a595991c93e33f4446b4f4f69eff37257139fdf4d2f727f6968296504261311a565b98610cc485826134ef565b60301c64ffffffffff8b1660d01b600360f81b1717888c526003602052828c20550151169551169582519182526020820152a480f35b60248573ffffffffffffffffffffffffffffffffffffffff8551167f92d20004000000000000000000000000000000000000000000000000000000008252600452fd5b73ffffffffffffffffffffffffffffffffffffffff161490505f80610c59565b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b7f3258a672000000000000000000000000000000000000000000000000000000008452600452602483fd5b604485610a8b85610dc58661379c565b907f91fb8020000000000000000000000000000000000000000000000000000000008452600452612d23565b6024867f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b503461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261015257610ef890610e7a7f000000000000000000000000000000000000000000000000000000000000000061488f565b90610ea47f000000000000000000000000000000000000000000000000000000000000000061488f565b906020610f0660405193610eb88386612eaf565b8385525f3681376040519687967f0f00000000000000000000000000000000000000000000000000000000000000885260e08589015260e0880190612d3e565b908682036040880152612d3e565b904660608601523060808601528260a086015284820360c08601528080855193848152019401925b828110610f3d57505050500390f35b835185528695509381019392810192600101610f2e565b50346101525760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101525760409063ffffffff8273ffffffffffffffffffffffffffffffffffffffff610faa612ca2565b169283815260026020526fffffffffffffffffffffffffffffffff82822054169381526002602052205460801c1682519182526020820152f35b5034610152577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601610320811261089c5761028013610152576102c4356102a4356102843567ffffffffffffffff8311611c1857826004019160607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc8536030112611ad05760056102e4351015611ad057610304359367ffffffffffffffff851161089457366023860112156108945767ffffffffffffffff8560040135116108945736602460a087600401350287010111610894576110c436612f2f565b926110d1602435856134ef565b600435885260036020526040882054906110ea8261379c565b6007811015611beb57600503611bae579061110e64ffffffffff9282886004613e52565b60d01c16804211611b83575061114373ffffffffffffffffffffffffffffffffffffffff6080860151166101a4359085613562565b6102e43515611b5b57611162611159828661351e565b6102e4356137df565b92845160405191602083019384526040830152606082015260608152611189608082612eaf565b519020936111978180613830565b6111a36024850161314a565b6111af6044860161314a565b9167ffffffffffffffff811161085f576040516111f4601f83017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200182612eaf565b81815260208101908c36848801116101525760208460ff9561124b998637830101525190209281604051936020850195865216604084015216606082015260608152611241608082612eaf565b5190209180613830565b9161125860148404614840565b92601481046014808304020460141460148204151715611b2e576014808204028114928a805b6014840482106119c357505050506101843514908115916119ba575b5080156119af575b8015611996575b8015611971575b8015611946575b61191e5760ff6112c96024840161314a565b169080516112d683614840565b96895b84811061184f57505050505060ff6112f560448551930161314a565b169086908790885b886004013581106115bf575050508181106115915750506101e4356bffffffffffffffffffffffff811690818103610a0c57508351908115611564570491846004013583029183830486600401351484151715611537578660a060405161136381612e5b565b828152826020820152826040820152826060820152826080820152015260e4359269ffffffffffffffffffff84168094036108905761010435936bffffffffffffffffffffffff851694858103611533575061012435916bffffffffffffffffffffffff83169283810361152f57506101c435926bffffffffffffffffffffffff84169384810361152b575061020435936bffffffffffffffffffffffff8516918286036115275761144f9861144296506040519561142187612e5b565b8652602086015260408501526060840152608083015260a08201528261389f565b9160243590600435613b62565b835b83600401358110611460578480f35b73ffffffffffffffffffffffffffffffffffffffff61149b60ff61149461148f85896004013560248b01613171565b61314a565b1685613181565b5116906114a88383613c15565b60206114bc82876004013560248901613171565b0135916005831015610a0c5760019260406114df84896004013560248b01613171565b01356114ee6040518093613195565b60208201528460408201527f47d8d86ece715b84a6d6c701cf0509d6777b8190379ac4caa1b7b32a3150a094606060043592a301611451565b8c80fd5b8b80fd5b8a80fd5b8980fd5b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526012600452fd5b7fb96c79b7000000000000000000000000000000000000000000000000000000008752600452602452604485fd5b6115d1818a6004013560248c01613171565b9260ff6115dd8561314a565b16108015611838575b611801576020830135600581101561152f5780156117d95760ff6116098561314a565b16600181018091116117ac57936116b360405160208101907f0a7e8f61814906426ef99c10e4a6753bdfceffe51356853c744604189fef10f58252866040820152602435606082015261165f6080820186613195565b604084013560a082015260a0815261167860c082612eaf565b51902073ffffffffffffffffffffffffffffffffffffffff6116a68d60ff61169f8761314a565b1690613181565b5116906060840190613da0565b1561175b57508a61172e576102e435146116d0575b6001016112fd565b927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff811461170157600101926116c8565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b60248b7f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b8b73ffffffffffffffffffffffffffffffffffffffff6117828c60ff61169f60249661314a565b51167f92d20004000000000000000000000000000000000000000000000000000000008252600452fd5b60248c7f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b60048b7f85f0107c000000000000000000000000000000000000000000000000000000008152fd5b60248a60ff61180f8661314a565b7f7b4f523100000000000000000000000000000000000000000000000000000000835216600452fd5b506118428361314a565b60ff8951911610156115e6565b60405160208101908382528260408201526040815261186f606082612eaf565b51902061187c82856131cb565b9081156118f1576001929161189291068261311a565b73ffffffffffffffffffffffffffffffffffffffff6118b18288613181565b5116906118df73ffffffffffffffffffffffffffffffffffffffff6118d6858a613181565b51169188613181565b526118ea828c613181565b52016112d9565b60248d7f4e487b710000000000000000000000000000000000000000000000000000000081526012600452fd5b6004877f6a6825cc000000000000000000000000000000000000000000000000000000008152fd5b506119536044830161314a565b6101fe60ff6119646024860161314a565b169160011b1611156112b7565b5061197e6044830161314a565b60ff8061198d6024860161314a565b169116116112b0565b506119a36024830161314a565b60ff82519116116112a9565b5060208151116112a2565b9050155f61129a565b6014820282810460141483151715611b015760018301808411611ad457601481029080820460141490151715611ad45790818f9493928211611ad057868111611ad05781900393508401357fffffffffffffffffffffffffffffffffffffffff00000000000000000000000081169360148110611a83575b505073ffffffffffffffffffffffffffffffffffffffff168260601c1115611a7b575b6001908260601c9260601c611a73828a613181565b52019061127e565b8c9550611a5e565b73ffffffffffffffffffffffffffffffffffffffff929450907fffffffffffffffffffffffffffffffffffffffff000000000000000000000000809260140360031b1b161692905f611a3b565b8480fd5b60248f7f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b60248e7f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b60248a7f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b6004877f85f0107c000000000000000000000000000000000000000000000000000000008152fd5b7f3258a672000000000000000000000000000000000000000000000000000000008852600452602487fd5b604489610a8b611bbd8561379c565b7f91fb8020000000000000000000000000000000000000000000000000000000008352600435600452612d23565b60248a7f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b8380fd5b50346101525760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261015257808160043583526003602052604083205492611c678461379c565b926007841015611d4c5760068403611d0e575064ffffffffff8460d01c1690600d821015611ce157509264ffffffffff7fffffffffffffffffffffffffffffffffffffffffffffffffffff00000000000092611cd06080965b6040519687526020870190612d31565b16604084015260301b166060820152f35b807f4e487b7100000000000000000000000000000000000000000000000000000000602492526021600452fd5b7fffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000925084915064ffffffffff90611cd08260809760d01c1691611cc0565b6024827f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b5034610152577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016102a0811261089c576004359073ffffffffffffffffffffffffffffffffffffffff8216808303611c1857330361208f576102a01361089c5760405190611de882612e3e565b815260243573ffffffffffffffffffffffffffffffffffffffff8116810361089857602082015260443573ffffffffffffffffffffffffffffffffffffffff8116810361089857604082015260643573ffffffffffffffffffffffffffffffffffffffff81168103610898576060820152608435608082015260a43560a082015260c43560c082015260e43569ffffffffffffffffffff811681036108985760e0820152610104356bffffffffffffffffffffffff8116810361089857610100820152610124356bffffffffffffffffffffffff8116810361089857610120820152610144356bffffffffffffffffffffffff8116810361089857610140820152610164356bffffffffffffffffffffffff8116810361089857610160820152610184356bffffffffffffffffffffffff81168103610898576101808201526101a43561ffff81168103610898576101a08201526101c43563ffffffff81168103610898576101c08201526101e43563ffffffff81168103610898576101e08201526102043563ffffffff81168103610898576102008201526102243563ffffffff81168103610898576102208201526102443563ffffffff81168103610898576102408201526102643567ffffffffffffffff8116810361089857610260820152610284359064ffffffffff8216820361089857611fec9161028082015261359b565b908181526003602052612002604082205461379c565b6007811015611d4c578061205d57506020918160301c8260d01b600160f81b171781835260038452604083205560405191817f90b535106f433f3869de4725076776361dc9946b091db11206fa1b526a85ecd4339280a38152f35b610a8b906044937f91fb8020000000000000000000000000000000000000000000000000000000008452600452612d23565b6024837f4a4e783100000000000000000000000000000000000000000000000000000000815233600452fd5b503461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101525760606040516120f881612dd8565b8281528260208201528260408201520152608060405161211781612dd8565b63ffffffff807f00000000000000000000000000000000000000000000000000000000000000001691828152816020820191817f00000000000000000000000000000000000000000000000000000000000000001683528160606040830192827f00000000000000000000000000000000000000000000000000000000000000001684520193817f0000000000000000000000000000000000000000000000000000000000000000168552604051968752511660208601525116604084015251166060820152f35b5034610152576121ee36612ce6565b906121fc366040830161305c565b9161220b6020830135846134ef565b92823592838652600360205260408620546122258161379c565b6007811015610d5d5760040361232857806122488764ffffffffff938686613e52565b60d01c168042116122fd575073ffffffffffffffffffffffffffffffffffffffff939284806040856122c663ffffffff6122bf61026085996122b960807f4999a89d0a7e482510bf9ba0f2382da76c31c76a2f53e91a84b366e586bd38039d019e8f51166101a0830135908c613562565b01613109565b164261311a565b9960301c64ffffffffff8b1660d01b600560f81b1717888c526003602052828c20550151169551169582519182526020820152a480f35b7f3258a672000000000000000000000000000000000000000000000000000000008752600452602486fd5b86610a8b86610dc560449461379c565b50346101525761234736612ce6565b612354366040840161305c565b906123636020840135836134ef565b908335918286526003602052604086205461237d8161379c565b6007811015610d5d5760030361249957806123a08364ffffffffff93888a613e52565b60d01c168042116122fd575073ffffffffffffffffffffffffffffffffffffffff606085015116330361246d578160609161241163ffffffff6122bf61024061240a7f1ba04a4b144967c129ddd3d20523d58cfabd67035c8da250e4579fbd9faeddaa988b61351e565b9a01613109565b9060301c64ffffffffff821660d01b600460f81b17178589526003602052604089205573ffffffffffffffffffffffffffffffffffffffff6080816040890151169701511696604051928352151560208301526040820152a480f35b6024867feb5cb06500000000000000000000000000000000000000000000000000000000815233600452fd5b86610a8b85610dc560449461379c565b503461279f5760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261279f5760043560443560ff811680910361279f577f00000000000000000000000000000000000000000000000000000000000000009073ffffffffffffffffffffffffffffffffffffffff821690813b1561279f57604051907fd505accf0000000000000000000000000000000000000000000000000000000082523360048301523060248301528460448301526024356064830152608482015260643560a482015260843560c48201525f8160e48183865af161283f575b50612598614733565b604051907f70a08231000000000000000000000000000000000000000000000000000000008252306004830152602082602481845afa918215612834578592612800575b50604051927f23b872dd00000000000000000000000000000000000000000000000000000000865233600452306024528460445260208660648180855af19060018751148216156127e1575b508360405285606052156127b657826024816020937f70a082310000000000000000000000000000000000000000000000000000000082523060048301525afa9182156127ab578492612773575b50612681838261311a565b820361273b57506fffffffffffffffffffffffffffffffff81116126fc57506126aa8133613c15565b6040519081527f2da466a7b24304f47e87fa2e1e5a81b9831ce54fec19055ce277ca2f39ba42c460203392a2807f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d80f35b7f231a88ba0000000000000000000000000000000000000000000000000000000083526fffffffffffffffffffffffffffffffff600452602452604482fd5b604493926127489161311a565b7f231a88ba000000000000000000000000000000000000000000000000000000008352600452602452fd5b9091506020813d6020116127a3575b8161278f60209383612eaf565b8101031261279f5751905f612676565b5f80fd5b3d9150612782565b6040513d86823e3d90fd5b7f5274afe7000000000000000000000000000000000000000000000000000000008552600452602484fd5b60018215166127f7573b15153d1516165f612628565b843d88823e3d90fd5b9091506020813d60201161282c575b8161281c60209383612eaf565b8101031261279f5751905f6125dc565b3d915061280f565b6040513d87823e3d90fd5b61284c9194505f90612eaf565b5f925f61258f565b3461279f5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261279f5761288b612ca2565b60243590612897614733565b7f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff8116604051907f70a08231000000000000000000000000000000000000000000000000000000008252306004830152602082602481845afa918215612af3575f92612b48575b50604051927f23b872dd000000000000000000000000000000000000000000000000000000005f5233600452306024528560445260205f60648180855af19060015f5114821615612b29575b50836040525f60605215612afe57826024816020937f70a082310000000000000000000000000000000000000000000000000000000082523060048301525afa918215612af3575f92612abf575b506129b8848261311a565b8203612a8757506fffffffffffffffffffffffffffffffff8111612a485750602073ffffffffffffffffffffffffffffffffffffffff82612a1a857f2da466a7b24304f47e87fa2e1e5a81b9831ce54fec19055ce277ca2f39ba42c495613c15565b6040519485521692a25f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d005b7f231a88ba000000000000000000000000000000000000000000000000000000005f526fffffffffffffffffffffffffffffffff60045260245260445ffd5b83612a919161311a565b7f231a88ba000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b9091506020813d602011612aeb575b81612adb60209383612eaf565b8101031261279f575190846129ad565b3d9150612ace565b6040513d5f823e3d90fd5b7f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6001821516612b3f573b15153d1516168661295f565b843d5f823e3d90fd5b9091506020813d602011612b74575b81612b6460209383612eaf565b8101031261279f57519085612913565b3d9150612b57565b3461279f5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261279f5760043567ffffffffffffffff811161279f573660238201121561279f5780600401359167ffffffffffffffff831161279f576024820191602436916101e0860201011161279f575f5b838110612bfd57005b612c10612c0b828686612d81565b6131d8565b906013821015612c755781600192612c2e575b508260405201612bf4565b7f0876d5d31058414c3c38b5ec1ab014a03cb4668e98ff56a8c3c451561379bb94612c6c612c5d848989612d81565b35926040519182918683612dbf565b0390a285612c23565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b6004359073ffffffffffffffffffffffffffffffffffffffff8216820361279f57565b359073ffffffffffffffffffffffffffffffffffffffff8216820361279f57565b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc016102a0811261279f576102801361279f576004906102843590565b6007811015612c7557602452565b90600d821015612c755752565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b9190811015612d92576101e0020190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b908152604081019291906013821015612c755760200152565b6080810190811067ffffffffffffffff821117612df457604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b610140810190811067ffffffffffffffff821117612df457604052565b6102a0810190811067ffffffffffffffff821117612df457604052565b60c0810190811067ffffffffffffffff821117612df457604052565b6060810190811067ffffffffffffffff821117612df457604052565b6040810190811067ffffffffffffffff821117612df457604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117612df457604052565b359069ffffffffffffffffffff8216820361279f57565b35906bffffffffffffffffffffffff8216820361279f57565b359061ffff8216820361279f57565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffbc61014091011261279f5760405190612f6782612e21565b816044358152606435602082015260843573ffffffffffffffffffffffffffffffffffffffff8116810361279f57604082015260a43573ffffffffffffffffffffffffffffffffffffffff8116810361279f57606082015260c43573ffffffffffffffffffffffffffffffffffffffff8116810361279f57608082015260e43569ffffffffffffffffffff8116810361279f5760a0820152610104356bffffffffffffffffffffffff8116810361279f5760c0820152610124356bffffffffffffffffffffffff8116810361279f5760e08201526101443561ffff8116810361279f5761010082015261012061016435910152565b91908261014091031261279f5760405161307581612e21565b610120808294803584526020810135602085015261309560408201612cc5565b60408501526130a660608201612cc5565b60608501526130b760808201612cc5565b60808501526130c860a08201612ef0565b60a08501526130d960c08201612f07565b60c08501526130ea60e08201612f07565b60e08501526130fc6101008201612f20565b6101008501520135910152565b3563ffffffff8116810361279f5790565b9190820180921161170157565b359063ffffffff8216820361279f57565b359064ffffffffff8216820361279f57565b3560ff8116810361279f5790565b356bffffffffffffffffffffffff8116810361279f5790565b9190811015612d925760a0020190565b8051821015612d925760209160051b010190565b906005821015612c755752565b67ffffffffffffffff8111612df45760051b60200190565b9190811015612d92576103c0020190565b9190820391821161170157565b6131e53660a0830161305c565b8135805f52600360205260405f20546131fd8161379c565b600781101580612c75576002821491821590816134e0575b82826134ce575b50506134c357612c75571561348e577fffffffffffffffffffffffffffffffffffffffffffffffffffff0000000000008061325685613cb9565b169160301b160361348657610100820161ffff815116613425575b506132f482519360208101359460405160208101917fdac858a741d99b5936d85ee9aabac685fa70362b5adb5c84e424f06d674c01a38352604082015286606082015260408301356080820152608081526132cd60a082612eaf565b519020606073ffffffffffffffffffffffffffffffffffffffff8187015116920190613da0565b1561341d5773ffffffffffffffffffffffffffffffffffffffff8061334f69ffffffffffffffffffff60a0860151166bffffffffffffffffffffffff60c0870151166bffffffffffffffffffffffff60e0880151169161480e565b7f06000000000000000000000000000000000000000000000000000000000000008660301c600160d01b1717845f52600360205260405f20556133de60408060808801976133a2868a5116865190613c15565b01926133b685855116602083015190613c15565b01517f0000000000000000000000000000000000000000000000000000000000000000613c15565b5193516040519216949316928160409160017fa36bd050ad7cf72f96af27a986cb10d47919f0ccb1922c37fcaaa51fd0a190af94526020820152a45f90565b505050601290565b604084013561344e73ffffffffffffffffffffffffffffffffffffffff604086015116826147a7565b60208501510361347c5761346a9161ffff8551915116916147dd565b613474575f613271565b505050601190565b5050505050601090565b505050600f90565b7fffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000806134be6020870135866134ef565b613256565b505050505050600890565b909150612c7557600414155f8261321c565b5f925060038114159150613215565b6134f890613cb9565b906040519060208201928352604082015260408152613518606082612eaf565b51902090565b9061355f9161354d73ffffffffffffffffffffffffffffffffffffffff60408301511660208301519084613562565b61ffff610100825192015116916147dd565b90565b9061356c916147a7565b0361357357565b7fc67600a8000000000000000000000000000000000000000000000000000000005f5260045ffd5b60405164ffffffffff61028060208301937f8adbc51c429b7545ecb1ad2da5c7baf26f11a6ab7ff123c34ee62c6364285026855273ffffffffffffffffffffffffffffffffffffffff815116604085015273ffffffffffffffffffffffffffffffffffffffff602082015116606085015273ffffffffffffffffffffffffffffffffffffffff604082015116608085015273ffffffffffffffffffffffffffffffffffffffff60608201511660a0850152608081015160c085015260a081015160e085015260c081015161010085015269ffffffffffffffffffff60e0820151166101208501526bffffffffffffffffffffffff610100820151166101408501526bffffffffffffffffffffffff610120820151166101608501526bffffffffffffffffffffffff610140820151166101808501526bffffffffffffffffffffffff610160820151166101a08501526bffffffffffffffffffffffff610180820151166101c085015261ffff6101a0820151166101e085015263ffffffff6101c08201511661020085015263ffffffff6101e08201511661022085015263ffffffff6102008201511661024085015263ffffffff6102208201511661026085015263ffffffff610240820151168285015267ffffffffffffffff610260820151166102a08501520151166102c08201526102c081526135186102e082612eaf565b60f81c6007811015612c755790565b156137b257565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52600160045260245ffd5b906005821015612c75576001821461381f575060028114613819576003811461381357600461380e91146137ab565b600a90565b50600990565b50600890565b15905061382b57600790565b600690565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe18136030182121561279f570180359067ffffffffffffffff821161279f5760200191813603831361279f57565b6040519061388e82612e77565b5f6040838281528260208201520152565b91906138a9613881565b92600d81101580612c7557600182148015613b56575b818115613b46575b50156138e857505061355f919250805190604060208201519101519161480e565b612c7557600381036139135750806139086020925160408301519061311a565b845201516040830152565b6004810361396c575080604061396592015161393560608301918251906131cb565b8552613957608061394c845160208601519061311a565b93019283519061311a565b6020860152519051906131cb565b6040830152565b600581036139ab575080604061398b613965935160208401519061311a565b9161399c608082019384519061311a565b602087015201519051906131cb565b600b81036139ee5750806139cb6139e7925160011c60408301519061311a565b845260206139de82518060011c906131cb565b9101519061311a565b6020830152565b9192506139f9613881565b9160a0820190815160011c90600681145f14613a3b575050602082613a27613a33945160408301519061311a565b855201519051906131cb565b604082015290565b60078103613a63575050602082613a27613a5b945160408301519061311a565b602082015290565b60088103613aa0575080602084613a8f613a9a94613a8a613a5b985160408501519061311a565b6131cb565b8752015192516131cb565b906131cb565b91929160098103613af75750613a5b92613a9a82613ae8613ac8613aef9560408801516131cb565b95613ad960808201978851906131cb565b8952602081519101519061311a565b92516131cb565b90519061311a565b613b3e915092613b0c600a613a3395146137ab565b6040613b1e845160208601519061311a565b93613b2f608082019586519061311a565b602088015201519051906131cb565b9051906131cb565b9050612c7557600c8214816138c7565b50505f600282146138bf565b9193929092600d821015612c75577fa36bd050ad7cf72f96af27a986cb10d47919f0ccb1922c37fcaaa51fd0a190af9173ffffffffffffffffffffffffffffffffffffffff806040937f06000000000000000000000000000000000000000000000000000000000000008960301c8560d01b1717875f526003602052855f2055613bfb858060808b019a6133a2868d5116865190613c15565b511695511695613c0d83518093612d31565b6020820152a4565b81613c1e575050565b73ffffffffffffffffffffffffffffffffffffffff165f5260026020526fffffffffffffffffffffffffffffffff60405f2091166fffffffffffffffffffffffffffffffff825416016fffffffffffffffffffffffffffffffff8111611701576fffffffffffffffffffffffffffffffff167fffffffffffffffffffffffffffffffff00000000000000000000000000000000825416179055565b6040516101206020820192805184526020810151604084015273ffffffffffffffffffffffffffffffffffffffff604082015116606084015273ffffffffffffffffffffffffffffffffffffffff606082015116608084015273ffffffffffffffffffffffffffffffffffffffff60808201511660a084015269ffffffffffffffffffff60a08201511660c08401526bffffffffffffffffffffffff60c08201511660e08401526bffffffffffffffffffffffff60e08201511661010084015261ffff61010082015116828401520151610140820152610140815261351861016082612eaf565b906042613e1c92613daf614c59565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522060208201359060ff601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8416943593821c011690614d7c565b506004811015612c7557159182613e3257505090565b73ffffffffffffffffffffffffffffffffffffffff919250811691161490565b927fffffffffffffffffffffffffffffffffffffffffffffffffffff0000000000008091939293169160301b161415908115613ebd575b50613e915750565b7f2c6d445a000000000000000000000000000000000000000000000000000000005f523560045260245ffd5b90506101007ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe80833603011261279f57604051610100810181811067ffffffffffffffff821117612df4576040526101808301359081815260208101906101a085013582526101c08501613f2f90612f07565b60408201908152613f436101e08701612f07565b60608301908152613f576102008801612f07565b60808401908152613f6b6102208901613127565b60a0850190815291613f806102408a01613127565b60c0860190815293613f956102608b01613127565b9560e0019586526040519660208801988952516040880152516bffffffffffffffffffffffff166060870152516bffffffffffffffffffffffff166080860152516bffffffffffffffffffffffff1660a08501525163ffffffff1660c08401525163ffffffff1660e08301525163ffffffff16610100820152610100815261401f61012082612eaf565b51902090610120015114155f613e89565b9190916007811015612c7557600281146140a8576003811461408f576004146140885761ffff6101008301511615159182614077575b50501561407257600c90565b600b90565b614081925061351e565b5f80614066565b5050600590565b5050610100015161ffff166140a357600290565b600390565b505050600490565b90926140bc83856148e6565b6013811015612c75578061472b5750815f5260036020526140e060405f205461379c565b9360078510159182612c75578515958615908161471c575b506134c35773ffffffffffffffffffffffffffffffffffffffff8251165f52600260205260405f20926040519361412e85612e93565b54966fffffffffffffffffffffffffffffffff8816855263ffffffff602086019860801c16885273ffffffffffffffffffffffffffffffffffffffff8751165f52600260205260405f209063ffffffff806040519361418c85612e93565b546fffffffffffffffffffffffffffffffff8116855260801c16998a6020850152511663ffffffff610240870151160361470e57606088019863ffffffff8a51160361470057602088019569ffffffffffffffffffff875116966142056101808801986bffffffffffffffffffffffff8a51169061311a565b6142246101008901916bffffffffffffffffffffffff8351169061311a565b93846fffffffffffffffffffffffffffffffff855116106146ee576fffffffffffffffffffffffffffffffff865116966101208a01976bffffffffffffffffffffffff895116116146db57612c7557806146ae575b61469d5760405160208101907f50563abf5206bacc49a99d8ed2c2a043cbd210e21f1d33faa42f227e796a310882528b60408201528c5173ffffffffffffffffffffffffffffffffffffffff166060820152835169ffffffffffffffffffff16608082015260408d019d8e5160a08301525163ffffffff1660c082015260808d015164ffffffffff1660e082015260e0815261431761010082612eaf565b519020968b5173ffffffffffffffffffffffffffffffffffffffff169061038001906143439189613da0565b1561468c5786916101c089015163ffffffff1642906143619161311a565b9c60a08a015190516101408b01516bffffffffffffffffffffffff168b8d6101608201516bffffffffffffffffffffffff1690516bffffffffffffffffffffffff166101e083015163ffffffff169161020084015163ffffffff1693610220015163ffffffff1694604051966020880198895260408801526060870152608086015260a085015260c084015260e0830152610100820152610100815261440961012082612eaf565b51902090898d60c082015194825173ffffffffffffffffffffffffffffffffffffffff1693602084015173ffffffffffffffffffffffffffffffffffffffff16925173ffffffffffffffffffffffffffffffffffffffff16905169ffffffffffffffffffff1691516bffffffffffffffffffffffff16928c516bffffffffffffffffffffffff16946101a0015161ffff16956040519860208a019a8b5260408a01526060890152608088015260a087015260c086015260e085015261010084015261012083015261014082015261014081526144e761016082612eaf565b51902060301c64ffffffffff8b1660d01b600260f81b1717885f52600360205260405f2055516fffffffffffffffffffffffffffffffff1690614529916131cb565b6fffffffffffffffffffffffffffffffff16845173ffffffffffffffffffffffffffffffffffffffff165f52600260205260405f20906fffffffffffffffffffffffffffffffff1681547fffffffffffffffffffffffffffffffff0000000000000000000000000000000016179055516fffffffffffffffffffffffffffffffff1690516bffffffffffffffffffffffff1690036fffffffffffffffffffffffffffffffff81116117015773ffffffffffffffffffffffffffffffffffffffff6040936146777f8855db0ca271c0423d81fad74a6253bc0d14f8892b23956b7d8715784d8aec60968394848b51165f5260026020526fffffffffffffffffffffffffffffffff885f2091167fffffffffffffffffffffffffffffffff000000000000000000000000000000008254161790556bffffffffffffffffffffffff84888501511691511690613c15565b51169551169582519182526020820152a45f90565b505050505050505050505050600e90565b505050505050505050505050600d90565b506146d573ffffffffffffffffffffffffffffffffffffffff89511661034089018c613da0565b15614279565b5050505050505050505050505050600c90565b50505050505050505050505050600b90565b505050505050505050600a90565b505050505050505050600990565b93505060015f9314155f6140f8565b935050505090565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c61477f5760017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d565b7f3ee5aeb5000000000000000000000000000000000000000000000000000000005f5260045ffd5b9073ffffffffffffffffffffffffffffffffffffffff604051916020830193845216604082015260408152613518606082612eaf565b6127109061ffff926040519060208201928352604082015260408152614804606082612eaf565b5190200691161190565b91614822919261481c613881565b5061311a565b906040519161483083612e77565b825260208201525f604082015290565b9061484a826131a2565b6148576040519182612eaf565b8281527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe061488582946131a2565b0190602036910137565b60ff811690601f82116148be57604051916148ab604084612eaf565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b90604082019073ffffffffffffffffffffffffffffffffffffffff82511680155f14614c51575073ffffffffffffffffffffffffffffffffffffffff606084015116155b614c495773ffffffffffffffffffffffffffffffffffffffff6060840151168015159081614c27575b50614c1f5773ffffffffffffffffffffffffffffffffffffffff83511673ffffffffffffffffffffffffffffffffffffffff82511614614c175764ffffffffff6102808401511642118015614c03575b6140a857602069ffffffffffffffffffff9101511669ffffffffffffffffffff60e08401511610614088576bffffffffffffffffffffffff61016083015116906bffffffffffffffffffffffff610100840151168211159182614bc6575b5081614b94575b81614b62575b81614b4b575b81614b09575b5015614b035763ffffffff6101c08201511663ffffffff7f0000000000000000000000000000000000000000000000000000000000000000168110908115614ad3575b50614acd57614a7663ffffffff6101e083015116614e0b565b15908115614ab0575b8115614a94575b50614a8f575f90565b600790565b6102200151614aa9915063ffffffff16614e0b565b155f614a86565b9050614ac663ffffffff61020083015116614e0b565b1590614a7f565b50600790565b905063ffffffff7f000000000000000000000000000000000000000000000000000000000000000016105f614a5d565b50600690565b5173ffffffffffffffffffffffffffffffffffffffff161580159150614b30575b5f614a1a565b506bffffffffffffffffffffffff6101808201511615614b2a565b905061271061ffff6101a084015116111590614a14565b90506bffffffffffffffffffffffff610140830151166bffffffffffffffffffffffff61012084015116101590614a0e565b90506bffffffffffffffffffffffff610180830151166bffffffffffffffffffffffff61014084015116101590614a08565b614be69192506bffffffffffffffffffffffff610180850151169061311a565b6bffffffffffffffffffffffff610120840151161015905f614a01565b5064ffffffffff60808201511642116149a3565b505050600390565b505050600290565b905073ffffffffffffffffffffffffffffffffffffffff82511614155f614953565b505050600190565b33141561492a565b73ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016301480614d53575b15614cc1577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a0815261351860c082612eaf565b507f00000000000000000000000000000000000000000000000000000000000000004614614c98565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411614e00579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15612af3575f5173ffffffffffffffffffffffffffffffffffffffff811615614df657905f905f90565b505f906001905f90565b5050505f9160039190565b63ffffffff1663ffffffff7f0000000000000000000000000000000000000000000000000000000000000000168110159081614e45575090565b905063ffffffff7f00000000000000000000000000000000000000000000000000000000000000001610159056",
}

// Settlement is an auto generated Go binding around an Ethereum contract.
type Settlement struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Settlement) GetABI() abi.ABI {
	return c.abi
}

// NewSettlement creates a new instance of Settlement.
func NewSettlement() *Settlement {
	parsed, err := SettlementMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Settlement{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Settlement) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address token_, address sink_, (uint32,uint32,uint32,uint32) bounds_) returns()
func (settlement *Settlement) PackConstructor(token_ common.Address, sink_ common.Address, bounds_ Bounds) []byte {
	enc, err := settlement.abi.Pack("", token_, sink_, bounds_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackAccount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x73b9aa91.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function account(address owner) view returns(uint128 free, uint32 epoch)
func (settlement *Settlement) PackAccount(owner common.Address) []byte {
	enc, err := settlement.abi.Pack("account", owner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAccount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x73b9aa91.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function account(address owner) view returns(uint128 free, uint32 epoch)
func (settlement *Settlement) TryPackAccount(owner common.Address) ([]byte, error) {
	return settlement.abi.Pack("account", owner)
}

// AccountOutput serves as a container for the return parameters of contract
// method Account.
type AccountOutput struct {
	Free  *big.Int
	Epoch uint32
}

// UnpackAccount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x73b9aa91.
//
// Solidity: function account(address owner) view returns(uint128 free, uint32 epoch)
func (settlement *Settlement) UnpackAccount(data []byte) (AccountOutput, error) {
	out, err := settlement.abi.Unpack("account", data)
	outstruct := new(AccountOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Free = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Epoch = *abi.ConvertType(out[1], new(uint32)).(*uint32)
	return *outstruct, nil
}

// PackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x63b0e6fc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function approve((address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40) offer) returns(bytes32 jobHash)
func (settlement *Settlement) PackApprove(offer JobOffer) []byte {
	enc, err := settlement.abi.Pack("approve", offer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x63b0e6fc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function approve((address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40) offer) returns(bytes32 jobHash)
func (settlement *Settlement) TryPackApprove(offer JobOffer) ([]byte, error) {
	return settlement.abi.Pack("approve", offer)
}

// UnpackApprove is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x63b0e6fc.
//
// Solidity: function approve((address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40) offer) returns(bytes32 jobHash)
func (settlement *Settlement) UnpackApprove(data []byte) ([32]byte, error) {
	out, err := settlement.abi.Unpack("approve", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackBounds is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5843a5ad.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function bounds() view returns((uint32,uint32,uint32,uint32))
func (settlement *Settlement) PackBounds() []byte {
	enc, err := settlement.abi.Pack("bounds")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBounds is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5843a5ad.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function bounds() view returns((uint32,uint32,uint32,uint32))
func (settlement *Settlement) TryPackBounds() ([]byte, error) {
	return settlement.abi.Pack("bounds")
}

// UnpackBounds is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5843a5ad.
//
// Solidity: function bounds() view returns((uint32,uint32,uint32,uint32))
func (settlement *Settlement) UnpackBounds(data []byte) (Bounds, error) {
	out, err := settlement.abi.Unpack("bounds", data)
	if err != nil {
		return *new(Bounds), err
	}
	out0 := *abi.ConvertType(out[0], new(Bounds)).(*Bounds)
	return out0, nil
}

// PackBumpEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd6044f1d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function bumpEpoch() returns()
func (settlement *Settlement) PackBumpEpoch() []byte {
	enc, err := settlement.abi.Pack("bumpEpoch")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBumpEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd6044f1d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function bumpEpoch() returns()
func (settlement *Settlement) TryPackBumpEpoch() ([]byte, error) {
	return settlement.abi.Pack("bumpEpoch")
}

// PackChallenge is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4caa3af1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function challenge((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, bytes32 creatorSeed) returns()
func (settlement *Settlement) PackChallenge(facts Facts, creatorSeed [32]byte) []byte {
	enc, err := settlement.abi.Pack("challenge", facts, creatorSeed)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackChallenge is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4caa3af1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function challenge((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, bytes32 creatorSeed) returns()
func (settlement *Settlement) TryPackChallenge(facts Facts, creatorSeed [32]byte) ([]byte, error) {
	return settlement.abi.Pack("challenge", facts, creatorSeed)
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x47e7ef24.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit(address owner, uint256 amount) returns()
func (settlement *Settlement) PackDeposit(owner common.Address, amount *big.Int) []byte {
	enc, err := settlement.abi.Pack("deposit", owner, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x47e7ef24.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit(address owner, uint256 amount) returns()
func (settlement *Settlement) TryPackDeposit(owner common.Address, amount *big.Int) ([]byte, error) {
	return settlement.abi.Pack("deposit", owner, amount)
}

// PackDepositWithPermit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4a970be7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) returns()
func (settlement *Settlement) PackDepositWithPermit(amount *big.Int, deadline *big.Int, v uint8, r [32]byte, s [32]byte) []byte {
	enc, err := settlement.abi.Pack("depositWithPermit", amount, deadline, v, r, s)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDepositWithPermit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4a970be7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) returns()
func (settlement *Settlement) TryPackDepositWithPermit(amount *big.Int, deadline *big.Int, v uint8, r [32]byte, s [32]byte) ([]byte, error) {
	return settlement.abi.Pack("depositWithPermit", amount, deadline, v, r, s)
}

// PackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (settlement *Settlement) PackEip712Domain() []byte {
	enc, err := settlement.abi.Pack("eip712Domain")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (settlement *Settlement) TryPackEip712Domain() ([]byte, error) {
	return settlement.abi.Pack("eip712Domain")
}

// Eip712DomainOutput serves as a container for the return parameters of contract
// method Eip712Domain.
type Eip712DomainOutput struct {
	Fields            [1]byte
	Name              string
	Version           string
	ChainId           *big.Int
	VerifyingContract common.Address
	Salt              [32]byte
	Extensions        []*big.Int
}

// UnpackEip712Domain is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x84b0196e.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (settlement *Settlement) UnpackEip712Domain(data []byte) (Eip712DomainOutput, error) {
	out, err := settlement.abi.Unpack("eip712Domain", data)
	outstruct := new(Eip712DomainOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Fields = *abi.ConvertType(out[0], new([1]byte)).(*[1]byte)
	outstruct.Name = *abi.ConvertType(out[1], new(string)).(*string)
	outstruct.Version = *abi.ConvertType(out[2], new(string)).(*string)
	outstruct.ChainId = abi.ConvertType(out[3], new(big.Int)).(*big.Int)
	outstruct.VerifyingContract = *abi.ConvertType(out[4], new(common.Address)).(*common.Address)
	outstruct.Salt = *abi.ConvertType(out[5], new([32]byte)).(*[32]byte)
	outstruct.Extensions = *abi.ConvertType(out[6], new([]*big.Int)).(*[]*big.Int)
	return *outstruct, nil
}

// PackExpire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x995259e0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function expire((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, bytes32 creatorSeed) returns()
func (settlement *Settlement) PackExpire(facts Facts, creatorSeed [32]byte) []byte {
	enc, err := settlement.abi.Pack("expire", facts, creatorSeed)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackExpire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x995259e0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function expire((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, bytes32 creatorSeed) returns()
func (settlement *Settlement) TryPackExpire(facts Facts, creatorSeed [32]byte) ([]byte, error) {
	return settlement.abi.Pack("expire", facts, creatorSeed)
}

// PackOpen is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa5ff813f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function open(((address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40),(address,uint80,bytes32,uint32,uint40),(bytes32,bytes32),(bytes32,bytes32))[] openings) returns()
func (settlement *Settlement) PackOpen(openings []Opening) []byte {
	enc, err := settlement.abi.Pack("open", openings)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOpen is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa5ff813f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function open(((address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40),(address,uint80,bytes32,uint32,uint40),(bytes32,bytes32),(bytes32,bytes32))[] openings) returns()
func (settlement *Settlement) TryPackOpen(openings []Opening) ([]byte, error) {
	return settlement.abi.Pack("open", openings)
}

// PackOutcome is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ddf92d8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function outcome(bytes32 jobHash) view returns(uint8 state, uint8 path, uint40 deadline, bytes26 digest)
func (settlement *Settlement) PackOutcome(jobHash [32]byte) []byte {
	enc, err := settlement.abi.Pack("outcome", jobHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOutcome is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ddf92d8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function outcome(bytes32 jobHash) view returns(uint8 state, uint8 path, uint40 deadline, bytes26 digest)
func (settlement *Settlement) TryPackOutcome(jobHash [32]byte) ([]byte, error) {
	return settlement.abi.Pack("outcome", jobHash)
}

// OutcomeOutput serves as a container for the return parameters of contract
// method Outcome.
type OutcomeOutput struct {
	State    uint8
	Path     uint8
	Deadline *big.Int
	Digest   [26]byte
}

// UnpackOutcome is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6ddf92d8.
//
// Solidity: function outcome(bytes32 jobHash) view returns(uint8 state, uint8 path, uint40 deadline, bytes26 digest)
func (settlement *Settlement) UnpackOutcome(data []byte) (OutcomeOutput, error) {
	out, err := settlement.abi.Unpack("outcome", data)
	outstruct := new(OutcomeOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.State = *abi.ConvertType(out[0], new(uint8)).(*uint8)
	outstruct.Path = *abi.ConvertType(out[1], new(uint8)).(*uint8)
	outstruct.Deadline = abi.ConvertType(out[2], new(big.Int)).(*big.Int)
	outstruct.Digest = *abi.ConvertType(out[3], new([26]byte)).(*[26]byte)
	return *outstruct, nil
}

// PackResolve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6f29266e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function resolve((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, bytes32 creatorSeed, bytes32 providerSeed, (bytes,uint8,uint8) panel, uint8 outcome_, (uint8,uint8,bytes32,(bytes32,bytes32))[] votes) returns()
func (settlement *Settlement) PackResolve(facts Facts, creatorSeed [32]byte, providerSeed [32]byte, panel Panel, outcome uint8, votes []Vote) []byte {
	enc, err := settlement.abi.Pack("resolve", facts, creatorSeed, providerSeed, panel, outcome, votes)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackResolve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6f29266e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function resolve((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, bytes32 creatorSeed, bytes32 providerSeed, (bytes,uint8,uint8) panel, uint8 outcome_, (uint8,uint8,bytes32,(bytes32,bytes32))[] votes) returns()
func (settlement *Settlement) TryPackResolve(facts Facts, creatorSeed [32]byte, providerSeed [32]byte, panel Panel, outcome uint8, votes []Vote) ([]byte, error) {
	return settlement.abi.Pack("resolve", facts, creatorSeed, providerSeed, panel, outcome, votes)
}

// PackReveal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x54fade4a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reveal((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, bytes32 providerSeed) returns()
func (settlement *Settlement) PackReveal(facts Facts, providerSeed [32]byte) []byte {
	enc, err := settlement.abi.Pack("reveal", facts, providerSeed)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReveal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x54fade4a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reveal((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, bytes32 providerSeed) returns()
func (settlement *Settlement) TryPackReveal(facts Facts, providerSeed [32]byte) ([]byte, error) {
	return settlement.abi.Pack("reveal", facts, providerSeed)
}

// PackSettle is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2f2219d7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settle((bytes32,bytes32,bytes32,(bytes32,bytes32),(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32))[] settlings) returns()
func (settlement *Settlement) PackSettle(settlings []Settling) []byte {
	enc, err := settlement.abi.Pack("settle", settlings)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettle is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2f2219d7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settle((bytes32,bytes32,bytes32,(bytes32,bytes32),(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32))[] settlings) returns()
func (settlement *Settlement) TryPackSettle(settlings []Settling) ([]byte, error) {
	return settlement.abi.Pack("settle", settlings)
}

// PackSink is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc74e820e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function sink() view returns(address)
func (settlement *Settlement) PackSink() []byte {
	enc, err := settlement.abi.Pack("sink")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSink is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc74e820e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function sink() view returns(address)
func (settlement *Settlement) TryPackSink() ([]byte, error) {
	return settlement.abi.Pack("sink")
}

// UnpackSink is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc74e820e.
//
// Solidity: function sink() view returns(address)
func (settlement *Settlement) UnpackSink(data []byte) (common.Address, error) {
	out, err := settlement.abi.Unpack("sink", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8d540871.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function submit((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, (bytes32,bytes32) providerSignature) returns()
func (settlement *Settlement) PackSubmit(facts Facts, providerSignature Signature) []byte {
	enc, err := settlement.abi.Pack("submit", facts, providerSignature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8d540871.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function submit((bytes32,bytes32,(bytes32,bytes32,address,address,address,uint80,uint96,uint96,uint16,bytes32),(bytes32,bytes32,uint96,uint96,uint96,uint32,uint32,uint32)) facts, (bytes32,bytes32) providerSignature) returns()
func (settlement *Settlement) TryPackSubmit(facts Facts, providerSignature Signature) ([]byte, error) {
	return settlement.abi.Pack("submit", facts, providerSignature)
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (settlement *Settlement) PackToken() []byte {
	enc, err := settlement.abi.Pack("token")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function token() view returns(address)
func (settlement *Settlement) TryPackToken() ([]byte, error) {
	return settlement.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (settlement *Settlement) UnpackToken(data []byte) (common.Address, error) {
	out, err := settlement.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf3fef3a3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw(address to, uint256 amount) returns()
func (settlement *Settlement) PackWithdraw(to common.Address, amount *big.Int) []byte {
	enc, err := settlement.abi.Pack("withdraw", to, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf3fef3a3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw(address to, uint256 amount) returns()
func (settlement *Settlement) TryPackWithdraw(to common.Address, amount *big.Int) ([]byte, error) {
	return settlement.abi.Pack("withdraw", to, amount)
}

// SettlementApproved represents a Approved event raised by the Settlement contract.
type SettlementApproved struct {
	JobHash [32]byte
	Creator common.Address
	Raw     *types.Log // Blockchain specific contextual infos
}

const SettlementApprovedEventName = "Approved"

// ContractEventName returns the user-defined event name.
func (SettlementApproved) ContractEventName() string {
	return SettlementApprovedEventName
}

// UnpackApprovedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Approved(bytes32 indexed jobHash, address indexed creator)
func (settlement *Settlement) UnpackApprovedEvent(log *types.Log) (*SettlementApproved, error) {
	event := "Approved"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementApproved)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementChallenged represents a Challenged event raised by the Settlement contract.
type SettlementChallenged struct {
	JobHash     [32]byte
	Creator     common.Address
	Provider    common.Address
	CreatorSeed [32]byte
	Audit       bool
	Deadline    *big.Int
	Raw         *types.Log // Blockchain specific contextual infos
}

const SettlementChallengedEventName = "Challenged"

// ContractEventName returns the user-defined event name.
func (SettlementChallenged) ContractEventName() string {
	return SettlementChallengedEventName
}

// UnpackChallengedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Challenged(bytes32 indexed jobHash, address indexed creator, address indexed provider, bytes32 creatorSeed, bool audit, uint256 deadline)
func (settlement *Settlement) UnpackChallengedEvent(log *types.Log) (*SettlementChallenged, error) {
	event := "Challenged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementChallenged)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementClosed represents a Closed event raised by the Settlement contract.
type SettlementClosed struct {
	JobHash    [32]byte
	Creator    common.Address
	Provider   common.Address
	Path       uint8
	ResultHash [32]byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const SettlementClosedEventName = "Closed"

// ContractEventName returns the user-defined event name.
func (SettlementClosed) ContractEventName() string {
	return SettlementClosedEventName
}

// UnpackClosedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Closed(bytes32 indexed jobHash, address indexed creator, address indexed provider, uint8 path, bytes32 resultHash)
func (settlement *Settlement) UnpackClosedEvent(log *types.Log) (*SettlementClosed, error) {
	event := "Closed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementClosed)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementDeposited represents a Deposited event raised by the Settlement contract.
type SettlementDeposited struct {
	Account common.Address
	Amount  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const SettlementDepositedEventName = "Deposited"

// ContractEventName returns the user-defined event name.
func (SettlementDeposited) ContractEventName() string {
	return SettlementDepositedEventName
}

// UnpackDepositedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Deposited(address indexed account, uint256 amount)
func (settlement *Settlement) UnpackDepositedEvent(log *types.Log) (*SettlementDeposited, error) {
	event := "Deposited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementDeposited)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementDrawn represents a Drawn event raised by the Settlement contract.
type SettlementDrawn struct {
	JobHash      [32]byte
	Creator      common.Address
	Provider     common.Address
	ProviderSeed [32]byte
	Deadline     *big.Int
	Raw          *types.Log // Blockchain specific contextual infos
}

const SettlementDrawnEventName = "Drawn"

// ContractEventName returns the user-defined event name.
func (SettlementDrawn) ContractEventName() string {
	return SettlementDrawnEventName
}

// UnpackDrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Drawn(bytes32 indexed jobHash, address indexed creator, address indexed provider, bytes32 providerSeed, uint256 deadline)
func (settlement *Settlement) UnpackDrawnEvent(log *types.Log) (*SettlementDrawn, error) {
	event := "Drawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementDrawn)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementEIP712DomainChanged represents a EIP712DomainChanged event raised by the Settlement contract.
type SettlementEIP712DomainChanged struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const SettlementEIP712DomainChangedEventName = "EIP712DomainChanged"

// ContractEventName returns the user-defined event name.
func (SettlementEIP712DomainChanged) ContractEventName() string {
	return SettlementEIP712DomainChangedEventName
}

// UnpackEIP712DomainChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EIP712DomainChanged()
func (settlement *Settlement) UnpackEIP712DomainChangedEvent(log *types.Log) (*SettlementEIP712DomainChanged, error) {
	event := "EIP712DomainChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementEIP712DomainChanged)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementEpochBumped represents a EpochBumped event raised by the Settlement contract.
type SettlementEpochBumped struct {
	Account common.Address
	Epoch   uint32
	Raw     *types.Log // Blockchain specific contextual infos
}

const SettlementEpochBumpedEventName = "EpochBumped"

// ContractEventName returns the user-defined event name.
func (SettlementEpochBumped) ContractEventName() string {
	return SettlementEpochBumpedEventName
}

// UnpackEpochBumpedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EpochBumped(address indexed account, uint32 epoch)
func (settlement *Settlement) UnpackEpochBumpedEvent(log *types.Log) (*SettlementEpochBumped, error) {
	event := "EpochBumped"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementEpochBumped)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementOpened represents a Opened event raised by the Settlement contract.
type SettlementOpened struct {
	JobHash  [32]byte
	Creator  common.Address
	Provider common.Address
	DealHash [32]byte
	Deadline *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const SettlementOpenedEventName = "Opened"

// ContractEventName returns the user-defined event name.
func (SettlementOpened) ContractEventName() string {
	return SettlementOpenedEventName
}

// UnpackOpenedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Opened(bytes32 indexed jobHash, address indexed creator, address indexed provider, bytes32 dealHash, uint256 deadline)
func (settlement *Settlement) UnpackOpenedEvent(log *types.Log) (*SettlementOpened, error) {
	event := "Opened"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementOpened)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementSkipped represents a Skipped event raised by the Settlement contract.
type SettlementSkipped struct {
	JobHash [32]byte
	Index   *big.Int
	Reason  uint8
	Raw     *types.Log // Blockchain specific contextual infos
}

const SettlementSkippedEventName = "Skipped"

// ContractEventName returns the user-defined event name.
func (SettlementSkipped) ContractEventName() string {
	return SettlementSkippedEventName
}

// UnpackSkippedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Skipped(bytes32 indexed jobHash, uint256 index, uint8 reason)
func (settlement *Settlement) UnpackSkippedEvent(log *types.Log) (*SettlementSkipped, error) {
	event := "Skipped"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementSkipped)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementSubmitted represents a Submitted event raised by the Settlement contract.
type SettlementSubmitted struct {
	JobHash    [32]byte
	Creator    common.Address
	Provider   common.Address
	ResultHash [32]byte
	Deadline   *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const SettlementSubmittedEventName = "Submitted"

// ContractEventName returns the user-defined event name.
func (SettlementSubmitted) ContractEventName() string {
	return SettlementSubmittedEventName
}

// UnpackSubmittedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Submitted(bytes32 indexed jobHash, address indexed creator, address indexed provider, bytes32 resultHash, uint256 deadline)
func (settlement *Settlement) UnpackSubmittedEvent(log *types.Log) (*SettlementSubmitted, error) {
	event := "Submitted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementSubmitted)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementVerdictGiven represents a VerdictGiven event raised by the Settlement contract.
type SettlementVerdictGiven struct {
	JobHash        [32]byte
	Mediator       common.Address
	Outcome        uint8
	TranscriptHash [32]byte
	Fee            *big.Int
	Raw            *types.Log // Blockchain specific contextual infos
}

const SettlementVerdictGivenEventName = "VerdictGiven"

// ContractEventName returns the user-defined event name.
func (SettlementVerdictGiven) ContractEventName() string {
	return SettlementVerdictGivenEventName
}

// UnpackVerdictGivenEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VerdictGiven(bytes32 indexed jobHash, address indexed mediator, uint8 outcome, bytes32 transcriptHash, uint256 fee)
func (settlement *Settlement) UnpackVerdictGivenEvent(log *types.Log) (*SettlementVerdictGiven, error) {
	event := "VerdictGiven"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementVerdictGiven)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// SettlementWithdrawn represents a Withdrawn event raised by the Settlement contract.
type SettlementWithdrawn struct {
	Account common.Address
	To      common.Address
	Amount  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const SettlementWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (SettlementWithdrawn) ContractEventName() string {
	return SettlementWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed account, address indexed to, uint256 amount)
func (settlement *Settlement) UnpackWithdrawnEvent(log *types.Log) (*SettlementWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != settlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SettlementWithdrawn)
	if len(log.Data) > 0 {
		if err := settlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range settlement.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (settlement *Settlement) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], settlement.abi.Errors["AccountInsufficientFunds"].ID.Bytes()[:4]) {
		return settlement.UnpackAccountInsufficientFundsError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["CaseInvalidOutcome"].ID.Bytes()[:4]) {
		return settlement.UnpackCaseInvalidOutcomeError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["CaseInvalidPanel"].ID.Bytes()[:4]) {
		return settlement.UnpackCaseInvalidPanelError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["CaseInvalidSeat"].ID.Bytes()[:4]) {
		return settlement.UnpackCaseInvalidSeatError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["CaseTooFewVotes"].ID.Bytes()[:4]) {
		return settlement.UnpackCaseTooFewVotesError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["ConfigInvalidBounds"].ID.Bytes()[:4]) {
		return settlement.UnpackConfigInvalidBoundsError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["ConfigInvalidSink"].ID.Bytes()[:4]) {
		return settlement.UnpackConfigInvalidSinkError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["DealFactsMismatch"].ID.Bytes()[:4]) {
		return settlement.UnpackDealFactsMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["DealInvalidSignature"].ID.Bytes()[:4]) {
		return settlement.UnpackDealInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["DealNotJudge"].ID.Bytes()[:4]) {
		return settlement.UnpackDealNotJudgeError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["DealSeedMismatch"].ID.Bytes()[:4]) {
		return settlement.UnpackDealSeedMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["DealTooEarly"].ID.Bytes()[:4]) {
		return settlement.UnpackDealTooEarlyError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["DealTooLate"].ID.Bytes()[:4]) {
		return settlement.UnpackDealTooLateError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["DealWrongState"].ID.Bytes()[:4]) {
		return settlement.UnpackDealWrongStateError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["DepositAmountMismatch"].ID.Bytes()[:4]) {
		return settlement.UnpackDepositAmountMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["InvalidShortString"].ID.Bytes()[:4]) {
		return settlement.UnpackInvalidShortStringError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["OfferNotCreator"].ID.Bytes()[:4]) {
		return settlement.UnpackOfferNotCreatorError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["ReentrancyGuardReentrantCall"].ID.Bytes()[:4]) {
		return settlement.UnpackReentrancyGuardReentrantCallError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return settlement.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], settlement.abi.Errors["StringTooLong"].ID.Bytes()[:4]) {
		return settlement.UnpackStringTooLongError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// SettlementAccountInsufficientFunds represents a AccountInsufficientFunds error raised by the Settlement contract.
type SettlementAccountInsufficientFunds struct {
	Account common.Address
	Free    *big.Int
	Needed  *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccountInsufficientFunds(address account, uint256 free, uint256 needed)
func SettlementAccountInsufficientFundsErrorID() common.Hash {
	return common.HexToHash("0x227517b8c7872df28a1cc9c28e2df1c3a561adf03cad77c3e4d35b6aac71e7c3")
}

// UnpackAccountInsufficientFundsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccountInsufficientFunds(address account, uint256 free, uint256 needed)
func (settlement *Settlement) UnpackAccountInsufficientFundsError(raw []byte) (*SettlementAccountInsufficientFunds, error) {
	out := new(SettlementAccountInsufficientFunds)
	if err := settlement.abi.UnpackIntoInterface(out, "AccountInsufficientFunds", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementCaseInvalidOutcome represents a CaseInvalidOutcome error raised by the Settlement contract.
type SettlementCaseInvalidOutcome struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CaseInvalidOutcome()
func SettlementCaseInvalidOutcomeErrorID() common.Hash {
	return common.HexToHash("0x85f0107cb3367250b7be205126905a35667103d1423d9ea3221db3c854b49300")
}

// UnpackCaseInvalidOutcomeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CaseInvalidOutcome()
func (settlement *Settlement) UnpackCaseInvalidOutcomeError(raw []byte) (*SettlementCaseInvalidOutcome, error) {
	out := new(SettlementCaseInvalidOutcome)
	if err := settlement.abi.UnpackIntoInterface(out, "CaseInvalidOutcome", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementCaseInvalidPanel represents a CaseInvalidPanel error raised by the Settlement contract.
type SettlementCaseInvalidPanel struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CaseInvalidPanel()
func SettlementCaseInvalidPanelErrorID() common.Hash {
	return common.HexToHash("0x6a6825cca701075fe601863b8ffa9434964b0efc0979be0de358ed5e65d75252")
}

// UnpackCaseInvalidPanelError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CaseInvalidPanel()
func (settlement *Settlement) UnpackCaseInvalidPanelError(raw []byte) (*SettlementCaseInvalidPanel, error) {
	out := new(SettlementCaseInvalidPanel)
	if err := settlement.abi.UnpackIntoInterface(out, "CaseInvalidPanel", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementCaseInvalidSeat represents a CaseInvalidSeat error raised by the Settlement contract.
type SettlementCaseInvalidSeat struct {
	Seat *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CaseInvalidSeat(uint256 seat)
func SettlementCaseInvalidSeatErrorID() common.Hash {
	return common.HexToHash("0x7b4f5231ce95dcab5bb2b42b7e19fb59e14b971d3a746901b6988b255c8376fc")
}

// UnpackCaseInvalidSeatError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CaseInvalidSeat(uint256 seat)
func (settlement *Settlement) UnpackCaseInvalidSeatError(raw []byte) (*SettlementCaseInvalidSeat, error) {
	out := new(SettlementCaseInvalidSeat)
	if err := settlement.abi.UnpackIntoInterface(out, "CaseInvalidSeat", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementCaseTooFewVotes represents a CaseTooFewVotes error raised by the Settlement contract.
type SettlementCaseTooFewVotes struct {
	Votes     *big.Int
	Threshold *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CaseTooFewVotes(uint256 votes, uint256 threshold)
func SettlementCaseTooFewVotesErrorID() common.Hash {
	return common.HexToHash("0xb96c79b73115c183f6e9ab7314894b8a195be3d4c75773555cfb465ac422719c")
}

// UnpackCaseTooFewVotesError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CaseTooFewVotes(uint256 votes, uint256 threshold)
func (settlement *Settlement) UnpackCaseTooFewVotesError(raw []byte) (*SettlementCaseTooFewVotes, error) {
	out := new(SettlementCaseTooFewVotes)
	if err := settlement.abi.UnpackIntoInterface(out, "CaseTooFewVotes", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementConfigInvalidBounds represents a ConfigInvalidBounds error raised by the Settlement contract.
type SettlementConfigInvalidBounds struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ConfigInvalidBounds()
func SettlementConfigInvalidBoundsErrorID() common.Hash {
	return common.HexToHash("0x71dcd88ad38fe9404fc13ee13ff553e54a6fd167c685eb5ce3747a133e03d66b")
}

// UnpackConfigInvalidBoundsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ConfigInvalidBounds()
func (settlement *Settlement) UnpackConfigInvalidBoundsError(raw []byte) (*SettlementConfigInvalidBounds, error) {
	out := new(SettlementConfigInvalidBounds)
	if err := settlement.abi.UnpackIntoInterface(out, "ConfigInvalidBounds", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementConfigInvalidSink represents a ConfigInvalidSink error raised by the Settlement contract.
type SettlementConfigInvalidSink struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ConfigInvalidSink()
func SettlementConfigInvalidSinkErrorID() common.Hash {
	return common.HexToHash("0x242131f2a76da363b8d5a28bef037a11d0edb31dc960e461fb86d5595c4b8995")
}

// UnpackConfigInvalidSinkError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ConfigInvalidSink()
func (settlement *Settlement) UnpackConfigInvalidSinkError(raw []byte) (*SettlementConfigInvalidSink, error) {
	out := new(SettlementConfigInvalidSink)
	if err := settlement.abi.UnpackIntoInterface(out, "ConfigInvalidSink", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementDealFactsMismatch represents a DealFactsMismatch error raised by the Settlement contract.
type SettlementDealFactsMismatch struct {
	JobHash [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DealFactsMismatch(bytes32 jobHash)
func SettlementDealFactsMismatchErrorID() common.Hash {
	return common.HexToHash("0x2c6d445a86cdf26bbe5bce208dc4a39d9dfedb2fa7f738a472acc268de6b1338")
}

// UnpackDealFactsMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DealFactsMismatch(bytes32 jobHash)
func (settlement *Settlement) UnpackDealFactsMismatchError(raw []byte) (*SettlementDealFactsMismatch, error) {
	out := new(SettlementDealFactsMismatch)
	if err := settlement.abi.UnpackIntoInterface(out, "DealFactsMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementDealInvalidSignature represents a DealInvalidSignature error raised by the Settlement contract.
type SettlementDealInvalidSignature struct {
	Expected common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DealInvalidSignature(address expected)
func SettlementDealInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0x92d2000451882c8acdd4b3ea53fbcaee4a67a6fea1011c777bde56a4eec85996")
}

// UnpackDealInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DealInvalidSignature(address expected)
func (settlement *Settlement) UnpackDealInvalidSignatureError(raw []byte) (*SettlementDealInvalidSignature, error) {
	out := new(SettlementDealInvalidSignature)
	if err := settlement.abi.UnpackIntoInterface(out, "DealInvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementDealNotJudge represents a DealNotJudge error raised by the Settlement contract.
type SettlementDealNotJudge struct {
	Sender common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DealNotJudge(address sender)
func SettlementDealNotJudgeErrorID() common.Hash {
	return common.HexToHash("0xeb5cb065a02d91c9e0b7125273421e1dda7171b7abf00afb64ba377a602236b8")
}

// UnpackDealNotJudgeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DealNotJudge(address sender)
func (settlement *Settlement) UnpackDealNotJudgeError(raw []byte) (*SettlementDealNotJudge, error) {
	out := new(SettlementDealNotJudge)
	if err := settlement.abi.UnpackIntoInterface(out, "DealNotJudge", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementDealSeedMismatch represents a DealSeedMismatch error raised by the Settlement contract.
type SettlementDealSeedMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DealSeedMismatch()
func SettlementDealSeedMismatchErrorID() common.Hash {
	return common.HexToHash("0xc67600a8f3cb4ec0d1f63937abf76551f50177e446438bb46fa96957d13f7a27")
}

// UnpackDealSeedMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DealSeedMismatch()
func (settlement *Settlement) UnpackDealSeedMismatchError(raw []byte) (*SettlementDealSeedMismatch, error) {
	out := new(SettlementDealSeedMismatch)
	if err := settlement.abi.UnpackIntoInterface(out, "DealSeedMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementDealTooEarly represents a DealTooEarly error raised by the Settlement contract.
type SettlementDealTooEarly struct {
	Deadline *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DealTooEarly(uint256 deadline)
func SettlementDealTooEarlyErrorID() common.Hash {
	return common.HexToHash("0x63661a7769bc5c9bf84a926f8620e32d28565b4cde55b716a624824381fdde9b")
}

// UnpackDealTooEarlyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DealTooEarly(uint256 deadline)
func (settlement *Settlement) UnpackDealTooEarlyError(raw []byte) (*SettlementDealTooEarly, error) {
	out := new(SettlementDealTooEarly)
	if err := settlement.abi.UnpackIntoInterface(out, "DealTooEarly", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementDealTooLate represents a DealTooLate error raised by the Settlement contract.
type SettlementDealTooLate struct {
	Deadline *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DealTooLate(uint256 deadline)
func SettlementDealTooLateErrorID() common.Hash {
	return common.HexToHash("0x3258a6720b22e0e1c1e1b3485c64af134b35877a97141fca3fb815d1a82aad49")
}

// UnpackDealTooLateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DealTooLate(uint256 deadline)
func (settlement *Settlement) UnpackDealTooLateError(raw []byte) (*SettlementDealTooLate, error) {
	out := new(SettlementDealTooLate)
	if err := settlement.abi.UnpackIntoInterface(out, "DealTooLate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementDealWrongState represents a DealWrongState error raised by the Settlement contract.
type SettlementDealWrongState struct {
	JobHash [32]byte
	State   uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DealWrongState(bytes32 jobHash, uint8 state)
func SettlementDealWrongStateErrorID() common.Hash {
	return common.HexToHash("0x91fb8020d889b88c822e0e759bf830bf6925bedd05e0a2f3b3776e7e2985d4a4")
}

// UnpackDealWrongStateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DealWrongState(bytes32 jobHash, uint8 state)
func (settlement *Settlement) UnpackDealWrongStateError(raw []byte) (*SettlementDealWrongState, error) {
	out := new(SettlementDealWrongState)
	if err := settlement.abi.UnpackIntoInterface(out, "DealWrongState", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementDepositAmountMismatch represents a DepositAmountMismatch error raised by the Settlement contract.
type SettlementDepositAmountMismatch struct {
	Expected *big.Int
	Held     *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DepositAmountMismatch(uint256 expected, uint256 held)
func SettlementDepositAmountMismatchErrorID() common.Hash {
	return common.HexToHash("0x231a88ba37b409bd43fa2a0a8b2690d72aa158dfba07ea831bcaf76910025303")
}

// UnpackDepositAmountMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DepositAmountMismatch(uint256 expected, uint256 held)
func (settlement *Settlement) UnpackDepositAmountMismatchError(raw []byte) (*SettlementDepositAmountMismatch, error) {
	out := new(SettlementDepositAmountMismatch)
	if err := settlement.abi.UnpackIntoInterface(out, "DepositAmountMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementInvalidShortString represents a InvalidShortString error raised by the Settlement contract.
type SettlementInvalidShortString struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidShortString()
func SettlementInvalidShortStringErrorID() common.Hash {
	return common.HexToHash("0xb3512b0c6163e5f0bafab72bb631b9d58cd7a731b082f910338aa21c83d5c274")
}

// UnpackInvalidShortStringError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidShortString()
func (settlement *Settlement) UnpackInvalidShortStringError(raw []byte) (*SettlementInvalidShortString, error) {
	out := new(SettlementInvalidShortString)
	if err := settlement.abi.UnpackIntoInterface(out, "InvalidShortString", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementOfferNotCreator represents a OfferNotCreator error raised by the Settlement contract.
type SettlementOfferNotCreator struct {
	Sender common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OfferNotCreator(address sender)
func SettlementOfferNotCreatorErrorID() common.Hash {
	return common.HexToHash("0x4a4e7831135cb01e810b3371ecf9949c88b056f054f085a7fcc05975bad26f8f")
}

// UnpackOfferNotCreatorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OfferNotCreator(address sender)
func (settlement *Settlement) UnpackOfferNotCreatorError(raw []byte) (*SettlementOfferNotCreator, error) {
	out := new(SettlementOfferNotCreator)
	if err := settlement.abi.UnpackIntoInterface(out, "OfferNotCreator", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementReentrancyGuardReentrantCall represents a ReentrancyGuardReentrantCall error raised by the Settlement contract.
type SettlementReentrancyGuardReentrantCall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ReentrancyGuardReentrantCall()
func SettlementReentrancyGuardReentrantCallErrorID() common.Hash {
	return common.HexToHash("0x3ee5aeb571de7fc460830b4d0017439a1ca56fb0bc39062227ade4fe4a24c1ca")
}

// UnpackReentrancyGuardReentrantCallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ReentrancyGuardReentrantCall()
func (settlement *Settlement) UnpackReentrancyGuardReentrantCallError(raw []byte) (*SettlementReentrancyGuardReentrantCall, error) {
	out := new(SettlementReentrancyGuardReentrantCall)
	if err := settlement.abi.UnpackIntoInterface(out, "ReentrancyGuardReentrantCall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Settlement contract.
type SettlementSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func SettlementSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (settlement *Settlement) UnpackSafeERC20FailedOperationError(raw []byte) (*SettlementSafeERC20FailedOperation, error) {
	out := new(SettlementSafeERC20FailedOperation)
	if err := settlement.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SettlementStringTooLong represents a StringTooLong error raised by the Settlement contract.
type SettlementStringTooLong struct {
	Str string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StringTooLong(string str)
func SettlementStringTooLongErrorID() common.Hash {
	return common.HexToHash("0x305a27a93f8e33b7392df0a0f91d6fc63847395853c45991eec52dbf24d72381")
}

// UnpackStringTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StringTooLong(string str)
func (settlement *Settlement) UnpackStringTooLongError(raw []byte) (*SettlementStringTooLong, error) {
	out := new(SettlementStringTooLong)
	if err := settlement.abi.UnpackIntoInterface(out, "StringTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}
