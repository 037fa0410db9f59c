package wallettest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ethereum/go-ethereum/accounts"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
)

// FakeClef signs whatever it is asked to sign, with one key.
type FakeClef struct {
	URL       string
	SocketURL string // the same over WebSocket

	account *account
	sockets atomic.Int32
}

// Sockets tells how many WebSocket connections are open.
func (c *FakeClef) Sockets() int { return int(c.sockets.Load()) }

// StartFakeClef serves a key, 64 hexadecimal digits, until the test ends.
func StartFakeClef(t testing.TB, hexKey string) *FakeClef {
	t.Helper()
	key, err := crypto.HexToECDSA(hexKey)
	if err != nil {
		t.Fatal(err)
	}
	a := &account{sign: func(digest []byte) ([]byte, error) { return crypto.Sign(digest, key) }, address: crypto.PubkeyToAddress(key.PublicKey)}
	server := rpc.NewServer()
	if err := server.RegisterName("account", a); err != nil {
		t.Fatal(err)
	}
	c := &FakeClef{account: a}
	sockets := server.WebsocketHandler([]string{"*"})
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") == "" {
			server.ServeHTTP(w, r)
			return
		}
		c.sockets.Add(1)
		defer c.sockets.Add(-1)
		sockets.ServeHTTP(w, r)
	}))
	t.Cleanup(h.Close)
	c.URL, c.SocketURL = h.URL, "ws"+strings.TrimPrefix(h.URL, "http")
	return c
}

// Behave changes how it answers from now on.
func (c *FakeClef) Behave(b Behaviour) {
	c.account.mu.Lock()
	defer c.account.mu.Unlock()
	c.account.behaviour = b
}

// Asked lists what it was asked to sign, such as JobOffer, text/plain or
// transaction.
func (c *FakeClef) Asked() []string {
	c.account.mu.Lock()
	defer c.account.mu.Unlock()
	return append([]string{}, c.account.asked...)
}

// Behaviour is how a signer answers.
type Behaviour int

// Behaviours.
const (
	Honest     Behaviour = iota
	Denies               // its person says no
	SignsOther           // it signs something else
	Cuts                 // half a signature
)

var errDenied = errors.New("request denied")

// account is the service of the account_ methods.
type account struct {
	sign    func(digest []byte) ([]byte, error)
	address common.Address

	mu        sync.Mutex // guards what follows
	behaviour Behaviour
	asked     []string
}

// List implements account_list.
func (a *account) List(context.Context) []common.Address { return []common.Address{a.address} }

// SignTypedData implements account_signTypedData.
func (a *account) SignTypedData(_ context.Context, who common.MixedcaseAddress, data apitypes.TypedData) (hexutil.Bytes, error) {
	digest, _, err := apitypes.TypedDataAndHash(data)
	if err != nil {
		return nil, err
	}
	return a.answer(who, data.PrimaryType, digest)
}

// SignData implements account_signData for plain texts.
func (a *account) SignData(_ context.Context, kind string, who common.MixedcaseAddress, data hexutil.Bytes) (hexutil.Bytes, error) {
	if kind != accounts.MimetypeTextPlain {
		return nil, fmt.Errorf("no content type %s", kind)
	}
	return a.answer(who, kind, accounts.TextHash(data))
}

func (a *account) answer(who common.MixedcaseAddress, what string, digest []byte) (hexutil.Bytes, error) {
	b, err := a.note(who, what)
	if err != nil {
		return nil, err
	}
	if b == SignsOther {
		digest = crypto.Keccak256(digest)
	}
	sig, err := a.sign(digest)
	if err != nil {
		return nil, err
	}
	sig[64] += 27 // as clef does
	if b == Cuts {
		sig = sig[:32]
	}
	return sig, nil
}

func (a *account) note(who common.MixedcaseAddress, what string) (Behaviour, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = append(a.asked, what)
	if who.Address() != a.address {
		return 0, errors.New("unknown account")
	}
	if a.behaviour == Denies {
		return 0, errDenied
	}
	return a.behaviour, nil
}

// SignTransaction implements account_signTransaction.
func (a *account) SignTransaction(_ context.Context, args apitypes.SendTxArgs, _ *string) (map[string]any, error) {
	b, err := a.note(args.From, "transaction")
	if err != nil {
		return nil, err
	}
	if b == SignsOther {
		args.Nonce++
	}
	tx, err := args.ToTransaction()
	if err != nil {
		return nil, err
	}
	signer := types.LatestSignerForChainID((*big.Int)(args.ChainID))
	digest := signer.Hash(tx)
	sig, err := a.sign(digest[:])
	if err != nil {
		return nil, err
	}
	signed, err := tx.WithSignature(signer, sig)
	if err != nil {
		return nil, err
	}
	raw, err := signed.MarshalBinary()
	if err != nil {
		return nil, err
	}
	if b == Cuts {
		raw = raw[:len(raw)/2]
	}
	text, err := json.Marshal(signed)
	return map[string]any{"raw": hexutil.Bytes(raw), "tx": json.RawMessage(text)}, err
}
