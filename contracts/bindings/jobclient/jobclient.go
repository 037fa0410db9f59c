// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package jobclient

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

// Outputs is an auto generated low-level Go binding around an user-defined struct.
type Outputs struct {
	Plain         [32]byte
	Blob          [32]byte
	Size          uint64
	Status        uint8
	HardwareClass [32]byte
}

// JobClientMetaData contains all meta data concerning the JobClient contract.
var JobClientMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"deliver\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"outputs\",\"type\":\"tuple\",\"internalType\":\"structOutputs\",\"components\":[{\"name\":\"plain\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"blob\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"size\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumStatus\"},{\"name\":\"hardwareClass\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[{\"name\":\"delivered\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"deliveryGas\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"judge\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"settlement\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractISettlement\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"stageOf\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint8\",\"internalType\":\"enumIJobClient.Stage\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"take\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"outputs\",\"type\":\"tuple\",\"internalType\":\"structOutputs\",\"components\":[{\"name\":\"plain\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"blob\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"size\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumStatus\"},{\"name\":\"hardwareClass\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"path\",\"type\":\"uint8\",\"internalType\":\"enumPath\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"Delivered\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"path\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumPath\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"DeliveryFailed\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"reason\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Ordered\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"offer\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structJobOffer\",\"components\":[{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"solver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"target\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"work\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"maxPrice\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"submitFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"JobNotFinal\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumState\"}]},{\"type\":\"error\",\"name\":\"JobNotSelf\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"JobTooLittleGas\",\"inputs\":[{\"name\":\"given\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"needed\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"JobWrongJudge\",\"inputs\":[{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"JobWrongOutputs\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"JobWrongStage\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"stage\",\"type\":\"uint8\",\"internalType\":\"enumIJobClient.Stage\"}]}]",
	ID:  "JobClient",
}

// JobClient is an auto generated Go binding around an Ethereum contract.
type JobClient struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *JobClient) GetABI() abi.ABI {
	return c.abi
}

