// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package cowsayclient

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

// Work is an auto generated low-level Go binding around an user-defined struct.
type Work struct {
	Module     [32]byte
	Inputs     [32]byte
	Needs      [32]byte
	Scheme     [32]byte
	Comparator [32]byte
	Parameters [32]byte
	ResultKey  [32]byte
}

// CowsayClientMetaData contains all meta data concerning the CowsayClient contract.
var CowsayClientMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"settlement_\",\"type\":\"address\",\"internalType\":\"contractISettlement\"},{\"name\":\"owner_\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge_\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"module_\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"cancel\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"deliver\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"outputs\",\"type\":\"tuple\",\"internalType\":\"structOutputs\",\"components\":[{\"name\":\"plain\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"blob\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"size\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumStatus\"},{\"name\":\"hardwareClass\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[{\"name\":\"delivered\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"deliveryGas\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"judge\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"module\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"order\",\"inputs\":[{\"name\":\"work\",\"type\":\"tuple\",\"internalType\":\"structWork\",\"components\":[{\"name\":\"module\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inputs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"needs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"scheme\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"comparator\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"parameters\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"resultKey\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"offer\",\"type\":\"tuple\",\"internalType\":\"structJobOffer\",\"components\":[{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"solver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"target\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"work\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"maxPrice\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"submitFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]}],\"outputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"owner\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"renounceOwnership\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"said\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"blob\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"settlement\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractISettlement\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"stageOf\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint8\",\"internalType\":\"enumIJobClient.Stage\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"take\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"outputs\",\"type\":\"tuple\",\"internalType\":\"structOutputs\",\"components\":[{\"name\":\"plain\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"blob\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"size\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumStatus\"},{\"name\":\"hardwareClass\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"path\",\"type\":\"uint8\",\"internalType\":\"enumPath\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"transferOwnership\",\"inputs\":[{\"name\":\"newOwner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"Delivered\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"path\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumPath\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"DeliveryFailed\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"reason\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Ordered\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"offer\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structJobOffer\",\"components\":[{\"name\":\"creator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"solver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"target\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"work\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"panel\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"seedHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"maxPrice\",\"type\":\"uint80\",\"internalType\":\"uint80\"},{\"name\":\"creatorStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"providerStake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"latePenalty\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"mediationFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"solverFee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"auditBps\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"submitFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"judgeFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"revealFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"mediateFor\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"epoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OwnershipTransferred\",\"inputs\":[{\"name\":\"previousOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"newOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Said\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"blob\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Silent\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"path\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumPath\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"CowsayWrongModule\",\"inputs\":[{\"name\":\"module\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"CowsayWrongWork\",\"inputs\":[{\"name\":\"work\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"JobNotFinal\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumState\"}]},{\"type\":\"error\",\"name\":\"JobNotSelf\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"JobTooLittleGas\",\"inputs\":[{\"name\":\"given\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"needed\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"JobWrongJudge\",\"inputs\":[{\"name\":\"judge\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"JobWrongOutputs\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"JobWrongStage\",\"inputs\":[{\"name\":\"jobHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"stage\",\"type\":\"uint8\",\"internalType\":\"enumIJobClient.Stage\"}]},{\"type\":\"error\",\"name\":\"OwnableInvalidOwner\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"OwnableUnauthorizedAccount\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]}]",
	ID:  "CowsayClient",
	Bin: "0x6101003461015357601f611e2438819003918201601f19168301916001600160401b03831184841017610157578084926080946040528339810103126101535780516001600160a01b03811681036101535761005d6020830161016b565b90606061006c6040850161016b565b930151620186a060c05260a0939093526080526001600160a01b031690811561014057600180546001600160a01b03198116841790915560405192906001600160a01b03167f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e05f80a360e052611ca49081610180823960805181818161011601528181610305015281816109bf01528181610de8015281816112a3015261157f015260a0518181816107800152611235015260c0518181816103a30152611610015260e0518181816104370152610d7b0152f35b631e4fbdf760e01b5f525f60045260245ffd5b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b51906001600160a01b03821682036101535756fe60806040526004361015610011575f80fd5b5f5f3560e01c806303c8bf7f1461137f57806327bbb7c7146113375780632d04cc43146112c75780635116063014611259578063573255f4146111eb5780636c91047a1461116b578063715018a6146110cf5780638da5cb5b1461107e578063b6b55f2514610d9e578063b86d529814610d45578063c0cdee4b146103c6578063c9f7d5fb1461036d578063ea8a1af0146102b6578063f2fde38b146101c65763f3fef3a3146100bf575f80fd5b346101b45760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b457806100f7611465565b6100ff611c57565b73ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016803b156101c2576040517ff3fef3a300000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff929092166004830152602480359083015282908290604490829084905af180156101b7576101a35750f35b816101ad91611488565b6101b45780f35b80fd5b6040513d84823e3d90fd5b5050fd5b50346101b45760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b45773ffffffffffffffffffffffffffffffffffffffff610213611465565b61021b611c57565b16801561028a5773ffffffffffffffffffffffffffffffffffffffff600154827fffffffffffffffffffffffff0000000000000000000000000000000000000000821617600155167f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e08380a380f35b6024827f1e4fbdf700000000000000000000000000000000000000000000000000000000815280600452fd5b50346101b457807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b4576102ed611c57565b8073ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016803b1561036a578180916004604051809481937fd6044f1d0000000000000000000000000000000000000000000000000000000083525af180156101b7576101a35750f35b50fd5b50346101b457807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b45760206040517f00000000000000000000000000000000000000000000000000000000000000008152f35b50346101b4577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016103808112610d415760e0136101b4576102a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1c3601126101b457610432611c57565b6004357f00000000000000000000000000000000000000000000000000000000000000008103610d16576040519060e0820182811067ffffffffffffffff821117610cbe57604052815260208101602435815260408201604435815260608301606435815260808401608435815260a085019160a435835260c086019360c43585526040519560208701977f55dfe2d7691190eeb1e6de97dba96e888805e41e1fa1245db906661aca709ce489525160408801525160608701525160808601525160a08501525160c08401525160e083015251610100820152610100815261051c61012082611488565b51902061016435809103610ceb57604051906102a0820182811067ffffffffffffffff821117610cbe5760405260e43573ffffffffffffffffffffffffffffffffffffffff81168103610cb6578252610104359073ffffffffffffffffffffffffffffffffffffffff821691828103610cba5760208401526101243573ffffffffffffffffffffffffffffffffffffffff81168103610cba5760408401526101443573ffffffffffffffffffffffffffffffffffffffff81168103610cba57606084015260808301526101843560a08301526101a43560c08301526101c43569ffffffffffffffffffff81168103610cb65760e08301526101e4356bffffffffffffffffffffffff81168103610cb657610100830152610204356bffffffffffffffffffffffff81168103610cb657610120830152610224356bffffffffffffffffffffffff81168103610cb657610140830152610244356bffffffffffffffffffffffff81168103610cb657610160830152610264356bffffffffffffffffffffffff81168103610cb6576101808301526102843561ffff81168103610cb6576101a08301526102a43563ffffffff81168103610cb6576101c08301526102c43563ffffffff81168103610cb6576101e08301526102e43563ffffffff81168103610cb6576102008301526103043563ffffffff81168103610cb6576102208301526103243563ffffffff81168103610cb6576102408301526103443567ffffffffffffffff81168103610cb6576102608301526103643564ffffffffff81168103610cb65761028083015273ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168103610c8b5750604051907f63b0e6fc000000000000000000000000000000000000000000000000000000008252602082806109a5846004830191909161028064ffffffffff816102a084019573ffffffffffffffffffffffffffffffffffffffff815116855273ffffffffffffffffffffffffffffffffffffffff602082015116602086015273ffffffffffffffffffffffffffffffffffffffff604082015116604086015273ffffffffffffffffffffffffffffffffffffffff60608201511660608601526080810151608086015260a081015160a086015260c081015160c086015269ffffffffffffffffffff60e08201511660e08601526bffffffffffffffffffffffff610100820151166101008601526bffffffffffffffffffffffff610120820151166101208601526bffffffffffffffffffffffff610140820151166101408601526bffffffffffffffffffffffff610160820151166101608601526bffffffffffffffffffffffff6101808201511661018086015261ffff6101a0820151166101a086015263ffffffff6101c0820151166101c086015263ffffffff6101e0820151166101e086015263ffffffff6102008201511661020086015263ffffffff6102208201511661022086015263ffffffff6102408201511661024086015267ffffffffffffffff61026082015116610260860152015116910152565b03818673ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165af1918215610c80578392610c28575b507fec0f613667586036e4547564a91a6a5de294f375e46fdd9ce932f062fa937d12610c1d839260408685602098528088522060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff008254161790556040519182918291909161028064ffffffffff816102a084019573ffffffffffffffffffffffffffffffffffffffff815116855273ffffffffffffffffffffffffffffffffffffffff602082015116602086015273ffffffffffffffffffffffffffffffffffffffff604082015116604086015273ffffffffffffffffffffffffffffffffffffffff60608201511660608601526080810151608086015260a081015160a086015260c081015160c086015269ffffffffffffffffffff60e08201511660e08601526bffffffffffffffffffffffff610100820151166101008601526bffffffffffffffffffffffff610120820151166101208601526bffffffffffffffffffffffff610140820151166101408601526bffffffffffffffffffffffff610160820151166101608601526bffffffffffffffffffffffff6101808201511661018086015261ffff6101a0820151166101a086015263ffffffff6101c0820151166101c086015263ffffffff6101e0820151166101e086015263ffffffff6102008201511661020086015263ffffffff6102208201511661022086015263ffffffff6102408201511661024086015267ffffffffffffffff61026082015116610260860152015116910152565b0390a2604051908152f35b9091506020813d602011610c78575b81610c4460209383611488565b81010312610c745751907fec0f613667586036e4547564a91a6a5de294f375e46fdd9ce932f062fa937d126109ef565b8280fd5b3d9150610c37565b6040513d85823e3d90fd5b7fa057c1f3000000000000000000000000000000000000000000000000000000008352600452602482fd5b8380fd5b8480fd5b6024847f4e487b710000000000000000000000000000000000000000000000000000000081526041600452fd5b7fb6eb905e000000000000000000000000000000000000000000000000000000008252600452602490fd5b7f82aef37b000000000000000000000000000000000000000000000000000000008252600452602490fd5b5080fd5b50346101b457807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b45760206040517f00000000000000000000000000000000000000000000000000000000000000008152f35b5034610f055760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610f055760043573ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000166040517ffc0c546a000000000000000000000000000000000000000000000000000000008152602081600481855afa908115610efa575f9161102f575b506040517f095ea7b3000000000000000000000000000000000000000000000000000000005f52826004528360245260205f60448180865af19060015f5114821615611020575b60405215610f09575b50803b15610f05576040517f47e7ef2400000000000000000000000000000000000000000000000000000000815230600482015260248101929092525f908290604490829084905af18015610efa57610eec575080f35b610ef891505f90611488565b005b6040513d5f823e3d90fd5b5f80fd5b6040517f095ea7b3000000000000000000000000000000000000000000000000000000005f52826004525f60245260205f60448180865af19060015f5114821615611008575b60405215610fa5576040517f095ea7b3000000000000000000000000000000000000000000000000000000005f52826004528360245260205f60448180865af19060015f5114821615610fe7575b604052610e95575b73ffffffffffffffffffffffffffffffffffffffff907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b906001811516610fff57823b15153d15161690610f9d565b503d5f823e3d90fd5b906001811516610fff57823b15153d15161690610f4f565b90823b15153d15161690610e8c565b90506020813d602011611076575b8161104a60209383611488565b81010312610f05575173ffffffffffffffffffffffffffffffffffffffff81168103610f05575f610e45565b3d915061103d565b34610f05575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610f0557602073ffffffffffffffffffffffffffffffffffffffff60015416604051908152f35b34610f05575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610f0557611105611c57565b5f73ffffffffffffffffffffffffffffffffffffffff6001547fffffffffffffffffffffffff00000000000000000000000000000000000000008116600155167f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e08280a3005b34610f055760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610f05576004355f525f60205260ff60405f20541660405160038210156111be576020918152f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b34610f05575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610f0557602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610f05575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610f0557602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610f055760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610f055760a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc360112610f0557602061132d600435611510565b6040519015158152f35b34610f055760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610f05576004355f526002602052602060405f2054604051908152f35b34610f055760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610f055760043560a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc360112610f055760c435600d811015610f0557303303611439576113f781611b17565b1561140557610ef891611bb3565b60207fe71fddb15866327c156b6c0e0d0fa243b443c95ab53488e7f06c590a978b1703916114366040518092611503565ba2005b7fad0e638b000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b6004359073ffffffffffffffffffffffffffffffffffffffff82168203610f0557565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176114c957604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b9060058210156111be5752565b90600d8210156111be5752565b905f915f92815f525f60205260ff60405f20541660038110156111be5760018103611ae857506040517f6ddf92d800000000000000000000000000000000000000000000000000000000815282600482015260808160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa8015610efa575f5f925f92611a57575b5060078110156111be5760068103611a2857506115cd82611b17565b908161191f575b506118f357825f525f60205260405f2060027fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff008254161790555a7f0000000000000000000000000000000000000000000000000000000000000000906127108201908183116118c6578060061c81038181116118c6578211611898575050303b15610f0557604051907f03c8bf7f0000000000000000000000000000000000000000000000000000000082528460048301526024356024830152604435604483015260643567ffffffffffffffff8116809103610f05576064830152608435906005821015610f055760e4835f81936116d2829660848501906114f6565b60a43560a48401526116e760c4840189611503565b3090f19081611883575b5061184757503d1561181c573d67ffffffffffffffff81116117ef57604080517f359ab780bcacbf910a41220778ddc6c8375d587df2cf2ac27ef2e7053a69d78b9392611766601f82017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200183611488565b81523d83602083013e5b8483528260205281832060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff008254161790557fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f6020845195869482865280519283918282890152018787015e85828601015201168101030190a2565b6024827f4e487b710000000000000000000000000000000000000000000000000000000081526041600452fd5b7f359ab780bcacbf910a41220778ddc6c8375d587df2cf2ac27ef2e7053a69d78b9060406060611770565b7f1c08f73fb3646669c5bbb5bfa1ef6ed531ea9ed72929c414bbe1011bce5735cc929394506020915061187d6040518092611503565ba2600190565b6118909193505f90611488565b5f915f6116f1565b7faac333d6000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b827f1eb521c1000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b905060a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc360112610f055760405160a0810181811067ffffffffffffffff8211176114c957604052602435808252602082019060443582526064359167ffffffffffffffff83168303610f055760408401928352608435926005841015610f0557611a057fffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000959467ffffffffffffffff60808760608a9901938452019360a43585526040519560208701978852516040870152511660608501525160808401906114f6565b5160a082015260a08152611a1a60c082611488565b51902016911614155f6115d4565b847fe47c3c46000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b925050506080813d608011611ae0575b81611a7460809383611488565b81010312610f05578051906007821015610f0557602081015190600d821015610f0557604081015164ffffffffff811603610f055760600151917fffffffffffffffffffffffffffffffffffffffffffffffffffff00000000000083168303610f05579091905f6115b1565b3d9150611a67565b827f0b7760a3000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b600d81101590816111be5760018114918215611ba6575b8215611b95575b8215611b84575b8215611b73575b8215611b62575b8215611b5557505090565b9091506111be57600c1490565b8092506111be576008811491611b4a565b8092506111be576007811491611b43565b8092506111be576006811491611b3c565b8092506111be576003811491611b35565b506002811491505f611b2e565b906084356005811015610f05577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff01611c2357507fdb609ebc75448c6e7e6500f78a22782fee85b5cb27384f5148dd8a9ccaf5ea3b6020604435835f52600282528060405f2055604051908152a2565b60207fe71fddb15866327c156b6c0e0d0fa243b443c95ab53488e7f06c590a978b170391611c546040518092611503565ba2565b73ffffffffffffffffffffffffffffffffffffffff600154163303611c7857565b7f118cdaa7000000000000000000000000000000000000000000000000000000005f523360045260245ffd",
}

