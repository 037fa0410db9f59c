// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package pluginregistry

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

// PluginRegistryMetaData contains all meta data concerning the PluginRegistry contract.
var PluginRegistryMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"publication\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"publisher\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"hooks\",\"type\":\"string[]\",\"internalType\":\"string[]\"},{\"name\":\"uri\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"revoked\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"publish\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"hooks\",\"type\":\"string[]\",\"internalType\":\"string[]\"},{\"name\":\"uri\",\"type\":\"string\",\"internalType\":\"string\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"revoke\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"reason\",\"type\":\"string\",\"internalType\":\"string\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"Published\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"publisher\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"hooks\",\"type\":\"string[]\",\"indexed\":false,\"internalType\":\"string[]\"},{\"name\":\"uri\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Revoked\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"publisher\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"reason\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"PluginDigestMissing\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"PluginInvalidHooks\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"PluginIsRevoked\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"publisher\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PluginNotPublished\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"publisher\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PluginTextTooLong\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "PluginRegistry",
	Bin: "0x60808060405234601557610b61908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f3560e01c806308ccbc941461060057806322ed3e90146101f25763fae4a8ae1461003a575f80fd5b346101ee5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101ee5760243573ffffffffffffffffffffffffffffffffffffffff811681036101ee576004355f525f60205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f5260205260405f2060ff6002820154169080549167ffffffffffffffff83116101c157604051916100e560208560051b0184610a62565b838352602083019384825f5260205f205f915b8383106101a45750505050600161010f9101610aa3565b6040519260608401906060855251809152608084019060808160051b86010195915f905b82821061015b5786808761014f8b8984820360208601526107bb565b90151560408301520390f35b90919296602080610196837fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff808b600196030186528b516107bb565b990192019201909291610133565b6001602081926101b385610aa3565b8152019201920191906100f8565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b5f80fd5b346101ee5760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101ee5760243560043567ffffffffffffffff82116101ee57366023830112156101ee5781600401359167ffffffffffffffff83116101ee57602481018360051b9136602484830101116101ee5760443567ffffffffffffffff81116101ee5761028b90369060040161078d565b91909585156105d857801580156105ce575b6104a85761020083116105a257855f525f60205260405f2073ffffffffffffffffffffffffffffffffffffffff33165f5260205260405f2060ff6002820154166105725780545f8255806104db575b5087905f9692965b87811061040a575061030a916001869201610908565b604051948060408701604088525260608087019287010194925f907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffbd813603015b838310610390578a8a7f4be28678d07b2542c2c0165bb4f76fa7d2acf2e6c55ae1dfbd6cf82e4a9d0eb78b8061038b8d8d838203602085015233976107fe565b0390a3005b9091929394967fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa08982030186528735828112156101ee578301906044602483013592019167ffffffffffffffff81116101ee5780360383136101ee576103fc60209283926001956107fe565b99019601949301919061034b565b90915061041b8188889995996108a8565b8015915081156104d0575b506104a8576104368184886108a8565b839291925490680100000000000000008210156101c1576001820180865582101561047b5760019361046f92865f5260205f2001610908565b019088919692966102f4565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b7f7015be05000000000000000000000000000000000000000000000000000000005f5260045ffd5b60209150118a610426565b815f5260205f205f5b8281106104f25750506102ec565b806001918301610502815461083c565b9081610511575b5050016104e4565b81601f5f931185146105275750555b8c80610509565b8183526020832061056291601f0160051c7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0190860161088d565b8082528160208120915555610520565b867f9df421e7000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b827f8c25a41e000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b506008811161029d565b7f53197d17000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101ee5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101ee5760043560243567ffffffffffffffff81116101ee5761065290369060040161078d565b9190815f525f60205260405f2073ffffffffffffffffffffffffffffffffffffffff33165f5260205260405f2080541561075d576002019081549060ff821661072d576102008511610701577fde646f76a4e8f5ef16d9722c5230935579e89016b88ee7262adf80c39058851b9260017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0061038b941617905560405191829160208352339660208401916107fe565b847f8c25a41e000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b837f9df421e7000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b827f3706337c000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b9181601f840112156101ee5782359167ffffffffffffffff83116101ee57602083818601950101116101ee57565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b90600182811c92168015610883575b602083101461085657565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f169161084b565b5f5b82811061089b57505050565b5f8282015560010161088f565b919081101561047b5760051b810135907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156101ee57019081359167ffffffffffffffff83116101ee5760200182360381136101ee579190565b90929167ffffffffffffffff81116101c157610924825461083c565b601f8111610a1f575b505f601f821160011461098357819293945f92610978575b50507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8260011b9260031b1c1916179055565b013590505f80610945565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0821694835f5260205f20915f5b878110610a075750836001959697106109cf575b505050811b019055565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60f88560031b161c199101351690555f80806109c5565b909260206001819286860135815501940191016109b1565b8181111561092d57610a5490835f5260205f2090601f840160051c9060208510610a5a575b601f82910160051c03910161088d565b5f61092d565b5f9150610a44565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176101c157604052565b9060405191825f825492610ab68461083c565b8084529360018116908115610b215750600114610add575b50610adb92500383610a62565b565b90505f9291925260205f20905f915b818310610b05575050906020610adb928201015f610ace565b6020919350806001915483858901015201910190918492610aec565b60209350610adb9592507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0091501682840152151560051b8201015f610ace56",
}

