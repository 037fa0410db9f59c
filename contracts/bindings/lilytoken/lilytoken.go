// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package lilytoken

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

// CheckpointsCheckpoint208 is an auto generated low-level Go binding around an user-defined struct.
type CheckpointsCheckpoint208 struct {
	Key   *big.Int
	Value *big.Int
}

// LilyTokenMetaData contains all meta data concerning the LilyToken contract.
var LilyTokenMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"holder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"supply\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"CLOCK_MODE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"DOMAIN_SEPARATOR\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"allowance\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"spender\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"approve\",\"inputs\":[{\"name\":\"spender\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"balanceOf\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"checkpoints\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pos\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structCheckpoints.Checkpoint208\",\"components\":[{\"name\":\"_key\",\"type\":\"uint48\",\"internalType\":\"uint48\"},{\"name\":\"_value\",\"type\":\"uint208\",\"internalType\":\"uint208\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"clock\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint48\",\"internalType\":\"uint48\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"decimals\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint8\",\"internalType\":\"uint8\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"delegate\",\"inputs\":[{\"name\":\"delegatee\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"delegateBySig\",\"inputs\":[{\"name\":\"delegatee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"nonce\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"expiry\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"v\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"delegates\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"getPastTotalSupply\",\"inputs\":[{\"name\":\"timepoint\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"getPastVotes\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"timepoint\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"getVotes\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"name\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"nonces\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"numCheckpoints\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"permit\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"spender\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"v\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"symbol\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalSupply\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"transfer\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"transferFrom\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"Approval\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"spender\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"value\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"DelegateChanged\",\"inputs\":[{\"name\":\"delegator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"fromDelegate\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"toDelegate\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"DelegateVotesChanged\",\"inputs\":[{\"name\":\"delegate\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"previousVotes\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"newVotes\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Transfer\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"value\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"CheckpointUnorderedInsertion\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureLength\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureS\",\"inputs\":[{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"ERC20ExceededSafeSupply\",\"inputs\":[{\"name\":\"increasedSupply\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"cap\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC20InsufficientAllowance\",\"inputs\":[{\"name\":\"spender\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"allowance\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"needed\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC20InsufficientBalance\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"balance\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"needed\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC20InvalidApprover\",\"inputs\":[{\"name\":\"approver\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC20InvalidReceiver\",\"inputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC20InvalidSender\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC20InvalidSpender\",\"inputs\":[{\"name\":\"spender\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC2612ExpiredSignature\",\"inputs\":[{\"name\":\"deadline\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC2612InvalidSigner\",\"inputs\":[{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC5805FutureLookup\",\"inputs\":[{\"name\":\"timepoint\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clock\",\"type\":\"uint48\",\"internalType\":\"uint48\"}]},{\"type\":\"error\",\"name\":\"InvalidAccountNonce\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"currentNonce\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeCastOverflowedUintDowncast\",\"inputs\":[{\"name\":\"bits\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"VotesExpiredSignature\",\"inputs\":[{\"name\":\"expiry\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "LilyToken",
	Bin: "0x61016060405234610098576040612e83803803809161001d826100b0565b610160391261009857610160516001600160a01b0381168103610098576101805161004791610152565b6040516123b89081610a8b8239608051816114ff015260a051816115bc015260c051816114d0015260e0518161154e015261010051816115740152610120518161098a015261014051816109b30152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b610160601f91909101601f19168101906001600160401b038211908210176100d757604052565b61009c565b601f909101601f19168101906001600160401b038211908210176100d757604052565b6040519061010e6040836100dc565b565b6040519061011f6040836100dc565b60048252565b604051906101346040836100dc565b60018252565b610142610110565b90634c696c7960e01b6020830152565b919061015c61013a565b9261016561013a565b9361016e610110565b90634c494c5960e01b6020830152610184610125565b906020820192603160f81b8452875160018060401b0381116100d7576101b4816101af6003546102cb565b610303565b6020601f821160011461024157816101f393926101eb9261010e9b9c5f92610236575b50508160011b915f199060031b1c19161790565b6003556103c0565b6101fc81610545565b6101205261020982610545565b610140526020815191012060e052519020610100524660a05261022a6105b0565b6080523060c052610499565b015190505f806101d7565b60035f52601f198216997fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b9a5f5b8181106102b357509a60019284926101f3969561010e9d9e1061029b575b505050811b016003556103c0565b01515f1960f88460031b161c191690555f808061028d565b838301518d556001909c019b6020938401930161026f565b90600182811c921680156102f9575b60208310146102e557565b634e487b7160e01b5f52602260045260245ffd5b91607f16916102da565b90601f8211610310575050565b80821161031b575050565b60035f5260205f206020601f830160051c921061035a575b81601f9101920160051c03905f5b82811061034d57505050565b5f82820155600101610341565b5f9150610333565b919091601f8311610373575b505050565b81831161037f57505050565b5f5260205f206020601f830160051c92106103b8575b81601f9101920160051c03905f5b8281101561036e575f828201556001016103a3565b5f9150610395565b80519091906001600160401b0381116100d7576103e9816103e26004546102cb565b6004610362565b602092601f821160011461041d57610418929382915f926102365750508160011b915f199060031b1c19161790565b600455565b60045f52601f198216937f8a35acfbc15ff81a39ae7d344fd709f28e8600b4aa8c65c6b64bfe7fe36bd19b915f5b8681106104815750836001959610610469575b505050811b01600455565b01515f1960f88460031b161c191690555f808061045e565b9192602060018192868501518155019401920161044b565b91906001600160a01b03831680156105325760025482810180911161052d576002555f81815260208181526040808320805486019055518481527fddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef9190a3600254926001600160d01b03808511610516575061010e929350610622565b630e58ae9360e11b5f52600485905260245260445ffd5b61060e565b63ec442f0560e01b5f525f60045260245ffd5b601f815111610570576020815191015160208210610561571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fd5b60e051610100516040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261060860c0826100dc565b51902090565b634e487b7160e01b5f52601160045260245ffd5b9061062c816106fb565b600a54806106d457505f905b6001600160d01b03918216908216019290831161052d5761010e92610667904265ffffffffffff16600a6109b4565b50506001600160a01b031680156106bc575b60086020527f5eff886ea0ce6ca488a3d6e336d6c0f75f46d19b42c06ce5ee98e42c96d256c7545f9182526040909120546001600160a01b039081169116610843565b6106cd6106c8836106fb565b61072c565b5050610679565b805f1981011161052d57600a5f525f516020612e435f395f51905f52015460301c90610638565b6001600160d01b038111610715576001600160d01b031690565b6306dfcc6560e41b5f5260d060045260245260445ffd5b600a548061076957505f905b6001600160d01b039081169181169190910390811161052d57610765904265ffffffffffff16600a6109b4565b9091565b805f1981011161052d57600a5f525f516020612e435f395f51905f52015460301c90610738565b90815480155f146107cb57505f905b6001600160d01b039081169181169190910390811161052d576107659165ffffffffffff4216906109b4565b805f1981011161052d575f83815260209020015f19015460301c9061079f565b90815480155f1461082357505f905b6001600160d01b039182169082160190811161052d576107659165ffffffffffff4216906109b4565b805f1981011161052d575f83815260209020015f19015460301c906107fa565b6001600160a01b03808316939291908116908185141580610936575b61086b575b5050505050565b816108dc575b505082610880575b8080610864565b6001600160a01b03165f9081526009602052604090205f516020612e635f395f51905f52916108b9916108b390916106fb565b906107eb565b604080516001600160d01b039384168152919092166020820152a25f8080610879565b6001600160a01b03165f9081526009602052604090205f516020612e635f395f51905f52906109149061090e866106fb565b90610790565b604080516001600160d01b039384168152919092166020820152a25f80610871565b5083151561085f565b5f1981019190821161052d57565b908154680100000000000000008110156100d757600181018084558110156109a0575f9283526020928390208251929093015160301b65ffffffffffff191665ffffffffffff9290921691909117910155565b634e487b7160e01b5f52603260045260245ffd5b80549293928015610a60576109cb6109d69161093f565b825f5260205f200190565b8054603081901c9365ffffffffffff91821692918116808411610a5157879303610a1d5750610a1992509065ffffffffffff82549181199060301b169116179055565b9190565b915050610a1991610a3d610a2f6100ff565b65ffffffffffff9093168352565b6001600160d01b038616602083015261094d565b632520601d60e01b5f5260045ffd5b5090610a8591610a71610a2f6100ff565b6001600160d01b038516602083015261094d565b5f919056fe60806040526004361015610011575f80fd5b5f3560e01c806306fdde0314610184578063095ea7b31461017f57806318160ddd1461017a57806323b872dd14610175578063313ce567146101705780633644e5151461016b5780633a46b1a8146101665780634bf5d7e914610161578063587cde1e1461015c5780635c19a95c146101575780636fcfff451461015257806370a082311461014d5780637ecebe001461014857806384b0196e146101435780638e539e8c1461013e57806391ddadf41461013957806395d89b41146101345780639ab24eb01461012f578063a9059cbb1461012a578063c3cda52014610125578063d505accf14610120578063dd62ed3e1461011b5763f1127ed814610116575f80fd5b611159565b6110c8565b610f0f565b610d83565b610d1f565b610c99565b610bc6565b610b86565b610aa9565b610954565b6108f1565b610891565b6107eb565b6107a9565b610730565b6106b3565b610591565b610551565b610518565b6103fc565b6103c1565b610372565b6101e0565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b9060206101dd928181520190610189565b90565b34610328575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610328576040515f6003548060011c906001811690811561031e575b6020831082146102f15782855260208501919081156102ba5750600114610268575b61026484610258818603826112c8565b604051918291826101cc565b0390f35b60035f9081529250907fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b5b8184106102a65750500161025882610248565b805484840152602090930192600101610293565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001682525090151560051b01905061025882610248565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f1691610226565b5f80fd5b6004359073ffffffffffffffffffffffffffffffffffffffff8216820361032857565b6024359073ffffffffffffffffffffffffffffffffffffffff8216820361032857565b346103285760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610328576103b66103ac61032c565b602435903361180d565b602060405160018152f35b34610328575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610328576020600254604051908152f35b346103285760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126103285761043361032c565b61043b61034f565b6044359073ffffffffffffffffffffffffffffffffffffffff83165f5260016020526104883360405f209073ffffffffffffffffffffffffffffffffffffffff165f5260205260405f2090565b54927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff84106104c8575b6104bc9350611332565b60405160018152602090f35b8284106104e4576104df836104bc95033383611902565b6104b2565b82847ffb8f41b2000000000000000000000000000000000000000000000000000000005f523360045260245260445260645ffd5b34610328575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261032857602060405160128152f35b34610328575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126103285760206105896114b9565b604051908152f35b346103285760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610328576105c861032c565b73ffffffffffffffffffffffffffffffffffffffff60243591165f5260096020526105f660405f20916115e2565b8154905f82916005841161065b575b610610935084611b1c565b908161064057505060205f5b79ffffffffffffffffffffffffffffffffffffffffffffffffffff60405191168152f35b61064b60209261166b565b905f52815f20015460301c61061c565b9192610666816119a7565b81039081116106ae5761061093855f5265ffffffffffff8260205f2001541665ffffffffffff8516105f1461069c575091610605565b9291506106a890611698565b90610605565b61124d565b34610328575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610328576102646040516106f26040826112c8565b600e81527f6d6f64653d74696d657374616d700000000000000000000000000000000000006020820152604051918291602083526020830190610189565b346103285760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126103285773ffffffffffffffffffffffffffffffffffffffff61077c61032c565b165f526008602052602073ffffffffffffffffffffffffffffffffffffffff60405f205416604051908152f35b346103285760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610328576107e96107e361032c565b336116a6565b005b346103285760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126103285773ffffffffffffffffffffffffffffffffffffffff61083761032c565b165f52600960205260405f205463ffffffff81116108615760405163ffffffff9091168152602090f35b7f6dfcc650000000000000000000000000000000000000000000000000000000005f52602060045260245260445ffd5b346103285760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126103285760206105896108cd61032c565b73ffffffffffffffffffffffffffffffffffffffff165f525f60205260405f205490565b346103285760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126103285773ffffffffffffffffffffffffffffffffffffffff61093d61032c565b165f526007602052602060405f2054604051908152f35b34610328575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261032857610a506109ae7f0000000000000000000000000000000000000000000000000000000000000000611cfc565b6109d77f0000000000000000000000000000000000000000000000000000000000000000611cfc565b60206040516109e682826112c8565b5f815281610a5e818301947fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe083013687376040519788977f0f00000000000000000000000000000000000000000000000000000000000000895260e0858a015260e0890190610189565b908782036040890152610189565b914660608701523060808701525f60a087015285830360c087015251918281520192915f5b828110610a9257505050500390f35b835185528695509381019392810192600101610a83565b346103285760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261032857610ae36004356115e2565b600a54905f829160058411610b32575b610aff9350600a611b1c565b80610b1057506040515f8152602090f35b610b2d610b1e60209261166b565b600a5f52825f20015460301c90565b61061c565b9192610b3d816119a7565b81039081116106ae57610aff93600a5f5265ffffffffffff8260205f2001541665ffffffffffff8516105f14610b74575091610af3565b929150610b8090611698565b90610af3565b34610328575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261032857602060405165ffffffffffff42168152f35b34610328575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610328576040515f6004548060011c9060018116908115610c8f575b6020831082146102f15782855260208501919081156102ba5750600114610c3d5761026484610258818603826112c8565b60045f9081529250907f8a35acfbc15ff81a39ae7d344fd709f28e8600b4aa8c65c6b64bfe7fe36bd19b5b818410610c7b5750500161025882610248565b805484840152602090930192600101610c68565b91607f1691610c0c565b346103285760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126103285773ffffffffffffffffffffffffffffffffffffffff610ce561032c565b165f526009602052602079ffffffffffffffffffffffffffffffffffffffffffffffffffff610d1660405f20611756565b16604051908152f35b346103285760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610328576103b6610d5961032c565b6024359033611332565b6064359060ff8216820361032857565b6084359060ff8216820361032857565b346103285760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261032857610dba61032c565b60243590604435610dc9610d63565b6084359060a43592804211610ee45791610e5c9391610e4e610e539460405160208101917fe48329057bfd03d55e49b547132e39cffd9c1820ad7b9d4c5307691425d15adf835273ffffffffffffffffffffffffffffffffffffffff8a1660408301528a6060830152608082015260808152610e4660a0826112c8565b5190206117bd565b611d53565b90929192611e24565b610e8d8173ffffffffffffffffffffffffffffffffffffffff165f52600760205260405f2080549060018201905590565b809303610e9e576107e992506116a6565b73ffffffffffffffffffffffffffffffffffffffff91507f752d88c0000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b7f4683af0e000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346103285760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261032857610f4661032c565b610f4e61034f565b6044359060643592610f5e610d73565b60a43560c4359086421161109c5761102e92611029610fa48673ffffffffffffffffffffffffffffffffffffffff165f52600760205260405f2080549060018201905590565b9860405160208101917f6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c9835273ffffffffffffffffffffffffffffffffffffffff89169b8c604084015273ffffffffffffffffffffffffffffffffffffffff8b1660608401528b608084015260a083015260c082015260c08152610e4660e0826112c8565b6117fe565b9373ffffffffffffffffffffffffffffffffffffffff851603611055576107e9935061180d565b7f4b800e46000000000000000000000000000000000000000000000000000000005f5273ffffffffffffffffffffffffffffffffffffffff8085166004521660245260445ffd5b867f62791302000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346103285760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261032857602061115061110461032c565b73ffffffffffffffffffffffffffffffffffffffff61112161034f565b91165f526001835260405f209073ffffffffffffffffffffffffffffffffffffffff165f5260205260405f2090565b54604051908152f35b346103285760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126103285761119061032c565b6024359063ffffffff82168203610328576102649173ffffffffffffffffffffffffffffffffffffffff6111ea926111c661131a565b506111cf61131a565b50165f52600960205260405f206111e461131a565b50611eeb565b50604051906111f8826112a7565b5465ffffffffffff8116825260301c602082015260405191829182919091602079ffffffffffffffffffffffffffffffffffffffffffffffffffff81604084019565ffffffffffff8151168552015116910152565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040810190811067ffffffffffffffff8211176112c357604052565b61127a565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176112c357604052565b604051906113186040836112c8565b565b60405190611327826112a7565b5f6020838281520152565b92919073ffffffffffffffffffffffffffffffffffffffff841693841561148d5773ffffffffffffffffffffffffffffffffffffffff82168015611461576113978273ffffffffffffffffffffffffffffffffffffffff165f525f60205260405f2090565b5484811061142d5795846113189697036113ce8473ffffffffffffffffffffffffffffffffffffffff165f525f60205260405f2090565b556113f68473ffffffffffffffffffffffffffffffffffffffff165f525f60205260405f2090565b8054860190556040518581527fddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef90602090a36120bf565b8490877fe450d38c000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b7fec442f05000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b7f96c6fd1e000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163014806115b9575b15611521577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a081526115b360c0826112c8565b51902090565b507f000000000000000000000000000000000000000000000000000000000000000046146114f8565b65ffffffffffff42168082101561163c575065ffffffffffff811161160c5765ffffffffffff1690565b7f6dfcc650000000000000000000000000000000000000000000000000000000005f52603060045260245260445ffd5b907fecd3f81e000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82019182116106ae57565b90600182018092116106ae57565b73ffffffffffffffffffffffffffffffffffffffff8181165f81815260086020526040812080548685167fffffffffffffffffffffffff000000000000000000000000000000000000000082168117909255611318969416946117509390928691907f3134e8a2e6d97e929a7e54011ea5485d7d196dd5f0ba4d4ef95803e8e3fc257f9080a473ffffffffffffffffffffffffffffffffffffffff165f525f60205260405f205490565b91611b75565b8054806117635750505f90565b807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8101116106ae577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff915f5260205f2001015460301c90565b6042906117c86114b9565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b916101dd9391610e5393611d53565b73ffffffffffffffffffffffffffffffffffffffff169081156118d65773ffffffffffffffffffffffffffffffffffffffff81169283156118aa578061189d7f8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b92593855f52600160205260405f209073ffffffffffffffffffffffffffffffffffffffff165f5260205260405f2090565b55604051908152602090a3565b7f94280d62000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b7fe602df05000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff169081156118d65773ffffffffffffffffffffffffffffffffffffffff8116156118aa5761196d915f52600160205260405f209073ffffffffffffffffffffffffffffffffffffffff165f5260205260405f2090565b55565b811561197a570490565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b60018111156101dd57806001700100000000000000000000000000000000831015611ada575b611a80611a76611a6c611a62611a58611a4e611a3d611a879760048a68010000000000000000611a8c9c1015611acd575b640100000000811015611ac0575b62010000811015611ab3575b610100811015611aa6575b6010811015611a99575b1015611a91575b60030260011c90565b611a47818b611970565b0160011c90565b611a47818a611970565b611a478189611970565b611a478188611970565b611a478187611970565b611a478186611970565b8093611970565b821190565b900390565b60011b611a34565b60041c9160021b91611a2d565b60081c9160041b91611a23565b60101c9160081b91611a18565b60201c9160101b91611a0c565b60401c9160201b916119fe565b5050611a8c611a87611a80611a76611a6c611a62611a58611a4e611a3d611b018a60801c90565b98506801000000000000000097506119cd9650505050505050565b9065ffffffffffff165b838310611b335750505090565b90919280841860011c8185160190835f528265ffffffffffff8360205f20015416115f14611b655750925b9190611b26565b9350611b7090611698565b611b5e565b919073ffffffffffffffffffffffffffffffffffffffff81169273ffffffffffffffffffffffffffffffffffffffff8116908482141580611cf3575b611bbd575b5050505050565b81611c70575b505082611bd2575b8080611bb6565b611c65611c4c7fdec2bacdd2f05b59de34da9b523dff8be42e5e38e818c82fdb0bae774387a72493611c46611c4079ffffffffffffffffffffffffffffffffffffffffffffffffffff9573ffffffffffffffffffffffffffffffffffffffff165f52600960205260405f2090565b91611f2d565b90612000565b6040805192851683529316602082015291829190820190565b0390a25f8080611bcb565b79ffffffffffffffffffffffffffffffffffffffffffffffffffff611ce9611c4c611cda7fdec2bacdd2f05b59de34da9b523dff8be42e5e38e818c82fdb0bae774387a7249473ffffffffffffffffffffffffffffffffffffffff165f52600960205260405f2090565b611ce388611f2d565b90611f9d565b0390a25f80611bc3565b50831515611bb1565b60ff811690601f8211611d2b5760405191611d186040846112c8565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411611de2579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15611dd7575f5173ffffffffffffffffffffffffffffffffffffffff811615611dcd57905f905f90565b505f906001905f90565b6040513d5f823e3d90fd5b5050505f9160039190565b60041115611df757565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b611e2d81611ded565b80611e36575050565b611e3f81611ded565b60018103611e6f577ff645eedf000000000000000000000000000000000000000000000000000000005f5260045ffd5b611e7881611ded565b60028103611eac57507ffce698f7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b80611eb8600392611ded565b14611ec05750565b7fd78bce0c000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b8054821015611f00575f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b79ffffffffffffffffffffffffffffffffffffffffffffffffffff8111611f6d5779ffffffffffffffffffffffffffffffffffffffffffffffffffff1690565b7f6dfcc650000000000000000000000000000000000000000000000000000000005f5260d060045260245260445ffd5b9079ffffffffffffffffffffffffffffffffffffffffffffffffffff80611fc384611756565b921691160379ffffffffffffffffffffffffffffffffffffffffffffffffffff81116106ae57611ffc9165ffffffffffff421690612285565b9091565b9079ffffffffffffffffffffffffffffffffffffffffffffffffffff8061202684611756565b921691160179ffffffffffffffffffffffffffffffffffffffffffffffffffff81116106ae57611ffc9165ffffffffffff421690612285565b79ffffffffffffffffffffffffffffffffffffffffffffffffffff80612085600a611756565b921691160379ffffffffffffffffffffffffffffffffffffffffffffffffffff81116106ae57611ffc904265ffffffffffff16600a612285565b90919073ffffffffffffffffffffffffffffffffffffffff168015612164575b73ffffffffffffffffffffffffffffffffffffffff611318931690811561214c575b5f52600860205273ffffffffffffffffffffffffffffffffffffffff60405f205416905f52600860205273ffffffffffffffffffffffffffffffffffffffff60405f20541690611b75565b61215d61215884611f2d565b61205f565b5050612101565b61216d82611f2d565b79ffffffffffffffffffffffffffffffffffffffffffffffffffff80612193600a611756565b921691160179ffffffffffffffffffffffffffffffffffffffffffffffffffff81116106ae576113189373ffffffffffffffffffffffffffffffffffffffff916121e7904265ffffffffffff16600a612285565b9050509350506120df565b8054680100000000000000008110156112c35761221491600182018155611eeb565b6122595781516020929092015160301b7fffffffffffffffffffffffffffffffffffffffffffffffffffff0000000000001665ffffffffffff92909216919091179055565b7f4e487b71000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b8054929392801561237b5761229c6122a79161166b565b825f5260205f200190565b8054603081901c9365ffffffffffff918216929181168084116123535787930361230c575061230892509065ffffffffffff7fffffffffffffffffffffffffffffffffffffffffffffffffffff00000000000083549260301b169116179055565b9190565b9150506123089161232c61231e611309565b65ffffffffffff9093168352565b79ffffffffffffffffffffffffffffffffffffffffffffffffffff861660208301526121f2565b7f2520601d000000000000000000000000000000000000000000000000000000005f5260045ffd5b50906123b39161238c61231e611309565b79ffffffffffffffffffffffffffffffffffffffffffffffffffff851660208301526121f2565b5f919056c65a7bb8d6351c1cf70c95a316cc6a92839c986682d98bc35f958f4883f9d2a7dec2bacdd2f05b59de34da9b523dff8be42e5e38e818c82fdb0bae774387a724",
}

