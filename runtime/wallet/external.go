package wallet

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"

	"github.com/ethereum/go-ethereum/accounts"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"

	"github.com/lilypad-network/lilypad"
)

// ExternalConfig names an account that another program keeps. All fields are
// needed.
type ExternalConfig struct {
	URL     string // http, https, ws, wss, or the path of a socket
	Address lilypad.Address
	// SecretFile holds what Seed derives from, since the key itself is out of
	// reach. It is made if it is not there. Who loses it cannot reveal the
	// seeds of open deals any more.
	SecretFile string
}

// External is an account whose key is kept by another program, which speaks
// JSON-RPC as clef does: account_list, account_signTypedData, account_signData
// and account_signTransaction. That program shows statements in full and may
// ask a person; a call waits for as long as its context.
//
// What it answers is checked: a signature of another account or over something
// else never leaves.
type External struct {
	client  *rpc.Client
	address lilypad.Address
	secret  [32]byte
}

// NewExternal connects to the signer. The caller closes it.
//
// # Errors
//
// Unavailable when it does not answer, NotFound, naming its accounts, when it
// does not keep that one; Invalid for a damaged secret.
func NewExternal(ctx context.Context, c ExternalConfig) (*External, error) {
	secret, err := loadSecret(c.SecretFile)
	if err != nil {
		return nil, err
	}
	client, err := rpc.DialContext(ctx, c.URL)
	if err != nil {
		return nil, silent(c.URL, err)
	}
	e := &External{client: client, address: c.Address, secret: secret}
	var kept []common.Address
	if err := client.CallContext(ctx, &kept, "account_list"); err != nil {
		client.Close()
		return nil, silent(c.URL, err)
	}
	if !slices.Contains(kept, common.Address(c.Address)) {
		client.Close()
		return nil, lilypad.Errorf(lilypad.NotFound, "the signer at %s does not keep %s; it keeps %s", c.URL, c.Address, kept)
	}
	return e, nil
}

func silent(url string, err error) error {
	return &lilypad.Error{Code: lilypad.Unavailable, Msg: "signer " + url, Remedy: "start it, for example clef, and name its address with --signer", Err: err}
}

// Close ends the connection.
func (e *External) Close() { e.client.Close() }

// Address implements [Signer].
func (e *External) Address() lilypad.Address { return e.address }

// Sign implements [Signer].
//
// # Errors
//
// Invalid for a statement that cannot be spelled out, Unauthorized when the
// signer or its person refuses, or answers with what nobody asked for.
func (e *External) Sign(ctx context.Context, domain lilypad.Domain, statement lilypad.Signable) (lilypad.Signature, error) {
	data, err := typedData(domain, statement)
	if err != nil {
		return lilypad.Signature{}, err
	}
	return e.sign(ctx, domain.Digest(statement), "account_signTypedData", e.mixed(), data)
}

// SignText implements [Signer]; errors as for Sign.
func (e *External) SignText(ctx context.Context, text []byte) (lilypad.Signature, error) {
	return e.sign(ctx, textDigest(text), "account_signData", accounts.MimetypeTextPlain, e.mixed(), hexutil.Encode(text))
}

func (e *External) mixed() *common.MixedcaseAddress {
	a := common.NewMixedcaseAddress(common.Address(e.address))
	return &a
}

func (e *External) sign(ctx context.Context, digest lilypad.Hash, method string, args ...any) (lilypad.Signature, error) {
	var full hexutil.Bytes
	if err := e.client.CallContext(ctx, &full, method, args...); err != nil {
		return lilypad.Signature{}, e.refused(err)
	}
	if len(full) != 65 {
		return lilypad.Signature{}, e.refused(fmt.Errorf("a signature of %d bytes", len(full)))
	}
	if full[64] >= 27 {
		full[64] -= 27
	}
	if full[64] > 1 {
		return lilypad.Signature{}, e.refused(errors.New("a signature without a recovery bit"))
	}
	sig := compact(full)
	if who, err := Recover(digest, sig); err != nil || who != e.address {
		return lilypad.Signature{}, e.refused(errors.New("it signed something else, or with another key"))
	}
	return sig, nil
}

func (e *External) refused(err error) error {
	return &lilypad.Error{
		Code: lilypad.Unauthorized, Msg: fmt.Sprintf("the external signer did not sign as %s", e.address),
		Remedy: "approve the request in the signer, or give it a rule that does", Err: err,
	}
}

// SignTx implements [Account]; errors as for Sign.
func (e *External) SignTx(ctx context.Context, tx *types.Transaction, chainID uint64) (*types.Transaction, error) {
	data := hexutil.Bytes(tx.Data())
	args := apitypes.SendTxArgs{
		From: *e.mixed(), Input: &data, Nonce: hexutil.Uint64(tx.Nonce()), Value: hexutil.Big(*tx.Value()), Gas: hexutil.Uint64(tx.Gas()),
		MaxFeePerGas: (*hexutil.Big)(tx.GasFeeCap()), MaxPriorityFeePerGas: (*hexutil.Big)(tx.GasTipCap()),
		ChainID: (*hexutil.Big)(new(big.Int).SetUint64(chainID)),
	}
	if to := tx.To(); to != nil {
		mixed := common.NewMixedcaseAddress(*to)
		args.To = &mixed
	}
	var out struct {
		Raw hexutil.Bytes `json:"raw"`
	}
	if err := e.client.CallContext(ctx, &out, "account_signTransaction", args); err != nil {
		return nil, e.refused(err)
	}
	signed := new(types.Transaction)
	if err := signed.UnmarshalBinary(out.Raw); err != nil {
		return nil, e.refused(fmt.Errorf("its transaction: %w", err))
	}
	signer := types.LatestSignerForChainID(new(big.Int).SetUint64(chainID))
	from, err := types.Sender(signer, signed)
	want, got := signer.Hash(tx), signer.Hash(signed)
	if err != nil || lilypad.Address(from) != e.address || !bytes.Equal(want[:], got[:]) {
		return nil, e.refused(errors.New("it signed another transaction, or with another key"))
	}
	return signed, nil
}

// Seed implements [Account].
func (e *External) Seed(salt []byte) lilypad.Hash { return lilypad.Hash(mac(e.secret[:], salt)) }

// loadSecret reads 32 bytes, or makes them.
func loadSecret(path string) (secret [32]byte, err error) {
	b, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		rand.Read(secret[:])
		return secret, writeFile(filepath.Dir(path), filepath.Base(path), secret[:])
	case err != nil:
		return secret, &lilypad.Error{Code: lilypad.Unavailable, Msg: "read the secret of seeds", Err: err}
	case len(b) != len(secret):
		return secret, lilypad.Errorf(lilypad.Invalid, "%s holds %d bytes, not the %d of a secret", path, len(b), len(secret)).Try("restore it from a copy")
	}
	return [32]byte(b), nil
}
