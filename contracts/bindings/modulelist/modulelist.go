// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package modulelist

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

// ModuleListMetaData contains all meta data concerning the ModuleList contract.
var ModuleListMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"steward\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"acceptOwnership\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"owner\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pendingOwner\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"renounceOwnership\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"setStanding\",\"inputs\":[{\"name\":\"module\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIModuleList.Standing\"},{\"name\":\"reason\",\"type\":\"string\",\"internalType\":\"string\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"standingOf\",\"inputs\":[{\"name\":\"module\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIModuleList.Standing\"},{\"name\":\"reason\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"transferOwnership\",\"inputs\":[{\"name\":\"newOwner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"OwnershipTransferStarted\",\"inputs\":[{\"name\":\"previousOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"newOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OwnershipTransferred\",\"inputs\":[{\"name\":\"previousOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"newOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"StandingChanged\",\"inputs\":[{\"name\":\"module\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"standing\",\"type\":\"uint8\",\"indexed\":true,\"internalType\":\"enumIModuleList.Standing\"},{\"name\":\"reason\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"ModuleReasonMissing\",\"inputs\":[{\"name\":\"module\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"ModuleReasonTooLong\",\"inputs\":[{\"name\":\"module\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"OwnableInvalidOwner\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"OwnableUnauthorizedAccount\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StewardRequired\",\"inputs\":[]}]",
	ID:  "ModuleList",
	Bin: "0x60803460c157601f610a0838819003918201601f19168301916001600160401b0383118484101760c55780849260209460405283398101031260c157516001600160a01b0381169081900360c157801560ae57600180546001600160a01b03199081169091555f80549182168317815560405192916001600160a01b0316907f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e09080a361092e90816100da8239f35b631e4fbdf760e01b5f525f60045260245ffd5b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6080806040526004361015610012575f80fd5b5f3560e01c90816343aa9ad31461071f57508063715018a6146106c957806379ba5097146105c35780638da5cb5b14610573578063a13d26871461017e578063e30c39781461012d5763f2fde38b14610069575f80fd5b346101295760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101295760043573ffffffffffffffffffffffffffffffffffffffff8116809103610129576100c161090e565b807fffffffffffffffffffffffff0000000000000000000000000000000000000000600154161760015573ffffffffffffffffffffffffffffffffffffffff5f54167f38d16b8cac22d99fc7c124b9cd0de2d3fa1faef420bfe791d8c362d765e227005f80a3005b5f80fd5b34610129575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261012957602073ffffffffffffffffffffffffffffffffffffffff60015416604051908152f35b346101295760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101295760243560043560038210156101295760443567ffffffffffffffff811161012957366023820112156101295780600401359067ffffffffffffffff821161012957602481019060248336920101116101295761020761090e565b600284148061056b575b61053f57610100821161050f576040516040810181811067ffffffffffffffff8211176104b5576040528481527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f840116906040519061027660208401836108cd565b848252848460208401375f6020868401015260208101918252855f52600260205260405f2090519060038210156104e25760019160ff7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00835416911617815501905180519067ffffffffffffffff82116104b5576102f4835461087c565b601f8111610464575b50602090601f831160011461039d5791807f7c891b481a26a13bdd895f34d37e0c7cc148a1d20eeff07859dcdda0e9338eea97969492604096945f92610392575b50507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8260011b9260031b1c19161790555b5f838581519687956020875281602088015283870137840101528101030190a3005b015190508a8061033e565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0831691845f52815f20925f5b81811061044c5750926001928592604098967f7c891b481a26a13bdd895f34d37e0c7cc148a1d20eeff07859dcdda0e9338eea9b9a989610610415575b505050811b019055610370565b01517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60f88460031b161c191690558a8080610408565b929360206001819287860151815501950193016103cb565b828111156102fd57835f5260205f20601f840160051c90602085106104ad575b81601f9101920160051c03905f5b8281106104a05750506102fd565b5f82820155600101610492565b5f9150610484565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b50907fabe3efff000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b827feff53e24000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b508115610211565b34610129575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261012957602073ffffffffffffffffffffffffffffffffffffffff5f5416604051908152f35b34610129575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610129576001543373ffffffffffffffffffffffffffffffffffffffff82160361069d577fffffffffffffffffffffffff0000000000000000000000000000000000000000166001555f54337fffffffffffffffffffffffff00000000000000000000000000000000000000008216175f5573ffffffffffffffffffffffffffffffffffffffff3391167f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e05f80a3005b7f118cdaa7000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b34610129575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610129577fc6942fdb000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101295760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610129576004355f52600260205260405f20600160ff82541691015f90838154926107748461087c565b9283835260208301946001811690815f1461083f57506001146107fb575b5061079f925003846108cd565b6040519260038310156104e257601f84927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0926060958552604060208601525180918160408701528686015e5f85828601015201168101030190f35b90505f9291925260205f20905f915b81831061082357505090602061079f9282010186610792565b6020919350806001915483858a0101520191019091859261080a565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001686525061079f93151560051b83016020019150879050610792565b90600182811c921680156108c3575b602083101461089657565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f169161088b565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176104b557604052565b73ffffffffffffffffffffffffffffffffffffffff5f5416330361069d5756",
}