// LilyToken is an auto generated Go binding around an Ethereum contract.
type LilyToken struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *LilyToken) GetABI() abi.ABI {
	return c.abi
}

// NewLilyToken creates a new instance of LilyToken.
func NewLilyToken() *LilyToken {
	parsed, err := LilyTokenMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &LilyToken{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *LilyToken) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address holder, uint256 supply) returns()
func (lilyToken *LilyToken) PackConstructor(holder common.Address, supply *big.Int) []byte {
	enc, err := lilyToken.abi.Pack("", holder, supply)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackCLOCKMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4bf5d7e9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CLOCK_MODE() pure returns(string)
func (lilyToken *LilyToken) PackCLOCKMODE() []byte {
	enc, err := lilyToken.abi.Pack("CLOCK_MODE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCLOCKMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4bf5d7e9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CLOCK_MODE() pure returns(string)
func (lilyToken *LilyToken) TryPackCLOCKMODE() ([]byte, error) {
	return lilyToken.abi.Pack("CLOCK_MODE")
}

// UnpackCLOCKMODE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4bf5d7e9.
//
// Solidity: function CLOCK_MODE() pure returns(string)
func (lilyToken *LilyToken) UnpackCLOCKMODE(data []byte) (string, error) {
	out, err := lilyToken.abi.Unpack("CLOCK_MODE", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackDOMAINSEPARATOR is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3644e515.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function DOMAIN_SEPARATOR() view returns(bytes32)
func (lilyToken *LilyToken) PackDOMAINSEPARATOR() []byte {
	enc, err := lilyToken.abi.Pack("DOMAIN_SEPARATOR")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDOMAINSEPARATOR is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3644e515.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function DOMAIN_SEPARATOR() view returns(bytes32)
func (lilyToken *LilyToken) TryPackDOMAINSEPARATOR() ([]byte, error) {
	return lilyToken.abi.Pack("DOMAIN_SEPARATOR")
}

// UnpackDOMAINSEPARATOR is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3644e515.
//
// Solidity: function DOMAIN_SEPARATOR() view returns(bytes32)
func (lilyToken *LilyToken) UnpackDOMAINSEPARATOR(data []byte) ([32]byte, error) {
	out, err := lilyToken.abi.Unpack("DOMAIN_SEPARATOR", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackAllowance is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd62ed3e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function allowance(address owner, address spender) view returns(uint256)
func (lilyToken *LilyToken) PackAllowance(owner common.Address, spender common.Address) []byte {
	enc, err := lilyToken.abi.Pack("allowance", owner, spender)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAllowance is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd62ed3e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function allowance(address owner, address spender) view returns(uint256)
func (lilyToken *LilyToken) TryPackAllowance(owner common.Address, spender common.Address) ([]byte, error) {
	return lilyToken.abi.Pack("allowance", owner, spender)
}

// UnpackAllowance is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdd62ed3e.
//
// Solidity: function allowance(address owner, address spender) view returns(uint256)
func (lilyToken *LilyToken) UnpackAllowance(data []byte) (*big.Int, error) {
	out, err := lilyToken.abi.Unpack("allowance", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x095ea7b3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function approve(address spender, uint256 value) returns(bool)
func (lilyToken *LilyToken) PackApprove(spender common.Address, value *big.Int) []byte {
	enc, err := lilyToken.abi.Pack("approve", spender, value)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x095ea7b3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function approve(address spender, uint256 value) returns(bool)
func (lilyToken *LilyToken) TryPackApprove(spender common.Address, value *big.Int) ([]byte, error) {
	return lilyToken.abi.Pack("approve", spender, value)
}

// UnpackApprove is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x095ea7b3.
//
// Solidity: function approve(address spender, uint256 value) returns(bool)
func (lilyToken *LilyToken) UnpackApprove(data []byte) (bool, error) {
	out, err := lilyToken.abi.Unpack("approve", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackBalanceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70a08231.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function balanceOf(address account) view returns(uint256)
func (lilyToken *LilyToken) PackBalanceOf(account common.Address) []byte {
	enc, err := lilyToken.abi.Pack("balanceOf", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBalanceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70a08231.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function balanceOf(address account) view returns(uint256)
func (lilyToken *LilyToken) TryPackBalanceOf(account common.Address) ([]byte, error) {
	return lilyToken.abi.Pack("balanceOf", account)
}

// UnpackBalanceOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x70a08231.
//
// Solidity: function balanceOf(address account) view returns(uint256)
func (lilyToken *LilyToken) UnpackBalanceOf(data []byte) (*big.Int, error) {
	out, err := lilyToken.abi.Unpack("balanceOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCheckpoints is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf1127ed8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function checkpoints(address account, uint32 pos) view returns((uint48,uint208))
func (lilyToken *LilyToken) PackCheckpoints(account common.Address, pos uint32) []byte {
	enc, err := lilyToken.abi.Pack("checkpoints", account, pos)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCheckpoints is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf1127ed8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function checkpoints(address account, uint32 pos) view returns((uint48,uint208))
func (lilyToken *LilyToken) TryPackCheckpoints(account common.Address, pos uint32) ([]byte, error) {
	return lilyToken.abi.Pack("checkpoints", account, pos)
}

// UnpackCheckpoints is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf1127ed8.
//
// Solidity: function checkpoints(address account, uint32 pos) view returns((uint48,uint208))
func (lilyToken *LilyToken) UnpackCheckpoints(data []byte) (CheckpointsCheckpoint208, error) {
	out, err := lilyToken.abi.Unpack("checkpoints", data)
	if err != nil {
		return *new(CheckpointsCheckpoint208), err
	}
	out0 := *abi.ConvertType(out[0], new(CheckpointsCheckpoint208)).(*CheckpointsCheckpoint208)
	return out0, nil
}

// PackClock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x91ddadf4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function clock() view returns(uint48)
func (lilyToken *LilyToken) PackClock() []byte {
	enc, err := lilyToken.abi.Pack("clock")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x91ddadf4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function clock() view returns(uint48)
func (lilyToken *LilyToken) TryPackClock() ([]byte, error) {
	return lilyToken.abi.Pack("clock")
}

// UnpackClock is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x91ddadf4.
//
// Solidity: function clock() view returns(uint48)
func (lilyToken *LilyToken) UnpackClock(data []byte) (*big.Int, error) {
	out, err := lilyToken.abi.Unpack("clock", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackDecimals is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x313ce567.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function decimals() view returns(uint8)
func (lilyToken *LilyToken) PackDecimals() []byte {
	enc, err := lilyToken.abi.Pack("decimals")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDecimals is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x313ce567.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function decimals() view returns(uint8)
func (lilyToken *LilyToken) TryPackDecimals() ([]byte, error) {
	return lilyToken.abi.Pack("decimals")
}

// UnpackDecimals is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x313ce567.
//
// Solidity: function decimals() view returns(uint8)
func (lilyToken *LilyToken) UnpackDecimals(data []byte) (uint8, error) {
	out, err := lilyToken.abi.Unpack("decimals", data)
	if err != nil {
		return *new(uint8), err
	}
	out0 := *abi.ConvertType(out[0], new(uint8)).(*uint8)
	return out0, nil
}

// PackDelegate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c19a95c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function delegate(address delegatee) returns()
func (lilyToken *LilyToken) PackDelegate(delegatee common.Address) []byte {
	enc, err := lilyToken.abi.Pack("delegate", delegatee)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDelegate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c19a95c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function delegate(address delegatee) returns()
func (lilyToken *LilyToken) TryPackDelegate(delegatee common.Address) ([]byte, error) {
	return lilyToken.abi.Pack("delegate", delegatee)
}

// PackDelegateBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc3cda520.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function delegateBySig(address delegatee, uint256 nonce, uint256 expiry, uint8 v, bytes32 r, bytes32 s) returns()
func (lilyToken *LilyToken) PackDelegateBySig(delegatee common.Address, nonce *big.Int, expiry *big.Int, v uint8, r [32]byte, s [32]byte) []byte {
	enc, err := lilyToken.abi.Pack("delegateBySig", delegatee, nonce, expiry, v, r, s)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDelegateBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc3cda520.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function delegateBySig(address delegatee, uint256 nonce, uint256 expiry, uint8 v, bytes32 r, bytes32 s) returns()
func (lilyToken *LilyToken) TryPackDelegateBySig(delegatee common.Address, nonce *big.Int, expiry *big.Int, v uint8, r [32]byte, s [32]byte) ([]byte, error) {
	return lilyToken.abi.Pack("delegateBySig", delegatee, nonce, expiry, v, r, s)
}

// PackDelegates is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x587cde1e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function delegates(address account) view returns(address)
func (lilyToken *LilyToken) PackDelegates(account common.Address) []byte {
	enc, err := lilyToken.abi.Pack("delegates", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDelegates is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x587cde1e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function delegates(address account) view returns(address)
func (lilyToken *LilyToken) TryPackDelegates(account common.Address) ([]byte, error) {
	return lilyToken.abi.Pack("delegates", account)
}

// UnpackDelegates is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x587cde1e.
//
// Solidity: function delegates(address account) view returns(address)
func (lilyToken *LilyToken) UnpackDelegates(data []byte) (common.Address, error) {
	out, err := lilyToken.abi.Unpack("delegates", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (lilyToken *LilyToken) PackEip712Domain() []byte {
	enc, err := lilyToken.abi.Pack("eip712Domain")
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
func (lilyToken *LilyToken) TryPackEip712Domain() ([]byte, error) {
	return lilyToken.abi.Pack("eip712Domain")
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
func (lilyToken *LilyToken) UnpackEip712Domain(data []byte) (Eip712DomainOutput, error) {
	out, err := lilyToken.abi.Unpack("eip712Domain", data)
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

// PackGetPastTotalSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e539e8c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getPastTotalSupply(uint256 timepoint) view returns(uint256)
func (lilyToken *LilyToken) PackGetPastTotalSupply(timepoint *big.Int) []byte {
	enc, err := lilyToken.abi.Pack("getPastTotalSupply", timepoint)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetPastTotalSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e539e8c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getPastTotalSupply(uint256 timepoint) view returns(uint256)
func (lilyToken *LilyToken) TryPackGetPastTotalSupply(timepoint *big.Int) ([]byte, error) {
	return lilyToken.abi.Pack("getPastTotalSupply", timepoint)
}

// UnpackGetPastTotalSupply is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8e539e8c.
//
// Solidity: function getPastTotalSupply(uint256 timepoint) view returns(uint256)
func (lilyToken *LilyToken) UnpackGetPastTotalSupply(data []byte) (*big.Int, error) {
	out, err := lilyToken.abi.Unpack("getPastTotalSupply", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGetPastVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3a46b1a8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getPastVotes(address account, uint256 timepoint) view returns(uint256)
func (lilyToken *LilyToken) PackGetPastVotes(account common.Address, timepoint *big.Int) []byte {
	enc, err := lilyToken.abi.Pack("getPastVotes", account, timepoint)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetPastVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3a46b1a8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getPastVotes(address account, uint256 timepoint) view returns(uint256)
func (lilyToken *LilyToken) TryPackGetPastVotes(account common.Address, timepoint *big.Int) ([]byte, error) {
	return lilyToken.abi.Pack("getPastVotes", account, timepoint)
}

// UnpackGetPastVotes is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3a46b1a8.
//
// Solidity: function getPastVotes(address account, uint256 timepoint) view returns(uint256)
func (lilyToken *LilyToken) UnpackGetPastVotes(data []byte) (*big.Int, error) {
	out, err := lilyToken.abi.Unpack("getPastVotes", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGetVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9ab24eb0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getVotes(address account) view returns(uint256)
func (lilyToken *LilyToken) PackGetVotes(account common.Address) []byte {
	enc, err := lilyToken.abi.Pack("getVotes", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9ab24eb0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getVotes(address account) view returns(uint256)
func (lilyToken *LilyToken) TryPackGetVotes(account common.Address) ([]byte, error) {
	return lilyToken.abi.Pack("getVotes", account)
}

// UnpackGetVotes is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x9ab24eb0.
//
// Solidity: function getVotes(address account) view returns(uint256)
func (lilyToken *LilyToken) UnpackGetVotes(data []byte) (*big.Int, error) {
	out, err := lilyToken.abi.Unpack("getVotes", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackName is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06fdde03.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function name() view returns(string)
func (lilyToken *LilyToken) PackName() []byte {
	enc, err := lilyToken.abi.Pack("name")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackName is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06fdde03.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function name() view returns(string)
func (lilyToken *LilyToken) TryPackName() ([]byte, error) {
	return lilyToken.abi.Pack("name")
}

// UnpackName is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06fdde03.
//
// Solidity: function name() view returns(string)
func (lilyToken *LilyToken) UnpackName(data []byte) (string, error) {
	out, err := lilyToken.abi.Unpack("name", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackNonces is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ecebe00.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nonces(address owner) view returns(uint256)
func (lilyToken *LilyToken) PackNonces(owner common.Address) []byte {
	enc, err := lilyToken.abi.Pack("nonces", owner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNonces is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ecebe00.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nonces(address owner) view returns(uint256)
func (lilyToken *LilyToken) TryPackNonces(owner common.Address) ([]byte, error) {
	return lilyToken.abi.Pack("nonces", owner)
}

// UnpackNonces is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7ecebe00.
//
// Solidity: function nonces(address owner) view returns(uint256)
func (lilyToken *LilyToken) UnpackNonces(data []byte) (*big.Int, error) {
	out, err := lilyToken.abi.Unpack("nonces", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackNumCheckpoints is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6fcfff45.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function numCheckpoints(address account) view returns(uint32)
func (lilyToken *LilyToken) PackNumCheckpoints(account common.Address) []byte {
	enc, err := lilyToken.abi.Pack("numCheckpoints", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNumCheckpoints is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6fcfff45.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function numCheckpoints(address account) view returns(uint32)
func (lilyToken *LilyToken) TryPackNumCheckpoints(account common.Address) ([]byte, error) {
	return lilyToken.abi.Pack("numCheckpoints", account)
}

// UnpackNumCheckpoints is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6fcfff45.
//
// Solidity: function numCheckpoints(address account) view returns(uint32)
func (lilyToken *LilyToken) UnpackNumCheckpoints(data []byte) (uint32, error) {
	out, err := lilyToken.abi.Unpack("numCheckpoints", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
	return out0, nil
}

// PackPermit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd505accf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) returns()
func (lilyToken *LilyToken) PackPermit(owner common.Address, spender common.Address, value *big.Int, deadline *big.Int, v uint8, r [32]byte, s [32]byte) []byte {
	enc, err := lilyToken.abi.Pack("permit", owner, spender, value, deadline, v, r, s)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPermit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd505accf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) returns()
func (lilyToken *LilyToken) TryPackPermit(owner common.Address, spender common.Address, value *big.Int, deadline *big.Int, v uint8, r [32]byte, s [32]byte) ([]byte, error) {
	return lilyToken.abi.Pack("permit", owner, spender, value, deadline, v, r, s)
}

// PackSymbol is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95d89b41.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function symbol() view returns(string)
func (lilyToken *LilyToken) PackSymbol() []byte {
	enc, err := lilyToken.abi.Pack("symbol")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSymbol is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95d89b41.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function symbol() view returns(string)
func (lilyToken *LilyToken) TryPackSymbol() ([]byte, error) {
	return lilyToken.abi.Pack("symbol")
}

// UnpackSymbol is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x95d89b41.
//
// Solidity: function symbol() view returns(string)
func (lilyToken *LilyToken) UnpackSymbol(data []byte) (string, error) {
	out, err := lilyToken.abi.Unpack("symbol", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackTotalSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x18160ddd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalSupply() view returns(uint256)
func (lilyToken *LilyToken) PackTotalSupply() []byte {
	enc, err := lilyToken.abi.Pack("totalSupply")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x18160ddd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalSupply() view returns(uint256)
func (lilyToken *LilyToken) TryPackTotalSupply() ([]byte, error) {
	return lilyToken.abi.Pack("totalSupply")
}

// UnpackTotalSupply is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x18160ddd.
//
// Solidity: function totalSupply() view returns(uint256)
func (lilyToken *LilyToken) UnpackTotalSupply(data []byte) (*big.Int, error) {
	out, err := lilyToken.abi.Unpack("totalSupply", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTransfer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9059cbb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transfer(address to, uint256 value) returns(bool)
func (lilyToken *LilyToken) PackTransfer(to common.Address, value *big.Int) []byte {
	enc, err := lilyToken.abi.Pack("transfer", to, value)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTransfer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9059cbb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function transfer(address to, uint256 value) returns(bool)
func (lilyToken *LilyToken) TryPackTransfer(to common.Address, value *big.Int) ([]byte, error) {
	return lilyToken.abi.Pack("transfer", to, value)
}

// UnpackTransfer is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa9059cbb.
//
// Solidity: function transfer(address to, uint256 value) returns(bool)
func (lilyToken *LilyToken) UnpackTransfer(data []byte) (bool, error) {
	out, err := lilyToken.abi.Unpack("transfer", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackTransferFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x23b872dd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transferFrom(address from, address to, uint256 value) returns(bool)
func (lilyToken *LilyToken) PackTransferFrom(from common.Address, to common.Address, value *big.Int) []byte {
	enc, err := lilyToken.abi.Pack("transferFrom", from, to, value)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTransferFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x23b872dd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function transferFrom(address from, address to, uint256 value) returns(bool)
func (lilyToken *LilyToken) TryPackTransferFrom(from common.Address, to common.Address, value *big.Int) ([]byte, error) {
	return lilyToken.abi.Pack("transferFrom", from, to, value)
}

// UnpackTransferFrom is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x23b872dd.
//
// Solidity: function transferFrom(address from, address to, uint256 value) returns(bool)
func (lilyToken *LilyToken) UnpackTransferFrom(data []byte) (bool, error) {
	out, err := lilyToken.abi.Unpack("transferFrom", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// LilyTokenApproval represents a Approval event raised by the LilyToken contract.
type LilyTokenApproval struct {
	Owner   common.Address
	Spender common.Address
	Value   *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const LilyTokenApprovalEventName = "Approval"

// ContractEventName returns the user-defined event name.
func (LilyTokenApproval) ContractEventName() string {
	return LilyTokenApprovalEventName
}

// UnpackApprovalEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Approval(address indexed owner, address indexed spender, uint256 value)
func (lilyToken *LilyToken) UnpackApprovalEvent(log *types.Log) (*LilyTokenApproval, error) {
	event := "Approval"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lilyToken.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LilyTokenApproval)
	if len(log.Data) > 0 {
		if err := lilyToken.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lilyToken.abi.Events[event].Inputs {
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

// LilyTokenDelegateChanged represents a DelegateChanged event raised by the LilyToken contract.
type LilyTokenDelegateChanged struct {
	Delegator    common.Address
	FromDelegate common.Address
	ToDelegate   common.Address
	Raw          *types.Log // Blockchain specific contextual infos
}

const LilyTokenDelegateChangedEventName = "DelegateChanged"

// ContractEventName returns the user-defined event name.
func (LilyTokenDelegateChanged) ContractEventName() string {
	return LilyTokenDelegateChangedEventName
}

// UnpackDelegateChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event DelegateChanged(address indexed delegator, address indexed fromDelegate, address indexed toDelegate)
func (lilyToken *LilyToken) UnpackDelegateChangedEvent(log *types.Log) (*LilyTokenDelegateChanged, error) {
	event := "DelegateChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lilyToken.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LilyTokenDelegateChanged)
	if len(log.Data) > 0 {
		if err := lilyToken.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lilyToken.abi.Events[event].Inputs {
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

// LilyTokenDelegateVotesChanged represents a DelegateVotesChanged event raised by the LilyToken contract.
type LilyTokenDelegateVotesChanged struct {
	Delegate      common.Address
	PreviousVotes *big.Int
	NewVotes      *big.Int
	Raw           *types.Log // Blockchain specific contextual infos
}

const LilyTokenDelegateVotesChangedEventName = "DelegateVotesChanged"

// ContractEventName returns the user-defined event name.
func (LilyTokenDelegateVotesChanged) ContractEventName() string {
	return LilyTokenDelegateVotesChangedEventName
}

// UnpackDelegateVotesChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event DelegateVotesChanged(address indexed delegate, uint256 previousVotes, uint256 newVotes)
func (lilyToken *LilyToken) UnpackDelegateVotesChangedEvent(log *types.Log) (*LilyTokenDelegateVotesChanged, error) {
	event := "DelegateVotesChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lilyToken.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LilyTokenDelegateVotesChanged)
	if len(log.Data) > 0 {
		if err := lilyToken.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lilyToken.abi.Events[event].Inputs {
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

// LilyTokenEIP712DomainChanged represents a EIP712DomainChanged event raised by the LilyToken contract.
type LilyTokenEIP712DomainChanged struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const LilyTokenEIP712DomainChangedEventName = "EIP712DomainChanged"

// ContractEventName returns the user-defined event name.
func (LilyTokenEIP712DomainChanged) ContractEventName() string {
	return LilyTokenEIP712DomainChangedEventName
}

// UnpackEIP712DomainChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EIP712DomainChanged()
func (lilyToken *LilyToken) UnpackEIP712DomainChangedEvent(log *types.Log) (*LilyTokenEIP712DomainChanged, error) {
	event := "EIP712DomainChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lilyToken.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LilyTokenEIP712DomainChanged)
	if len(log.Data) > 0 {
		if err := lilyToken.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lilyToken.abi.Events[event].Inputs {
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

// LilyTokenTransfer represents a Transfer event raised by the LilyToken contract.
type LilyTokenTransfer struct {
	From  common.Address
	To    common.Address
	Value *big.Int
	Raw   *types.Log // Blockchain specific contextual infos
}

const LilyTokenTransferEventName = "Transfer"

// ContractEventName returns the user-defined event name.
func (LilyTokenTransfer) ContractEventName() string {
	return LilyTokenTransferEventName
}

// UnpackTransferEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Transfer(address indexed from, address indexed to, uint256 value)
func (lilyToken *LilyToken) UnpackTransferEvent(log *types.Log) (*LilyTokenTransfer, error) {
	event := "Transfer"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lilyToken.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LilyTokenTransfer)
	if len(log.Data) > 0 {
		if err := lilyToken.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lilyToken.abi.Events[event].Inputs {
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
func (lilyToken *LilyToken) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["CheckpointUnorderedInsertion"].ID.Bytes()[:4]) {
		return lilyToken.UnpackCheckpointUnorderedInsertionError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ECDSAInvalidSignature"].ID.Bytes()[:4]) {
		return lilyToken.UnpackECDSAInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ECDSAInvalidSignatureLength"].ID.Bytes()[:4]) {
		return lilyToken.UnpackECDSAInvalidSignatureLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ECDSAInvalidSignatureS"].ID.Bytes()[:4]) {
		return lilyToken.UnpackECDSAInvalidSignatureSError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC20ExceededSafeSupply"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC20ExceededSafeSupplyError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC20InsufficientAllowance"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC20InsufficientAllowanceError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC20InsufficientBalance"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC20InsufficientBalanceError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC20InvalidApprover"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC20InvalidApproverError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC20InvalidReceiver"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC20InvalidReceiverError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC20InvalidSender"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC20InvalidSenderError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC20InvalidSpender"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC20InvalidSpenderError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC2612ExpiredSignature"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC2612ExpiredSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC2612InvalidSigner"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC2612InvalidSignerError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["ERC5805FutureLookup"].ID.Bytes()[:4]) {
		return lilyToken.UnpackERC5805FutureLookupError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["InvalidAccountNonce"].ID.Bytes()[:4]) {
		return lilyToken.UnpackInvalidAccountNonceError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["InvalidShortString"].ID.Bytes()[:4]) {
		return lilyToken.UnpackInvalidShortStringError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["SafeCastOverflowedUintDowncast"].ID.Bytes()[:4]) {
		return lilyToken.UnpackSafeCastOverflowedUintDowncastError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["StringTooLong"].ID.Bytes()[:4]) {
		return lilyToken.UnpackStringTooLongError(raw[4:])
	}
	if bytes.Equal(raw[:4], lilyToken.abi.Errors["VotesExpiredSignature"].ID.Bytes()[:4]) {
		return lilyToken.UnpackVotesExpiredSignatureError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// LilyTokenCheckpointUnorderedInsertion represents a CheckpointUnorderedInsertion error raised by the LilyToken contract.
type LilyTokenCheckpointUnorderedInsertion struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CheckpointUnorderedInsertion()
func LilyTokenCheckpointUnorderedInsertionErrorID() common.Hash {
	return common.HexToHash("0x2520601d9d60b717c34a36ad270857824c5a1ebbfd08ff39aba6930089495cfa")
}

// UnpackCheckpointUnorderedInsertionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CheckpointUnorderedInsertion()
func (lilyToken *LilyToken) UnpackCheckpointUnorderedInsertionError(raw []byte) (*LilyTokenCheckpointUnorderedInsertion, error) {
	out := new(LilyTokenCheckpointUnorderedInsertion)
	if err := lilyToken.abi.UnpackIntoInterface(out, "CheckpointUnorderedInsertion", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenECDSAInvalidSignature represents a ECDSAInvalidSignature error raised by the LilyToken contract.
type LilyTokenECDSAInvalidSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignature()
func LilyTokenECDSAInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0xf645eedf0193584640b6b90cb9477e4c95b98636c148a891d4c0a146dc46e75a")
}

// UnpackECDSAInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignature()
func (lilyToken *LilyToken) UnpackECDSAInvalidSignatureError(raw []byte) (*LilyTokenECDSAInvalidSignature, error) {
	out := new(LilyTokenECDSAInvalidSignature)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ECDSAInvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenECDSAInvalidSignatureLength represents a ECDSAInvalidSignatureLength error raised by the LilyToken contract.
type LilyTokenECDSAInvalidSignatureLength struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func LilyTokenECDSAInvalidSignatureLengthErrorID() common.Hash {
	return common.HexToHash("0xfce698f7e8e5342cd615f641317bc45fe7e1e4a8b0a14dd1383ff8dc9c41917f")
}

// UnpackECDSAInvalidSignatureLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func (lilyToken *LilyToken) UnpackECDSAInvalidSignatureLengthError(raw []byte) (*LilyTokenECDSAInvalidSignatureLength, error) {
	out := new(LilyTokenECDSAInvalidSignatureLength)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenECDSAInvalidSignatureS represents a ECDSAInvalidSignatureS error raised by the LilyToken contract.
type LilyTokenECDSAInvalidSignatureS struct {
	S [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func LilyTokenECDSAInvalidSignatureSErrorID() common.Hash {
	return common.HexToHash("0xd78bce0cccb935155ed6428d1c13e50b7f3550fd2b66b9fe266006fea4a5e1eb")
}

// UnpackECDSAInvalidSignatureSError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func (lilyToken *LilyToken) UnpackECDSAInvalidSignatureSError(raw []byte) (*LilyTokenECDSAInvalidSignatureS, error) {
	out := new(LilyTokenECDSAInvalidSignatureS)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureS", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC20ExceededSafeSupply represents a ERC20ExceededSafeSupply error raised by the LilyToken contract.
type LilyTokenERC20ExceededSafeSupply struct {
	IncreasedSupply *big.Int
	Cap             *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC20ExceededSafeSupply(uint256 increasedSupply, uint256 cap)
func LilyTokenERC20ExceededSafeSupplyErrorID() common.Hash {
	return common.HexToHash("0x1cb15d26dea6ae78228522d00b5965f950275bea9a67abeec04cb99806defd4c")
}

// UnpackERC20ExceededSafeSupplyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC20ExceededSafeSupply(uint256 increasedSupply, uint256 cap)
func (lilyToken *LilyToken) UnpackERC20ExceededSafeSupplyError(raw []byte) (*LilyTokenERC20ExceededSafeSupply, error) {
	out := new(LilyTokenERC20ExceededSafeSupply)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC20ExceededSafeSupply", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC20InsufficientAllowance represents a ERC20InsufficientAllowance error raised by the LilyToken contract.
type LilyTokenERC20InsufficientAllowance struct {
	Spender   common.Address
	Allowance *big.Int
	Needed    *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)
func LilyTokenERC20InsufficientAllowanceErrorID() common.Hash {
	return common.HexToHash("0xfb8f41b23e99d2101d86da76cdfa87dd51c82ed07d3cb62cbc473e469dbc75c3")
}

// UnpackERC20InsufficientAllowanceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)
func (lilyToken *LilyToken) UnpackERC20InsufficientAllowanceError(raw []byte) (*LilyTokenERC20InsufficientAllowance, error) {
	out := new(LilyTokenERC20InsufficientAllowance)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC20InsufficientAllowance", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC20InsufficientBalance represents a ERC20InsufficientBalance error raised by the LilyToken contract.
type LilyTokenERC20InsufficientBalance struct {
	Sender  common.Address
	Balance *big.Int
	Needed  *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)
func LilyTokenERC20InsufficientBalanceErrorID() common.Hash {
	return common.HexToHash("0xe450d38cd8d9f7d95077d567d60ed49c7254716e6ad08fc9872816c97e0ffec6")
}

// UnpackERC20InsufficientBalanceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)
func (lilyToken *LilyToken) UnpackERC20InsufficientBalanceError(raw []byte) (*LilyTokenERC20InsufficientBalance, error) {
	out := new(LilyTokenERC20InsufficientBalance)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC20InsufficientBalance", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC20InvalidApprover represents a ERC20InvalidApprover error raised by the LilyToken contract.
type LilyTokenERC20InvalidApprover struct {
	Approver common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC20InvalidApprover(address approver)
func LilyTokenERC20InvalidApproverErrorID() common.Hash {
	return common.HexToHash("0xe602df05cc75712490294c6c104ab7c17f4030363910a7a2626411c6d3118847")
}

// UnpackERC20InvalidApproverError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC20InvalidApprover(address approver)
func (lilyToken *LilyToken) UnpackERC20InvalidApproverError(raw []byte) (*LilyTokenERC20InvalidApprover, error) {
	out := new(LilyTokenERC20InvalidApprover)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC20InvalidApprover", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC20InvalidReceiver represents a ERC20InvalidReceiver error raised by the LilyToken contract.
type LilyTokenERC20InvalidReceiver struct {
	Receiver common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC20InvalidReceiver(address receiver)
func LilyTokenERC20InvalidReceiverErrorID() common.Hash {
	return common.HexToHash("0xec442f055133b72f3b2f9f0bb351c406b178527de2040a7d1feb4e058771f613")
}

// UnpackERC20InvalidReceiverError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC20InvalidReceiver(address receiver)
func (lilyToken *LilyToken) UnpackERC20InvalidReceiverError(raw []byte) (*LilyTokenERC20InvalidReceiver, error) {
	out := new(LilyTokenERC20InvalidReceiver)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC20InvalidReceiver", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC20InvalidSender represents a ERC20InvalidSender error raised by the LilyToken contract.
type LilyTokenERC20InvalidSender struct {
	Sender common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC20InvalidSender(address sender)
func LilyTokenERC20InvalidSenderErrorID() common.Hash {
	return common.HexToHash("0x96c6fd1edd0cd6ef7ff0ecc0facdf53148dc0048b57fe58af65755250a7a96bd")
}

// UnpackERC20InvalidSenderError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC20InvalidSender(address sender)
func (lilyToken *LilyToken) UnpackERC20InvalidSenderError(raw []byte) (*LilyTokenERC20InvalidSender, error) {
	out := new(LilyTokenERC20InvalidSender)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC20InvalidSender", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC20InvalidSpender represents a ERC20InvalidSpender error raised by the LilyToken contract.
type LilyTokenERC20InvalidSpender struct {
	Spender common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC20InvalidSpender(address spender)
func LilyTokenERC20InvalidSpenderErrorID() common.Hash {
	return common.HexToHash("0x94280d62c347d8d9f4d59a76ea321452406db88df38e0c9da304f58b57b373a2")
}

// UnpackERC20InvalidSpenderError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC20InvalidSpender(address spender)
func (lilyToken *LilyToken) UnpackERC20InvalidSpenderError(raw []byte) (*LilyTokenERC20InvalidSpender, error) {
	out := new(LilyTokenERC20InvalidSpender)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC20InvalidSpender", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC2612ExpiredSignature represents a ERC2612ExpiredSignature error raised by the LilyToken contract.
type LilyTokenERC2612ExpiredSignature struct {
	Deadline *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2612ExpiredSignature(uint256 deadline)
func LilyTokenERC2612ExpiredSignatureErrorID() common.Hash {
	return common.HexToHash("0x627913023c184eaad13735d5a3d2657ae76ec9a872a70e0fc57522ef1a114d58")
}

// UnpackERC2612ExpiredSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2612ExpiredSignature(uint256 deadline)
func (lilyToken *LilyToken) UnpackERC2612ExpiredSignatureError(raw []byte) (*LilyTokenERC2612ExpiredSignature, error) {
	out := new(LilyTokenERC2612ExpiredSignature)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC2612ExpiredSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC2612InvalidSigner represents a ERC2612InvalidSigner error raised by the LilyToken contract.
type LilyTokenERC2612InvalidSigner struct {
	Signer common.Address
	Owner  common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2612InvalidSigner(address signer, address owner)
func LilyTokenERC2612InvalidSignerErrorID() common.Hash {
	return common.HexToHash("0x4b800e463b323b1d856edf9dec70329a639d13874a57f5c28219ff57128756db")
}

// UnpackERC2612InvalidSignerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2612InvalidSigner(address signer, address owner)
func (lilyToken *LilyToken) UnpackERC2612InvalidSignerError(raw []byte) (*LilyTokenERC2612InvalidSigner, error) {
	out := new(LilyTokenERC2612InvalidSigner)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC2612InvalidSigner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenERC5805FutureLookup represents a ERC5805FutureLookup error raised by the LilyToken contract.
type LilyTokenERC5805FutureLookup struct {
	Timepoint *big.Int
	Clock     *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC5805FutureLookup(uint256 timepoint, uint48 clock)
func LilyTokenERC5805FutureLookupErrorID() common.Hash {
	return common.HexToHash("0xecd3f81ef0a2e77b4e11bb288f0a162344834f778af7e47bdbee611607f14457")
}

// UnpackERC5805FutureLookupError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC5805FutureLookup(uint256 timepoint, uint48 clock)
func (lilyToken *LilyToken) UnpackERC5805FutureLookupError(raw []byte) (*LilyTokenERC5805FutureLookup, error) {
	out := new(LilyTokenERC5805FutureLookup)
	if err := lilyToken.abi.UnpackIntoInterface(out, "ERC5805FutureLookup", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenInvalidAccountNonce represents a InvalidAccountNonce error raised by the LilyToken contract.
type LilyTokenInvalidAccountNonce struct {
	Account      common.Address
	CurrentNonce *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidAccountNonce(address account, uint256 currentNonce)
func LilyTokenInvalidAccountNonceErrorID() common.Hash {
	return common.HexToHash("0x752d88c0de02638abf10e8e31861e4c68dc1f3a1e7d840e580683f2c282bfc7a")
}

// UnpackInvalidAccountNonceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidAccountNonce(address account, uint256 currentNonce)
func (lilyToken *LilyToken) UnpackInvalidAccountNonceError(raw []byte) (*LilyTokenInvalidAccountNonce, error) {
	out := new(LilyTokenInvalidAccountNonce)
	if err := lilyToken.abi.UnpackIntoInterface(out, "InvalidAccountNonce", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenInvalidShortString represents a InvalidShortString error raised by the LilyToken contract.
type LilyTokenInvalidShortString struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidShortString()
func LilyTokenInvalidShortStringErrorID() common.Hash {
	return common.HexToHash("0xb3512b0c6163e5f0bafab72bb631b9d58cd7a731b082f910338aa21c83d5c274")
}

// UnpackInvalidShortStringError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidShortString()
func (lilyToken *LilyToken) UnpackInvalidShortStringError(raw []byte) (*LilyTokenInvalidShortString, error) {
	out := new(LilyTokenInvalidShortString)
	if err := lilyToken.abi.UnpackIntoInterface(out, "InvalidShortString", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenSafeCastOverflowedUintDowncast represents a SafeCastOverflowedUintDowncast error raised by the LilyToken contract.
type LilyTokenSafeCastOverflowedUintDowncast struct {
	Bits  uint8
	Value *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)
func LilyTokenSafeCastOverflowedUintDowncastErrorID() common.Hash {
	return common.HexToHash("0x6dfcc6503a32754ce7a89698e18201fc5294fd4aad43edefee786f88423b1a12")
}

// UnpackSafeCastOverflowedUintDowncastError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)
func (lilyToken *LilyToken) UnpackSafeCastOverflowedUintDowncastError(raw []byte) (*LilyTokenSafeCastOverflowedUintDowncast, error) {
	out := new(LilyTokenSafeCastOverflowedUintDowncast)
	if err := lilyToken.abi.UnpackIntoInterface(out, "SafeCastOverflowedUintDowncast", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenStringTooLong represents a StringTooLong error raised by the LilyToken contract.
type LilyTokenStringTooLong struct {
	Str string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StringTooLong(string str)
func LilyTokenStringTooLongErrorID() common.Hash {
	return common.HexToHash("0x305a27a93f8e33b7392df0a0f91d6fc63847395853c45991eec52dbf24d72381")
}

// UnpackStringTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StringTooLong(string str)
func (lilyToken *LilyToken) UnpackStringTooLongError(raw []byte) (*LilyTokenStringTooLong, error) {
	out := new(LilyTokenStringTooLong)
	if err := lilyToken.abi.UnpackIntoInterface(out, "StringTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LilyTokenVotesExpiredSignature represents a VotesExpiredSignature error raised by the LilyToken contract.
type LilyTokenVotesExpiredSignature struct {
	Expiry *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error VotesExpiredSignature(uint256 expiry)
func LilyTokenVotesExpiredSignatureErrorID() common.Hash {
	return common.HexToHash("0x4683af0ecae671986a1b991272ba6e7bcb633f179b33ccfb3beb636962b1efde")
}

// UnpackVotesExpiredSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error VotesExpiredSignature(uint256 expiry)
func (lilyToken *LilyToken) UnpackVotesExpiredSignatureError(raw []byte) (*LilyTokenVotesExpiredSignature, error) {
	out := new(LilyTokenVotesExpiredSignature)
	if err := lilyToken.abi.UnpackIntoInterface(out, "VotesExpiredSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}
