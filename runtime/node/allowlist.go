package node

import (
	"context"
	"encoding/json"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// signedList is a network-wide module list: settings of the allow plugin
// `list`, as text, signed as an EIP-191 message by the network's steward.
type signedList struct {
	Settings  string            `json:"settings"`
	Signature lilypad.Signature `json:"signature"`
}

// maxAllowList bounds the file, in bytes.
const maxAllowList = 4 << 20

// readAllowList reads the network-wide list.
//
// # Errors
//
// Unauthorized when the steward did not sign it.
func readAllowList(path string, steward lilypad.Address) (map[string]any, error) {
	b, err := ReadBounded(path, maxAllowList)
	if lilypad.CodeOf(err) == lilypad.Invalid {
		return nil, err
	}
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.NotFound, Msg: "network-wide module list", Err: err}
	}
	var l signedList
	if json.Unmarshal(b, &l) != nil {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s is no signed module list", path).Try("lilypad module sign-list RULES > LIST")
	}
	who, err := wallet.RecoverText([]byte(l.Settings), l.Signature)
	if err != nil || who != steward {
		return nil, lilypad.Errorf(lilypad.Unauthorized, "the module list %s is not signed by the network's steward %s", path, steward).
			Try("get it again from the steward, who makes it with lilypad module sign-list")
	}
	var settings map[string]any
	if err := json.Unmarshal([]byte(l.Settings), &settings); err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "rules of module list " + path, Err: err}
	}
	return settings, nil
}

// SignAllowList makes a network-wide list of the settings of the allow plugin
// `list`, a JSON object.
func SignAllowList(ctx context.Context, settings []byte, steward wallet.Signer) ([]byte, error) {
	var object map[string]any
	if err := json.Unmarshal(settings, &object); err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "module list", Remedy: `write it like {"rules": [{"action": "deny", "name": "cowsay:*"}]}`, Err: err}
	}
	sig, err := steward.SignText(ctx, settings)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(signedList{Settings: string(settings), Signature: sig}, "", "  ")
}