// PluginRegistry is an auto generated Go binding around an Ethereum contract.
type PluginRegistry struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *PluginRegistry) GetABI() abi.ABI {
	return c.abi
}

// NewPluginRegistry creates a new instance of PluginRegistry.
func NewPluginRegistry() *PluginRegistry {
	parsed, err := PluginRegistryMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &PluginRegistry{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *PluginRegistry) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackPublication is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfae4a8ae.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function publication(bytes32 digest, address publisher) view returns(string[] hooks, string uri, bool revoked)
func (pluginRegistry *PluginRegistry) PackPublication(digest [32]byte, publisher common.Address) []byte {
	enc, err := pluginRegistry.abi.Pack("publication", digest, publisher)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPublication is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfae4a8ae.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function publication(bytes32 digest, address publisher) view returns(string[] hooks, string uri, bool revoked)
func (pluginRegistry *PluginRegistry) TryPackPublication(digest [32]byte, publisher common.Address) ([]byte, error) {
	return pluginRegistry.abi.Pack("publication", digest, publisher)
}

// PublicationOutput serves as a container for the return parameters of contract
// method Publication.
type PublicationOutput struct {
	Hooks   []string
	Uri     string
	Revoked bool
}

// UnpackPublication is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfae4a8ae.
//
// Solidity: function publication(bytes32 digest, address publisher) view returns(string[] hooks, string uri, bool revoked)
func (pluginRegistry *PluginRegistry) UnpackPublication(data []byte) (PublicationOutput, error) {
	out, err := pluginRegistry.abi.Unpack("publication", data)
	outstruct := new(PublicationOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Hooks = *abi.ConvertType(out[0], new([]string)).(*[]string)
	outstruct.Uri = *abi.ConvertType(out[1], new(string)).(*string)
	outstruct.Revoked = *abi.ConvertType(out[2], new(bool)).(*bool)
	return *outstruct, nil
}

// PackPublish is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x22ed3e90.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function publish(bytes32 digest, string[] hooks, string uri) returns()
func (pluginRegistry *PluginRegistry) PackPublish(digest [32]byte, hooks []string, uri string) []byte {
	enc, err := pluginRegistry.abi.Pack("publish", digest, hooks, uri)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPublish is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x22ed3e90.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function publish(bytes32 digest, string[] hooks, string uri) returns()
func (pluginRegistry *PluginRegistry) TryPackPublish(digest [32]byte, hooks []string, uri string) ([]byte, error) {
	return pluginRegistry.abi.Pack("publish", digest, hooks, uri)
}

// PackRevoke is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x08ccbc94.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function revoke(bytes32 digest, string reason) returns()
func (pluginRegistry *PluginRegistry) PackRevoke(digest [32]byte, reason string) []byte {
	enc, err := pluginRegistry.abi.Pack("revoke", digest, reason)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRevoke is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x08ccbc94.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function revoke(bytes32 digest, string reason) returns()
func (pluginRegistry *PluginRegistry) TryPackRevoke(digest [32]byte, reason string) ([]byte, error) {
	return pluginRegistry.abi.Pack("revoke", digest, reason)
}

// PluginRegistryPublished represents a Published event raised by the PluginRegistry contract.
type PluginRegistryPublished struct {
	Digest    [32]byte
	Publisher common.Address
	Hooks     []string
	Uri       string
	Raw       *types.Log // Blockchain specific contextual infos
}

const PluginRegistryPublishedEventName = "Published"

// ContractEventName returns the user-defined event name.
func (PluginRegistryPublished) ContractEventName() string {
	return PluginRegistryPublishedEventName
}

// UnpackPublishedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Published(bytes32 indexed digest, address indexed publisher, string[] hooks, string uri)
func (pluginRegistry *PluginRegistry) UnpackPublishedEvent(log *types.Log) (*PluginRegistryPublished, error) {
	event := "Published"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != pluginRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PluginRegistryPublished)
	if len(log.Data) > 0 {
		if err := pluginRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range pluginRegistry.abi.Events[event].Inputs {
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

// PluginRegistryRevoked represents a Revoked event raised by the PluginRegistry contract.
type PluginRegistryRevoked struct {
	Digest    [32]byte
	Publisher common.Address
	Reason    string
	Raw       *types.Log // Blockchain specific contextual infos
}

const PluginRegistryRevokedEventName = "Revoked"

// ContractEventName returns the user-defined event name.
func (PluginRegistryRevoked) ContractEventName() string {
	return PluginRegistryRevokedEventName
}

// UnpackRevokedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Revoked(bytes32 indexed digest, address indexed publisher, string reason)
func (pluginRegistry *PluginRegistry) UnpackRevokedEvent(log *types.Log) (*PluginRegistryRevoked, error) {
	event := "Revoked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != pluginRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PluginRegistryRevoked)
	if len(log.Data) > 0 {
		if err := pluginRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range pluginRegistry.abi.Events[event].Inputs {
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
func (pluginRegistry *PluginRegistry) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], pluginRegistry.abi.Errors["PluginDigestMissing"].ID.Bytes()[:4]) {
		return pluginRegistry.UnpackPluginDigestMissingError(raw[4:])
	}
	if bytes.Equal(raw[:4], pluginRegistry.abi.Errors["PluginInvalidHooks"].ID.Bytes()[:4]) {
		return pluginRegistry.UnpackPluginInvalidHooksError(raw[4:])
	}
	if bytes.Equal(raw[:4], pluginRegistry.abi.Errors["PluginIsRevoked"].ID.Bytes()[:4]) {
		return pluginRegistry.UnpackPluginIsRevokedError(raw[4:])
	}
	if bytes.Equal(raw[:4], pluginRegistry.abi.Errors["PluginNotPublished"].ID.Bytes()[:4]) {
		return pluginRegistry.UnpackPluginNotPublishedError(raw[4:])
	}
	if bytes.Equal(raw[:4], pluginRegistry.abi.Errors["PluginTextTooLong"].ID.Bytes()[:4]) {
		return pluginRegistry.UnpackPluginTextTooLongError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// PluginRegistryPluginDigestMissing represents a PluginDigestMissing error raised by the PluginRegistry contract.
type PluginRegistryPluginDigestMissing struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PluginDigestMissing()
func PluginRegistryPluginDigestMissingErrorID() common.Hash {
	return common.HexToHash("0x53197d176376a711818a05b7961782db9e348e5b52eb5e35eefc63c35a9d2e6a")
}

// UnpackPluginDigestMissingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PluginDigestMissing()
func (pluginRegistry *PluginRegistry) UnpackPluginDigestMissingError(raw []byte) (*PluginRegistryPluginDigestMissing, error) {
	out := new(PluginRegistryPluginDigestMissing)
	if err := pluginRegistry.abi.UnpackIntoInterface(out, "PluginDigestMissing", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PluginRegistryPluginInvalidHooks represents a PluginInvalidHooks error raised by the PluginRegistry contract.
type PluginRegistryPluginInvalidHooks struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PluginInvalidHooks()
func PluginRegistryPluginInvalidHooksErrorID() common.Hash {
	return common.HexToHash("0x7015be0595ba4c4806e48366d98b85f8c8a9a78ff31e49494af992e35cefd036")
}

// UnpackPluginInvalidHooksError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PluginInvalidHooks()
func (pluginRegistry *PluginRegistry) UnpackPluginInvalidHooksError(raw []byte) (*PluginRegistryPluginInvalidHooks, error) {
	out := new(PluginRegistryPluginInvalidHooks)
	if err := pluginRegistry.abi.UnpackIntoInterface(out, "PluginInvalidHooks", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PluginRegistryPluginIsRevoked represents a PluginIsRevoked error raised by the PluginRegistry contract.
type PluginRegistryPluginIsRevoked struct {
	Digest    [32]byte
	Publisher common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PluginIsRevoked(bytes32 digest, address publisher)
func PluginRegistryPluginIsRevokedErrorID() common.Hash {
	return common.HexToHash("0x9df421e7c0d015400bd92c216d152cf0d6b68ba3aefd817243d5094c3240ec48")
}

// UnpackPluginIsRevokedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PluginIsRevoked(bytes32 digest, address publisher)
func (pluginRegistry *PluginRegistry) UnpackPluginIsRevokedError(raw []byte) (*PluginRegistryPluginIsRevoked, error) {
	out := new(PluginRegistryPluginIsRevoked)
	if err := pluginRegistry.abi.UnpackIntoInterface(out, "PluginIsRevoked", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PluginRegistryPluginNotPublished represents a PluginNotPublished error raised by the PluginRegistry contract.
type PluginRegistryPluginNotPublished struct {
	Digest    [32]byte
	Publisher common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PluginNotPublished(bytes32 digest, address publisher)
func PluginRegistryPluginNotPublishedErrorID() common.Hash {
	return common.HexToHash("0x3706337c28f4360797d5c040bd3859bb15f8d3ec6d1252ff302dd6e576350dd1")
}

// UnpackPluginNotPublishedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PluginNotPublished(bytes32 digest, address publisher)
func (pluginRegistry *PluginRegistry) UnpackPluginNotPublishedError(raw []byte) (*PluginRegistryPluginNotPublished, error) {
	out := new(PluginRegistryPluginNotPublished)
	if err := pluginRegistry.abi.UnpackIntoInterface(out, "PluginNotPublished", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PluginRegistryPluginTextTooLong represents a PluginTextTooLong error raised by the PluginRegistry contract.
type PluginRegistryPluginTextTooLong struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PluginTextTooLong(uint256 length)
func PluginRegistryPluginTextTooLongErrorID() common.Hash {
	return common.HexToHash("0x8c25a41ee37587b80b73086aa16eaf8f86ea286286a15e9281d6460ede19320f")
}

// UnpackPluginTextTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PluginTextTooLong(uint256 length)
func (pluginRegistry *PluginRegistry) UnpackPluginTextTooLongError(raw []byte) (*PluginRegistryPluginTextTooLong, error) {
	out := new(PluginRegistryPluginTextTooLong)
	if err := pluginRegistry.abi.UnpackIntoInterface(out, "PluginTextTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}
