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
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"token_\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"sink_\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"bounds_\",\"type\":\"tuple\",\"internalType\":\"structBounds\",\"components\":[{\"name\":\"submitMin\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"submitMax\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"windowMin\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"windowMax\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"account\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"free\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"approve\",\"inputs\":[{\"name\":\"offer\",\"type\":\"tuple\",\"internalType\":\"structJobOffer\",\"components\":[{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"solver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"target\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"work\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"maxPrice\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"submitFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]}],\"outputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"bounds\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structBounds\",\"components\":[{\"name\":\"submitMin\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"submitMax\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"windowMin\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"windowMax\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"bumpEpoch\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"challenge\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"depositWithPermit\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"v\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"expire\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"open\",\"inputs\":[{\"name\":\"openings\",\"type\":\"tuple[]\",\"internalType\":\"structOpening[]\",\"components\":[{\"name\":\"offer\",\"type\":\"tuple\",\"internalType\":\"structJobOffer\",\"components\":[{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"solver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"target\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"work\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"maxPrice\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"submitFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"name\":\"deal\",\"type\":\"tuple\",\"internalType\":\"structDealTerms\",\"components\":[{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"name\":\"creatorSignature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"providerSignature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"outcome\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumState\"},{\"name\":\"path\",\"type\":\"uint8\",\"internalType\":\"enumPath\"},{\"name\":\"deadline\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"digest\",\"type\":\"bytes26\",\"internalType\":\"bytes26\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"resolve\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"providerSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"panel\",\"type\":\"tuple\",\"internalType\":\"structPanel\",\"components\":[{\"name\":\"members\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"drawn\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"threshold\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"name\":\"outcome_\",\"type\":\"uint8\",\"internalType\":\"enumOutcome\"},{\"name\":\"votes\",\"type\":\"tuple[]\",\"internalType\":\"structVote[]\",\"components\":[{\"name\":\"seat\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"outcome\",\"type\":\"uint8\",\"internalType\":\"enumOutcome\"},{\"name\":\"transcriptHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"signature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"reveal\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"providerSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"settle\",\"inputs\":[{\"name\":\"settlings\",\"type\":\"tuple[]\",\"internalType\":\"structSettling[]\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"judgeSignature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"sink\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"submit\",\"inputs\":[{\"name\":\"facts\",\"type\":\"tuple\",\"internalType\":\"structFacts\",\"components\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"head\",\"type\":\"tuple\",\"internalType\":\"structHead\",\"components\":[{\"name\":\"dealHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"tailHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"tail\",\"type\":\"tuple\",\"internalType\":\"structTail\",\"components\":[{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}]},{\"name\":\"providerSignature\",\"type\":\"tuple\",\"internalType\":\"structSignature\",\"components\":[{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIERC20\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"Approved\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Challenged\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"creatorSeed\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"audit\",\"type\":\"bool\",\"indexed\":false,\"internalType\":\"bool\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Closed\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"path\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumPath\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Deposited\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Drawn\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"providerSeed\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EpochBumped\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"indexed\":false,\"internalType\":\"uint32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Opened\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"price\",\"type\":\"uint80\",\"indexed\":false,\"internalType\":\"uint80\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"indexed\":false,\"internalType\":\"uint32\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Skipped\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"index\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"reason\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumReason\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Submitted\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"creator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"provider\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"resultHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"VerdictGiven\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"mediator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"outcome\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumOutcome\"},{\"name\":\"transcriptHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdrawn\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AccountInsufficientFunds\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"free\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"needed\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"CaseInvalidOutcome\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"CaseInvalidPanel\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"CaseInvalidSeat\",\"inputs\":[{\"name\":\"seat\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"CaseTooFewVotes\",\"inputs\":[{\"name\":\"votes\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"threshold\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ConfigInvalidBounds\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ConfigInvalidSink\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"DealFactsMismatch\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"DealInvalidSignature\",\"inputs\":[{\"name\":\"expected\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"DealNotJudge\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"DealSeedMismatch\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"DealTooEarly\",\"inputs\":[{\"name\":\"deadline\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"DealTooLate\",\"inputs\":[{\"name\":\"deadline\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"DealWrongState\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumState\"}]},{\"type\":\"error\",\"name\":\"DepositAmountMismatch\",\"inputs\":[{\"name\":\"expected\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"held\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"OfferNotCreator\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ReentrancyGuardReentrantCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]}]",
	ID:  "Settlement",
	Bin: "0x610220806040523461030e5780614b35803803809161001e8285610312565b833981010360c0811261030e578151916001600160a01b038316830361030e5760208101516001600160a01b0381169290919083830361030e57608090603f19011261030e5760405191608083016001600160401b038111848210176102fa5760405261008d60408301610335565b835261009b60608301610335565b602084019081526100c160a06100b360808601610335565b946040870195865201610335565b94606085019586526040516100d7604082610312565b60078152602081019066131a5b1e5c185960ca1b8252604051916100fc604084610312565b600183526020830191603160f81b835261011581610346565b6101205261012284610346565b61014052519020918260e05251902080610100524660a0526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261018b60c082610312565b5190206080523060c052156102eb5763ffffffff84511680159081156102da575b506102ba5763ffffffff83511680159081156102c9575b506102ba5763ffffffff8096948195938294610160526101805251166101a05251166101c05251166101e05251166102005260405161478390816103b28239608051816145af015260a05181614666015260c05181614580015260e051816145fe0152610100518161462401526101205181610e9d01526101405181610ec701526101605181818161012e0152818161022b01528181612362015261270f01526101805181818161049301526131df01526101a051818181611f91015261434301526101c051818181611fbe01526143ec01526101e051818181611feb0152614728015261020051818181612012015261475e0152f35b6338ee6c4560e11b5f5260045ffd5b905063ffffffff865116105f6101c3565b905063ffffffff825116105f6101ac565b63121098f960e11b5f5260045ffd5b634e487b7160e01b5f52604160045260245ffd5b5f80fd5b601f909101601f19168101906001600160401b038211908210176102fa57604052565b519063ffffffff8216820361030e57565b601f815111610371576020815191015160208210610362571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fdfe6080806040526004361015610012575f80fd5b5f905f3560e01c9081632f2219d7146129f25750806347e7ef24146126ca5780634a970be71461231f5780634caa3af1146121ac57806354fade4a146120515780635843a5ad14611f2d57806363b0e6fc14611db65780636ddf92d814611c595780636f29266e1461101e57806373b9aa9114610f9b57806384b0196e14610e655780638d54087114610ae7578063995259e0146108be578063a5ff813f146104b7578063c74e820e14610448578063d6044f1d14610352578063f3fef3a3146101555763fc0c546a146100e4575f80fd5b3461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261015257602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b50346101525760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101525761018d612b18565b90602435610199614043565b33825260026020526040822054926fffffffffffffffffffffffffffffffff84169382851061031e57906101ee8373ffffffffffffffffffffffffffffffffffffffff936101e9888311156133b9565b6134ad565b3385526002602052604085205516806040518381527fd1c19fbcd4551a5edfb66d43d2e337c04837afda3482b42bdf569a8fccdae5fb60203392a37f000000000000000000000000000000000000000000000000000000000000000091604051917fa9059cbb00000000000000000000000000000000000000000000000000000000855260045260245260208360448180865af19060018451148216156102fe575b50156102bd5750807f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d80f35b7f5274afe700000000000000000000000000000000000000000000000000000000825273ffffffffffffffffffffffffffffffffffffffff16600452602490fd5b60018215166103165750813b15153d15161683610290565b3d84823e3d90fd5b50506064927f227517b800000000000000000000000000000000000000000000000000000000835233600452602452604452fd5b503461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101525733815260026020526040812054600163ffffffff8260801c16019063ffffffff821161041b576fffffffffffffffffffffffffffffffff73ffffffff0000000000000000000000000000000091169160801b1617338252600260205280604083205563ffffffff6040519160801c1681527fbc7615cbce9752722e14fcacdaf50d25cbe1d0e09022838e25b5736cc7a02a1960203392a280f35b6024837f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b503461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261015257602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101525760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101525760043567ffffffffffffffff81116108ba57366023820112156108ba5780600401359067ffffffffffffffff82116108b6573660246103c08402830101116108b65760405190835b838110156108b2576103c0810282016024810160405160208101907f8adbc51c429b7545ecb1ad2da5c7baf26f11a6ab7ff123c34ee62c636428502682526102a0836040830137886102e08201526102c0815261058e6102e082612cec565b519020917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc813603016102a081126108aa57604051906102a0820182811067ffffffffffffffff82111761087d576040526105e884612b3b565b82526105f660448401612b3b565b602083015261060760648401612b3b565b604083015261061860848401612b3b565b606083015260a4830135608083015260c483013560a083015260e483013560c08301526106486101048401612d2d565b60e083015261065a6101248401612d44565b61010083015261066d6101448401612d44565b6101208301526106806101648401612d44565b6101408301526106936101848401612d44565b6101608301526106a66101a48401612d44565b6101808301526106b96101c48401612d5d565b6101a08301526106cc6101e48401612fd4565b6101c08301526106df6102048401612fd4565b6101e08301526106f26102248401612fd4565b6102008301526107056102448401612fd4565b6102208301526107186102648401612fd4565b61024083015261028483013567ffffffffffffffff811681036108ae5760a0917ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd609161026085015261076d6102a48601612fe5565b61028085015201126108aa576040519160a0830183811067ffffffffffffffff82111761087d576103446107f4959493926107e9926040526107b26102c48201612b3b565b85526107c16102e48201612d2d565b602086015261030481013560408601526107de6103248201612fd4565b606086015201612fe5565b608083015284613a93565b601381101561085057908160019392610814575b5050836040520161052f565b6108467f0876d5d31058414c3c38b5ec1ab014a03cb4668e98ff56a8c3c451561379bb94916040519182918683612c35565b0390a25f80610808565b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b60248b7f4e487b710000000000000000000000000000000000000000000000000000000081526041600452fd5b8880fd5b8a80fd5b8480f35b8280fd5b5080fd5b5034610152576108cd36612b5c565b813590818452600360205260408420546108e6816133aa565b916007831015928361085057600281108015610ada575b610aa55760408601926109103685612e99565b94610a785764ffffffffff906109466002841495865f14610a6c578a80975b15610a5e575061093e9061387c565b82888b613964565b60d01c1680421115610a335750908361095e92613a13565b918560a060405161096e81612cb4565b828152826020820152826040820152826060820152826080820152015260e08501359469ffffffffffffffffffff8616809603610a2f57610a2c956bffffffffffffffffffffffff82816109c8610100610a269601612f72565b91816109d76101208301612f72565b816109f26102006109eb6101c08701612f72565b9501612f72565b9560405198610a008a612cb4565b89521660208801521660408601521660608401521660808201528760a0820152846134ba565b93613778565b80f35b8680fd5b7f63661a77000000000000000000000000000000000000000000000000000000008852600452602487fd5b610a6791613324565b61093e565b60208a0135809761092f565b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b86610ad8604492877f91fb8020000000000000000000000000000000000000000000000000000000008452600452612b99565bfd5b50869350600681146108fd565b5034610152577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016102c081126108ba57610280136101525760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd7c36011261015257610b5436612d6c565b610160604051610b648282612cec565b610140815283602082019236610184116108ba5761014060448537820152519020600435908184526003602052604084205490610ba0826133aa565b6007811015610e3857600203610dfc5790610bc464ffffffffff9282866004613964565b60d01c16804211610dd157508151906024359160405160208101917fd405cb5057c5e299a3c66b946143656130e0e122a25d26b4d2822835ccc10a188352604082015283606082015260608152610c1c608082612cec565b519020916080840192610cb9604273ffffffffffffffffffffffffffffffffffffffff86511692610c4b614569565b90604051917f1901000000000000000000000000000000000000000000000000000000000000835260028301526022820152206102a4357f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff81169160ff601b6102843593821c01169061468c565b506004819392931015610a7857159182610db1575b505015610d6e576102243563ffffffff811691828203610a2f5773ffffffffffffffffffffffffffffffffffffffff806040610d2e7ff5b7103081824e59a595991c93e33f4446b4f4f69eff37257139fdf4d2f727f69682965042612f57565b98610d38856132f4565b60301c64ffffffffff8b1660d01b600360f81b1717888c526003602052828c20550151169551169582519182526020820152a480f35b60248573ffffffffffffffffffffffffffffffffffffffff8551167f92d20004000000000000000000000000000000000000000000000000000000008252600452fd5b73ffffffffffffffffffffffffffffffffffffffff161490505f80610cce565b7f3258a672000000000000000000000000000000000000000000000000000000008452600452602483fd5b604485610ad885610e0c866133aa565b907f91fb8020000000000000000000000000000000000000000000000000000000008452600452612b99565b6024867f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b503461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261015257610f3f90610ec17f000000000000000000000000000000000000000000000000000000000000000061419f565b90610eeb7f000000000000000000000000000000000000000000000000000000000000000061419f565b906020610f4d60405193610eff8386612cec565b8385525f3681376040519687967f0f00000000000000000000000000000000000000000000000000000000000000885260e08589015260e0880190612bb4565b908682036040880152612bb4565b904660608601523060808601528260a086015284820360c08601528080855193848152019401925b828110610f8457505050500390f35b835185528695509381019392810192600101610f75565b50346101525760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610152576040809173ffffffffffffffffffffffffffffffffffffffff610fec612b18565b1681526002602052205463ffffffff8251916fffffffffffffffffffffffffffffffff8116835260801c166020820152f35b5034610152577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161032081126108ba5761028013610152576102c4356102a4356102843567ffffffffffffffff8311611c5557826004019160607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc8536030112611b095760056102e4351015611b0957610304359367ffffffffffffffff8511611c515736602386011215611c515767ffffffffffffffff856004013511611c515736602460a087600401350287010111611c51576110fe36612d6c565b9261110a6024356132f4565b60043588526003602052604088205490611123826133aa565b6007811015611c2457600503611be7579061114764ffffffffff9282886004613964565b60d01c16804211611bbc575061117c73ffffffffffffffffffffffffffffffffffffffff6080860151166101a4359085613371565b6102e43515611b945761119b611192828661332d565b6102e4356133ed565b928451604051916020830193845260408301526060820152606081526111c2608082612cec565b519020936111d0818061343e565b6111dc60248501612f64565b6111e860448601612f64565b9167ffffffffffffffff811161087d5760405161122d601f83017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200182612cec565b81815260208101908c36848801116101525760208460ff9561128499863783010152519020928160405193602085019586521660408401521660608201526060815261127a608082612cec565b519020918061343e565b9161129160148404614150565b92601481046014808304020460141460148204151715611b67576014808204028114928a805b6014840482106119fc57505050506101843514908115916119f3575b5080156119e8575b80156119cf575b80156119aa575b801561197f575b6119575760ff61130260248401612f64565b1690805161130f83614150565b96895b84811061188857505050505060ff61132e604485519301612f64565b169086908790885b886004013581106115f8575050508181106115ca5750506101e4356bffffffffffffffffffffffff811690818103610a2f5750835190811561159d570491846004013583029183830486600401351484151715611570578660a060405161139c81612cb4565b828152826020820152826040820152826060820152826080820152015260e4359269ffffffffffffffffffff841680940361156c5761010435936bffffffffffffffffffffffff851694858103611568575061012435916bffffffffffffffffffffffff8316928381036108ae57506101c435926bffffffffffffffffffffffff841693848103611564575061020435936bffffffffffffffffffffffff851691828603611560576114889861147b96506040519561145a87612cb4565b8652602086015260408501526060840152608083015260a0820152826134ba565b9160243590600435613778565b835b83600401358110611499578480f35b73ffffffffffffffffffffffffffffffffffffffff6114d460ff6114cd6114c885896004013560248b01612f8b565b612f64565b1685612f9b565b5116906114e1838361382b565b60206114f582876004013560248901612f8b565b0135916005831015610a2f57600192604061151884896004013560248b01612f8b565b01356115276040518093612faf565b60208201528460408201527f47d8d86ece715b84a6d6c701cf0509d6777b8190379ac4caa1b7b32a3150a094606060043592a30161148a565b8c80fd5b8b80fd5b8980fd5b8780fd5b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526012600452fd5b7fb96c79b7000000000000000000000000000000000000000000000000000000008752600452602452604485fd5b61160a818a6004013560248c01612f8b565b9260ff61161685612f64565b16108015611871575b61183a57602083013560058110156108ae5780156118125760ff61164285612f64565b16600181018091116117e557936116ec60405160208101907f0a7e8f61814906426ef99c10e4a6753bdfceffe51356853c744604189fef10f5825286604082015260243560608201526116986080820186612faf565b604084013560a082015260a081526116b160c082612cec565b51902073ffffffffffffffffffffffffffffffffffffffff6116df8d60ff6116d887612f64565b1690612f9b565b51169060608401906138b2565b1561179457508a611767576102e43514611709575b600101611336565b927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff811461173a5760010192611701565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b60248b7f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b8b73ffffffffffffffffffffffffffffffffffffffff6117bb8c60ff6116d8602496612f64565b51167f92d20004000000000000000000000000000000000000000000000000000000008252600452fd5b60248c7f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b60048b7f85f0107c000000000000000000000000000000000000000000000000000000008152fd5b60248a60ff61184886612f64565b7f7b4f523100000000000000000000000000000000000000000000000000000000835216600452fd5b5061187b83612f64565b60ff89519116101561161f565b6040516020810190838252826040820152604081526118a8606082612cec565b5190206118b582856134ad565b90811561192a57600192916118cb910682612f57565b73ffffffffffffffffffffffffffffffffffffffff6118ea8288612f9b565b51169061191873ffffffffffffffffffffffffffffffffffffffff61190f858a612f9b565b51169188612f9b565b52611923828c612f9b565b5201611312565b60248d7f4e487b710000000000000000000000000000000000000000000000000000000081526012600452fd5b6004877f6a6825cc000000000000000000000000000000000000000000000000000000008152fd5b5061198c60448301612f64565b6101fe60ff61199d60248601612f64565b169160011b1611156112f0565b506119b760448301612f64565b60ff806119c660248601612f64565b169116116112e9565b506119dc60248301612f64565b60ff82519116116112e2565b5060208151116112db565b9050155f6112d3565b6014820282810460141483151715611b3a5760018301808411611b0d57601481029080820460141490151715611b0d5790818f9493928211611b0957868111611b095781900393508401357fffffffffffffffffffffffffffffffffffffffff00000000000000000000000081169360148110611abc575b505073ffffffffffffffffffffffffffffffffffffffff168260601c1115611ab4575b6001908260601c9260601c611aac828a612f9b565b5201906112b7565b8c9550611a97565b73ffffffffffffffffffffffffffffffffffffffff929450907fffffffffffffffffffffffffffffffffffffffff000000000000000000000000809260140360031b1b161692905f611a74565b8480fd5b60248f7f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b60248e7f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b60248a7f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b6004877f85f0107c000000000000000000000000000000000000000000000000000000008152fd5b7f3258a672000000000000000000000000000000000000000000000000000000008852600452602487fd5b604489610ad8611bf6856133aa565b7f91fb8020000000000000000000000000000000000000000000000000000000008352600435600452612b99565b60248a7f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b8580fd5b8380fd5b50346101525760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261015257808160043583526003602052604083205492611ca4846133aa565b926007841015611d895760068403611d4b575064ffffffffff8460d01c1690600d821015611d1e57509264ffffffffff7fffffffffffffffffffffffffffffffffffffffffffffffffffff00000000000092611d0d6080965b6040519687526020870190612ba7565b16604084015260301b166060820152f35b807f4e487b7100000000000000000000000000000000000000000000000000000000602492526021600452fd5b7fffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000925084915064ffffffffff90611d0d8260809760d01c1691611cfd565b6024827f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b5034610152576102a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101525760043573ffffffffffffffffffffffffffffffffffffffff81168091036108ba573303611f015760405160208101907f8adbc51c429b7545ecb1ad2da5c7baf26f11a6ab7ff123c34ee62c636428502682526102a060046040830137826102e08201526102c08152611e5b6102e082612cec565b519020908181526003602052611e7460408220546133aa565b6007811015611d895780611ecf57506020918160301c8260d01b600160f81b171781835260038452604083205560405191817f90b535106f433f3869de4725076776361dc9946b091db11206fa1b526a85ecd4339280a38152f35b610ad8906044937f91fb8020000000000000000000000000000000000000000000000000000000008452600452612b99565b807f4a4e7831000000000000000000000000000000000000000000000000000000006024925233600452fd5b503461015257807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610152576060604051611f6a81612c4e565b82815282602082015282604082015201526080604051611f8981612c4e565b63ffffffff807f00000000000000000000000000000000000000000000000000000000000000001691828152816020820191817f00000000000000000000000000000000000000000000000000000000000000001683528160606040830192827f00000000000000000000000000000000000000000000000000000000000000001684520193817f0000000000000000000000000000000000000000000000000000000000000000168552604051968752511660208601525116604084015251166060820152f35b50346101525761206036612b5c565b90604081019161207f6120733685612e99565b93602084013590613324565b9282359283865260036020526040862054612099816133aa565b6007811015610a785760040361219c57806120bc8764ffffffffff938686613964565b60d01c16804211612171575073ffffffffffffffffffffffffffffffffffffffff9392848060408561213a63ffffffff612133610260859961212d60807f4999a89d0a7e482510bf9ba0f2382da76c31c76a2f53e91a84b366e586bd38039d019e8f51166101a0830135908c613371565b01612f46565b1642612f57565b9960301c64ffffffffff8b1660d01b600560f81b1717888c526003602052828c20550151169551169582519182526020820152a480f35b7f3258a672000000000000000000000000000000000000000000000000000000008752600452602486fd5b86610ad886610e0c6044946133aa565b5034610152576121bb36612b5c565b60408201906121d96121cd3684612e99565b92602085013590613324565b90833591828652600360205260408620546121f3816133aa565b6007811015610a785760030361230f57806122168364ffffffffff93888a613964565b60d01c16804211612171575073ffffffffffffffffffffffffffffffffffffffff60608501511633036122e3578160609161228763ffffffff6121336102406122807f1ba04a4b144967c129ddd3d20523d58cfabd67035c8da250e4579fbd9faeddaa988b61332d565b9a01612f46565b9060301c64ffffffffff821660d01b600460f81b17178589526003602052604089205573ffffffffffffffffffffffffffffffffffffffff6080816040890151169701511696604051928352151560208301526040820152a480f35b6024867feb5cb06500000000000000000000000000000000000000000000000000000000815233600452fd5b86610ad885610e0c6044946133aa565b50346126155760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126126155760043560443560ff8116809103612615577f00000000000000000000000000000000000000000000000000000000000000009073ffffffffffffffffffffffffffffffffffffffff821690813b1561261557604051907fd505accf0000000000000000000000000000000000000000000000000000000082523360048301523060248301528460448301526024356064830152608482015260643560a482015260843560c48201525f8160e48183865af16126b5575b5061240e614043565b604051907f70a08231000000000000000000000000000000000000000000000000000000008252306004830152602082602481845afa9182156126aa578592612676575b50604051927f23b872dd00000000000000000000000000000000000000000000000000000000865233600452306024528460445260208660648180855af1906001875114821615612657575b5083604052856060521561262c57826024816020937f70a082310000000000000000000000000000000000000000000000000000000082523060048301525afa9182156126215784926125e9575b506124f78382612f57565b82036125b157506fffffffffffffffffffffffffffffffff81116125725750612520813361382b565b6040519081527f2da466a7b24304f47e87fa2e1e5a81b9831ce54fec19055ce277ca2f39ba42c460203392a2807f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d80f35b7f231a88ba0000000000000000000000000000000000000000000000000000000083526fffffffffffffffffffffffffffffffff600452602452604482fd5b604493926125be91612f57565b7f231a88ba000000000000000000000000000000000000000000000000000000008352600452602452fd5b9091506020813d602011612619575b8161260560209383612cec565b810103126126155751905f6124ec565b5f80fd5b3d91506125f8565b6040513d86823e3d90fd5b7f5274afe7000000000000000000000000000000000000000000000000000000008552600452602484fd5b600182151661266d573b15153d1516165f61249e565b843d88823e3d90fd5b9091506020813d6020116126a2575b8161269260209383612cec565b810103126126155751905f612452565b3d9150612685565b6040513d87823e3d90fd5b6126c29194505f90612cec565b5f925f612405565b346126155760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261261557612701612b18565b6024359061270d614043565b7f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff8116604051907f70a08231000000000000000000000000000000000000000000000000000000008252306004830152602082602481845afa918215612969575f926129be575b50604051927f23b872dd000000000000000000000000000000000000000000000000000000005f5233600452306024528560445260205f60648180855af19060015f511482161561299f575b50836040525f6060521561297457826024816020937f70a082310000000000000000000000000000000000000000000000000000000082523060048301525afa918215612969575f92612935575b5061282e8482612f57565b82036128fd57506fffffffffffffffffffffffffffffffff81116128be5750602073ffffffffffffffffffffffffffffffffffffffff82612890857f2da466a7b24304f47e87fa2e1e5a81b9831ce54fec19055ce277ca2f39ba42c49561382b565b6040519485521692a25f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d005b7f231a88ba000000000000000000000000000000000000000000000000000000005f526fffffffffffffffffffffffffffffffff60045260245260445ffd5b8361290791612f57565b7f231a88ba000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b9091506020813d602011612961575b8161295160209383612cec565b8101031261261557519084612823565b3d9150612944565b6040513d5f823e3d90fd5b7f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b60018215166129b5573b15153d151616866127d5565b843d5f823e3d90fd5b9091506020813d6020116129ea575b816129da60209383612cec565b8101031261261557519085612789565b3d91506129cd565b346126155760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126126155760043567ffffffffffffffff811161261557366023820112156126155780600401359167ffffffffffffffff8311612615576024820191602436916101e08602010111612615575f5b838110612a7357005b612a86612a81828686612bf7565b612ff7565b906013821015612aeb5781600192612aa4575b508260405201612a6a565b7f0876d5d31058414c3c38b5ec1ab014a03cb4668e98ff56a8c3c451561379bb94612ae2612ad3848989612bf7565b35926040519182918683612c35565b0390a285612a99565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b6004359073ffffffffffffffffffffffffffffffffffffffff8216820361261557565b359073ffffffffffffffffffffffffffffffffffffffff8216820361261557565b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc016102a081126126155761028013612615576004906102843590565b6007811015612aeb57602452565b90600d821015612aeb5752565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b9190811015612c08576101e0020190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b908152604081019291906013821015612aeb5760200152565b6080810190811067ffffffffffffffff821117612c6a57604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b610140810190811067ffffffffffffffff821117612c6a57604052565b60c0810190811067ffffffffffffffff821117612c6a57604052565b6060810190811067ffffffffffffffff821117612c6a57604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117612c6a57604052565b359069ffffffffffffffffffff8216820361261557565b35906bffffffffffffffffffffffff8216820361261557565b359061ffff8216820361261557565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffbc6101409101126126155760405190612da482612c97565b816044358152606435602082015260843573ffffffffffffffffffffffffffffffffffffffff8116810361261557604082015260a43573ffffffffffffffffffffffffffffffffffffffff8116810361261557606082015260c43573ffffffffffffffffffffffffffffffffffffffff8116810361261557608082015260e43569ffffffffffffffffffff811681036126155760a0820152610104356bffffffffffffffffffffffff811681036126155760c0820152610124356bffffffffffffffffffffffff811681036126155760e08201526101443561ffff811681036126155761010082015261012061016435910152565b91908261014091031261261557604051612eb281612c97565b6101208082948035845260208101356020850152612ed260408201612b3b565b6040850152612ee360608201612b3b565b6060850152612ef460808201612b3b565b6080850152612f0560a08201612d2d565b60a0850152612f1660c08201612d44565b60c0850152612f2760e08201612d44565b60e0850152612f396101008201612d5d565b6101008501520135910152565b3563ffffffff811681036126155790565b9190820180921161173a57565b3560ff811681036126155790565b356bffffffffffffffffffffffff811681036126155790565b9190811015612c085760a0020190565b8051821015612c085760209160051b010190565b906005821015612aeb5752565b67ffffffffffffffff8111612c6a5760051b60200190565b359063ffffffff8216820361261557565b359064ffffffffff8216820361261557565b60a081016130053682612e99565b90823590815f52600360205260405f205490613020826133aa565b600781101580612aeb576002821491821590816132e5575b82826132d3575b50506132c757612aeb577fffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000918291156132b35761307b9061387c565b169160301b16036132ab57610100820161ffff81511661324a575b5061311982519360208101359460405160208101917fdac858a741d99b5936d85ee9aabac685fa70362b5adb5c84e424f06d674c01a38352604082015286606082015260408301356080820152608081526130f260a082612cec565b519020606073ffffffffffffffffffffffffffffffffffffffff81870151169201906138b2565b156132425773ffffffffffffffffffffffffffffffffffffffff8061317469ffffffffffffffffffff60a0860151166bffffffffffffffffffffffff60c0870151166bffffffffffffffffffffffff60e0880151169161411e565b7f06000000000000000000000000000000000000000000000000000000000000008660301c600160d01b1717845f52600360205260405f205561320360408060808801976131c7868a511686519061382b565b01926131db8585511660208301519061382b565b01517f000000000000000000000000000000000000000000000000000000000000000061382b565b5193516040519216949316928160409160017fa36bd050ad7cf72f96af27a986cb10d47919f0ccb1922c37fcaaa51fd0a190af94526020820152a45f90565b505050601290565b604084013561327373ffffffffffffffffffffffffffffffffffffffff604086015116826140b7565b6020850151036132a15761328f9161ffff8551915116916140ed565b613299575f613096565b505050601190565b5050505050601090565b505050600f90565b6132c290602088013590613324565b61307b565b50505050505050600890565b909150612aeb57600414155f8261303f565b5f925060038114159150613038565b6132fe604461387c565b90604051906020820192835260408201526040815261331e606082612cec565b51902090565b6132fe9061387c565b9061336e9161335c73ffffffffffffffffffffffffffffffffffffffff60408301511660208301519084613371565b61ffff610100825192015116916140ed565b90565b9061337b916140b7565b0361338257565b7fc67600a8000000000000000000000000000000000000000000000000000000005f5260045ffd5b60f81c6007811015612aeb5790565b156133c057565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52600160045260245ffd5b906005821015612aeb576001821461342d575060028114613427576003811461342157600461341c91146133b9565b600a90565b50600990565b50600890565b15905061343957600790565b600690565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe181360301821215612615570180359067ffffffffffffffff82116126155760200191813603831361261557565b6040519061349c82612cd0565b5f6040838281528260208201520152565b9190820391821161173a57565b91906134c461348f565b92600d81101580612aeb5760018214801561376c575b81811561375c575b501561350357505061336e919250805190604060208201519101519161411e565b612aeb576003810361352e57508061352360209251604083015190612f57565b845201516040830152565b60048103613587575080604061358092015161355060608301918251906134ad565b855261357260806135678451602086015190612f57565b930192835190612f57565b6020860152519051906134ad565b6040830152565b600581036135c657508060406135a66135809351602084015190612f57565b916135b76080820193845190612f57565b602087015201519051906134ad565b600b81036136095750806135e6613602925160011c604083015190612f57565b845260206135f982518060011c906134ad565b91015190612f57565b6020830152565b91925061361461348f565b9160a0820190815160011c90600681145f1461365657505060208261364261364e9451604083015190612f57565b855201519051906134ad565b604082015290565b6007810361367e5750506020826136426136769451604083015190612f57565b602082015290565b600881036136b65750806020846136a56136b0946101e96136769851604085015190612f57565b8752015192516134ad565b906134ad565b9192916009810361370d5750613676926136b0826136fe6136de6137059560408801516134ad565b956136ef60808201978851906134ad565b89526020815191015190612f57565b92516134ad565b905190612f57565b613754915092613722600a61364e95146133b9565b60406137348451602086015190612f57565b936137456080820195865190612f57565b602088015201519051906134ad565b9051906134ad565b9050612aeb57600c8214816134e2565b50505f600282146134da565b9193929092600d821015612aeb577fa36bd050ad7cf72f96af27a986cb10d47919f0ccb1922c37fcaaa51fd0a190af9173ffffffffffffffffffffffffffffffffffffffff806040937f06000000000000000000000000000000000000000000000000000000000000008960301c8560d01b1717875f526003602052855f2055613811858060808b019a6131c7868d511686519061382b565b51169551169561382383518093612ba7565b6020820152a4565b81156138785773ffffffffffffffffffffffffffffffffffffffff165f52600260205260405f2061387563ffffffff61386683549485612f57565b9360801c168360801c146133b9565b55565b5050565b6040516101609161388d8383612cec565b6101408252602082019236610140830111612615576101405f92853782015251902090565b90604261392e926138c1614569565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522060208201359060ff601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8416943593821c01169061468c565b506004811015612aeb5715918261394457505090565b73ffffffffffffffffffffffffffffffffffffffff919250811691161490565b927fffffffffffffffffffffffffffffffffffffffffffffffffffff0000000000008091939293169160301b1614159081156139cf575b506139a35750565b7f2c6d445a000000000000000000000000000000000000000000000000000000005f523560045260245ffd5b90506101206040516139e18282612cec565b610100815260208101903661028086011161261557610100610180860183375f8382015251902091015114155f61399b565b9190916007811015612aeb5760028114613a8b5760038114613a7257600414613a6b5761ffff6101008301511615159182613a5a575b505015613a5557600c90565b600b90565b613a64925061332d565b5f80613a49565b5050600590565b5050610100015161ffff16613a8657600290565b600390565b505050600490565b9092613a9f83856141f6565b6013811015612aeb578061403b5750815f526003602052613ac360405f20546133aa565b9360078510159081612aeb578515958615908161402c575b506140215773ffffffffffffffffffffffffffffffffffffffff8151165f52600260205260405f209073ffffffffffffffffffffffffffffffffffffffff8651165f52600260205260405f209282549363ffffffff6102408401511663ffffffff8660801c1603614013578054606089019463ffffffff86511663ffffffff8360801c1603614003576fffffffffffffffffffffffffffffffff60208b019b69ffffffffffffffffffff8d511695613ba86101808901976bffffffffffffffffffffffff89511690612f57565b99613bc86101008a019b6bffffffffffffffffffffffff8d511690612f57565b9384911610613ff0576101208801946fffffffffffffffffffffffffffffffff6bffffffffffffffffffffffff875116911610613fdd57612aeb5780613fb0575b613f9f57613c8c8b9961038073ffffffffffffffffffffffffffffffffffffffff8d60405160208101917f50563abf5206bacc49a99d8ed2c2a043cbd210e21f1d33faa42f227e796a31088352604082015260a06102a0860160608301375f61010082015260e08152613c7e61010082612cec565b5190209c511691018b6138b2565b15613f8e578b986101c087015163ffffffff164290613caa91612f57565b988c60a08901519b89604083019d8e516101408301516bffffffffffffffffffffffff166101608401516bffffffffffffffffffffffff168d516bffffffffffffffffffffffff166101e086015163ffffffff169061020087015163ffffffff169261022088015163ffffffff1694604051966020880198895260408801526060870152608086015260a085015260c084015260e08301526101008201526101008152613d5961012082612cec565b5190209260c082015194825173ffffffffffffffffffffffffffffffffffffffff1693602084015173ffffffffffffffffffffffffffffffffffffffff16925173ffffffffffffffffffffffffffffffffffffffff16905169ffffffffffffffffffff1691516bffffffffffffffffffffffff16928b516bffffffffffffffffffffffff16946101a0015161ffff16956040519860208a019a8b5260408a01526060890152608088015260a087015260c086015260e08501526101008401526101208301526101408201526101408152613e3561016082612cec565b51902060301c64ffffffffff891660d01b600260f81b17178a5f52600360205260405f20558154906fffffffffffffffffffffffffffffffff8216811115613e7c906133b9565b613e85916134ad565b9055815490516bffffffffffffffffffffffff16613eb76fffffffffffffffffffffffffffffffff83168211156133b9565b613ec0916134ad565b9055604082015173ffffffffffffffffffffffffffffffffffffffff1690516bffffffffffffffffffffffff16613ef69161382b565b5173ffffffffffffffffffffffffffffffffffffffff1694805173ffffffffffffffffffffffffffffffffffffffff16965169ffffffffffffffffffff169351915163ffffffff16906080015164ffffffffff1691604051948552602085015260408401526060830152608082015260a07f8fc97d69b73e07b415a84638db8523581d8113f7810eba3668c9d266570c466591a45f90565b505050505050505050505050600e90565b505050505050505050505050600d90565b50613fd773ffffffffffffffffffffffffffffffffffffffff8751166103408b018c6138b2565b15613c09565b5050505050505050505050505050600c90565b5050505050505050505050505050600b90565b5050505050505050505050600a90565b505050505050505050600990565b505050505050600890565b92505060015f9214155f613adb565b935050505090565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c61408f5760017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d565b7f3ee5aeb5000000000000000000000000000000000000000000000000000000005f5260045ffd5b9073ffffffffffffffffffffffffffffffffffffffff60405191602083019384521660408201526040815261331e606082612cec565b6127109061ffff926040519060208201928352604082015260408152614114606082612cec565b5190200691161190565b91614132919261412c61348f565b50612f57565b906040519161414083612cd0565b825260208201525f604082015290565b9061415a82612fbc565b6141676040519182612cec565b8281527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe06141958294612fbc565b0190602036910137565b60ff811690601f82116141ce57604051916141bb604084612cec565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b90604082019073ffffffffffffffffffffffffffffffffffffffff82511680155f14614561575073ffffffffffffffffffffffffffffffffffffffff606084015116155b6145595773ffffffffffffffffffffffffffffffffffffffff6060840151168015159081614537575b5061452f5773ffffffffffffffffffffffffffffffffffffffff83511673ffffffffffffffffffffffffffffffffffffffff825116146145275764ffffffffff6102808401511642118015614513575b613a8b57602069ffffffffffffffffffff9101511669ffffffffffffffffffff60e08401511610613a6b576bffffffffffffffffffffffff61016083015116906bffffffffffffffffffffffff6101008401511682111591826144d6575b50816144a4575b81614472575b8161445b575b81614419575b50156144135763ffffffff6101c08201511663ffffffff7f00000000000000000000000000000000000000000000000000000000000000001681109081156143e3575b506143dd5761438663ffffffff6101e08301511661471b565b159081156143c0575b81156143a4575b5061439f575f90565b600790565b61022001516143b9915063ffffffff1661471b565b155f614396565b90506143d663ffffffff6102008301511661471b565b159061438f565b50600790565b905063ffffffff7f000000000000000000000000000000000000000000000000000000000000000016105f61436d565b50600690565b5173ffffffffffffffffffffffffffffffffffffffff161580159150614440575b5f61432a565b506bffffffffffffffffffffffff610180820151161561443a565b905061271061ffff6101a084015116111590614324565b90506bffffffffffffffffffffffff610140830151166bffffffffffffffffffffffff6101208401511610159061431e565b90506bffffffffffffffffffffffff610180830151166bffffffffffffffffffffffff61014084015116101590614318565b6144f69192506bffffffffffffffffffffffff6101808501511690612f57565b6bffffffffffffffffffffffff610120840151161015905f614311565b5064ffffffffff60808201511642116142b3565b505050600390565b505050600290565b905073ffffffffffffffffffffffffffffffffffffffff82511614155f614263565b505050600190565b33141561423a565b73ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016301480614663575b156145d1577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a0815261331e60c082612cec565b507f000000000000000000000000000000000000000000000000000000000000000046146145a8565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411614710579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15612969575f5173ffffffffffffffffffffffffffffffffffffffff81161561470657905f905f90565b505f906001905f90565b5050505f9160039190565b63ffffffff1663ffffffff7f0000000000000000000000000000000000000000000000000000000000000000168110159081614755575090565b905063ffffffff7f00000000000000000000000000000000000000000000000000000000000000001610159056",
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
	Price    *big.Int
	SeedHash [32]byte
	Epoch    uint32
	Expiry   *big.Int
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
// Solidity: event Opened(bytes32 indexed jobHash, address indexed creator, address indexed provider, uint80 price, bytes32 seedHash, uint32 epoch, uint40 expiry, uint256 deadline)
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