// CowsayClient is an auto generated Go binding around an Ethereum contract.
type CowsayClient struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *CowsayClient) GetABI() abi.ABI {
	return c.abi
}

// NewCowsayClient creates a new instance of CowsayClient.
func NewCowsayClient() *CowsayClient {
	parsed, err := CowsayClientMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &CowsayClient{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *CowsayClient) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address settlement_, address owner_, address judge_, bytes32 module_) returns()
func (cowsayClient *CowsayClient) PackConstructor(settlement_ common.Address, owner_ common.Address, judge_ common.Address, module_ [32]byte) []byte {
	enc, err := cowsayClient.abi.Pack("", settlement_, owner_, judge_, module_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackCancel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xea8a1af0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function cancel() returns()
func (cowsayClient *CowsayClient) PackCancel() []byte {
	enc, err := cowsayClient.abi.Pack("cancel")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCancel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xea8a1af0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function cancel() returns()
func (cowsayClient *CowsayClient) TryPackCancel() ([]byte, error) {
	return cowsayClient.abi.Pack("cancel")
}

// PackDeliver is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2d04cc43.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deliver(bytes32 jobHash, (bytes32,bytes32,uint64,uint8,bytes32) outputs) returns(bool delivered)
func (cowsayClient *CowsayClient) PackDeliver(jobHash [32]byte, outputs Outputs) []byte {
	enc, err := cowsayClient.abi.Pack("deliver", jobHash, outputs)
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
func (cowsayClient *CowsayClient) TryPackDeliver(jobHash [32]byte, outputs Outputs) ([]byte, error) {
	return cowsayClient.abi.Pack("deliver", jobHash, outputs)
}

// UnpackDeliver is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2d04cc43.
//
// Solidity: function deliver(bytes32 jobHash, (bytes32,bytes32,uint64,uint8,bytes32) outputs) returns(bool delivered)
func (cowsayClient *CowsayClient) UnpackDeliver(data []byte) (bool, error) {
	out, err := cowsayClient.abi.Unpack("deliver", data)
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
func (cowsayClient *CowsayClient) PackDeliveryGas() []byte {
	enc, err := cowsayClient.abi.Pack("deliveryGas")
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
func (cowsayClient *CowsayClient) TryPackDeliveryGas() ([]byte, error) {
	return cowsayClient.abi.Pack("deliveryGas")
}

// UnpackDeliveryGas is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc9f7d5fb.
//
// Solidity: function deliveryGas() view returns(uint256)
func (cowsayClient *CowsayClient) UnpackDeliveryGas(data []byte) (*big.Int, error) {
	out, err := cowsayClient.abi.Unpack("deliveryGas", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb6b55f25.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit(uint256 amount) returns()
func (cowsayClient *CowsayClient) PackDeposit(amount *big.Int) []byte {
	enc, err := cowsayClient.abi.Pack("deposit", amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb6b55f25.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit(uint256 amount) returns()
func (cowsayClient *CowsayClient) TryPackDeposit(amount *big.Int) ([]byte, error) {
	return cowsayClient.abi.Pack("deposit", amount)
}

// PackJudge is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x573255f4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function judge() view returns(address)
func (cowsayClient *CowsayClient) PackJudge() []byte {
	enc, err := cowsayClient.abi.Pack("judge")
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
func (cowsayClient *CowsayClient) TryPackJudge() ([]byte, error) {
	return cowsayClient.abi.Pack("judge")
}

// UnpackJudge is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x573255f4.
//
// Solidity: function judge() view returns(address)
func (cowsayClient *CowsayClient) UnpackJudge(data []byte) (common.Address, error) {
	out, err := cowsayClient.abi.Unpack("judge", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackModule is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb86d5298.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function module() view returns(bytes32)
func (cowsayClient *CowsayClient) PackModule() []byte {
	enc, err := cowsayClient.abi.Pack("module")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackModule is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb86d5298.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function module() view returns(bytes32)
func (cowsayClient *CowsayClient) TryPackModule() ([]byte, error) {
	return cowsayClient.abi.Pack("module")
}

// UnpackModule is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb86d5298.
//
// Solidity: function module() view returns(bytes32)
func (cowsayClient *CowsayClient) UnpackModule(data []byte) ([32]byte, error) {
	out, err := cowsayClient.abi.Unpack("module", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackOrder is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc0cdee4b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function order((bytes32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) work, (address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40) offer) returns(bytes32 jobHash)
func (cowsayClient *CowsayClient) PackOrder(work Work, offer JobOffer) []byte {
	enc, err := cowsayClient.abi.Pack("order", work, offer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOrder is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc0cdee4b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function order((bytes32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) work, (address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40) offer) returns(bytes32 jobHash)
func (cowsayClient *CowsayClient) TryPackOrder(work Work, offer JobOffer) ([]byte, error) {
	return cowsayClient.abi.Pack("order", work, offer)
}

// UnpackOrder is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc0cdee4b.
//
// Solidity: function order((bytes32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) work, (address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40) offer) returns(bytes32 jobHash)
func (cowsayClient *CowsayClient) UnpackOrder(data []byte) ([32]byte, error) {
	out, err := cowsayClient.abi.Unpack("order", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (cowsayClient *CowsayClient) PackOwner() []byte {
	enc, err := cowsayClient.abi.Pack("owner")
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
func (cowsayClient *CowsayClient) TryPackOwner() ([]byte, error) {
	return cowsayClient.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (cowsayClient *CowsayClient) UnpackOwner(data []byte) (common.Address, error) {
	out, err := cowsayClient.abi.Unpack("owner", data)
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
// Solidity: function renounceOwnership() returns()
func (cowsayClient *CowsayClient) PackRenounceOwnership() []byte {
	enc, err := cowsayClient.abi.Pack("renounceOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function renounceOwnership() returns()
func (cowsayClient *CowsayClient) TryPackRenounceOwnership() ([]byte, error) {
	return cowsayClient.abi.Pack("renounceOwnership")
}

// PackSaid is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x27bbb7c7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function said(bytes32 jobHash) view returns(bytes32 blob)
func (cowsayClient *CowsayClient) PackSaid(jobHash [32]byte) []byte {
	enc, err := cowsayClient.abi.Pack("said", jobHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSaid is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x27bbb7c7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function said(bytes32 jobHash) view returns(bytes32 blob)
func (cowsayClient *CowsayClient) TryPackSaid(jobHash [32]byte) ([]byte, error) {
	return cowsayClient.abi.Pack("said", jobHash)
}

// UnpackSaid is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x27bbb7c7.
//
// Solidity: function said(bytes32 jobHash) view returns(bytes32 blob)
func (cowsayClient *CowsayClient) UnpackSaid(data []byte) ([32]byte, error) {
	out, err := cowsayClient.abi.Unpack("said", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackSettlement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x51160630.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settlement() view returns(address)
func (cowsayClient *CowsayClient) PackSettlement() []byte {
	enc, err := cowsayClient.abi.Pack("settlement")
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
func (cowsayClient *CowsayClient) TryPackSettlement() ([]byte, error) {
	return cowsayClient.abi.Pack("settlement")
}

// UnpackSettlement is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x51160630.
//
// Solidity: function settlement() view returns(address)
func (cowsayClient *CowsayClient) UnpackSettlement(data []byte) (common.Address, error) {
	out, err := cowsayClient.abi.Unpack("settlement", data)
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
func (cowsayClient *CowsayClient) PackStageOf(jobHash [32]byte) []byte {
	enc, err := cowsayClient.abi.Pack("stageOf", jobHash)
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
func (cowsayClient *CowsayClient) TryPackStageOf(jobHash [32]byte) ([]byte, error) {
	return cowsayClient.abi.Pack("stageOf", jobHash)
}

// UnpackStageOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6c91047a.
//
// Solidity: function stageOf(bytes32 jobHash) view returns(uint8)
func (cowsayClient *CowsayClient) UnpackStageOf(data []byte) (uint8, error) {
	out, err := cowsayClient.abi.Unpack("stageOf", data)
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
func (cowsayClient *CowsayClient) PackTake(jobHash [32]byte, outputs Outputs, path uint8) []byte {
	enc, err := cowsayClient.abi.Pack("take", jobHash, outputs, path)
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
func (cowsayClient *CowsayClient) TryPackTake(jobHash [32]byte, outputs Outputs, path uint8) ([]byte, error) {
	return cowsayClient.abi.Pack("take", jobHash, outputs, path)
}

// PackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (cowsayClient *CowsayClient) PackTransferOwnership(newOwner common.Address) []byte {
	enc, err := cowsayClient.abi.Pack("transferOwnership", newOwner)
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
func (cowsayClient *CowsayClient) TryPackTransferOwnership(newOwner common.Address) ([]byte, error) {
	return cowsayClient.abi.Pack("transferOwnership", newOwner)
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf3fef3a3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw(address to, uint256 amount) returns()
func (cowsayClient *CowsayClient) PackWithdraw(to common.Address, amount *big.Int) []byte {
	enc, err := cowsayClient.abi.Pack("withdraw", to, amount)
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
func (cowsayClient *CowsayClient) TryPackWithdraw(to common.Address, amount *big.Int) ([]byte, error) {
	return cowsayClient.abi.Pack("withdraw", to, amount)
}

// CowsayClientDelivered represents a Delivered event raised by the CowsayClient contract.
type CowsayClientDelivered struct {
	JobHash [32]byte
	Path    uint8
	Raw     *types.Log // Blockchain specific contextual infos
}

const CowsayClientDeliveredEventName = "Delivered"

// ContractEventName returns the user-defined event name.
func (CowsayClientDelivered) ContractEventName() string {
	return CowsayClientDeliveredEventName
}

// UnpackDeliveredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Delivered(bytes32 indexed jobHash, uint8 path)
func (cowsayClient *CowsayClient) UnpackDeliveredEvent(log *types.Log) (*CowsayClientDelivered, error) {
	event := "Delivered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != cowsayClient.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CowsayClientDelivered)
	if len(log.Data) > 0 {
		if err := cowsayClient.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range cowsayClient.abi.Events[event].Inputs {
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

// CowsayClientDeliveryFailed represents a DeliveryFailed event raised by the CowsayClient contract.
type CowsayClientDeliveryFailed struct {
	JobHash [32]byte
	Reason  []byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const CowsayClientDeliveryFailedEventName = "DeliveryFailed"

// ContractEventName returns the user-defined event name.
func (CowsayClientDeliveryFailed) ContractEventName() string {
	return CowsayClientDeliveryFailedEventName
}

// UnpackDeliveryFailedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event DeliveryFailed(bytes32 indexed jobHash, bytes reason)
func (cowsayClient *CowsayClient) UnpackDeliveryFailedEvent(log *types.Log) (*CowsayClientDeliveryFailed, error) {
	event := "DeliveryFailed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != cowsayClient.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CowsayClientDeliveryFailed)
	if len(log.Data) > 0 {
		if err := cowsayClient.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range cowsayClient.abi.Events[event].Inputs {
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

// CowsayClientOrdered represents a Ordered event raised by the CowsayClient contract.
type CowsayClientOrdered struct {
	JobHash [32]byte
	Offer   JobOffer
	Raw     *types.Log // Blockchain specific contextual infos
}

const CowsayClientOrderedEventName = "Ordered"

// ContractEventName returns the user-defined event name.
func (CowsayClientOrdered) ContractEventName() string {
	return CowsayClientOrderedEventName
}

// UnpackOrderedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Ordered(bytes32 indexed jobHash, (address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40) offer)
func (cowsayClient *CowsayClient) UnpackOrderedEvent(log *types.Log) (*CowsayClientOrdered, error) {
	event := "Ordered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != cowsayClient.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CowsayClientOrdered)
	if len(log.Data) > 0 {
		if err := cowsayClient.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range cowsayClient.abi.Events[event].Inputs {
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

// CowsayClientOwnershipTransferred represents a OwnershipTransferred event raised by the CowsayClient contract.
type CowsayClientOwnershipTransferred struct {
	PreviousOwner common.Address
	NewOwner      common.Address
	Raw           *types.Log // Blockchain specific contextual infos
}

const CowsayClientOwnershipTransferredEventName = "OwnershipTransferred"

// ContractEventName returns the user-defined event name.
func (CowsayClientOwnershipTransferred) ContractEventName() string {
	return CowsayClientOwnershipTransferredEventName
}

// UnpackOwnershipTransferredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)
func (cowsayClient *CowsayClient) UnpackOwnershipTransferredEvent(log *types.Log) (*CowsayClientOwnershipTransferred, error) {
	event := "OwnershipTransferred"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != cowsayClient.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CowsayClientOwnershipTransferred)
	if len(log.Data) > 0 {
		if err := cowsayClient.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range cowsayClient.abi.Events[event].Inputs {
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

// CowsayClientSaid represents a Said event raised by the CowsayClient contract.
type CowsayClientSaid struct {
	JobHash [32]byte
	Blob    [32]byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const CowsayClientSaidEventName = "Said"

// ContractEventName returns the user-defined event name.
func (CowsayClientSaid) ContractEventName() string {
	return CowsayClientSaidEventName
}

// UnpackSaidEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Said(bytes32 indexed jobHash, bytes32 blob)
func (cowsayClient *CowsayClient) UnpackSaidEvent(log *types.Log) (*CowsayClientSaid, error) {
	event := "Said"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != cowsayClient.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CowsayClientSaid)
	if len(log.Data) > 0 {
		if err := cowsayClient.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range cowsayClient.abi.Events[event].Inputs {
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

// CowsayClientSilent represents a Silent event raised by the CowsayClient contract.
type CowsayClientSilent struct {
	JobHash [32]byte
	Path    uint8
	Raw     *types.Log // Blockchain specific contextual infos
}

const CowsayClientSilentEventName = "Silent"

// ContractEventName returns the user-defined event name.
func (CowsayClientSilent) ContractEventName() string {
	return CowsayClientSilentEventName
}

// UnpackSilentEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Silent(bytes32 indexed jobHash, uint8 path)
func (cowsayClient *CowsayClient) UnpackSilentEvent(log *types.Log) (*CowsayClientSilent, error) {
	event := "Silent"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != cowsayClient.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CowsayClientSilent)
	if len(log.Data) > 0 {
		if err := cowsayClient.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range cowsayClient.abi.Events[event].Inputs {
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
func (cowsayClient *CowsayClient) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["CowsayWrongModule"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackCowsayWrongModuleError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["CowsayWrongWork"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackCowsayWrongWorkError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["JobNotFinal"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackJobNotFinalError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["JobNotSelf"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackJobNotSelfError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["JobTooLittleGas"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackJobTooLittleGasError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["JobWrongJudge"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackJobWrongJudgeError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["JobWrongOutputs"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackJobWrongOutputsError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["JobWrongStage"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackJobWrongStageError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["OwnableInvalidOwner"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackOwnableInvalidOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["OwnableUnauthorizedAccount"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackOwnableUnauthorizedAccountError(raw[4:])
	}
	if bytes.Equal(raw[:4], cowsayClient.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return cowsayClient.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// CowsayClientCowsayWrongModule represents a CowsayWrongModule error raised by the CowsayClient contract.
type CowsayClientCowsayWrongModule struct {
	Module [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CowsayWrongModule(bytes32 module)
func CowsayClientCowsayWrongModuleErrorID() common.Hash {
	return common.HexToHash("0x82aef37b4ecc5a59fd1287c130e2e1f058fe27dee20fcfec19c5df2c1c3cb225")
}

// UnpackCowsayWrongModuleError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CowsayWrongModule(bytes32 module)
func (cowsayClient *CowsayClient) UnpackCowsayWrongModuleError(raw []byte) (*CowsayClientCowsayWrongModule, error) {
	out := new(CowsayClientCowsayWrongModule)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "CowsayWrongModule", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientCowsayWrongWork represents a CowsayWrongWork error raised by the CowsayClient contract.
type CowsayClientCowsayWrongWork struct {
	Work [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CowsayWrongWork(bytes32 work)
func CowsayClientCowsayWrongWorkErrorID() common.Hash {
	return common.HexToHash("0xb6eb905e512d134710e65914e367da04a0e2b38f4fc7b38bfecbcc0d0652969f")
}

// UnpackCowsayWrongWorkError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CowsayWrongWork(bytes32 work)
func (cowsayClient *CowsayClient) UnpackCowsayWrongWorkError(raw []byte) (*CowsayClientCowsayWrongWork, error) {
	out := new(CowsayClientCowsayWrongWork)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "CowsayWrongWork", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientJobNotFinal represents a JobNotFinal error raised by the CowsayClient contract.
type CowsayClientJobNotFinal struct {
	JobHash [32]byte
	State   uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobNotFinal(bytes32 jobHash, uint8 state)
func CowsayClientJobNotFinalErrorID() common.Hash {
	return common.HexToHash("0xe47c3c4661b1c4948f53954bc446f7548a6bee6066a5c8961b444fd72cd2fb38")
}

// UnpackJobNotFinalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobNotFinal(bytes32 jobHash, uint8 state)
func (cowsayClient *CowsayClient) UnpackJobNotFinalError(raw []byte) (*CowsayClientJobNotFinal, error) {
	out := new(CowsayClientJobNotFinal)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "JobNotFinal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientJobNotSelf represents a JobNotSelf error raised by the CowsayClient contract.
type CowsayClientJobNotSelf struct {
	Sender common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobNotSelf(address sender)
func CowsayClientJobNotSelfErrorID() common.Hash {
	return common.HexToHash("0xad0e638b3aaa72cb0de2da62ba5908bc19e65dd02d7a9b3cad95281bc00dd65f")
}

// UnpackJobNotSelfError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobNotSelf(address sender)
func (cowsayClient *CowsayClient) UnpackJobNotSelfError(raw []byte) (*CowsayClientJobNotSelf, error) {
	out := new(CowsayClientJobNotSelf)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "JobNotSelf", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientJobTooLittleGas represents a JobTooLittleGas error raised by the CowsayClient contract.
type CowsayClientJobTooLittleGas struct {
	Given  *big.Int
	Needed *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobTooLittleGas(uint256 given, uint256 needed)
func CowsayClientJobTooLittleGasErrorID() common.Hash {
	return common.HexToHash("0xaac333d6b4b2a10aa4ebae72b9226a67ef85f06d713962b89e535eb44f683781")
}

// UnpackJobTooLittleGasError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobTooLittleGas(uint256 given, uint256 needed)
func (cowsayClient *CowsayClient) UnpackJobTooLittleGasError(raw []byte) (*CowsayClientJobTooLittleGas, error) {
	out := new(CowsayClientJobTooLittleGas)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "JobTooLittleGas", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientJobWrongJudge represents a JobWrongJudge error raised by the CowsayClient contract.
type CowsayClientJobWrongJudge struct {
	Judge common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobWrongJudge(address judge)
func CowsayClientJobWrongJudgeErrorID() common.Hash {
	return common.HexToHash("0xa057c1f3888ac43650e505f04952bde97e3e79b5ef1c9f3c3a5c317d7b3f9c67")
}

// UnpackJobWrongJudgeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobWrongJudge(address judge)
func (cowsayClient *CowsayClient) UnpackJobWrongJudgeError(raw []byte) (*CowsayClientJobWrongJudge, error) {
	out := new(CowsayClientJobWrongJudge)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "JobWrongJudge", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientJobWrongOutputs represents a JobWrongOutputs error raised by the CowsayClient contract.
type CowsayClientJobWrongOutputs struct {
	JobHash [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobWrongOutputs(bytes32 jobHash)
func CowsayClientJobWrongOutputsErrorID() common.Hash {
	return common.HexToHash("0x1eb521c16360bbc7b0d1f5dea12dd36faed432c7e82cddb7abe8ac136d6247c9")
}

// UnpackJobWrongOutputsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobWrongOutputs(bytes32 jobHash)
func (cowsayClient *CowsayClient) UnpackJobWrongOutputsError(raw []byte) (*CowsayClientJobWrongOutputs, error) {
	out := new(CowsayClientJobWrongOutputs)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "JobWrongOutputs", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientJobWrongStage represents a JobWrongStage error raised by the CowsayClient contract.
type CowsayClientJobWrongStage struct {
	JobHash [32]byte
	Stage   uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobWrongStage(bytes32 jobHash, uint8 stage)
func CowsayClientJobWrongStageErrorID() common.Hash {
	return common.HexToHash("0x0b7760a3ba340ac9f4b5956a847f3ffa06882ed475fc465c0fa5ff04a1c5697b")
}

// UnpackJobWrongStageError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobWrongStage(bytes32 jobHash, uint8 stage)
func (cowsayClient *CowsayClient) UnpackJobWrongStageError(raw []byte) (*CowsayClientJobWrongStage, error) {
	out := new(CowsayClientJobWrongStage)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "JobWrongStage", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientOwnableInvalidOwner represents a OwnableInvalidOwner error raised by the CowsayClient contract.
type CowsayClientOwnableInvalidOwner struct {
	Owner common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableInvalidOwner(address owner)
func CowsayClientOwnableInvalidOwnerErrorID() common.Hash {
	return common.HexToHash("0x1e4fbdf7f3ef8bcaa855599e3abf48b232380f183f08f6f813d9ffa5bd585188")
}

// UnpackOwnableInvalidOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableInvalidOwner(address owner)
func (cowsayClient *CowsayClient) UnpackOwnableInvalidOwnerError(raw []byte) (*CowsayClientOwnableInvalidOwner, error) {
	out := new(CowsayClientOwnableInvalidOwner)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "OwnableInvalidOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientOwnableUnauthorizedAccount represents a OwnableUnauthorizedAccount error raised by the CowsayClient contract.
type CowsayClientOwnableUnauthorizedAccount struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func CowsayClientOwnableUnauthorizedAccountErrorID() common.Hash {
	return common.HexToHash("0x118cdaa7a341953d1887a2245fd6665d741c67c8c50581daa59e1d03373fa188")
}

// UnpackOwnableUnauthorizedAccountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func (cowsayClient *CowsayClient) UnpackOwnableUnauthorizedAccountError(raw []byte) (*CowsayClientOwnableUnauthorizedAccount, error) {
	out := new(CowsayClientOwnableUnauthorizedAccount)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "OwnableUnauthorizedAccount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CowsayClientSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the CowsayClient contract.
type CowsayClientSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func CowsayClientSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (cowsayClient *CowsayClient) UnpackSafeERC20FailedOperationError(raw []byte) (*CowsayClientSafeERC20FailedOperation, error) {
	out := new(CowsayClientSafeERC20FailedOperation)
	if err := cowsayClient.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}