// NewJobClient creates a new instance of JobClient.
func NewJobClient() *JobClient {
	parsed, err := JobClientMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &JobClient{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *JobClient) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackDeliver is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2d04cc43.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deliver(bytes32 jobHash, (bytes32,bytes32,uint64,uint8,bytes32) outputs) returns(bool delivered)
func (jobClient *JobClient) PackDeliver(jobHash [32]byte, outputs Outputs) []byte {
	enc, err := jobClient.abi.Pack("deliver", jobHash, outputs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeliver is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2d04cc43.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deliver(bytes32 jobHash, (bytes32,bytes32,uint64,uint8,bytes32) outputs) returns(bool delivered)
func (jobClient *JobClient) TryPackDeliver(jobHash [32]byte, outputs Outputs) ([]byte, error) {
	return jobClient.abi.Pack("deliver", jobHash, outputs)
}

// UnpackDeliver is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2d04cc43.
//
// Solidity: function deliver(bytes32 jobHash, (bytes32,bytes32,uint64,uint8,bytes32) outputs) returns(bool delivered)
func (jobClient *JobClient) UnpackDeliver(data []byte) (bool, error) {
	out, err := jobClient.abi.Unpack("deliver", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackDeliveryGas is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc9f7d5fb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deliveryGas() view returns(uint256)
func (jobClient *JobClient) PackDeliveryGas() []byte {
	enc, err := jobClient.abi.Pack("deliveryGas")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeliveryGas is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc9f7d5fb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deliveryGas() view returns(uint256)
func (jobClient *JobClient) TryPackDeliveryGas() ([]byte, error) {
	return jobClient.abi.Pack("deliveryGas")
}

// UnpackDeliveryGas is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc9f7d5fb.
//
// Solidity: function deliveryGas() view returns(uint256)
func (jobClient *JobClient) UnpackDeliveryGas(data []byte) (*big.Int, error) {
	out, err := jobClient.abi.Unpack("deliveryGas", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackJudge is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x573255f4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function judge() view returns(address)
func (jobClient *JobClient) PackJudge() []byte {
	enc, err := jobClient.abi.Pack("judge")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackJudge is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x573255f4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function judge() view returns(address)
func (jobClient *JobClient) TryPackJudge() ([]byte, error) {
	return jobClient.abi.Pack("judge")
}

// UnpackJudge is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x573255f4.
//
// Solidity: function judge() view returns(address)
func (jobClient *JobClient) UnpackJudge(data []byte) (common.Address, error) {
	out, err := jobClient.abi.Unpack("judge", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackSettlement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x51160630.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settlement() view returns(address)
func (jobClient *JobClient) PackSettlement() []byte {
	enc, err := jobClient.abi.Pack("settlement")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettlement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x51160630.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settlement() view returns(address)
func (jobClient *JobClient) TryPackSettlement() ([]byte, error) {
	return jobClient.abi.Pack("settlement")
}

// UnpackSettlement is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x51160630.
//
// Solidity: function settlement() view returns(address)
func (jobClient *JobClient) UnpackSettlement(data []byte) (common.Address, error) {
	out, err := jobClient.abi.Unpack("settlement", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackStageOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6c91047a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stageOf(bytes32 jobHash) view returns(uint8)
func (jobClient *JobClient) PackStageOf(jobHash [32]byte) []byte {
	enc, err := jobClient.abi.Pack("stageOf", jobHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStageOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6c91047a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stageOf(bytes32 jobHash) view returns(uint8)
func (jobClient *JobClient) TryPackStageOf(jobHash [32]byte) ([]byte, error) {
	return jobClient.abi.Pack("stageOf", jobHash)
}

// UnpackStageOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6c91047a.
//
// Solidity: function stageOf(bytes32 jobHash) view returns(uint8)
func (jobClient *JobClient) UnpackStageOf(data []byte) (uint8, error) {
	out, err := jobClient.abi.Unpack("stageOf", data)
	if err != nil {
		return *new(uint8), err
	}
	out0 := *abi.ConvertType(out[0], new(uint8)).(*uint8)
	return out0, nil
}

// PackTake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x03c8bf7f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function take(bytes32 jobHash, (bytes32,bytes32,uint64,uint8,bytes32) outputs, uint8 path) returns()
func (jobClient *JobClient) PackTake(jobHash [32]byte, outputs Outputs, path uint8) []byte {
	enc, err := jobClient.abi.Pack("take", jobHash, outputs, path)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x03c8bf7f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function take(bytes32 jobHash, (bytes32,bytes32,uint64,uint8,bytes32) outputs, uint8 path) returns()
func (jobClient *JobClient) TryPackTake(jobHash [32]byte, outputs Outputs, path uint8) ([]byte, error) {
	return jobClient.abi.Pack("take", jobHash, outputs, path)
}

// JobClientDelivered represents a Delivered event raised by the JobClient contract.
type JobClientDelivered struct {
	JobHash [32]byte
	Path    uint8
	Raw     *types.Log // Blockchain specific contextual infos
}

const JobClientDeliveredEventName = "Delivered"

// ContractEventName returns the user-defined event name.
func (JobClientDelivered) ContractEventName() string {
	return JobClientDeliveredEventName
}

// UnpackDeliveredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Delivered(bytes32 indexed jobHash, uint8 path)
func (jobClient *JobClient) UnpackDeliveredEvent(log *types.Log) (*JobClientDelivered, error) {
	event := "Delivered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobClient.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobClientDelivered)
	if len(log.Data) > 0 {
		if err := jobClient.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobClient.abi.Events[event].Inputs {
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

// JobClientDeliveryFailed represents a DeliveryFailed event raised by the JobClient contract.
type JobClientDeliveryFailed struct {
	JobHash [32]byte
	Reason  []byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const JobClientDeliveryFailedEventName = "DeliveryFailed"

// ContractEventName returns the user-defined event name.
func (JobClientDeliveryFailed) ContractEventName() string {
	return JobClientDeliveryFailedEventName
}

// UnpackDeliveryFailedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event DeliveryFailed(bytes32 indexed jobHash, bytes reason)
func (jobClient *JobClient) UnpackDeliveryFailedEvent(log *types.Log) (*JobClientDeliveryFailed, error) {
	event := "DeliveryFailed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobClient.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobClientDeliveryFailed)
	if len(log.Data) > 0 {
		if err := jobClient.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobClient.abi.Events[event].Inputs {
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

// JobClientOrdered represents a Ordered event raised by the JobClient contract.
type JobClientOrdered struct {
	JobHash [32]byte
	Offer   JobOffer
	Raw     *types.Log // Blockchain specific contextual infos
}

const JobClientOrderedEventName = "Ordered"

// ContractEventName returns the user-defined event name.
func (JobClientOrdered) ContractEventName() string {
	return JobClientOrderedEventName
}

// UnpackOrderedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Ordered(bytes32 indexed jobHash, (address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40) offer)
func (jobClient *JobClient) UnpackOrderedEvent(log *types.Log) (*JobClientOrdered, error) {
	event := "Ordered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobClient.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobClientOrdered)
	if len(log.Data) > 0 {
		if err := jobClient.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobClient.abi.Events[event].Inputs {
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
func (jobClient *JobClient) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], jobClient.abi.Errors["JobNotFinal"].ID.Bytes()[:4]) {
		return jobClient.UnpackJobNotFinalError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobClient.abi.Errors["JobNotSelf"].ID.Bytes()[:4]) {
		return jobClient.UnpackJobNotSelfError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobClient.abi.Errors["JobTooLittleGas"].ID.Bytes()[:4]) {
		return jobClient.UnpackJobTooLittleGasError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobClient.abi.Errors["JobWrongJudge"].ID.Bytes()[:4]) {
		return jobClient.UnpackJobWrongJudgeError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobClient.abi.Errors["JobWrongOutputs"].ID.Bytes()[:4]) {
		return jobClient.UnpackJobWrongOutputsError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobClient.abi.Errors["JobWrongStage"].ID.Bytes()[:4]) {
		return jobClient.UnpackJobWrongStageError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// JobClientJobNotFinal represents a JobNotFinal error raised by the JobClient contract.
type JobClientJobNotFinal struct {
	JobHash [32]byte
	State   uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobNotFinal(bytes32 jobHash, uint8 state)
func JobClientJobNotFinalErrorID() common.Hash {
	return common.HexToHash("0xe47c3c4661b1c4948f53954bc446f7548a6bee6066a5c8961b444fd72cd2fb38")
}

// UnpackJobNotFinalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobNotFinal(bytes32 jobHash, uint8 state)
func (jobClient *JobClient) UnpackJobNotFinalError(raw []byte) (*JobClientJobNotFinal, error) {
	out := new(JobClientJobNotFinal)
	if err := jobClient.abi.UnpackIntoInterface(out, "JobNotFinal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobClientJobNotSelf represents a JobNotSelf error raised by the JobClient contract.
type JobClientJobNotSelf struct {
	Sender common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobNotSelf(address sender)
func JobClientJobNotSelfErrorID() common.Hash {
	return common.HexToHash("0xad0e638b3aaa72cb0de2da62ba5908bc19e65dd02d7a9b3cad95281bc00dd65f")
}

// UnpackJobNotSelfError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobNotSelf(address sender)
func (jobClient *JobClient) UnpackJobNotSelfError(raw []byte) (*JobClientJobNotSelf, error) {
	out := new(JobClientJobNotSelf)
	if err := jobClient.abi.UnpackIntoInterface(out, "JobNotSelf", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobClientJobTooLittleGas represents a JobTooLittleGas error raised by the JobClient contract.
type JobClientJobTooLittleGas struct {
	Given  *big.Int
	Needed *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobTooLittleGas(uint256 given, uint256 needed)
func JobClientJobTooLittleGasErrorID() common.Hash {
	return common.HexToHash("0xaac333d6b4b2a10aa4ebae72b9226a67ef85f06d713962b89e535eb44f683781")
}

// UnpackJobTooLittleGasError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobTooLittleGas(uint256 given, uint256 needed)
func (jobClient *JobClient) UnpackJobTooLittleGasError(raw []byte) (*JobClientJobTooLittleGas, error) {
	out := new(JobClientJobTooLittleGas)
	if err := jobClient.abi.UnpackIntoInterface(out, "JobTooLittleGas", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobClientJobWrongJudge represents a JobWrongJudge error raised by the JobClient contract.
type JobClientJobWrongJudge struct {
	Judge common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobWrongJudge(address judge)
func JobClientJobWrongJudgeErrorID() common.Hash {
	return common.HexToHash("0xa057c1f3888ac43650e505f04952bde97e3e79b5ef1c9f3c3a5c317d7b3f9c67")
}

// UnpackJobWrongJudgeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobWrongJudge(address judge)
func (jobClient *JobClient) UnpackJobWrongJudgeError(raw []byte) (*JobClientJobWrongJudge, error) {
	out := new(JobClientJobWrongJudge)
	if err := jobClient.abi.UnpackIntoInterface(out, "JobWrongJudge", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobClientJobWrongOutputs represents a JobWrongOutputs error raised by the JobClient contract.
type JobClientJobWrongOutputs struct {
	JobHash [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobWrongOutputs(bytes32 jobHash)
func JobClientJobWrongOutputsErrorID() common.Hash {
	return common.HexToHash("0x1eb521c16360bbc7b0d1f5dea12dd36faed432c7e82cddb7abe8ac136d6247c9")
}

// UnpackJobWrongOutputsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobWrongOutputs(bytes32 jobHash)
func (jobClient *JobClient) UnpackJobWrongOutputsError(raw []byte) (*JobClientJobWrongOutputs, error) {
	out := new(JobClientJobWrongOutputs)
	if err := jobClient.abi.UnpackIntoInterface(out, "JobWrongOutputs", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobClientJobWrongStage represents a JobWrongStage error raised by the JobClient contract.
type JobClientJobWrongStage struct {
	JobHash [32]byte
	Stage   uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobWrongStage(bytes32 jobHash, uint8 stage)
func JobClientJobWrongStageErrorID() common.Hash {
	return common.HexToHash("0x0b7760a3ba340ac9f4b5956a847f3ffa06882ed475fc465c0fa5ff04a1c5697b")
}

// UnpackJobWrongStageError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobWrongStage(bytes32 jobHash, uint8 stage)
func (jobClient *JobClient) UnpackJobWrongStageError(raw []byte) (*JobClientJobWrongStage, error) {
	out := new(JobClientJobWrongStage)
	if err := jobClient.abi.UnpackIntoInterface(out, "JobWrongStage", raw); err != nil {
		return nil, err
	}
	return out, nil
}