// ModuleList is an auto generated Go binding around an Ethereum contract.
type ModuleList struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *ModuleList) GetABI() abi.ABI {
	return c.abi
}

// NewModuleList creates a new instance of ModuleList.
func NewModuleList() *ModuleList {
	parsed, err := ModuleListMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &ModuleList{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *ModuleList) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address steward) returns()
func (moduleList *ModuleList) PackConstructor(steward common.Address) []byte {
	enc, err := moduleList.abi.Pack("", steward)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackAcceptOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79ba5097.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function acceptOwnership() returns()
func (moduleList *ModuleList) PackAcceptOwnership() []byte {
	enc, err := moduleList.abi.Pack("acceptOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAcceptOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79ba5097.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function acceptOwnership() returns()
func (moduleList *ModuleList) TryPackAcceptOwnership() ([]byte, error) {
	return moduleList.abi.Pack("acceptOwnership")
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (moduleList *ModuleList) PackOwner() []byte {
	enc, err := moduleList.abi.Pack("owner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function owner() view returns(address)
func (moduleList *ModuleList) TryPackOwner() ([]byte, error) {
	return moduleList.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (moduleList *ModuleList) UnpackOwner(data []byte) (common.Address, error) {
	out, err := moduleList.abi.Unpack("owner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pendingOwner() view returns(address)
func (moduleList *ModuleList) PackPendingOwner() []byte {
	enc, err := moduleList.abi.Pack("pendingOwner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pendingOwner() view returns(address)
func (moduleList *ModuleList) TryPackPendingOwner() ([]byte, error) {
	return moduleList.abi.Pack("pendingOwner")
}

// UnpackPendingOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe30c3978.
//
// Solidity: function pendingOwner() view returns(address)
func (moduleList *ModuleList) UnpackPendingOwner(data []byte) (common.Address, error) {
	out, err := moduleList.abi.Unpack("pendingOwner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function renounceOwnership() pure returns()
func (moduleList *ModuleList) PackRenounceOwnership() []byte {
	enc, err := moduleList.abi.Pack("renounceOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function renounceOwnership() pure returns()
func (moduleList *ModuleList) TryPackRenounceOwnership() ([]byte, error) {
	return moduleList.abi.Pack("renounceOwnership")
}

// PackSetStanding is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa13d2687.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setStanding(bytes32 module, uint8 standing, string reason) returns()
func (moduleList *ModuleList) PackSetStanding(module [32]byte, standing uint8, reason string) []byte {
	enc, err := moduleList.abi.Pack("setStanding", module, standing, reason)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetStanding is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa13d2687.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setStanding(bytes32 module, uint8 standing, string reason) returns()
func (moduleList *ModuleList) TryPackSetStanding(module [32]byte, standing uint8, reason string) ([]byte, error) {
	return moduleList.abi.Pack("setStanding", module, standing, reason)
}

// PackStandingOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x43aa9ad3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function standingOf(bytes32 module) view returns(uint8 standing, string reason)
func (moduleList *ModuleList) PackStandingOf(module [32]byte) []byte {
	enc, err := moduleList.abi.Pack("standingOf", module)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStandingOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x43aa9ad3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function standingOf(bytes32 module) view returns(uint8 standing, string reason)
func (moduleList *ModuleList) TryPackStandingOf(module [32]byte) ([]byte, error) {
	return moduleList.abi.Pack("standingOf", module)
}

// StandingOfOutput serves as a container for the return parameters of contract
// method StandingOf.
type StandingOfOutput struct {
	Standing uint8
	Reason   string
}

// UnpackStandingOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x43aa9ad3.
//
// Solidity: function standingOf(bytes32 module) view returns(uint8 standing, string reason)
func (moduleList *ModuleList) UnpackStandingOf(data []byte) (StandingOfOutput, error) {
	out, err := moduleList.abi.Unpack("standingOf", data)
	outstruct := new(StandingOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Standing = *abi.ConvertType(out[0], new(uint8)).(*uint8)
	outstruct.Reason = *abi.ConvertType(out[1], new(string)).(*string)
	return *outstruct, nil
}

// PackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (moduleList *ModuleList) PackTransferOwnership(newOwner common.Address) []byte {
	enc, err := moduleList.abi.Pack("transferOwnership", newOwner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (moduleList *ModuleList) TryPackTransferOwnership(newOwner common.Address) ([]byte, error) {
	return moduleList.abi.Pack("transferOwnership", newOwner)
}

// ModuleListOwnershipTransferStarted represents a OwnershipTransferStarted event raised by the ModuleList contract.
type ModuleListOwnershipTransferStarted struct {
	PreviousOwner common.Address
	NewOwner      common.Address
	Raw           *types.Log // Blockchain specific contextual infos
}

const ModuleListOwnershipTransferStartedEventName = "OwnershipTransferStarted"

// ContractEventName returns the user-defined event name.
func (ModuleListOwnershipTransferStarted) ContractEventName() string {
	return ModuleListOwnershipTransferStartedEventName
}

// UnpackOwnershipTransferStartedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner)
func (moduleList *ModuleList) UnpackOwnershipTransferStartedEvent(log *types.Log) (*ModuleListOwnershipTransferStarted, error) {
	event := "OwnershipTransferStarted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != moduleList.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ModuleListOwnershipTransferStarted)
	if len(log.Data) > 0 {
		if err := moduleList.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range moduleList.abi.Events[event].Inputs {
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

// ModuleListOwnershipTransferred represents a OwnershipTransferred event raised by the ModuleList contract.
type ModuleListOwnershipTransferred struct {
	PreviousOwner common.Address
	NewOwner      common.Address
	Raw           *types.Log // Blockchain specific contextual infos
}

const ModuleListOwnershipTransferredEventName = "OwnershipTransferred"

// ContractEventName returns the user-defined event name.
func (ModuleListOwnershipTransferred) ContractEventName() string {
	return ModuleListOwnershipTransferredEventName
}

// UnpackOwnershipTransferredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)
func (moduleList *ModuleList) UnpackOwnershipTransferredEvent(log *types.Log) (*ModuleListOwnershipTransferred, error) {
	event := "OwnershipTransferred"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != moduleList.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ModuleListOwnershipTransferred)
	if len(log.Data) > 0 {
		if err := moduleList.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range moduleList.abi.Events[event].Inputs {
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

// ModuleListStandingChanged represents a StandingChanged event raised by the ModuleList contract.
type ModuleListStandingChanged struct {
	Module   [32]byte
	Standing uint8
	Reason   string
	Raw      *types.Log // Blockchain specific contextual infos
}

const ModuleListStandingChangedEventName = "StandingChanged"

// ContractEventName returns the user-defined event name.
func (ModuleListStandingChanged) ContractEventName() string {
	return ModuleListStandingChangedEventName
}

// UnpackStandingChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event StandingChanged(bytes32 indexed module, uint8 indexed standing, string reason)
func (moduleList *ModuleList) UnpackStandingChangedEvent(log *types.Log) (*ModuleListStandingChanged, error) {
	event := "StandingChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != moduleList.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ModuleListStandingChanged)
	if len(log.Data) > 0 {
		if err := moduleList.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range moduleList.abi.Events[event].Inputs {
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
func (moduleList *ModuleList) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], moduleList.abi.Errors["ModuleReasonMissing"].ID.Bytes()[:4]) {
		return moduleList.UnpackModuleReasonMissingError(raw[4:])
	}
	if bytes.Equal(raw[:4], moduleList.abi.Errors["ModuleReasonTooLong"].ID.Bytes()[:4]) {
		return moduleList.UnpackModuleReasonTooLongError(raw[4:])
	}
	if bytes.Equal(raw[:4], moduleList.abi.Errors["OwnableInvalidOwner"].ID.Bytes()[:4]) {
		return moduleList.UnpackOwnableInvalidOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], moduleList.abi.Errors["OwnableUnauthorizedAccount"].ID.Bytes()[:4]) {
		return moduleList.UnpackOwnableUnauthorizedAccountError(raw[4:])
	}
	if bytes.Equal(raw[:4], moduleList.abi.Errors["StewardRequired"].ID.Bytes()[:4]) {
		return moduleList.UnpackStewardRequiredError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// ModuleListModuleReasonMissing represents a ModuleReasonMissing error raised by the ModuleList contract.
type ModuleListModuleReasonMissing struct {
	Module [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModuleReasonMissing(bytes32 module)
func ModuleListModuleReasonMissingErrorID() common.Hash {
	return common.HexToHash("0xeff53e246e1ce28e94b860150a41c689113f7ef1ec3c509483697d7b4a284530")
}

// UnpackModuleReasonMissingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModuleReasonMissing(bytes32 module)
func (moduleList *ModuleList) UnpackModuleReasonMissingError(raw []byte) (*ModuleListModuleReasonMissing, error) {
	out := new(ModuleListModuleReasonMissing)
	if err := moduleList.abi.UnpackIntoInterface(out, "ModuleReasonMissing", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ModuleListModuleReasonTooLong represents a ModuleReasonTooLong error raised by the ModuleList contract.
type ModuleListModuleReasonTooLong struct {
	Module [32]byte
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModuleReasonTooLong(bytes32 module, uint256 length)
func ModuleListModuleReasonTooLongErrorID() common.Hash {
	return common.HexToHash("0xabe3efff158ed70c31fb625d19e4e945ff57f573cf3168c9f5fbe25727cf6f5b")
}

// UnpackModuleReasonTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModuleReasonTooLong(bytes32 module, uint256 length)
func (moduleList *ModuleList) UnpackModuleReasonTooLongError(raw []byte) (*ModuleListModuleReasonTooLong, error) {
	out := new(ModuleListModuleReasonTooLong)
	if err := moduleList.abi.UnpackIntoInterface(out, "ModuleReasonTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ModuleListOwnableInvalidOwner represents a OwnableInvalidOwner error raised by the ModuleList contract.
type ModuleListOwnableInvalidOwner struct {
	Owner common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableInvalidOwner(address owner)
func ModuleListOwnableInvalidOwnerErrorID() common.Hash {
	return common.HexToHash("0x1e4fbdf7f3ef8bcaa855599e3abf48b232380f183f08f6f813d9ffa5bd585188")
}

// UnpackOwnableInvalidOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableInvalidOwner(address owner)
func (moduleList *ModuleList) UnpackOwnableInvalidOwnerError(raw []byte) (*ModuleListOwnableInvalidOwner, error) {
	out := new(ModuleListOwnableInvalidOwner)
	if err := moduleList.abi.UnpackIntoInterface(out, "OwnableInvalidOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ModuleListOwnableUnauthorizedAccount represents a OwnableUnauthorizedAccount error raised by the ModuleList contract.
type ModuleListOwnableUnauthorizedAccount struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func ModuleListOwnableUnauthorizedAccountErrorID() common.Hash {
	return common.HexToHash("0x118cdaa7a341953d1887a2245fd6665d741c67c8c50581daa59e1d03373fa188")
}

// UnpackOwnableUnauthorizedAccountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func (moduleList *ModuleList) UnpackOwnableUnauthorizedAccountError(raw []byte) (*ModuleListOwnableUnauthorizedAccount, error) {
	out := new(ModuleListOwnableUnauthorizedAccount)
	if err := moduleList.abi.UnpackIntoInterface(out, "OwnableUnauthorizedAccount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ModuleListStewardRequired represents a StewardRequired error raised by the ModuleList contract.
type ModuleListStewardRequired struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StewardRequired()
func ModuleListStewardRequiredErrorID() common.Hash {
	return common.HexToHash("0xc6942fdb7defd2e90e782914838e4b23769cd4bda4b2305665e669e9933ddca5")
}

// UnpackStewardRequiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StewardRequired()
func (moduleList *ModuleList) UnpackStewardRequiredError(raw []byte) (*ModuleListStewardRequired, error) {
	out := new(ModuleListStewardRequired)
	if err := moduleList.abi.UnpackIntoInterface(out, "StewardRequired", raw); err != nil {
		return nil, err
	}
	return out, nil
}
